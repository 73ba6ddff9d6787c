"""Which row of a sheet is which line: by the hidden id, else by what tells a line to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sif_desktop.model.proposal import BudgetLine
from sif_desktop.sheets.columns import AMOUNTS, COLUMNS, writable
from sif_desktop.sheets.tables import Row
from sif_desktop.sheets.values import Reader, UnreadError

Values = dict[str, int | str]
Pairs = list[tuple[Row, BudgetLine | None]]


@dataclass(frozen=True)
class Pairing:
    """Pairs rows with lines; `columns` are those of which the sheet says something."""

    reader: Reader
    columns: tuple[str, ...]

    def pairs(self, rows: Iterable[Row], base: Iterable[BudgetLine]) -> Pairs:
        """Each row with its line, or None for a new one.

        An id counts once: a copied row is a new line. A row that was emptied is no row any more,
        unless its line was empty from the start.
        """
        lines = {line.id: line for line in base}
        found: dict[int, BudgetLine] = {}
        rows = [row for row in rows if not _is_blank(row) or row.id in lines]
        for row in rows:
            line = lines.get(row.id)
            if line and (not _is_blank(row) or self._shows(row, line)):
                found[row.number] = lines.pop(row.id)
        alike: dict[tuple[str, ...], list[BudgetLine]] = {}
        for line in reversed(lines.values()):
            alike.setdefault(self._told_by(dict(line)), []).append(line)
        rows = [row for row in rows if not _is_blank(row) or row.number in found]
        for row in rows:
            same = alike.get(self._told_by(self.values(row)))
            if same and row.number not in found:
                found[row.number] = same.pop()
        return [(row, found.get(row.number)) for row in rows]

    def values(self, row: Row) -> Values:
        """What of a row can be read."""
        values: Values = {}
        for column in self.columns:
            try:
                values[column] = self.reader.value(column, row.cells.get(column))
            except UnreadError:
                continue
        return values

    def _shows(self, row: Row, line: BudgetLine) -> bool:
        return all(
            self.reader.same(column, row.cells.get(column), getattr(line, column))
            for column in self.columns
        )

    def _told_by(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """What tells a line to a person: all but its amounts."""
        names = (column for column in self.columns if column not in AMOUNTS)
        return tuple(writable(str(values.get(name, "\0"))).strip() for name in names)


def _is_blank(row: Row) -> bool:
    return not row.cells.keys() & set(COLUMNS)
