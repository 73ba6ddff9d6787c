"""What the panels for identities share: lines for secrets, names of lines, an identity shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


def secret_line() -> QLineEdit:
    """A line in which a passphrase is typed."""
    line = QLineEdit(maxLength=1000)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def forget_line(line: QLineEdit) -> None:
    """Takes away what was typed in a line, also from what Undo brings back: `clear` would not."""
    line.setText("")


def named(label: QLabel, line: QWidget, text: str) -> None:
    """Gives an input its name, on the screen and aloud."""
    role(label, "label")
    label.setText(text)
    label.setBuddy(line)
    line.setAccessibleName(text)


def column(*parts: QWidget | QLayout) -> QVBoxLayout:
    """Parts beneath one another, on the grid."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap(1))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


def row(*parts: QWidget, stretch: int = -1) -> QHBoxLayout:
    """Parts beside one another; the one at `stretch` takes the room that is left, if any does."""
    layout = QHBoxLayout()
    layout.setSpacing(gap(1))
    for place, part in enumerate(parts):
        layout.addWidget(part, int(place == stretch))
    if stretch < 0:
        layout.addStretch(1)
    return layout


def figures() -> QLabel:
    """A fingerprint in large figures, to be read out loud and copied."""
    label = QLabel(wordWrap=True)
    role(label, "figures")
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return label


class Unlock(QWidget):
    """Where the passphrase of a key is typed. `wanted` gives it, and it is no longer here then."""

    wanted = Signal(str)

    def __init__(self, speech: Speech, label_key: str) -> None:
        super().__init__()
        self._speech, self._label_key = speech, label_key
        self._busy = False
        self.label = QLabel()
        self.passphrase, self.open, self.show_it = secret_line(), QPushButton(), QCheckBox()
        self.passphrase.textChanged.connect(self._may_open)
        self.passphrase.returnPressed.connect(self._want)
        self.open.clicked.connect(lambda _=False: self._want())
        self.show_it.toggled.connect(self._reveal)
        line = row(self.passphrase, self.open, stretch=0)
        self.setLayout(column(self.label, line, row(self.show_it)))
        self._may_open()

    def forget(self) -> None:
        """Takes what was typed away."""
        self.show_it.setChecked(False)
        forget_line(self.passphrase)

    def set_busy(self, busy: bool) -> None:
        """While a key is opened, no other is."""
        self._busy = busy
        self.setEnabled(not busy)
        self._may_open()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        named(self.label, self.passphrase, say(self._label_key))
        self.show_it.setText(say("window.identity.show"))
        self.open.setText(say("window.identity.open"))

    def _want(self) -> None:
        if self.open.isEnabled():
            typed = self.passphrase.text()
            self.forget()
            self.wanted.emit(typed)

    def _may_open(self) -> None:
        self.open.setEnabled(bool(self.passphrase.text()) and not self._busy)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)


class Opened(QWidget):
    """Whose identity is open, with its fingerprint in groups to compare by telephone."""

    closed = Signal()

    def __init__(self, speech: Speech, note_key: str) -> None:
        super().__init__()
        self._speech, self._note_key = speech, note_key
        self._self_issued = False
        self.who, self.print_label, self.note = (QLabel(wordWrap=True) for _ in range(3))
        self.fingerprint = figures()
        role(self.who, "lead")
        role(self.print_label, "small")
        role(self.note, "muted")
        self.close_it = QPushButton()
        self.close_it.clicked.connect(lambda _=False: self.closed.emit())
        parts = (self.who, self.print_label, self.fingerprint, self.note)
        self.setLayout(column(*parts, row(self.close_it)))

    def show_identity(self, identity: Identity) -> None:
        """Shows an identity that was opened."""
        from sif_desktop.bundle.certificate import facts
        from sif_desktop.bundle.identity import fingerprint_groups

        self._self_issued = facts(identity.certificate).self_issued
        self._note()
        parts = (identity.name, identity.organisation)
        self.who.setText(", ".join(part for part in parts if part))
        self.fingerprint.setText(fingerprint_groups(identity.fingerprint))

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.print_label.setText(say("window.identity.fingerprint"))
        self.fingerprint.setAccessibleName(self.print_label.text())
        self._note()
        self.close_it.setText(say("window.identity.lock"))

    def _note(self) -> None:
        """What others can know by this key. No authority stands behind what one made oneself."""
        key = "window.identity.note.own" if self._self_issued else self._note_key
        self.note.setText(self._speech.say(key))
