"""What is done to many cells or lines at once, as edits: each act is one step of undo. No Qt.

Lines are given in the order in which they are shown; with a filter that is a part of the budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sif_desktop.errors import EditError
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.model.values import new_id
from sif_desktop.sheets.columns import fold
from sif_desktop.ui.budget.columns import LIST, Column, read
from sif_desktop.ui.budget.names import Names

MOST_LINES = 5_000
"""Lines that a budget may have by pasting; more is no budget, and would keep the window busy."""

Values = Mapping[str, str]
"""Values that new lines begin with, by the names of columns."""


def set_cell(line: BudgetLine, column: Column, value: int | str) -> Iterator[Set]:
    """The edit that gives a cell a value; none where it holds that already, or a sum."""
    if not column.typed:
        return
    before = getattr(line, column.name)
    if before != value or type(before) is not type(value):
        yield Set(at=f"{LIST}/{line.id}/{column.name}", value=value)


def emptied(lines: Sequence[BudgetLine], columns: Sequence[Column]) -> list[Edit]:
    """Empties cells."""
    return [edit for line in lines for column in columns for edit in set_cell(line, column, "")]


def filled_down(
    source: BudgetLine, lines: Sequence[BudgetLine], columns: Sequence[Column]
) -> list[Edit]:
    """Gives lines what another line has in some columns."""
    return [
        edit
        for line in lines
        for column in columns
        if column.typed
        for edit in set_cell(line, column, getattr(source, column.name))
    ]


def added(after: str, values: Values) -> tuple[list[Edit], str]:
    """A new line behind another, first with "": the edits, and the new line's id."""
    key = new_id()
    return [Add(at=LIST, item={"id": key, **values}, after=after)], key


def removed(lines: Iterable[BudgetLine]) -> list[Edit]:
    """Takes lines away."""
    return [Drop(at=f"{LIST}/{line.id}") for line in lines]


def moved(
    budget: Sequence[BudgetLine], shown: Sequence[BudgetLine], first: int, last: int, by: int
) -> list[Edit]:
    """Moves the shown lines `first` to `last` one place up (`by` is -1) or down (1).

    The neighbour goes to their other side, so that lines which a filter hides keep their order.
    """
    if by < 0:
        if first == 0:
            return []
        return [Move(at=f"{LIST}/{shown[first - 1].id}", after=shown[last].id)]
    if last + 1 >= len(shown):
        return []
    place = next(at for at, line in enumerate(budget) if line.id == shown[first].id)
    before = budget[place - 1].id if place else ""
    return [Move(at=f"{LIST}/{shown[last + 1].id}", after=before)]


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is pasted: shown lines from the first chosen one on, and columns likewise.

    `height` and `width` are what was chosen; what is pasted is repeated to fill it where it fits
    a whole number of times. Lines beyond the end go behind the line `last`, beginning with
    `values`. `every` are all columns, `count` all lines of the budget.
    """

    lines: Sequence[BudgetLine]
    columns: Sequence[Column]
    every: Sequence[Column]
    height: int
    width: int
    last: str
    values: Values
    count: int


def pasted(
    rows: Sequence[Sequence[str]], target: Target, headings: Mapping[str, str], names: Names
) -> tuple[list[Edit], int, int]:
    """Puts rows of text into cells: the edits, and how many rows and columns they cover.

    `headings` gives the columns by their folded headings: a first row of nothing else says what
    is where. Raises EditError where the budget would get too long.
    """
    columns, rows = _arranged(rows, target, headings)
    fresh = [row for row in rows[len(target.lines) :] if any(cell.strip() for cell in row)]
    if target.count + len(fresh) > MOST_LINES:
        raise EditError("budget_too_long", count=len(rows), most=MOST_LINES)
    edits: list[Edit] = []
    for line, row in zip(target.lines, rows, strict=False):
        for column, cell in zip(columns, row, strict=False):
            if column is not None and column.typed:
                edits += set_cell(line, column, read(column, cell, names))
    after = target.last
    for row in fresh:
        values: dict[str, int | str] = dict(target.values)
        for column, cell in zip(columns, row, strict=False):
            if column is not None and column.typed:
                values[column.name] = read(column, cell, names)
        key = new_id()
        edits.append(Add(at=LIST, item={"id": key, **values}, after=after))
        after = key
    height = min(len(rows), len(target.lines)) + len(fresh)
    return edits, height, max(map(len, rows), default=0)


def _arranged(
    rows: Sequence[Sequence[str]], target: Target, headings: Mapping[str, str]
) -> tuple[list[Column | None], Sequence[Sequence[str]]]:
    """The column of each cell in a row, and the rows without headings, repeated where asked."""
    named = _by_headings(rows, target, headings)
    if named is not None:
        return named, rows[1:]
    wide = max(map(len, rows), default=0)
    across = target.width // wide if wide and target.width % wide == 0 else 1
    down = target.height // len(rows) if rows and target.height % len(rows) == 0 else 1
    if across > 1 or down > 1:
        even = [[*row, *[""] * (wide - len(row))] for row in rows]
        rows = [row * max(across, 1) for row in even] * max(down, 1)
    return list(target.columns), rows


def _by_headings(
    rows: Sequence[Sequence[str]], target: Target, headings: Mapping[str, str]
) -> list[Column | None] | None:
    """The columns that a first row of headings names; None where it is no such row."""
    if len(rows) < 2:
        return None
    words = [fold(cell) for cell in rows[0]]
    given = [word for word in words if word]
    if len(given) < 2 or any(word not in headings for word in given):
        return None
    by_name = {column.name: column for column in target.every}
    return [by_name.get(headings.get(word, "")) for word in words]
