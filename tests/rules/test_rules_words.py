"""Where a finding is, in words; and that no address, however odd, makes a tree of words fall."""

from __future__ import annotations

import re

import pytest
from dossiers import empty_proposal, example_proposal, the_call
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Set, apply
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.words import place, places, sentence, severity

often = settings(max_examples=300, derandomize=True, deadline=None, database=None)
STEPS = (
    "project partners work_packages budget answers title name wp2 a21 activities deliverables "
    "drempel x .. {name} id format É"
)
steps = st.sampled_from(["", *STEPS.split()])


@pytest.mark.parametrize(
    ("address", "dutch"),
    [
        (
            "partners/drempel/enterprise_number",
            "Partner Gedeelde Drempel › @partner_enterprise_number",
        ),
        ("partners/drempel", "Partner Gedeelde Drempel"),
        ("partners", "#partners"),
        ("budget/b12/subsidy", "Begroting, lijn 12 › @line_subsidy"),
        ("budget", "#budget"),
        ("work_packages/wp2/first_month", "Werkpakket 2 › @wp_first_month"),
        ("work_packages/wp2/activities", "Werkpakket 2 › activiteiten"),
        ("work_packages/wp2/activities/a23/title", "Werkpakket 2 › Activiteit 3 › @activity_title"),
        ("work_packages/wp5/deliverables/d52", "Werkpakket 5 › Resultaat 2"),
        ("indicators/i3/target", "Indicator 3 › @indicator_target"),
        ("project/title", "#project › @title"),
        ("answers/vision_future", "#vision › @vision_future"),
        ("answers/stray", "Antwoorden buiten het formulier"),
        ("edition", "De editie van de oproep"),
        ("partners/gone/name", "Een partner die er niet meer is › @partner_name"),
        (
            "work_packages/gone/activities/x",
            "Een werkpakket dat er niet meer is › Een activiteit die er niet meer is",
        ),
        ("nowhere/at/all", "nowhere/at/all"),
    ],
)
def test_places(address: str, dutch: str) -> None:
    """`@field` stands for the label that the form gives a field, `#section` for a title."""
    call = the_call()
    words = call.words("nl")
    dutch = re.sub(r"@(\w+)", lambda found: words.say(f"fields.{found[1]}.label"), dutch)
    dutch = re.sub(r"#(\w+)", lambda found: words.say(f"sections.{found[1]}.title"), dutch)
    assert place(example_proposal(), call, words, address) == dutch


def test_a_partner_without_a_name_goes_by_its_number() -> None:
    proposal = example_proposal()
    for name in ("name", "short_name"):
        proposal, _ = apply(proposal, Set(at=f"partners/hospita/{name}", value=" "))
    call = the_call()
    assert place(proposal, call, call.words("en"), "partners/hospita") == "Partner 3"


def test_a_long_name_is_cut() -> None:
    proposal, _ = apply(
        example_proposal(), Set(at="partners/hospita/short_name", value="lang " * 400_000)
    )
    call = the_call()
    assert len(place(proposal, call, call.words("nl"), "partners/hospita")) < 80


@often
@given(st.lists(steps, max_size=6).map("/".join), st.sampled_from(LANGUAGES))
def test_any_address_has_words(address: str, language: str) -> None:
    call = the_call()
    words = call.words(language)  # type: ignore[arg-type]
    for proposal in (example_proposal(), empty_proposal()):
        assert isinstance(place(proposal, call, words, address), str)


def test_many_places_are_those_of_one_by_one() -> None:
    call, proposal = the_call(), example_proposal()
    words = call.words("fr")
    where = places(proposal, call, words)
    for finding in check(empty_proposal(), call):
        assert where(finding.address) == place(proposal, call, words, finding.address)


def test_a_choice_is_said_in_the_language_of_the_words() -> None:
    finding = Finding(
        "outcome_missing",
        "error",
        "work_packages",
        {"outcome": "choices.outcomes.feasibility_statement"},
    )
    said = [sentence(finding, the_call().words(language)) for language in LANGUAGES]
    assert "Uitspraak over de haalbaarheid" in said[0]
    assert len(set(said)) == 3
    assert not any("choices." in text for text in said)


def test_what_was_typed_is_never_taken_for_a_key_or_a_placeholder() -> None:
    for typed in ("fields.title.label", "{most:money}", "{0}", "{"):
        finding = Finding("unknown_choice", "error", "project/theme", {"typed": typed})
        assert f"‘{typed}’" in sentence(finding, the_call().words("nl"))


def test_a_code_without_words_is_told_as_it_is() -> None:
    words = the_call().words("nl")
    assert sentence(Finding("later", "error", "project"), words) == "later"
    assert severity(Finding("later", "advice", "project"), words) == "Advies"


def test_a_number_of_an_organisation_is_told_to_be_a_matter_of_form() -> None:
    for code in (
        "enterprise_number_length",
        "enterprise_number_wrong",
        "establishment_number",
        "enterprise_numbers_form",
    ):
        finding = Finding(code, "error", "partners", {"typed": "x", "count": 1})
        assert "form" in sentence(finding, the_call().words("en"))
        assert "vorm" in sentence(finding, the_call().words("nl"))
