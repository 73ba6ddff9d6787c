"""No tree makes a check raise, and every finding on any tree can be said in every language."""

from __future__ import annotations

import re

import pytest
from dossiers import big_proposal, empty_proposal, example_proposal, the_call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import edits, proposals

from sif_desktop.calls.call import Call
from sif_desktop.language import FIGURE_KINDS, LANGUAGES, placeholders
from sif_desktop.model.edit import Set, apply
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.catalogue import codes
from sif_desktop.rules.check import Checker, check
from sif_desktop.rules.finding import SEVERITIES
from sif_desktop.rules.totals import totals
from sif_desktop.rules.words import places, sentence

often = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LEFT_OPEN = re.compile(r"\{[a-z_]+\}")


def said(proposal: Proposal, call: Call) -> list[str]:
    """All findings with their places, in all languages; asserts what holds for each of them."""
    told = []
    findings = check(proposal, call)
    for language in LANGUAGES:
        words = call.words(language)
        where = places(proposal, call, words)
        for finding in findings:
            wanted = placeholders(words.find(f"findings.{finding.code}") or "")
            assert {name for name, _ in wanted} <= finding.figures.keys(), finding
            assert all(isinstance(figure, int | str) for figure in finding.figures.values())
            text = sentence(finding, words)
            assert text != finding.code
            assert "\n" not in text
            told.append(f"{where(finding.address)}: {text}")
    return told


@often
@given(proposals())
def test_any_tree_is_checked_and_its_findings_are_said(proposal: Proposal) -> None:
    said(proposal, the_call())


@often
@given(proposals())
def test_nothing_in_a_criterion_is_an_error(proposal: Proposal) -> None:
    call = the_call()
    wishes = {section.id for section in call.sections if section.criterion}
    assert len(wishes) == 4
    for finding in check(proposal, call).blocking:
        section = call.section_at(finding.address)
        assert section is None or section.id not in wishes, finding


@often
@given(proposals(), st.data())
def test_checking_again_after_edits_gives_what_a_first_check_gives(
    proposal: Proposal, data: st.DataObject
) -> None:
    call = the_call()
    checker = Checker(call)
    assert checker.check(proposal) == check(proposal, call)
    for _ in range(data.draw(st.integers(1, 6))):
        proposal, _ = apply(proposal, data.draw(edits(proposal)))
        assert checker.check(proposal) == check(proposal, call)


@often
@given(proposals(), proposals())
def test_a_checker_may_turn_to_quite_another_tree(one: Proposal, other: Proposal) -> None:
    checker = Checker(the_call())
    for proposal in (one, other, one):
        assert checker.check(proposal) == check(proposal, the_call())


@often
@given(proposals())
def test_what_a_checker_gives_does_not_hang_on_identity(proposal: Proposal) -> None:
    """A tree read back from its JSON shares nothing with the first, and gives the same."""
    again = Proposal.model_validate(proposal.model_dump(mode="json"))
    assert check(again, the_call()) == check(proposal, the_call())


@often
@given(proposals())
def test_findings_stand_in_order_of_severity(proposal: Proposal) -> None:
    found = [SEVERITIES.index(finding.severity) for finding in check(proposal, the_call())]
    assert found == sorted(found)


def test_findings_of_one_severity_stand_in_the_order_of_the_form() -> None:
    call = the_call()
    order = [section.id for section in call.sections]
    sections = [
        call.section_at(finding.address) for finding in check(empty_proposal(), call).of("error")
    ]
    found = [order.index(section.id) for section in sections if section]
    assert found == sorted(found)
    assert len(found) > 10


def test_the_example_and_the_big_dossier_have_nothing_that_blocks() -> None:
    for proposal in (example_proposal(), big_proposal()):
        assert not check(proposal, the_call()).blocking
        assert said(proposal, the_call())


def test_a_key_in_a_list_looks_at_no_other_item() -> None:
    """The findings on items that did not change are the very same objects as before."""
    proposal = example_proposal()
    for line in proposal.budget:
        proposal, _ = apply(proposal, Set(at=f"budget/{line.id}/description", value=""))
    checker = Checker(the_call())
    before = {finding.address: finding for finding in checker.check(proposal)}
    changed, _ = apply(proposal, Set(at="budget/b02/subsidy", value=1))
    after = {finding.address: finding for finding in checker.check(changed)}
    at = "budget/b03/description"
    assert after[at] is before[at]
    assert after["budget/b02/description"] == before["budget/b02/description"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence_with_the_same_figures(language: str) -> None:
    words, dutch = (the_call().words(one) for one in (language, "nl"))  # type: ignore[arg-type]
    keys = [f"findings.{code}" for code in codes()]
    keys += [f"severities.{severity}" for severity in SEVERITIES]
    for key in keys:
        text = words.find(key)
        assert text, key
        assert placeholders(text) == placeholders(dutch.find(key) or ""), key
        assert {kind for _, kind in placeholders(text)} <= FIGURE_KINDS
    told = {key for key in words.layers[-1] if key.startswith("findings.")}
    assert told == {f"findings.{code}" for code in codes()}


@often
@given(proposals())
def test_totals_of_any_tree_agree_with_its_lines(proposal: Proposal) -> None:
    added = totals(proposal, the_call())
    amounts = [
        amount
        for line in proposal.budget
        for amount in (line.subsidy, line.own_means)
        if isinstance(amount, int)
    ]
    assert added.whole.total == sum(amounts)
    for parts in (added.by_partner, added.by_category, added.by_work_package, added.by_period):
        assert sum(amount.total for amount in parts.values()) == added.whole.total
