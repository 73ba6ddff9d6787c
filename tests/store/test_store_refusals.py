"""Files that are not drafts, or not to be had: a plain error, and not a byte changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from store.series import BLANK, FILE, grow, grown, typed

from sif_desktop.errors import FileError, NewerError, NotOursError, SifError
from sif_desktop.store import packed, schema
from sif_desktop.store.draft import Draft
from sif_desktop.store.packed import digest

Unprivileged = Callable[[], AbstractContextManager[None]]


def state_of(folder: Path) -> dict[str, str]:
    """All that is in a folder, by name, so that nothing can be changed or left unnoticed."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def refusals(path: Path) -> list[SifError]:
    """What opening a file says, for writing and for reading; nothing may be changed by it."""
    before = state_of(path.parent)
    found = []
    for read_only in (False, True):
        with pytest.raises(SifError) as caught:
            Draft.open(path, read_only=read_only)
        found.append(caught.value)
    assert state_of(path.parent) == before
    assert {error.figures["file"] for error in found} == {str(path)}
    return found


def refused(path: Path) -> str:
    """The key of what opening a file says, which is the same for writing and for reading."""
    keys = {error.key for error in refusals(path)}
    assert len(keys) == 1
    return keys.pop()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "file_empty"),
        (b"x", "file_not_ours"),
        (b"{}" * 500, "file_not_ours"),
        (b"PK\x03\x04" + bytes(2000), "file_not_ours"),
        (b"SQLite format 3\x00", "draft_damaged"),
        (b"SQLite format 3\x00" + bytes(2000), "file_not_ours"),
        (bytes(100_000), "file_not_ours"),
    ],
)
def test_what_is_no_draft_is_refused(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    assert refused(path) == key


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg.sif") == "file_missing"
    assert refused(tmp_path / "weg" / "a.sif") == "file_missing"
    assert refused(tmp_path / "nul\0.sif") == "file_missing"
    (tmp_path / "map.sif").mkdir()
    assert refused(tmp_path / "map.sif") == "file_is_folder"
    os.mkfifo(tmp_path / "pijp.sif")
    assert refused(tmp_path / "pijp.sif") == "file_not_ours"
    (tmp_path / "lus.sif").symlink_to(tmp_path / "lus.sif")
    refusals(tmp_path / "lus.sif")


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    for mode in ("DELETE", "WAL"):
        db = sqlite3.connect(path)
        db.execute(f"PRAGMA journal_mode = {mode}")
        db.execute("CREATE TABLE IF NOT EXISTS changes (seq INTEGER)")
        db.commit()
        db.close()
        assert refused(path) == "file_not_ours"


def test_a_draft_of_a_newer_program_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    alter(path, f"PRAGMA user_version = {schema.VERSION + 1}", "CREATE TABLE news (a)")
    assert {type(error) for error in refusals(path)} == {NewerError}


def test_a_tree_of_a_newer_program_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    plant(path, 0, BLANK.model_dump_json().replace('"format":1', '"format":2').encode())
    assert {type(error) for error in refusals(path)} == {NewerError}


def alter(path: Path, *statements: str) -> None:
    """Changes a draft with another program."""
    db = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        db.execute(statement)
    db.close()


def plant(path: Path, seq: int, plain: bytes, tree: bytes | None = None) -> None:
    """Puts a snapshot of a stranger's making into a draft, with a digest that is right."""
    tree = zlib.compress(plain, 9) if tree is None else tree
    db = sqlite3.connect(path, isolation_level=None)
    stamp = db.execute("SELECT stamp FROM snapshots WHERE seq = ?", (seq,)).fetchone()[0]
    db.execute(
        "UPDATE snapshots SET tree = ?, digest = ? WHERE seq = ?",
        (tree, digest(seq, stamp, tree), seq),
    )
    db.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON changes BEGIN DELETE FROM snapshots; END",
        "CREATE VIEW v AS SELECT * FROM changes",
        "CREATE TABLE more (a)",
        "CREATE INDEX i ON changes (author)",
        "DROP TABLE moments",
        "ALTER TABLE changes ADD COLUMN more TEXT",
        "ALTER TABLE meta RENAME TO mata",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_a_draft_with_other_parts_than_ours_is_refused(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    alter(path, statement)
    assert refused(path) == "draft_damaged"


def test_a_view_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    alter(path, "DROP TABLE moments", "CREATE VIEW moments AS SELECT randomblob(1000000000)")
    assert refused(path) == "draft_damaged"


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"format": 1, "call": 5}',
        b'{"format": 1, "call": "a-call", "project": {"duration": NaN}}',
        b'{"format": 1, "call": "a-call", "budget": [{"subsidy": 1.5}]}',
        b'{"format": 1, "call": "a-call", "more": 1}',
        b"[" * 200_000,
    ],
)
def test_a_stranger_s_tree_that_is_no_proposal_is_refused(tmp_path: Path, plain: bytes) -> None:
    path = tmp_path / "a.sif"
    grown(path, 0)
    plant(path, 0, plain)
    assert refused(path) == "draft_damaged"


