"""The table of copies: each file, who signed it, and whether it can be united with the others."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView

from sif_desktop.app.uniting import Copy
from sif_desktop.ui.bundles.parts import ICONS, RowDelegate, tip
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS = 8
"""Rows that the table is high; more are scrolled."""

_COLUMNS = ("file", "signers", "state")


class CopiesModel(QAbstractTableModel):
    """A row for each copy."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self.copies: tuple[Copy, ...] = ()

    def show_copies(self, copies: tuple[Copy, ...]) -> None:
        """Shows these copies."""
        self.beginResetModel()
        self.copies = copies
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """A row for each copy."""
        return 0 if parent.isValid() else len(self.copies)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """The file, who signed it, how it is."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._speech.say(f"window.bundle.copies.{_COLUMNS[section]}")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; the state has an icon too."""
        if not index.isValid():
            return None
        copy, column = self.copies[index.row()], _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            tone = "good" if copy.state == "ready" else "error"
            return self._look.icon(ICONS[tone], tone)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(str(copy.path) if column == "file" else self._said(copy, column))
        return self._said(copy, column) if role == Qt.ItemDataRole.DisplayRole else None

    def _said(self, copy: Copy, column: str) -> str:
        if column == "file":
            return copy.path.name
        if column == "signers":
            return ", ".join(copy.signers) or "–"
        return self._speech.say(f"window.bundle.copy.{copy.state}")

    def retranslate(self) -> None:
        """Says cells and heads anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)
        if self.copies:
            last = self.index(len(self.copies) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class CopiesTable(QTableView):
    """The list of copies. `unwanted(row)`: one is to be taken out with the Delete key."""

    unwanted = Signal(int)

    def __init__(self, model: CopiesModel) -> None:
        super().__init__(showGrid=False, wordWrap=False)
        self.setModel(model)
        role(self, "members")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(RowDelegate(self))
        self.horizontalHeader().setHighlightSections(False)
        for column in (0, 1):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + gap(1.75))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Delete takes the chosen copy out of the list."""
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Delete and row >= 0:
            self.unwanted.emit(row)
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """As high as its rows, up to a bound; the state as wide as it needs be."""
        model, metrics = self.model(), self.fontMetrics()
        texts = [str(model.index(row, 2).data()) for row in range(model.rowCount())]
        texts.append(str(model.headerData(2, Qt.Orientation.Horizontal)) + "  ")
        width = max(metrics.horizontalAdvance(text) for text in texts)
        self.setColumnWidth(2, width + gap(6.5))
        height = min(max(model.rowCount(), 1), MOST_ROWS)
        height *= self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + 4)
