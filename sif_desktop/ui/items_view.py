"""A list of items to choose from: how a row is painted, and what the keys do."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.app.item_states import ItemState
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.items_model import Index, ItemsModel, Told
from sif_desktop.ui.look.tokens import RADIUS, TYPE, gap
from sif_desktop.ui.look.views import paint_hint, reading_list

STATES = {
    "incomplete": ("state-incomplete", "accent"),
    "blocked": ("state-blocked", "error"),
    "warned": ("warning", "warning"),
    "complete": ("state-complete", "good"),
}
"""The icon and colour of each kind of state."""

_ICON, _MARK = 22, 15
_SEPARATOR = " · "


class ItemDelegate(QStyledItemDelegate):
    """An item in lines: its name, facts about it, and its state in icon and words."""

    def __init__(self, desk: Desk, view: ItemsView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, _: Index) -> QSize:  # noqa: N802
        """Its lines and some air."""
        return QSize(160, self._view.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the item; the chosen one on a ground of its own, with a ring when in focus."""
        told: Told = index.data(ItemsModel.TOLD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(gap(0.5), 1, -gap(0.5), -1)
        self._ground(painter, option, box)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._before(painter, option, told, box, chosen)
        room = QRect(box).adjusted(gap(5), gap(0.75), -gap(1), 0)
        top = self._line(painter, option.font, told.title, room, weight=QFont.Weight.DemiBold)
        room.setTop(top)
        small = small_font(option.font)
        metrics = QFontMetrics(small)
        for facts in _lines(told.facts, metrics, room.width(), self._view.fact_lines):
            room.setTop(self._line(painter, small, facts, room, colour="muted"))
        self._state(painter, small, index, room)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        look = self._desk.look
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "side"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(box.left(), box.top() + 8, 3, box.height() - 16, 1.5, 1.5)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _before(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        told: Told,
        box: QRect,
        chosen: bool,
    ) -> None:
        """The badge or icon at the left of the first line."""
        colour = "accent" if chosen else "muted"
        place = QRect(box.left() + gap(1), box.top() + gap(0.75), gap(3.5), _ICON)
        if not told.badge:
            icon = self._desk.look.icon(told.icon, colour)
            icon.paint(painter, QRect(place.left() + 3, place.top(), _ICON, _ICON))
            return
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._desk.look.colour(colour))
        painter.drawText(place.left(), place.top() + painter.fontMetrics().ascent() + 1, told.badge)

    def _line(
        self,
        painter: QPainter,
        font: QFont,
        text: str,
        room: QRect,
        *,
        colour: str = "text",
        weight: QFont.Weight = QFont.Weight.Normal,
    ) -> int:
        """Writes a line at the top of a room, and gives where the next one begins."""
        drawn = QFont(font)
        drawn.setWeight(weight)
        metrics = QFontMetrics(drawn)
        painter.setFont(drawn)
        painter.setPen(self._desk.look.colour(colour))
        said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.top() + metrics.ascent() + 1, said)
        return room.top() + metrics.height() + 1

    def _state(self, painter: QPainter, font: QFont, index: Index, room: QRect) -> None:
        state: ItemState | None = index.data(ItemsModel.STATE)
        if state is None:
            return
        icon, colour = STATES[state.kind]
        high = QFontMetrics(font).height()
        mark = QRect(room.left(), room.top() + (high - _MARK) // 2 + 1, _MARK, _MARK)
        self._desk.look.icon(icon, colour).paint(painter, mark)
        said = QRect(room).adjusted(_MARK + 5, 0, 0, 0)
        self._line(painter, font, index.data(ItemsModel.WORDS), said, colour="muted")


class ItemsView(QListView):
    """The items, one chosen. Arrows choose and letters search, as in any list.

    `wants_move` (one place up or down: Alt and an arrow), `wants_remove` (Delete) and `wants_in`
    (Enter: to the fields of the item) ask the page to do so.
    """

    wants_move = Signal(int)
    wants_remove = Signal()
    wants_in = Signal()

    def __init__(self, desk: Desk, model: ItemsModel) -> None:
        super().__init__()
        self.hint = ""
        self.fact_lines = 1
        self.setModel(model)
        self.setItemDelegate(ItemDelegate(desk, self))
        reading_list(self, "items")
        self.setUniformItemSizes(True)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)
        self.fit()

    @property
    def row(self) -> int:
        """The height of a row."""
        small = QFontMetrics(small_font(self.font())).height() + 1
        return QFontMetrics(self.font()).height() + (self.fact_lines + 1) * small + gap(2)

    def use_lines(self, count: int) -> None:
        """Gives the facts of an item so many lines."""
        if count != self.fact_lines:
            self.fact_lines = count
            self.fit()
            self.scheduleDelayedItemsLayout()

    def fit(self) -> None:
        """Is no higher than its rows, but for some room to tell that there are none."""
        rows = max(self.model().rowCount(), 1)
        self.setMaximumHeight(rows * self.row + 2 * self.frameWidth() + gap(0.5))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The rows, or a hint while there are none."""
        super().paintEvent(event)
        paint_hint(self, self.hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that do something with the chosen item; the others choose one."""
        alone = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _ARROWS:
            self.wants_move.emit(_ARROWS[Qt.Key(key)])
        elif alone and key == Qt.Key.Key_Delete:
            self.wants_remove.emit()
        elif alone and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wants_in.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def small_font(font: QFont) -> QFont:
    """The small type beside a font."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * TYPE["small"])
    return small


def _lines(facts: tuple[str, ...], metrics: QFontMetrics, width: int, most: int) -> Iterator[str]:
    """Facts in lines, each with one at least; the last line takes all that are left."""
    left = list(facts)
    for after in range(most - 1, 0, -1):
        said = ""
        while left and not (said and len(left) <= after):
            longer = f"{said}{_SEPARATOR}{left[0]}" if said else left[0]
            if said and metrics.horizontalAdvance(longer) > width:
                break
            said, _ = longer, left.pop(0)
        if said:
            yield said
    if left:
        yield _fitting(tuple(left), metrics, width)


def _fitting(facts: tuple[str, ...], metrics: QFontMetrics, width: int) -> str:
    """As many facts as fit; the last of them cut short where that leaves something to read."""
    said = ""
    for fact in facts:
        longer = f"{said}{_SEPARATOR}{fact}" if said else fact
        if metrics.horizontalAdvance(longer) > width:
            shortened = metrics.elidedText(longer, Qt.TextElideMode.ElideRight, width)
            return shortened if len(shortened) > len(said) + len(_SEPARATOR) + 5 else said
        said = longer
    return said