@pytest.mark.parametrize(
    "more",
    [b"", b', "id": "x", "partners": [{"name": "A"}]', b', "id": "x", "budget": [{}]'],
)
def test_a_tree_without_all_its_ids_is_refused(tmp_path: Path, more: bytes) -> None:
    """They would be made up anew at each opening, and edits of them be about nothing."""
    path = tmp_path / "a.sif"
    grown(path, 0)
    plant(path, 0, b'{"format": 1, "call": "a-call", "project": {}%b}' % more)
    assert refused(path) == "draft_damaged"


def test_a_packed_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sif"
    grown(path, 0)
    monkeypatch.setattr(packed, "LARGEST", 1_000_000)
    engine = zlib.compressobj(9)
    bomb = b"".join(engine.compress(b" " * 1_000_000) for _ in range(300)) + engine.flush()
    assert len(bomb) < 400_000
    plant(path, 0, b"", bomb)
    assert refused(path) == "draft_damaged"


@pytest.mark.parametrize("inner", [b"{}", b'{ "id" : "x" }'])
def test_a_tree_of_countless_items_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inner: bytes
) -> None:
    """It would take minutes, and all memory there is."""
    path = tmp_path / "a.sif"
    grown(path, 0)
    items = b",".join([inner] * 300_000)
    plant(path, 0, b'{"format": 1, "call": "a-call", "partners": [' + items + b"]}")
    assert path.stat().st_size < 100_000
    monkeypatch.setattr("sif_desktop.store.snapshots.canonical.from_bytes", pytest.fail)
    assert refused(path) == "draft_damaged"


