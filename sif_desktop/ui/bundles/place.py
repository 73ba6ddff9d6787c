"""Where a copy is written: a name that is free, and a button to choose another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sif_desktop.ui.keys.parts import named
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_place import ask_place, free
from sif_desktop.ui.speech import Speech


class Place(QWidget):
    """The line with a path and the button beside it. A path that was chosen is kept."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._chosen, self._kind = False, ""
        self.path: Path | None = None
        self.label, self.line, self.browse = QLabel(), QLineEdit(readOnly=True), QPushButton()
        role(self.label, "label")
        self.browse.clicked.connect(lambda _=False: self._ask())
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        layout.addWidget(self.label)
        layout.addLayout(row)

    def suggest(self, path: Path, kind: str) -> None:
        """A name that is free beside this one, unless somebody chose another."""
        self._kind = kind
        if not self._chosen:
            self._show(free(path))

    def forget(self) -> None:
        """Whatever was chosen is no longer kept."""
        self._chosen = False

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        named(self.label, self.line, self._speech.say("window.bundle.where"))
        self.browse.setText(self._speech.say("window.bundle.browse"))

    def tint(self) -> None:
        """Colours are others."""
        self.browse.setIcon(self._look.icon("folder", "text"))

    def _ask(self) -> None:
        say = self._speech.say
        at = self.path or Path.home()
        path = ask_place(self, say("window.bundle.where"), at, say(f"window.bundle.{self._kind}"))
        if path:
            self._chosen = True
            self._show(path)

    def _show(self, path: Path) -> None:
        self.path = path
        self.line.setText(str(path))
        self.line.setCursorPosition(0)
