"""A call's folder is read as a stranger's file: what is wrong is told in a sentence."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from sif_desktop import paths
from sif_desktop.calls import folder
from sif_desktop.calls.call import Call
from sif_desktop.errors import CallError
from sif_desktop.language import LANGUAGES, words

CALL = "oproep-sociale-innovatie"
Change = Callable[[str], str]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A copy of the call's folder, to be damaged."""
    copy = tmp_path / CALL
    shutil.copytree(paths.forms() / CALL, copy)
    return copy


def refused(form: Path) -> CallError:
    """The error of reading a folder, after its sentence was said in each language."""
    with pytest.raises(CallError) as caught:
        folder.read(form)
    error = caught.value
    for language in LANGUAGES:
        said = words(language).say(f"errors.{error.key}", **error.figures)
        assert form.name in said
        assert len(said) < 700 and len(said.splitlines()) == 1
        said.encode("utf-8")
    return error


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_untouched_copy_is_read(form: Path) -> None:
    assert folder.read(form) == folder.find(CALL)
    assert folder.read(Path(os.path.relpath(form))).id == CALL


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("format = 1", 'format = 1\ncolour = "red"', "colour"),
        ("format = 1", 'format = 1\ntexts = "x"', "texts"),
        ("format = 1", "format = 2", "format"),
        ("format = 1", 'format = "1"', "format"),
        (f'id = "{CALL}"', 'id = "Not An Id"', "id"),
        ('edition = "2013"', "edition = 2013", "edition"),
        ("value = 5_000_000", "value = 5_000_000.5", "parameters.project_subsidy.value"),
        ('origin = "call"', 'origin = "hearsay"', "parameters.project_subsidy.origin"),
        ('kind = "money"', 'kind = "cash"', "parameters.project_subsidy.kind"),
        ('kind = "text", needed = "error"', 'kind = "essay", needed = "error"', "kind"),
        ('needed = "error"', 'needed = "always"', "needed"),
        ('needed = "error"', 'required = "error"', "required"),
        ("characters = 150", "characters = 0", "characters"),
        ("characters = 150", 'characters = "150"', "characters"),
        ("first = 1", "first = 0", "first"),
        ('view = "partners"', 'view = "carousel"', "view"),
        ("criterion = true", "criterion = 5", "criterion"),
        ('id = "title"', 'id = "Title"', "id"),
    ],
)
def test_unknown_keys_and_values_of_the_wrong_kind_are_refused_with_their_place(
    form: Path, old: str, new: str, where: str
) -> None:
    change(form / "call.toml", old, new)
    error = refused(form)
    assert error.key == "call_wrong_key"
    assert where in str(error.figures["where"])


def test_a_parameter_without_a_source_is_refused(form: Path) -> None:
    text = (form / "call.toml").read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(text) if line.startswith("source"))
    del text[at]
    (form / "call.toml").write_text("\n".join(text), encoding="utf-8")
    assert refused(form).figures["where"] == "parameters.project_subsidy.source"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "acronym"', 'id = "title"', "title is declared twice"),
        ('at = "project/acronym"', 'at = "project/title"', "project/title is asked twice"),
        ('id = "vision"', 'id = "effects"', "section effects is declared twice"),
        ('id = "m07-12"', 'id = "m01-06"', "period m01-06 is declared twice"),
        ("last = 6", "last = 6\n[[periods]]\nid = 'p'\nfirst = 9\nlast = 8", "p ends before"),
        ('at = "project/acronym"', 'at = "project/nickname"', "no project/nickname"),
        ('at = "project/acronym"', 'at = "project"', "no project"),
        ('at = "project/acronym"', 'at = "../secret"', "no ../secret"),
        ('at = "answers/community"', 'at = "answers/other"', "under the id of its field"),
        ('choices = "themes"', 'choices = "topics"', "no choices topics"),
        ('kind = "choice", choices = "nodes"', 'kind = "choice"', "no choices None"),
        ('kind = "choice", choices = "nodes"', 'kind = "text", choices = "nodes"', "has no"),
        (
            'when = { at = "project/theme", one_of = ["open"] }',
            'when = { at = "project/title", one_of = ["open"] }',
            "no choice at project/title",
        ),
        (
            'when = { at = "project/theme", one_of = ["open"] }',
            'when = { at = "partners/*/kind", one_of = ["enterprise"] }',
            "no choice at partners/*/kind",
        ),
        (
            'when = { at = "project/theme", one_of = ["open"] }',
            'when = { at = "project/theme", one_of = ["sport"] }',
            "depends on a value",
        ),
        ("value = 5_000_000", 'value = "veel"', "project_subsidy: its value is no money"),
        ("value = 5_000_000", "value = -1", "project_subsidy: -1 is out of bounds"),
        ("value = 3333", "value = 10_001", "priority_share: 10001 is out of bounds"),
        ("2013-04-01T16:00:00+02:00", "2013-04-01T16:00:00", "no moment with its offset"),
        ("2013-04-01T16:00:00+02:00", "eerste april", "no moment with its offset"),
        (f'id = "{CALL}"', 'id = "oproep-2014"', "its folder is named otherwise"),
        ("[choices]", '[choices]\ncolours = ["red"]', "choices.colours.red is missing"),
    ],
)
def test_names_that_do_not_fit_each_other_are_refused(
    form: Path, old: str, new: str, fault: str
) -> None:
    change(form / "call.toml", old, new)
    error = refused(form)
    assert error.key == "call_fault"
    assert fault in str(error.figures["fault"])


