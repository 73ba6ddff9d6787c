"""A figure with what it is measured against, in words, and as a bar beneath them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sif_desktop.document.content import KeyFigure, Meter
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap

_WHOLE = 10_000
_HIGH = 8
_COLOURS = {"neutral": "accent", "good": "good", "caution": "warning", "bad": "error"}
_ICONS = {"good": "good", "caution": "warning", "bad": "error"}


class Bar(QWidget):
    """A share of a whole, with a mark at what it is held against. The words beside it say it."""

    def __init__(self, look: Look, meter: Meter, tone: str) -> None:
        super().__init__()
        self._look, self._meter, self._tone = look, meter, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the mark."""
        return QSize(gap(20), _HIGH + 6)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground, the share, and the mark where it is less than the whole."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(0, 3, self.width(), _HIGH)
        painter.setBrush(self._look.colour("line"))
        painter.drawRoundedRect(box, _HIGH / 2, _HIGH / 2)
        share = min(max(self._meter.share, 0), _WHOLE)
        if share:
            part = QRectF(box)
            part.setWidth(max(box.width() * share / _WHOLE, _HIGH))
            painter.setBrush(self._look.colour(_COLOURS[self._tone]))
            painter.drawRoundedRect(part, _HIGH / 2, _HIGH / 2)
        if 0 < self._meter.ceiling < _WHOLE:
            at = box.width() * self._meter.ceiling / _WHOLE
            painter.fillRect(QRectF(at - 1, 0, 2, _HIGH + 6), self._look.colour("text"))
        painter.end()


class Gauge(QWidget):
    """One figure: its label, its value, its bar, and what it is measured against."""

    def __init__(self, look: Look, figure: KeyFigure) -> None:
        super().__init__()
        self.figure = figure
        label, value = _text(figure.label, "muted"), _text(figure.value, "figures")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        layout.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(gap(0.75))
        if figure.tone in _ICONS:
            icon = QLabel()
            colour = _COLOURS[figure.tone]
            icon.setPixmap(look.icon(_ICONS[figure.tone], colour).pixmap(18, 18))
            row.addWidget(icon)
        row.addWidget(value, 1)
        layout.addLayout(row)
        if figure.meter is not None:
            layout.addWidget(Bar(look, figure.meter, figure.tone))
        if figure.note:
            layout.addWidget(_text(figure.note, "small"))
        layout.addStretch(1)


def _text(said: str, kind: str) -> QLabel:
    label = QLabel(said, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    role(label, kind)
    return label
