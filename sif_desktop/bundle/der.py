"""Strict DER (X.690): one tree of tags and lengths, or a refusal.

CMS asks for DER only where something is signed, and what reads it is lenient. Bytes that can be
written in two ways can be changed without anybody noticing, so a signature file is looked at here
first: definite and shortest lengths, shortest numbers, plain strings, sorted sets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_DEEPEST = 32
_MOST_NODES = 20_000

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
ENUMERATED, UTF8_STRING, PRINTABLE_STRING, TELETEX_STRING = 0x0A, 0x0C, 0x13, 0x14
IA5_STRING, UTC_TIME, GENERALIZED_TIME, VISIBLE_STRING, BMP_STRING = 0x16, 0x17, 0x18, 0x1A, 0x1E
SEQUENCE, SET = 0x30, 0x31
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1
"""The first byte of a constructed value that its place in the structure explains."""


class NotDerError(ValueError):
    """The bytes are no DER, or more of it than any honest file has."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value: its first byte, the values in it, and where it and its content lie in the data."""

    tag: int
    children: tuple[Node, ...]
    start: int
    content: int
    end: int

    @property
    def tags(self) -> list[int]:
        """The first bytes of the values in it."""
        return [child.tag for child in self.children]

    def bytes_in(self, data: bytes) -> bytes:
        """The value as a whole."""
        return data[self.start : self.end]


def parse(data: bytes) -> Node:
    """The one value that `data` is. Raises NotDerError."""
    count = iter(range(_MOST_NODES))
    node = _node(data, 0, len(data), 0, count)
    if node.end != len(data):
        raise NotDerError("bytes behind the end")
    return node


def is_sorted(node: Node, data: bytes) -> bool:
    """Whether the values in `node` stand in the order of a DER set, each of them once."""
    parts = [child.bytes_in(data) for child in node.children]
    return all(first < second for first, second in pairwise(parts))


def _node(data: bytes, start: int, limit: int, depth: int, count: Iterator[int]) -> Node:
    if depth > _DEEPEST or next(count, None) is None:
        raise NotDerError("too deep or too much")
    tag, content, end = _head(data, start, limit)
    children: list[Node] = []
    if tag & 0x20:
        at = content
        while at < end:
            children.append(_node(data, at, end, depth + 1, count))
            at = children[-1].end
    node = Node(tag, tuple(children), start, content, end)
    if tag & 0xC0 == 0 and not _is_plain(node, data):
        raise NotDerError("not in its one form")
    return node


def _head(data: bytes, start: int, limit: int) -> tuple[int, int, int]:
    """The first byte of a value, and where its content begins and ends."""
    if limit - start < 2:
        raise NotDerError("cut short")
    tag, length, content = data[start], data[start + 1], start + 2
    if tag & 0x1F == 0x1F:
        raise NotDerError("long tag")
    if length & 0x80:
        size = length & 0x7F
        content += size
        digits = data[start + 2 : content]
        length = int.from_bytes(digits, "big")
        if not 0 < size < 5 or digits[:1] in (b"", b"\0") or length < 0x80:
            raise NotDerError("length not in its shortest form")
    if content + length > limit:
        raise NotDerError("cut short")
    return tag, content, content + length


def _is_plain(node: Node, data: bytes) -> bool:
    """Whether a value of a universal kind stands in the one form that DER has for it."""
    if node.tag & 0x20:
        return node.tag == SEQUENCE or (node.tag == SET and is_sorted(node, data))
    plain = _PLAIN.get(node.tag)
    return plain is not None and plain(data[node.content : node.end])


def _has_idle_byte(number: bytes) -> bool:
    """Whether a number begins with a byte that its sign does not need."""
    if len(number) < 2:
        return False
    negative = number[1] & 0x80
    return (number[0] == 0 and not negative) or (number[0] == 0xFF and bool(negative))


def _has_clean_end(bits: bytes) -> bool:
    """Whether the bits of the last byte that do not count are zero."""
    if not bits or bits[0] > 7 or (len(bits) == 1 and bits[0]):
        return False
    return not bits[-1] & ((1 << bits[0]) - 1) if len(bits) > 1 else True


def _is_path(content: bytes) -> bool:
    """Whether the numbers of an object identifier end, and begin with no idle byte."""
    idle = re.search(rb"(?:^|[\x00-\x7f])\x80", content, re.DOTALL)
    return bool(content) and not content[-1] & 0x80 and idle is None


def _in(encoding: str) -> Callable[[bytes], bool]:
    def is_text(content: bytes) -> bool:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            return False
        return True

    return is_text


_PLAIN: dict[int, Callable[[bytes], bool]] = {
    BOOLEAN: lambda content: content in (b"\0", b"\xff"),
    INTEGER: lambda content: bool(content) and not _has_idle_byte(content),
    BIT_STRING: _has_clean_end,
    OCTET_STRING: lambda content: True,
    NULL: lambda content: not content,
    OID: _is_path,
    ENUMERATED: lambda content: bool(content) and not _has_idle_byte(content),
    UTF8_STRING: _in("utf-8"),
    PRINTABLE_STRING: _in("ascii"),
    TELETEX_STRING: lambda content: True,  # of old certificates: it has no encoding to check
    IA5_STRING: _in("ascii"),
    UTC_TIME: lambda content: re.fullmatch(rb"\d{12}Z", content) is not None,
    GENERALIZED_TIME: lambda content: re.fullmatch(rb"\d{14}Z", content) is not None,
    VISIBLE_STRING: _in("ascii"),
    BMP_STRING: _in("utf-16-be"),
}
"""The kinds of value that signatures and certificates hold, and what is their one form."""
