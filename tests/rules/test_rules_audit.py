"""Forms whose rules cannot be used: each fault is named, and a check with them still runs."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import example_proposal, the_call

from sif_desktop import paths
from sif_desktop.calls.call import Call, FieldSpec, Parameter, RuleUse, Section
from sif_desktop.calls.folder import read
from sif_desktop.errors import CallError
from sif_desktop.rules.audit import audit, usable
from sif_desktop.rules.catalogue import CATALOGUE, FAMILIES, codes
from sif_desktop.rules.check import check

OUR_FORMS = sorted(file.parent for file in paths.forms().glob("*/call.toml"))


def changed(**changes: Any) -> Call:
    call = the_call()
    return Call.model_validate({name: getattr(call, name) for name in Call.model_fields} | changes)


def with_rule(**used: Any) -> Call:
    """The call with one more rule, and without its own use of it."""
    rules = [rule for rule in the_call().rules if rule.code != used["code"]]
    return changed(rules=(*rules, RuleUse(**used)))


def with_field(**field: Any) -> Call:
    section = Section(id="more", fields=(FieldSpec(**field),), criterion=True)
    return changed(sections=(*the_call().sections, section))


def with_closing(**closing: Any) -> Call:
    parameter = Parameter(source="a test", origin="ours", **closing)
    return changed(parameters={**the_call().parameters, "closing": parameter})


@pytest.mark.parametrize("folder", OUR_FORMS, ids=lambda folder: folder.name)
def test_the_calls_that_come_with_the_program_have_no_fault(folder: Any) -> None:
    assert list(audit(read(folder))) == []


WRONG = [
    (with_rule(code="foreing_share"), "rule foreing_share: no such rule; foreign_share?"),
    (with_rule(code="foreign_share"), "rule foreign_share: needs a parameter ceiling (share)"),
    (
        with_rule(code="foreign_share", parameters={"most": "foreign_share"}),
        "rule foreign_share: takes no parameter most",
    ),
    (
        with_rule(code="foreign_share", parameters={"ceiling": "not_there"}),
        "rule foreign_share: no parameter not_there",
    ),
    (
        with_rule(code="foreign_share", parameters={"ceiling": "project_subsidy"}),
        "rule foreign_share: project_subsidy is no share",
    ),
    (
        with_rule(code="outcome_missing", values={"outcomes": ("feasibility",)}),
        "rule outcome_missing: outcomes has no feasibility",
    ),
    (with_rule(code="outcome_missing"), "rule outcome_missing: needs a list outcomes"),
    (
        with_rule(code="budget_none", values={"lines": ("x",)}),
        "rule budget_none: takes no list lines",
    ),
    (
        with_rule(code="empowerment_none", values={"fields": ("title",)}),
        "rule empowerment_none: fields has no title",
    ),
    (
        with_rule(code="indicators_none", severity="error"),
        "rule indicators_none: a wish of the call is never an error",
    ),
    (
        changed(rules=(*the_call().rules, RuleUse(code="budget_none"))),
        "rule budget_none is used twice",
    ),
    (
        changed(sections=the_call().sections[:1]),
        "rule budget_none: the form asks for nothing at budget",
    ),
    (
        with_field(id="amount", at="partners/*/website", kind="money"),
        "field amount: a proposal does not keep a money at partners/*/website",
    ),
    (
        with_field(id="whole", at="partners/*", kind="text"),
        "field whole: a proposal does not keep a text at partners/*",
    ),
    (
        with_field(id="wish", at="answers/wish", kind="text", needed="error"),
        "field wish: a wish of the call is never an error",
    ),
    (
        with_closing(kind="moment", value="1 april 2013"),
        "rule closing_past: closing is no moment with its offset",
    ),
    (with_closing(kind="text", value="soon"), "rule closing_past: closing is no moment"),
    (with_closing(kind="moment", value=5), "rule closing_past: closing is no moment"),
    (
        changed(
            parameters={
                **the_call().parameters,
                "project_subsidy": Parameter(kind="money", value=-1, source="x", origin="ours"),
            }
        ),
        "rule subsidy_over: project_subsidy is below zero",
    ),
]


@pytest.mark.parametrize(("call", "fault"), WRONG, ids=[fault for _, fault in WRONG])
def test_a_fault_is_named_and_does_not_make_a_check_raise(call: Call, fault: str) -> None:
    assert fault in list(audit(call))
    with pytest.raises(CallError) as caught:
        usable(call)
    assert caught.value.key == "call_fault"
    check(example_proposal(), call)


def test_a_call_without_faults_is_given_back() -> None:
    assert usable(the_call()) is the_call()


def test_a_rule_without_its_figure_is_silent_and_leaves_the_fields_their_own_words() -> None:
    call = with_rule(code="duration_over")
    long = example_proposal().project.model_copy(update={"duration": 99})
    proposal = example_proposal().model_copy(update={"project": long})
    assert "duration_over" not in {finding.code for finding in check(proposal, call)}


def test_a_form_without_a_rule_has_the_general_words_for_its_fields() -> None:
    call = changed(rules=())
    hollow = example_proposal().project.model_copy(update={"need": ""})
    found = check(example_proposal().model_copy(update={"project": hollow}), call)
    assert [(one.code, one.address) for one in found.blocking] == [("needed", "project/need")]


def test_another_edition_is_another_figure_and_no_code() -> None:
    parameters = dict(the_call().parameters)
    parameters["project_duration"] = parameters["project_duration"].model_copy(update={"value": 11})
    call = changed(edition="2014", parameters=parameters)
    found = {one.code: one for one in check(example_proposal(), call)}
    assert found["duration_over"].figures == {"months": 12, "most": 11, "excess": 1}
    assert "edition_other" in found


def test_every_code_is_used_once_and_every_family_has_rules() -> None:
    assert len(set(codes())) == len(codes())
    for name, family in FAMILIES.items():
        own = [rule for rule in CATALOGUE.values() if rule.run.__module__ == family.__name__]
        assert own, name
