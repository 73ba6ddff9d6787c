"""New editions from old folders, audits of folders, and proposals carried into another form."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from dossiers import EXAMPLE, example_proposal, the_call
from forms_of_tests import FORMS, PRIZE, action, action_call, bring_prize_form, prize, prize_call
from hypothesis import given, settings
from strategies import proposals

from sif_desktop import paths
from sif_desktop.app.editions import audit_folder, new_edition
from sif_desktop.app.faults import fault_said
from sif_desktop.app.followup import carry_over
from sif_desktop.app.sources import read
from sif_desktop.calls import audit as calls_audit
from sif_desktop.calls import folder
from sif_desktop.calls.call import Call
from sif_desktop.cli.main import main
from sif_desktop.errors import CallError, FileError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.model.address import value_at
from sif_desktop.rules import audit as rules_audit
from sif_desktop.rules.audit import audit as audit_rules
from sif_desktop.rules.check import check

MAIN = "oproep-sociale-innovatie"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with the tiny form among its own."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    bring_prize_form(tmp_path / "home")
    return tmp_path / "home"


# ------------------------------------------------------------------------- a new edition
@pytest.mark.parametrize("old", [MAIN, "fabriek-actie", PRIZE])
def test_a_new_edition_is_the_same_call_under_another_name(old: str, home: Path) -> None:
    made = new_edition(old, "nieuw-2014", 'editie "2014"')
    assert made == home / "forms" / "nieuw-2014"
    call, before = folder.find("nieuw-2014"), folder.find(old)
    assert (call.id, call.edition) == ("nieuw-2014", 'editie "2014"')
    rest = set(Call.model_fields) - {"id", "edition"}
    assert call.model_dump(include=rest) == before.model_dump(include=rest)
    assert list(audit_rules(call)) == []
    assert "# " in (made / "call.toml").read_text(encoding="utf-8")
    assert [path.name for path in made.parent.iterdir() if path.name.startswith(".")] == []


def test_a_new_edition_takes_no_ones_place(home: Path) -> None:
    made = new_edition(MAIN, "nieuw")
    before = (made / "call.toml").read_bytes()
    with pytest.raises(FileError):
        new_edition(MAIN, "nieuw", "anders")
    assert (made / "call.toml").read_bytes() == before
    for bad in ("../weg", "Met Hoofdletters", "", "a" * 41):
        with pytest.raises(CallError):
            new_edition(MAIN, bad)
    with pytest.raises(CallError):
        new_edition("bestaat-niet", "nieuw2")
    assert sorted(path.name for path in made.parent.iterdir()) == [PRIZE, "nieuw"]


def test_from_an_old_folder_to_a_checked_draft_without_programming(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["call", "new", MAIN, "oproep-2014", "--edition", "2014"]) == 0
    told = capsys.readouterr().out
    assert "50.000,00 euro" in told and "EWI" in told and "1 april 2013, 16:00" in told
    file = home / "forms" / "oproep-2014" / "call.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value = 5_000_000", "value = 6_000_000"), encoding="utf-8")
    assert main(["call", "check", "oproep-2014"]) == 0
    draft = tmp_path / "a.sif"
    origin = str(EXAMPLE / "proposal.json")
    assert main(["new", str(draft), "--call", "oproep-2014", "--from", origin]) == 0
    assert main(["check", str(draft)]) == 0
    assert read(draft).proposal.edition == "2014"


# ------------------------------------------------------------------------------ the audit
def test_the_audit_says_all_that_is_missing_at_once(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = new_edition(MAIN, "kapot")
    for language, gone in (("fr", "project_duration"), ("nl", "call_money")):
        file = made / "texts" / f"{language}.toml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(x for x in lines if not x.startswith(gone)), encoding="utf-8")
    form = made / "call.toml"
    text = form.read_text(encoding="utf-8").replace('code = "budget_none"', 'code = "budget_non"')
    form.write_text(text, encoding="utf-8")
    found = audit_folder(str(made), NOW)
    assert not found.good
    assert found.missing["fr"] == ("parameters.project_duration",)
    assert "parameters.call_money" in found.missing["nl"]
    assert any("budget_non" in fault for fault in found.faults)
    assert main(["call", "check", str(made)]) == 1
    told = capsys.readouterr().out
    for expected in ("texts/fr.toml", "parameters.project_duration", "budget_non"):
        assert expected in told


def test_the_audit_of_a_sound_folder_finds_nothing() -> None:
    for form in (*paths.forms().iterdir(), FORMS / PRIZE):
        found = audit_folder(str(form), NOW)
        assert found.good
    assert audit_folder(MAIN, NOW).closed
    assert not audit_folder(MAIN, datetime(2013, 1, 1, tzinfo=UTC)).closed


def test_a_folder_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = new_edition(MAIN, "kapot")
    (made / "call.toml").write_text("format = ", encoding="utf-8")
    assert main(["call", "check", str(made)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert main(["call", "check", str(tmp_path / "niets")]) == 2
    assert main(["call", "check", str(tmp_path)]) == 1


def lines_of_the_audits() -> list[str]:
    """A sample of every line that an audit can give, from the audits' own source."""
    found = []
    for module in (calls_audit, rules_audit, folder):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    str(part.value) if isinstance(part, ast.Constant) else "x"
                    for part in node.values
                ]
                found.append("".join(parts))
    return [line for line in found if " " in line]


