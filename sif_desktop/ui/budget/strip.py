"""The sums in place: beneath the grid, each under its own column."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sif_desktop.language import money
from sif_desktop.rules.totals import Amount
from sif_desktop.ui.budget.grid import Grid
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.look.tokens import gap


class Sum(NamedTuple):
    """A line of the strip: what it is the sum of, and the amounts by their columns."""

    title: str
    amounts: dict[str, str]


class SumsStrip(QWidget):
    """The sum of all lines; with a filter also that of the lines that are shown."""

    def __init__(self, grid: Grid, model: BudgetModel) -> None:
        super().__init__()
        self._grid = grid
        self._model = model
        self.sums: tuple[Sum, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        grid.horizontalScrollBar().valueChanged.connect(lambda _: self.update())
        model.desk.tinted.connect(self.update)

    def refresh(self) -> None:
        """Shows the sums as they are now; nothing is painted where they are as before."""
        model, say = self._model, self._model.desk.speech.say
        whole = model.desk.session.totals.whole
        count = len(model.desk.proposal.budget)
        sums = [self._sum(say("window.budget.sums.all", count=count), whole)]
        if model.is_filtered:
            title = say("window.budget.sums.shown", shown=len(model.lines), count=count)
            sums.insert(0, self._sum(title, model.shown_sum))
        if tuple(sums) == self.sums:
            return
        higher = len(sums) != len(self.sums)
        self.sums = tuple(sums)
        told = "; ".join(f"{one.title}: {', '.join(one.amounts.values())}" for one in sums)
        self.setAccessibleName(say("window.budget.sums.name"))
        self.setAccessibleDescription(told)
        if higher:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line for each sum."""
        return QSize(200, max(len(self.sums), 1) * self._line() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it is."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Each amount beneath its column, and the title where there is room before them."""
        look = self._model.desk.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("side"))
        painter.setPen(look.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        for place, one in enumerate(self.sums):
            main = place == len(self.sums) - 1
            painter.setFont(strong if main else self.font())
            painter.setPen(look.colour("text" if main else "muted"))
            self._paint_sum(
                painter, one, QRect(0, place * self._line(), self.width(), self._line())
            )
        painter.end()

    def _paint_sum(self, painter: QPainter, one: Sum, box: QRect) -> None:
        header = self._grid.horizontalHeader()
        shift = self._grid.viewport().mapTo(self._grid, self._grid.viewport().rect().topLeft()).x()
        middle = Qt.AlignmentFlag.AlignVCenter
        left = box.right()
        painter.setClipRect(box.adjusted(1, 0, -1, 0))
        for name, amount in one.amounts.items():
            place = self._model.column_at(name)
            start = header.sectionViewportPosition(place) + shift
            cell = QRect(start, box.top(), header.sectionSize(place) - gap(1), box.height())
            painter.drawText(cell, int(middle | Qt.AlignmentFlag.AlignRight), amount)
            left = min(left, cell.right() - painter.fontMetrics().horizontalAdvance(amount))
        room = QRect(gap(1), box.top(), left - gap(3), box.height())
        if room.width() > gap(6):
            title = painter.fontMetrics().elidedText(
                one.title, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignLeft), title)

    def _sum(self, title: str, amount: Amount) -> Sum:
        language = self._model.desk.speech.language
        found = {"subsidy": amount.subsidy, "own_means": amount.own_means, "total": amount.total}
        return Sum(
            title,
            {
                column.name: money(found[column.name], language)
                for column in self._model.columns
                if column.name in found
            },
        )

    def _line(self) -> int:
        return self.fontMetrics().height() + gap(1.25)
