"""Every page in every language with sentences 35 % longer: all fits at 1280 by 720."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from cut import cut_off
from dossiers import example_proposal
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from shortened import Shortened
from windows import jumps, unnamed

from sif_desktop.language import LANGUAGES, Words, words
from sif_desktop.model.edit import Set
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


@pytest.fixture
def shortened(longer: None, monkeypatch: pytest.MonkeyPatch) -> Shortened:
    """What is painted shorter than it is, of those longer sentences."""
    return Shortened(monkeypatch)


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "example"])
def test_no_page_cuts_a_text_off(
    opened: Opened, shortened: Shortened, language: str, filled: bool
) -> None:
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
        window.grab()
        cut += [f"{step.id}: {one}" for one in (*cut_off(window), *shortened.cut)]
        shortened.cut.clear()
        assert not unnamed(window), step.id
        assert not jumps(page), step.id
        assert not [one for one in page.findChildren(QLabel) if "{" in one.text()]
    assert cut == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_budget_cuts_no_word_of_the_form_beside_its_totals_or_over_a_ceiling(
    opened: Opened, shortened: Shortened, language: str
) -> None:
    window = opened(example_proposal())
    window.speech.use_language(language)
    window.workspace.go("budget")
    page = window.workspace.page
    page.beside.click()
    for line in window.desk.proposal.budget[:40]:
        window.desk.do(Set(at=f"budget/{line.id}/category", value="subcontracting"))
    settle(window)  # columns that need more room have it when all else is done
    shortened.cut.clear()
    for name in ("category", "period"):
        page.filters.boxes[name].setCurrentIndex(1)
        settle(window)
        window.grab()
        page.filters.clear()
    assert page.gauges.gauges[2].reading.is_over
    assert [*cut_off(window), *shortened.cut] == []
    for gauge in page.gauges.gauges:
        heads, feet = gauge.lines_in(gauge.width())
        assert gauge.heads >= heads
        assert gauge.feet >= feet
        assert gauge.height() == gauge.sizeHint().height()


def test_what_is_shortened_is_noticed(shortened: Shortened) -> None:
    said = words("nl").say("window.steps.check")
    metrics = QFontMetrics(QApplication.font())
    metrics.elidedText(said, Qt.TextElideMode.ElideRight, 1_000)
    assert not shortened.cut
    metrics.elidedText(said, Qt.TextElideMode.ElideRight, 20)
    assert len(shortened.cut) == 1
