"""The choices of a merge as a list: what each is about, and what was answered to it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.app.deciding import Answer, Deciding
from sif_desktop.teamwork.choice import Choice
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.items_view import small_font
from sif_desktop.ui.look.tokens import RADIUS, gap
from sif_desktop.ui.look.views import reading_list

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 16
_LEFT = gap(1)
_TEXT = _LEFT + _ICON + gap(1)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 100_000

ICONS: dict[Answer, tuple[str, str]] = {
    "mine": ("state-complete", "good"),
    "theirs": ("state-complete", "good"),
    "": ("state-not_started", "accent"),
}
KEYS: dict[int, Answer] = {
    Qt.Key.Key_1: "mine",
    Qt.Key.Key_2: "theirs",
    Qt.Key.Key_0: "",
}


class ChoicesModel(QAbstractListModel):
    """The open choices of a merge, in the order of the form."""

    ANSWER = Qt.ItemDataRole.UserRole
    SAID = Qt.ItemDataRole.UserRole + 1

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.deciding: Deciding | None = None

    def show(self, deciding: Deciding | None) -> None:
        """Shows the choices of a merge."""
        self.beginResetModel()
        self.deciding = deciding
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """The choice in a row, or None."""
        choices = self.deciding.open if self.deciding else ()
        return choices[row] if 0 <= row < len(choices) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """As many as there are choices."""
        return 0 if parent.isValid() or self.deciding is None else len(self.deciding.open)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a choice is about; its section, place and answer together for a screen reader."""
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None or self.deciding is None:
            return None
        answer = self.deciding.answer(choice.key)
        if role == self.ANSWER:
            return answer
        place = self.deciding.place(choice)
        if role == Qt.ItemDataRole.DisplayRole:
            return place
        said = self._desk.speech.say(f"window.team.answers.{answer or 'open'}")
        if role == self.SAID:
            return said
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((self.deciding.section(choice), place, said))
        return None

    def next_open(self, after: int) -> int:
        """The row of the next choice without an answer, from the start again; -1 without one."""
        count = self.rowCount()
        rows = [(after + 1 + step) % count for step in range(count)]
        return next((row for row in rows if not self.index(row).data(self.ANSWER)), -1)

    def tell(self, row: int = -1) -> None:
        """A choice was answered, or all of them may have been."""
        if self.rowCount():
            first, last = (row, row) if row >= 0 else (0, self.rowCount() - 1)
            self.dataChanged.emit(self.index(first), self.index(last))


class ChoicesView(QListView):
    """The choices. Arrows go through them; 1, 2 and 0 answer the one that is chosen.

    `answered` gives such an answer, `wants_in` asks for the card of the choice (Enter).
    """

    answered = Signal(str)
    wants_in = Signal()

    def __init__(self, desk: Desk, model: ChoicesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Delegate(desk, self))
        reading_list(self)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that answer; the others choose a row."""
        if event.key() in KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.answered.emit(KEYS[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wants_in.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width, so rows have other heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """Paints a choice: a sign for its state, what it is about, and the state in words."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the text is in the width of the list."""
        width = self._view.viewport().width()
        small = QFontMetrics(small_font(option.font))
        high = QFontMetrics(option.font).boundingRect(_room(width), _WRAP, index.data()).height()
        said = small.boundingRect(_room(width), _WRAP, index.data(ChoicesModel.SAID)).height()
        return QSize(width, high + said + gap(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one choice; the chosen one on a ground of its own, with a ring when in focus."""
        look, box = self._desk.look, QRect(option.rect).adjusted(gap(0.5), 1, -gap(0.5), -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "side"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        top = option.rect.top() + gap(0.75)
        icon, colour = ICONS[index.data(ChoicesModel.ANSWER)]
        mark = QRect(option.rect.left() + _LEFT, top + 1, _ICON, _ICON)
        look.icon(icon, colour).paint(painter, mark)
        room = _room(option.rect.width()).translated(option.rect.left(), top)
        painter.setFont(option.font)
        painter.setPen(look.colour("text"))
        painter.drawText(room, _WRAP, index.data())
        taken = painter.fontMetrics().boundingRect(room, _WRAP, index.data()).height()
        painter.setFont(QFont(small_font(option.font)))
        painter.setPen(look.colour("muted"))
        painter.drawText(room.translated(0, taken), _WRAP, index.data(ChoicesModel.SAID))
        painter.restore()


def _room(width: int) -> QRect:
    """Where the text stands: after the sign, as wide as the list."""
    return QRect(_TEXT, 0, max(width - _TEXT - gap(1.5), gap(8)), _TALLEST)
