"""The command line as a user and a script meet it: answers, exit codes, one-line errors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from dossiers import example_proposal

from sif_desktop.cli.main import main
from sif_desktop.model import canonical
from sif_desktop.model.edit import Set, apply
from sif_desktop.model.proposal import Proposal

COMMANDS_ON_A_FILE = ("show", "check", "history", "verify")


@pytest.fixture
def example_json(tmp_path: Path) -> Path:
    """The example dossier as proposal.json."""
    file = tmp_path / "proposal.json"
    file.write_bytes(canonical.to_json(example_proposal()))
    return file


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on standard error: exactly one line, and nothing of Python's."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


def test_new_draft_is_empty_and_blocked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.sif"
    assert main(["new", str(file), "--call", "oproep-sociale-innovatie"]) == 0
    assert main(["check", str(file)]) == 1
    capsys.readouterr()
    assert main(["show", str(file), "--json"]) == 0
    shown = Proposal.model_validate_json(capsys.readouterr().out)
    assert shown.call == "oproep-sociale-innovatie"
    assert shown.partners == ()


def test_import_and_show_give_the_same_proposal(
    tmp_path: Path, example_json: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.sif"
    assert main(["import", str(file), "--from", str(example_json), "--author", "An"]) == 0
    capsys.readouterr()
    assert main(["show", str(file), "--json"]) == 0
    assert capsys.readouterr().out.encode().strip() == example_json.read_bytes()


def test_import_into_a_draft_is_one_act_in_its_history(
    tmp_path: Path, example_json: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.sif"
    main(["import", str(file), "--from", str(example_json)])
    changed, _ = apply(example_proposal(), Set(at="project/acronym", value="ANDERS"))
    other = tmp_path / "other.json"
    other.write_bytes(canonical.to_json(changed))
    capsys.readouterr()
    assert main(["import", str(file), "--from", str(other), "--author", "Bea"]) == 0
    assert main(["history", str(file), "--json"]) == 0
    output = capsys.readouterr().out
    acts = json.loads(output[output.index("[") :])
    assert [act["label"] for act in acts] == ["import", "import"]
    assert acts[1]["author"] == "Bea"
    assert acts[1]["edits"] == [{"op": "set", "at": "project/acronym", "value": "ANDERS"}]


def test_show_is_readable_and_in_the_language_asked(
    example_json: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(example_json), "--lang", "fr"]) == 0
    text = capsys.readouterr().out
    assert example_proposal().project.title in text
    assert "euro" in text


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_check_says_what_and_where(
    language: str, example_json: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", language, "check", str(example_json), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["blocking"] == 0
    assert all(finding["sentence"] and finding["place"] for finding in report["findings"])


def test_pdf_of_a_draft_is_made(tmp_path: Path, example_json: Path) -> None:
    out = tmp_path / "out.pdf"
    assert main(["pdf", str(example_json), str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "oproep-sociale-innovatie"]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_export_that_is_blocked_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "a.sif", tmp_path / "a.asice"
    main(["new", str(file), "--call", "oproep-sociale-innovatie"])
    capsys.readouterr()
    assert main(["export", str(file), str(out)]) == 1
    complaint(capsys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.sif"]


BAD_FILES: dict[str, bytes] = {
    "empty": b"",
    "text": b"Beste Jan, in bijlage het voorstel.",
    "binary": bytes(range(256)) * 40,
    "cut json": b'{"format":1,"call":"oproep-soc',
    "wrong types": b'{"format":1,"call":"oproep-sociale-innovatie","project":{"title":7}}',
    "nan": b'{"format":1,"call":"oproep-sociale-innovatie","project":{"duration":NaN}}',
    "huge string": b'{"format":1,"call":"x","project":{"title":"' + b"a" * 10_000_000 + b'"}}',
    "deep": b'{"format":1,"call":"x","project":' + b"[" * 100_000,
    "unknown call": b'{"format":1,"call":"bestaat-niet"}',
    "unknown key": b'{"format":1,"call":"oproep-sociale-innovatie","nieuw":1}',
    "newer": b'{"format":99,"call":"oproep-sociale-innovatie"}',
    "half a database": b"SQLite format 3\x00" + b"\x00" * 50,
    "half a zip": b"PK\x03\x04mimetypeapplication/vnd.etsi.asic-e+zip",
    "half a pdf": b"%PDF-1.7\n1 0 obj",
    "another zip": b"PK\x05\x06" + b"\x00" * 18,
}


@pytest.mark.parametrize("command", COMMANDS_ON_A_FILE)
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_is_not_ours_is_refused_in_one_line(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mijn dossier.sif"
    file.write_bytes(BAD_FILES[name])
    assert main([command, str(file)]) == 2
    assert "mijn dossier" in complaint(capsys) or name == "unknown call"
    assert file.read_bytes() == BAD_FILES[name]
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("command", COMMANDS_ON_A_FILE)
@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_missing_file_and_folder(
    command: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(tmp_path / "weg.sif"), "--lang", language]) == 2
    assert "weg.sif" in complaint(capsys)
    assert main([command, str(tmp_path), "--lang", language]) == 2
    assert tmp_path.name in complaint(capsys)


def test_no_permission_is_said(
    example_json: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert main(["show", str(example_json)]) == 2
    assert "proposal.json" in complaint(capsys)


def test_output_never_takes_the_place_of_what_it_cannot_finish(
    tmp_path: Path, example_json: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "weg" / "uit.pdf"
    assert main(["pdf", str(example_json), str(missing)]) == 2
    complaint(capsys)
    folder = tmp_path / "map.pdf"
    folder.mkdir()
    assert main(["pdf", str(example_json), str(folder)]) == 2
    complaint(capsys)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.pdf", "proposal.json"]


def test_new_asks_which_call_where_there_are_several(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.sif"
    assert main(["new", str(file)]) == 2
    assert "oproep-sociale-innovatie" in complaint(capsys)
    assert not file.exists()


def test_new_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.sif"
    file.write_text("van mij")
    assert main(["new", str(file), "--call", "oproep-sociale-innovatie"]) == 2
    complaint(capsys)
    assert file.read_text() == "van mij"


@pytest.mark.parametrize(
    "words",
    [["new"], ["check", "--bestaat-niet"], ["wat-is-dit", "x"], ["--lang", "de", "schema", "x"]],
)
def test_a_misused_command_is_told_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(words)
    except SystemExit as stop:
        code = int(str(stop.code))
    assert code == 2
    complaint(capsys)


def test_a_word_that_is_no_command_is_told_with_the_one_that_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verfiy", "x.asice"]) == 2
    assert complaint(capsys) == (
        "Er is geen opdracht 'verfiy', en geen bestand dat zo heet. Bedoelde u 'verify'?"
    )


def test_text_that_steers_a_terminal_is_made_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nasty, _ = apply(example_proposal(), Set(at="project/title", value="\x1b]0;weg\x07\x1b[2J"))
    file = tmp_path / "nasty.json"
    file.write_bytes(canonical.to_json(nasty))
    assert main(["show", str(file)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_call_folder_of_the_user_with_a_fault_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from sif_desktop import paths

    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path))
    shutil.copytree(paths.forms() / "oproep-sociale-innovatie", tmp_path / "forms" / "mijn-oproep")
    call = tmp_path / "forms" / "mijn-oproep" / "call.toml"
    call.write_text("verzonnen = 1\n" + call.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["schema", "mijn-oproep"]) == 2
    assert "call.toml" in complaint(capsys)
