"""The grid: the keys of a spreadsheet on the lines of the budget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from sif_desktop.ui.budget.cells import CHEVRON, CellDelegate
from sif_desktop.ui.budget.deeds import Deeds
from sif_desktop.ui.budget.editors import ChoiceCell
from sif_desktop.ui.budget.fitting import Fitting
from sif_desktop.ui.budget.lines import Index
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
_K = Qt.Key


class Grid(QTableView):
    """The table of lines. What is done to many cells is in `deeds`; this is about keys and mouse.

    Tab and Enter go on to the next cell as in a spreadsheet; Tab behind the last cell, and
    Ctrl+Tab anywhere, leave the grid.
    """

    def __init__(self, model: BudgetModel) -> None:
        super().__init__()
        self.lines = model
        self.setModel(model)
        self.deeds = Deeds(self, model)
        self.delegate = CellDelegate(self, model)
        self.setItemDelegate(self.delegate)
        role(self, "grid")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self._keys = self._make_keys()
        self._pressed = QModelIndex()
        self._headers()
        self._fitting = Fitting(self)
        self.doubleClicked.connect(lambda _: QTimer.singleShot(0, self, self._show_list))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Columns take the room that there is."""
        super().resizeEvent(event)
        self._fitting.fit()

    # -- where one is -----------------------------------------------------------------------

    def go(self, down: int, right: int, *, edited: bool = False) -> bool:
        """Goes on to a neighbour of the current cell; False where there is none.

        Going right passes over what cannot be typed in, and on to the next line; behind the last
        cell an editor that was typed in begins a new line.
        """
        at = self.currentIndex()
        if not at.isValid() or (down, right) == (0, 0):
            return False
        row, column = at.row() + down, at.column()
        if right:
            row, column = self._beside(row, column, right)
        if row >= self.lines.rowCount() and right and edited and not self.lines.desk.read_only:
            self.deeds.insert_below()
            return True
        return self.point_at(row, column)

    def _beside(self, row: int, column: int, by: int) -> tuple[int, int]:
        """The next cell to type in, on the next line after the last of this one."""
        typed = [place for place, one in enumerate(self.lines.columns) if one.typed]
        after = [place for place in typed if (place > column if by > 0 else place < column)]
        if after:
            return row, after[0] if by > 0 else after[-1]
        return row + by, typed[0] if by > 0 else typed[-1]

    def show_cell(self, row: int, column: int) -> None:
        """Makes a cell the current one and puts the focus on the grid."""
        self.point_at(row, column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, row: int, column: int) -> bool:
        """Makes a cell the current one, and the only one that is chosen; False without it.

        Qt's own way would look at which keys are held down just now.
        """
        target = self.lines.index(row, column)
        if target.isValid():
            only = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(target, only)
            self.scrollTo(target)
        return target.isValid()

    def select_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Chooses a rectangle of cells; its first becomes the current one."""
        first = self.lines.index(top, left)
        block = QItemSelection(first, self.lines.index(bottom, right))
        chosen = self.selectionModel()
        chosen.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        chosen.select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(first)

    def insert_below(self) -> None:
        """A new line behind the current one."""
        self.deeds.insert_below()

    # -- lists of names ---------------------------------------------------------------------

    def opens_list(self, index: Index) -> bool:
        """Whether a cell holds one of several names that can be chosen now."""
        column = self.lines.columns[index.column()]
        return column.kind == "choice" and bool(
            self.lines.flags(index) & Qt.ItemFlag.ItemIsEditable
        )

    def open_list(self) -> None:
        """Edits the current cell, with all names shown where it holds one of several."""
        if self.lines.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
            # The form that asks, and does not complain of a text too long to be edited here.
            always = self.EditTrigger.AllEditTriggers
            self.edit(self.currentIndex(), always, None)  # type: ignore[call-overload]
            self._show_list()

    def _show_list(self) -> None:
        if isinstance(self.delegate.editor, ChoiceCell):
            self.delegate.editor.showPopup()

    # -- keys and mouse ---------------------------------------------------------------------

    def _make_keys(self) -> dict[tuple[int, Qt.KeyboardModifier], Callable[[], object]]:
        """What keys do while no cell is being edited."""
        deeds, go = self.deeds, self.go
        return {
            (_K.Key_F2, _PLAIN): self.open_list,
            (_K.Key_Down, _ALT): self.open_list,
            (_K.Key_Return, _PLAIN): lambda: go(1, 0),
            (_K.Key_Return, _SHIFT): lambda: go(-1, 0),
            (_K.Key_Return, _CTRL): deeds.insert_below,
            (_K.Key_Insert, _PLAIN): deeds.insert_below,
            (_K.Key_Delete, _PLAIN): deeds.empty,
            (_K.Key_Backspace, _PLAIN): deeds.empty,
            (_K.Key_Delete, _CTRL): deeds.remove,
            (_K.Key_Minus, _CTRL): deeds.remove,
            (_K.Key_D, _CTRL): deeds.fill_down,
            (_K.Key_Up, _ALT | _SHIFT): lambda: deeds.move(-1),
            (_K.Key_Down, _ALT | _SHIFT): lambda: deeds.move(1),
            (_K.Key_Up, _CTRL): lambda: self._edge(-1, 0),
            (_K.Key_Down, _CTRL): lambda: self._edge(1, 0),
            (_K.Key_Left, _CTRL): lambda: self._edge(0, -1),
            (_K.Key_Right, _CTRL): lambda: self._edge(0, 1),
            (_K.Key_Tab, _CTRL): lambda: self._leave(True),
            (_K.Key_Backtab, _CTRL | _SHIFT): lambda: self._leave(False),
            (_K.Key_Tab, _CTRL | _SHIFT): lambda: self._leave(False),
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Does what the key is for; a letter begins to edit, and what is no use here goes on."""
        for key, deed in (
            (QKeySequence.StandardKey.Copy, self.deeds.copy),
            (QKeySequence.StandardKey.Cut, self.deeds.cut),
            (QKeySequence.StandardKey.Paste, self.deeds.paste),
        ):
            if event.matches(key):
                deed()
                event.accept()
                return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        code = _K.Key_Return if event.key() == _K.Key_Enter else event.key()
        if code in (_K.Key_Tab, _K.Key_Backtab) and not modifiers & _CTRL:
            event.setAccepted(self.go(0, 1 if code == _K.Key_Tab else -1))
            return
        act = self._keys.get((code, modifiers))
        if act is None:
            super().keyPressEvent(event)
            return
        act()
        event.accept()

    def focusInEvent(self, _: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Shows the ring; Qt would paint all cells anew, also after each one that is edited."""
        self.update(self.currentIndex())

    def focusOutEvent(self, _: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the ring away, and paints nothing else."""
        self.update(self.currentIndex())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes to the next cell, and out of the grid behind the last."""
        key = _K.Key_Tab if forward else _K.Key_Backtab
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, _PLAIN)
        self.keyPressEvent(event)
        return event.isAccepted() or self._leave(forward)

    def _leave(self, forward: bool) -> bool:
        """Gives the focus to what stands behind or before the grid."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyboardSearch(self, _: str) -> None:  # noqa: N802 - Qt's name
        """Letters that cannot be typed in a cell lead nowhere else."""

    def _edge(self, down: int, right: int) -> None:
        """Goes to the first or last line or column."""
        at, model = self.currentIndex(), self.lines
        row = {-1: 0, 0: at.row(), 1: model.rowCount() - 1}[down]
        column = {-1: 0, 0: at.column(), 1: model.columnCount() - 1}[right]
        self.point_at(row, column)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remembers whether the current cell was clicked."""
        at = self.indexAt(event.position().toPoint())
        self._pressed = at if at == self.currentIndex() else QModelIndex()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The sign at the right of the current cell opens its list."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        at = self.indexAt(point)
        if at.isValid() and at == self._pressed and self.opens_list(at):
            box = self.visualRect(at)
            if QRect(box.right() - CHEVRON, box.top(), CHEVRON, box.height()).contains(point):
                self.open_list()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """All that can be done to the chosen cells, with the keys for it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.deeds.fill_menu(menu)
        menu.popup(event.globalPos())

    # -- how it looks -----------------------------------------------------------------------

    def _headers(self) -> None:
        height = self.fontMetrics().height() + gap(1.5)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(height)
        down.setMinimumSectionSize(height)
        down.setHighlightSections(False)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across = self.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setMinimumSectionSize(gap(6))
        across.setHighlightSections(False)