def test_a_form_without_periods_cannot_ask_for_one(form: Path) -> None:
    text = (form / "call.toml").read_text(encoding="utf-8")
    for period in ("m01-06", "m07-12"):
        start = text.index(f'[[periods]]\nid = "{period}"')
        text = text[:start] + text[text.index("\n\n", start) :]
    (form / "call.toml").write_text(text, encoding="utf-8")
    assert "the call has no periods" in str(refused(form).figures["fault"])


def test_a_rule_that_uses_an_unknown_parameter_is_refused(form: Path) -> None:
    with (form / "call.toml").open("a", encoding="utf-8") as stream:
        stream.write('\n[[rules]]\ncode = "some_rule"\nparameters = { most = "moon" }\n')
    assert refused(form).figures["fault"] == "rule some_rule: no parameter moon"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("old", "missing"),
    [
        ("[fields.summary]", "fields.summary.guidance"),
        ("[fields.summary]\nlabel", "fields.summary.label"),
        ("[sections.vision]\ntitle", "sections.vision.title"),
        ("[groups]\nidentity", "groups.identity"),
        ("[lists.partners]\none", "lists.partners.one"),
        ("[choices.themes]\ninclusion", "choices.themes.inclusion"),
        ("[parameters]\nproject_subsidy", "parameters.project_subsidy"),
        ("[parameter_values]\ncategories", "parameter_values.categories"),
        ("[call]\ntitle", "call.title"),
    ],
)
def test_a_text_missing_in_one_language_is_refused(
    form: Path, language: str, old: str, missing: str
) -> None:
    file = form / "texts" / f"{language}.toml"
    change(file, old, old.replace("summary]", "gone]") if old.endswith("]") else f"{old}_gone")
    assert refused(form).figures["fault"] == f"texts/{language}.toml: {missing} is missing"


def test_a_blank_text_counts_as_missing(form: Path) -> None:
    change(form / "texts" / "fr.toml", 'identity = "Nom et résumé"', 'identity = " "')
    assert refused(form).figures["fault"] == "texts/fr.toml: groups.identity is missing"


def test_a_text_that_dutch_does_not_have_is_refused(form: Path) -> None:
    change(form / "texts" / "en.toml", "[call]", '[call]\nextra = "Only here"')
    assert refused(form).figures["fault"] == "texts/nl.toml: call.extra is missing"


@pytest.mark.parametrize(
    ("dutch", "english", "fault"),
    [
        ("{most:money}", "{least:money}", "other placeholders"),
        ("{most:money}", "{most}", "other placeholders"),
        ("{most:money}", "", "other placeholders"),
        ("{most:cash}", "{most:cash}", "other placeholders"),
        ("{most", "{most", "brace"),
        ("most}", "most}", "brace"),
        ("{most.real}", "{most.real}", "without a plain name"),
        ("{}", "{}", "without a plain name"),
    ],
)
def test_placeholders_must_agree_and_be_plain(
    form: Path, dutch: str, english: str, fault: str
) -> None:
    for language, placeholder in (("nl", dutch), ("en", english), ("fr", dutch)):
        file = form / "texts" / f"{language}.toml"
        change(file, "[call]", f'[call]\nextra = "x {placeholder}"')
    assert fault in str(refused(form).figures["fault"])


def test_a_value_that_is_no_text_is_refused(form: Path) -> None:
    change(form / "texts" / "nl.toml", "[call]", "[call]\nextra = 5")
    error = refused(form)
    assert (error.key, error.figures["where"]) == ("call_wrong_key", "call.extra")


