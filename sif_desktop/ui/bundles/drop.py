"""Where bundles and PDFs are dropped or chosen, and whom a verification trusts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from sif_desktop.app import settings
from sif_desktop.ui.bundles.parts import plain
from sif_desktop.ui.drop_zone import DropZone
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech


class BundleZone(DropZone):
    """Bundles, and PDFs of ours."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__(look, button="folder")
        self._speech = speech

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.say(*(say(f"window.bundle.{key}") for key in ("drop", "drop_about", "choose")))

    def chosen(self) -> list[str]:
        """As many as there are."""
        from PySide6.QtWidgets import QFileDialog

        say = self._speech.say
        chosen, _ = QFileDialog.getOpenFileNames(
            self, say("window.bundle.choose_title"), str(Path.home()), say("window.bundle.filter")
        )
        return chosen


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
