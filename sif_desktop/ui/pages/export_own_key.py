"""The key of this machine: made at the first use, and opened with its passphrase afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app import identities
from sif_desktop.errors import SifError
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_identity import IdentityPanel, column, named, secret_line
from sif_desktop.ui.pages.export_new_key import NewKey


class OwnKey(IdentityPanel):
    """There is no key yet, or it is locked, or it is open: each is shown in its own way.

    A passphrase is taken out of its field the moment it is used.
    """

    key = "own"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.new = NewKey(desk)
        self.new.wanted.connect(self._make)
        self.locked, self.unlocked = QWidget(), QWidget()
        self.trouble = QLabel(wordWrap=True)
        role(self.trouble, "error")
        self.working = QProgressBar(textVisible=False, maximum=0)
        self._build_locked()
        self._build_unlocked()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        for part in (self.new, self.locked, self.unlocked, self.trouble, self.working):
            layout.addWidget(part)
        self.refresh()
        self.retranslate()

    def refresh(self) -> None:
        """Shows the way that fits."""
        there = identities.has_default()
        self.new.setVisible(not self.identity and not there)
        self.locked.setVisible(not self.identity and there)
        self.unlocked.setVisible(self.identity is not None)
        if self.identity:
            from sif_desktop.bundle.identity import fingerprint_groups

            parts = (self.identity.name, self.identity.organisation)
            self.who.setText(", ".join(part for part in parts if part))
            self.fingerprint.setText(fingerprint_groups(self.identity.fingerprint))
        self.trouble.hide()
        self.working.setVisible(self.busy)
        for part in (self.new, self.locked):
            part.setEnabled(not self.busy)
        self._may_open()

    def refused(self, error: SifError) -> None:
        """Says it beneath the field, which has the focus to try again."""
        self.trouble.setText(self.desk.speech.error(error))
        self.trouble.show()
        line = self.new.passphrase if self.new.isVisibleTo(self) else self.passphrase
        line.setAccessibleDescription(self.trouble.text())
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self) -> None:
        """Also forgets what was typed and not used."""
        self.new.forget()
        self._forget()
        super().lock()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.new.retranslate()
        named(self.label, self.passphrase, say("window.identity.opening"))
        self.locked_about.setText(say("window.identity.locked_about"))
        self.show_it.setText(say("window.identity.show"))
        self.open.setText(say("window.identity.open"))
        self.print_label.setText(say("window.identity.fingerprint"))
        self.self_made.setText(say("window.identity.self_made"))
        self.close_it.setText(say("window.identity.lock"))
        self.working.setAccessibleName(say("window.identity.working"))

    def _make(self, name: str, organisation: str, passphrase: str) -> None:
        self.begin(lambda: identities.create_default(lambda *_: passphrase, name, organisation))

    def _unlock(self) -> None:
        if not self.open.isEnabled():
            return
        passphrase = self.passphrase.text()
        self._forget()
        self.begin(lambda: identities.open_identity(identities.DEFAULT, lambda *_: passphrase))

    def _forget(self) -> None:
        self.show_it.setChecked(False)
        self.passphrase.clear()

    def _may_open(self) -> None:
        self.open.setEnabled(bool(self.passphrase.text()) and not self.busy)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)

    def _build_locked(self) -> None:
        """Opening it: the passphrase."""
        self.locked_about, self.label = QLabel(wordWrap=True), QLabel()
        self.passphrase, self.open, self.show_it = secret_line(), QPushButton(), QCheckBox()
        self.passphrase.textChanged.connect(self._may_open)
        self.passphrase.returnPressed.connect(self._unlock)
        self.open.clicked.connect(lambda _=False: self._unlock())
        self.show_it.toggled.connect(self._reveal)
        row = QHBoxLayout()
        row.addWidget(self.passphrase, 1)
        row.addWidget(self.open)
        box = QHBoxLayout()
        box.addWidget(self.show_it)
        box.addStretch(1)
        self.locked.setLayout(column(self.locked_about, self.label, row, box))

    def _build_unlocked(self) -> None:
        """Whose it is, with its fingerprint in groups to compare by telephone."""
        self.who, self.print_label, self.self_made = (QLabel(wordWrap=True) for _ in range(3))
        self.fingerprint = QLabel(wordWrap=True)
        role(self.who, "lead")
        role(self.print_label, "small")
        role(self.self_made, "muted")
        role(self.fingerprint, "figures")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_it = QPushButton()
        self.close_it.clicked.connect(lambda _=False: self.lock())
        foot = QHBoxLayout()
        foot.addWidget(self.close_it)
        foot.addStretch(1)
        parts = (self.who, self.print_label, self.fingerprint, self.self_made)
        self.unlocked.setLayout(column(*parts, foot))
