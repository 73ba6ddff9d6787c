"""The two ways: the budget out as a workbook, and a workbook in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.calls.reading import partner_name
from sif_desktop.ui.desk import Desk
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


class InZone(QFrame):
    """Where a workbook is dropped, or chosen; or why none can be. `wanted` gives the files.

    The whole page takes what is dropped; it calls `show_over`.
    """

    wanted = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        role(self, "drop")
        self.icon = QLabel()
        self.head, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.head, "title")
        role(self.about, "muted")
        self.choose = QPushButton()
        self.choose.clicked.connect(lambda _=False: self._choose())
        texts = QVBoxLayout()
        texts.setSpacing(gap(1))
        texts.addWidget(self.head)
        texts.addWidget(self.about)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        layout.setSpacing(gap(2))
        layout.addWidget(self.icon)
        layout.addLayout(texts, 1)
        layout.addWidget(self.choose)
        self.choose.setEnabled(not desk.read_only)
        self.tint()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say, desk = self._desk.speech.say, self._desk
        self.head.setText(say("window.sheet.in.title"))
        key = "read_only" if desk.read_only else "own" if desk.own else "about"
        self.about.setText(say(f"window.sheet.in.{key}"))
        self.choose.setText(say("window.sheet.in.choose"))

    def show_over(self, over: bool) -> None:
        """Shows that a file is held over the page."""
        role(self, "drop-over" if over else "drop")

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        look = self._desk.look
        self.icon.setPixmap(look.icon("import", "accent").pixmap(32, 32))
        self.choose.setIcon(look.icon("open", "text"))

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        say = self._desk.speech.say
        folder = str(self._desk.session.draft.path.parent)
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.sheet.in.choose_title"), folder, say("window.sheet.in.filter")
        )
        if chosen:
            self.wanted.emit([Path(chosen)])
