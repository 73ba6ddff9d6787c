"""The list of findings: how its rows are painted, and how one goes from a finding to its field."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import TYPE, gap
from sif_desktop.ui.look.views import reading_list
from sif_desktop.ui.pages.check_model import FindingsModel, Line

Index = QModelIndex | QPersistentModelIndex

_ICON = 18
_LEFT = gap(1.5)
_TEXT = _LEFT + _ICON + gap(1.25)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 100_000


class CheckList(QListView):
    """The findings. `wanted` tells which one somebody wants to go to, by click, Enter or space."""

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.findings = FindingsModel(desk)
        self.setModel(self.findings)
        self.setItemDelegate(_Delegate(desk, self))
        reading_list(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(gap(4))
        self.clicked.connect(self._want)

    def refresh(self) -> None:
        """Shows the findings as they are now; the one that was chosen stays so if it is there."""
        chosen = self.chosen
        top = self.verticalScrollBar().value()
        self.findings.refresh()
        row = self.findings.row_of(chosen)
        if row >= 0:
            self.setCurrentIndex(self.findings.index(row))
        self.verticalScrollBar().setValue(top if chosen else 0)

    @property
    def chosen(self) -> Finding | None:
        """The finding that is chosen."""
        line: Line | None = self.currentIndex().data(FindingsModel.LINE)
        return line.finding if line else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter and space go to the field, as on any link."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._want(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer tells what can be clicked."""
        line = self.indexAt(event.position().toPoint()).data(FindingsModel.LINE)
        link = line is not None and line.finding is not None
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width, so rows have other heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def _want(self, index: QModelIndex) -> None:
        line: Line | None = index.data(FindingsModel.LINE)
        if line and line.finding:
            self.wanted.emit(line.finding)


class _Delegate(QStyledItemDelegate):
    """Paints headings, and findings as a link with a sentence beneath."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the text is in the width of the list."""
        line: Line = index.data(FindingsModel.LINE)
        width = self._view.viewport().width()
        if line.kind == "severity":
            first = 0 if index.row() == 0 else gap(1.5)
            return QSize(width, QFontMetrics(_lead(option.font)).height() + gap(1.75) + first)
        if line.kind == "section":
            return QSize(width, QFontMetrics(_small(option.font)).height() + gap(1.25))
        room = _room(width)
        link = QFontMetrics(_link(option.font)).boundingRect(room, _WRAP, line.text).height()
        said = QFontMetrics(option.font).boundingRect(room, _WRAP, line.said).height()
        return QSize(width, link + said + gap(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row."""
        line: Line = index.data(FindingsModel.LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        box = QRect(QPoint(0, 0), option.rect.size())
        if line.kind == "finding":
            self._ground(painter, option, box)
            self._finding(painter, option, box, line)
        else:
            self._heading(painter, option, box, line)
        painter.restore()

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, line: Line
    ) -> None:
        look = self._desk.look
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        if line.kind == "section":
            painter.setFont(_small(option.font))
            painter.setPen(look.colour("muted"))
            text = f"{line.text} ({line.count})"
            painter.drawText(box.adjusted(_TEXT, 0, -gap(1), -gap(0.25)), low, text)
            return
        painter.setFont(_lead(option.font))
        painter.setPen(look.colour(line.severity))
        inner = box.adjusted(_LEFT, 0, -gap(1), -gap(0.5))
        height = painter.fontMetrics().height()
        icon = QRect(inner.left(), inner.bottom() - (height + _ICON) // 2 + 1, _ICON, _ICON)
        look.icon(line.severity, line.severity).paint(painter, icon)
        text = f"{line.text} ({line.count})"
        painter.drawText(inner.adjusted(_TEXT - _LEFT, 0, 0, 0), low, text)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        look = self._desk.look
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        inner = box.adjusted(gap(0.5), 1, -gap(0.5), -1)
        if hover or chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(inner, 6, 6)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 6, 6)

    def _finding(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, line: Line
    ) -> None:
        look = self._desk.look
        top = gap(0.75)
        icon = QRect(_LEFT, top + 1, _ICON, _ICON)
        look.icon(line.severity, line.severity).paint(painter, icon)
        room = _room(box.width()).translated(0, top)
        painter.setFont(_link(option.font))
        painter.setPen(look.colour("accent"))
        taken = painter.fontMetrics().boundingRect(room, _WRAP, line.text).height()
        painter.drawText(room, _WRAP, line.text)
        painter.setFont(option.font)
        painter.setPen(look.colour("text"))
        painter.drawText(room.translated(0, taken), _WRAP, line.said)


def _room(width: int) -> QRect:
    """Where the text of a finding stands: after the icon, as wide as the list."""
    return QRect(_TEXT, 0, max(width - _TEXT - gap(1.5), gap(10)), _TALLEST)


def _link(font: QFont) -> QFont:
    found = QFont(font)
    found.setUnderline(True)
    return found


def _lead(font: QFont) -> QFont:
    return _heavy(font, TYPE["lead"])


def _small(font: QFont) -> QFont:
    return _heavy(font, TYPE["small"])


def _heavy(font: QFont, share: float) -> QFont:
    found = QFont(font)
    found.setWeight(QFont.Weight.DemiBold)
    if font.pointSizeF() > 0:  # a font that was given in pixels has no points
        found.setPointSizeF(font.pointSizeF() * share)
    return found
