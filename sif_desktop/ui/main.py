"""From nothing to a window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from sif_desktop.app import settings
from sif_desktop.language import Language
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.speech import Speech


def run(path: Path | None = None, language: Language | None = None) -> int:
    """Opens the window, with a draft where one is named, and gives the exit code at its end."""
    from sif_desktop.ui import crash

    app = application(sys.argv[:1])
    window = make_window(app, language)
    crash.install(window.speech)
    window.show()
    if path is not None:
        window.open_path(path)
    return app.exec()


def application(argv: list[str]) -> QApplication:
    """The application that there is, or a new one."""
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(argv)
    app.setApplicationName("sif-desktop")
    app.setApplicationDisplayName("SIF Desktop")
    app.setDesktopFileName("sif-desktop")
    return app


def make_window(
    app: QApplication, language: Language | None = None, scheme: str | None = None
) -> MainWindow:
    """The main window with the start page, in the user's language and look."""
    known = settings.load()
    chosen: Language = language or known.language  # type: ignore[assignment]
    look = Look(app, scheme or known.scheme)
    return MainWindow(Speech(chosen), look)
