"""The totals by partner, category, work package or period, kept up to date while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.language import money
from sif_desktop.rules.totals import NOTHING, Amount, Totals
from sif_desktop.ui.budget.lines import Index
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

Role = Qt.ItemDataRole


class Row(NamedTuple):
    """What one partner, category, work package or period adds up to."""

    key: str
    name: str
    amount: Amount


class TotalsModel(QAbstractTableModel):
    """Rows with a name, the subsidy and the cost."""

    COLUMNS = ("name", "subsidy", "total")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: tuple[Row, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """A row for each that can be chosen, and for what the lines hold besides."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """Name, subsidy, cost."""
        return 0 if parent.isValid() else len(self.COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Names, and amounts to the right."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            if index.column() == 0:
                return row.name
            amount = row.amount.subsidy if index.column() == 1 else row.amount.total
            return money(amount, self._desk.speech.language)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._desk.speech.say(f"window.budget.totals.{self.COLUMNS[section]}")
        if orientation == Qt.Orientation.Horizontal and role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Shows other rows; only those that differ are painted anew."""
        before = self.rows
        if rows == before:
            return
        if [row.key for row in rows] != [row.key for row in before]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        for place, (old, new) in enumerate(zip(before, rows, strict=True)):
            if old != new:
                first = 0 if old.name != new.name else 1
                self.dataChanged.emit(self.index(place, first), self.index(place, 2))

    def retranslate(self) -> None:
        """Headings and the forms of amounts."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.COLUMNS) - 1)


class _Painter(QStyledItemDelegate):
    """Paints a total with one question to the model."""

    def __init__(self, desk: Desk, view: QTableView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The name cut off where it is too long, the amount whole."""
        look = self._desk.look
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.colour("accent_soft"))
        room = QRect(option.rect).adjusted(gap(1), 0, -gap(1), 0)
        side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        text = str(index.data())
        if not index.column():
            text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(look.colour("text"))
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


class TotalsPanel(QWidget):
    """The totals by one thing at a time. `picked` asks to show only the lines of one of them."""

    picked = Signal(str, str)

    def __init__(self, desk: Desk, lines: BudgetModel) -> None:
        super().__init__()
        self._desk = desk
        self._lines = lines
        self._shown: tuple[object, ...] | None = None
        self.title = QLabel()
        role(self.title, "label")
        self.by = QComboBox()
        self.by.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.title.setBuddy(self.by)
        for column in lines.columns:
            if column.kind == "choice":
                self.by.addItem("", column.name)
        self.by.currentIndexChanged.connect(self.refresh)
        self.model = TotalsModel(desk)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(desk, self.view))
        role(self.view, "totals")
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.title)
        layout.addWidget(self.by)
        layout.addWidget(self.view, 1)
        self.retranslate()

    def refresh(self) -> None:
        """Shows the totals as they are now."""
        name = str(self.by.currentData())
        totals = self._desk.session.totals
        names = self._lines.names.choices(name)
        made_of = (name, totals, names)
        if self._shown is not None and all(
            one is other for one, other in zip(made_of, self._shown, strict=True)
        ):
            return
        self._shown = made_of
        self.model.show_rows(self._rows(name, names, totals))

    def forget(self) -> None:
        """Takes names and totals anew the next time."""
        self._shown = None

    def retranslate(self) -> None:
        """All names."""
        say = self._desk.speech.say
        self.title.setText(say("window.budget.totals.title"))
        for place in range(self.by.count()):
            name = str(self.by.itemData(place))
            column = self._lines.columns[self._lines.column_at(name)]
            self.by.setItemText(place, self._lines.label(column))
        self.view.setAccessibleName(say("window.budget.totals.title"))
        self.view.setToolTip(say("window.budget.totals.pick"))
        self.model.retranslate()
        self._fit()
        self._shown = None
        self.refresh()

    def make_narrow(self, narrow: bool) -> None:
        """Without the subsidy where there is little room: names need it more."""
        self.view.setColumnHidden(1, narrow)

    def _fit(self) -> None:
        """Room for a large amount, and for the heading above it."""
        header = self.view.horizontalHeader()
        for column in (1, 2):
            amount = self.view.fontMetrics().horizontalAdvance("000.000,00") + gap(2)
            header.resizeSection(column, max(amount, header.sectionSizeHint(column)))

    def _rows(self, name: str, names: Mapping[str, str], totals: Totals) -> tuple[Row, ...]:
        found: Mapping[str, Amount] = getattr(totals, f"by_{name}", {})
        rows = [Row(key, label, found.get(key, NOTHING)) for key, label in names.items()]
        none = self._desk.speech.say("window.budget.totals.none")
        rows += [Row(key, key or none, one) for key, one in found.items() if key not in names]
        return tuple(rows)

    def _set_up(self) -> None:
        view = self.view
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + gap(0.75))
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(gap(5))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        view.activated.connect(self._picked)

    def _picked(self, index: QModelIndex) -> None:
        self.picked.emit(str(self.by.currentData()), self.model.rows[index.row()].key)
