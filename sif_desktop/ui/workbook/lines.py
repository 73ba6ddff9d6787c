"""What a workbook would do, line by line: a list to read, with a sign for what happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sif_desktop.app.sheet_review import Entry, Kind
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.items_view import small_font
from sif_desktop.ui.look.tokens import RADIUS, gap
from sif_desktop.ui.look.views import paint_hint, reading_list

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICON = 16
_LEFT = gap(1)
_TEXT = _LEFT + _ICON + gap(1)
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 100_000
_AT_ONCE = 200
_LONGEST_COPY = 2_000

ICONS: dict[Kind, tuple[str, str]] = {
    "unreadable": ("error", "error"),
    "not_own": ("lock", "muted"),
    "changed": ("compare", "accent"),
    "added": ("add", "good"),
    "removed": ("remove", "warning"),
    "left_out": ("note", "muted"),
}
"""The icon of each kind and its colour; all differ in shape."""


class EntriesModel(QAbstractListModel):
    """The entries of a review. What happens and where is under `SAID`, the rest under `DETAILS`."""

    KIND = Qt.ItemDataRole.UserRole
    SAID = Qt.ItemDataRole.UserRole + 1
    DETAILS = Qt.ItemDataRole.UserRole + 2

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheet = ""
        self.entries: list[Entry] = []

    def show(self, entries: Sequence[Entry], sheet: str) -> None:
        """Shows other entries, of what was seen in a sheet."""
        self.beginResetModel()
        self.entries, self._sheet = list(entries), sheet
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """As many as there are entries."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line that an entry is about, and what happens to it."""
        if not index.isValid():
            return None
        one = self.entries[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.text(index.row())
        told = {
            Qt.ItemDataRole.DisplayRole: one.head,
            self.KIND: one.kind,
            self.DETAILS: "\n".join(one.details),
        }
        return self._said(one) if role == self.SAID else told.get(role)

    def text(self, row: int) -> str:
        """All of an entry in one line."""
        one = self.entries[row]
        return ". ".join((self._said(one), one.head, *one.details))

    def _said(self, one: Entry) -> str:
        said = self._desk.speech.say(f"window.sheet.kinds.{one.kind}", sheet=self._sheet)
        if not one.row or one.kind in ("unreadable", "left_out"):
            return said
        return self._desk.speech.say("window.sheet.kinds.at", said=said, row=one.row)


class EntriesView(QListView):
    """The entries. Arrows go through them, and the keys of copying take the chosen ones along.

    `hint` is what stands there while there are none.
    """

    def __init__(self, desk: Desk, model: EntriesModel) -> None:
        super().__init__()
        self.hint = ""
        self.entries = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(desk, self))
        reading_list(self)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_AT_ONCE)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What is chosen can be copied, to be sent to whoever made the workbook."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if rows:
            told = (self.entries.text(row) for row in rows[:_LONGEST_COPY])
            QGuiApplication.clipboard().setText("\n".join(told))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The entries, or a hint while there are none."""
        super().paintEvent(event)
        paint_hint(self, self.hint)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere in another width, so rows have other heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """Paints an entry: a sign for what happens, that in words, the line, and the details."""

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the texts are in the width of the list."""
        width = self._view.viewport().width()
        small, plain = QFontMetrics(small_font(option.font)), QFontMetrics(option.font)
        high = sum(
            metrics.boundingRect(_room(width), _WRAP, text).height()
            for metrics, text in (
                (small, index.data(EntriesModel.SAID)),
                (plain, index.data()),
                (plain, index.data(EntriesModel.DETAILS)),
            )
            if text
        )
        return QSize(width, high + gap(1.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints one entry; a chosen one on a ground of its own, with a ring when in focus."""
        look, box = self._desk.look, QRect(option.rect).adjusted(gap(0.5), 1, -gap(0.5), -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        kind: Kind = index.data(EntriesModel.KIND)
        top = option.rect.top() + gap(0.75)
        icon, colour = ICONS[kind]
        mark = QRect(option.rect.left() + _LEFT, top, _ICON, _ICON)
        look.icon(icon, colour).paint(painter, mark)
        room = _room(option.rect.width()).translated(option.rect.left(), top)
        quiet = kind in ("not_own", "left_out")
        aside = quiet or kind == "changed"
        for font, colour, text in (
            (small_font(option.font), "muted", index.data(EntriesModel.SAID)),
            (option.font, "muted" if aside else "text", index.data()),
            (option.font, "muted" if quiet else "text", index.data(EntriesModel.DETAILS)),
        ):
            if text:
                painter.setFont(font)
                painter.setPen(look.colour(colour))
                painter.drawText(room, _WRAP, text)
                taken = painter.fontMetrics().boundingRect(room, _WRAP, text).height()
                room.translate(0, taken)
        painter.restore()


def _room(width: int) -> QRect:
    """Where the text stands: after the sign, as wide as the list."""
    return QRect(_TEXT, 0, max(width - _TEXT - gap(1.5), gap(8)), _TALLEST)
