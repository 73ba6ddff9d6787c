"""Crafted containers whose ZIP is odd: its layout, names, sizes, or the kind that it tells."""

from __future__ import annotations

import stat
import struct
import zlib
from typing import Any

from bundle import craft
from bundle.craft import MANIFEST, PAYLOAD, SIGNATURE, Piece, pieces, zipped
from bundle.crafted import MIMETYPE, Build, Parts, case, plain

from sif_desktop.bundle.identity import Identity


# ------------------------------------------------------------------ the ZIP as a whole
def _bent(parts: Parts, old: bytes, new: bytes, count: int = 1) -> bytes:
    data = plain(parts)
    assert old in data and len(old) == len(new)
    return data.replace(old, new, count)


def _prefixed(parts: Parts, _: Identity) -> bytes:
    return b"#!/bin/sh\n" + plain(parts)


def _with_gap(parts: Parts, _: Identity) -> bytes:
    """Bytes between the last member and the directory, whose place is set right."""
    data = plain(parts)
    start = craft.places(data)[0].central
    end = bytearray(data[-22:])
    end[16:20] = struct.pack("<L", start + 5)
    return data[:start] + b"extra" + data[start:-22] + bytes(end)


def _two_ends(parts: Parts, _: Identity) -> bytes:
    """A second end of the file in the comment of the first."""
    return zipped(pieces(parts), comment=plain({"mimetype": MIMETYPE})[-22:])


def _overlapping(parts: Parts, _: Identity) -> bytes:
    """Two names in the directory for one member's data."""
    data = bytearray(plain({**parts, "attachments/002.pdf": PAYLOAD["attachments/001.pdf"]}))
    places = {place.name: place for place in craft.places(bytes(data))}
    target = places["attachments/001.pdf"].header
    at = places["attachments/002.pdf"].central
    data[at + 42 : at + 46] = struct.pack("<L", target)
    return bytes(data)


def _central(name: str, at: int, value: bytes) -> Build:
    def build(parts: Parts, _: Identity) -> bytes:
        data = bytearray(plain(parts))
        place = next(place for place in craft.places(bytes(data)) if place.name == name)
        data[place.central + at : place.central + at + len(value)] = value
        return bytes(data)

    return build


def _local(name: str, at: int, value: bytes) -> Build:
    def build(parts: Parts, _: Identity) -> bytes:
        data = bytearray(plain(parts))
        place = next(place for place in craft.places(bytes(data)) if place.name == name)
        data[place.header + at : place.header + at + len(value)] = value
        return bytes(data)

    return build


def _both(local: int, central: int, value: bytes) -> Build:
    """The same change of the first payload member in front and in the directory."""

    def build(parts: Parts, _: Identity) -> bytes:
        data = bytearray(plain(parts))
        place = craft.places(bytes(data))[1]
        data[place.header + local : place.header + local + len(value)] = value
        data[place.central + central : place.central + central + len(value)] = value
        return bytes(data)

    return build


def _many(parts: Parts, _: Identity) -> bytes:
    return plain({**parts, **{f"a/{number}": b"" for number in range(2000)}})


def _wide_directory(parts: Parts, _: Identity) -> bytes:
    more = [Piece(f"a/{number}", b"", comment=b"x" * 60_000) for number in range(20)]
    return zipped([*pieces(parts), *more])


