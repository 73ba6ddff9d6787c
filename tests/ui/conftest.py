"""A window for a test, with a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from windows import open_with

from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.speech import Speech


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder, empty."""
    place = tmp_path / "home"
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(place))
    return place


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """The look of the whole run; a test that changes its scheme puts it back."""
    qapp.setKeyboardInputInterval(60_000)  # letters are one word, however slow the machine
    return Look(qapp, "light")


@pytest.fixture
def window(qtbot: QtBot, look: Look, home: Path) -> Iterator[MainWindow]:
    """The main window with the start page, in Dutch."""
    made = MainWindow(Speech("nl"), look)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close_draft()


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path) -> Callable[[Proposal | None], MainWindow]:
    """Opens a draft of a proposal in the window; an empty one for the call without."""
    return lambda proposal=None: open_with(window, tmp_path / "draft.sif", proposal)
