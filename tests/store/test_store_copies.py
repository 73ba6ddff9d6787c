"""A full disk, a failing disk, and copies elsewhere: what is in memory is never lost."""

from __future__ import annotations

import hashlib
import io
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store.series import BLANK, FILE, change, edits_of, grow, grown, typed

from sif_desktop.errors import FileError, LockedError, NotOursError
from sif_desktop.model.edit import Change, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import connection
from sif_desktop.store.draft import Draft

LONG = "zorg " * 20 + "".join(hashlib.sha256(str(n).encode()).hexdigest() for n in range(20_000))


@contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file can grow beyond `most` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_the_file_and_the_tree_stay_and_a_retry_works(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    trees = grown(path, 5)
    with Draft.open(path) as draft:
        data = path.read_bytes()
        one = typed(draft.proposal, LONG)
        with full_disk(len(data) + 20_000):
            for _ in range(2):
                with pytest.raises(FileError) as caught:
                    draft.commit(one)
                assert caught.value.figures["file"] == str(path)
                assert caught.value.key in ("disk_full", "draft_disk_error")
            assert (draft.proposal, draft.seq) == (trees[-1], 5)
            with pytest.raises(FileError):
                draft.add_attachment(io.BytesIO(LONG.encode()))
            with pytest.raises(FileError):
                draft.save_copy(tmp_path / "b.sif", unsaved=[one])
        assert path.read_bytes() == data
        assert [file.name for file in tmp_path.iterdir() if file.name[0] != "."] == ["a.sif"]
        draft.commit(one)
        assert draft.proposal.project.summary == LONG
    with Draft.open(path) as draft:
        assert (draft.seq, draft.recovered) == (6, None)
        assert draft.history()[-1] == one
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]


def test_a_database_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 5)
    with Draft.open(path) as draft:
        pages = draft._db.execute("PRAGMA page_count").fetchone()[0]
        draft._db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FileError) as caught:
            draft.commit(typed(draft.proposal, LONG))
        assert caught.value.key == "disk_full"
        assert draft.seq == 5


def test_on_a_full_disk_no_draft_is_made(tmp_path: Path) -> None:
    with full_disk(9000), pytest.raises(FileError) as caught:
        Draft.create(tmp_path / "a.sif", BLANK, author="An")
    assert caught.value.figures["file"] == str(tmp_path / "a.sif")
    assert list(tmp_path.iterdir()) == []


def test_a_commit_that_reported_an_error_and_came_through_is_not_done_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sif"
    grown(path, 2)
    with Draft.open(path) as draft:
        one = typed(draft.proposal, "een keer")
        real = connection.transaction

        @contextmanager
        def fails_at_the_end(db: sqlite3.Connection) -> Iterator[None]:
            with real(db):
                yield
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr("sif_desktop.store.draft.transaction", fails_at_the_end)
            with pytest.raises(FileError):
                draft.commit(one)
        assert draft.seq == 2
        draft.commit(one)
        assert draft.seq == 3
        grow(draft, 1)
    with Draft.open(path) as draft:
        assert (draft.seq, draft.recovered) == (4, None)
        assert draft.history()[2] == one


def whole_of(path: Path) -> tuple[Proposal, list[Change], list[str], dict[str, int]]:
    """All that a draft holds."""
    with Draft.open(path, read_only=True) as draft:
        assert draft.recovered is None
        for digest in draft.attachment_digests():
            with draft.open_attachment(digest) as stream:
                assert hashlib.sha256(stream.read()).hexdigest() == digest
        names = [moment.name for moment in draft.moments()]
        return draft.proposal, draft.history(), names, draft.attachment_digests()


def rich(path: Path) -> list[Proposal]:
    """Makes a draft with something of everything in it."""
    trees = grown(path, 25, FILE)
    with Draft.open(path, author="Bo") as draft:
        draft.name_moment(20, "naar de partners")
    return trees


def test_a_copy_holds_all_that_the_draft_holds(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sif", tmp_path / "stick" / "kopie é.sif"
    copy.parent.mkdir()
    trees = rich(path)
    with Draft.open(path) as draft:
        draft.save_copy(copy)
        grow(draft, 1)
    proposal, changes, names, files = whole_of(copy)
    assert (proposal, len(changes), names) == (trees[-1], 25, ["naar de partners"])
    assert files == {hashlib.sha256(FILE).hexdigest(): len(FILE)}
    with Draft.open(copy, author="Cem") as draft:
        assert not draft.read_only
        assert draft.proposal_at(7) == trees[7]
        grow(draft, 3)
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]


def unsaved_of(before: Proposal) -> tuple[list[Change], Proposal]:
    """Acts that a disk refused, and the tree that their author sees."""
    first = change(before, *edits_of(26))
    middle, _ = apply_all(before, first.edits)
    second = change(middle, Set(at="project/title", value="niet bewaard"))
    return [first, second], apply_all(middle, second.edits)[0]


