"""Two windows on one draft: the second is told who has it, and nobody overwrites anybody."""

from __future__ import annotations

import errno
import fcntl
import json
import platform
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from store.series import BLANK, change, grow, grown, typed

from sif_desktop.errors import FileError, LockedError
from sif_desktop.model.edit import Set
from sif_desktop.store.draft import Draft
from sif_desktop.store.lock import side_file

HOLDER = """
import sys
from pathlib import Path
from sif_desktop.store.draft import Draft
draft = Draft.open(Path(sys.argv[1]), author="Fatima")
print(draft.read_only, flush=True)
sys.stdin.read()
draft.close()
"""


@contextmanager
def another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that has the draft open for writing."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "False\n"
        yield process
        process.kill()


def test_a_second_program_reads_and_knows_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    trees = grown(path, 3)
    with another_process(path) as process, Draft.open(path, author="Bo") as second:
        assert (second.read_only, second.obstacle) == (True, "held")
        assert second.held_by
        assert (second.held_by.name, second.held_by.process) == ("Fatima", process.pid)
        assert second.holder == f"Fatima ({platform.node()})"
        assert second.proposal == trees[-1]
        assert len(second.history()) == 3
        data = path.read_bytes()
        with pytest.raises(LockedError) as caught:
            second.commit(typed(second.proposal, "niet hier"))
        assert caught.value.figures == {"file": str(path), "holder": second.holder}
        with pytest.raises(LockedError):
            second.name_moment(1, "niet hier")
        assert path.read_bytes() == data


def test_a_lock_does_not_outlive_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    with another_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert side_file(path).exists()
        with Draft.open(path, author="Bo") as next_one:
            assert not next_one.read_only
            grow(next_one, 1)
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]


def test_a_lock_ends_when_its_holder_closes(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    with another_process(path) as process:
        process.communicate("")
        with Draft.open(path) as next_one:
            assert not next_one.read_only


def test_two_windows_of_one_program_are_two(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    with Draft.open(path, author="An") as first:
        with Draft.open(path, author="Bo") as second:
            assert second.read_only
            assert second.holder.startswith("An (")
        grow(first, 2)
        with Draft.open(path, author="Bo") as third:
            assert (third.read_only, third.seq) == (True, 3)
    with Draft.open(path, author="Bo") as last:
        assert not last.read_only


def test_of_many_who_open_at_once_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    drafts = [Draft.open(path, author=str(number)) for number in range(8)]
    assert [draft.read_only for draft in drafts] == [False] + [True] * 7
    assert {draft.held_by.name for draft in drafts[1:] if draft.held_by} == {"0"}
    for draft in drafts:
        draft.close()


def test_looking_takes_no_lock_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    data, before = path.read_bytes(), path.stat()
    with Draft.open(path, read_only=True) as looker:
        assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]
        assert (looker.read_only, looker.obstacle, looker.holder) == (True, "asked", "")
        with Draft.open(path) as writer:
            assert not writer.read_only
        with pytest.raises(FileError) as caught:
            looker.commit(typed(looker.proposal, "x"))
        assert caught.value.key == "draft_read_only"
    assert path.read_bytes() == data
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_looker_does_not_hinder_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 3)
    with Draft.open(path) as writer, Draft.open(path, read_only=True) as looker:
        slow = looker.entries()
        assert next(slow).seq == 1
        grow(writer, 5)
        assert [entry.seq for entry in slow] == [2, 3]
        assert looker.seq == 3


def test_what_a_side_file_says_counts_for_nothing_without_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    side_file(path).write_text(json.dumps({"name": "Spook", "process": 1}))
    with Draft.open(path) as draft:
        assert not draft.read_only
    assert not side_file(path).exists()


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", b"[1]", b'{"name": {"a": 1}, "process": "x"}', b"[" * 5000]
)
def test_an_odd_side_file_still_locks(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    side_file(path).write_bytes(text)
    with side_file(path).open("rb+") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with Draft.open(path) as draft:
            assert draft.read_only
            assert draft.holder
            assert "\n" not in draft.holder


def test_a_holder_s_name_cannot_spoil_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1)
    with Draft.open(path, author="\x1b[31mAn\r\n" + "x" * 500), Draft.open(path) as second:
        assert second.holder.startswith("[31mAnxxx")
        assert second.held_by
        assert len(second.held_by.name) < 100


