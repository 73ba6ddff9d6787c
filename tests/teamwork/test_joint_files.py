"""Packets and merges with real files: what comes along, what is noted, what is refused."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from dossiers import big_proposal
from teamwork.desks import act, made, merged, planned, tree
from teamwork.small import small

from sif_desktop.app import joint, signoffs
from sif_desktop.app.packets import packet_of, send, sent
from sif_desktop.app.session import Session
from sif_desktop.app.sources import call_of
from sif_desktop.errors import FileError, LockedError, NotOursError
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Set, make_change
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds
from sif_desktop.teamwork.packet import PacketDamagedError, PacketError

FILE = b"een bijlage"
DIGEST = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The coordinator's draft, with an attachment in it."""
    file = made(tmp_path / "home.sif")
    with Draft.open(file, author="An") as draft:
        draft.add_attachment(BytesIO(FILE))
        edits = [Set(at="attachments/a1/sha256", value=DIGEST)]
        draft.commit(make_change(draft.proposal, edits, author="An")[1])
    return file


@pytest.fixture
def packet(home: Path) -> Path:
    """The packet for partner p1."""
    file = home.with_name("p1.sif")
    send(home, "P1", file, "An", ["answers/vision_future"])
    return file


def test_a_packet_is_a_whole_draft_that_knows_where_it_came_from(home: Path, packet: Path) -> None:
    assert tree(packet) == tree(home)
    with Draft.open(packet, read_only=True) as draft, Draft.open(home, read_only=True) as origin:
        note = packet_of(draft)
        assert note
        assert (note.partner, note.seq, note.proposal) == ("p1", 1, "small")
        assert note.assigned == ("answers/vision_future",)
        assert draft.history() == []
        with draft.open_attachment(DIGEST) as stream:
            assert stream.read() == FILE
        assert packet_of(origin) is None
        assert list(sent(origin)) == [note.id]


def test_what_a_partner_did_comes_back_as_one_act(home: Path, packet: Path) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    act(packet, "Bo", Add(at="budget", item={"id": "n", "partner": "p1"}))
    act(home, "An", Set(at="project/title", value="T"))
    merged(home, packet)
    assert value_at(tree(home), "budget/b0/subsidy") == 9
    assert tree(home).project.title == "T"
    with Draft.open(home, read_only=True) as draft:
        last = draft.history()[-1]
    assert (last.label, last.subject, len(last.edits)) == ("merge", "P1", 2)


def test_a_session_takes_a_merge_back_in_one_step(home: Path, packet: Path) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9), Drop(at="budget/b3"))
    before = tree(home)
    with Session(Draft.open(home, author="An"), call_of(before), author="An") as session:
        plan = joint.plan_merge(session.draft, session.proposal, packet)
        assert joint.carry_out_in(session, plan, {}) == 2
        assert session.undo_next == ("merge", "P1")
        session.undo()
        assert session.proposal == before
        # Taken back, it is news again; done again, it is none.
        again = joint.plan_merge(session.draft, session.proposal, packet)
        assert len(joint.edits_of(again, {})) == 2
        session.redo()
        again = joint.plan_merge(session.draft, session.proposal, packet)
        assert joint.edits_of(again, {}) == ()


def test_what_the_coordinator_changed_after_merging_is_no_clash_the_next_time(
    home: Path, packet: Path
) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    merged(home, packet)
    act(home, "An", Set(at="budget/b0/subsidy", value=8))
    act(packet, "Bo", Set(at="partners/p1/name", value="Eén"))
    plan = merged(home, packet)
    assert plan.merge.choices == ()
    assert value_at(tree(home), "budget/b0/subsidy") == 8
    assert value_at(tree(home), "partners/p1/name") == "Eén"


def test_what_was_decided_is_not_asked_again_and_what_was_left_is(home: Path, packet: Path) -> None:
    for value, file in ((1, home), (2, packet)):
        act(file, str(value), Set(at="budget/b0/subsidy", value=value))
        act(file, str(value), Set(at="budget/b3/subsidy", value=value))
    with Draft.open(home, author="An") as draft:
        plan = joint.plan_merge(draft, draft.proposal, packet)
        one, two = plan.open
        joint.carry_out(draft, plan, {one.key: "mine"}, "An")
    again = planned(home, packet)
    assert [choice.at for choice in again.open] == [two.at]
    merged(home, packet, "theirs")
    assert planned(home, packet).merge.choices == ()
    assert value_at(tree(home), one.at) == 1
    assert value_at(tree(home), two.at) == 2


def test_going_back_to_before_a_merge_makes_it_news_again(home: Path, packet: Path) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    before = tree(home)
    merged(home, packet)
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=10))
    merged(home, packet)
    with Draft.open(home, author="An") as draft:
        back = [Set(at="budget/b0/subsidy", value=before.budget[0].subsidy)]
        draft.commit(make_change(draft.proposal, back, author="An", label="back", subject="1")[1])
    merged(home, packet)
    assert value_at(tree(home), "budget/b0/subsidy") == 10


