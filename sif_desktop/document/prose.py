"""Text as people type it, made into paragraphs and lists. No mark-up: every sign stays a sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from sif_desktop.document.content import BulletList, Paragraph

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile(r"\n[ ]*\n[ \n]*")
_BULLET = re.compile(r" *(?:[-–—•‣◦*·▪■●○]|(\d{1,3}[.)]|[a-z][.)])) +(?=\S)")
_KEPT_SPACES = "\u00a0\u202f\u2007"


class _Cleaning(dict[int, str | None]):
    """What becomes of a character, worked out when it is first met.

    Control and formatting characters go: they cannot be seen, and some of them can make a text
    look like another one. Odd spaces become plain ones.
    """

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        kind = unicodedata.category(sign)
        kept: str | None = sign
        if sign == "\t" or (kind == "Zs" and sign not in _KEPT_SPACES):
            kept = " "
        elif kind in ("Cc", "Cf", "Cs") and sign != "\n":
            kept = None
        self[code] = kept
        return kept


_CLEANING = _Cleaning()


def clean(text: str) -> str:
    """Text without what cannot be shown, its line ends all alike and nothing around it."""
    if not text.isascii() or not text.isprintable():
        text = _LINE_ENDS.sub("\n", text).translate(_CLEANING)
    return text.strip(" \n")


def line(text: str) -> str:
    """Text on one line."""
    return " ".join(part for part in clean(text).replace("\n", " ").split(" ") if part)


def paragraphs(
    text: str, manner: Literal["body", "lead"] = "body"
) -> tuple[Paragraph | BulletList, ...]:
    """Typed text as paragraphs, at blank lines, and as lists where lines begin with a mark."""
    return tuple(
        block for part in _BLANK.split(clean(text)) if part for block in _blocks(part, manner)
    )


def _blocks(part: str, manner: Literal["body", "lead"]) -> Iterator[Paragraph | BulletList]:
    """The paragraphs and lists in a text without blank lines."""
    plain: list[str] = []
    items: list[tuple[str, str]] = []
    for typed in part.split("\n"):
        mark = _BULLET.match(typed)
        if mark:
            if plain:
                yield Paragraph("\n".join(plain), manner)
                plain = []
            if items and bool(items[-1][0]) != bool(mark[1]):
                yield _list(items)
                items = []
            items.append((mark[1] or "", typed[mark.end() :].strip(" ")))
        elif items and typed.startswith("  "):
            items[-1] = (items[-1][0], f"{items[-1][1]}\n{typed.strip(' ')}")
        else:
            if items:
                yield _list(items)
                items = []
            plain.append(typed.strip(" "))
    if items:
        yield _list(items)
    if plain:
        yield Paragraph("\n".join(plain), manner)


def _list(items: list[tuple[str, str]]) -> BulletList:
    markers = tuple(marker for marker, _ in items)
    return BulletList(tuple(text for _, text in items), markers if any(markers) else ())
