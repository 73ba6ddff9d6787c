"""Ways to spoil a file: bytes, and what a reader meets behind them (JSON, TOML, XML, rows).

Everything is drawn from one `random.Random`, so that a seed gives the same harm again.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

Chance = random.Random
NUMBERS = (0, 1, 7, 8, 127, 128, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64)
TEXTS = (
    "",
    "\0",
    "../x",
    "é\u0301",
    "\u202e",
    "\ufeff",
    "=1+1",
    "nl",
    "a" * 41,
    "0" * 400,
    "1e999",
    "-0",
    "{x}",
    "{0}",
    "%s",
    "2013-02-30",
    "9999-12-31",
    "1.234,56",
    "\U0001f600",
    "*",
    "/",
    "partners",
)
VALUES: tuple[Any, ...] = (None, True, False, -1, 1.5, 10**400, 2**53, {}, [], [[]], {"": ""}, "")
VALUES += ("\ud800", "~niemand/x")  # half a sign, and somebody's folder


def spoiled(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """Bytes after a few changes: flips, cuts, blocks that move, repeat, vanish or come from
    another file."""
    new = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        chance.choice(BYTES)(new, others, chance)
    return bytes(new)


def _flip(new: bytearray, _: list[bytes], chance: Chance) -> None:
    if new:
        new[chance.randrange(len(new))] ^= 1 << chance.randrange(8)


def _set(new: bytearray, _: list[bytes], chance: Chance) -> None:
    if new:
        new[chance.randrange(len(new))] = chance.choice((0, 1, 0x20, 0x22, 0x2F, 0x7F, 0x80, 0xFF))


def _number(new: bytearray, _: list[bytes], chance: Chance) -> None:
    length = chance.choice((1, 2, 4, 8))
    number = chance.choice(NUMBERS) % 256**length
    at = chance.randrange(len(new) + 1)
    new[at : at + length] = number.to_bytes(length, chance.choice(("big", "little")))


def _digits(new: bytearray, _: list[bytes], chance: Chance) -> None:
    """A number in a text becomes another one."""
    found = list(re.finditer(rb"\d{1,12}", new[:200_000]))
    if found:
        one = chance.choice(found)
        new[one.start() : one.end()] = str(chance.choice((-1, *NUMBERS, 10**30))).encode()


def _zeros(new: bytearray, _: list[bytes], chance: Chance) -> None:
    at, length = chance.randrange(len(new) + 1), chance.choice((1, 16, 512, 4096))
    new[at : at + length] = bytes(len(new[at : at + length]))


def _cut(new: bytearray, _: list[bytes], chance: Chance) -> None:
    del new[chance.randrange(len(new) + 1) :]


def _take(new: bytearray, _: list[bytes], chance: Chance) -> None:
    at = chance.randrange(len(new) + 1)
    del new[at : at + chance.choice((1, 2, 16, 300))]


def _repeat(new: bytearray, _: list[bytes], chance: Chance) -> None:
    at, length = chance.randrange(len(new) + 1), chance.choice((1, 4, 40, 400))
    new[at:at] = new[at : at + length] * chance.choice((1, 2, 50))


def _move(new: bytearray, _: list[bytes], chance: Chance) -> None:
    at, length = chance.randrange(len(new) + 1), chance.choice((1, 4, 40, 400))
    block = new[at : at + length]
    del new[at : at + length]
    to = chance.randrange(len(new) + 1)
    new[to:to] = block


def _splice(new: bytearray, others: list[bytes], chance: Chance) -> None:
    other = chance.choice(others)
    at, start = chance.randrange(len(new) + 1), chance.randrange(len(other) + 1)
    length = chance.choice((8, 64, 512))
    new[at : at + length] = other[start : start + length]


def _text(new: bytearray, _: list[bytes], chance: Chance) -> None:
    at = chance.randrange(len(new) + 1)
    new[at:at] = chance.choice(TEXTS).encode("utf-8", "surrogatepass")


BYTES: tuple[Callable[[bytearray, list[bytes], Chance], None], ...] = (
    _flip,
    _flip,
    _set,
    _number,
    _digits,
    _zeros,
    _cut,
    _take,
    _repeat,
    _move,
    _splice,
    _text,
)


def bent(tree: Any, chance: Chance) -> Any:
    """A tree of JSON after one change somewhere in it; the given tree may be changed too."""
    holders = [one for one in _holders(tree) if one]
    if not holders or chance.random() < 0.01:
        return _value(tree, chance)
    holder = chance.choice(holders)
    key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    act = chance.randrange(5)
    if act == 0:
        del holder[key]
    elif act == 1 and isinstance(holder, dict):
        holder[chance.choice((*TEXTS, "id", "format", "call"))] = holder.pop(key)
    elif act == 2 and isinstance(holder, list):
        holder[key:key] = [holder[key]] * chance.choice((1, 30))
    else:
        holder[key] = _value(holder[key], chance)
    return tree


def _holders(tree: Any) -> list[Any]:
    """All objects and lists in a tree."""
    found, left = [], [tree]
    while left:
        one = left.pop()
        if isinstance(one, dict | list):
            found.append(one)
            left.extend(one.values() if isinstance(one, dict) else one)
    return found


def _value(old: Any, chance: Chance) -> Any:
    """Another value: of another kind, a nasty text, or the old one wrapped up."""
    deep: Any = old
    for _ in range(chance.choice((1, 3, 60, 300))):
        deep = [deep] if chance.random() < 0.5 else {"a": deep}
    values = deepcopy(VALUES)  # what is changed in them later is changed here alone
    return chance.choice((*values, *TEXTS, chance.choice(NUMBERS), deep, [old, old], str(old)))


def json_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """JSON after one to three changes of its tree, or of its bytes."""
    if chance.random() < 0.4:
        return spoiled(data, others, chance)
    tree = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 3))):
        tree = bent(tree, chance)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def lines_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """A text of lines (TOML): lines that go, come twice, move, or get another value."""
    if chance.random() < 0.4:
        return spoiled(data, others, chance)
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(lines))
        act = chance.randrange(4)
        if act == 0 and len(lines) > 1:
            del lines[at]
        elif act == 1:
            lines.insert(chance.randrange(len(lines) + 1), lines[at])
        elif act == 2:
            lines.insert(at, chance.choice(others).split(b"\n")[0])
        else:
            value = chance.choice((b"{}", b"[]", b"-1", b"1.5", b"nan", b"true", b'""', b"[[1]]"))
            value = chance.choice((value, json.dumps(chance.choice(TEXTS)).encode()))
            lines[at] = lines[at].partition(b"=")[0] + b"= " + value
    return b"\n".join(lines)


def xml_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """XML in which an attribute, a text or an element became another one, or its bytes changed."""
    if chance.random() < 0.3:
        return spoiled(data, others, chance)
    marks = list(re.finditer(rb'"[^"<>]*"|>[^<>]+<|<[^<>]+>', data[:300_000]))
    if not marks:
        return spoiled(data, others, chance)
    one, other = chance.choice(marks), chance.choice(marks)
    text = chance.choice((*TEXTS, *map(str, NUMBERS))).encode("utf-8")
    text = re.sub(rb'[<&"\0]', b"", text)
    new = {b'"': b'"' + text + b'"', b">": b">" + text + b"<", b"<": other[0]}[one[0][:1]]
    return data[: one.start()] + chance.choice((new, b"", one[0] * 2)) + data[one.end() :]


def zip_bent(data: bytes, others: list[bytes], chance: Chance) -> bytes:
    """A ZIP made anew with one member bent, gone, twice or renamed; or its bytes changed."""
    if chance.random() < 0.35:
        return spoiled(data, others, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(one.filename, one.compress_type, archive.read(one)) for one in archive.infolist()]
    at = chance.randrange(len(parts))
    name, method, content = parts[at]
    act = chance.randrange(12)
    if act == 0:
        del parts[at]
    elif act == 1:
        parts.append(parts[at])
    elif act == 2:
        parts[at] = (name + chance.choice(("x", "/", "/../x")), method, content)
    elif act == 3:
        parts[at] = (name, zipfile.ZIP_BZIP2, content)
    else:
        by_kind = {"xml": xml_bent, "els": xml_bent, "son": json_bent}
        parts[at] = (name, method, by_kind.get(name[-3:], spoiled)(content, others, chance))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, method, content in parts:
            head = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            head.compress_type = method
            archive.NameToInfo.pop(name, None)
            archive.writestr(head, content)
    return out.getvalue()
