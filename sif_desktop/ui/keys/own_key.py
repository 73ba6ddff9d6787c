"""The key of this machine: made at the first use, and opened with its passphrase afterwards."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from sif_desktop.app import identities
from sif_desktop.ui.keys.new_key import NewKey
from sif_desktop.ui.keys.panel import IdentityPanel
from sif_desktop.ui.keys.parts import Unlock, column


class OwnKey(IdentityPanel):
    """There is no key yet, or it is locked, or it is open: each is shown in its own way.

    A passphrase is taken out of its field the moment it is used.
    """

    key = "own"

    def make_shut(self) -> tuple[QWidget, ...]:
        """The form for a first key, and where an existing one is opened."""
        self.new = NewKey(self.speech)
        self.new.wanted.connect(self._make)
        self.locked, self.locked_about = QWidget(), QLabel(wordWrap=True)
        self.unlock = Unlock(self.speech, "window.identity.opening")
        self.unlock.wanted.connect(self._open)
        self.locked.setLayout(column(self.locked_about, self.unlock))
        return self.new, self.locked

    def shut_now(self) -> QWidget:
        """The form until there is a key."""
        return self.locked if identities.has_default() else self.new

    def asked(self) -> QWidget:
        """The passphrase."""
        return self.unlock.passphrase if identities.has_default() else self.new.passphrase

    def forget(self) -> None:
        """In both."""
        self.new.forget()
        self.unlock.forget()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        self.new.retranslate()
        self.unlock.retranslate()
        self.locked_about.setText(self.speech.say("window.identity.locked_about"))

    def _make(self, name: str, organisation: str, passphrase: str) -> None:
        self.begin(lambda: identities.create_default(lambda *_: passphrase, name, organisation))

    def _open(self, passphrase: str) -> None:
        self.begin(lambda: identities.open_identity(identities.DEFAULT, lambda *_: passphrase))
