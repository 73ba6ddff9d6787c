"""The bytes of one member of a stranger's ZIP, given out only while they are what was told."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from sif_desktop.bundle import names
from sif_desktop.bundle.problems import Problem
from sif_desktop.bundle.zip_layout import DEFLATED, STORED, Entry
from sif_desktop.errors import FileError, NotOursError

CHUNK = 1024 * 1024
"""Bytes read at a time."""

MOST_INFLATED = 512 * 1024 * 1024
"""Bytes that all compressed members may give together; what is stored has only the file's size."""

_HIGHEST_RATIO = 200
_FREE_OF_RATIO = 1024 * 1024


def too_much(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """Compressed members that give more than anybody's documents would."""
    packed = [entry for entry in entries if entry.method == DEFLATED]
    whole = sum(entry.size for entry in packed)
    for entry in packed:
        allowed = max(_FREE_OF_RATIO, entry.packed * _HIGHEST_RATIO)
        if entry.size > allowed or whole > MOST_INFLATED:
            yield Problem("member_inflates", {"member": names.shown(entry.name)})


def unpacked(stream: BinaryIO, entry: Entry, file: str) -> Iterator[bytes]:
    """The bytes of a member, piece by piece.

    Raises NotOursError at the first sign that they are not what the directory tells, FileError
    where the disk fails. Until the last piece was given, nothing is known of the sum.
    """
    total, crc = 0, 0
    pieces = _stored(stream, entry, file)
    if entry.method != STORED:
        pieces = _inflated(pieces, entry, file)
    for piece in pieces:
        total += len(piece)
        if total > entry.size:
            break
        crc = zlib.crc32(piece, crc)
        yield piece
    if total != entry.size or crc != entry.crc:
        raise _damaged(entry, file)


def _inflated(pieces: Iterator[bytes], entry: Entry, file: str) -> Iterator[bytes]:
    """Compressed pieces, a little at a time; the compressed data must end where they do."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in pieces:
            left = piece
            while left and not unpacker.eof:
                yield unpacker.decompress(left, CHUNK)
                left = unpacker.unconsumed_tail
            if left or unpacker.unused_data:
                raise _damaged(entry, file)
        yield unpacker.flush()  # at most one repeat that did not fit into the last piece
    except zlib.error as error:
        raise _damaged(entry, file) from error
    if not unpacker.eof:
        raise _damaged(entry, file)


def _stored(stream: BinaryIO, entry: Entry, file: str) -> Iterator[bytes]:
    at, left = entry.start, entry.packed
    while left:
        try:
            stream.seek(at)
            piece = stream.read(min(CHUNK, left))
        except OSError as error:
            raise unreadable(file, error) from error
        if not piece:
            raise _damaged(entry, file)
        at, left = at + len(piece), left - len(piece)
        yield piece


def unreadable(file: str, error: OSError) -> FileError:
    """The error for a file that the system does not let us read."""
    return FileError("bundle_unreadable", file=file, reason=error.strerror or str(error))


def _damaged(entry: Entry, file: str) -> NotOursError:
    return NotOursError("bundle_member_damaged", file=file, member=names.shown(entry.name))
