"""The printable sheet of a verification: the three answers, for good bundles and for any other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from bundle import craft, crafted_zip
from bundle.crafted import CASES

from sif_desktop.app.verification import examine
from sif_desktop.app.verification_sheet import write_sheet
from sif_desktop.bundle.identity import ephemeral, fingerprint_groups
from sif_desktop.errors import FileError, NotOursError
from sif_desktop.language import LANGUAGES, Language, words

_ = crafted_zip
JAN = ephemeral("Jan Peeters", "Zorgcirkel vzw")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of this user's own."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))


def text_of(bundle: Path, language: Language = "nl") -> str:
    """The words on the sheet about a bundle, on one line."""
    out = bundle.with_suffix(".pdf")
    write_sheet(examine(bundle), words(language), bundle, out)
    done = subprocess.run(["pdftotext", out, "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_tells_the_three_answers_and_the_fingerprint(tmp_path: Path, language: Language) -> None:
    said = text_of(craft.bundle(tmp_path / "voorstel.asice", JAN), language)
    known = words(language)
    for key in ("verify.intact", "verify.not_checked.revocation", "verification_sheet.title"):
        assert " ".join(known.say(key).split()) in said
    assert "Jan Peeters" in said and fingerprint_groups(JAN.fingerprint) in said
    assert "voorstel.asice" in said and "proposal.json" in said and "attachments/001.pdf" in said


def test_a_changed_bundle_says_which_member(tmp_path: Path) -> None:
    path = craft.bundle(tmp_path / "a.asice", JAN)
    data = path.read_bytes()
    place = next(one for one in craft.places(data) if one.name == "call.json")
    path.write_bytes(craft.changed(data, place.start, 1, repaired=True))
    said = text_of(path)
    assert words("nl").say("verify.intact") not in said
    assert "call.json is gewijzigd" in said


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("name ")][:40])
def test_any_container_gives_a_sheet(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.asice"
    build, _code = CASES[name]
    path.write_bytes(build(craft.contents(craft.bundle(tmp_path / "g.asice", JAN)), JAN))
    try:
        examination = examine(path)
    except NotOursError:
        return
    write_sheet(examination, words("nl"), path, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = craft.bundle(tmp_path / "a.asice", JAN)
    with pytest.raises(FileError):
        write_sheet(examine(path), words("nl"), path, tmp_path / "nowhere" / "a.pdf")