def test_a_side_file_of_another_account_does_not_block(
    open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    """Its owner crashed; the folder is shared."""
    path = open_folder / "a.sif"
    grown(path, 1)
    path.chmod(0o666)
    open_folder.chmod(0o777)
    side_file(path).write_text("{}")
    side_file(path).chmod(0o444)
    with unprivileged(), Draft.open(path) as draft:
        assert not draft.read_only
        grow(draft, 1)


def test_without_locks_on_the_disk_writers_still_do_not_overwrite_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    path = tmp_path / "a.sif"
    grown(path, 1)
    with Draft.open(path, author="An") as first, Draft.open(path, author="Bo") as second:
        assert not first.read_only
        assert not second.read_only
        before = second.proposal
        first.commit(typed(first.proposal, "van An"))
        data = path.read_bytes()
        mine = change(second.proposal, Set(at="project/title", value="van Bo"))
        for write in (lambda: second.commit(mine), lambda: second.name_moment(1, "van Bo")):
            with pytest.raises(FileError) as caught:
                write()
            assert caught.value.key == "draft_changed_elsewhere"
        assert path.read_bytes() == data
        assert (second.proposal, second.seq) == (before, 1)
        second.save_copy(tmp_path / "van Bo.sif", unsaved=[mine])
    with Draft.open(tmp_path / "van Bo.sif") as copy:
        assert (copy.proposal.project.title, copy.seq) == ("van Bo", 2)
        assert copy.proposal.project.summary == before.project.summary
        assert len(copy.history()) == 2


def test_a_file_that_a_synchronised_folder_replaced_is_not_written_to(tmp_path: Path) -> None:
    path, other = tmp_path / "a.sif", tmp_path / "b.sif"
    grown(path, 1)
    shutil.copy(path, other)
    with Draft.open(other) as draft:
        draft.commit(typed(draft.proposal, "op de andere computer"))
    with Draft.open(path) as draft:
        other.replace(path)
        data = path.read_bytes()
        with pytest.raises(FileError) as caught:
            draft.commit(typed(draft.proposal, "hier"))
        assert caught.value.key == "draft_replaced"
        assert path.read_bytes() == data
        draft.save_copy(tmp_path / "hier.sif", unsaved=[typed(draft.proposal, "hier")])
    with Draft.open(tmp_path / "hier.sif") as draft:
        assert draft.proposal.project.summary == "hier"


def test_a_file_that_was_overwritten_in_place_is_not_written_to(tmp_path: Path) -> None:
    path, other = tmp_path / "a.sif", tmp_path / "b.sif"
    grown(path, 1)
    shutil.copy(path, other)
    with Draft.open(other) as draft:
        draft.commit(typed(draft.proposal, "op de andere computer"))
    with Draft.open(path) as draft:
        path.write_bytes(other.read_bytes())
        data = path.read_bytes()
        with pytest.raises(FileError):
            draft.commit(typed(draft.proposal, "hier"))
        assert path.read_bytes() == data


def test_a_file_that_was_deleted_is_told_and_can_be_saved_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 3)
    with Draft.open(path) as draft:
        path.unlink()
        with pytest.raises(FileError) as caught:
            draft.commit(typed(draft.proposal, "hier"))
        assert caught.value.key == "draft_replaced"
        assert not path.exists()
        draft.save_copy(tmp_path / "b.sif")
        tree = draft.proposal
    with Draft.open(tmp_path / "b.sif") as copy:
        assert (copy.proposal, copy.seq) == (tree, 3)


def test_making_a_draft_that_another_is_making_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    with side_file(path).open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            Draft.create(path, BLANK, author="An")
    assert not path.exists()


def test_a_program_that_is_writing_for_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sif_desktop.store.connection._PATIENCE", 0.0)
    path = tmp_path / "a.sif"
    grown(path, 1)
    script = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert select.select([process.stdout], [], [], 30)[0]
        for read_only in (True, False):
            with pytest.raises(FileError) as caught:
                Draft.open(path, read_only=read_only)
            assert caught.value.key == "draft_busy"
        assert not side_file(path).exists()
        process.kill()
    with Draft.open(path) as draft:
        assert draft.seq == 1
