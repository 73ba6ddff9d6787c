"""Workbooks on the command line: `sheet`, and `import --from` a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from dossiers import example_proposal, the_call
from sheets.workbooks import OWN_MEANS, SUBSIDY, changed, example_workbook, plain, row_of

from sif_desktop.app.importing import import_into
from sif_desktop.cli.main import main
from sif_desktop.language import LANGUAGES, Language, words
from sif_desktop.model.edit import Set, apply
from sif_desktop.sheets.changes import Difference, Unreadable
from sif_desktop.sheets.telling import Teller
from sif_desktop.store.draft import Draft

LINE = example_proposal().budget[0]


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft with the example, and a home of its own for what is remembered."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "thuis"))
    file = tmp_path / "a.sif"
    Draft.create(file, example_proposal(), author="An").close()
    return file


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def raised(sheet: Any) -> None:
    sheet.cell(row_of(sheet, LINE.id), SUBSIDY).value = 14500


def test_out_changed_shown_and_in_again(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "uit.xlsx"
    assert main(["sheet", str(draft), str(out)]) == 0
    changed(out.read_bytes(), raised, out)
    before = draft.read_bytes()
    capsys.readouterr()
    assert main(["import", str(draft), "--from", str(out), "--show"]) == 0
    shown = capsys.readouterr().out
    assert "1.315,16 → 14.500,00" in shown
    assert draft.read_bytes() == before
    assert main(["import", str(draft), "--from", str(out), "--author", "Bea"]) == 0
    assert capsys.readouterr().out.startswith(shown.splitlines()[0])
    with Draft.open(draft, read_only=True) as opened:
        wanted, _ = apply(example_proposal(), Set(at=f"budget/{LINE.id}/subsidy", value=1_450_000))
        assert opened.proposal == wanted
    assert main(["history", str(draft), "--json"]) == 0
    act = json.loads(capsys.readouterr().out)[-1]
    assert (act["label"], act["subject"], act["author"]) == ("sheet", "uit.xlsx", "Bea")
    assert main(["import", str(draft), "--from", str(out)]) == 0
    assert words("nl").say("commands.no_differences") in capsys.readouterr().out


def test_a_partner_by_its_name_in_another_language(draft: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit.xlsx"
    name = example_proposal().partners[1].name.upper()
    assert main(["sheet", str(draft), str(out), name, "--lang", "fr"]) == 0
    assert import_into(draft, out, "An") == 0


def test_a_partner_that_is_not_there(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sheet", str(draft), str(tmp_path / "uit.xlsx"), "Niemand"]) == 2
    assert example_proposal().partners[0].short_name in complaint(capsys)
    assert not (tmp_path / "uit.xlsx").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_is_listed_and_nothing_is_done(
    language: Language, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def spoil(sheet: Any) -> None:
        raised(sheet)
        sheet.cell(9, OWN_MEANS).value = "veel"

    file = changed(example_workbook(), spoil, tmp_path / "in.xlsx")
    before = draft.read_bytes()
    assert main(["import", str(draft), "--from", str(file), "--lang", language]) == 2
    output = capsys.readouterr()
    assert "H9" in output.out
    assert "veel" in output.out
    assert output.err.count("\n") == 1
    assert "in.xlsx" in output.err
    assert draft.read_bytes() == before


def test_a_mapping_is_told_once(draft: Path, tmp_path: Path) -> None:
    rows: list[list[object]] = [["Wat", "Hoeveel"], ["Koffie", 12.5]]
    file = plain(tmp_path / "eigen.xlsx", rows)
    command = ["import", str(draft), "--from", str(file), "--partner", "Demerzicht"]
    assert main(command) == 2
    assert main([*command, "--map", "Wat=description", "--map", "Hoeveel=subsidy", "--show"]) == 0
    assert main(command) == 2
    assert main([*command, "--map", "Wat=description", "--map", "Hoeveel=subsidy"]) == 0
    rows[1][1] = 13
    plain(file, rows)
    assert main(command) == 0
    with Draft.open(draft, read_only=True) as opened:
        mine = [line for line in opened.proposal.budget if line.partner == "demerzicht"]
    assert [(line.description, line.subsidy) for line in mine] == [("Koffie", 1300)]


def test_a_workbook_needs_a_draft_and_its_options_a_workbook(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.xlsx"
    file.write_bytes(example_workbook())
    assert main(["import", str(tmp_path / "nieuw.sif"), "--from", str(file)]) == 2
    assert "nieuw.sif" in complaint(capsys)
    assert not (tmp_path / "nieuw.sif").exists()
    assert main(["import", str(draft), "--from", str(draft), "--show"]) == 2
    assert "a.sif" in complaint(capsys)
    assert main(["show", str(file)]) == 2
    complaint(capsys)


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), b"PK\x03\x04" + bytes(99), b""]
)
def test_a_bad_workbook_leaves_the_draft_as_it_was(
    data: bytes, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, before = tmp_path / "in.xlsx", draft.read_bytes()
    file.write_bytes(data)
    assert main(["import", str(draft), "--from", str(file)]) == 2
    assert "in.xlsx" in complaint(capsys)
    assert draft.read_bytes() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_difference_and_reason_has_its_words(language: Language) -> None:
    from typing import get_args

    from sif_desktop.sheets.values import Reason

    teller = Teller(example_proposal(), the_call(), the_call().words(language))
    for reason in get_args(Reason):
        said = teller.unreadable(Unreadable(7, "subsidy", "G7", reason, "abc"))
        assert "7" in said
        assert "G7" in said
        assert "{" not in said
    for one in (
        Difference("changed", 7, LINE, "category", "staff", "overhead", meanwhile=True),
        Difference("added", 1007, LINE),
        Difference("removed", 0, LINE),
    ):
        said = teller.difference(one)
        assert LINE.description in said
        assert "{" not in said
        assert "1.007" not in said
