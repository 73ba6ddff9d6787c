"""Drafts of every released version open; older ones are copied aside and brought up to date."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from store.series import CHANGES_OF_V1, FILE_OF_V1, grow, grown, tree_of_v1

from sif_desktop.errors import FileError, NotOursError
from sif_desktop.store import header, migrate, opening, schema
from sif_desktop.store.draft import Draft

DRAFTS = Path(__file__).parent / "drafts"

NEXT = (*schema.TABLES[:-1], schema.TABLES[-1], "CREATE TABLE notes (id INTEGER PRIMARY KEY)")


def test_a_real_draft_of_every_released_version_is_kept() -> None:
    kept = {int(file.stem.removeprefix("v")) for file in DRAFTS.glob("v*.sif")}
    assert kept == set(range(1, schema.VERSION + 1)) == set(migrate.TABLES_OF)
    assert set(migrate.STEPS) == set(range(1, schema.VERSION))


@pytest.mark.parametrize("file", sorted(DRAFTS.glob("v*.sif")), ids=lambda file: file.stem)
def test_drafts_of_every_version_open(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "oud.sif"
    shutil.copyfile(file, path)
    for read_only in (True, False):
        with Draft.open(path, read_only=read_only) as draft:
            assert draft.recovered is None
            assert draft.proposal == tree_of_v1(CHANGES_OF_V1)
            assert draft.proposal_at(3) == tree_of_v1(3)
            assert [one.author for one in draft.history()] == ["An"] * CHANGES_OF_V1
            assert [moment.name for moment in draft.moments()] == ["verstuurd naar de partners"]
            with draft.open_attachment(hashlib.sha256(FILE_OF_V1).hexdigest()) as stream:
                assert stream.read() == FILE_OF_V1
    with Draft.open(path) as draft:
        grow(draft, 1)


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program one version on, to which a table was added."""

    def step(db: sqlite3.Connection) -> None:
        db.execute(NEXT[-1])

    monkeypatch.setitem(migrate.TABLES_OF, 1, schema.TABLES)
    monkeypatch.setitem(migrate.STEPS, 1, step)
    monkeypatch.setattr(schema, "VERSION", 2)
    monkeypatch.setattr(header, "VERSION", 2)
    real = schema.is_ours
    monkeypatch.setattr(opening.schema, "is_ours", lambda db, tables=NEXT: real(db, tables))


@pytest.mark.usefixtures("next_version")
def test_an_older_draft_is_copied_aside_and_migrated(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    shutil.copyfile(DRAFTS / "v1.sif", path)
    (tmp_path / "a (version 1).sif").write_text("in de weg")
    with Draft.open(path) as draft:
        assert draft.migrated == tmp_path / "a (version 1) 2.sif"
        assert draft.migrated.read_bytes() == (DRAFTS / "v1.sif").read_bytes()
        assert draft.proposal == tree_of_v1(CHANGES_OF_V1)
        grow(draft, 1)
    assert (tmp_path / "a (version 1).sif").read_text() == "in de weg"
    with Draft.open(path) as draft:
        assert (draft.migrated, draft.seq) == (None, CHANGES_OF_V1 + 1)
    assert header.version_of(path) == 2


@pytest.mark.usefixtures("next_version")
def test_looking_at_an_older_draft_changes_nothing(
    open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "a.sif"
    shutil.copyfile(DRAFTS / "v1.sif", path)
    open_folder.chmod(0o555)
    with unprivileged():
        for read_only in (True, False):
            with Draft.open(path, read_only=read_only) as draft:
                assert (draft.read_only, draft.migrated) == (True, None)
                assert draft.proposal == tree_of_v1(CHANGES_OF_V1)
        with Draft.stream_attachment(path, hashlib.sha256(FILE_OF_V1).hexdigest()) as stream:
            assert stream.read() == FILE_OF_V1
    assert path.read_bytes() == (DRAFTS / "v1.sif").read_bytes()
    assert [file.name for file in open_folder.iterdir()] == ["a.sif"]


@pytest.mark.usefixtures("next_version")
def test_a_migration_that_fails_leaves_the_old_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM changes")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(migrate.STEPS, 1, failing)
    path = tmp_path / "a.sif"
    shutil.copyfile(DRAFTS / "v1.sif", path)
    with pytest.raises(FileError) as caught:
        Draft.open(path)
    assert caught.value.key == "disk_full"
    assert path.read_bytes() == (DRAFTS / "v1.sif").read_bytes()
    monkeypatch.undo()
    with Draft.open(path) as draft:
        assert draft.proposal == tree_of_v1(CHANGES_OF_V1)


@pytest.mark.usefixtures("next_version")
def test_an_older_draft_with_other_parts_is_not_migrated(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    shutil.copyfile(DRAFTS / "v1.sif", path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("CREATE TRIGGER t AFTER INSERT ON changes BEGIN DELETE FROM snapshots; END")
    db.close()
    data = path.read_bytes()
    with pytest.raises(NotOursError):
        Draft.open(path)
    assert path.read_bytes() == data
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]


def test_a_version_that_never_was_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA user_version = 0")
    db.close()
    with pytest.raises(NotOursError):
        Draft.open(path)
