"""The commands packet, merge, compare and signoff, as a person and a script meet them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dossiers import example_proposal
from teamwork.desks import act, made, tree

from sif_desktop.cli.main import main
from sif_desktop.language import LANGUAGES
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return made(tmp_path / "home.sif", example_proposal())


@pytest.fixture
def packet(home: Path, capsys: Captured) -> Path:
    file = home.with_name("packet.sif")
    assert main(["packet", str(home), "demerzicht", str(file), "--author", "An"]) == 0
    assert "packet.sif" in capsys.readouterr().out
    return file


def own_line(proposal: Proposal) -> str:
    return next(f"budget/{one.id}" for one in proposal.budget if one.partner == "demerzicht")


def other_line(proposal: Proposal) -> str:
    return next(f"budget/{one.id}" for one in proposal.budget if one.partner != "demerzicht")


def test_a_packet_goes_out_and_is_merged(home: Path, packet: Path, capsys: Captured) -> None:
    at = f"{own_line(tree(home))}/subsidy"
    act(packet, "Bo", Set(at=at, value=123_456))
    assert main(["merge", str(home), str(packet), "--author", "An"]) == 0
    assert "Aantal wijzigingen: 1" in capsys.readouterr().out
    assert value_at(tree(home), at) == 123_456
    assert main(["merge", str(home), str(packet), "--author", "An"]) == 0
    assert "verandert niets" in capsys.readouterr().out


def test_choices_are_shown_made_and_told_as_data(
    home: Path, packet: Path, capsys: Captured
) -> None:
    own, other = (f"{find(tree(home))}/subsidy" for find in (own_line, other_line))
    act(home, "An", Set(at=own, value=1_450_000))
    act(packet, "Bo", Set(at=own, value=1_200_000), Set(at=other, value=1))
    merge = ["merge", str(home), str(packet), "--author", "An"]
    before = tree(home)
    assert main([*merge, "--dry-run", "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["edits"] == 0
    keys = {choice["address"]: choice["key"] for choice in data["choices"]}
    assert set(keys) == {own, other}
    assert main(merge) == 1
    said = capsys.readouterr().out
    assert "14.500,00 euro" in said
    assert "12.000,00 euro" in said
    assert re.search(r"Andere kant \(Bo, \d", said)
    assert keys[own] in said
    assert tree(home) == before
    assert main([*merge, "--theirs", keys[own], "--mine", keys[other]]) == 0
    assert value_at(tree(home), own) == 1_200_000
    assert value_at(tree(home), other) == value_at(before, other)
    capsys.readouterr()
    assert main(merge) == 0


def test_all_choices_at_once(home: Path, packet: Path) -> None:
    act(packet, "Bo", Set(at="project/title", value="Van Bo"))
    title = tree(home).project.title
    assert main(["merge", str(home), str(packet), "--dry-run", "--all-theirs"]) == 0
    assert tree(home).project.title == title
    assert main(["merge", str(home), str(packet), "--all-theirs"]) == 0
    assert tree(home).project.title == "Van Bo"


def test_an_unknown_choice_merges_nothing(home: Path, packet: Path, capsys: Captured) -> None:
    act(packet, "Bo", Set(at=f"{own_line(tree(home))}/subsidy", value=1))
    before = tree(home)
    assert main(["merge", str(home), str(packet), "--mine", "abc"]) == 2
    assert "'abc'" in capsys.readouterr().err
    assert tree(home) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_comparing_on_screen_as_data_and_as_a_page(
    home: Path, packet: Path, capsys: Captured, language: str
) -> None:
    act(packet, "Bo", Set(at="project/title", value="<b>Nieuw</b>"))
    command = ["compare", str(home), str(packet), "--lang", language]
    assert main(command) == 0
    assert "<b>Nieuw</b>" in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["address"], one["kind"]) == ("project/title", "changed")
    html = home.with_name("verschil.html")
    assert main([*command, "--html", str(html)]) == 0
    page = html.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert "&lt;b&gt;Nieuw" in page
    capsys.readouterr()
    assert main(["compare", str(home), str(home), "--lang", language]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_two_moments_of_one_draft(home: Path, capsys: Captured) -> None:
    for title in ("Eerst", "Dan", "Nu"):
        act(home, "An", Set(at="project/title", value=title))
    with Draft.open(home, author="An") as draft:
        draft.name_moment(1, "Naar de partners")
    moments = ["--old-at", "naar de partners", "--new-at", "2"]
    assert main(["compare", str(home), str(home), *moments]) == 0
    said = capsys.readouterr().out
    assert "[-Eerst-]" in said or "Eerst → Dan" in said
    assert "Nu" not in said
    for at in ("9", "-1", "nergens", "9" * 5000):
        assert main(["compare", str(home), str(home), f"--old-at={at}"]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_signing_off(home: Path, capsys: Captured) -> None:
    assert main(["signoff", str(home)]) == 0
    assert main(["signoff", str(home), "Demerzicht", "--author", "Bo"]) == 0
    capsys.readouterr()
    assert main(["signoff", str(home)]) == 0
    assert "Bo voor Demerzicht" in capsys.readouterr().out
    act(home, "An", Set(at=f"{own_line(tree(home))}/subsidy", value=1))
    assert main(["signoff", str(home)]) == 1
    said = capsys.readouterr().out
    assert "wijziging van An" in said
    assert "Partner Demerzicht, personeel" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_input_is_one_line_and_changes_nothing(
    home: Path, packet: Path, tmp_path: Path, capsys: Captured, language: str
) -> None:
    text = tmp_path / "text.sif"
    text.write_text("x")
    missing = tmp_path / "missing.sif"
    out = tmp_path / "new.sif"
    before = home.read_bytes()
    for command in (
        ["packet", home, "niemand", out],
        ["packet", home, "demerzicht", packet],
        ["packet", home, "demerzicht", out, "--assign", "nergens"],
        ["packet", text, "demerzicht", out],
        ["merge", home, text],
        ["merge", home, missing],
        ["merge", text, packet],
        ["compare", home, text],
        ["compare", missing, home],
        ["compare", home, packet, "--html", tmp_path / "no" / "x.html"],
        ["signoff", text],
        ["signoff", home, "niemand"],
    ):
        assert main(["--lang", language, *(str(word) for word in command)]) == 2, command
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1, lines
        assert "{" not in lines[0]
    assert home.read_bytes() == before
    assert not out.exists()
