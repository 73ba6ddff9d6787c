"""The list of steps: its model, and how a step is painted with its state in icon and words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.app.steps import Step, StepState
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.icons import exists
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import STEPS, TYPE, gap

Index = QModelIndex | QPersistentModelIndex

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 100_000

STATE_COLOURS = {
    "not_started": "muted",
    "incomplete": "accent",
    "blocked": "error",
    "complete": "good",
}


def icon_of(step: Step) -> str:
    """The icon of a step: that of its section, else of its view."""
    own = f"step-{step.id}"
    return own if exists(own) else f"step-{step.view}"


class StepModel(QAbstractListModel):
    """The steps of the desk; the step is under `UserRole`, its state under `UserRole + 1`."""

    STEP = Qt.ItemDataRole.UserRole
    STATE = Qt.ItemDataRole.UserRole + 1
    WORDS = Qt.ItemDataRole.UserRole + 2

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown = desk.states
        desk.checked.connect(self._checked)
        desk.retold.connect(self._changed)
        desk.tinted.connect(self._changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """As many as the call has sections, and two."""
        return 0 if parent.isValid() else len(self._desk.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The step's title; title and state together for a screen reader."""
        if not index.isValid():
            return None
        step = self._desk.steps[index.row()]
        if role == self.STEP:
            return step
        if role == self.STATE:
            return self._desk.states.get(step.id)
        # A draft that closes takes the texts of its call along before its list has gone.
        title, words = self._desk.speech.find(step.title), self.words_of(step)
        return {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.AccessibleTextRole: f"{title}, {words}",
            Qt.ItemDataRole.ToolTipRole: f"{title}\n{words}",
            self.WORDS: words,
        }.get(role)

    def words_of(self, step: Step) -> str:
        """The state of a step in words."""
        state: StepState | None = self._desk.states.get(step.id)
        if state is None:
            return ""
        return self._desk.speech.say(state.sentence, missing=state.missing, blocking=state.blocking)

    def _checked(self) -> None:
        """Only steps whose state is another are painted anew."""
        states = self._desk.states
        if states is self._shown:
            return
        for place, step in enumerate(self._desk.steps):
            if states.get(step.id) != self._shown.get(step.id):
                self.dataChanged.emit(self.index(place), self.index(place))
        self._shown = states

    def _changed(self) -> None:
        last = len(self._desk.steps) - 1
        self.dataChanged.emit(self.index(0), self.index(last))


class StepDelegate(QStyledItemDelegate):
    """A step: icon and title, and its state in words beneath; both go on below where they must."""

    def __init__(self, desk: Desk, view: StepList) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as both texts are in the width of the list, and some air."""
        return QSize(160, self.height_in(self._view.row_width, option.font, index))

    def height_in(self, width: int, font: QFont, index: Index) -> int:
        """How high a row is in a width; with room for the heaviest title: choosing moves none."""
        room = self._room(QRect(0, 0, width, _TALLEST))
        return sum(self._heights(room, font, index, chosen=True)) + gap(1.75)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the step; the chosen one on a ground of its own, with a ring when in focus."""
        look = self._desk.look
        step, state = index.data(StepModel.STEP), index.data(StepModel.STATE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(gap(0.5), 1, -gap(0.5), -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hover:
            painter.setBrush(look.colour("card" if chosen else "accent_soft"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 6, 6)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box.left(), box.top() + 8, 3, box.height() - 16, 1.5, 1.5)
        if chosen and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        icon = look.icon(icon_of(step), "accent" if chosen else "muted")
        left = box.left() + gap(1.5)
        icon.paint(painter, QRect(left, box.top() + (box.height() - 22) // 2, 22, 22))
        self._words(painter, option, index, self._room(option.rect), chosen)
        kind = state.kind if state else "not_started"
        mark = look.icon(f"state-{kind}", STATE_COLOURS[kind])
        mark.paint(
            painter, QRect(box.right() - gap(3.5), box.top() + (box.height() - 18) // 2, 18, 18)
        )
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        box: QRect,
        chosen: bool,
    ) -> None:
        look = self._desk.look
        title, words = self._heights(box, option.font, index, chosen=chosen)
        spare = option.rect.height() - gap(1.75) - title - words
        box = box.adjusted(0, spare // 2, 0, 0)
        painter.setFont(_heavy(option.font, chosen=chosen))
        painter.setPen(look.colour("text"))
        painter.drawText(box, _WRAP, index.data())
        painter.setFont(self._small(option.font))
        painter.setPen(look.colour("muted"))
        painter.drawText(box.adjusted(0, title, 0, 0), _WRAP, index.data(StepModel.WORDS))

    def _heights(self, room: QRect, font: QFont, index: Index, *, chosen: bool) -> tuple[int, int]:
        """How high the title is, and the words of the state."""
        title = QFontMetrics(_heavy(font, chosen=chosen))
        words = QFontMetrics(self._small(font))
        return (
            title.boundingRect(room, _WRAP, index.data()).height(),
            words.boundingRect(room, _WRAP, index.data(StepModel.WORDS)).height(),
        )

    def _room(self, row: QRect) -> QRect:
        """Where the texts of a row stand: between its icon and the sign of its state."""
        return row.adjusted(gap(5.5), gap(0.75), -gap(4.25), 0)

    def _small(self, font: QFont) -> QFont:
        """The small type."""
        small = QFont(font)
        if font.pointSizeF() > 0:
            small.setPointSizeF(font.pointSizeF() * TYPE["small"])
        return small


def _heavy(font: QFont, *, chosen: bool = True) -> QFont:
    """The type of a title."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
    return heavy


class StepList(QListView):
    """The steps, one chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.steps = StepModel(desk)
        self.row_width = STEPS - gap(1)
        self._delegate = StepDelegate(desk, self)
        self.setModel(self.steps)
        self.setItemDelegate(self._delegate)
        role(self, "steps")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.steps.dataChanged.connect(self.scheduleDelayedItemsLayout)

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Rows are as wide as the list, less a scroll bar where they need one."""
        whole = self.width() - 2 * self.frameWidth()
        rows = [self.steps.index(place) for place in range(self.steps.rowCount())]
        high = sum(self._delegate.height_in(whole, self.font(), row) for row in rows)
        bar = self.verticalScrollBar().sizeHint().width()
        self.row_width = whole if high <= self.height() - 2 * self.frameWidth() else whole - bar
        super().doItemsLayout()

    def choose(self, place: int | None) -> None:
        """Makes the step at a place the chosen one, or none."""
        if place is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self.steps.index(place))
