"""A value in one line: text as it is, and values that have a form in which they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sif_desktop import money
from sif_desktop.calls.call import FieldSpec
from sif_desktop.language import Language
from sif_desktop.language import money as money_shown
from sif_desktop.language import number as number_shown
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.editor import Editor, UndoPassesOn, Value
from sif_desktop.ui.look.tokens import gap

LONGEST_LINE = 20_000
"""Characters that a line shows; a longer text is held whole and shown in part, to read only."""

_COMING_BACK = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)
"""Why a line is left for a moment only."""

_WIDTHS = {"money": 20, "number": 10, "month": 10, "enterprise_number": 20, "iban": 32, "date": 20}


class LineEditor(Editor):
    """A line of text. Keys with a form of their own show it when the author goes elsewhere.

    `read` makes the value of what was typed, `show` the text for a value.
    """

    def __init__(
        self,
        desk: Desk,
        spec: FieldSpec,
        address: str,
        read: Callable[[str], Value] = str,
        show: Callable[[Value, Language], str] = lambda value, _: str(value),
    ) -> None:
        super().__init__(desk, spec, address)
        self._read, self._shown = read, show
        self.line = _Line(self)
        self.line.setMaxLength(LONGEST_LINE)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.line)
        wide = _WIDTHS.get(spec.kind)
        if wide:
            self.line.setFixedWidth(self.line.fontMetrics().averageCharWidth() * wide + gap(5))
            layout.addStretch(1)
        if spec.kind == "email":
            self.line.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.setFocusProxy(self.line)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The line."""
        return (self.line,)

    def set_read_only(self, read_only: bool) -> None:
        """A line that can be read and copied, and not typed in."""
        self.read_only = read_only
        self.line.setReadOnly(read_only or self._is_long(self.held))

    def retranslate(self) -> None:
        """The form of a number goes with the language."""
        if not self.line.hasFocus():
            self._show_formed()

    def take(self, text: str) -> None:
        """Takes a text that is too long to be shown whole, as it was pasted."""
        self._give(self._read(text))
        self._showing = True
        self._show(self.held)
        self._showing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Shows the form of a value when the line is left, and its beginning.

        Whoever opens a menu or turns to another window comes back to where the cursor was.
        """
        if (
            isinstance(event, QFocusEvent)
            and event.type() == QEvent.Type.FocusOut
            and event.reason() not in _COMING_BACK
        ):
            self._show_formed()
            self.line.setCursorPosition(0)
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        if not self._showing:
            self._give(self._read(text))

    def _show(self, value: Value) -> None:
        text = self._shown(value, self.desk.speech.language)
        if text != self.line.text():
            self.line.setText(text[: LONGEST_LINE - 1] + "…" if self._is_long(value) else text)
            if not self.line.hasFocus():
                self.line.setCursorPosition(0)
        self.line.setReadOnly(self.read_only or self._is_long(value))

    def _show_formed(self) -> None:
        self._showing = True
        self._show(self.held)
        self._showing = False

    @staticmethod
    def _is_long(value: Value) -> bool:
        return isinstance(value, str) and len(value) > LONGEST_LINE


class _Line(QLineEdit):
    """A line that hands a paste on that is longer than a line can show, and undo to the window."""

    def __init__(self, editor: LineEditor) -> None:
        super().__init__()
        self._editor = editor
        self.installEventFilter(UndoPassesOn(self))

    def event(self, event: QEvent) -> bool:
        """Looks at what is pasted before Qt cuts it off."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            self.paste()
            return True
        return super().event(event)

    def paste(self) -> None:
        """Pastes; a text that does not fit goes to the editor whole."""
        if self.isReadOnly():
            return
        pasted = QGuiApplication.clipboard().text()
        if len(pasted) + len(self.text()) <= LONGEST_LINE:
            self.insert(" ".join(pasted.splitlines()))
            return
        start = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        end = start + len(self.selectedText())
        text = self.text()
        self._editor.take(text[:start] + pasted + text[end:])


def money_editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """Whole cents, typed as people write amounts and shown as 1.250,00."""
    return LineEditor(desk, spec, address, _read_money, _show_money)


def number_editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """A whole number, or what was typed in its place."""
    return LineEditor(desk, spec, address, _read_number, _show_number)


def enterprise_number_editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """Ten digits, shown as 0123.456.749."""
    return LineEditor(
        desk, spec, address, show=lambda value, _: enterprise_number_shown(str(value))
    )


def iban_editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """An account number, shown in groups of four."""
    return LineEditor(desk, spec, address, show=lambda value, _: iban_shown(str(value)))


def _read_money(typed: str) -> Value:
    cents = money.parse(typed)
    return typed if cents is None else cents


def _show_money(value: Value, language: Language) -> str:
    return money_shown(value, language) if isinstance(value, int) else str(value)


def _read_number(typed: str) -> Value:
    digits = re.sub(r"[\s\u00a0\u202f]", "", typed)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else typed


def _show_number(value: Value, language: Language) -> str:
    return number_shown(value, language) if isinstance(value, int) else str(value)


def enterprise_number_shown(value: str) -> str:
    """Ten digits in their groups; anything else as it is."""
    digits = re.sub(r"^BE|[\s.\-]", "", value.strip(), flags=re.IGNORECASE)
    if re.fullmatch(r"[0-9]{10}", digits):
        return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
    return value


def iban_shown(value: str) -> str:
    """An account number in capitals and groups of four; anything else as it is."""
    signs = re.sub(r"\s", "", value).upper()
    if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}", signs):
        return " ".join(signs[place : place + 4] for place in range(0, len(signs), 4))
    return value
