"""The partners as the coordinator sees them: what was sent, what came back, what was signed off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.app.team import Member
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.team.standing_words import name_of, packet_said, sign_said
from sif_desktop.ui.team.state import State


class MemberRow(QFrame):
    """One partner. `wants_packet` and `wants_sign` ask for what its buttons say."""

    wants_packet = Signal()
    wants_sign = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.member: Member | None = None
        self.name = QLabel(wordWrap=True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        role(self.name, "label")
        self.sent, self.signed = State(desk), State(desk)
        self.packet, self.sign = QPushButton(), QPushButton()
        self.packet.clicked.connect(lambda _=False: self.wants_packet.emit())
        self.sign.clicked.connect(lambda _=False: self.wants_sign.emit())
        rule = QFrame()
        role(rule, "rule")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, gap(1.5))
        grid.setHorizontalSpacing(gap(1))
        grid.setVerticalSpacing(gap(0.5))
        grid.setColumnStretch(1, 1)
        grid.addWidget(rule, 0, 0, 1, 4)
        grid.setRowMinimumHeight(0, gap(2))
        grid.addWidget(self.name, 1, 0, 1, 2)
        for place, state in enumerate((self.sent, self.signed), 2):
            grid.addWidget(state.icon, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(state.text, place, 1)
        for place, button in enumerate((self.packet, self.sign), 2):
            grid.addWidget(button, 1, place, 3, 1, Qt.AlignmentFlag.AlignTop)

    def show_member(self, member: Member) -> None:
        """Shows how a partner stands."""
        self.member = member
        desk, say = self._desk, self._desk.speech.say
        name = name_of(desk, member)
        self.name.setText(name)
        self.sent.say(*packet_said(desk, member))
        self.signed.say(*sign_said(desk, member.standing))
        self.signed.show(member.here or member.standing is not None)
        again = "_again" if member.standing else ""
        self.packet.setText(say("window.team.members.packet"))
        self.sign.setText(say(f"window.team.members.sign{again}"))
        for button in (self.packet, self.sign):
            button.setAccessibleName(f"{button.text()} {name}")
            told = (self.sent.text.text(), self.signed.text.text())
            button.setAccessibleDescription(". ".join(told))
            button.setVisible(member.here and not desk.read_only)
        self.tint()

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        for state in (self.sent, self.signed):
            state.tint()


class Members(QFrame):
    """All partners, a row each. `wants_packet` and `wants_sign` give the partner's id."""

    wants_packet = Signal(str)
    wants_sign = Signal(str)
    wants_partners = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: dict[str, MemberRow] = {}
        self._members: Sequence[Member] | None = None
        self.title, self.none, self.go = QLabel(), QLabel(wordWrap=True), QPushButton()
        role(self.none, "muted")
        role(self.go, "link")
        self.go.clicked.connect(lambda _=False: self.wants_partners.emit())
        frame, self._inside = card(self.title)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.none)
        self._inside.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_members(self, members: Sequence[Member]) -> bool:
        """Shows the partners; whether rows came or went."""
        self._members = members
        wanted = [one.partner for one in members]
        anew = wanted != list(self.rows)
        if anew:
            self._rebuild(wanted)
        for one in members:
            self.rows[one.partner].show_member(one)
        self._say_none()
        return anew

    def member(self, partner: str) -> Member | None:
        """How a partner stands, as it was looked up last."""
        return next((one for one in self._members or () if one.partner == partner), None)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        self.title.setText(say("window.team.members.title"))
        self.go.setText(say("window.team.members.go"))
        if self._members is not None:
            self.show_members(self._members)
        self._say_none()

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        for row in self.rows.values():
            row.tint()

    def _say_none(self) -> None:
        say, known = self._desk.speech.say, self._members is not None
        self.none.setText(say(f"window.team.members.{'none' if known else 'looking'}"))
        self.none.setVisible(not self._members)
        self.go.setVisible(known and not self._members)

    def _rebuild(self, wanted: Sequence[str]) -> None:
        """Rows come, go and move; those that stay are kept, and with them the focus."""
        for gone in [key for key in self.rows if key not in wanted]:
            row = self.rows.pop(gone)
            self._inside.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, key in enumerate(wanted):
            row = self.rows.get(key) or self._new_row(key)
            if self._inside.indexOf(row) != place + 1:
                self._inside.removeWidget(row)
                self._inside.insertWidget(place + 1, row)
            row.show()  # at once, not when Qt comes to it: only what is seen takes the focus
        self.rows = {key: self.rows[key] for key in wanted}

    def _new_row(self, key: str) -> MemberRow:
        row = self.rows[key] = MemberRow(self._desk)
        row.wants_packet.connect(lambda: self.wants_packet.emit(key))
        row.wants_sign.connect(lambda: self.wants_sign.emit(key))
        return row
