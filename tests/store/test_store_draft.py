"""A draft: what is committed is there again, in every shape and at every moment."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from store.series import BLANK, MOMENT, change, grow, grown, typed, unsynced

from sif_desktop.errors import EditError, FileError
from sif_desktop.model.edit import Change, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import snapshots
from sif_desktop.store.draft import Draft


def test_a_new_draft_holds_its_proposal(tmp_path: Path) -> None:
    path = tmp_path / "nieuw.sif"
    with Draft.create(path, BLANK, author="An") as draft:
        assert (draft.proposal, draft.seq, draft.read_only, draft.holder) == (BLANK, 0, False, "")
    with Draft.open(path) as draft:
        assert (draft.proposal, draft.history(), draft.recovered) == (BLANK, [], None)


def test_a_draft_is_one_file(tmp_path: Path) -> None:
    grown(tmp_path / "a.sif", 5)
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]


@pytest.mark.parametrize("name", ["a b#c?d%41.sif", "voorstel é ü 2013.sif", "'a';--.sif", "x"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    trees = grown(tmp_path / name, 2)
    with Draft.open(tmp_path / name) as draft:
        assert draft.proposal == trees[-1]
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_relative_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    trees = grown(Path("hier.sif"), 1)
    with Draft.open(Path("hier.sif"), read_only=True) as draft:
        assert draft.proposal == trees[-1]


def test_a_draft_is_never_made_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    path.write_text("van iemand anders")
    with pytest.raises(FileError) as caught:
        Draft.create(path, BLANK, author="An")
    assert (caught.value.key, caught.value.figures["file"]) == ("file_exists", str(path))
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]
    assert path.read_text() == "van iemand anders"


def test_a_draft_is_not_made_beside_a_journal_of_another(tmp_path: Path) -> None:
    journal = tmp_path / "a.sif-journal"
    journal.write_bytes(b"work of a draft that vanished")
    with pytest.raises(FileError) as caught:
        Draft.create(tmp_path / "a.sif", BLANK, author="An")
    assert caught.value.key == "draft_journal_left"
    assert [file.name for file in tmp_path.iterdir()] == [journal.name]


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        Draft.create(tmp_path / "weg" / "a.sif", BLANK, author="An")
    assert caught.value.key == "draft_folder_missing"


@settings(max_examples=30, derandomize=True, deadline=None)
@given(st.data())
def test_save_and_reopen_gives_the_same_tree_at_every_moment(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.sif"
    trees: list[Proposal] = [data.draw(strategies.proposals())]
    changes: list[Change] = []
    draft = Draft.create(path, trees[0], author="An")
    unsynced(draft)
    for _ in range(data.draw(st.integers(1, 10))):
        made = change(draft.proposal, data.draw(strategies.edits(draft.proposal)))
        draft.commit(made)
        trees.append(draft.proposal)
        changes.append(made)
        if data.draw(st.booleans()):
            draft.close()
            draft = Draft.open(path, author="Bo")
    draft.close()
    with Draft.open(path, read_only=True) as again:
        assert again.proposal == trees[-1]
        assert again.proposal.model_dump_json() == trees[-1].model_dump_json()
        assert again.history() == changes
        assert [again.proposal_at(seq) for seq in range(len(trees))] == trees


def test_every_moment_is_there_across_snapshots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 7)
    trees = grown(tmp_path / "a.sif", 60)
    with Draft.open(tmp_path / "a.sif", read_only=True) as draft:
        assert [draft.proposal_at(seq) for seq in range(61)] == trees
        assert [entry.seq for entry in draft.entries(10, 20)] == list(range(11, 21))


def test_only_the_first_snapshot_and_the_last_few_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 5)
    grown(tmp_path / "a.sif", 52)
    db = sqlite3.connect(tmp_path / "a.sif")
    found = db.execute("SELECT seq FROM snapshots ORDER BY seq").fetchall()
    assert found == [(0,), (40,), (45,), (50,)]
    db.close()


def test_opening_a_long_draft_replays_few_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 20)
    grown(tmp_path / "a.sif", 41)
    with Draft.open(tmp_path / "a.sif") as draft:
        draft.commit(typed(draft.proposal, "en verder"))
        assert draft._since == 2


def test_history_tells_who_when_and_in_which_session(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    local = timedelta(hours=2)
    with Draft.create(path, BLANK, author="An") as draft:
        grow(draft, 3)
    with Draft.open(path, author="Bo") as draft:
        one = Change(
            at=(MOMENT + local).astimezone(),
            author="Bo",
            label="import",
            subject="begroting.xlsx\n\0",
            edits=(Set(at="project/title", value="t"),),
            inverse=(Set(at="project/title", value=""),),
        )
        draft.commit(one)
    with Draft.open(path, read_only=True) as draft:
        assert draft.history()[-1] == one
        assert [(s.author, s.first, s.last) for s in draft.sessions()] == [
            ("An", 1, 3),
            ("Bo", 4, 4),
        ]
        assert draft.sessions()[1].begun == MOMENT + local
        sessions = {entry.session for entry in draft.entries()}
    assert len(sessions) == 2


def test_undoing_all_of_the_history_gives_the_first_tree(tmp_path: Path) -> None:
    grown(tmp_path / "a.sif", 30)
    with Draft.open(tmp_path / "a.sif") as draft:
        tree = draft.proposal
        for one in reversed(draft.history()):
            tree, _ = apply_all(tree, one.inverse)
    assert tree == BLANK


def test_moments_have_names(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    before = datetime.now(UTC)
    with Draft.create(path, BLANK, author="An") as draft:
        trees = grow(draft, 4)
        draft.name_moment(2, "verstuurd naar de partners")
        draft.name_moment(draft.seq, "naar IWT")
        for wrong in (5, -1):
            with pytest.raises(FileError) as caught:
                draft.name_moment(wrong, "nooit")
            assert caught.value.key == "draft_no_such_moment"
    with Draft.open(path, read_only=True) as draft:
        first, second = draft.moments()
        assert (first.seq, first.name, first.author) == (2, "verstuurd naar de partners", "An")
        assert before <= first.at <= second.at
        assert draft.proposal_at(first.seq) == trees[2]
        with pytest.raises(FileError):
            draft.proposal_at(5)


def test_an_edit_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    with Draft.create(path, BLANK, author="An") as draft:
        grow(draft, 2)
        before, data = draft.proposal, path.read_bytes()
        wrong = Set(at="partners/nobody/name", value="x")
        with pytest.raises(EditError):
            draft.commit(Change(at=MOMENT, edits=(wrong,), inverse=(wrong,)))
        assert (draft.proposal, draft.seq) == (before, 2)
        assert path.read_bytes() == data


def test_a_large_paste_is_kept_and_typing_in_it_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    paste = "".join(f"{number} zorg in de wijk\n" for number in range(250_000))
    assert len(paste) > 5_000_000
    with Draft.create(path, BLANK, author="An") as draft:
        draft.commit(typed(draft.proposal, paste))
        draft.commit(typed(draft.proposal, paste + "."))
    with Draft.open(path) as draft:
        assert draft.proposal.project.summary == paste + "."
        assert draft.proposal_at(1).project.summary == paste


def test_a_change_that_could_not_be_read_again_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sif_desktop.store.packed.LARGEST", 1000)
    with Draft.create(tmp_path / "a.sif", BLANK, author="An") as draft:
        with pytest.raises(FileError) as caught:
            draft.commit(typed(draft.proposal, "x" * 1000))
        assert caught.value.key == "draft_change_too_large"
        assert (draft.seq, draft.proposal) == (0, BLANK)


def test_what_is_committed_does_not_wait_in_a_memory(tmp_path: Path) -> None:
    """Synced writes and a rollback journal: with a write-ahead log the draft would be two files."""
    path = tmp_path / "a.sif"
    with Draft.create(path, BLANK, author="An") as draft:
        grow(draft, 1)
        assert draft._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert draft._db.execute("PRAGMA synchronous").fetchone() == (3,)
        assert draft._db.execute("PRAGMA trusted_schema").fetchone() == (0,)
        copy = tmp_path / "copied.sif"
        copy.write_bytes(path.read_bytes())
    with Draft.open(copy) as draft:
        assert draft.seq == 1


def test_typing_for_long_does_not_bloat_the_file(tmp_path: Path) -> None:
    """A journal of whole texts would hold each text once for every second of typing."""
    path = tmp_path / "a.sif"
    text = "De buurt kookt samen, en wie niet kan komen krijgt een maaltijd thuis. " * 40
    with Draft.create(path, BLANK, author="An") as draft:
        unsynced(draft)
        for seq in range(80):
            draft.commit(typed(draft.proposal, text[: 2000 + 10 * seq]))
    written = sum(2 * (2000 + 10 * seq) for seq in range(80))
    assert path.stat().st_size < written / 3


def test_a_symbolic_link_is_the_draft_itself(tmp_path: Path) -> None:
    path, link = tmp_path / "a.sif", tmp_path / "elders.sif"
    trees = grown(path, 2)
    link.symlink_to(path)
    with Draft.open(link) as draft:
        assert draft.proposal == trees[-1]
        with Draft.open(path) as other:
            assert other.read_only
        draft.commit(typed(draft.proposal, "door de link"))
    assert link.is_symlink()
    with Draft.open(path) as draft:
        assert draft.proposal.project.summary == "door de link"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.sif", "elders.sif"]


def test_a_change_is_not_called_saved_while_the_folder_is_gone(tmp_path: Path) -> None:
    """The error came when it had been written; but a journal may lie where the folder now is."""
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    with Draft.create(home / "a.sif", BLANK, author="An") as draft:
        change = typed(draft.proposal, "x")
        before = draft._head
        draft.commit(change)
        draft._head, draft.proposal = before, BLANK
        home.rename(away)
        with pytest.raises(FileError) as caught:
            draft.commit(change)
        assert caught.value.key == "file_missing"
        away.rename(home)
        draft.commit(change)
        assert (draft.seq, draft.proposal.project.summary) == (1, "x")
