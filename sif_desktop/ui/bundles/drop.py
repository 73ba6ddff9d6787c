"""Where bundles and PDFs are dropped or chosen, and whom a verification trusts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import settings
from sif_desktop.ui.bundles.parts import plain
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech


class DropZone(QFrame):
    """Says what can be dropped, with a button for whoever does not drag. `wanted` gives files.

    The whole page takes what is dropped; it calls `show_over`.
    """

    wanted = Signal(list)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        role(self, "drop")
        self.icon = QLabel()
        self.head, self.about = plain(part="label"), plain(part="small")
        self.choose = QPushButton()
        self.choose.clicked.connect(lambda _=False: self.ask())
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

    def ask(self) -> None:
        """Asks for files."""
        from PySide6.QtWidgets import QFileDialog

        say = self._speech.say
        chosen, _ = QFileDialog.getOpenFileNames(
            self, say("window.bundle.choose_title"), str(Path.home()), say("window.bundle.filter")
        )
        if chosen:
            self.wanted.emit([Path(one) for one in chosen])

    def show_over(self, over: bool) -> None:
        """Shows that files are held over the page."""
        role(self, "drop-over" if over else "drop")

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.head.setText(say("window.bundle.drop"))
        self.about.setText(say("window.bundle.drop_about"))
        self.choose.setText(say("window.bundle.choose"))

    def tint(self) -> None:
        """Colours are others."""
        self.icon.setPixmap(self._look.icon("drop", "accent").pixmap(32, 32))
        self.choose.setIcon(self._look.icon("folder", "text"))


class Authorities(QWidget):
    """The folder of authorities that the user trusts, kept in the settings. `changed` tells."""

    changed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self.about = plain(part="small")
        self.choose, self.forget = QPushButton(), QPushButton()
        for button, act in ((self.choose, self._ask), (self.forget, self._forget)):
            role(button, "link")
            button.clicked.connect(lambda _=False, act=act: act())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2.5), 0, gap(1), 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.about, 1)
        layout.addWidget(self.choose)
        layout.addWidget(self.forget)

    @property
    def folder(self) -> Path | None:
        """The folder, or None without one."""
        kept = settings.load().authorities
        return Path(kept) if kept else None

    def refresh(self) -> None:
        """Shows what is kept now."""
        say, folder = self._speech.say, self.folder
        key = "given" if folder else "none"
        self.about.setText(say(f"window.bundle.authorities.{key}", folder=str(folder or "")))
        self.choose.setText(say("window.bundle.authorities.choose"))
        self.forget.setText(say("window.bundle.authorities.forget"))
        self.forget.setVisible(folder is not None)

    def _ask(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        title = self._speech.say("window.bundle.authorities.title")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self.folder or Path.home()))
        if chosen:
            self._keep(chosen)

    def _forget(self) -> None:
        self._keep("")
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, folder: str) -> None:
        settings.save(authorities=folder)
        self.refresh()
        self.changed.emit()
