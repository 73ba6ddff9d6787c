"""Every form that comes with the program: complete in three languages, honest about its sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sif_desktop import paths
from sif_desktop.calls import folder
from sif_desktop.calls.audit import audit, texts_needed
from sif_desktop.calls.call import Call
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model.address import parse, shapes
from sif_desktop.model.proposal import Proposal

FORMS = sorted(place for place in paths.forms().iterdir() if place.is_dir())
MAIN = "oproep-sociale-innovatie"


@pytest.fixture(params=FORMS, ids=lambda form: form.name)
def call(request: pytest.FixtureRequest) -> Call:
    return folder.read(request.param)


@pytest.fixture
def main() -> Call:
    return folder.find(MAIN)


def test_the_main_call_is_among_the_forms() -> None:
    assert MAIN in [form.name for form in FORMS]


def test_a_form_has_no_fault_and_all_texts(call: Call) -> None:
    assert list(audit(call)) == []
    for language in LANGUAGES:
        for key in texts_needed(call):
            assert call.words(language).say(key).strip(), (language, key)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_is_data_only(form: Path) -> None:
    files = sorted(str(file.relative_to(form)) for file in form.rglob("*") if file.is_file())
    assert files == ["call.toml", "texts/en.toml", "texts/fr.toml", "texts/nl.toml"]


def test_each_parameter_tells_where_it_was_read(call: Call) -> None:
    for name, parameter in call.parameters.items():
        assert len(parameter.source) > 10, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_written_out_and_short_enough_to_be_read(call: Call, language: Language) -> None:
    texts = call.texts[language]
    for key, text in texts.items():
        assert text == text.strip() and "  " not in text and "\n" not in text, key
        assert not re.search(r"TODO|XXX|lorem|[\"']", text), key
        if key.endswith((".guidance", ".why")):
            assert text.endswith((".", "?")), key
            assert 20 < len(text) < 600, key
            sentences = re.findall(r"[.?!](?=\s|$)", text)
            assert 1 <= len(sentences) <= 6, key
        if key.endswith(".label"):
            assert len(text) < 70 and not text.endswith("."), key


@pytest.mark.parametrize("language", ["en", "fr"])
def test_texts_are_translated(call: Call, language: Language) -> None:
    dutch = call.texts["nl"]
    for key, text in call.texts[language].items():
        if key.endswith((".guidance", ".why", ".aim")):
            assert text != dutch[key], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_of_one_choice_have_different_titles(call: Call, language: Language) -> None:
    words = call.words(language)
    for name, values in call.choices.items():
        titles = [words.say(f"choices.{name}.{value}") for value in values]
        assert len(set(titles)) == len(titles), name


def test_each_list_of_choices_is_used(call: Call) -> None:
    assert {field.choices for field in call.fields.values()} - {None} == set(call.choices)


def test_no_text_speaks_of_something_that_the_form_does_not_have(call: Call) -> None:
    optional = {f"fields.{name}.example" for name in call.fields}
    optional |= {f"sections.{section.id}.why" for section in call.sections}
    optional |= {"call.practice", "call.submitting"}
    assert call.texts["nl"].keys() - set(texts_needed(call)) - optional == set()


def test_guidance_names_no_length_since_lengths_stand_with_the_fields(call: Call) -> None:
    for language in LANGUAGES:
        for key, text in call.texts[language].items():
            assert not re.search(r"\b(tekens|characters|caractères)\b", text), key


def test_a_length_limit_is_never_said_to_be_the_calls(main: Call) -> None:
    for field in main.fields.values():
        assert field.longest is None or field.longest.origin == "ours", field.id


def test_the_main_form_asks_for_every_value_of_a_proposal(main: Call) -> None:
    asked = {field.at for field in main.fields.values()}
    for name, shape in shapes(Proposal).items():
        if shape.kind == "part" and shape.inner:
            assert {f"{name}/{leaf}" for leaf in shapes(shape.inner)} <= asked
        if shape.kind == "list" and shape.inner:
            for leaf, inner in shapes(shape.inner).items():
                if inner.kind == "list" and inner.inner:
                    within = {f"{name}/*/{leaf}/*/{one}" for one in shapes(inner.inner)}
                    assert within - {f"{name}/*/{leaf}/*/id"} <= asked
                elif leaf != "id":
                    assert f"{name}/*/{leaf}" in asked
    for at in asked:
        parse(at.replace("*", "x"))


def test_the_main_form_has_the_figures_of_its_edition(main: Call) -> None:
    figures = {name: parameter.value for name, parameter in main.parameters.items()}
    assert figures["project_subsidy"] == 50_000_00
    assert figures["project_duration"] == 12
    assert figures["call_money"] == 1_000_000_00
    assert figures["closing"] == "2013-04-01T16:00:00+02:00"
    assert figures["foreign_share"] == figures["subcontracting_share"] == 20_00
    assert {"categories", "way_of_submitting", "evaluation", "priority_share"} <= figures.keys()


def test_a_wish_of_the_call_is_never_an_error(main: Call) -> None:
    criteria = [section for section in main.sections if section.criterion]
    assert [section.id for section in criteria] == [
        "vision",
        "effects",
        "connecting",
        "empowerment",
    ]
    for section in criteria:
        assert all(field.needed != "error" for field in section.fields)


def test_the_official_words_stand_in_the_dutch_form(main: Call) -> None:
    dutch = " ".join(main.texts["nl"].values()).lower()
    for term in (
        "zaaimiddelen",
        "maatschappelijke behoefte",
        "toekomstvisie",
        "effecten behouden en meten",
        "actoren verbinden",
        "emancipatie, empowerment en/of participatie",
        "verstedelijking",
        "sociale inclusie",
        "opborrelt",
        "sociale economie",
        "werkplekinnovatie",
        "uitspraak over de haalbaarheid",
        "plan voor verdere uitrol",
        "draagkracht",
        "sociale innovatiefabriek",
        "subsidieonafhankelijkheid",
        "kennisinstelling",
        "middenveldorganisatie",
        "onderneming",
        "mede-aanvrager",
        "onderaannemer",
        "gemeenschapsbevoegdheden",
        "innovatieknooppunt",
        "kbo-nummer",
        "vestigingsnummer",
    ):
        assert term in dutch, term
