"""Short tables of what only the holder of all bundles can say: screening, and what recurs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout, QWidget

from sif_desktop.language import Words, money, number
from sif_desktop.ui.intake.table import LongTable
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Field:
    """A column: the key of its heading, the width in letters, what a cell says, its own order."""

    heading: str
    letters: int
    said: Callable[[Any, Words], str]
    order: Callable[[Any], Any]
    right: bool = False


def text(name: str, letters: int, get: Callable[[Any], str]) -> Field:
    """A column of text."""
    return Field(f"intake.columns.{name}", letters, lambda one, _: get(one), get)


def count(name: str, get: Callable[[Any], int]) -> Field:
    """A column of whole numbers."""
    return Field(
        f"intake.columns.{name}", 10, lambda one, words: number(get(one), words.language), get, True
    )


def cents(name: str, get: Callable[[Any], int]) -> Field:
    """A column of amounts."""
    return Field(
        f"intake.columns.{name}", 15, lambda one, words: money(get(one), words.language), get, True
    )


def _files(get: Callable[[Any], Sequence[str]]) -> Callable[[Any], str]:
    return lambda one: ", ".join(get(one))


SCREENINGS = (
    text("file", 26, lambda one: one.file),
    text("organisation", 40, lambda one: one.name),
    text("number", 14, lambda one: one.number),
    cents("asked", lambda one: one.asked),
)
RECURRING = (
    text("number", 14, lambda one: one.number),
    text("organisation", 36, lambda one: one.name),
    count("proposals", lambda one: one.proposals),
    cents("asked", lambda one: one.asked),
    text("files", 60, _files(lambda one: one.files)),
)
REPEATED = (
    text("newest", 26, lambda one: one.newest),
    text("older", 40, _files(lambda one: one.older)),
    Field(
        "intake.columns.content",
        18,
        lambda one, words: (
            words.say("intake.same" if one.same_content else "intake.differs") if one.older else ""
        ),
        lambda one: (bool(one.older), one.same_content),
    ),
    text("strangers", 40, _files(lambda one: one.strangers)),
)
"""The columns of the three tables."""


class ListModel(QAbstractTableModel):
    """Rows of one kind. The row itself is under `ROW`."""

    ROW = Role.UserRole

    def __init__(self, speech: Speech, fields: Sequence[Field]) -> None:
        super().__init__()
        self._speech, self._fields = speech, fields
        self.rows: list[Any] = []
        self._order: tuple[int, bool] | None = None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """All rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """The columns of this kind."""
        return 0 if parent.isValid() else len(self._fields)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        one, field = self.rows[index.row()], self._fields[index.column()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return field.said(one, self._speech.words)
        if role == Role.TextAlignmentRole:
            return _side(field)
        return one if role == self.ROW else None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return self._speech.say(self._fields[section].heading)
            if role == Role.TextAlignmentRole:
                return _side(self._fields[section]) | int(Qt.TextFlag.TextWordWrap)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Puts the rows in the order of a column; without one they stay as they came."""
        self._order = None
        if not 0 <= column < len(self._fields):
            return
        self._order = column, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [self.rows[index.row()] for index in before]
        self._arrange()
        places = {id(one): place for place, one in enumerate(self.rows)}
        after = [
            self.index(places[id(one)], index.column())
            for one, index in zip(held, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def use(self, rows: Sequence[Any]) -> None:
        """Shows other rows, or the same in other words."""
        self.beginResetModel()
        self.rows = list(rows)
        self._arrange()
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._fields) - 1)

    def _arrange(self) -> None:
        if self._order:
            column, falling = self._order
            self.rows.sort(key=self._fields[column].order, reverse=falling)


class ListPage(QWidget):
    """A table with what it is about above it. `opened` gives the row that is asked for."""

    opened = Signal(object)

    def __init__(self, speech: Speech, key: str, fields: Sequence[Field]) -> None:
        super().__init__()
        self._speech, self._key = speech, key
        self.about = QLabel(wordWrap=True)
        role(self.about, "muted")
        self.model = ListModel(speech, fields)
        widths = {place: field.letters for place, field in enumerate(fields)}
        self.table = LongTable(self.model, widths)
        widest = max(widths, key=lambda place: widths[place])
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.table.activated.connect(lambda index: self.opened.emit(index.data(ListModel.ROW)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap(1.5), 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.about)
        layout.addWidget(self.table, 1)

    def use(self, rows: Sequence[Any]) -> None:
        """Shows these rows."""
        self.model.use(rows)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.about.setText(say(f"window.intake.about.{self._key}"))
        self.table.setAccessibleName(say(f"window.intake.tab.{self._key}"))
        self.table.hint = say("window.intake.none_of_these")
        self.model.use(self.model.rows)


def _side(field: Field) -> int:
    side = Qt.AlignmentFlag.AlignRight if field.right else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
