"""Showing a folder in the system's own window: the one thing besides an attachment that is opened,
and only when somebody presses a button for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sif_desktop.paths import is_folder


def show_folder(folder: Path) -> None:
    """Shows a folder. A file is never opened so, whatever stands at the path by now."""
    if is_folder(folder):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
