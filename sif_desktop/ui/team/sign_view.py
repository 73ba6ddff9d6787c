"""Signing off a partner's own parts: what they are, what is wrong with them, and who signs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import own_words
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.team.part_list import findings_in, told
from sif_desktop.ui.team.state import StateRow

_LONGEST = 200


class SignView(QWidget):
    """`wanted` asks to sign off in the name that was given, `left` to leave it."""

    wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.partner = ""
        self._assigned: tuple[str, ...] = ()
        self.notices = Notices(desk)
        self.title, self.what, self.name = QLabel(), QLabel(wordWrap=True), QLabel()
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        role(self.name, "label")
        self.errors = StateRow(desk)
        self.by = QLineEdit()
        self.by.setMaxLength(_LONGEST)
        self.by.textChanged.connect(lambda _: self._enable())
        self.name.setBuddy(self.by)
        self.cancel, self.sign = QPushButton(), QPushButton()
        role(self.sign, "primary")
        self.cancel.clicked.connect(lambda _=False: self.left.emit())
        self.sign.clicked.connect(lambda _=False: self.wanted.emit())
        self.by.returnPressed.connect(self.sign.click)
        self._arrange()

    def show_parts(self, partner: str, assigned: tuple[str, ...]) -> None:
        """Begins to sign off a partner's parts, in the name of whoever works here."""
        self.partner, self._assigned = partner, assigned
        self.notices.clear()
        self.by.setText(self.desk.session.author)
        self.retranslate()

    def focus(self) -> None:
        """Puts the focus where one begins."""
        self.by.setFocus(Qt.FocusReason.OtherFocusReason)
        self.by.selectAll()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.title.setText(say("window.team.sign.what"))
        self.name.setText(say("window.team.sign.by"))
        self.by.setAccessibleName(say("window.team.sign.by"))
        self.cancel.setText(say("window.team.cancel"))
        self.sign.setText(say("window.team.sign.do"))
        self._enable()
        if not self.partner:
            return
        parts = own_words.own(
            self.desk.proposal, self.partner, self._assigned, self.desk.call, self.desk.speech.words
        )
        self.what.setText(told(self.desk, parts) or say("window.team.packet.own_none"))
        found = [one for part in parts for one in findings_in(self.desk, part)]
        count = sum(one.severity == "error" for one in found)
        self.errors.setVisible(count > 0)
        self.errors.say(say("window.team.sign.errors", count=count), "warning", "warning")

    def _enable(self) -> None:
        self.sign.setEnabled(bool(self.by.text().strip()))

    def _arrange(self) -> None:
        frame, inside = card(self.title)
        inside.setSpacing(gap(1.5))
        inside.addWidget(self.what)
        inside.addWidget(self.errors)
        inside.addWidget(self.name)
        inside.addWidget(self.by)
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.sign)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.notices)
        layout.addWidget(frame)
        layout.addStretch(1)
