"""Writing a bundle: payload streamed and hashed in one pass, then the manifest and its signature.

All is stored, not compressed: what is large is compressed already, and compressing libraries
differ from machine to machine. Times, rights and order are fixed, so that the same members give
the same bytes up to the signature.
"""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sif_desktop.bundle import cades, manifest, names
from sif_desktop.bundle.container import MEDIA_TYPE
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.sound import signature_over
from sif_desktop.bundle.unpack import CHUNK
from sif_desktop.bundle.zip_layout import MOST_MEMBERS
from sif_desktop.errors import FileError
from sif_desktop.writing import beside

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A payload member: its name in the bundle, and how to open it for reading, from its start.

    It is opened twice, and must give the same bytes each time.
    """

    name: str
    open: Callable[[], BinaryIO]
    media_type: str = "application/octet-stream"


def write(
    path: Path,
    members: Sequence[Member],
    identity: Identity,
    *,
    role: str = cades.COORDINATOR,
    at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Writes a signed bundle with these members in this order, in place of what is at `path`.

    `at` is the claimed time of the signature, now without it. `progress` is told the bytes of
    payload written so far; what it raises ends the writing. Whatever is raised, `path` is as it
    was and nothing else is left. Raises FileError where a member cannot be read or the bundle not
    be written, IdentityError where it cannot be signed, ValueError for names that no bundle of
    ours has.
    """
    taken = [member.name for member in members]
    if not all(map(names.is_ours, taken)) or list(names.faults(taken)):
        raise ValueError("a member's name is not safe, or is given twice")
    if not 0 < len(members) <= MOST_MEMBERS - 3:
        raise ValueError("no members, or too many")
    try:
        with beside(path) as stream, zipfile.ZipFile(stream, "w") as archive:
            add(archive, names.MIMETYPE, MEDIA_TYPE.encode("ascii"))
            listed = _payload(archive, members, progress)
            _sign(archive, listed, identity, role, at)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("bundle_not_written", file=str(path), reason=reason) from error


def _payload(
    archive: zipfile.ZipFile,
    members: Sequence[Member],
    progress: Callable[[int], None] | None,
) -> tuple[manifest.Listed, ...]:
    """Copies the members, and lists them with the digests of what was copied."""
    listed = []
    done = 0
    for member in members:
        digest = sha256()
        head = head_of(member.name)
        head.file_size = _size(member)  # from 2 GB on, the header needs wider numbers
        with _opened(member) as source, archive.open(head, "w") as target:
            while chunk := _read(source, member):
                digest.update(chunk)
                target.write(chunk)
                done += len(chunk)
                if progress:
                    progress(done)
        listed.append(manifest.Listed(member.name, digest.digest(), member.media_type))
    return tuple(listed)


def _sign(
    archive: zipfile.ZipFile,
    listed: tuple[manifest.Listed, ...],
    identity: Identity,
    role: str,
    at: datetime | None,
) -> None:
    manifest_name, signature_name = names.signature_files()
    content = manifest.to_xml(manifest.Manifest(signature_name, listed))
    signature = signature_over(content, (manifest_name, signature_name), identity, role, at)
    add(archive, manifest_name, content)
    add(archive, signature_name, signature)


def add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Adds a small member as a whole, as `head_of` tells."""
    archive.writestr(head_of(name), data)


def head_of(name: str) -> zipfile.ZipInfo:
    """The header of a stored member, the same on every system and in every year."""
    head = zipfile.ZipInfo(name, _FIXED_TIME)
    head.create_system = _UNIX
    head.external_attr = (stat.S_IFREG | 0o644) << 16
    head.compress_type = zipfile.ZIP_STORED
    return head


def _size(member: Member) -> int:
    """The bytes of a member, by its end, or by reading it where a stream cannot be wound."""
    with _opened(member) as source:
        if source.seekable():
            return source.seek(0, os.SEEK_END)
        return sum(len(chunk) for chunk in iter(lambda: _read(source, member), b""))


def _opened(member: Member) -> BinaryIO:
    try:
        return member.open()
    except OSError as error:
        raise _unreadable(member, error) from error


def _read(source: BinaryIO, member: Member) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as error:
        raise _unreadable(member, error) from error


def _unreadable(member: Member, error: OSError) -> FileError:
    reason = error.strerror or str(error)
    return FileError("bundle_member_unreadable", file=member.name, reason=reason)