case("bytes in front", "error:bundle_other_kind", _prefixed)
case("bytes behind", "container_layout", lambda parts, _: plain(parts) + b"\0")
case("a gap", "container_layout", _with_gap)
case("two ends", "container_layout", _two_ends)
case("a comment", "container_layout", lambda p, _: zipped(pieces(p), comment=b"PK"))
case("overlapping members", "container_layout", _overlapping)
case(
    "a member's comment",
    "container_layout",
    lambda p, _: zipped([*pieces(p), Piece("x", b"", comment=b"hidden")]),
)
case("on another disk", "container_layout", _central("proposal.json", 34, b"\1\0"))
case("2,000 members more", "too_many_members", _many)
case("a directory of 1.2 MB", "too_many_members", _wide_directory)
case("another name in front", "container_headers", _local("proposal.json", 30, b"q"))
case("another method in front", "container_headers", _local("proposal.json", 8, b"\x08"))
case("another sum in front", "container_headers", _local("proposal.json", 14, b"\0\0\0\0"))
case("another size in front", "container_headers", _local("proposal.json", 18, b"\0\0\0\0"))
case("another day in front", "container_headers", _local("proposal.json", 12, b"\x22"))
case("sizes told later, and not there", "container_headers", _local("proposal.json", 6, b"\x08"))
case("a size that is too small", "container_headers", _central("proposal.pdf", 24, b"\1\0\0\0"))
case("data beyond the directory", "container_layout", _central(SIGNATURE, 20, b"\xff\xff\xff\x7f"))
case(
    "an extra field with another name",
    "container_headers",
    lambda p, _: zipped(
        [*pieces(p), Piece("x", b"", extra=struct.pack("<2H", 0x7075, 4) + b"evil")]
    ),
)
case(
    "an extra field that is cut",
    "container_headers",
    lambda p, _: zipped([*pieces(p), Piece("x", b"", extra=b"\x55\x54\xff\x00a")]),
)
case(
    "a size of 64 bits that is not told",
    "container_headers",
    _central("proposal.json", 24, b"\xff\xff\xff\xff"),
)


# ------------------------------------------------------------------ names and kinds of members
for name in (
    "../proposal.json", "a/../../x", "/etc/passwd", "C:\\x", "C:/x", "a\\b", "~/x:y", "con",
    "nul.txt", "a/COM1", "lpt9.pdf", "a.", "a ", " a", "a//b", "./a", "a/.", "..", "x" * 201,
    "meta-inf/x",
    "Meta-Inf/signature002.p7s", "META-INF", "a\x07b", "a\x00b", "fdp\u202eexe.pdf", "e\u0301.pdf",
    "a|b", "a*", "a?b", "a<b", 'a"b', "../map/",
):  # fmt: skip
    case(
        f"name {name[:30]!r}",
        "member_name",
        lambda parts, _, name=name: zipped([*pieces(parts), Piece(name, b"x")]),
    )
case(
    "a folder by its name",
    "member_folder",
    lambda p, _: zipped([*pieces(p), Piece("map/", b"", mode=0o040755)]),
)
case(
    "a name in no encoding",
    "member_name",
    lambda p, _: _bent({**p, "attachments/xxx.pdf": b""}, b"xxx.pdf", b"\xff\xfe\xfd.pdf", 2),
)
case(
    "two members of one name",
    "member_twice",
    lambda p, _: zipped([*pieces(p), Piece("proposal.json", b"{}")]),
)
case(
    "two of one name in front",
    "member_twice",
    lambda p, _: zipped([*pieces(p)[:1], Piece("proposal.json", b"{}"), *pieces(p)[1:]]),
)
case(
    "two mimetypes", "member_twice", lambda p, _: zipped([*pieces(p), Piece("mimetype", MIMETYPE)])
)
case(
    "two signatures of one name",
    "member_twice",
    lambda p, _: zipped([*pieces(p), Piece(SIGNATURE, p[SIGNATURE])]),
)
case("names that differ in case", "member_clash", lambda p, _: plain({**p, "Proposal.JSON": b"{}"}))
case(
    "names that differ in form",
    "member_clash",
    lambda p, _: plain({**p, "a/\u00b5": b"", "a/\u03bc": b""}),
)
case("a file that is a folder", "member_clash", lambda p, _: plain({**p, "proposal.json/x": b""}))
case(
    "a symbolic link",
    "member_kind",
    lambda p, _: zipped([*pieces(p), Piece("x", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)]),
)
case(
    "a link in place of a member",
    "member_kind",
    lambda p, _: zipped(
        [Piece(n, d, mode=stat.S_IFLNK | 0o777 if n == "proposal.pdf" else 0) for n, d in p.items()]
    ),
)
case(
    "a device",
    "member_kind",
    lambda p, _: zipped([*pieces(p), Piece("x", b"", mode=stat.S_IFCHR | 0o666)]),
)
case("a folder by its attribute", "member_kind", _central("proposal.pdf", 38, b"\x10"))
case("an encrypted member", "member_kind", _both(6, 8, b"\x01\0"))
case("a strange method", "member_kind", _both(8, 10, b"\x63\0"))


# ------------------------------------------------------------------ bombs
def _bomb(size: int) -> bytes:
    return zipped([Piece("a", bytes(size), packed=True)])


