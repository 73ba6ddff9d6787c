"""Every page in every language: all said, nothing without a name, no jumps in the order of Tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dossiers import example_proposal
from PySide6.QtWidgets import QApplication, QLabel
from windows import jumps, unnamed

from sif_desktop.language import LANGUAGES
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.registry import APART, SIDE

Opened = Callable[..., MainWindow]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "example"])
def test_every_page_opens_and_names_all_its_inputs(
    opened: Opened, language: str, filled: bool
) -> None:
    window = opened(example_proposal() if filled else None)
    window.speech.use_language(language)
    for step in (*window.desk.steps, *window.workspace.aside):
        window.workspace.go(step.id)
        QApplication.processEvents()
        page = window.workspace.page
        assert page.isVisible()
        assert page.heading.text()
        assert not unnamed(window), step.id
        assert not jumps(page), step.id
        assert not [label for label in page.findChildren(QLabel) if "{" in label.text()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", APART)
def test_pages_that_need_no_draft_name_all_their_inputs(
    window: MainWindow, language: str, key: str
) -> None:
    window.start.apart[key].click()
    window.speech.use_language(language)
    QApplication.processEvents()
    page = window.apart[key]
    assert page.isVisible()
    assert page.heading.text()
    assert not unnamed(page)
    assert not jumps(page)
    assert not [label for label in page.findChildren(QLabel) if "{" in label.text()]
    page.back.click()
    assert window.start.isVisible()


def test_an_open_draft_stays_open_behind_a_page_that_needs_none(opened: Opened) -> None:
    window = opened()
    window.workspace.page.rows["project/title"].editor.line.setText("Half a wo")
    for key in APART:
        window.menus.acts[f"apart:{key}"].trigger()
        assert window.apart[key].isVisible()
        window.apart[key].back.click()
        assert window.workspace.isVisible()
    assert window.desk.proposal.project.title == "Half a wo"


def test_a_page_beside_the_steps_leads_back_to_the_step(opened: Opened) -> None:
    window = opened()
    window.workspace.go("budget")
    for key in SIDE:
        window.workspace.sides[key].click()
        assert window.workspace.step.id == key
    window.workspace.leave.click()
    assert window.workspace.step.id == "budget"
    for key in SIDE:
        window.menus.acts[f"side:{key}"].trigger()
        assert window.workspace.page.isVisible()
        window.workspace.list.choose(0)
        assert window.workspace.step.id == "project"


def test_the_language_changes_without_losing_what_is_typed(opened: Opened) -> None:
    window = opened()
    row = window.workspace.page.rows["project/title"]
    row.editor.line.setText("Half a wo")
    before = row.label.text()
    window.speech.use_language("fr")
    assert row.label.text() != before
    assert row.editor.line.text() == "Half a wo"
    assert window.desk.proposal.project.title == "Half a wo"
    assert window.menus.acts["undo"].text().startswith("&Annuler\u00a0: ")


def test_the_dossiers_language_is_another_setting(opened: Opened) -> None:
    window = opened()
    window.menus.acts["dossier_language:fr"].trigger()
    assert window.desk.proposal.language == "fr"
    assert window.speech.language == "nl"
    window.undo()
    assert window.desk.proposal.language == "nl"
