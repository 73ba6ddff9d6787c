"""Gives the columns of the grid their widths: the words of the form are read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics

from sif_desktop.ui.budget.cells import ICON, PAD
from sif_desktop.ui.budget.columns import Column, value_of
from sif_desktop.ui.budget.widths import widths
from sif_desktop.ui.look.tokens import gap

if TYPE_CHECKING:
    from sif_desktop.ui.budget.grid import Grid

Index = QModelIndex | QPersistentModelIndex

_SAID_BY_THE_FORM = ("choice", "period")
"""Kinds of fields whose values the form names; names that people gave may be cut."""


class Fitting(QObject):
    """The widths of a grid's columns, until somebody drags one to another width."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid, self._model = grid, grid.lines
        self._busy = False
        self._own = False
        self._named = [
            place
            for place, column in enumerate(self._model.columns)
            if column.spec and column.spec.kind in _SAID_BY_THE_FORM
        ]
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        grid.horizontalHeader().sectionResized.connect(self._resized)
        self._model.headerDataChanged.connect(lambda *_: self._soon.start())
        self._model.dataChanged.connect(self._changed)
        for signal in (self._model.rowsInserted, self._model.modelReset):
            signal.connect(lambda *_: self._soon.start())

    def fit(self) -> None:
        """Shares the width out; the names of the columns are as high as they need."""
        if not self._own:
            letter = self._grid.fontMetrics().averageCharWidth()
            room = self._grid.viewport().width()
            self._busy = True
            for place, width in enumerate(
                widths(self._model.columns, letter, room, self._needed())
            ):
                self._grid.setColumnWidth(place, width)
            self._busy = False
        self._fit_names()

    def _needed(self) -> dict[str, int]:
        """What columns need for the longest word of their names, and for what the form says."""
        heads, cells = QFontMetrics(self._heavy()), self._grid.fontMetrics()
        found = {}
        for place, column in enumerate(self._model.columns):
            words = self._name(place).split()
            found[column.name] = max(map(heads.horizontalAdvance, words), default=0) + gap(2.5)
            if place in self._named:
                said = max(map(cells.horizontalAdvance, self._shown(column)), default=0)
                found[column.name] = max(found[column.name], said + 2 * PAD + ICON + 1)
        return found

    def _shown(self, column: Column) -> list[str]:
        """What the form says in a column of all lines: a filter makes no column another width."""
        labels = self._model.names.choices(column.name)
        used = {value_of(line, column) for line in self._model.desk.proposal.budget}
        return [label for key, label in labels.items() if key in used]

    def _fit_names(self) -> None:
        across = self._grid.horizontalHeader()
        metrics, lines = QFontMetrics(self._heavy()), 2
        for place in range(self._model.columnCount()):
            room = QRect(0, 0, self._grid.columnWidth(place) - gap(2.5), gap(100))
            flags = Qt.TextFlag.TextWordWrap
            taken = metrics.boundingRect(room, flags, self._name(place)).height()
            lines = max(lines, -(-taken // metrics.lineSpacing()))
        across.setFixedHeight(lines * metrics.lineSpacing() + gap(1.5))

    def _name(self, place: int) -> str:
        return str(self._model.headerData(place, Qt.Orientation.Horizontal) or "")

    def _heavy(self) -> QFont:
        """The type of the names, as the style sheet has it."""
        heavy = QFont(self._grid.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        return heavy

    def _changed(self, first: Index, last: Index) -> None:
        """Only what the form says takes more room or less: keys in an amount move nothing."""
        if any(first.column() <= place <= last.column() for place in self._named):
            self._soon.start()

    def _resized(self) -> None:
        self._own = self._own or not self._busy
