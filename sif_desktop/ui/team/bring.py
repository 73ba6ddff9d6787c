"""Where a file that came back is dropped, or chosen."""

from __future__ import annotations

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.drop_zone import DropZone


class BringZone(DropZone):
    """A packet that a partner filled in, or another copy of the draft."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, picture="import")
        self._desk = desk

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        self.say(*(say(f"window.team.bring.{key}") for key in ("drop", "about", "choose")))

    def chosen(self) -> list[str]:
        """One file."""
        from PySide6.QtWidgets import QFileDialog

        say = self._desk.speech.say
        folder = str(self._desk.session.draft.path.parent)
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.team.bring.choose_title"), folder, say("window.team.bring.filter")
        )
        return [chosen] if chosen else []
