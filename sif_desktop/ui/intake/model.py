"""The bundles of an intake as a table: what each cell shows, which are shown, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.app.intake.listing import (
    COLUMNS,
    STATES,
    Column,
    Entry,
    Filter,
    Names,
    in_order,
)
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.speech import Speech

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ICONS = {
    "good": ("state-complete", "good"),
    "blocked": ("warning", "warning"),
    "broken": ("state-blocked", "error"),
    "unreadable": ("error", "error"),
    "replaced": ("refresh", "muted"),
}
"""The icon of each state and its colour; all differ in shape."""

_WHOLE = ("theme", "priority", "identity")
"""Columns whose words are short, and are read whole."""

_MOST_RUNS = 40
"""Places at which new entries are put in one by one; more, and the table is made anew."""


class EntriesModel(QAbstractTableModel):
    """The entries that a filter shows, in the order of a column. The entry is under `ENTRY`."""

    ENTRY = Role.UserRole

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self.names = Names(speech.words, {})
        self.entries: list[Entry] = []
        self.shown: list[Entry] = []
        self.filter = Filter()
        self._column, self._falling = COLUMNS[1], False
        self._answers: dict[int, Callable[[Entry, Column], Any]] = {
            self.ENTRY: lambda one, _: one,
            Role.DisplayRole: self._cell,
            Role.ToolTipRole: self._tip,
            Role.DecorationRole: self._icon,
            Role.TextAlignmentRole: lambda _, column: _side(column),
            Role.BackgroundRole: self._ground,
            Role.ForegroundRole: self._ink,
            Role.AccessibleTextRole: self._aloud,
        }

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """The columns of the table."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What a cell shows, and what is told of it."""
        asked = self._answers.get(role)
        if asked is None or not index.isValid():
            return None
        return asked(self.shown[index.row()], COLUMNS[index.column()])

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role in (Role.DisplayRole, Role.ToolTipRole):
                return self._speech.say(COLUMNS[section].heading)
            if role == Role.TextAlignmentRole:
                return _side(COLUMNS[section]) | int(Qt.TextFlag.TextWordWrap)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Puts what is shown in another order; what is chosen stays chosen."""
        self._column = COLUMNS[column] if 0 <= column < len(COLUMNS) else COLUMNS[1]
        self._falling = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        files = [self.shown[index.row()].row.file for index in before]
        self.shown = self._ordered(self.shown)
        places = {one.row.file: place for place, one in enumerate(self.shown)}
        after = [
            self.index(places[file], index.column())
            for file, index in zip(files, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # -- what the page asks -----------------------------------------------------------------

    def use(self, entries: Iterable[Entry], names: Names) -> None:
        """Shows other entries, or the same in other words."""
        self.beginResetModel()
        self.names, self.entries = names, list(entries)
        self.shown = self._ordered(filter(self.filter.shows, self.entries))
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def add(self, entries: Iterable[Entry], names: Names) -> None:
        """Puts entries where they belong, while an intake runs."""
        self.names = names
        new = list(entries)
        self.entries += new
        wanted = self._ordered(filter(self.filter.shows, self.entries))
        fresh = {one.row.file for one in new}
        runs = list(_runs(wanted, fresh))
        if len(runs) > _MOST_RUNS:
            self.beginResetModel()
            self.shown = wanted
            self.endResetModel()
            return
        for first, last in runs:
            self.beginInsertRows(QModelIndex(), first, last)
            self.shown[first:first] = wanted[first : last + 1]
            self.endInsertRows()

    def use_filter(self, wanted: Filter) -> None:
        """Shows what another filter lets through."""
        if wanted == self.filter:
            return
        self.beginResetModel()
        self.filter = wanted
        self.shown = self._ordered(filter(wanted.shows, self.entries))
        self.endResetModel()

    def whole(self, place: int) -> list[str]:
        """What a column may say in words of the program or of a form."""
        name = COLUMNS[place].name
        if name == "state":
            return [self.names.state(state) for state in STATES]
        if name not in _WHOLE:
            return []
        return sorted({self.names.cell(one, COLUMNS[place]) for one in self.entries})

    def place_of(self, file: str) -> int:
        """The row of a file, or -1 where it is not shown."""
        files = (place for place, one in enumerate(self.shown) if one.row.file == file)
        return next(files, -1)

    def tint(self) -> None:
        """Icons and colours are others."""
        if self.shown:
            last = self.index(len(self.shown) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _ordered(self, entries: Iterable[Entry]) -> list[Entry]:
        return in_order(entries, self._column, self.names, falling=self._falling)

    # -- cells ------------------------------------------------------------------------------

    def _cell(self, one: Entry, column: Column) -> str:
        return self.names.cell(one, column)

    def _tip(self, one: Entry, column: Column) -> str | None:
        if one.faulty and column.name in ("state", "title"):
            return self.names.reasons(one.row.reasons)
        return (self.names.cell(one, column) or None) if column.kind in ("text", "key") else None

    def _icon(self, one: Entry, column: Column) -> Any:
        return self._look.icon(*ICONS[one.state]) if column.name == "state" else None

    def _ground(self, one: Entry, _: Column) -> Any:
        return self._look.colour("error_soft") if one.faulty else None

    def _ink(self, one: Entry, column: Column) -> Any:
        if one.faulty and column.name in ("state", "title"):
            return self._look.colour("error")
        return self._look.colour("muted") if one.replaced_by else None

    def _aloud(self, one: Entry, column: Column) -> str:
        said = self.names.cell(one, column) or self._speech.say("window.intake.nothing")
        return f"{self._speech.say(column.heading)}: {said}"


def _side(column: Column) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _runs(wanted: list[Entry], fresh: set[str]) -> Iterable[tuple[int, int]]:
    """Where new entries stand together: the first and the last place of each run."""
    first = -1
    for place, one in enumerate(wanted):
        if one.row.file in fresh:
            first = place if first < 0 else first
        elif first >= 0:
            yield first, place - 1
            first = -1
    if first >= 0:
        yield first, len(wanted) - 1
