"""A stranger's ASiC-E container: opened with care, its members read as a stream, once.

Nothing is unpacked to disk. A member's bytes are handed out only while they agree with the sizes
and sums of the directory; what is compressed may not grow out of hand.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sif_desktop.bundle import names
from sif_desktop.bundle.problems import Problem
from sif_desktop.bundle.zip_layout import DEFLATED, STORED, Entry, read_layout
from sif_desktop.errors import FileError, NotOursError

MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"

CHUNK = 1024 * 1024
"""Bytes read at a time."""

MOST_INFLATED = 512 * 1024 * 1024
"""Bytes that all compressed members may give together; what is stored has only the file's size."""

_HIGHEST_RATIO = 200
_FREE_OF_RATIO = 1024 * 1024


@dataclass(frozen=True)
class Container:
    """An open container. `problems` are those of the ZIP: with any, nothing should be read.

    `file` is the name that errors tell.
    """

    file: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    _stream: BinaryIO = field(repr=False)

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}

    @property
    def payload(self) -> tuple[Entry, ...]:
        """The members that signatures are to cover, in their order."""
        return tuple(
            entry
            for entry in self.entries
            if entry.name != names.MIMETYPE and not entry.name.startswith(names.META_INF)
        )

    @property
    def metadata(self) -> tuple[Entry, ...]:
        """The members of `META-INF`, in their order."""
        return tuple(entry for entry in self.entries if entry.name.startswith(names.META_INF))

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece.

        Raises KeyError without such a member, NotOursError at the first sign that the bytes are
        not what the directory tells, and FileError where the disk fails.
        """
        entry = self._by_name[name]
        total, crc = 0, 0
        for chunk in self._unpacked(entry):
            total += len(chunk)
            if total > entry.size:
                break
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if total != entry.size or crc != entry.crc:
            raise self._damaged(entry)

    def read(self, name: str, largest: int) -> bytes:
        """A small member as a whole. Raises as `chunks`, and NotOursError over `largest` bytes."""
        entry = self._by_name[name]
        if entry.size > largest:
            raise NotOursError("bundle_member_too_large", file=self.file, member=entry.name)
        return b"".join(self.chunks(name))

    def _unpacked(self, entry: Entry) -> Iterator[bytes]:
        if entry.method == STORED:
            yield from self._packed(entry)
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            for data in self._packed(entry):
                while data and not unpacker.eof:
                    yield unpacker.decompress(data, CHUNK)
                    data = unpacker.unconsumed_tail  # noqa: PLW2901 - what is left of this piece
                if unpacker.eof and (unpacker.unused_data or data):
                    raise self._damaged(entry)
            yield unpacker.flush()  # at most one repeat that did not fit into the last piece
            if not unpacker.eof:
                raise self._damaged(entry)
        except zlib.error as error:
            raise self._damaged(entry) from error

    def _packed(self, entry: Entry) -> Iterator[bytes]:
        at, left = entry.start, entry.packed
        while left:
            try:
                self._stream.seek(at)
                data = self._stream.read(min(CHUNK, left))
            except OSError as error:
                raise unreadable(self.file, error) from error
            if not data:
                raise self._damaged(entry)
            at, left = at + len(data), left - len(data)
            yield data

    def _damaged(self, entry: Entry) -> NotOursError:
        return NotOursError("bundle_member_damaged", file=self.file, member=names.shown(entry.name))


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Opens a container for reading.

    Raises FileError where it cannot be read, NotOursError where it is no ASiC-E container.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise unreadable(path.name, error) from error
    with stream:
        try:
            container = _opened(stream, path.name)
        except OSError as error:
            raise unreadable(path.name, error) from error
        yield container


def _opened(stream: BinaryIO, file: str) -> Container:
    head = stream.read(64)
    layout = read_layout(stream, file)
    if not layout.entries:
        if looks_like_container(head):
            return Container(file, (), layout.problems, stream)
        raise NotOursError("bundle_other_kind", file=file)
    problems = (*layout.problems, *_too_much(layout.entries))
    problems += _media_type(Container(file, layout.entries, (), stream))
    return Container(file, layout.entries, problems, stream)


def looks_like_container(head: bytes) -> bool:
    """Whether a file that starts with `head` (64 bytes are enough) calls itself ASiC-E."""
    return head.startswith(b"PK\3\4") and head[30:64] == b"mimetype" + MEDIA_TYPE.encode()[:26]


def payload_digests(path: Path) -> dict[str, str]:
    """The SHA-256 of each payload member, in small hexadecimal, in their order.

    Raises as `open_container` does, and NotOursError for a container that should not be read.
    """
    with open_container(path) as container:
        if container.problems:
            raise NotOursError("bundle_damaged", file=container.file)
        digests = {}
        for entry in container.payload:
            digest = sha256()
            for chunk in container.chunks(entry.name):
                digest.update(chunk)
            digests[entry.name] = digest.hexdigest()
        return digests


def unreadable(file: str, error: OSError) -> FileError:
    """The error for a file that the system does not let us read."""
    return FileError("bundle_unreadable", file=file, reason=error.strerror or str(error))


def _too_much(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """Compressed members that give more than anybody's documents would."""
    packed = [entry for entry in entries if entry.method == DEFLATED]
    whole = sum(entry.size for entry in packed)
    for entry in packed:
        allowed = max(_FREE_OF_RATIO, entry.packed * _HIGHEST_RATIO)
        if entry.size > allowed or whole > MOST_INFLATED:
            yield Problem("member_inflates", {"member": names.shown(entry.name)})


def _media_type(container: Container) -> tuple[Problem, ...]:
    """Whether the member that tells the kind of container stands first and stored.

    Raises NotOursError where there is none, or it tells another kind.
    """
    other = NotOursError("bundle_other_kind", file=container.file)
    found = next((entry for entry in container.entries if entry.name == names.MIMETYPE), None)
    if found is None or found.method not in (STORED, DEFLATED):
        raise other
    try:
        content = container.read(names.MIMETYPE, 200)
    except NotOursError:
        raise other from None
    if content.strip() != MEDIA_TYPE.encode():
        raise other
    plain = found.header == 0 and found.bare and found.method == STORED
    good = plain and content == MEDIA_TYPE.encode()
    return () if good else (Problem("mimetype_place"),)
