"""Ways to spoil what is written in DER (certificates, PKCS#12) behind its lengths.

Bytes that change at random mostly break a length, and a reader goes no further. Here the tree of
values is taken apart, one of them is changed, and all lengths are made right again.
"""

from __future__ import annotations

import base64
import re
from copy import deepcopy
from dataclasses import dataclass, field

from mutations import NUMBERS, TEXTS, Chance, spoiled

_CONSTRUCTED, _OCTETS, _BITS = 0x20, 0x04, 0x03
_DEEPEST = 24
_TAGS = (0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0C, 0x13, 0x17, 0x18, 0x1E, 0x30, 0x31, 0xA0, 0x80)
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


@dataclass
class Value:
    """A value: its tag, and the values in it or its bytes. `head` is what stands before those in
    a string of bits or octets that holds values."""

    tag: int
    data: bytes = b""
    inner: list[Value] = field(default_factory=list)
    head: bytes = b""

    def encoded(self) -> bytes:
        """The bytes of the value, with a length that is right."""
        data = (
            self.head + b"".join(one.encoded() for one in self.inner) if self.inner else self.data
        )
        return bytes([self.tag]) + _length(len(data)) + data


def _length(size: int) -> bytes:
    if size < 128:
        return bytes([size])
    said = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(said)]) + said


def taken_apart(data: bytes, depth: int = 0) -> list[Value]:
    """The values in a row of bytes. Raises ValueError where they are not written in DER."""
    found, at = [], 0
    while at < len(data):
        if len(data) < at + 2 or data[at] & 0x1F == 0x1F or depth > _DEEPEST:
            raise ValueError("no DER")
        tag, size, at = data[at], data[at + 1], at + 2
        if size >= 0x80:
            count = size & 0x7F
            size, at = int.from_bytes(data[at : at + count], "big"), at + count
            if not 0 < count <= 4:
                raise ValueError("no DER")
        if at + size > len(data):
            raise ValueError("no DER")
        found.append(_value(tag, data[at : at + size], depth))
        at += size
    return found


def _value(tag: int, data: bytes, depth: int) -> Value:
    if tag & _CONSTRUCTED:
        return Value(tag, data, taken_apart(data, depth + 1))
    head = data[:1] if tag == _BITS else b""
    rest = data[len(head) :]
    if tag in (_OCTETS, _BITS) and rest[:1] in (b"\x30", b"\x04", b"\x03"):
        try:
            return Value(tag, data, taken_apart(rest, depth + 1), head)
        except ValueError:
            pass
    return Value(tag, data)


def _holders(values: list[Value]) -> list[list[Value]]:
    found, left = [], [values]
    while left:
        one = left.pop()
        found.append(one)
        left.extend(value.inner for value in one if value.inner)
    return found


def der_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """DER with one to three of its values changed, gone, twice, or of another kind; or its bytes
    changed."""
    if chance.random() < 0.3:
        return spoiled(data, others, chance)
    try:
        values = taken_apart(data)
        strange = taken_apart(chance.choice(others))
    except ValueError:
        return spoiled(data, others, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        _one_bent(values, strange, chance)
    return b"".join(one.encoded() for one in values)


def _one_bent(values: list[Value], strange: list[Value], chance: Chance) -> None:
    holder = chance.choice([one for one in _holders(values) if one] or [values])
    if not holder:
        return
    at = chance.randrange(len(holder))
    one = holder[at]
    act = chance.randrange(8)
    if act == 0 and len(holder) > 1:
        del holder[at]
    elif act == 1:
        holder[at:at] = [one] * chance.choice((1, 1, 40))
    elif act == 2:
        other = chance.choice([some for some in _holders(strange) if some])
        holder[at] = deepcopy(chance.choice(other))
    elif act == 3:
        holder[at] = Value(chance.choice(_TAGS), one.data, one.inner, one.head)
    elif act == 4:
        number = chance.choice((*NUMBERS, 2**521, 10**30)) * chance.choice((1, -1))
        size = number.bit_length() // 8 + 1
        holder[at] = Value(0x02, number.to_bytes(size, "big", signed=True))
    elif act == 5:
        text = chance.choice(TEXTS).encode("utf-8", "surrogatepass")
        holder[at] = Value(chance.choice((0x0C, 0x13, 0x16, 0x17, 0x18, 0x1E)), text)
    elif act == 6:
        holder[at] = Value(one.tag, b"")
    else:
        holder[at] = Value(one.tag, spoiled(one.data, [one.data], chance))


def pem_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """Certificates as PEM, of which one is bent as DER is; or the text is."""
    found = list(_PEM.finditer(data))
    if not found or chance.random() < 0.3:
        return spoiled(data, others, chance)
    one = chance.choice(found)
    try:
        inside = [base64.b64decode(match[1]) for match in found]
        new = base64.encodebytes(der_bent(base64.b64decode(one[1]), inside, chance))
    except ValueError:
        return spoiled(data, others, chance)
    return data[: one.start(1)] + b"\n" + new + data[one.end(1) :]


def certificate_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """A certificate in either form."""
    if b"-----BEGIN" in data:
        return pem_bent(data, others, chance)
    return der_bent(data, [one for one in others if b"-----BEGIN" not in one], chance)