def test_what_the_partner_takes_back_itself_is_no_undoing_of_the_merge(
    home: Path, packet: Path
) -> None:
    act(packet, "Bo", Add(at="budget", item={"id": "n", "partner": "p1"}))
    merged(home, packet)
    act(packet, "Bo", Drop(at="budget/n"), Set(at="project/title", value="Van Bo"))
    merged(home, packet, "mine")
    again = planned(home, packet)
    assert again.open == ()
    assert joint.edits_of(again, {}) == ()


def test_what_the_coordinator_takes_back_by_hand_stays_so(home: Path, packet: Path) -> None:
    act(packet, "Bo", Add(at="budget", item={"id": "n", "partner": "p1"}))
    merged(home, packet)
    act(home, "An", Drop(at="budget/n"))
    assert joint.edits_of(planned(home, packet), {}) == ()


def test_attachments_come_along_where_their_row_does(home: Path, packet: Path) -> None:
    new = b"nog een"
    digest = hashlib.sha256(new).hexdigest()
    with Draft.open(packet, author="Bo") as draft:
        draft.add_attachment(BytesIO(new))
    act(packet, "Bo", Add(at="attachments", item={"id": "n", "sha256": digest, "size": 7}))
    merged(home, packet)
    with Draft.open(home, read_only=True) as draft:
        assert digest not in draft.attachment_digests()
    merged(home, packet, "theirs")
    with Draft.open(home, read_only=True) as draft, draft.open_attachment(digest) as stream:
        assert stream.read() == new


def test_copies_of_one_draft_are_merged_from_their_last_common_change(
    home: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sif"
    shutil.copyfile(home, copy)
    act(home, "An", Set(at="project/title", value="T"))
    for value in range(3):
        act(copy, "Bo", Set(at="budget/b1/subsidy", value=value))
    act(copy, "Bo", Set(at="project/acronym", value="A"))
    plan = merged(home, copy)
    assert plan.merge.choices == ()
    assert value_at(tree(home), "budget/b1/subsidy") == 2
    assert (tree(home).project.title, tree(home).project.acronym) == ("T", "A")
    act(home, "An", Set(at="project/acronym", value="B"))
    assert joint.edits_of(planned(home, copy), {}) == ()
    assert planned(home, copy).merge.choices == ()


def test_who_and_when_is_read_from_both_histories(home: Path, packet: Path) -> None:
    act(home, "An", Set(at="budget/b0/subsidy", value=1))
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=2))
    (choice,) = planned(home, packet).merge.choices
    assert choice.mine_by and choice.theirs_by
    assert (choice.mine_by.author, choice.theirs_by.author) == ("An", "Bo")


def test_of_a_removed_partner_all_is_asked(home: Path, packet: Path) -> None:
    act(home, "An", Drop(at="partners/p1"))
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=2))
    before = tree(home)
    plan = merged(home, packet)
    assert tree(home) == before
    assert {choice.at for choice in plan.merge.choices} == {"budget/b0/subsidy", "partners/p1"}


def test_a_partner_signs_off_and_a_later_change_voids_exactly_that(
    home: Path, packet: Path
) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=2))
    with Draft.open(packet, author="Bo") as draft:
        signoffs.sign_off(draft, "", "Bo")
    with Draft.open(home, author="An") as draft:
        signoffs.sign_off(draft, "P2", "Cas")
    merged(home, packet)
    with Draft.open(home, read_only=True) as draft:
        assert [(one.signoff.by, one.holds) for one in signoffs.standings(draft)] == [
            ("Bo", True),
            ("Cas", True),
        ]
    act(home, "An", Set(at="project/title", value="T"))
    act(home, "An", Set(at="answers/vision_future", value="Anders"))
    with Draft.open(home, read_only=True) as draft:
        mine, other = signoffs.standings(draft)
    assert (mine.holds, other.holds) == (False, True)
    assert mine.differing == ("answers/vision_future",)
    assert mine.voided_by and mine.voided_by.edits[0].at == "answers/vision_future"


def test_a_packet_brings_no_sign_off_of_another(home: Path, packet: Path) -> None:
    with Draft.open(packet, author="Bo") as draft:
        signoffs.sign_off(draft, "P2", "Bo")
    merged(home, packet)
    with Draft.open(home, read_only=True) as draft:
        assert signoffs.read(draft) == ()


def test_what_was_not_noted_on_sending_is_not_assigned(home: Path, packet: Path) -> None:
    """The note of a packet is the partner's to write: it opens nothing by itself."""
    with Draft.open(packet, author="Bo") as draft:
        note = packet_of(draft)
        assert note
        forged = note.model_copy(update={"assigned": ("project", "project/title"), "partner": "p2"})
        draft.put_note("packet", forged.model_dump_json())
    act(packet, "Bo", Set(at="project/title", value="Van mij"))
    act(packet, "Bo", Set(at="budget/b1/subsidy", value=0))
    plan = planned(home, packet)
    assert joint.edits_of(plan, {}) == ()
    assert {choice.at for choice in plan.merge.choices} == {"project/title", "budget/b1/subsidy"}


