"""Gauges: a part of the budget against its ceiling, in words, figures and a bar."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sif_desktop.ui.budget.ceilings import Reading, ceilings, readings
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import TYPE, gap

_SCALE = 1.5
"""The bar ends at one and a half times the ceiling, so that what is over it can be seen."""

_BAR = 8
_ICON = 18
_TALLEST = 10_000
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Said(NamedTuple):
    """What a gauge says: what it is about, how it stands, and what can still be done."""

    title: str
    value: str
    rest: str


class Gauge(QWidget):
    """One ceiling. The words say all that the bar shows; the icon differs in shape.

    It is painted with each key that is typed in an amount, so what does not change is kept.
    """

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self._desk = desk
        self.code = code
        self.reading: Reading | None = None
        self.said = Said("", "", "")
        self.heads = self.feet = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        desk.tinted.connect(self._tint)
        self._set_fonts()
        self._tint()

    def show_reading(self, reading: Reading, *, again: bool = False) -> bool:
        """Shows how it stands now; False where that is as before, and nothing is painted."""
        if reading == self.reading and not again:
            return False
        self.reading = reading
        self.said = self._words(reading)
        self.setAccessibleName(self.said.title)
        self.setAccessibleDescription(f"{self.said.value}. {self.said.rest}")
        self.update()
        return True

    def event(self, event: QEvent) -> bool:
        """A new font changes the size."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.Polish):
            self._set_fonts()
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The words above and beneath the bar, and the bar between them."""
        lines = self.heads * self._bold_metrics.height() + self.feet * self._small_metrics.height()
        return QSize(220, lines + _BAR + gap(1.5))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it is, and narrow where need be: its words break into lines."""
        return QSize(120, self.sizeHint().height())

    def lines_in(self, width: int) -> tuple[int, int]:
        """How many lines its words take above and beneath the bar, at a width.

        Above it is measured for an amount of a digit more than the ceiling has: typing does not
        move what is beneath.
        """
        if self.reading is None:
            return 1, 1
        measure = self._bold_metrics.horizontalAdvance
        widest = self._value(self.reading, max(self.reading.part, self.reading.most * 10))
        room = width - _ICON - gap(2)
        one = measure(self.said.title) + max(measure(widest), measure(self.said.value)) <= room
        box = QRect(0, 0, width, _TALLEST)
        rest = self._small_metrics.boundingRect(box, _WRAP, self.said.rest).height()
        return 1 if one else 2, max(1, -(-rest // self._small_metrics.height()))

    def take_lines(self, heads: int, feet: int) -> None:
        """Gives its words so many lines."""
        if (heads, feet) != (self.heads, self.feet):
            self.heads, self.feet = heads, feet
            self.updateGeometry()
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Title and value, the bar with its ceiling, and what can be done."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._colours["page"])
        if self.reading is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            high = self._bold_metrics.height()
            self._head(painter, self.reading, high)
            top = self.heads * high
            self._bar(painter, self.reading, QRectF(0, top + gap(0.5), self.width(), _BAR))
            self._foot(painter, top + gap(1) + _BAR)
        painter.end()

    def _head(self, painter: QPainter, reading: Reading, high: int) -> None:
        state = "over" if reading.is_over else "empty" if reading.is_empty else "within"
        painter.drawPixmap(0, (high - _ICON) // 2, self._icons[state])
        painter.setFont(self._bold)
        metrics, left = self._bold_metrics, _ICON + gap(1)
        base = metrics.ascent()
        painter.setPen(self._colours["text"])
        painter.drawText(left, base, self.said.title)
        if self.heads > 1:
            base, left = base + high, 0
        else:
            left = self.width() - metrics.horizontalAdvance(self.said.value)
        painter.setPen(self._colours["error" if reading.is_over else "text"])
        painter.drawText(left, base, self.said.value)

    def _bar(self, painter: QPainter, reading: Reading, box: QRectF) -> None:
        filled = reading.filled
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours["line"])
        painter.drawRoundedRect(box, _BAR / 2, _BAR / 2)
        part = QRectF(box)
        part.setWidth(max(box.width() * min(filled / _SCALE, 1.0), _BAR if filled else 0))
        painter.setBrush(self._colours["error" if reading.is_over else "accent"])
        painter.drawRoundedRect(part, _BAR / 2, _BAR / 2)
        edge = QRectF(box.width() / _SCALE - 1, box.top() - 3, 2, _BAR + 6)
        painter.fillRect(edge, self._colours["text"])

    def _foot(self, painter: QPainter, top: int) -> None:
        painter.setFont(self._small)
        painter.setPen(self._colours["muted"])
        painter.drawText(QRect(0, top, self.width(), self.height() - top), _WRAP, self.said.rest)

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
        return Said(say(key), self._value(reading, reading.part), rest)

    def _value(self, reading: Reading, part: int) -> str:
        kind = "share" if reading.is_share else "amount"
        return self._desk.speech.say(
            f"window.budget.gauges.{kind}", share=reading.share, part=part, most=reading.most
        )

    def _set_fonts(self) -> None:
        self._bold, self._small = QFont(self.font()), QFont(self.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        if self._small.pointSizeF() > 0:
            self._small.setPointSizeF(self._small.pointSizeF() * TYPE["small"])
        self._bold_metrics = QFontMetrics(self._bold)
        self._small_metrics = QFontMetrics(self._small)

    def _tint(self) -> None:
        look = self._desk.look
        names = ("page", "text", "muted", "line", "accent", "error")
        self._colours = {name: look.colour(name) for name in names}
        self._icons = {
            "over": look.icon("error", "error").pixmap(_ICON, _ICON),
            "within": look.icon("good", "good").pixmap(_ICON, _ICON),
            "empty": look.icon("state-not_started", "muted").pixmap(_ICON, _ICON),
        }
        self.update()


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
        changed = False
        for gauge, reading in zip(self.gauges, found, strict=True):
            changed |= gauge.show_reading(reading, again=again)
        if changed:
            self._share_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Words break where there is little room."""
        super().resizeEvent(event)
        self._share_lines()

    def _share_lines(self) -> None:
        """All take as many lines as the one that needs most, so that their bars are in a row."""
        lines = [gauge.lines_in(gauge.width()) for gauge in self.gauges if gauge.width() > 0]
        if lines:
            heads, feet = map(max, zip(*lines, strict=True))
            for gauge in self.gauges:
                gauge.take_lines(heads, feet)
