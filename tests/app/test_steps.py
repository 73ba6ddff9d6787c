"""The steps of the wizard as data: their order, their states, and how far a draft is."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import CALL, big_proposal, example_proposal

from sif_desktop.app import steps as wizard
from sif_desktop.app.importing import empty
from sif_desktop.app.steps import Progress, state, step_after, step_at, step_before, steps
from sif_desktop.calls.folder import find
from sif_desktop.model.edit import Add, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check

CALL_DATA = find(CALL)


def states(proposal: Proposal) -> dict[str, str]:
    found = Progress(CALL_DATA).states(proposal, check(proposal, CALL_DATA))
    return {step_id: one.kind for step_id, one in found.items()}


def changed(proposal: Proposal, **values: Any) -> Proposal:
    edits = [Set(at=at.replace("__", "/"), value=value) for at, value in values.items()]
    return apply_all(proposal, edits)[0]


BLANK = empty(CALL_DATA, "nl")


def test_a_step_for_each_section_then_check_and_export() -> None:
    ids = [step.id for step in steps(CALL_DATA)]
    assert ids == [*(section.id for section in CALL_DATA.sections), "check", "export"]


def test_next_and_back_walk_all_steps_and_stop_at_the_ends() -> None:
    all_steps = steps(CALL_DATA)
    walked = [all_steps[0].id]
    while after := step_after(all_steps, walked[-1]):
        walked.append(after.id)
    assert walked == [step.id for step in all_steps]
    assert step_before(all_steps, walked[0]) is None
    assert step_before(all_steps, walked[1]) == all_steps[0]


def test_nothing_given_is_not_started_and_zero_percent() -> None:
    assert set(states(BLANK).values()) == {"not_started"}
    assert Progress(CALL_DATA).completeness(BLANK) == 0


def test_one_word_makes_its_section_incomplete_and_no_other() -> None:
    found = states(changed(BLANK, project__title="Zorgcirkel"))
    assert found["project"] == "incomplete"
    assert found["check"] == "blocked"
    assert {found[one] for one in ("partners", "budget", "vision", "capacity")} == {"not_started"}


def test_what_was_given_and_is_wrong_blocks() -> None:
    wrong = changed(BLANK, project__title="Zorgcirkel", project__duration="a year or so")
    one = state(steps(CALL_DATA)[0], wrong, CALL_DATA, check(wrong, CALL_DATA))
    assert one.kind == "blocked"
    assert one.blocking >= 1


def test_the_example_is_complete_and_ready() -> None:
    proposal = example_proposal()
    found = Progress(CALL_DATA).states(proposal, check(proposal, CALL_DATA))
    assert not [step_id for step_id, one in found.items() if one.kind == "blocked"]
    assert found["partners"].kind == "complete"
    assert found["export"].sentence == "window.states.ready"
    assert Progress(CALL_DATA).completeness(proposal) >= 90


def test_a_partner_does_not_begin_the_capacity_section() -> None:
    with_partner, _ = apply_all(BLANK, [Add(at="partners", item={"id": "p1", "name": "A"})])
    found = states(with_partner)
    assert found["partners"] != "not_started"
    assert found["capacity"] == "not_started"


@pytest.mark.parametrize(
    ("address", "step"),
    [
        ("project/title", "project"),
        ("partners/x/name", "partners"),
        ("partners", "partners"),
        ("partners/x/capacity", "capacity"),
        ("work_packages/x/deliverables/y/month", "work_plan"),
        ("indicators", "effects"),
        ("answers/vision_future", "vision"),
        ("nonsense", "project"),
    ],
)
def test_every_address_has_a_step(address: str, step: str) -> None:
    assert step_at(CALL_DATA, address) == step


def test_what_did_not_change_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One edited line of 2,000 costs the counting of one line."""
    proposal = big_proposal()
    progress = Progress(CALL_DATA)
    findings = check(proposal, CALL_DATA)
    progress.states(proposal, findings)
    counted = []
    count = wizard._item_count
    monkeypatch.setattr(wizard, "_item_count", lambda *all: counted.append(1) or count(*all))
    line = proposal.budget[1234]
    progress.states(changed(proposal, **{f"budget__{line.id}__subsidy": 12345}), findings)
    assert len(counted) == 1


def test_kept_counts_are_those_of_a_fresh_start() -> None:
    progress = Progress(CALL_DATA)
    proposal = example_proposal()
    progress.states(proposal, check(proposal, CALL_DATA))
    for at, value in (
        ("project/title", ""),
        (f"partners/{proposal.partners[0].id}/name", ""),
        (f"budget/{proposal.budget[3].id}/subsidy", "veel"),
    ):
        proposal, _ = apply_all(proposal, [Set(at=at, value=value)])
        findings = check(proposal, CALL_DATA)
        assert progress.states(proposal, findings) == Progress(CALL_DATA).states(proposal, findings)
        assert progress.completeness(proposal) == Progress(CALL_DATA).completeness(proposal)
