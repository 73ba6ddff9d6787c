"""The parts of a workbook as values: texts, numbers and days in their cells, merges, sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from sif_desktop.errors import NotOursError
from sif_desktop.sheets.amounts import plain

MOST_ROWS = 20_000
"""Rows of a sheet with something in them; one with more is no budget."""

MOST_COLUMNS = 200
"""Columns that are looked at; what stands to the right of them is passed over."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

CellKind = Literal["text", "number", "date", "boolean", "error", "no_value"]
"""no_value is a formula whose outcome was not kept in the file."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: `text` is that of the file, of a day ISO 8601."""

    kind: CellKind
    text: str
    formula: bool = False

    @property
    def shown(self) -> str:
        """The content as a person reads it."""
        return plain(self.text) if self.kind == "number" else self.text


Rows = dict[int, dict[int, Cell]]
"""Cells that hold something, by row and column, both counted from 1."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass
class Grid:
    """A sheet: its name, whether it is hidden, its cells and its merged areas."""

    name: str
    hidden: bool
    rows: Rows = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)


_TEXTS = ("str", "inlineStr")
_KINDS: dict[str, CellKind] = {
    "s": "text",
    "str": "text",
    "inlineStr": "text",
    "e": "error",
    "b": "boolean",
    "d": "date",
}
"""What the file calls the kinds of cell; n is a number, or a day by its style."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def place(reference: str) -> tuple[int, int]:
    """Row and column of a reference such as G7. Raises ValueError where it is none."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    if int(found[2]) > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(reference)
    return int(found[2]), column


def letters(column: int) -> str:
    """The letters of a column counted from 1: 7 is G."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text of the file with its escapes (`_x000D_`) undone; half a pair stays escaped."""

    def one(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return found[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(one, text) if "_x" in text else text


class Strings:
    """The texts that cells of all sheets share. Runs with their own look are joined."""

    texts = frozenset({"t"})

    def __init__(self) -> None:
        self.known: list[str] = []
        self._runs: list[str] = []
        self._aside = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begins a text; `rPh` tells how to pronounce it and is not part of it."""
        del attributes
        if name == "si":
            self._runs = []
        elif name == "rPh":
            self._aside += 1

    def end(self, name: str, text: str) -> None:
        """Ends a run or a whole text."""
        if name == "t" and not self._aside:
            self._runs.append(text)
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self.known.append(unescaped("".join(self._runs)))


_BUILT_IN_DAYS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_A_SIGN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class Styles:
    """Which styles of cells show a number as a day or a time: all that is read of styles."""

    texts: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.days: set[int] = set()
        self._formats: dict[str, str] = {}
        self._count = -1

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Notes formats of numbers, and the styles that use them."""
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._count = 0
        elif name == "xf" and self._count >= 0:
            if self._is_day(attributes.get("numFmtId", "0")):
                self.days.add(self._count)
            self._count += 1

    def end(self, name: str, text: str) -> None:
        """Ends the styles that cells refer to."""
        del text
        if name == "cellXfs":
            self._count = -1

    def _is_day(self, number: str) -> bool:
        code = self._formats.get(number)
        if code is None:
            return number.isdigit() and int(number) in _BUILT_IN_DAYS
        signs = _NOT_A_SIGN.sub("", code.partition(";")[0]).lower()
        return signs not in ("general", "standard") and bool(set(signs) & set("dmyhs"))


@dataclass
class Surroundings:
    """What the cells of a sheet refer to, and the first day of its calendar."""

    strings: list[str] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    first_day: date = date(1899, 12, 30)


class SheetReader:
    """Fills a grid from the part of a sheet, in one pass.

    Rows and cells must follow one another: a file that tells one twice shows each program
    something else, and is refused as damaged.
    """

    texts = frozenset({"v", "t"})

    def __init__(self, grid: Grid, around: Surroundings, file: str) -> None:
        self._grid, self._around, self._file = grid, around, file
        self._row = self._column = self._aside = 0
        self._cells: dict[int, Cell] = {}
        self._kind, self._style = "n", 0
        self._value: str | None = None
        self._formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begins a row or a cell. Raises ValueError for one out of place."""
        if name == "c":
            row, column = self._row, self._column + 1
            if "r" in attributes:
                row, column = place(attributes["r"])
            if row != self._row or column <= self._column:
                raise ValueError(attributes.get("r", ""))
            self._column, self._value, self._formula = column, None, False
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        elif name == "row":
            row = int(attributes.get("r", self._row + 1))
            if not self._row < row <= LAST_ROW:
                raise ValueError(str(row))
            self._row, self._column, self._cells = row, 0, {}
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside += 1
        elif name == "mergeCell":
            if len(self._grid.merged) >= MOST_ROWS:
                raise ValueError("too many merged areas")
            first, _, last = attributes["ref"].partition(":")
            self._grid.merged.append((*place(first), *place(last or first)))

    def end(self, name: str, text: str) -> None:
        """Ends a value, a cell or a row. Raises NotOursError for a row too many."""
        if name == "v" or (name == "t" and not self._aside):
            self._value = (self._value or "") + text
        elif name == "rPh":
            self._aside -= 1
        elif name == "c":
            cell = self._cell()
            if cell is not None and self._column <= MOST_COLUMNS:
                self._cells[self._column] = cell
        elif name == "row" and self._cells:
            self._grid.rows[self._row] = self._cells
            if len(self._grid.rows) > MOST_ROWS:
                raise NotOursError("sheet_too_many_rows", file=self._file, limit=MOST_ROWS)

    def _cell(self) -> Cell | None:
        """The cell that ends; None where nothing stands in it."""
        value = self._value
        if value is None or (value == "" and self._kind not in _TEXTS):
            return Cell("no_value", "", True) if self._formula else None
        if self._kind == "n":
            return self._number(value)
        if self._kind == "s":
            value = self._around.strings[int(value)]
        elif self._kind in _TEXTS:
            value = unescaped(value)
        return Cell(_KINDS[self._kind], value, self._formula) if value else None

    def _number(self, value: str) -> Cell:
        number = float(value)
        if self._style not in self._around.days:
            return Cell("number", value.strip(), self._formula)
        try:
            day = self._around.first_day + timedelta(days=number)
        except OverflowError:
            return Cell("number", value.strip(), self._formula)
        return Cell("date", day.isoformat(), self._formula)
