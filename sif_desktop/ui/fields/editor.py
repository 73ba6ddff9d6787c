"""What every editor of a value can do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from sif_desktop.calls.call import FieldSpec
from sif_desktop.ui.desk import Desk

Value = int | str | tuple[str, ...]
"""A leaf of the proposal."""


class Editor(QWidget):
    """Shows one value and tells when its author gives it another.

    An editor holds the value that it showed or gave last. `hold` with the same value does
    nothing, so that what is being typed stays as it is typed; another value (after undo, after
    merging) is shown at once. Subclasses fill in `_show`, and call `_give` when something was
    typed.
    """

    edited = Signal(object)

    def __init__(self, desk: Desk, spec: FieldSpec, address: str) -> None:
        super().__init__()
        self.read_only = not desk.may_change(address)
        self.desk = desk
        self.spec = spec
        self.address = address
        self._held: Value | None = None
        self._showing = False

    @property
    def held(self) -> Value:
        """The value as it is shown."""
        return "" if self._held is None else self._held

    def hold(self, value: Value) -> None:
        """Shows a value of the proposal, unless it is the one that is shown already."""
        if self._held is not None and self._held == value and type(self._held) is type(value):
            return
        self._held = value
        self._showing = True
        try:
            self._show(value)
        finally:
            self._showing = False

    def _give(self, value: Value) -> None:
        """Tells that the author gave another value; nothing while a value is being shown."""
        if self._showing or (self._held == value and type(self._held) is type(value)):
            return
        self._held = value
        self.edited.emit(value)

    def _show(self, value: Value) -> None:
        raise NotImplementedError

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take keys: they get the accessible name; the first is the label's."""
        raise NotImplementedError

    @property
    def length(self) -> int:
        """How many characters are in it, for the counter."""
        return len(self._held) if isinstance(self._held, str) else 0

    def refresh(self) -> None:
        """Brings what is shown up to date with the rest of the proposal (names, choices)."""

    def retranslate(self) -> None:
        """Says everything anew in the language of the interface."""

    def set_read_only(self, read_only: bool) -> None:
        """Makes the value one to look at only: it can be reached and read, and not changed."""
        self.read_only = read_only
        self.lock_inputs()

    def lock_inputs(self) -> None:
        """Makes the inputs as they have to be, also those that were just made."""
        for widget in self.inputs:
            lock(widget, self.read_only)

    def set_wrong(self, wrong: bool) -> None:
        """Marks that a finding that blocks stands beneath."""
        for widget in self.inputs:
            if bool(widget.property("wrong")) != wrong:
                widget.setProperty("wrong", wrong)
                widget.style().unpolish(widget)
                widget.style().polish(widget)


def lock(widget: QWidget, locked: bool) -> None:
    """Makes an input that knows no "read only" one that can be reached and read, not changed."""
    if bool(widget.property("locked")) == locked:
        return
    widget.setProperty("locked", locked)
    known = widget.findChild(_Locked, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if known is None:
        widget.installEventFilter(_Locked(widget))
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class _Locked(QObject):
    """Keeps mouse and keys from an input as long as it is locked, but for those that lead away."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Takes away what would change the value."""
        if not watched.property("locked"):
            return False
        if event.type() in _PRESSES:
            if isinstance(watched, QWidget) and event.type() == QEvent.Type.MouseButtonPress:
                watched.setFocus(Qt.FocusReason.MouseFocusReason)
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return False
            event.ignore()  # so that keys of the page and the window still do what they do
            return True
        return False


_PRESSES = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.KeyRelease,
)


class UndoPassesOn(QObject):
    """Lets undo and redo through to the window: they undo the draft, not the keys of one input."""

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Takes undo and redo away from the input."""
        if isinstance(event, QKeyEvent) and event.type() in (
            QEvent.Type.ShortcutOverride,
            QEvent.Type.KeyPress,
        ):
            keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(key) for key in keys):
                event.ignore()
                return True
        return False
