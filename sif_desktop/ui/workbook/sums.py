"""What partners cost, as it is and as it would be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from sif_desktop.app.sheet_review import Sum
from sif_desktop.calls.reading import partner_name
from sif_desktop.language import money
from sif_desktop.ui.bundles.parts import tip
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.look.views import reading_table

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
HEADS = ("partner", "before", "after")
_MOST = gap(40)
"""That the table claims of a narrow window; it scrolls where that is too little."""


class SumsModel(QAbstractTableModel):
    """The partners whose sum is another, and all of them together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.sums: list[Sum] = []

    def show(self, sums: Sequence[Sum]) -> None:
        """Shows other sums, or the same in another language."""
        self.beginResetModel()
        self.sums = list(sums)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """As many as there are sums."""
        return 0 if parent.isValid() else len(self.sums)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """A name and two sums."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The name of a partner, or a sum."""
        if not index.isValid():
            return None
        one, column = self.sums[index.row()], index.column()
        if role in (Role.DisplayRole, Role.ToolTipRole):
            said = self._cell(one, column)
            return said if role == Role.DisplayRole else tip(said)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.FontRole and not one.partner:
            return heavy(QFont())
        if role == Role.AccessibleTextRole:
            return (
                f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._cell(one, column)}"
            )
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return self._desk.speech.say(f"window.sheet.sums.{HEADS[section]}")
            if role == Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _cell(self, one: Sum, column: int) -> str:
        if column:
            cents = one.before if column == 1 else one.after
            return money(cents, self._desk.speech.language)
        if not one.partner:
            return self._desk.speech.say("window.sheet.sums.all")
        return " ".join(partner_name(self._desk.proposal, one.partner)[:200].split())


class SumsTable(QTableView):
    """The table: as wide as there is room, names get what the sums leave."""

    def __init__(self, model: SumsModel) -> None:
        super().__init__()
        self.setModel(model)
        reading_table(self)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Gives the columns their widths, by what stands in them."""
        model, metrics = self.model(), QFontMetrics(heavy(self.font()))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + gap(1.25))
        name = str(model.headerData(0, Qt.Orientation.Horizontal))
        least = max(metrics.horizontalAdvance(name) + gap(3), gap(11))
        left = self.viewport().width()
        sums = 0
        for column in (1, 2):
            said = str(model.headerData(column, Qt.Orientation.Horizontal))
            told = [str(model.index(row, column).data()) for row in range(model.rowCount())]
            wide = max(map(metrics.horizontalAdvance, (said, *told))) + gap(3)
            self.setColumnWidth(column, wide)
            sums += wide
        self.setColumnWidth(0, max(left - sums, least))
        self.setMinimumWidth(min(least + sums + 2 * self.frameWidth(), _MOST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Names get what is left."""
        super().resizeEvent(event)
        self.fit()


def heavy(font: QFont) -> QFont:
    """The same font, half fat, as headings and sums have it."""
    found = QFont(font)
    found.setWeight(QFont.Weight.DemiBold)
    return found