def test_every_line_of_an_audit_has_its_sentence() -> None:
    lines = lines_of_the_audits()
    assert len(lines) > 40
    for language in LANGUAGES:
        for line in lines:
            said = fault_said(line, words(language))
            assert "{" not in said
            if language != "en" and line not in ("; x?", "section x", "period x"):
                assert said != line, line
    expected = "Regel budget_non: die bestaat niet. Bedoelt u budget_none?"
    assert fault_said("rule budget_non: no such rule; budget_none?", words("nl")) == expected
    assert fault_said("iets anders", words("nl")) == "iets anders"


# ----------------------------------------------------------------------------- follow-up
def test_the_same_form_takes_everything_over() -> None:
    carried = carry_over(example_proposal(), the_call(), the_call())
    assert carried.left == ()
    same = {"id": "x"}
    assert carried.proposal.model_copy(update=same) == example_proposal().model_copy(update=same)
    assert carried.proposal.id != example_proposal().id


def test_what_the_new_form_does_not_ask_is_listed_with_its_whole_text() -> None:
    old = example_proposal()
    carried = carry_over(old, the_call(), action_call())
    new = carried.proposal
    assert new.project.title == old.project.title
    assert [one.id for one in new.partners] == [one.id for one in old.partners]
    assert [one.subsidy for one in new.budget] == [one.subsidy for one in old.budget]
    assert new.indicators == new.actors == new.attachments == ()
    left = {one.address: one for one in carried.left}
    assert left["answers/vision_future"].text == old.answers["vision_future"]
    assert left["answers/vision_future"].reason == "unasked"
    # A text where the new form has a choice, and a period that the new form does not have.
    assert left["answers/approach"].reason == "unfit"
    assert left[f"budget/{old.budget[0].id}/period"].reason == "unfit"
    codes = {one.code for one in check(new, action_call())}
    assert not codes & {"answer_unasked", "unknown_choice", "unknown_period", "wrong_value"}


def test_references_go_along_with_what_they_name() -> None:
    carried = carry_over(action(), action_call(), prize_call())
    (line,) = carried.proposal.budget
    assert (line.subsidy, line.partner, line.work_package) == (20_000_00, "", "")
    assert {"budget/b1/partner", "budget/b1/work_package"} <= {one.address for one in carried.left}
    back = carry_over(prize(), prize_call(), action_call())
    assert back.proposal.project.title == prize().project.title
    assert {one.address for one in back.left} == {"answers/trees", "budget/b1/category"}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(proposals())
def test_nothing_is_lost_of_any_proposal(old: object) -> None:
    carried = carry_over(old, the_call(), action_call())  # type: ignore[arg-type]
    left = {one.address for one in carried.left}
    for address in (f"project/{name}" for name in type(carried.proposal.project).model_fields):
        before = value_at(old, address)  # type: ignore[arg-type]
        after = value_at(carried.proposal, address)
        assert after == before or address in left
    for name, value in old.answers.items():  # type: ignore[attr-defined]
        assert carried.proposal.answers.get(name, "") == value or f"answers/{name}" in left


def test_the_command_writes_what_did_not_fit_beside_the_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, origin = tmp_path / "vervolg.sif", tmp_path / "proposal.json"
    origin.write_bytes(canonical.to_json(example_proposal()))
    command = ["new", str(draft), "--call", "fabriek-actie", "--from", str(origin)]
    assert main(command) == 0
    text = (tmp_path / "vervolg-niet-overgenomen.txt").read_text(encoding="utf-8")
    assert str(example_proposal().answers["vision_long_term"]) in text
    assert "vervolg-niet-overgenomen.txt" in capsys.readouterr().out
    before = sorted(tmp_path.iterdir())
    draft.unlink()
    assert main(command) == 2  # never over the text of an earlier time
    assert not draft.exists()
    assert sorted(tmp_path.iterdir()) == [one for one in before if one != draft]


def test_attachments_come_along_from_a_bundle(tmp_path: Path) -> None:
    assert main(["demo", str(tmp_path / "demo")]) == 0
    draft = tmp_path / "vervolg.sif"
    bundle = str(tmp_path / "demo" / "voorbeeld.asice")
    assert main(["new", str(draft), "--call", MAIN, "--from", bundle]) == 0
    source = read(draft)
    assert len(source.proposal.attachments) == 3
    assert set(source.attachments) == {one.sha256 for one in source.proposal.attachments}
