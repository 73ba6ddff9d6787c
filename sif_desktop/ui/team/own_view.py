"""The page in a draft that is a packet: what is to be filled in, and signing it off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import own_words
from sif_desktop.app.team import Member
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.team.part_list import PartLinks
from sif_desktop.ui.team.standing_words import sign_said
from sif_desktop.ui.team.state import StateRow


class OwnView(QWidget):
    """`wants_sign` gives the partner's id; `wanted` an address to go to."""

    wants_sign = Signal(str)
    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._member: Member | None = None
        self.title, self.sign_title = QLabel(), QLabel()
        self.about = QLabel(wordWrap=True)
        role(self.about, "muted")
        self.parts = PartLinks(desk)
        self.parts.wanted.connect(self.wanted)
        self.signed, self.sign = StateRow(desk), QPushButton()
        self.sign.clicked.connect(lambda _=False: self.wants_sign.emit(self.partner))
        own, own_in = card(self.title)
        own_in.addWidget(self.parts)
        sign, sign_in = card(self.sign_title)
        sign_in.setSpacing(gap(1.5))
        for widget in (self.about, self.signed):
            sign_in.addWidget(widget)
        sign_in.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(2))
        layout.addWidget(own)
        layout.addWidget(sign)

    @property
    def partner(self) -> str:
        """The id of the partner whose packet it is."""
        return self.desk.own.packet.partner if self.desk.own else ""

    @property
    def assigned(self) -> tuple[str, ...]:
        """What was assigned to it by hand."""
        return self.desk.own.packet.assigned if self.desk.own else ()

    def show_member(self, member: Member | None) -> None:
        """Shows how its sign-off stands."""
        self._member = member
        standing = member.standing if member else None
        self.signed.say(*sign_said(self.desk, standing))
        key = "sign_again" if standing else "sign"
        self.sign.setText(self.desk.speech.say(f"window.team.members.{key}"))
        self.sign.setVisible(not self.desk.read_only)

    def refresh(self) -> bool:
        """Shows what is its own now; whether other links are there."""
        desk = self.desk
        parts = own_words.own(
            desk.proposal, self.partner, self.assigned, desk.call, desk.speech.words
        )
        return self.parts.show_parts(parts)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.title.setText(say("window.team.own.title"))
        self.sign_title.setText(say("window.team.own.sign_title"))
        self.about.setText(say("window.team.own.sign_about"))
        self.refresh()
        self.show_member(self._member)

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        self.parts.tint()
        self.signed.tint()