def test_a_text_may_hold_any_number_of_braces(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    text = '{"a\\":{},"' * 300_000
    with Draft.create(path, BLANK, author="An") as draft:
        draft.commit(typed(draft.proposal, text))
    with Draft.open(path) as draft:
        assert draft.proposal.project.summary == text


@pytest.mark.parametrize(
    "tree", [b"", b"not packed", zlib.compress(b"{}")[:-3], zlib.compress(b"{}") + b"behind"]
)
def test_what_is_not_packed_as_we_do_is_refused(tmp_path: Path, tree: bytes) -> None:
    path = tmp_path / "a.sif"
    grown(path, 0)
    plant(path, 0, b"", tree)
    assert refused(path) == "draft_damaged"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE snapshots SET tree = 'text'",
        "UPDATE snapshots SET tree = zeroblob(70000000)",
        "UPDATE snapshots SET stamp = 5",
        "DELETE FROM snapshots",
        "UPDATE snapshots SET seq = seq + 1000",
    ],
)
def test_values_of_another_kind_are_refused(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.sif"
    grown(path, 3)
    alter(path, statement)
    assert refused(path) == "draft_damaged"


def test_a_file_that_may_not_be_read(open_folder: Path, unprivileged: Unprivileged) -> None:
    path = open_folder / "a.sif"
    grown(path, 1)
    path.chmod(0)
    with unprivileged():
        for read_only in (False, True):
            with pytest.raises(FileError) as caught:
                Draft.open(path, read_only=read_only)
            assert caught.value.key == "file_no_permission"


def test_on_a_read_only_medium_a_draft_is_read(
    open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = open_folder / "a.sif"
    trees = grown(path, 3, FILE)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    before = state_of(open_folder)
    with unprivileged():
        for read_only, obstacle in ((False, "medium"), (True, "asked")):
            with Draft.open(path, read_only=read_only) as draft:
                assert (draft.read_only, draft.obstacle, draft.holder) == (True, obstacle, "")
                assert draft.proposal == trees[-1]
                assert len(draft.history()) == 3
                with draft.open_attachment(hashlib.sha256(FILE).hexdigest()) as stream:
                    assert stream.read() == FILE
                with pytest.raises(FileError) as caught:
                    draft.commit(typed(draft.proposal, "x"))
                assert caught.value.figures["file"] == str(path)
                with pytest.raises(FileError) as caught:
                    draft.save_copy(open_folder / "b.sif")
                assert caught.value.key == "file_no_permission"
        with pytest.raises(FileError) as caught:
            Draft.create(open_folder / "b.sif", BLANK, author="An")
        assert caught.value.key == "file_no_permission"
    assert state_of(open_folder) == before


def test_a_file_that_may_only_be_read_is_read(
    open_folder: Path, unprivileged: Unprivileged
) -> None:
    path = open_folder / "a.sif"
    trees = grown(path, 2)
    path.chmod(0o444)
    open_folder.chmod(0o777)
    with unprivileged(), Draft.open(path) as draft:
        assert (draft.obstacle, draft.proposal) == ("medium", trees[-1])
    assert [file.name for file in open_folder.iterdir()] == ["a.sif"]


CRASH = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE changes SET subject = hex(zeroblob(9000))")
db.execute("UPDATE snapshots SET tree = zeroblob(50000)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def crash_while_writing(path: Path) -> Path:
    """Leaves a draft half written with its journal beside it, as a crash does."""
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    return journal


def test_what_a_crash_left_is_undone_by_whoever_writes_next(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    trees = grown(path, 40)
    whole = path.read_bytes()
    journal = crash_while_writing(path)
    assert path.read_bytes() != whole
    with Draft.open(path) as draft:
        assert (draft.proposal, draft.recovered, draft.read_only) == (trees[-1], None, False)
        grow(draft, 1)
    assert not journal.exists()


@pytest.mark.parametrize(("folder_mode", "ways"), [(0o777, (True,)), (0o555, (True, False))])
def test_looking_at_what_a_crash_left_changes_nothing(
    open_folder: Path, unprivileged: Unprivileged, folder_mode: int, ways: tuple[bool, ...]
) -> None:
    """Where the folder could be written, only opening for writing undoes what was left."""
    path = open_folder / "a.sif"
    trees = grown(path, 40, FILE)
    crash_while_writing(path).chmod(0o666)
    path.chmod(0o666)
    open_folder.chmod(folder_mode)
    before = state_of(open_folder)
    assert len(before) == 2
    with unprivileged():
        for read_only in ways:
            with Draft.open(path, read_only=read_only) as draft:
                assert (draft.proposal, draft.recovered) == (trees[-1], None)
                assert len(draft.history()) == 40
        stream = Draft.stream_attachment(path, hashlib.sha256(FILE).hexdigest())
        with stream:
            assert stream.read() == FILE
    assert state_of(open_folder) == before


def test_a_journal_is_never_deleted_with_a_file_that_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 40)
    journal = crash_while_writing(path)
    shutil.copy(journal, tmp_path / "kept")
    path.write_bytes(b"no longer a draft")
    assert refused(path) == "file_not_ours"
    assert journal.read_bytes() == (tmp_path / "kept").read_bytes()


def test_nothing_of_a_refused_file_stays_in_the_folder_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    path = tmp_path / "a.sif"
    grown(path, 40)
    crash_while_writing(path)
    with Draft.open(path, read_only=True) as draft:
        assert len(list(scratch.iterdir())) == 1
        assert draft.seq == 40
    alter(path, "DELETE FROM snapshots")
    assert refused(path) == "draft_damaged"
    assert list(scratch.iterdir()) == []


def test_errors_are_of_the_one_tree(tmp_path: Path) -> None:
    (tmp_path / "a.sif").write_bytes(b"x" * 200)
    assert all(isinstance(error, NotOursError) for error in refusals(tmp_path / "a.sif"))