def refused(home: Path, other: Path, error: type[Exception], key: str) -> None:
    """Nothing is applied, and both files are as they were."""
    before = home.read_bytes()
    with pytest.raises(error, match=key) as caught:
        planned(home, other)
    assert other.name in str(caught.value)
    assert home.read_bytes() == before


def test_files_that_do_not_belong_together(home: Path, packet: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other.sif", small().model_copy(update={"id": "other"}))
    refused(home, other, PacketError, "packet_other_proposal")
    refused(other, packet, PacketError, "packet_other_proposal")
    never = made(tmp_path / "never.sif", small().model_copy(update={"edition": "x"}))
    refused(home, never, PacketError, "merge_nothing_common")
    refused(never, packet, PacketError, "packet_base_gone")
    text = tmp_path / "text.sif"
    text.write_text("geen concept")
    refused(home, text, NotOursError, "merge_not_a_draft")
    cut = tmp_path / "cut.sif"
    cut.write_bytes(packet.read_bytes()[:5000])
    refused(home, cut, NotOursError, "draft_damaged")
    with Draft.open(packet, author="Bo") as draft:
        draft.put_note("packet", "{")
    refused(home, packet, PacketDamagedError, "packet_damaged")


def test_damaged_sign_offs_stop_a_merge_before_anything_of_it_is_written(
    home: Path, packet: Path
) -> None:
    copy = Path(shutil.copy(home, home.with_name("copy.sif")))
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    act(copy, "Bo", Set(at="budget/b1/subsidy", value=9))
    with Draft.open(packet, author="Bo") as draft:
        signoffs.sign_off(draft, "p1", "Bo")
    with Draft.open(home, author="An") as draft:
        draft.put_note("signoffs", "{")
    before = home.read_bytes()
    with pytest.raises(PacketDamagedError, match="signoffs_damaged"):
        merged(home, packet)
    assert home.read_bytes() == before
    merged(home, copy)  # with which no sign-offs come
    assert value_at(tree(home), "budget/b1/subsidy") == 9


def test_many_merges_with_many_choices_left_open_are_remembered_as_long_as_there_is_room(
    home: Path, packet: Path
) -> None:
    asked = tuple(f"budget/line{number}/subsidy" for number in range(1000))
    many = [rounds.Round(line="p", asked=asked, theirs_seq=number) for number in range(200)]
    with Draft.open(home, author="An") as draft:
        draft.put_note("rounds", rounds.to_note(many))
        kept = rounds.from_note(draft.note("rounds"), "home")
    assert len(kept) > 20
    assert kept == tuple(many[-len(kept) :])
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    merged(home, packet)
    with Draft.open(home, read_only=True) as draft:
        assert rounds.from_note(draft.note("rounds"), "home")[-1].line != "p"


def test_a_base_that_is_no_longer_in_the_history(home: Path, packet: Path, tmp_path: Path) -> None:
    fresh = made(tmp_path / "fresh.sif", tree(home))
    refused(fresh, packet, PacketError, "packet_base_gone")


def test_sending_writes_over_nothing_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.sif"
    there.write_text("van een ander")
    with pytest.raises(FileError, match="file_exists"):
        send(home, "P1", there, "An")
    assert there.read_text() == "van een ander"
    for partner, assigned in (("niemand", []), ("", []), ("P1", ["nergens/x"])):
        with pytest.raises(PacketError):
            send(home, partner, tmp_path / "new.sif", "An", assigned)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["home.sif", "there.sif"]
    with Draft.open(home, read_only=True) as draft:
        assert sent(draft) == {}


def test_a_draft_that_somebody_else_has_open_is_not_merged_into(home: Path, packet: Path) -> None:
    with Draft.open(home, author="An"), pytest.raises(LockedError):
        send(home, "P1", home.with_name("new.sif"), "Bo")
    assert not home.with_name("new.sif").exists()
    assert packet.exists()


def test_notes_stay_with_a_draft_through_copies_and_repair(home: Path, packet: Path) -> None:
    copy = home.with_name("copy.sif")
    with Draft.open(packet, author="Bo") as draft:
        draft.save_copy(copy)
        draft.put_note("packet", draft.note("packet"))
        assert draft.note("nothing") == ""
    with Draft.open(copy, read_only=True) as draft:
        assert packet_of(draft)
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=1))
    with closing(sqlite3.connect(packet)) as db:
        db.execute("UPDATE changes SET body = x'00'")
        db.commit()
    with Draft.open(packet, author="Bo") as draft:
        assert draft.recovered, "the damage is noticed, and the file built anew on writing"
        draft.put_note("other", "x")
    with Draft.open(packet, read_only=True) as draft:
        assert draft.recovered is None
        assert packet_of(draft)
        assert draft.note("other") == "x"


def test_the_largest_dossier_goes_out_and_comes_back(tmp_path: Path) -> None:
    home = made(tmp_path / "home.sif", big_proposal())
    line = tree(home).budget[0]
    packet = tmp_path / "packet.sif"
    send(home, line.partner, packet, "An")
    act(packet, "Bo", Set(at=f"budget/{line.id}/subsidy", value=1))
    assert merged(home, packet).merge.choices == ()
    assert value_at(tree(home), f"budget/{line.id}/subsidy") == 1
