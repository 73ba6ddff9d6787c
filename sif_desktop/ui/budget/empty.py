"""What stands in the place of the grid while there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import COLUMN, gap


class EmptyState(QFrame):
    """An invitation to begin, or a word that the filter lets nothing through."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.filtered = False
        role(self, "card")
        self._icon = QLabel()
        self.title = QLabel()
        role(self.title, "title")
        self.text = QLabel(wordWrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setFixedWidth(COLUMN - gap(16))
        self.first, self.second = QPushButton(), QPushButton()
        role(self.first, "primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(gap(1.5))
        buttons.addStretch(1)
        buttons.addWidget(self.first)
        buttons.addWidget(self.second)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(gap(2))
        layout.addStretch(2)
        for label in (self._icon, self.title, self.text):
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(buttons)
        layout.addStretch(3)
        desk.tinted.connect(self._tint)
        self._tint()

    def say(self, *, filtered: bool) -> None:
        """Says why there is nothing, and what one can do."""
        self.filtered = filtered
        kind, say = "filtered" if filtered else "empty", self._desk.speech.say
        self.title.setText(say(f"window.budget.{kind}.title"))
        text = "" if filtered else self._desk.speech.find("sections.budget.guidance")
        self.text.setText(text or say(f"window.budget.{kind}.text"))
        self.text.setFixedHeight(self.text.heightForWidth(self.text.width()))
        self.first.setText(say(f"window.budget.{kind}.first"))
        self.second.setText(say(f"window.budget.{kind}.second"))
        writes = not self._desk.read_only
        self.first.setVisible(writes or filtered)
        self.second.setVisible(writes)
        self._tint()

    def _tint(self) -> None:
        look = self._desk.look
        self._icon.setPixmap(look.icon("step-budget", "accent").pixmap(48, 48))
        self.first.setIcon(look.icon("close" if self.filtered else "add", "on_accent"))
        self.second.setIcon(look.icon("add" if self.filtered else "paste", "accent"))
