"""The list of recent drafts and the settings: small files that may be damaged or missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sif_desktop.app import recent, settings
from sif_desktop.app.recent import RecentDraft

DAMAGED = [
    b"",
    b"{",
    b"null",
    b"[1, null, [], {}]",
    b'[{"path": 3}, {"path": ""}]',
    b'{"language": "tlh", "author": 5, "scheme": []}',
    b"[" * 100_000,
    b"\xff\xfe\x00",
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def draft(name: str, **more: object) -> RecentDraft:
    return RecentDraft(f"/somewhere/{name}.sif", **more)


def test_the_newest_comes_first_and_each_draft_once() -> None:
    recent.remember(draft("a", title="One"))
    recent.remember(draft("b"))
    recent.remember(draft("a", title="Two", completeness=40))
    assert [known.path for known in recent.recent()] == ["/somewhere/a.sif", "/somewhere/b.sif"]
    assert recent.recent()[0] == draft("a", title="Two", completeness=40)


def test_the_list_stays_short() -> None:
    for place in range(recent.MOST + 5):
        recent.remember(draft(str(place)))
    assert len(recent.recent()) == recent.MOST


def test_a_draft_is_forgotten() -> None:
    recent.remember(draft("a"))
    recent.forget("/somewhere/a.sif")
    assert recent.recent() == ()


def test_a_draft_left_open_is_told_while_it_exists(tmp_path: Path) -> None:
    file = tmp_path / "a.sif"
    file.write_bytes(b"x")
    recent.remember(RecentDraft(str(file), open=True))
    recent.remember(draft("gone", open=True))
    assert [known.path for known in recent.left_open()] == [str(file)]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_damaged_files_are_as_good_as_none(home: Path, data: bytes) -> None:
    home.mkdir(parents=True)
    for name in ("recent.json", "settings.json"):
        (home / name).write_bytes(data)
    assert recent.recent() == ()
    assert settings.load() == settings.Settings()
    recent.remember(draft("a"))
    assert len(recent.recent()) == 1


def test_settings_are_kept_one_by_one() -> None:
    settings.save(language="fr")
    settings.save(author="An Peeters", scheme="dark")
    assert settings.load() == settings.Settings("fr", "An Peeters", "dark")


def test_a_home_that_cannot_be_written_raises_nothing(home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    home.write_text("a file where the folder should be")
    recent.remember(draft("a"))
    settings.save(language="en")
    assert recent.recent() == ()
    assert settings.load().language == "nl"


def test_a_moment_that_is_none_is_none() -> None:
    assert draft("a", changed="yesterday").moment is None
    assert draft("a", changed="2026-01-02T03:04:05+00:00").moment is not None
