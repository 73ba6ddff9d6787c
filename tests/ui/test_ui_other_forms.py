"""The window with forms that leave parts out: every step opens, in every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from forms_of_tests import action, bring_prize_form, prize
from windows import unnamed

from sif_desktop.app.steps import steps
from sif_desktop.language import LANGUAGES
from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[[Proposal | None], MainWindow]


@pytest.fixture(autouse=True)
def _form(home: Path) -> None:
    bring_prize_form(home)


@pytest.mark.parametrize("empty", [False, True], ids=["filled", "empty"])
@pytest.mark.parametrize("make", [action, prize])
def test_every_step_opens_in_every_language(
    opened: Opened, make: Callable[..., Proposal], empty: bool
) -> None:
    proposal = make()
    if empty:
        proposal = Proposal(call=proposal.call, edition=proposal.edition)
    window = opened(proposal)
    for language in LANGUAGES:
        window.speech.use_language(language)
        for step in steps(window.desk.call):
            window.workspace.go(step.id)
            assert window.workspace.step.id == step.id
            assert window.workspace.page.isVisible()
            assert unnamed(window.workspace.page) == []


def test_a_number_tells_its_share_of_the_target_while_it_is_typed(opened: Opened) -> None:
    window = opened(action())
    window.workspace.go("contribution")
    row = window.workspace.page.rows["answers/reach"]
    assert row.counter.isVisible()
    assert row.counter.text() == "12\u00a0% van het doel van 5.000"
    window.desk.type("answers/reach", 2500)
    assert row.counter.text() == "50\u00a0% van het doel van 5.000"
    window.desk.type("answers/reach", "")
    assert not row.counter.isVisible()
    window.desk.type("answers/reach", "veel")
    assert not row.counter.isVisible()
