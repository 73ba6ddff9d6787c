"""How a consortium stands, and a merge while it is decided on."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import example_proposal
from teamwork.desks import act, made, merged, tree
from teamwork.small import small

from sif_desktop.app import deciding, own_words, signoffs
from sif_desktop.app.joint import carry_out, carry_out_in
from sif_desktop.app.packets import send, send_from, sent
from sif_desktop.app.session import Session
from sif_desktop.app.sources import call_of
from sif_desktop.app.team import last_assigned, members
from sif_desktop.errors import FileError, NotOursError
from sif_desktop.language import words
from sif_desktop.model.edit import Drop, Set
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.packet import PacketError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return made(tmp_path / "home.sif")


@pytest.fixture
def packet(home: Path) -> Path:
    file = home.with_name("p1.sif")
    send(home, "p1", file, "An", ["answers/vision_future"])
    return file


def member(home: Path, partner: str):
    with Draft.open(home, author="An") as draft:
        found = members(draft, draft.proposal)
    return next(one for one in found if one.partner == partner)


def look(home: Path, other: Path) -> deciding.Deciding:
    with Draft.open(home, author="An") as draft:
        call = call_of(draft.proposal)
        return deciding.begin(draft, draft.proposal, other, call=call, language="nl")


def test_a_packet_is_sent_from_an_open_session_with_what_was_just_typed(home: Path) -> None:
    with Session(Draft.open(home, author="An"), call_of(tree(home)), author="An") as session:
        session.type("project/title", "Half a wo")
        out = home.with_name("p2.sif")
        made_packet = send_from(session, "p2", out)
        assert session.saved_at
        assert list(sent(session.draft)) == [made_packet.id]
        assert (made_packet.seq, made_packet.made_by) == (1, "An")
        with pytest.raises(FileError) as raised:
            send_from(session, "p2", out)
        assert raised.value.key == "file_exists"
        with pytest.raises(PacketError):
            send_from(session, "p9", home.with_name("p9.sif"))
    assert not home.with_name("p9.sif").exists()
    assert tree(out).project.title == "Half a wo"


def test_what_was_sent_came_back_and_was_taken_back(home: Path, packet: Path) -> None:
    assert member(home, "p2").packets == ()
    one = member(home, "p1")
    assert last_assigned(one) == ("answers/vision_future",)
    assert (one.packets[0].back, one.packets[0].whole) == (False, True)
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9), Set(at="project/title", value="X"))
    merged(home, packet)
    back = member(home, "p1").packets[0]
    assert (back.back, back.whole) == (True, False)
    assert back.back_at
    merged(home, packet, "mine")
    again = member(home, "p1").packets[0]
    assert (again.back, again.whole) == (True, True)
    with Session(Draft.open(home, author="An"), call_of(tree(home)), author="An") as session:
        plan = look_in(session, packet).plan
        assert carry_out_in(session, plan, {}) == 0


def look_in(session: Session, other: Path) -> deciding.Deciding:
    return deciding.begin(session.draft, session.proposal, other, call=session.call, language="nl")


def test_a_merge_that_was_undone_did_not_come_back(home: Path, packet: Path) -> None:
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    with Session(Draft.open(home, author="An"), call_of(tree(home)), author="An") as session:
        carry_out_in(session, look_in(session, packet).plan, {})
        assert members(session.draft, session.proposal)[0].packets[0].back
        session.undo()
        assert not members(session.draft, session.proposal)[0].packets[0].back


def test_a_partner_that_is_gone_is_told_with_its_packet(home: Path, packet: Path) -> None:
    act(home, "An", Drop(at="partners/p1"))
    act(packet, "Bo", Set(at="budget/b0/subsidy", value=9))
    gone = member(home, "p1")
    assert not gone.here
    assert len(gone.packets) == 1
    found = look(home, packet)
    assert found.is_gone
    assert found.taken == []
    assert "budget/b0/subsidy" in [choice.at for choice in found.open]


def test_answers_are_counted_taken_back_and_outlive_a_new_plan(home: Path, packet: Path) -> None:
    for value, file in ((1, home), (2, packet)):
        act(file, str(value), Set(at="budget/b0/subsidy", value=value))
        act(file, str(value), Set(at="budget/b3/subsidy", value=value))
        act(file, str(value), Set(at="answers/vision_future", value=f"Dat is {value}."))
    found = look(home, packet)
    assert [choice.at.partition("/")[0] for choice in found.open] == ["budget", "budget", "answers"]
    assert found.taken == []
    one, two, text = found.open
    assert found.ask(text).marks
    assert found.ask(one).mine_by.startswith("1, ")
    found.pick(one.key, "theirs")
    found.pick(two.key, "mine")
    found.pick(two.key, "")
    assert (found.made, found.answer(one.key), found.answer(two.key)) == (1, "theirs", "")
    found.pick_rest("mine")
    assert [found.answer(choice.key) for choice in found.open] == ["theirs", "mine", "mine"]
    act(home, "An", Set(at="budget/b3/subsidy", value=7), Set(at="project/title", value="T"))
    anew = look(home, packet)
    anew.keep(found.picks)
    assert [anew.answer(choice.key) for choice in anew.open] == ["theirs", "", "mine"]
    said = anew.place(anew.open[0])
    anew.tell_in("fr")
    assert anew.place(anew.open[0]) != said
    with Draft.open(home, author="An") as draft:
        carry_out(draft, anew.plan, anew.picks, "An")
    assert [line.subsidy for line in tree(home).budget if line.partner == "p1"] == [2, 7]


def test_a_sign_off_comes_along_and_is_told(home: Path, packet: Path) -> None:
    with Draft.open(packet, author="Bo") as draft:
        signoffs.sign_off(draft, "", "Bo")
    found = look(home, packet)
    assert found.news
    assert not found.taken
    with Draft.open(home, author="An") as draft:
        carry_out(draft, found.plan, found.picks, "An")
    one = member(home, "p1")
    assert one.standing
    assert one.standing.holds
    assert (one.packets[0].back, one.packets[0].back_at) == (True, None)
    assert not look(home, packet).news


def test_the_draft_itself_and_what_is_no_draft_are_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(NotOursError) as raised:
        look(home, home)
    assert raised.value.key == "merge_with_itself"
    with pytest.raises(FileError) as missing:
        look(home, tmp_path / "weg.sif")
    assert missing.value.key == "file_missing"


def test_own_parts_and_offers_in_words() -> None:
    proposal = example_proposal()
    call = call_of(proposal)
    said = call.words("nl")
    partner = proposal.work_packages[0].lead
    own = own_words.own(proposal, partner, ("answers/vision_future", "indicators"), call, said)
    assert own[0].said == words("nl").say("window.team.own.entry")
    assert any(part.said.startswith("Werkpakket 1") for part in own)
    assert any("begrotingslijn" in part.said for part in own)
    assert {"answers/vision_future", "indicators"} <= {part.at for part in own}
    offers = own_words.offers(proposal, partner, call, said)
    ats = [part.at for part in offers]
    assert len(set(ats)) == len(ats)
    assert "answers/vision_future" in ats
    assert "indicators" in ats
    assert "project/title" in ats
    led = [one.id for one in proposal.work_packages if one.lead == partner]
    assert not [
        at
        for at in ats
        if at.startswith(tuple(f"work_packages/{key}" for key in led)) and at.count("/") == 1
    ]
    assert not [at for at in ats if at.startswith(("partners", "budget"))]
    assert own_words.own(small(), "p9", (), call, said)[-1].said
