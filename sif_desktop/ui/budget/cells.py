"""How a cell is painted and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sif_desktop.ui.budget.editors import CellEditor, ChoiceCell, TextCell
from sif_desktop.ui.budget.lines import Index
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.budget.model import Look as CellLook
from sif_desktop.ui.fields.line import LONGEST_LINE
from sif_desktop.ui.look.tokens import gap

if TYPE_CHECKING:
    from sif_desktop.ui.budget.grid import Grid

ICON = 16
PAD = gap(1)
CHEVRON = gap(2.5)
"""The width of the sign at the right of a cell in which one of several is chosen."""

_WAYS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Where a key leads from an editor that it ends: lines down, and cells to the right."""


class CellDelegate(QStyledItemDelegate):
    """Paints cells with one question to the model each, and edits them as a spreadsheet does."""

    def __init__(self, grid: Grid, model: BudgetModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self.editor: TextCell | ChoiceCell | None = None
        self.tint()

    def tint(self) -> None:
        """Takes the colours and icons as they are now."""
        look = self._model.desk.look
        names = (
            "text",
            "accent",
            "accent_soft",
            "edge",
            "page",
            "error_soft",
            "warning_soft",
            "muted",
        )
        self._colours = {name: look.colour(name) for name in names}
        self._colours["advice_soft"] = look.colour("advice_soft")
        self._ring = QPen(self._colours["accent"], 2)
        self._resting = QPen(self._colours["edge"], 1)
        self._icons = {name: look.icon(name, name) for name in ("error", "warning", "advice")}
        self._chevron = look.icon("open-down", "accent")

    # -- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark and text; a ring around the current cell."""
        cell: CellLook = index.data(BudgetModel.LOOK)
        state, box = option.state, QRect(option.rect)
        self._ground(painter, box, cell, bool(state & QStyle.StateFlag.State_Selected))
        room = box.adjusted(PAD, 0, -PAD, 0)
        current = index == self._grid.currentIndex()
        if cell.severity:
            icon = QRect(0, 0, ICON, ICON)
            icon.moveCenter(room.center())
            if cell.right:
                icon.moveLeft(room.left())
                room.setLeft(icon.right() + 4)
            else:
                icon.moveRight(room.right())
                room.setRight(icon.left() - 4)
            self._icons[cell.severity].paint(painter, icon)
        elif current and self._grid.opens_list(index):
            icon = QRect(room.right() - ICON + 4, room.center().y() - 7, 14, 14)
            self._chevron.paint(painter, icon)
            room.setRight(icon.left() - 2)
        if cell.text:
            self._words(painter, option, room, cell)
        if current:
            painter.setPen(self._ring if self._grid.hasFocus() else self._resting)
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _ground(self, painter: QPainter, box: QRect, cell: CellLook, chosen: bool) -> None:
        if chosen:
            painter.fillRect(box, self._colours["accent_soft"])
        elif cell.severity:
            painter.fillRect(box, self._colours[f"{cell.severity}_soft"])
        elif cell.total or cell.locked:
            painter.fillRect(box, self._colours["page"])

    def _words(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, cell: CellLook
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        metrics = option.fontMetrics
        text = cell.text
        if metrics.horizontalAdvance(text) > room.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self._colours["muted" if cell.locked else "text"])
        painter.drawText(
            room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), text
        )

    # -- editing ----------------------------------------------------------------------------

    def createEditor(  # noqa: N802 - Qt's name
        self, parent: QWidget, _: QStyleOptionViewItem, index: Index
    ) -> QWidget:
        """A line, or a list that completes what is typed.

        What is too long for a line is not edited here; it can be emptied or pasted over.
        """
        column = self._model.columns[index.column()]
        at = QPersistentModelIndex(index)
        if len(index.data(Qt.ItemDataRole.EditRole)) > LONGEST_LINE:
            return None  # type: ignore[return-value]
        editor: TextCell | ChoiceCell
        if column.kind == "choice":
            editor = ChoiceCell(parent, at, self._model.names.choices(column.name))
            editor.picked.connect(self.finish)
        else:
            editor = TextCell(parent, at, right=column.is_amount)
            editor.textEdited.connect(self._typed)
            editor.too_long.connect(self._take_whole)
        editor.setAccessibleName(self._model.label(column))
        self.editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Shows the value, unless it is the one that the editor shows or gave itself."""
        assert isinstance(editor, CellEditor)  # noqa: S101 - made above
        held = self._model.held(index)
        if editor.known is None or editor.known != held:
            editor.fill(index.data(Qt.ItemDataRole.EditRole), held)

    def setModelData(  # noqa: N802 - Qt's name
        self, editor: QWidget, _: QAbstractItemModel, index: Index
    ) -> None:
        """Ends what was typed as an act of its own."""
        assert isinstance(editor, CellEditor)  # noqa: S101 - made above
        if editor.was_edited:
            editor.was_edited = False
            self._model.setData(index, editor.typed)
            self._model.desk.session.settle()

    def updateEditorGeometry(  # noqa: N802 - Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, _: Index
    ) -> None:
        """Over the whole cell, and wider where a list needs it."""
        editor.setGeometry(option.rect)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Lets go of the editor."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keys that end an editor lead to the next cell, without editing that."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and watched is self.editor
            and self._key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        editor = self.editor
        assert editor is not None  # noqa: S101 - asked before
        if event.key() == Qt.Key.Key_Escape:
            self._undo(editor)
            return True
        way = _WAYS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if way is None or not editor.ends_with(event.key()):
            return False
        if modifiers == Qt.KeyboardModifier.ControlModifier and way == (1, 0):
            self._end((0, 0))
            self._grid.insert_below()
            return True
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            way = (-abs(way[0]), way[1])
        elif modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        self._end(way)
        return True

    def finish(self) -> None:
        """Takes what is in an open editor, and closes it."""
        self._end((0, 0))

    def _end(self, way: tuple[int, int]) -> None:
        """Takes what was typed, closes the editor and goes on from its cell."""
        editor = self.editor
        if editor is None:
            return
        edited = editor.was_edited
        self.commitData.emit(editor)
        self.editor = None  # what asks again while it closes finds it closed
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self._grid.setFocus()  # a list that was open had it
        self._grid.go(*way, edited=edited)

    def _undo(self, editor: TextCell | ChoiceCell) -> None:
        """Gives back the value with which the editor was opened."""
        if editor.was_edited and editor.index.isValid():
            editor.was_edited = False
            self._model.type_value(editor.index, editor.original)
            self._model.desk.session.settle()
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)

    def _typed(self, text: str) -> None:
        """Passes each key on to the draft: findings and sums follow, and nothing is lost."""
        editor = self.editor
        if editor is not None and editor.index.isValid():
            editor.known = self._model.meant(editor.index, text)
            self._model.type_value(editor.index, editor.known)

    def _take_whole(self, text: str) -> None:
        """Takes a paste that no line can show, whole."""
        self._typed(text)
        editor = self.editor
        if editor is not None:
            editor.was_edited = False
            self._model.desk.session.settle()
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