def _lying(parts: Parts, _: Identity) -> bytes:
    """A compressed member that gives more than it says, and says what a document would."""
    data = bytearray(zipped([*pieces(parts), Piece("x", bytes(300_000), packed=True)]))
    at = bytes(data).rindex(b"PK\1\2")
    header = struct.unpack_from("<L", data, at + 42)[0]
    data[at + 24 : at + 28] = data[header + 22 : header + 26] = struct.pack("<L", 1000)
    return bytes(data)


case(
    "a bomb",
    "member_inflates",
    lambda p, _: zipped([*pieces(p), Piece("x", bytes(50_000_000), packed=True)]),
)
case(
    "a bomb as a manifest",
    "member_inflates",
    lambda p, _: zipped(
        [
            Piece(n, d) if n != MANIFEST else Piece(n, bytes(30_000_000), packed=True)
            for n, d in p.items()
        ]
    ),
)
case(
    "many small bombs",
    "member_inflates",
    lambda p, _: zipped(
        [*pieces(p), *(Piece(f"x/{n}", bytes(999_000), packed=True, level=1) for n in range(560))]
    ),
)
case(
    "a bomb in a bomb",
    "member_inflates",
    lambda p, _: zipped(
        [*pieces(p), Piece("x.zip", b"".join([_bomb(4_000_000)] * 2_000), packed=True)]
    ),
)
case("more than it says", "member_unreadable", _lying)
case("compressed data that are none", "member_unreadable", lambda p, _: _not_deflated(p))
case(
    "a large manifest",
    "member_unreadable",
    lambda p, _: plain({**p, MANIFEST: b" " * 1_100_000 + p[MANIFEST]}),
)
case(
    "a large signature",
    "member_unreadable",
    lambda p, _: plain({**p, SIGNATURE: p[SIGNATURE] + bytes(300_000)}),
)


def _endless(parts: Parts, _: Identity) -> bytes:
    """Compressed data that never say that they end, though they give all that was told."""
    data = bytearray(zipped([*pieces(parts), Piece("x", b"abc" * 100, packed=True)]))
    at = bytes(data).rindex(b"PK\1\2")
    header, size = (struct.unpack_from("<L", data, at + place)[0] for place in (42, 20))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"abc" * 100) + packer.flush(zlib.Z_SYNC_FLUSH)
    start = header + 31
    data[start : start + size] = packed
    grown = len(packed) - size
    data[header + 18 : header + 22] = struct.pack("<L", len(packed))
    at += grown
    data[at + 20 : at + 24] = struct.pack("<L", len(packed))
    end = len(data) - 6
    data[end : end + 4] = struct.pack("<L", struct.unpack_from("<L", data, end)[0] + grown)
    return bytes(data)


case("compressed data without an end", "member_unreadable", _endless)


def _not_deflated(parts: Parts) -> bytes:
    data = bytearray(zipped([*pieces(parts), Piece("x", b"abc" * 100, packed=True)]))
    at = bytes(data).rindex(b"PK\1\2")
    header = struct.unpack_from("<L", data, at + 42)[0]
    data[header + 31] ^= 0xFF
    return bytes(data)


# ------------------------------------------------------------------ the kind of container
def _kind(content: bytes | None, *, late: bool = False, **how: Any) -> Build:
    def build(parts: Parts, _: Identity) -> bytes:
        rest = [one for one in pieces(parts) if one.name != "mimetype"]
        own = [] if content is None else [Piece("mimetype", content, **how)]
        return zipped([*rest, *own] if late else [*own, *rest])

    return build


case("mimetype last", "mimetype_place", _kind(MIMETYPE, late=True))
case("mimetype compressed", "mimetype_place", _kind(MIMETYPE, packed=True))
case("mimetype with a line end", "mimetype_place", _kind(MIMETYPE + b"\n"))
case("mimetype with an extra field", "mimetype_place", _kind(MIMETYPE, extra=b"\xfe\xca\0\0"))
case("no mimetype", "error:bundle_other_kind", _kind(None))
case(
    "an office document",
    "error:bundle_other_kind",
    _kind(b"application/vnd.oasis.opendocument.text"),
)
case(
    "another kind of container",
    "simple_members",
    _kind(b"application/vnd.etsi.asic-s+zip"),
)
case("mimetype in capitals", "error:bundle_other_kind", _kind(MIMETYPE.upper()))
