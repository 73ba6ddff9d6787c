"""The small files in the user's own folder, damaged or put there by somebody else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sif_desktop.app import opening, pins, recent, settings, sheet
from sif_desktop.errors import FileError
from sif_desktop.model.edit import Change
from sif_desktop.sheets.mapping import Rename

HALF = "\ud800"
"""Half a sign: it can stand in JSON, and can neither be shown nor written."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path))
    return tmp_path


def put(home: Path, name: str, tree: object) -> Path:
    """Writes a file in which every sign stands as itself, or as its number."""
    (home / name).write_text(json.dumps(tree), encoding="ascii")
    return home / name


def test_half_a_sign_in_a_name_never_stands_in_the_way_of_work(home: Path) -> None:
    put(home, "settings.json", {"author": f"An{HALF}", "language": "fr"})
    name = opening.author()
    name.encode()
    Change(at="2013-03-01T10:00:00Z", author=name, edits=(), inverse=())  # type: ignore[arg-type]
    settings.save(language="en", author="Bo")
    assert settings.load() == settings.Settings(language="en", author="Bo")


def test_half_a_sign_in_a_list_does_not_end_the_list(home: Path) -> None:
    put(home, "recent.json", [{"path": f"/a{HALF}.sif"}, {"path": "/b.sif", "title": HALF}])
    for one in recent.recent():
        f"{one.path}{one.title}".encode()
    recent.remember(recent.RecentDraft("/c.sif"))
    assert recent.recent()[0].path == "/c.sif"


def test_half_a_sign_among_the_pins_is_said_and_nothing_is_written(home: Path) -> None:
    file = put(home, "pinned.json", {"ab" * 32: {"name": HALF, "since": "2013-01-01"}})
    before = file.read_bytes()
    assert pins.pinned() == {}
    with pytest.raises(FileError) as caught:
        pins.pin("0" * 64)
    assert caught.value.key == "pins_damaged"
    assert file.read_bytes() == before


def test_half_a_sign_in_a_mapping_is_forgotten(home: Path) -> None:
    put(home, "sheet_mappings.json", [{"sheet": [HALF], "headings": {}, "words": {}}])
    sheet.remember(("kost",), Rename({"kost": "subsidy"}))
    tree = json.loads((home / "sheet_mappings.json").read_text("utf-8"))
    assert [one["sheet"] for one in tree] == [["kost"]]
