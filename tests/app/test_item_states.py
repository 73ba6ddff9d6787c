"""How far each item of a list is, and what still names one that is gone: without a window."""

from __future__ import annotations

import pytest
from dossiers import CALL, big_proposal, example_proposal
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scrambled

from sif_desktop.app.item_states import ItemState, ItemStates
from sif_desktop.app.mentions import Mentions, mentions
from sif_desktop.app.steps import Progress, is_empty
from sif_desktop.calls.folder import find
from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Add, Drop, Edit, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check

FORM = find(CALL)
SECTIONS = {name: FORM.section(name) for name in ("partners", "work_plan")}
LISTS = {"partners": "partners", "work_plan": "work_packages"}


def states(proposal: Proposal, section: str = "partners") -> dict[str, ItemState]:
    items = getattr(proposal, LISTS[section])
    counting = ItemStates(SECTIONS[section], LISTS[section])
    return dict(counting.states(items, check(proposal, FORM)))


def edited(*edits: Edit) -> Proposal:
    return apply_all(example_proposal(), edits)[0]


@pytest.mark.parametrize("section", SECTIONS)
def test_all_of_a_complete_dossier_is_complete(section: str) -> None:
    for proposal in (example_proposal(), big_proposal()):
        assert {state.kind for state in states(proposal, section).values()} == {"complete"}


def test_what_was_not_given_is_missing_and_what_is_wrong_blocks() -> None:
    key = example_proposal().partners[0].id
    at = f"partners/{key}"
    found = states(edited(Set(at=f"{at}/name", value=" "), Set(at=f"{at}/expertise", value="")))
    assert found[key] == ItemState(missing=2)
    assert found[key].kind == "incomplete"
    found = states(edited(Set(at=f"{at}/iban", value="BE00"), Set(at=f"{at}/name", value="")))
    assert (found[key].kind, found[key].blocking, found[key].missing) == ("blocked", 1, 1)
    assert all(state.kind == "complete" for other, state in found.items() if other != key)


def test_only_what_is_asked_is_missing() -> None:
    key = example_proposal().partners[0].id
    asked = states(edited(Set(at=f"partners/{key}/seat", value="abroad")))[key]
    assert asked.missing == 1  # the country; the enterprise number is not asked abroad


def test_warnings_are_told_where_nothing_graver_is() -> None:
    package = example_proposal().work_packages[0]
    one = package.deliverables[0]
    at = f"work_packages/{package.id}/deliverables/{one.id}"
    late = edited(
        Set(at=f"work_packages/{package.id}/last_month", value=6), Set(at=f"{at}/month", value=9)
    )
    assert states(late, "work_plan")[package.id].kind == "warned"
    blank = edited(Set(at=f"{at}/month", value=""), Set(at=f"{at}/title", value=""))
    assert states(blank, "work_plan")[package.id] == ItemState(missing=2)


def test_what_another_section_asks_of_a_partner_counts_there() -> None:
    key = example_proposal().partners[0].id
    assert states(edited(Set(at=f"partners/{key}/capacity", value="")))[key].kind == "complete"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), section=st.sampled_from(list(SECTIONS)))
def test_items_and_whole_add_up_to_the_step_of_any_tree(seed: int, section: str) -> None:
    proposal = scrambled(seed)
    found = states(proposal, section)
    step = Progress(FORM).states(proposal, check(proposal, FORM))[section]
    own = [
        spec
        for spec in SECTIONS[section].fields
        if not spec.list_at and spec.needed and is_empty(proposal.answers.get(spec.id, ""))
    ]
    if getattr(proposal, LISTS[section]):
        assert sum(state.missing for state in found.values()) + len(own) <= step.missing


def test_every_state_has_a_sentence_in_every_language() -> None:
    all_states = (ItemState(), ItemState(1), ItemState(0, 2), ItemState(0, 0, 3))
    assert len({state.kind for state in all_states}) == 4
    for language in LANGUAGES:
        for state in all_states:
            figures = {"missing": 1, "blocking": 2, "warnings": 3}
            assert "{" not in FORM.words(language).say(state.sentence, **figures)


def test_mentions_are_counted_before_and_after_a_removal() -> None:
    proposal = example_proposal()
    key = proposal.partners[1].id
    lines = sum(line.partner == key for line in proposal.budget)
    before = mentions(proposal, f"partners/{key}")
    assert before.lines == lines > 0
    assert before.places > 0
    after = apply_all(proposal, (Drop(at=f"partners/{key}"),))[0]
    assert mentions(after, f"partners/{key}") == before
    new = apply_all(proposal, (Add(at="partners", item={"id": "nieuw"}),))[0]
    assert mentions(new, "partners/nieuw") == Mentions()


def test_a_leader_who_also_works_is_named_in_one_place() -> None:
    package = example_proposal().work_packages[0]
    lone = Set(at=f"work_packages/{package.id}/lead", value="nieuw")
    both = Set(at=f"work_packages/{package.id}/partners", value=("nieuw",))
    assert mentions(edited(lone, both), "partners/nieuw") == Mentions(places=1)