def test_a_copy_takes_along_what_the_disk_refused(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sif", tmp_path / "b.sif"
    rich(path)
    with Draft.open(path) as draft:
        data = path.read_bytes()
        unsaved, seen = unsaved_of(draft.proposal)
        draft.save_copy(copy, seen, unsaved)
        assert (path.read_bytes(), draft.seq) == (data, 25)
    proposal, changes, names, _ = whole_of(copy)
    assert (proposal, changes[25:], names) == (seen, unsaved, ["naar de partners"])


def test_a_copy_ends_with_what_its_author_sees(tmp_path: Path) -> None:
    """Also where that was never an act."""
    path, copy = tmp_path / "a.sif", tmp_path / "b.sif"
    rich(path)
    with Draft.open(path) as draft:
        unsaved, seen = unsaved_of(draft.proposal)
        draft.save_copy(copy, seen, unsaved[:1])
    proposal, changes, _, _ = whole_of(copy)
    assert (proposal, len(changes)) == (seen, 27)


@pytest.mark.parametrize("how", ["deleted", "zeroed", "cut", "another"])
def test_a_copy_is_made_from_memory_where_the_file_is_gone(tmp_path: Path, how: str) -> None:
    path, copy = tmp_path / "a.sif", tmp_path / "b.sif"
    trees = rich(path)
    with Draft.open(path) as draft:
        unsaved, seen = unsaved_of(draft.proposal)
        data = path.read_bytes()
        if how == "deleted":
            path.unlink()
        elif how == "zeroed":
            path.write_bytes(bytes(len(data)))
        elif how == "cut":
            path.write_bytes(data[: len(data) // 2])
        else:
            other = tmp_path / "other.sif"
            grown(other, 3)
            shutil.copyfile(other, path)
        draft.save_copy(copy, seen, unsaved)
    with Draft.open(copy) as draft:
        assert (draft.proposal, draft.seq, draft.recovered) == (seen, 27, None)
        assert draft.proposal_at(25) == trees[25]
        assert draft.history()[-2:] == unsaved


def test_a_copy_is_made_from_memory_where_the_disk_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, copy = tmp_path / "a.sif", tmp_path / "b.sif"
    rich(path)
    with Draft.open(path) as draft:
        unsaved, seen = unsaved_of(draft.proposal)
        draft._db.close()

        class Broken:
            """A file on a disk that answers nothing."""

            def execute(self, *_: object) -> None:
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise error

            def close(self) -> None:
                """Nothing is open."""

        monkeypatch.setattr(draft._view, "db", Broken())
        with pytest.raises(FileError) as caught:
            draft.commit(unsaved[0])
        assert caught.value.key == "draft_disk_error"
        draft.save_copy(copy, seen, unsaved)
    proposal, changes, _, _ = whole_of(copy)
    assert (proposal, changes) == (seen, unsaved)


def test_a_copy_is_made_of_what_others_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    rich(path)
    with Draft.open(path) as writer, Draft.open(path, read_only=True) as looker:
        looker.save_copy(tmp_path / "voor.sif")
        tree = looker.proposal
        grow(writer, 2)
        looker.save_copy(tmp_path / "na.sif")
    for name in ("voor.sif", "na.sif"):
        proposal, changes, _, files = whole_of(tmp_path / name)
        assert (proposal, len(changes), len(files)) == (tree, 25, 1)


def test_a_copy_replaces_only_what_it_is_told_to(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.sif", tmp_path / "b.sif"
    rich(path)
    grown(copy, 1)
    old = copy.read_bytes()
    with Draft.open(path) as draft:
        with pytest.raises(FileError) as caught:
            draft.save_copy(copy)
        assert (caught.value.key, caught.value.figures["file"]) == ("file_exists", str(copy))
        with pytest.raises(FileError):
            draft.save_copy(path)
        with pytest.raises(FileError):
            draft.save_copy(path, replace=True)
        with Draft.open(copy), pytest.raises(LockedError):
            draft.save_copy(copy, replace=True)
        assert copy.read_bytes() == old
        with pytest.raises(FileError):
            draft.save_copy(tmp_path / "weg" / "b.sif")
        draft.save_copy(copy, replace=True)
        draft.commit(typed(draft.proposal, "verder"))
        seen = draft.proposal
    assert whole_of(copy)[0] != seen
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.sif", "b.sif"]


def test_a_copy_beside_a_journal_of_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    rich(path)
    (tmp_path / "b.sif-journal").write_bytes(b"work of a draft that vanished")
    with Draft.open(path) as draft, pytest.raises(FileError) as caught:
        draft.save_copy(tmp_path / "b.sif")
    assert caught.value.key == "draft_journal_left"


def test_on_a_disk_without_hard_links_a_draft_is_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    trees = grown(tmp_path / "a.sif", 2)
    with pytest.raises(FileError) as caught:
        Draft.create(tmp_path / "a.sif", BLANK, author="An")
    assert caught.value.key == "file_exists"
    with Draft.open(tmp_path / "a.sif") as draft:
        assert draft.proposal == trees[-1]


def test_a_tree_that_is_too_large_for_a_draft_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sif_desktop.store.packed.LARGEST", 300)
    with pytest.raises(FileError) as caught:
        Draft.create(tmp_path / "a.sif", BLANK, author="An")
    assert caught.value.key == "draft_too_large"
    assert not isinstance(caught.value, NotOursError)
    assert list(tmp_path.iterdir()) == []
