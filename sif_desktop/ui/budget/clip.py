"""Tab-separated text as spreadsheets put it on the clipboard and take it from there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_END = re.compile("[\t\n]")

MOST_CHARACTERS = 20_000_000
"""Characters of a clipboard that are looked at; a spreadsheet of 2,000 lines has 0.3 million."""


def to_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as text; a cell with a tab, a new line or a quote in it stands in quotes."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def to_rows(text: str) -> list[list[str]]:
    """The rows of cells in a text.

    A cell that begins with a quote goes on to the closing one, tabs and new lines included; a
    quote that is never closed, or stands elsewhere, is a sign as any other. The new line at the
    end, which spreadsheets add, makes no row.
    """
    text = text[:MOST_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if '"' not in text:
        return [line.split("\t") for line in text.split("\n")]
    rows: list[list[str]] = [[]]
    place = 0
    while True:
        cell, place = _cell(text, place)
        rows[-1].append(cell)
        if place >= len(text):
            return rows
        if text[place] == "\n":
            rows.append([])
        place += 1


def well_formed(text: str) -> str:
    """A text from elsewhere as it can be kept: half a pair of surrogates has no meaning."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins at a place, and where the sign behind it stands."""
    if text.startswith('"', place):
        end = _closing(text, place + 1)
        if end is not None:
            return text[place + 1 : end].replace('""', '"'), end + 1
    found = _END.search(text, place)
    end = found.start() if found else len(text)
    return text[place:end], end


def _closing(text: str, place: int) -> int | None:
    """Where the quote stands that ends a cell: before a tab, a new line or the end."""
    while (place := text.find('"', place)) >= 0:
        if text.startswith('""', place):
            place += 2
        elif place + 1 == len(text) or text[place + 1] in "\t\n":
            return place
        else:
            return None
    return None
