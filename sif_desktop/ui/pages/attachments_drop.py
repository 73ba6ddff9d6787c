"""Where attachments are dropped, or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from sif_desktop.app.attaching import LARGEST
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.drop_zone import DropZone


class FilesZone(DropZone):
    """Files of the kinds that may be attached."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, button="add")
        self._desk = desk
        desk.tinted.connect(self.tint)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        limits = say("window.attachments.limits", limit=LARGEST // 1024**2)
        self.say(say("window.attachments.drop"), limits, say("window.attachments.choose"))

    def chosen(self) -> list[str]:
        """As many as are wanted."""
        title = self._desk.speech.say("window.attachments.choose_title")
        return QFileDialog.getOpenFileNames(self, title, str(Path.home()))[0]
