"""The list of moments: how its rows are painted, and what the keys do."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import RADIUS, TYPE, gap
from sif_desktop.ui.look.views import reading_list
from sif_desktop.ui.past.model import Index, Line, MomentsModel, Told

_MARK = 15
_LEFT = gap(1.25)
_ELIDE = Qt.TextElideMode.ElideRight


class MomentsList(QListView):
    """The moments, one chosen. `wants_in`: Enter asks to go to what differs."""

    wants_in = Signal()

    def __init__(self, desk: Desk, model: MomentsModel) -> None:
        super().__init__()
        self.moments = model
        self.setModel(model)
        self.setItemDelegate(MomentDelegate(desk, self))
        reading_list(self)
        self.setUniformItemSizes(True)
        self.verticalScrollBar().setSingleStep(gap(4))

    @property
    def chosen(self) -> Line | None:
        """The row that is chosen."""
        line: Line | None = self.currentIndex().data(MomentsModel.LINE)
        return line

    def choose(self, row: int) -> None:
        """Chooses a row and shows it."""
        self.setCurrentIndex(self.moments.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to what differs; the other keys choose a row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wants_in.emit()
            return
        super().keyPressEvent(event)


class MomentDelegate(QStyledItemDelegate):
    """Paints sessions of work as headings, and acts with their time; a name stands out."""

    def __init__(self, desk: Desk, view: MomentsList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:  # noqa: N802
        """Two lines and some air; all rows alike, so that thousands need no measuring."""
        small = QFontMetrics(_sized(option.font, "small")).height()
        return QSize(gap(30), QFontMetrics(option.font).height() + small + gap(1.75))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row."""
        line: Line = index.data(MomentsModel.LINE)
        told: Told = index.data(MomentsModel.TOLD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option)
        room = option.rect.adjusted(_LEFT, gap(0.75), -gap(1.25), -gap(0.75))
        if line.kind == "stint":
            self._stint(painter, option, room, told)
        else:
            self._act(painter, option, room, told, self._marks(painter, option, index, room))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        look = self._desk.look
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        inner = option.rect.adjusted(gap(0.5), 1, -gap(0.5), -1)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "side"))
            painter.drawRoundedRect(inner, RADIUS, RADIUS)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(inner.left(), inner.top() + 7, 3, inner.height() - 14, 1.5, 1.5)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _stint(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, told: Told
    ) -> None:
        heavy = _sized(option.font, "body", heavy=True)
        room.setTop(self._line(painter, heavy, told.first, room, "accent"))
        self._line(painter, _sized(option.font, "small"), told.second, room, "muted")
        painter.setPen(QPen(self._desk.look.colour("line"), 1))
        if option.rect.top() > 0:
            painter.drawLine(room.left(), option.rect.top(), room.right(), option.rect.top())

    def _act(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        told: Told,
        taken: int,
    ) -> None:
        """The time, then the name or else what was done; beneath it what is left to tell.

        Of the first line so much is taken at the right.
        """
        small = _sized(option.font, "small")
        wide = QFontMetrics(small).horizontalAdvance("00:00") + gap(1.25)
        base = QFontMetrics(option.font).ascent() - QFontMetrics(small).ascent()
        self._line(painter, small, told.time, room.adjusted(0, base, 0, 0), "muted")
        room.setLeft(room.left() + wide)
        if not told.name:
            first = room.adjusted(0, 0, -taken, 0)
            top = self._line(painter, option.font, told.first, first, "text")
            self._line(painter, small, told.second, _below(room, top), "muted")
            return
        mark = QRect(room.left(), room.top() + 2, _MARK, _MARK)
        self._desk.look.icon("note", "accent").paint(painter, mark)
        heavy = _sized(option.font, "body", heavy=True)
        beside = room.adjusted(_MARK + gap(0.75), 0, -taken, 0)
        top = self._line(painter, heavy, told.name, beside, "accent")
        self._line(painter, small, told.first, _below(room, top), "muted")

    def _marks(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, room: QRect
    ) -> int:
        """At the right: that it is the state of now, and that it is held to compare with.

        Gives the width that this takes.
        """
        taken = 0
        if index.data(MomentsModel.NOW):
            small = _sized(option.font, "small", heavy=True)
            said = self._desk.speech.say("window.history.now")
            metrics = QFontMetrics(small)
            wide = metrics.horizontalAdvance(said)
            painter.setFont(small)
            painter.setPen(self._desk.look.colour("muted"))
            painter.drawText(room.right() - wide, room.top() + metrics.ascent() + 1, said)
            taken = wide + gap(1)
        if index.data(MomentsModel.PINNED):
            mark = QRect(room.right() - taken - _MARK, room.top() + 2, _MARK, _MARK)
            self._desk.look.icon("compare", "accent").paint(painter, mark)
            taken += _MARK + gap(1)
        return taken

    def _line(self, painter: QPainter, font: QFont, text: str, room: QRect, colour: str) -> int:
        """Writes a line at the top of a room, and gives where the next one begins."""
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(self._desk.look.colour(colour))
        said = metrics.elidedText(text, _ELIDE, room.width())
        painter.drawText(room.left(), room.top() + metrics.ascent() + 1, said)
        return room.top() + metrics.height() + 1


def _below(room: QRect, top: int) -> QRect:
    found = QRect(room)
    found.setTop(top)
    return found


def _sized(font: QFont, size: str, *, heavy: bool = False) -> QFont:
    found = QFont(font)
    if heavy:
        found.setWeight(QFont.Weight.DemiBold)
    if font.pointSizeF() > 0:  # a font that was given in pixels has no points
        found.setPointSizeF(font.pointSizeF() * TYPE[size])
    return found
