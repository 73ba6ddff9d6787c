"""The one place that knows where things are: the program's data and the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

_PACKAGE = Path(__file__).parent


def _data(name: str) -> Path:
    """A folder of data: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def forms() -> Path:
    """The folder with the calls that come with the program, a folder each."""
    return _data("forms")


def resources() -> Path:
    """The folder with texts, fonts, icons, style sheet and the example dossier."""
    return _data("resources")


def user_data() -> Path:
    """The user's own folder: identities, pinned fingerprints, settings.

    `SIF_DESKTOP_HOME` in the environment puts it elsewhere, for instance on a stick.
    """
    elsewhere = os.environ.get("SIF_DESKTOP_HOME")
    return Path(elsewhere) if elsewhere else Path(appdirs.user_data_dir("sif-desktop", False))


def user_forms() -> Path:
    """The user's folder for calls of its own, looked at beside `forms()`."""
    return user_data() / "forms"


def typed(text: str) -> Path | None:
    """The path that somebody typed, or None for nothing; `~` is the user's own folder.

    A sign that no path can hold, which a paste may bring along, is left out.
    """
    text = text.replace("\0", "").encode("utf-8", "ignore").decode().strip()
    if text == "~" or text.startswith("~/"):
        return Path(text).expanduser()
    return Path(text) if text else None


def is_there(path: Path) -> bool:
    """Whether there is something at a path; False also for a name that no disk takes."""
    try:
        return path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder at a path; False also for a name that no disk takes."""
    try:
        return path.is_dir()
    except OSError:
        return False
