"""What is signed: the members of the bundle in a table, and the fingerprint of the proposal."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from sif_desktop.app.signing import Listed, Prepared
from sif_desktop.app.sizes import size_in_words
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS = 8
"""Rows that the table is high; more are scrolled."""

_COLUMNS = ("what", "name", "size")


class MembersModel(QAbstractTableModel):
    """The members of a bundle: what each is, its name in the bundle, its size."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._listed: tuple[Listed, ...] = ()

    def show_members(self, listed: tuple[Listed, ...]) -> None:
        """Shows these members."""
        self.beginResetModel()
        self._listed = listed
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """A row for each member."""
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """What, name, size."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._desk.speech.say(f"window.export.column.{_COLUMNS[section]}")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        member, speech = self._listed[index.row()], self._desk.speech
        if _COLUMNS[index.column()] == "name":
            return member.name
        if _COLUMNS[index.column()] == "size":
            return size_in_words(member.size, speech.words)
        title = " ".join(member.title[:300].split())
        return speech.say(f"window.export.what.{member.what}", title=title)

    def retranslate(self) -> None:
        """Says cells and heads anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)
        if self._listed:
            last = self.index(len(self._listed) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if _COLUMNS[column] == "size":
            side = Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class SignedParts(QWidget):
    """The table, and beneath it the SHA-256 of proposal.json to compare with the PDF's foot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.model = MembersModel(desk)
        self.table = _table()
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.about, self.digest_label, self.digest = (QLabel(wordWrap=True) for _ in range(3))
        role(self.digest_label, "small")
        self.digest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        for widget in (self.about, self.table, self.digest_label, self.digest):
            layout.addWidget(widget)

    def show_prepared(self, prepared: Prepared) -> None:
        """Shows what was prepared."""
        self.model.show_members(prepared.listed)
        self.digest.setText(" ".join(prepared.digest[at : at + 8] for at in range(0, 64, 8)))
        self._fit()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.about.setText(say("window.export.covers"))
        self.digest_label.setText(say("window.export.digest"))
        self.table.setAccessibleName(say("window.export.parts"))
        self.model.retranslate()
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a bound; columns as wide as they need be."""
        metrics = self.table.fontMetrics()
        cells = [
            [str(self.model.index(row, column).data()) for column in (1, 2)]
            for row in range(min(self.model.rowCount(), 50))
        ]
        for place, column in enumerate((1, 2)):
            head = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            texts = [head + "  ", *(row[place] for row in cells)]
            width = max(metrics.horizontalAdvance(text) for text in texts)
            self.table.setColumnWidth(column, width + gap(3.5))
        rows = min(max(self.model.rowCount(), 1), MOST_ROWS)
        height = rows * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(height + self.table.horizontalHeader().sizeHint().height() + 4)


def _table() -> QTableView:
    table = QTableView(showGrid=False, wordWrap=False)
    role(table, "members")
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setSelectionMode(QTableView.SelectionMode.NoSelection)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + gap(1.75))
    return table
