"""Every form as a person walks it: from the start page to a bundle that verifies.

Only the mouse and the keys are used. What is asserted is what such a person would see, and what
the bundle holds in the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from dossiers import the_call
from forms_of_tests import action_call, bring_prize_form, prize_call
from hands import Hands, accepted, sign
from pytestqt.qtbot import QtBot
from walker import Walker

from sif_desktop.app.opening import open_session
from sif_desktop.calls.call import Call
from sif_desktop.ui.main_window import MainWindow


@dataclass(frozen=True)
class Walk:
    """A form, what is typed as amounts and what they come to in cents, and what is still told."""

    call: Call
    amounts: tuple[tuple[str, ...], ...]
    cents: list[tuple[int | str, int | str]]
    told: frozenset[str]


LARGE = (("12.500", "2500,50"), ("3 000,00", "0"), ("9999.99", "1.000"))
LARGE_CENTS = [(1_250_000, 250_050), (300_000, 0), (999_999, 100_000)]
WALKS = {
    "call": Walk(
        the_call(), LARGE, LARGE_CENTS, frozenset({"closing_past", "enterprise_numbers_form"})
    ),
    "action": Walk(action_call(), LARGE, LARGE_CENTS, frozenset({"enterprise_numbers_form"})),
    "tiny": Walk(
        prize_call(), (("125", ""), ("99.99", "")), [(12_500, ""), (9_999, "")], frozenset()
    ),
}


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    """A person before the start page."""
    return Hands(window, qtbot)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_proposal_from_the_first_word_to_a_bundle_that_verifies(
    hands: Hands, home: Path, walk: Walk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_prize_form(home)
    draft, window = tmp_path / "buurtpot.sif", hands.window
    walker = Walker(hands, walk.call, walk.amounts)
    walker.begin(draft, "Buren koken voor buren", monkeypatch)
    walker.fill_all(monkeypatch)
    desk = window.desk
    lines = [(line.subsidy, line.own_means) for line in desk.proposal.budget]
    assert lines == walk.cents
    hands.next("check")
    asked = [*(one.id for one in walk.call.sections), "check"]
    hands.wait(lambda: {desk.states[one].kind for one in asked} == {"complete"})
    assert {finding.code for finding in desk.findings} == walk.told
    assert desk.progress.completeness(desk.proposal) == 100
    hands.next("export")
    partners = desk.proposal.partners
    bundle = sign(hands, partners[0].signatory_name if partners else "Björn Krabbé")
    proposal = desk.proposal
    accepted(bundle, proposal)
    window.close()
    with open_session(draft) as again:
        assert again.proposal == proposal
