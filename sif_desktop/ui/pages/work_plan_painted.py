"""Drawings of the plan as the window paints them: SVG in pixels, kept as it was painted once."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

POINTS = 0.75
"""Points of a drawing in one pixel of the window."""

HIGHEST = 8000
"""Device pixels: a drawing up to this height is kept as it was painted."""


class Painted:
    """A drawing that is painted again and again, as while it scrolls."""

    def __init__(self) -> None:
        self._renderer = QSvgRenderer()
        self._pixmap: QPixmap | None = None

    def load(self, svg: bytes) -> None:
        """Takes another drawing."""
        self._renderer.load(QByteArray(svg))
        self._pixmap = None

    def put(self, painter: QPainter, y: float, width: int, ratio: float) -> None:
        """Paints all of it from a height on, in a width, on a screen of a ratio of pixels."""
        size = self._renderer.viewBoxF().size() / POINTS
        size.setWidth(width)
        if size.height() * ratio > HIGHEST:
            self._renderer.render(painter, QRectF(QPointF(0, y), size))
            return
        wanted = (size * ratio).toSize()
        if self._pixmap is None or self._pixmap.size() != wanted:
            self._pixmap = self._paint(wanted)
            self._pixmap.setDevicePixelRatio(ratio)
        painter.drawPixmap(QPointF(0, y), self._pixmap)

    def _paint(self, size: QSize) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._renderer.render(painter, QRectF(QPointF(0, 0), QSizeF(size)))
        painter.end()
        return pixmap


class LegendView(QWidget):
    """The legend of the plan, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(self)

    def load(self, svg: bytes) -> None:
        """Shows another legend."""
        self._renderer.load(QByteArray(svg))
        size = self._renderer.viewBoxF().size() / POINTS
        self.setFixedSize(QSize(round(size.width()), round(size.height())))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As it was drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._renderer.isValid():
            self._renderer.render(painter, QRectF(self.rect()))
