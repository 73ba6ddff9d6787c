"""The JSON Schema of a call's proposal, by a validator that is not ours."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import dossiers
import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sif_desktop.calls.call import Call, Length
from sif_desktop.calls.folder import find
from sif_desktop.calls.schema import holder, schema
from sif_desktop.errors import NewerError, NotOursError
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model import canonical
from sif_desktop.model.edit import Edit, Set, apply
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check

SOME = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def the_call() -> Call:
    return find("oproep-sociale-innovatie")


@cache
def validator(*, strict: bool = False) -> Draft202012Validator:
    return Draft202012Validator(schema(the_call(), "nl", strict=strict))


def tree(proposal: Proposal) -> Any:
    return json.loads(canonical.to_json(proposal))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("strict", [False, True])
def test_the_schema_is_one(language: Language, strict: bool) -> None:
    made = schema(the_call(), language, strict=strict)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"] == f"{the_call().words(language).say('call.title')} 2013"
    assert json.loads(json.dumps(made)) == made


@SOME
@given(strategies.proposals())
def test_whatever_the_model_takes_the_plain_schema_takes(proposal: Proposal) -> None:
    assert list(validator().iter_errors(tree(proposal))) == []


@pytest.mark.parametrize(
    "proposal", [dossiers.empty_proposal, dossiers.example_proposal, dossiers.big_proposal]
)
def test_the_dossiers_are_taken(proposal: Any) -> None:
    assert validator().is_valid(tree(proposal()))


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"format": "1"},
        {"call": 5},
        {"call": "Not An Id"},
        {"language": "de"},
        {"unknown": 1},
        {"project": []},
        {"project": {"title": 5}},
        {"project": {"unknown": ""}},
        {"project": {"exclusions": "none"}},
        {"project": {"duration": 1.5}},
        {"project": {"duration": True}},
        {"project": {"duration": 2**53}},
        {"partners": {}},
        {"partners": [{"id": "Not An Id"}]},
        {"partners": [{"name": None}]},
        {"work_packages": [{"deliverables": [{"month": []}]}]},
        {"budget": [{"subsidy": []}]},
        {"answers": {"Not An Id": "x"}},
        {"answers": {"vision_future": {}}},
        {"answers": {"own": None}},
        {"answers": {"own": [1]}},
    ],
)
def test_what_the_model_refuses_the_schema_refuses(changes: dict[str, Any]) -> None:
    wrong = {"format": 1, "call": "c", **changes}
    assert not validator().is_valid(wrong)
    with pytest.raises((NotOursError, NewerError)):
        canonical.from_bytes(json.dumps(wrong).encode(), "x")


@pytest.mark.parametrize("missing", ["format", "call"])
def test_what_every_proposal_has_is_required(missing: str) -> None:
    whole = tree(dossiers.example_proposal())
    del whole[missing]
    assert not validator().is_valid(whole)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@SOME
@given(st.sampled_from(sorted(Proposal.model_fields)), json_values)
def test_schema_and_model_agree_on_any_json(name: str, value: Any) -> None:
    changed = {"format": 1, "call": "c", name: value}
    try:
        canonical.from_bytes(json.dumps(changed).encode(), "x")
    except (NotOursError, NewerError) as error:
        # A schema cannot say that the ids of a list differ; all else it says.
        assert name == "partners" or not validator().is_valid(changed), error
    else:
        assert validator().is_valid(changed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_stands_at_its_place_with_the_words_of_the_form(language: Language) -> None:
    call = the_call()
    made, words = schema(call, language), call.words(language)
    for section in call.sections:
        for field in section.fields:
            node = holder(made, field.at)["properties"][field.name]
            assert node["title"] == words.say(f"fields.{field.id}.label")
            assert node["description"].startswith(words.say(f"fields.{field.id}.guidance"))
            assert node["x-field"]["id"] == field.id
            assert node["x-field"]["section"] == section.id
            if field.choices:
                values = [choice["const"] for choice in node["x-choices"]]
                assert tuple(values) == call.choices[field.choices]
    assert made["properties"]["partners"]["title"].lower() == words.say("lists.partners.many")


def test_no_word_of_the_models_names_is_left_in_a_translation() -> None:
    made = schema(the_call(), "nl")
    titles = [made["properties"][name].get("title") for name in ("id", "format", "answers")]
    assert titles == [None, None, None]
    assert "Short Name" not in json.dumps(made)


def test_a_length_is_told_with_whose_limit_it_is_and_ours_is_never_enforced() -> None:
    call = the_call()
    node = schema(call, "en", strict=True)["$defs"]["Project"]["properties"]["title"]
    assert node["x-field"]["longest"] == {"characters": 150, "origin": "ours"}
    assert "150" in node["description"] and "no rule of the call" in node["description"]
    proposal = apply(dossiers.example_proposal(), Set(at="project/title", value="x" * 500))[0]
    assert validator(strict=True).is_valid(tree(proposal))


def test_a_length_of_the_call_itself_is_enforced_by_the_strict_schema_only() -> None:
    call = the_call()
    first = call.sections[0]
    limited = first.fields[0].model_copy(update={"longest": Length(characters=9, origin="call")})
    section = first.model_copy(update={"fields": (limited, *first.fields[1:])})
    other = call.model_copy(update={"sections": (section, *call.sections[1:])})
    # A copy keeps the cached fields of the call that it was made of.
    other = Call.model_validate(other.model_dump())
    whole = tree(dossiers.example_proposal())
    assert Draft202012Validator(schema(other, "nl")).is_valid(whole)
    assert not Draft202012Validator(schema(other, "nl", strict=True)).is_valid(whole)


def test_each_parameter_is_told_with_its_source() -> None:
    told = schema(the_call(), "fr")["x-parameters"]
    assert told.keys() == the_call().parameters.keys()
    assert told["project_subsidy"]["value"] == 5_000_000
    assert "EWI" in told["project_subsidy"]["source"]


def test_the_strict_schema_takes_what_can_be_exported_and_refuses_an_empty_proposal() -> None:
    for proposal in (dossiers.example_proposal(), dossiers.big_proposal()):
        assert check(proposal, the_call()).blocking == ()
        assert list(validator(strict=True).iter_errors(tree(proposal))) == []
    assert not validator(strict=True).is_valid(tree(dossiers.empty_proposal()))


def broken(*edits: Edit) -> Any:
    proposal = dossiers.example_proposal()
    for edit in edits:
        proposal, _ = apply(proposal, edit)
    return tree(proposal)


FIRST = dossiers.example_proposal().partners[0].id
LINE = dossiers.example_proposal().budget[0].id


@pytest.mark.parametrize(
    "edits",
    [
        [Set(at="call", value="another-call")],
        [Set(at="project/title", value=" ")],
        [Set(at="project/theme", value="sport")],
        [Set(at="project/innovation_kinds", value=())],
        [Set(at="project/innovation_kinds", value=("magic",))],
        [Set(at="project/duration", value="twaalf")],
        [Set(at="project/duration", value=-1)],
        [Set(at="project/start", value="binnenkort")],
        [Set(at="answers/capacity_followup", value="")],
        [Set(at=f"partners/{FIRST}/name", value="")],
        [Set(at=f"partners/{FIRST}/enterprise_number", value="2123456789")],
        [Set(at=f"partners/{FIRST}/contact_email", value="an")],
        [
            Set(at=f"partners/{FIRST}/seat", value="abroad"),
            Set(at=f"partners/{FIRST}/country", value=""),
        ],
        [Set(at=f"budget/{LINE}/subsidy", value="veel")],
        [Set(at=f"budget/{LINE}/own_means", value=-5)],
        [Set(at=f"budget/{LINE}/period", value="m99")],
    ],
    ids=str,
)
def test_the_strict_schema_refuses_what_blocks_an_export(edits: list[Edit]) -> None:
    changed = broken(*edits)
    assert not validator(strict=True).is_valid(changed)
    assert validator().is_valid(changed), "a draft keeps it"


def test_the_strict_schema_asks_only_where_a_condition_holds() -> None:
    asked_abroad = Set(at=f"partners/{FIRST}/country", value="")
    assert validator(strict=True).is_valid(broken(asked_abroad))
    empty_wish = Set(at="answers/vision_future", value="")
    assert validator(strict=True).is_valid(broken(empty_wish))


@pytest.mark.parametrize(
    "edits",
    [
        [Set(at="answers/empowerment_kinds", value=("magic",))],
        [Set(at="project/second_node", value=" ")],
        [Set(at="project/second_node", value="")],
        [
            Set(at=f"partners/{FIRST}/role", value="co_applicant"),
            Set(at=f"partners/{FIRST}/seat", value="abroad"),
            Set(at=f"partners/{FIRST}/country", value="nl"),
        ],
        [Set(at=f"partners/{FIRST}/website", value="geen")],
        [Set(at=f"budget/{LINE}/subsidy", value=" ")],
    ],
    ids=str,
)
def test_the_strict_schema_lets_through_what_is_no_error(edits: list[Edit]) -> None:
    assert list(validator(strict=True).iter_errors(broken(*edits))) == []


@settings(SOME, max_examples=80)
@given(st.data())
def test_the_strict_schema_refuses_nothing_that_could_be_exported(data: st.DataObject) -> None:
    proposal = dossiers.example_proposal()
    if data.draw(st.booleans()):
        proposal, _ = apply(proposal, data.draw(strategies.edits(proposal)))
    else:
        drawn = data.draw(strategies.proposals())
        proposal = drawn.model_copy(update={"call": proposal.call})
    if not validator(strict=True).is_valid(tree(proposal)):
        assert check(proposal, the_call()).blocking
