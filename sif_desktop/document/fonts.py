"""The fonts of the document: registered once, with fast widths and line breaking.

ReportLab measures a text sign by sign in Python. A dossier repeats its words thousands of times,
so the width of a word is worked out once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from sif_desktop import paths

FALLBACK = "▯"
"""Stands for a sign that the fonts do not have, such as an emoji or a Chinese character."""

STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
FAMILY = "Noto Sans"

_MOST_WORDS = 50_000
_BREAK_AFTER = "/-_.?&=,;:+"


class Face:
    """One style of the family. Widths are in thousandths of the size."""

    def __init__(self, style: str) -> None:
        self.name = f"NotoSans-{style}"
        font: Any = TTFont(self.name, str(paths.resources() / "fonts" / f"{self.name}.ttf"))
        pdfmetrics.registerFont(font)
        self._signs: dict[str, float] = {
            chr(code): float(font.face.charWidths[code]) for code in font.face.charToGlyph
        }
        self._drawn = _Drawn(frozenset(self._signs))
        self._words: dict[str, float] = {}
        self._space = self._signs[" "]

    def drawn(self, text: str) -> str:
        """`text` as it is drawn: composed, and with the fallback for what the font lacks."""
        if text.isascii():
            return text
        return unicodedata.normalize("NFC", text).translate(self._drawn)

    def width(self, text: str, size: float) -> float:
        """The width in points of a text that is ready to be drawn."""
        return sum(map(self._word, text.split(" "))) * size / 1000 + (
            text.count(" ") * self._space * size / 1000
        )

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """The lines, ready to be drawn, that `text` takes in a width; at least one.

        Lines break at spaces. A word longer than a line is cut, after a sign such as a slash
        where that leaves a fair part on the line.
        """
        text = self.drawn(text)
        room = max(width, size) * 1000 / size
        if "\n" not in text and len(text) < 200 and self.width(text, 1000) <= room:
            return [text]
        return [line for typed in text.split("\n") for line in self._broken(typed, room)]

    def clip(self, text: str, size: float, width: float) -> str:
        """One line of `text`, with an ellipsis where it does not fit."""
        text = self.drawn(text.replace("\n", " "))
        if self.width(text, size) <= width:
            return text
        room = (width - self._signs["…"] * size / 1000) * 1000 / size
        return text[: self._fitting(text[:2000], room)].rstrip(" ") + "…"

    def _word(self, word: str) -> float:
        known = self._words.get(word)
        if known is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            known = self._words[word] = sum(map(self._sign, word))
        return known

    def _sign(self, sign: str) -> float:
        return self._signs.get(sign, 600.0)

    def _broken(self, typed: str, room: float) -> Iterator[str]:
        """The lines of a text without line ends."""
        known, space = self._words.get, self._space
        line: list[str] = []
        used = -space
        for typed_word in typed.split(" "):
            word = typed_word
            if not word:
                continue
            width = known(word) or self._word(word)
            if used + space + width <= room:
                line.append(word)
                used += space + width
                continue
            if line:
                yield " ".join(line)
            if width > room:
                *full, word = self._cut(word, room)
                yield from full
                width = self._word(word)
            line = [word]
            used = width
        yield " ".join(line)

    def _cut(self, word: str, room: float) -> Iterator[str]:
        """A word in parts that each fit; the last one may leave room."""
        start = 0
        while start < len(word):
            # A sign is never narrower than a tenth of the size, but for marks that combine.
            part = word[start : start + int(room / 100) + 8]
            end = self._fitting(part, room)
            if start + end < len(word):
                better = max(part.rfind(sign, 0, end) for sign in _BREAK_AFTER) + 1
                end = better if better > end // 2 else end
            yield word[start : start + end]
            start += end

    def _fitting(self, text: str, room: float) -> int:
        """How many signs of `text` fit; one at least."""
        for place, sign in enumerate(text):
            room -= self._sign(sign)
            if room < 0:
                return max(place, 1)
        return len(text)


class _Drawn(dict[int, str | None]):
    """What is drawn for a character, worked out when it is first met."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        shown: str | None = sign
        if sign not in self.known and sign != "\n":
            plain = unicodedata.normalize("NFKC", sign)
            if unicodedata.category(sign) in ("Mn", "Me", "Cf", "Cc") or code in range(
                0x1F3FB, 0x1F400
            ):
                shown = None  # joined to the sign before it, for which something stands already
            elif plain != sign and all(part in self.known for part in plain):
                shown = plain
            else:
                shown = FALLBACK
        self[code] = shown
        return shown


@cache
def face(style: str) -> Face:
    """The face of a style (one of STYLES), registered with ReportLab under its `name`."""
    return Face(style)
