"""Finding the budget in a workbook: its sheet, the row of its headings, and the rows below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.language import LANGUAGES, Words
from sif_desktop.sheets.cells import Cell, Grid, letters
from sif_desktop.sheets.columns import (
    AMOUNTS,
    IDS,
    TOTAL,
    columns_of,
    fold,
    heading,
    known_headings,
)
from sif_desktop.sheets.mapping import Rename
from sif_desktop.sheets.read import Workbook

_ROWS_OF_HEADINGS = 60
"""Rows from the top in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its cells by our columns, its hidden id, and its first text."""

    number: int
    cells: Mapping[str, Cell]
    id: str
    first: str


@dataclass(frozen=True)
class Table:
    """The budget as it stands in a sheet.

    `key` are the folded headings, in order of the alphabet, by which a mapping is remembered;
    `places` the column of the sheet (1 is A) of each of ours; `titles` their headings as typed.
    """

    sheet: str
    key: tuple[str, ...]
    places: Mapping[str, int]
    titles: Mapping[str, str]
    rows: tuple[Row, ...]
    merged: frozenset[tuple[int, str]]

    def reference(self, row: int, column: str) -> str:
        """The cell of a row and one of our columns, such as G7; the row alone without it."""
        place = self.places.get(column)
        return f"{letters(place)}{row}" if place else str(row)


def heading_keys(book: Workbook) -> Iterator[tuple[str, ...]]:
    """The sets of headings that a workbook may have: those of each row near the top."""
    for grid in book.visible:
        for number in rows_near_top(grid):
            yield key_of(grid.rows[number])


def find_table(book: Workbook, call: Call, rename: Rename) -> Table:
    """The table with the most headings that are known, or that `rename` tells; where it tells the
    place of the headings too, the one there.

    Raises NotOursError where no row has headings enough, where a column is there twice, or where a
    workbook of ours misses one; SifError where `rename` tells a heading that is not there.
    """
    known = {**known_headings(call), **rename.headings}
    best = max(
        ((_score(grid.rows[n], known), -place, -n, grid) for place, grid in enumerate(book.visible)
         for n in rows_near_top(grid) if rename.place in (None, (grid.name, n))),
        key=lambda found: found[:3],
        default=None,
    )  # fmt: skip
    if best is None or best[0] < 2:
        raise _no_headings(book, call)
    return _table(book, best[3], -best[2], call, rename)


def rows_near_top(grid: Grid) -> list[int]:
    """The rows in which the headings may stand."""
    return sorted(grid.rows)[:_ROWS_OF_HEADINGS]


def key_of(cells: Mapping[int, Cell]) -> tuple[str, ...]:
    """The folded headings in a row, in the order of the alphabet."""
    return tuple(sorted(fold(cell.text) for cell in cells.values() if cell.kind == "text"))


def _score(cells: Mapping[int, Cell], known: Mapping[str, str]) -> int:
    """How many columns the cells head; 0 without one of amounts, for then it is no budget."""
    found = {known.get(fold(cell.text), "") for cell in cells.values() if cell.kind == "text"}
    return len(found - {""}) if found & set(AMOUNTS) else 0


def _table(book: Workbook, grid: Grid, head: int, call: Call, rename: Rename) -> Table:
    """The table below a row of headings. What was told by hand goes before what is known."""
    file, known = str(book.path), known_headings(call)
    by_hand, by_name = [], []
    titles = {}
    for place, cell in sorted(grid.rows[head].items()):
        title = fold(cell.text) if cell.kind == "text" else ""
        titles[place] = cell.text
        if title in rename.headings:
            if rename.headings[title]:
                by_hand.append((rename.headings[title], place))
        elif title in known:
            by_name.append((known[title], place))
    told = {column for column, _ in by_hand}
    pairs = [*by_hand, *(pair for pair in by_name if pair[0] not in told)]
    twice = [
        column for column, count in Counter(column for column, _ in pairs).items() if count > 1
    ]
    if twice:
        places = [place for column, place in pairs if column == twice[0]]
        cells = ", ".join(f"{letters(place)}{head}" for place in places)
        raise NotOursError("sheet_heading_twice", file=file, heading=titles[places[0]], cells=cells)
    places_of = dict(pairs)
    missing = [column for column in columns_of(call) if column not in places_of]
    if missing and book.hidden:
        gone = ", ".join(_as_headed(missing, call, titles.values()))
        raise NotOursError("sheet_heading_gone", file=file, columns=gone)
    _require_told(rename, grid.rows[head], file)
    rows = tuple(_rows(grid, head, places_of))
    merged = frozenset(_merged(grid, head, places_of))
    names = {column: titles[place] for column, place in pairs}
    return Table(grid.name, key_of(grid.rows[head]), places_of, names, rows, merged)


def _rows(grid: Grid, head: int, places: Mapping[str, int]) -> Iterator[Row]:
    own = {place: column for column, place in places.items() if column != IDS}
    for number in sorted(grid.rows):
        cells = grid.rows[number]
        if number <= head:
            continue
        mine = {own[place]: cell for place, cell in cells.items() if place in own}
        hidden = cells.get(places.get(IDS, 0))
        first = next((cells[p].text for p in sorted(cells) if cells[p].kind == "text"), "")
        if hidden or any(column != TOTAL for column in mine):
            yield Row(number, mine, hidden.text if hidden else "", first)


def _merged(grid: Grid, head: int, places: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """The first row and column of each merged area that touches the table."""
    for first_row, first, last_row, last in grid.merged:
        touched = [column for column, place in places.items() if first <= place <= last]
        if touched and last_row >= head and first_row <= max(grid.rows):
            yield first_row, touched[0]


def _require_told(rename: Rename, cells: Mapping[int, Cell], file: str) -> None:
    there = {fold(cell.text) for cell in cells.values()}
    for title in rename.headings:
        if title not in there:
            raise SifError("sheet_map_heading", file=file, heading=title)


def _as_headed(columns: Iterable[str], call: Call, titles: Iterable[str]) -> list[str]:
    """The headings that columns had, in the language of those that are still there."""
    there = {fold(title) for title in titles}
    spoken = [call.words(language) for language in LANGUAGES]

    def alike(words: Words) -> int:
        return sum(fold(heading(call, one, words)) in there for one in columns_of(call))

    best = max(spoken, key=alike)
    return [heading(call, one, best) for one in columns]


def _no_headings(book: Workbook, call: Call) -> NotOursError:
    """The error that tells the headings of the widest row, and what can be told by hand."""
    rows = [grid.rows[number] for grid in book.visible for number in rows_near_top(grid)]
    widest = max(rows, key=len, default={})
    found = [cell.shown[:30] for _, cell in sorted(widest.items())][:8]
    return NotOursError(
        "sheet_headings",
        file=str(book.path),
        found=" · ".join(found) or "–",
        columns=", ".join(columns_of(call)),
    )


def sum_words(call: Call) -> re.Pattern[str]:
    """What a row of sums begins with, in all languages, such as "Totaal" or "Sous-total"."""
    words = [
        word.strip()
        for language in LANGUAGES
        for word in call.words(language).say("sheet.sum_words").split(",")
    ]
    return re.compile("(?:" + "|".join(map(re.escape, words)) + r")\b(?!\s*-)", re.IGNORECASE)
