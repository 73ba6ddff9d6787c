"""Gauges: a part of the budget against its ceiling, in words, figures and a bar."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sif_desktop.ui.budget.ceilings import Reading, ceilings, readings
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import TYPE, gap

_SCALE = 1.5
"""The bar ends at one and a half times the ceiling, so that what is over it can be seen."""

_BAR = 8
_ICON = 18


class Said(NamedTuple):
    """What a gauge says: what it is about, how it stands, and what can still be done."""

    title: str
    value: str
    rest: str


class Gauge(QWidget):
    """One ceiling. The words say all that the bar shows; the icon differs in shape."""

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self._desk = desk
        self.code = code
        self.reading: Reading | None = None
        self.said = Said("", "", "")
        self._small = QFont()
        self._strong = QFont()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.tinted.connect(self.update)

    def show_reading(self, reading: Reading, *, again: bool = False) -> None:
        """Shows how it stands now; nothing is painted where that is as before."""
        if reading == self.reading and not again:
            return
        self.reading = reading
        self.said = self._words(reading)
        self.setAccessibleName(self.said.title)
        self.setAccessibleDescription(f"{self.said.value}. {self.said.rest}")
        self.setToolTip(f"{self.said.title}: {self.said.value}\n{self.said.rest}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines of words and the bar between them."""
        lines = self.fontMetrics().height() + self._small_metrics().height()
        return QSize(220, lines + _BAR + gap(1.5))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it is, and narrow where need be: words are cut off, and stand in the tip."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Title and value, the bar with its ceiling, and what can be done."""
        if self.reading is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._head(painter)
        self._bar(painter, QRectF(0, top + gap(0.5), self.width(), _BAR))
        self._foot(painter, top + gap(1) + _BAR)
        painter.end()

    def _head(self, painter: QPainter) -> int:
        look, reading = self._desk.look, self.reading
        high = self.fontMetrics().height()
        wrong = bool(reading and reading.is_over)
        state = ("error", "error") if wrong else ("good", "good")
        if reading is None or reading.is_empty:
            state = ("state-not_started", "muted")
        look.icon(*state).paint(painter, QRect(0, (high - _ICON) // 2, _ICON, _ICON))
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        metrics = painter.fontMetrics()
        room = self.width() - _ICON - gap(1)
        value = metrics.elidedText(self.said.value, Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(value)
        painter.setPen(look.colour("error" if wrong else "text"))
        painter.drawText(self.width() - wide, metrics.ascent(), value)
        title = metrics.elidedText(
            self.said.title, Qt.TextElideMode.ElideRight, max(room - wide - gap(1), 0)
        )
        painter.setPen(look.colour("text"))
        painter.drawText(_ICON + gap(1), metrics.ascent(), title)
        return high

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        look, reading = self._desk.look, self.reading
        filled = reading.filled if reading else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(box, _BAR / 2, _BAR / 2)
        part = QRectF(box)
        part.setWidth(max(box.width() * min(filled / _SCALE, 1.0), _BAR if filled else 0))
        painter.setBrush(look.colour("error" if reading and reading.is_over else "accent"))
        painter.drawRoundedRect(part, _BAR / 2, _BAR / 2)
        painter.setBrush(look.colour("text"))
        painter.drawRect(QRectF(box.width() / _SCALE - 1, box.top() - 3, 2, _BAR + 6))

    def _foot(self, painter: QPainter, top: int) -> None:
        painter.setFont(self._small_font())
        metrics = painter.fontMetrics()
        rest = metrics.elidedText(self.said.rest, Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self._desk.look.colour("muted"))
        painter.drawText(0, top + metrics.ascent(), rest)

    def _words(self, reading: Reading) -> Said:
        say, key = self._desk.speech.say, f"window.budget.gauges.{reading.code}"
        lower, higher = reading.mends
        if reading.is_empty:
            rest = say("window.budget.gauges.nothing")
        elif not reading.is_over:
            rest = say("window.budget.gauges.room", room=reading.room)
        elif higher:
            rest = say(f"{key}_mend", lower=lower, higher=higher)
        else:
            rest = say("window.budget.gauges.lower", lower=lower)
        kind = "share" if reading.is_share else "amount"
        value = say(
            f"window.budget.gauges.{kind}",
            share=reading.share,
            part=reading.part,
            most=reading.most,
        )
        return Said(say(key), value, rest)

    def _small_font(self) -> QFont:
        small = QFont(self.font())
        if small.pointSizeF() > 0:
            small.setPointSizeF(small.pointSizeF() * TYPE["small"])
        return small

    def _small_metrics(self) -> QFontMetrics:
        return QFontMetrics(self._small_font())


class Gauges(QWidget):
    """The gauges for the ceilings that the call sets, side by side."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ceilings = ceilings(desk.call)
        self.gauges = [Gauge(desk, one.code) for one in self._ceilings]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(4))
        for gauge in self.gauges:
            layout.addWidget(gauge, 1)
        if not self.gauges:
            self.hide()

    def tells(self, code: str) -> bool:
        """Whether what a finding with this code says can be read on a gauge."""
        return any(code == gauge.code or code.startswith(f"{gauge.code}_") for gauge in self.gauges)

    def refresh(self, *, again: bool = False) -> None:
        """Shows how the budget stands now; `again` in other words, too."""
        found = readings(self._ceilings, self._desk.session.totals)
        for gauge, reading in zip(self.gauges, found, strict=True):
            gauge.show_reading(reading, again=again)
