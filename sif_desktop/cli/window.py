"""From the command line into the window."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from sif_desktop.errors import FileError
from sif_desktop.language import Language


def open_window(path: Path | None, language: Language | None) -> int:
    """Opens the window, with a draft where one is named. Raises FileError without Qt."""
    if importlib.util.find_spec("PySide6") is None:
        raise FileError("window_missing", file="PySide6")
    from sif_desktop.ui.main import run

    return run(path, language)
