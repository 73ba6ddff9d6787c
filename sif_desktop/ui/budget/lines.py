"""The lines of the budget that are shown, kept up to date one by one.

The lines that were shown last are compared with the proposal by identity. So a change elsewhere
costs nothing here, a change in one cell repaints that cell, and lines come and go one by one:
selection, focus and an open editor stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.model.difference import changed_places
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.rules.totals import Amount
from sif_desktop.ui.budget.columns import Column, columns_of, value_of
from sif_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
Lines = tuple[BudgetLine, ...]


class ShownLines(QAbstractTableModel):
    """The lines that the filter lets through, in their order.

    A line that was shown stays until the filter is set anew, also when an edit makes it one that
    the filter would hide: nothing disappears from under the hands of who edits it.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.columns: tuple[Column, ...] = columns_of(desk.call)
        self.filter: Mapping[str, str] = {}
        self.lines: Lines = desk.proposal.budget
        self._whole: Lines = self.lines
        self._welcomed: frozenset[str] = frozenset()
        self._places: dict[str, int] | None = None
        self._numbers: dict[str, int] | None = None
        self._sum: Amount | None = None

    def number(self, row: int) -> int:
        """The number of a shown line in the whole budget, from 1."""
        if self.lines is self._whole:
            return row + 1
        if self._numbers is None:
            self._numbers = {line.id: place for place, line in enumerate(self._whole, 1)}
        return self._numbers.get(self.lines[row].id, 0)

    def row_of(self, key: str) -> int:
        """The row of a line by its id, or -1 where it is not shown."""
        if self._places is None:
            self._places = {line.id: row for row, line in enumerate(self.lines)}
        return self._places.get(key, -1)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set."""
        return bool(self.filter)

    @property
    def shown_sum(self) -> Amount:
        """What the shown lines add up to; amounts that cannot be read count as nothing."""
        if self.lines is self._whole:
            return self.desk.session.totals.whole
        if self._sum is None:
            self._sum = added_up(self.lines)
        return self._sum

    def set_filter(self, wanted: Mapping[str, str]) -> None:
        """Shows only lines with these values, by the names of columns."""
        self.filter = dict(wanted)
        self._become([line for line in self._whole if self._fits(line)])

    def welcome(self, keys: Iterable[str]) -> None:
        """Shows the lines with these ids when they come, whatever the filter says."""
        self._welcomed = frozenset(keys)

    def take_lines(self) -> None:
        """Shows the lines as the proposal has them now."""
        if self.desk.proposal.budget is not self._whole:
            self._take(self.desk.proposal.budget)

    def _take(self, whole: Lines) -> None:
        before, self._whole = self._whole, whole
        places = changed_places(before, whole)
        if places is not None and all(before[at].id == whole[at].id for at in places):
            self._replace([whole[at] for at in places], all_shown=self.lines is before)
            return
        self._numbers = None
        known = {line.id for line in before}
        showing = self.lines if self.lines is not before else None
        stay = {line.id for line in showing} if showing is not None else known
        wanted = [
            line
            for line in whole
            if line.id in stay or (line.id not in known and self._is_welcome(line))
        ]
        self._become(wanted)

    def _is_welcome(self, line: BudgetLine) -> bool:
        """Whether a line that is new is shown: it fits, or was made on this page just now."""
        return self._fits(line) or line.id in self._welcomed

    def _fits(self, line: BudgetLine) -> bool:
        return all(getattr(line, name) == value for name, value in self.filter.items())

    def _replace(self, changed: Sequence[BudgetLine], *, all_shown: bool) -> None:
        """Shows lines with other values at the places where they are."""
        rows = [(row, line) for line in changed if (row := self.row_of(line.id)) >= 0]
        before = self.lines
        if all_shown:
            self.lines = self._whole
        elif rows:
            lines = list(before)
            for row, line in rows:
                lines[row] = line
            self.lines = tuple(lines)
        self._sum = self._sum_after(before, rows)
        for first, last, left, right in self._blocks(before, rows):
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _sum_after(self, before: Lines, rows: list[tuple[int, BudgetLine]]) -> Amount | None:
        if self._sum is None or self.lines is self._whole:
            return None
        less = added_up(before[row] for row, _ in rows)
        more = added_up(line for _, line in rows)
        return Amount(
            self._sum.subsidy - less.subsidy + more.subsidy,
            self._sum.own_means - less.own_means + more.own_means,
        )

    def _blocks(
        self, before: Lines, rows: list[tuple[int, BudgetLine]]
    ) -> Iterator[tuple[int, int, int, int]]:
        """The rectangles of cells that changed: one cell where one did, rows taken together."""
        spans: list[list[int]] = []
        for row, line in sorted(rows, key=lambda pair: pair[0]):
            old = before[row]
            places = [
                place
                for place, column in enumerate(self.columns)
                if value_of(old, column) != value_of(line, column)
            ]
            if len(rows) == 1:
                yield from ((row, row, place, place) for place in places)
            elif places and spans and spans[-1][1] == row - 1:
                span = spans[-1]
                span[1:] = row, min(span[2], places[0]), max(span[3], places[-1])
            elif places:
                spans.append([row, row, places[0], places[-1]])
        yield from ((first, last, left, right) for first, last, left, right in spans)

    def _become(self, wanted: list[BudgetLine]) -> None:
        """Turns the shown lines into the wanted ones: removed, put in order, inserted, changed."""
        target = self._whole if len(wanted) == len(self._whole) else tuple(wanted)
        self._remove_others({line.id for line in wanted})
        self._put_in_order(target)
        self._insert_new(target)
        changed = [new for old, new in zip(self.lines, target, strict=True) if old is not new]
        before = self.lines
        rows = [(self.row_of(line.id), line) for line in changed]
        self.lines, self._sum = target, None
        for first, last, left, right in self._blocks(before, rows):
            self.dataChanged.emit(self.index(first, left), self.index(last, right))
        if self.lines:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.lines) - 1)

    def _remove_others(self, keep: set[str]) -> None:
        gone = [row for row, line in enumerate(self.lines) if line.id not in keep]
        for first, last in reversed(list(runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._hold(self.lines[:first] + self.lines[last + 1 :])
            self.endRemoveRows()

    def _put_in_order(self, target: Lines) -> None:
        showing = {line.id: line for line in self.lines}
        ordered = tuple(showing[line.id] for line in target if line.id in showing)
        if all(one is other for one, other in zip(ordered, self.lines, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        keys = [self.lines[index.row()].id for index in old]
        self._hold(ordered)
        new = [
            self.index(self.row_of(key), index.column())
            for key, index in zip(keys, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _insert_new(self, target: Lines) -> None:
        showing = {line.id for line in self.lines}
        fresh = [row for row, line in enumerate(target) if line.id not in showing]
        for first, last in runs(fresh):
            self.beginInsertRows(QModelIndex(), first, last)
            self._hold(self.lines[:first] + target[first : last + 1] + self.lines[first:])
            self.endInsertRows()

    def _hold(self, lines: Lines) -> None:
        self.lines = lines
        self._places = None
        self._sum = None


def added_up(lines: Iterable[BudgetLine]) -> Amount:
    """What lines ask and pay themselves, as far as it can be read."""
    subsidy = own = 0
    for line in lines:
        if isinstance(line.subsidy, int):
            subsidy += line.subsidy
        if isinstance(line.own_means, int):
            own += line.own_means
    return Amount(subsidy, own)


def runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows in rising order as the runs of neighbours that they form."""
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last