@pytest.mark.parametrize("name", ["call.toml", "texts/nl.toml", "texts/fr.toml"])
@pytest.mark.parametrize(
    "data",
    [
        b"title = ",
        b"[a\n",
        b"a = 1\na = 2\n",
        b"\xff\xfea",
        b'a = "\xe9"\n',
        b"\x00",
        b"PK\x03\x04",
        b"a = " + b"[" * 100_000,
        b"a" + b".a" * 5_000 + b' = "x"\n',
    ],
)
def test_what_is_no_toml_is_refused(form: Path, name: str, data: bytes) -> None:
    (form / name).write_bytes(data)
    assert refused(form).key in ("call_not_toml", "call_wrong_key")


@pytest.mark.parametrize("name", ["call.toml", "texts/nl.toml", "texts/en.toml"])
def test_a_missing_file_a_folder_in_its_place_or_a_huge_one_is_refused(
    form: Path, name: str
) -> None:
    (form / name).unlink()
    assert refused(form).key == "call_unreadable"
    (form / name).mkdir()
    assert refused(form).key == "call_unreadable"
    (form / name).rmdir()
    (form / name).write_bytes(b"#" * (3 * 1024 * 1024))
    assert refused(form).key == "call_unreadable"


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").key == "call_unreadable"


def test_a_call_is_found_by_its_id_and_an_unknown_one_is_told_with_the_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path))
    assert folder.find(CALL).id == CALL
    for strange in ("oproep-1999", "", "..", "../forms/" + CALL, "x" * 10_000, "\x00", "\ud800"):
        with pytest.raises(CallError) as caught:
            folder.find(strange)
        assert caught.value.key == "call_unknown"
        said = words("nl").say("errors.call_unknown", **caught.value.figures)
        assert CALL in said and len(said) < 500
        said.encode("utf-8")


def test_a_new_edition_is_a_copied_folder_without_code(
    form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    own = tmp_path / "home" / "forms" / "oproep-2014"
    shutil.copytree(form, own)
    change(own / "call.toml", f'id = "{CALL}"', 'id = "oproep-2014"')
    change(own / "call.toml", 'edition = "2013"', 'edition = "2014"')
    change(own / "call.toml", "value = 5_000_000", "value = 7_500_000")
    found = folder.find("oproep-2014")
    assert (found.edition, found.figure("project_subsidy")) == ("2014", 7_500_000)
    assert folder.find(CALL).figure("project_subsidy") == 5_000_000
    assert next(folder.folders()).name == "oproep-2014"


def test_a_call_finds_its_fields_by_address() -> None:
    call: Call = folder.find(CALL)
    field = call.field_at("partners/k3m9/enterprise_number")
    assert field is not None and field.id == "partner_enterprise_number"
    assert (field.list_at, field.name) == ("partners", "enterprise_number")
    section = call.section_at("work_packages/w1/deliverables/d1")
    assert section is not None and section.id == "work_plan"
    section = call.section_at("partners/p1/capacity")
    assert section is not None and section.id == "capacity"
    assert call.field_at("partners/k3m9") is None
    assert call.field_at("answers/nothing") is None
    assert call.section_at("nowhere/x") is None
    inner = [spec.id for spec in call.fields_of("work_packages/*/activities")]
    assert inner == ["activity_title", "activity_description", "activity_partner"]
    assert call.figure("closing") is None
    assert call.figure("nothing") is None
    assert call.words("fr").say("call.title") == "Appel Innovation sociale"


@pytest.mark.parametrize(
    ("behind", "key"),
    [
        (".".join(["a"] * 200_000) + " = 1\n", "call_not_toml"),
        ("a = [" + "1," * 200_000 + "]\n", "call_unreadable"),
        ("a = [\n" + "1\n," * 40_000 + "]\n", "call_unreadable"),
        ("# " + "x" * 600_000, "call_unreadable"),
        ("a = [" + "1," * 40_000 + "]\n", "call_wrong_key"),
        ("[[sections]]\n" * 12_000, "call_wrong_key"),
        ("[" * 100_000, "call_not_toml"),
        ("x" * 400_000, "call_not_toml"),
    ],
)
def test_a_few_bytes_do_not_become_a_form_of_any_size(form: Path, behind: str, key: str) -> None:
    """A name of a million names would take minutes, a list of a million values all memory."""
    file = form / "call.toml"
    # A key of the whole form would stand in its last table behind it.
    file.write_text(behind if behind[0] != "[" else file.read_text() + behind, encoding="utf-8")
    tracemalloc.start()
    try:
        assert refused(form).key == key
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()


def test_the_forms_of_the_program_are_far_below_the_limits() -> None:
    for file in paths.forms().glob("*/**/*.toml"):
        data = file.read_bytes()
        assert len(data) * 8 < 512 * 1024
        assert (data.count(b"\n") + data.count(b",")) * 8 < 50_000
