"""The list of fields: how its rows are painted, and what a click or key does with one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.app.transfer import Entry
from sif_desktop.app.transfer_lines import Line
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import RADIUS, TYPE, gap
from sif_desktop.ui.look.views import reading_list
from sif_desktop.ui.transfer.model import Index, TransferModel, preview

_BOX, _MARK = 16, 15
_LEFT = gap(1.5)
_TEXT = _LEFT + _BOX + gap(1.5)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a row are: its tick, its button, and the room for text between them."""

    tick: QRect
    button: QRect
    text: QRect


class TransferList(QListView):
    """The fields, one chosen.

    `wants_copy` asks to copy a field, and whether to go on to the next (Enter or space, and not a
    click or Ctrl+C); `wants_tick` to turn its tick alone (a click on it, or Ctrl+space).
    """

    wants_copy = Signal(object, bool)
    wants_tick = Signal(object)

    def __init__(self, desk: Desk, model: TransferModel) -> None:
        super().__init__()
        self._desk = desk
        self.over = QPersistentModelIndex()
        self.setModel(model)
        self.delegate = TransferDelegate(desk, self)
        self.setItemDelegate(self.delegate)
        reading_list(self)
        self.setUniformItemSizes(True)
        self.verticalScrollBar().setSingleStep(gap(4))

    @property
    def chosen(self) -> Entry | None:
        """The field that is chosen."""
        return _entry(self.currentIndex())

    def choose(self, address: str) -> bool:
        """Chooses the field at an address; whether it is in the list."""
        model = self.model()
        assert isinstance(model, TransferModel)  # noqa: S101 - made with one
        row = model.row_of(address)
        if row < 0:
            return False
        self.setCurrentIndex(model.index(row))
        return True

    def places(self, index: Index) -> Places:
        """Where the parts of a row are in the viewport, to be clicked."""
        return self.delegate.places(self.visualRect(index), self.font())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that do something with the chosen field; the others choose one."""
        entry, key, with_ = self.chosen, event.key(), event.modifiers()
        control = bool(with_ & Qt.KeyboardModifier.ControlModifier)
        if entry is None:
            super().keyPressEvent(event)
        elif control and key == Qt.Key.Key_Space:
            self.wants_tick.emit(entry)
        elif control and key == Qt.Key.Key_C:
            self.wants_copy.emit(entry, False)
        elif not control and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wants_copy.emit(entry, True)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click on the button of a row copies, one on its tick turns it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        entry = _entry(index)
        if event.button() != Qt.MouseButton.LeftButton or entry is None:
            return
        if index != self.currentIndex():
            return  # pressed on one row and let go on another
        places = self.places(index)
        if places.button.contains(at):
            self.wants_copy.emit(entry, False)
        elif _wide(places.tick).contains(at):
            self.wants_tick.emit(entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer tells what can be clicked."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        button = tick = False
        if _entry(index) is not None:
            places = self.places(index)
            button, tick = places.button.contains(at), _wide(places.tick).contains(at)
        shape = Qt.CursorShape.PointingHandCursor if button or tick else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._point(index if button else QModelIndex())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """No button is pointed at any more."""
        self._point(QModelIndex())
        super().leaveEvent(event)

    def _point(self, index: Index) -> None:
        """Paints the button that is pointed at, and the one that was."""
        if self.over != index:
            before, self.over = self.over, QPersistentModelIndex(index)
            for one in (before, self.over):
                if one.isValid():
                    self.update(self.model().index(one.row(), 0))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Rows have another height with another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()


class TransferDelegate(QStyledItemDelegate):
    """Paints headings, and fields with a tick, their text, their length and a button."""

    def __init__(self, desk: Desk, view: TransferList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:  # noqa: N802
        """Two lines and some air; all rows alike, so that thousands need no measuring."""
        high = QFontMetrics(option.font).height() * 2 + gap(2)
        return QSize(gap(40), high)

    def places(self, row: QRect, font: QFont) -> Places:
        """Where the parts of a row are."""
        copy = self._desk.speech.say("transfer.copy")
        metrics = QFontMetrics(font)
        wide, high = metrics.horizontalAdvance(copy) + gap(3), metrics.height() + gap(1.25)
        middle = row.center().y()
        button = QRect(row.right() - gap(1.5) - wide, middle - high // 2, wide, high)
        tick = QRect(row.left() + _LEFT, middle - _BOX // 2, _BOX, _BOX)
        text = QRect(row).adjusted(_TEXT, gap(0.75), 0, -gap(0.75))
        text.setRight(button.left() - gap(2))
        return Places(tick, button, text)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one row."""
        line: Line = index.data(TransferModel.LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.entry is None:
            self._heading(painter, option, index, line)
        else:
            self._ground(painter, option)
            self._field(painter, option, index, line.entry)
        painter.restore()

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, line: Line
    ) -> None:
        look, model = self._desk.look, index.model()
        assert isinstance(model, TransferModel)  # noqa: S101 - the view's own
        section = line.kind == "section"
        counts = model.count_words(line) if section else ""
        low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        room = option.rect.adjusted(_LEFT, 0, -gap(1.5), -gap(0.75))
        painter.setFont(_sized(option.font, "small"))
        painter.setPen(look.colour("muted"))
        taken = painter.fontMetrics().horizontalAdvance(counts) + gap(2) if counts else 0
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(room, right, counts)
        painter.setFont(_sized(option.font, "lead" if section else "body", heavy=True))
        painter.setPen(look.colour("accent" if section else "text"))
        name = room.adjusted(0 if section else _TEXT - _LEFT, 0, -taken, 0)
        painter.drawText(name, low, _fitting(painter, line.text, name.width()))
        if section:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(room.left(), option.rect.bottom(), room.right(), option.rect.bottom())

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        look = self._desk.look
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        inner = option.rect.adjusted(gap(0.5), 1, -gap(0.5), -1)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "side"))
            painter.drawRoundedRect(inner, RADIUS, RADIUS)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _field(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, entry: Entry
    ) -> None:
        model = index.model()
        assert isinstance(model, TransferModel)  # noqa: S101 - the view's own
        look, places = self._desk.look, self.places(option.rect, option.font)
        done = model.sheet.state(entry) == "done"
        self._tick(painter, places.tick, done)
        self._button(painter, option, index, places.button, entry)
        high = QFontMetrics(option.font).height()
        first = QRect(places.text.left(), places.text.top(), places.text.width(), high)
        taken = self._length(painter, option, first, model.length_words(entry), entry)
        painter.setFont(_sized(option.font, "body", heavy=True))
        painter.setPen(look.colour("muted" if done else "text"))
        label = first.adjusted(0, 0, -taken, 0)
        painter.drawText(label, _MIDDLE, _fitting(painter, entry.label, label.width()))
        second = first.translated(0, places.text.height() - high)
        painter.setFont(option.font)
        if words := model.state_words(entry):
            second = self._changed(painter, second, words)
        painter.setPen(look.colour("muted" if done else "text"))
        if second.width() > gap(4):
            painter.drawText(second, _MIDDLE, _fitting(painter, preview(entry), second.width()))

    def _tick(self, painter: QPainter, box: QRect, done: bool) -> None:
        look = self._desk.look
        painter.setPen(QPen(look.colour("accent" if done else "edge"), 1))
        painter.setBrush(look.colour("accent" if done else "field"))
        painter.drawRoundedRect(box, 4, 4)
        if done:
            pen = QPen(look.colour("on_accent"), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            corner = QPointF(box.topLeft())
            points = [corner + QPointF(x, y) for x, y in ((4, 8.5), (7, 11.5), (12.5, 5))]
            painter.drawPolyline(points)

    def _button(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        box: QRect,
        entry: Entry,
    ) -> None:
        look = self._desk.look
        over = self._view.over == index
        painter.setPen(QPen(look.colour("accent" if over else "edge"), 1))
        painter.setBrush(look.colour("accent_soft" if over else "card"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setFont(option.font)
        painter.setPen(look.colour("text"))
        key = "transfer.copy" if entry.text else "window.transfer.taken_out"
        said = _fitting(painter, self._desk.speech.say(key), box.width() - gap(1))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)

    def _length(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        words: str,
        entry: Entry,
    ) -> int:
        """Writes the length at the right, and gives the width that it takes."""
        look = self._desk.look
        colour = ("error" if entry.origin == "call" else "warning") if entry.over else "muted"
        painter.setFont(_sized(option.font, "small", heavy=bool(entry.over)))
        painter.setPen(look.colour(colour))
        said = _fitting(painter, words, room.width() * 2 // 3)
        wide = painter.fontMetrics().horizontalAdvance(said)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | _MIDDLE, said)
        if entry.over:
            mark = QRect(0, 0, _MARK, _MARK)
            mark.moveCenter(QPoint(room.right() - wide - gap(1.5), room.center().y()))
            look.icon(colour, colour).paint(painter, mark)
            wide += _MARK + gap(1)
        return wide + gap(2)

    def _changed(self, painter: QPainter, room: QRect, words: str) -> QRect:
        """Writes that a field is another since it was copied, and gives the room behind it."""
        look = self._desk.look
        mark = QRect(room.left(), 0, _MARK, _MARK)
        mark.moveTop(room.center().y() - _MARK // 2)
        look.icon("warning", "warning").paint(painter, mark)
        painter.setPen(look.colour("warning"))
        said = room.adjusted(_MARK + gap(0.75), 0, 0, 0)
        painter.drawText(said, _MIDDLE, _fitting(painter, words, said.width()))
        wide = painter.fontMetrics().horizontalAdvance(words)
        return said.adjusted(wide + gap(1.5), 0, 0, 0)


def _entry(index: Index) -> Entry | None:
    line: Line | None = index.data(TransferModel.LINE) if index.isValid() else None
    return line.entry if line else None


def _wide(tick: QRect) -> QRect:
    """A tick with the room around it that a click may miss it by."""
    return tick.adjusted(-gap(1), -gap(1), gap(1), gap(1))


def _fitting(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, _ELIDE, width)


def _sized(font: QFont, size: str, *, heavy: bool = False) -> QFont:
    found = QFont(font)
    if heavy:
        found.setWeight(QFont.Weight.DemiBold)
    if font.pointSizeF() > 0:  # a font that was given in pixels has no points
        found.setPointSizeF(font.pointSizeF() * TYPE[size])
    return found
