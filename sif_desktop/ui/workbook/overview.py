"""The two ways: the budget out as a workbook, and a workbook in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.calls.reading import partner_name
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.drop_zone import DropZone
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.workbook.choice import Choice


class OutCard(QFrame):
    """Whose lines a workbook is to have. `wanted` asks to write it."""

    wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        role(self, "card")
        self.title, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "title")
        role(self.about, "muted")
        self.label, self.partner, self.save = QLabel(), Choice(), QPushButton()
        role(self.label, "label")
        role(self.save, "primary")
        self.label.setBuddy(self.partner)
        self.save.clicked.connect(lambda _=False: self.wanted.emit())
        row = QHBoxLayout()
        row.setSpacing(gap(1.5))
        row.addWidget(self.partner, 1)
        row.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(3))
        layout.setSpacing(gap(1))
        for widget in (self.title, self.about):
            layout.addWidget(widget)
        layout.addSpacing(gap(1))
        layout.addWidget(self.label)
        layout.addLayout(row)
        self._first = desk.own.packet.partner if desk.own else ""
        self.tint()

    @property
    def chosen(self) -> str:
        """The id of the partner, "" for all of them."""
        return self.partner.value

    def refresh(self) -> None:
        """The partners as they are now."""
        say, desk = self._desk.speech.say, self._desk
        named = [("", say("window.sheet.out.all"))]
        for place, one in enumerate(desk.proposal.partners, 1):
            name = " ".join(partner_name(desk.proposal, one.id)[:120].split())
            unnamed = say("window.fields.unnamed", place=place)
            named.append((one.id, unnamed if name == one.id else name))
        self.partner.offer(named, self.chosen or self._first)
        self._first = ""

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        self.title.setText(say("window.sheet.out.title"))
        self.about.setText(say("window.sheet.out.about"))
        self.label.setText(say("window.sheet.out.whose"))
        self.save.setText(say("window.sheet.out.save"))
        self.refresh()

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        self.save.setIcon(self._desk.look.icon("save", "on_accent"))


class InZone(DropZone):
    """A workbook to bring in; or why none can be."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, picture="import")
        self._desk = desk
        self.choose.setEnabled(not desk.read_only)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say, desk = self._desk.speech.say, self._desk
        about = "read_only" if desk.read_only else "own" if desk.own else "about"
        self.say(*(say(f"window.sheet.in.{key}") for key in ("title", about, "choose")))

    def chosen(self) -> list[str]:
        """One workbook."""
        from PySide6.QtWidgets import QFileDialog

        say = self._desk.speech.say
        folder = str(self._desk.session.draft.path.parent)
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.sheet.in.choose_title"), folder, say("window.sheet.in.filter")
        )
        return [chosen] if chosen else []
