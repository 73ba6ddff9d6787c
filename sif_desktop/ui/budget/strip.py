"""The sums in place: beneath the grid, each under its own column."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sif_desktop.language import money
from sif_desktop.rules.totals import Amount
from sif_desktop.ui.budget.columns import AMOUNTS, TOTAL
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
        self._places = {name: model.column_at(name) for name in (*AMOUNTS, TOTAL)}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.desk.tinted.connect(self._tint)
        self._set_fonts()
        self._tint()

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

    def event(self, event: QEvent) -> bool:
        """A new font changes what is kept of it."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.Polish):
            self._set_fonts()
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Each amount beneath its column, and the title where there is room before them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colours["side"])
        painter.setPen(self._colours["line"])
        painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
        high = self._line()
        for place, one in enumerate(self.sums):
            main = place == len(self.sums) - 1
            painter.setFont(self._bold if main else self.font())
            painter.setPen(self._colours["text" if main else "muted"])
            self._paint_sum(painter, one, place * high, self._metrics[main])
        painter.end()

    def _paint_sum(self, painter: QPainter, one: Sum, top: int, metrics: QFontMetrics) -> None:
        header = self._grid.horizontalHeader()
        shift = self._grid.viewport().x() - gap(1)
        base = top + (self._line() + metrics.ascent() - metrics.descent()) // 2
        left = self.width()
        for name, amount in one.amounts.items():
            place = self._places[name]
            right = header.sectionViewportPosition(place) + header.sectionSize(place) + shift
            start = right - metrics.horizontalAdvance(amount)
            painter.drawText(start, base, amount)
            left = min(left, start)
        room = left - gap(3)
        if room > gap(6):
            title = one.title
            if metrics.horizontalAdvance(title) > room:
                title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(gap(1), base, title)

    def _set_fonts(self) -> None:
        self._bold = QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = (QFontMetrics(self.font()), QFontMetrics(self._bold))

    def _tint(self) -> None:
        look = self._model.desk.look
        self._colours = {name: look.colour(name) for name in ("side", "line", "text", "muted")}
        self.update()

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
