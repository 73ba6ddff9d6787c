"""Reading the layout of a stranger's ZIP so strictly that every program sees the same members.

Python's own reader looks only at the directory at the end. Other programs read from the front, or
by the names in extra fields: a file can show each of them something else. So the headers of a
member must agree with the directory, and members must follow one another from the first byte to
the directory, with nothing between, before or behind. Overlapping members, the base of the
densest bombs, are thereby impossible. (PKWARE's APPNOTE 6.3.9 is the description of the format.)
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from sif_desktop.bundle import names
from sif_desktop.bundle.problems import Problem, RefusedError
from sif_desktop.errors import NotOursError

MOST_MEMBERS = 2000
"""Members of a container; one with more is refused."""

_LARGEST_DIRECTORY = 1024 * 1024
_ASIC_COMMENTS = tuple(b"mimetype=application/vnd.etsi.asic-%s+zip" % kind for kind in (b"e", b"s"))

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF

STORED, DEFLATED = 0, 8
_ENCRYPTED, _DESCRIPTOR, _UTF_8 = 0x1, 0x8, 0x800
_FLAGS_KNOWN = _DESCRIPTOR | _UTF_8 | 0x6  # the last two tell how hard it was compressed
_FOLDER = 0x10  # an attribute of DOS; Unix has its kind of file in the upper half
_EXTRA_ZIP_64, _EXTRA_OTHER_NAME = 0x0001, 0x7075


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the directory tells it; `start` is where its data begin, -1 until known.

    `bare` is a member without extra fields, `kind` the bits that tell a link or a folder.
    """

    name: str
    raw_name: bytes
    flags: int
    method: int
    moment: int
    crc: int
    packed: int
    size: int
    header: int
    bare: bool
    kind: int
    start: int = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """The members in the order of their data, and what is wrong with the container."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Directory:
    """The directory at the end of a ZIP: where it starts, and how many members it lists."""

    start: int
    count: int
    data: bytes


def read_layout(stream: BinaryIO, file: str) -> Layout:
    """The layout of a ZIP. Raises NotOursError where it is none, is cut short, or is damaged.

    With any problem in the answer, nothing in the container should be read.
    """
    try:
        directory = _directory(stream, file)
        entries = tuple(_entries(directory, file))
        problems = [*names.faults(entry.name for entry in entries), *_odd(entries)]
        placed = tuple(_placed(stream, entries, directory.start))
    except RefusedError as refused:
        return Layout((), (refused.problem,))
    return Layout(placed, tuple(problems))


def _directory(stream: BinaryIO, file: str) -> _Directory:
    """Finds the directory by the record that ends the file."""
    size = stream.seek(0, os.SEEK_END)
    tail_start = max(0, size - _END.size - _FULL_16)
    stream.seek(tail_start)
    tail = stream.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        raise NotOursError("bundle_not_a_container", file=file)
    _, disk, first, here, count, length, start, comment = _END.unpack_from(tail, at)
    end = tail_start + at
    if comment != len(tail) - at - _END.size or tail[at + _END.size :] not in (
        b"",
        *_ASIC_COMMENTS,
    ):
        raise RefusedError("container_layout")
    locator = tail[:at][-_LOCATOR.size :]
    if locator.startswith(b"PK\6\7"):
        short = (disk, first, here, count, length, start)
        *wide, end = _directory_64(stream, end, file)
        if any(a not in (b, _FULL_16, _FULL_32) for a, b in zip(short, wide, strict=True)):
            raise RefusedError("container_layout")
        disk, first, here, count, length, start = wide
    if disk or first or here != count or start + length != end:
        raise RefusedError("container_layout")
    if count > MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        raise RefusedError("too_many_members", limit=MOST_MEMBERS)
    stream.seek(start)
    return _Directory(start, count, stream.read(length))


def _directory_64(stream: BinaryIO, end: int, file: str) -> tuple[int, ...]:
    """The same figures as 64 bits, from the record and the locator in front of `end`."""
    record = end - _LOCATOR.size - _END_64.size
    if record < 0:
        raise NotOursError("bundle_damaged", file=file)
    stream.seek(record)
    found = _END_64.unpack(stream.read(_END_64.size))
    mark, disk, where, disks = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if found[0] != b"PK\6\6" or mark != b"PK\6\7":
        raise NotOursError("bundle_damaged", file=file)
    if found[1] != _END_64.size - 12 or disk or where != record or disks != 1:
        raise RefusedError("container_layout")
    return (*found[4:10], record)


def _entries(directory: _Directory, file: str) -> Iterator[Entry]:
    """The members that the directory lists, in its order."""
    at = 0
    for _ in range(directory.count):
        if at + _CENTRAL.size > len(directory.data) or directory.data[at : at + 4] != b"PK\1\2":
            raise NotOursError("bundle_damaged", file=file)
        values = _CENTRAL.unpack_from(directory.data, at)
        ends = at + _CENTRAL.size + sum(values[10:13])
        if ends > len(directory.data):
            raise NotOursError("bundle_damaged", file=file)
        yield _entry(values, directory.data[at + _CENTRAL.size : ends])
        at = ends
    if at != len(directory.data):
        raise RefusedError("container_layout")


def _entry(values: tuple[int, ...], rest: bytes) -> Entry:
    """One member of the directory, from its fixed fields and the name and extras behind them."""
    _, _, flags, method, time, day, crc, packed, size = values[1:10]
    name_length, extra_length, comment, disk, _, attributes, header = values[10:]
    raw, extra = rest[:name_length], rest[name_length : name_length + extra_length]
    if comment or disk:
        raise RefusedError("container_layout")
    size, packed, header = _sizes(extra, size, packed, header)
    return Entry(
        name=_decoded(raw, flags),
        raw_name=raw,
        flags=flags,
        method=method,
        moment=day << 16 | time,
        crc=crc,
        packed=packed,
        size=size,
        header=header,
        bare=not extra,
        kind=stat.S_IFMT(attributes >> 16) | attributes & _FOLDER,
    )


def _decoded(raw: bytes, flags: int) -> str:
    """A name in the encoding that its flag tells. Refuses a name that is not in it."""
    try:
        return raw.decode("utf-8" if flags & _UTF_8 else "ascii")
    except UnicodeDecodeError as error:
        name = names.shown(raw.decode("utf-8", "replace"))
        raise RefusedError("member_name", member=name) from error


def _sizes(extra: bytes, *values: int) -> tuple[int, ...]:
    """Sizes and place with those that need 64 bits taken from the extra field, in its order."""
    wide = iter(())
    at = 0
    while at < len(extra):
        if len(extra) - at < 4:
            raise RefusedError("container_headers")
        kind, length = struct.unpack_from("<2H", extra, at)
        content = extra[at + 4 : at + 4 + length]
        if len(content) != length or kind == _EXTRA_OTHER_NAME:
            raise RefusedError("container_headers")
        if kind == _EXTRA_ZIP_64:
            wide = iter(struct.unpack(f"<{length // 8}Q", content[: length // 8 * 8]))
        at += 4 + length
    try:
        return tuple(next(wide) if value == _FULL_32 else value for value in values)
    except (StopIteration, RuntimeError) as error:
        raise RefusedError("container_headers") from error


def _odd(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """Members that are no plain files: folders, links, encrypted or packed in another way."""
    for entry in entries:
        plain = entry.kind in (0, stat.S_IFREG) and not entry.flags & ~_FLAGS_KNOWN
        stored = entry.method == STORED and entry.packed == entry.size
        folder = entry.name.endswith("/")  # told by its name
        if not folder and (not plain or not (stored or entry.method == DEFLATED)):
            yield Problem("member_kind", {"member": names.shown(entry.name)})


def _placed(stream: BinaryIO, entries: tuple[Entry, ...], end: int) -> Iterator[Entry]:
    """The members in the order of their data, each with its start.

    Refuses headers that differ from the directory, and any byte that belongs to no member.
    """
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.header):
        if entry.header != at or at + _LOCAL.size > end:
            raise RefusedError("container_layout")
        stream.seek(at)
        values = _LOCAL.unpack(stream.read(_LOCAL.size))
        raw, extra = stream.read(values[9]), stream.read(values[10])
        start = at + _LOCAL.size + values[9] + values[10]
        at = start + entry.packed
        if at > end:
            raise RefusedError("container_layout")
        if values[0] != b"PK\3\4" or not _agrees(values, raw, extra, entry):
            raise RefusedError("container_headers", member=names.shown(entry.name))
        if entry.flags & _DESCRIPTOR:
            stream.seek(at)
            at += _descriptor(stream.read(min(24, end - at)), entry)
        yield replace(entry, start=start, bare=entry.bare and not extra)
    if at != end:
        raise RefusedError("container_layout")


def _agrees(values: tuple[int, ...], raw: bytes, extra: bytes, entry: Entry) -> bool:
    """Whether the header in front of a member says what the directory says."""
    _, _, flags, method, time, day, crc, packed, size, _, _ = values
    size, packed = _sizes(extra, size, packed)
    same = (raw, flags, method, day << 16 | time) == (
        entry.raw_name,
        entry.flags,
        entry.method,
        entry.moment,
    )
    figures = (crc, packed, size)
    later = bool(flags & _DESCRIPTOR) and figures == (0, 0, 0)
    return same and (later or figures == (entry.crc, entry.packed, entry.size))


def _descriptor(data: bytes, entry: Entry) -> int:
    """The length of the record behind a member's data, which repeats its sum and sizes."""
    for mark in (b"PK\7\10", b""):
        for form in ("<3L", "<L2Q"):
            if max(entry.packed, entry.size) > _FULL_32 and form == "<3L":
                continue
            record = mark + struct.pack(form, entry.crc, entry.packed, entry.size)
            if data.startswith(record):
                return len(record)
    raise RefusedError("container_headers", member=names.shown(entry.name))
