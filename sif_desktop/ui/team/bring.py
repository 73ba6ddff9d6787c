"""Where a file that came back is dropped, or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap


class BringZone(QFrame):
    """The whole page takes what is dropped; it calls `show_over`. `wanted` gives the file."""

    wanted = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        role(self, "drop")
        self.icon = QLabel()
        self.head, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.head, "label")
        role(self.about, "small")
        self.choose = QPushButton()
        self.choose.clicked.connect(lambda _=False: self._choose())
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.25))
        texts.addWidget(self.head)
        texts.addWidget(self.about)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2.5), gap(2), gap(2.5), gap(2))
        layout.setSpacing(gap(2))
        layout.addWidget(self.icon)
        layout.addLayout(texts, 1)
        layout.addWidget(self.choose)
        self.tint()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        self.head.setText(say("window.team.bring.drop"))
        self.about.setText(say("window.team.bring.about"))
        self.choose.setText(say("window.team.bring.choose"))

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
            self, say("window.team.bring.choose_title"), folder, say("window.team.bring.filter")
        )
        if chosen:
            self.wanted.emit([Path(chosen)])
