"""Every page in every language with sentences 35 % longer: all fits at 1280 by 720."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from cut import cut_off
from dossiers import example_proposal
from PySide6.QtWidgets import QApplication, QLabel
from windows import jumps, unnamed

from sif_desktop.language import LANGUAGES, Words
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.registry import APART

Opened = Callable[..., MainWindow]
PICTURES = Path(__file__).parents[2] / "packaging" / "pictures.py"


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences as long as a translation may be: as the pictures are drawn with `--stretch`."""
    found = importlib.util.spec_from_file_location("pictures", PICTURES)
    pictures = importlib.util.module_from_spec(found)
    found.loader.exec_module(pictures)
    monkeypatch.setattr(Words, "find", pictures.stretched(Words.find))


def settle(window: MainWindow) -> None:
    """Findings and states are there, and texts that break have their height."""
    if window.desk:
        window.desk.check_now()
    for _ in range(6):
        QApplication.processEvents()


def open_all(page: Page) -> None:
    """Opens the first card of each list."""
    for cards in [*getattr(page, "lists", ()), *getattr(page.__dict__.get("detail"), "lists", ())]:
        for card in list(cards.cards.values())[:1]:
            card.open(True)


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_and_the_choice_of_a_call(window: MainWindow, language: str) -> None:
    window.speech.use_language(language)
    window.start.retranslate()
    for show in (window.start.show_home, window.start.show_new):
        show()
        settle(window)
        assert cut_off(window) == []
        assert not unnamed(window)
        assert not jumps(window.start.stack.currentWidget())
    for key in APART:
        window.show_apart(key)
        settle(window)
        assert cut_off(window) == [], key


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "example"])
def test_no_page_cuts_a_text_off(opened: Opened, language: str, filled: bool) -> None:
    window = opened(example_proposal() if filled else None)
    window.speech.use_language(language)
    window.desk.retold.emit()
    cut = []
    for step in (*window.desk.steps, *window.workspace.aside):
        window.workspace.go(step.id)
        settle(window)
        page = window.workspace.page
        open_all(page)
        settle(window)
        cut += [f"{step.id}: {one}" for one in cut_off(window)]
        assert not unnamed(window), step.id
        assert not jumps(page), step.id
        assert not [one for one in page.findChildren(QLabel) if "{" in one.text()]
    assert cut == []
