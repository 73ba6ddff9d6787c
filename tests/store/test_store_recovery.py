"""Damage: bytes that changed and files that were cut short are recovered or refused, never
passed over, and never written over before a copy was made."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from store.series import BLANK, FILE, grow, grown, typed

from sif_desktop.errors import FileError, NotOursError, SifError
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import loading, snapshots
from sif_desktop.store.draft import Draft
from sif_desktop.store.loading import Recovered

DIGEST = hashlib.sha256(FILE).hexdigest()
CHANGES = 45


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, list[Proposal]]:
    """A draft of some snapshots with an attachment, and its trees."""
    monkeypatch.setattr(snapshots, "EVERY", 10)
    path = tmp_path / "whole.sif"
    trees = grown(path, CHANGES, FILE)
    data = path.read_bytes()
    path.unlink()
    return data, trees


def flipped(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    other = data[place] ^ chance.randrange(1, 256)
    return data[:place] + bytes([other]) + data[place + 1 :]


def riddled(data: bytes, chance: random.Random) -> bytes:
    """Many changed bytes, behind the list of tables."""
    harmed = bytearray(data)
    for _ in range(30):
        harmed[chance.randrange(4096, len(data))] ^= chance.randrange(1, 256)
    return bytes(harmed)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def blotted(data: bytes, chance: random.Random) -> bytes:
    """A sector that came back as zeros."""
    place = chance.randrange(len(data) // 512) * 512
    return data[:place] + bytes(512) + data[place + 512 :]


def front_flipped(data: bytes, chance: random.Random) -> bytes:
    """A changed byte in the header or the list of tables."""
    return flipped(data[:4096], chance) + data[4096:]


Harm = Callable[[bytes, random.Random], bytes]


@pytest.mark.parametrize(
    ("harm", "times"),
    [(flipped, 120), (front_flipped, 60), (riddled, 60), (cut, 80), (blotted, 60)],
)
def test_damage_is_recovered_or_refused_and_never_passed_over(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]], harm: Harm, times: int
) -> None:
    data, trees = whole
    chance = random.Random(4)
    path = tmp_path / "a.sif"
    seen: Counter[str] = Counter()
    for _ in range(times):
        harmed = harm(data, chance)
        path.write_bytes(harmed)
        for read_only in (True, False):
            seen[look(path, trees, read_only)] += 1
        assert path.read_bytes() == harmed
        assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]
    assert seen.total() == times * 2
    assert seen["refused"] < times


def look(path: Path, trees: list[Proposal], read_only: bool) -> str:
    """Opens a damaged draft: all that it gives is right, or said to be lost."""
    try:
        with Draft.open(path, read_only=read_only) as draft:
            if draft.recovered is None:
                assert draft.seq == CHANGES
            else:
                assert draft.recovered.seq == draft.seq
            assert draft.proposal == trees[draft.seq]
            for seq in (0, 17, draft.seq):
                try_all(lambda seq=seq: expect(draft.proposal_at(seq), trees[seq]))  # type: ignore[misc]
            try_all(draft.history)
            try_all(draft.moments)
            try_all(lambda: expect(draft.open_attachment(DIGEST).read(), FILE))
            return "recovered" if draft.recovered else "whole"
    except SifError as error:
        assert error.figures["file"] == str(path)
        return "refused"


def try_all(act: Callable[[], object]) -> None:
    """What can be read is right; what cannot be read is told in a plain error."""
    try:
        act()
    except FileError as error:
        assert error.figures["file"]


def expect(found: object, wanted: object) -> None:
    assert found == wanted


@pytest.mark.parametrize("harm", [riddled, cut, blotted])
def test_writing_to_a_damaged_draft_copies_it_aside_first(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]], harm: Harm
) -> None:
    data, trees = whole
    chance = random.Random(9)
    mended = 0
    for number in range(25):
        path = tmp_path / str(number) / "a.sif"
        path.parent.mkdir()
        harmed = harm(data, chance)
        path.write_bytes(harmed)
        try:
            draft = Draft.open(path, author="An")
        except SifError:
            continue
        with draft:
            if draft.recovered is None:
                continue
            mended += 1
            assert draft.recovered.aside is None
            draft.commit(typed(draft.proposal, "na de schade"))
            assert draft.recovered.aside == path.with_name("a (damaged).sif")
            assert draft.recovered.aside.read_bytes() == harmed
            reached, lost = draft.recovered.seq, draft.recovered.attachments
            assert set(lost) <= {DIGEST}
            draft.commit(typed(draft.proposal, "en verder"))
        with Draft.open(path) as again:
            assert again.recovered is None
            assert again.seq == reached + 2
            assert again.proposal_at(reached) == trees[reached]
            assert again.proposal.project.summary == "en verder"
            first = reached + 2 - len(again.history())
            assert again.proposal_at(first) == trees[first]
            if DIGEST in again.attachment_digests():
                with again.open_attachment(DIGEST) as stream:
                    assert stream.read() == FILE
    assert mended >= 5


def harm_row(path: Path, statement: str) -> None:
    """Changes a row so that its digest no longer fits."""
    db = sqlite3.connect(path, isolation_level=None)
    assert db.execute(statement).rowcount > 0
    db.close()


def test_a_damaged_newest_snapshot_loses_nothing(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]]
) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "UPDATE snapshots SET tree = substr(tree, 2) WHERE seq = 40")
    with Draft.open(path) as draft:
        assert draft.proposal == trees[-1]
        assert draft.recovered == Recovered(CHANGES, 0)
        assert len(draft.history()) == CHANGES
        grow(draft, 1)
    with Draft.open(path) as draft:
        assert (draft.recovered, len(draft.history())) == (None, CHANGES + 1)
        assert draft.proposal_at(3) == trees[3]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE changes SET body = substr(body, 2) WHERE seq = 43",
        "UPDATE changes SET author = 'Iemand anders' WHERE seq = 43",
        "UPDATE changes SET at = '2014-01-01T00:00:00+00:00' WHERE seq = 43",
        "UPDATE changes SET body = 5 WHERE seq = 43",
        "UPDATE changes SET subject = CAST(x'ff' AS TEXT) WHERE seq = 43",
        "DELETE FROM changes WHERE seq = 43",
        "UPDATE changes SET body = (SELECT body FROM changes WHERE seq = 42) WHERE seq = 43",
    ],
)
def test_a_damaged_change_is_recovered_up_to_and_told(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]], statement: str
) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, statement)
    harmed = path.read_bytes()
    with Draft.open(path) as draft:
        assert draft.recovered == Recovered(42, 3)
        assert (draft.seq, draft.proposal) == (42, trees[42])
        assert path.read_bytes() == harmed
        assert len(draft.history()) == 42
        draft.name_moment(42, "hersteld")
        assert draft.recovered.aside
        assert draft.recovered.aside.read_bytes() == harmed
    with Draft.open(path) as draft:
        assert (draft.recovered, draft.seq) == (None, 42)
        assert [moment.name for moment in draft.moments()] == ["hersteld"]
        assert draft.proposal_at(7) == trees[7]


def test_a_tail_that_vanished_is_told(tmp_path: Path, whole: tuple[bytes, list[Proposal]]) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "DELETE FROM changes WHERE seq > 41")
    with Draft.open(path, read_only=True) as draft:
        assert draft.recovered == Recovered(41, 4)
        assert draft.proposal == trees[41]


def test_damage_in_old_history_does_not_hinder_the_work(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]]
) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "UPDATE changes SET body = substr(body, 2) WHERE seq = 5")
    with Draft.open(path) as draft:
        assert draft.proposal == trees[-1]
        with pytest.raises(NotOursError) as caught:
            draft.history()
        assert caught.value.key == "draft_history_damaged"
        with pytest.raises(NotOursError):
            draft.proposal_at(17)
        assert draft.proposal_at(43) == trees[43]
        assert [entry.seq for entry in draft.entries(40)] == [41, 42, 43, 44, 45]
        grow(draft, 1)


def test_a_damaged_attachment_is_lost_alone(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]]
) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "UPDATE pieces SET bytes = substr(bytes, 2)")
    harm_row(path, "UPDATE snapshots SET tree = substr(tree, 2) WHERE seq = 40")
    with Draft.open(path) as draft:
        grow(draft, 1)
        assert draft.recovered
        assert draft.recovered.attachments == (DIGEST,)
        assert draft.attachment_digests() == {}
        assert draft.proposal_at(CHANGES) == trees[-1]


def test_a_second_copy_aside_does_not_replace_the_first(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]]
) -> None:
    data, _ = whole
    path = tmp_path / "a.sif"
    (tmp_path / "a (damaged).sif").write_text("van de vorige keer")
    path.write_bytes(data)
    harm_row(path, "DELETE FROM changes WHERE seq = 45")
    with Draft.open(path) as draft:
        grow(draft, 1)
        assert draft.recovered
        assert draft.recovered.aside == tmp_path / "a (damaged) 2.sif"
    assert (tmp_path / "a (damaged).sif").read_text() == "van de vorige keer"


def test_where_a_damaged_draft_cannot_be_put_right_it_stays(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, trees = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "DELETE FROM changes WHERE seq = 45")
    harmed = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Draft.open(path) as draft:
        with monkeypatch.context() as patch:
            patch.setattr("sif_desktop.store.copying.rebuild", full)
            for _ in range(2):
                with pytest.raises(FileError) as caught:
                    draft.commit(typed(draft.proposal, "x"))
                assert caught.value.key == "disk_full"
        assert path.read_bytes() == harmed
        assert (draft.seq, draft.proposal) == (44, trees[44])
        draft.commit(typed(draft.proposal, "x"))
        assert draft.recovered
        assert draft.recovered.aside == tmp_path / "a (damaged).sif"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_damaged_draft_is_not_put_right_beside_a_journal(
    tmp_path: Path, whole: tuple[bytes, list[Proposal]]
) -> None:
    """The journal would be played into the new file."""
    data, _ = whole
    path = tmp_path / "a.sif"
    path.write_bytes(data)
    harm_row(path, "DELETE FROM changes WHERE seq = 45")
    with Draft.open(path) as draft:
        journal = path.with_name("a.sif-journal")
        journal.write_bytes(b"of somebody else")
        with pytest.raises(FileError) as caught:
            draft.commit(typed(draft.proposal, "x"))
        assert caught.value.key == "draft_journal_left"
        assert journal.read_bytes() == b"of somebody else"
        draft.save_copy(tmp_path / "b.sif", unsaved=[typed(draft.proposal, "x")])
    with Draft.open(tmp_path / "b.sif") as copy:
        assert (copy.proposal.project.summary, copy.seq) == ("x", 45)


def test_a_disk_that_fails_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sif"
    grown(path, 3)

    def failing(*_: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        raise error

    monkeypatch.setattr(loading.snapshots, "read", failing)
    with pytest.raises(FileError) as caught:
        Draft.open(path)
    assert caught.value.key == "draft_disk_error"


def test_a_blank_draft_survives_the_loss_of_its_head(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 0)
    harm_row(path, "DELETE FROM head")
    with Draft.open(path) as draft:
        assert (draft.proposal, draft.recovered) == (BLANK, Recovered(0, 0))
        grow(draft, 2)
    with Draft.open(path) as draft:
        assert (draft.seq, draft.recovered) == (2, None)
