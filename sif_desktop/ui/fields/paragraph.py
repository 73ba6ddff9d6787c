"""A text of more lines, that grows with what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from sif_desktop.calls.call import FieldSpec
from sif_desktop.ui.desk import HUGE, Desk
from sif_desktop.ui.fields.editor import Editor, UndoPassesOn, Value
from sif_desktop.ui.look.theme import role

FEWEST_LINES, MOST_LINES = 3, 16

LONGEST_SHOWN = 400_000
"""Characters that are shown to be typed in; a longer text is held whole and its beginning shown."""

PAUSE = 600
"""Milliseconds without a key after which a huge text is passed on."""


class ParagraphEditor(Editor):
    """A text of more lines. Tab goes to the next field."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str) -> None:
        super().__init__(desk, spec, address)
        self.text = _Text(self)
        self.note = QLabel(wordWrap=True)
        role(self.note, "small")
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.text)
        layout.addWidget(self.note)
        self.setFocusProxy(self.text)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._pass_on)
        self.text.textChanged.connect(self._typed)
        self.text.installEventFilter(self)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The text."""
        return (self.text,)

    @property
    def length(self) -> int:
        """Characters, counted from what Qt knows while a huge text is being typed."""
        if self._pause.isActive():
            return self.text.document().characterCount() - 1
        return super().length

    def set_read_only(self, read_only: bool) -> None:
        """A text that can be read and copied, and not typed in."""
        self.read_only = read_only
        self.text.setReadOnly(read_only or self._is_long())

    def retranslate(self) -> None:
        """Only the note about a long text has words."""
        self._tell_long()

    def take(self, text: str) -> None:
        """Takes a text that is too long to be shown whole, as it was pasted."""
        self._give(text)
        self._showing = True
        self._show(text)
        self._showing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Passes on what waits when the text is left."""
        if event.type() == QEvent.Type.FocusOut and self._pause.isActive():
            self._pass_on()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if self._showing:
            return
        if self.text.document().characterCount() > HUGE:
            self._pause.start()
        else:
            self._pass_on()

    def _pass_on(self) -> None:
        self._pause.stop()
        if not self._is_long():
            self._give(self.text.toPlainText())

    def _show(self, value: Value) -> None:
        self._pause.stop()
        text = str(value)
        shown = text[: LONGEST_SHOWN // 20] + " …" if self._is_long() else text
        current = self.text.toPlainText()
        if shown != current:
            self._replace(current, shown)
        self.text.setReadOnly(self.read_only or self._is_long())
        self._tell_long()

    def _replace(self, current: str, shown: str) -> None:
        """Changes only what differs, so that the cursor and the scroll bar stay where they are."""
        if not self.text.hasFocus() or not current or not shown:
            self.text.setPlainText(shown)
            return
        start = _same(current, shown)
        rest = min(len(current), len(shown)) - start
        end = min(_same(current[start:][::-1], shown[start:][::-1]), rest)
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(_units(current[:start]))
        cursor.setPosition(_units(current[: len(current) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(shown[start : len(shown) - end])

    def _is_long(self) -> bool:
        return isinstance(self._held, str) and len(self._held) > LONGEST_SHOWN

    def _tell_long(self) -> None:
        long = self._is_long()
        if long:
            self.note.setText(self.desk.speech.say("window.fields.very_long", count=self.length))
        self.note.setVisible(long)


class _Text(QPlainTextEdit):
    """An input as high as its lines, between bounds; the page around it scrolls with the wheel."""

    def __init__(self, editor: ParagraphEditor) -> None:
        super().__init__()
        self._editor = editor
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.installEventFilter(UndoPassesOn(self))
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Pastes; a text too long to be shown goes to the editor whole, and nothing freezes."""
        pasted = source.text()
        if len(pasted) + self.document().characterCount() <= LONGEST_SHOWN:
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        text = self.toPlainText()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self._editor.take(text[:start] + pasted + text[end:])

    def wheelEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Scrolls the page rather than the text where all of it can be seen, or without focus."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)  # type: ignore[arg-type]
        else:
            event.ignore()  # type: ignore[attr-defined]

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere now."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._grow()

    def _grow(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid() and lines <= MOST_LINES:
            lines += max(1, block.layout().lineCount() if block.layout() else 1)
            block = block.next()
        lines = min(max(lines, FEWEST_LINES), MOST_LINES)
        height = lines * self.fontMetrics().lineSpacing() + 22
        if height != self.height():
            self.setFixedHeight(height)


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    count = min(len(one), len(other))
    if one[:count] == other[:count]:
        return count
    low, high = 0, count
    while high - low > 1:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low


def _units(text: str) -> int:
    """The length of a text as Qt counts: characters beyond the first plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
