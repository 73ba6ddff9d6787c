"""The editors of a cell: a line for text and amounts, and one of several names."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from sif_desktop.ui.budget.clip import well_formed
from sif_desktop.ui.fields.editor import UndoPassesOn
from sif_desktop.ui.fields.line import LONGEST_LINE
from sif_desktop.ui.look.theme import role

Value = int | str

_SCROLL_BAR = 28
_MOST_ROWS = 14


class CellEditor:
    """What the editors of cells have in common.

    `index` is their cell, `original` the value that it had when they were opened, `known` the one
    that they showed or gave last. `was_edited` tells whether something was typed or chosen.
    """

    index: QPersistentModelIndex
    original: Value = ""
    known: Value | None = None
    was_edited = False

    @property
    def typed(self) -> str:
        """The text as it stands in the editor."""
        raise NotImplementedError

    def fill(self, text: str, value: Value) -> None:
        """Shows a value of the proposal, as `text`."""
        if self.known is None:
            self.original = value
        self.known = value
        self._show(text)

    def _show(self, text: str) -> None:
        raise NotImplementedError

    def ends_with(self, key: int) -> bool:
        """Whether a key that leads to another cell ends the editing."""
        raise NotImplementedError


class TextCell(QLineEdit, CellEditor):
    """A line. A paste that no line can show is handed on whole."""

    too_long = Signal(str)

    def __init__(self, parent: QWidget, index: QPersistentModelIndex, *, right: bool) -> None:
        super().__init__(parent)
        self.index = index
        role(self, "cell")
        self.setMaxLength(LONGEST_LINE)
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textEdited.connect(self._edited)
        self.installEventFilter(UndoPassesOn(self))

    @property
    def typed(self) -> str:
        """The text of the line."""
        return self.text()

    def ends_with(self, key: int) -> bool:
        """Every such key: a line has no use for them."""
        return True

    def event(self, event: QEvent) -> bool:
        """Looks at what is pasted before Qt cuts it off."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
            else:
                self.paste()
            return True
        return super().event(event)

    def paste(self) -> None:
        """Pastes into the line, or hands the whole text on."""
        pasted = well_formed(QGuiApplication.clipboard().text())
        if len(pasted) + len(self.text()) <= LONGEST_LINE:
            self.insert(" ".join(pasted.split("\n")).replace("\t", " "))
            self.textEdited.emit(self.text())
            return
        start = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        end = start + len(self.selectedText())
        self.too_long.emit(self.text()[:start] + pasted + self.text()[end:])

    def _edited(self) -> None:
        self.was_edited = True

    def _show(self, text: str) -> None:
        self.setText(text)


class ChoiceCell(QComboBox, CellEditor):
    """One of several names: typing completes them, Alt+Down shows them all.

    Any other text can be typed too: it stays, with a finding. `picked` tells that a name was
    chosen from the list.
    """

    picked = Signal()

    def __init__(
        self, parent: QWidget, index: QPersistentModelIndex, names: dict[str, str]
    ) -> None:
        super().__init__(parent)
        self.index = index
        self._closing = False
        role(self, "cell")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.addItems(list(names.values()))
        self._line = self.lineEdit() or QLineEdit()
        self._line.setMaxLength(LONGEST_LINE)
        self._line.textEdited.connect(self._edited)
        self.activated.connect(self._activated)
        self.installEventFilter(UndoPassesOn(self))

    @property
    def typed(self) -> str:
        """The name, completed as it is shown."""
        return self.currentText()

    def ends_with(self, key: int) -> bool:
        """Enter and Tab; the arrows walk through the names."""
        return not self.view().isVisible() and key not in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        """Shows all names, wide enough to read them."""
        wide = self.view().sizeHintForColumn(0) + _SCROLL_BAR
        self.view().setMinimumWidth(max(wide, self.width()))
        self._closing = False
        super().showPopup()

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        """Notes that a choice which follows at once was made in the list."""
        self._closing = True
        QTimer.singleShot(0, self, self._closed)
        super().hidePopup()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls the grid, and changes nothing."""
        event.ignore()

    def _closed(self) -> None:
        self._closing = False

    def _edited(self) -> None:
        self.was_edited = True

    def _activated(self) -> None:
        self.was_edited = True
        if self._closing:
            QTimer.singleShot(0, self, self._pick)  # the list has to close first

    def _pick(self) -> None:
        if self.isVisible():  # its cell may have gone meanwhile
            self.picked.emit()

    def _show(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)
        self._line.end(False)
        self._line.home(True)  # all of it, and its beginning to be seen
