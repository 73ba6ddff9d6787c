"""The PIN of a card, asked in the window for the thread that signs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from sif_desktop.app.identities import Secret
from sif_desktop.app.work import StoppedError
from sif_desktop.errors import IdentityError
from sif_desktop.ui.keys.parts import forget_line, named
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import wanted_here

_LOOK_UP = 0.05
"""Seconds after which the thread that signs looks whether its signature is still wanted."""


LONGEST_PIN = 32


@dataclass(eq=False)
class _Question:
    """A question that waits in the thread that signs. Without an answer it was put away."""

    state: Secret
    holder: str
    answer: str | None = field(default=None, repr=False)
    over: threading.Event = field(default_factory=threading.Event)


class PinQuestions(QObject):
    """Asks for a PIN over the window of `owner`. `ask` is called in the thread that signs.

    Neither waits for the other without end: a window that closes waits for the job that signs, so
    a job that is let go of asks no more, whether its question is on the screen already or not yet.
    """

    _asked = Signal(object)
    _left = Signal(object)
    _reader = Signal(object)

    def __init__(self, owner: QWidget, speech: Speech) -> None:
        super().__init__(owner)
        self._owner, self._speech = owner, speech
        self._question: _Question | None = None
        self.dialog: PinDialog | None = None
        self.notice: ReaderNotice | None = None
        self._asked.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._left.connect(self._put_away, Qt.ConnectionType.QueuedConnection)
        self._reader.connect(self._show_reader, Qt.ConnectionType.QueuedConnection)

    def ask(self, state: Secret, holder: str) -> str:
        """The PIN, when it was typed. Raises IdentityError where the question was put away, and
        StoppedError where nobody waits for the signature any more."""
        if not wanted_here():
            raise StoppedError
        question = self._question = _Question(state, holder)
        self._asked.emit(question)
        while not question.over.wait(_LOOK_UP):
            if not wanted_here():
                question.over.set()
                self._left.emit(question)
                raise StoppedError
        answer, question.answer = question.answer, None
        if not answer:
            raise IdentityError("card_cancelled")
        return answer

    def on_reader(self, state: Secret | None) -> None:
        """Says that the PIN is to be typed on the reader, until that is over (None)."""
        self._reader.emit(state)

    def cancel(self) -> None:
        """Puts the question away that is asked now: nothing is signed then."""
        self._end(self._question, None)
        self._show_reader(None)

    def _show(self, question: _Question) -> None:
        """In the window's thread."""
        if question.over.is_set():
            return
        dialog = self.dialog = PinDialog(self._owner.window(), self._speech, question.state)
        dialog.tell(question.holder)
        dialog.finished.connect(lambda _: self._end(question, dialog.take()))
        dialog.open()

    def _show_reader(self, state: Secret | None) -> None:
        """In the window's thread."""
        notice, self.notice = self.notice, None
        if notice:
            notice.hide()
            notice.deleteLater()
        if state:
            self.notice = ReaderNotice(self._owner.window(), self._speech, state)
            self.notice.open()

    def _put_away(self, question: _Question) -> None:
        """In the window's thread: the thread that asked waits no more."""
        if question is self._question:
            self._end(question, None)

    def _end(self, question: _Question | None, answer: str | None) -> None:
        dialog, self.dialog = self.dialog, None
        self._question = None
        if question and not question.over.is_set():
            question.answer = answer
            question.over.set()
        if dialog:
            dialog.reject()
            dialog.deleteLater()


class PinDialog(QDialog):
    """Where a PIN is typed; how near the card is to blocking stands above it."""

    def __init__(self, parent: QWidget, speech: Speech, state: Secret) -> None:
        super().__init__(parent)
        self._speech, self._state = speech, state
        self.setWindowTitle(speech.say("window.identity.pin.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(gap(50))
        self.about, self.warning = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.label, self.line = QLabel(), QLineEdit(maxLength=LONGEST_PIN)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        named(self.label, self.line, speech.say("window.identity.pin.label"))
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.sign = self.buttons.button(kinds.Ok)
        self.sign.setText(speech.say("window.identity.pin.sign"))
        self.sign.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.sign.setEnabled(bool(text)))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(3), gap(3), gap(2))
        layout.setSpacing(gap(1.5))
        for widget in (self.about, self.warning, self.label, self.line, self.buttons):
            layout.addWidget(widget)
        self.line.setFocus()

    def tell(self, holder: str) -> None:
        """Whose card it is, and how many tries are left where the card says so."""
        say = self._speech.say
        self.about.setText(say("window.identity.pin.about", of=holder))
        _warn(self.warning, self._speech, self._state)
        self.line.setAccessibleDescription(self.warning.text())

    def take(self) -> str | None:
        """The PIN that was typed, which is then no longer here; None where it was put away."""
        typed = self.line.text()
        forget_line(self.line)
        return typed if self.result() == QDialog.DialogCode.Accepted else None


class ReaderNotice(QDialog):
    """Says that the reader waits for the PIN, which never comes by here; there it is put away too.

    Whoever closes it does without the sentence; the reader waits on.
    """

    def __init__(self, parent: QWidget, speech: Speech, state: Secret) -> None:
        super().__init__(parent)
        self.setWindowTitle(speech.say("window.identity.pin.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(gap(50))
        self.about, self.warning = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.about.setText(speech.say("window.identity.pin.on_reader"))
        self.setAccessibleName(self.about.text())
        _warn(self.warning, speech, state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(3), gap(3), gap(3))
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.about)
        layout.addWidget(self.warning)


def _warn(label: QLabel, speech: Speech, state: Secret) -> None:
    """How near the card is to blocking, where it says so."""
    low = state in ("pin_low", "pin_final")
    role(label, "warning")
    label.setText(speech.say(f"window.identity.pin.{state}") if low else "")
    label.setVisible(low)
