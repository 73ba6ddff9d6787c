"""Packets: what is a partner's own, and what of a packet comes back without being asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from teamwork.small import small

from sif_desktop.errors import NewerError
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.merge import Merge
from sif_desktop.teamwork.packet import (
    Packet,
    PacketDamagedError,
    PacketError,
    from_note,
    from_notes,
    make_packet,
    merge_packet,
    owns,
    require_match,
    to_note,
    to_notes,
)


def after(*edits: Edit, base: Proposal | None = None) -> Proposal:
    tree, _ = apply_all(base or small(), edits)
    return tree


def packet(partner: str = "p1", *assigned: str) -> Packet:
    return make_packet(small(), partner, seq=0, made_by="An", assigned=assigned)


def came_back(*theirs: Edit, mine: tuple[Edit, ...] = (), note: Packet | None = None) -> Merge:
    return merge_packet(note or packet(), small(), after(*mine), after(*theirs))


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("partners/p1", True),
        ("partners/p1/capacity", True),
        ("partners/p2/capacity", False),
        ("partners", False),
        ("budget/b0", True),
        ("budget/b0/subsidy", True),
        ("budget/b1/subsidy", False),
        ("budget/gone", False),
        ("work_packages/w1/title", True),  # led by p1
        ("work_packages/w1/deliverables/d11", True),
        ("work_packages/w1/deliverables/d12/title", False),  # assigned to p2
        ("work_packages/w2/title", False),
        ("work_packages/w2/deliverables/d21/month", True),  # assigned to p1 in w2
        ("work_packages/w2/deliverables/d22/month", False),
        ("project/title", False),
        ("answers/vision_future", True),  # assigned by hand
        ("answers/vision_middle_term", False),
        ("indicators/i1/name", True),  # within a list assigned by hand
        ("nonsense", False),
    ],
)
def test_what_is_a_partners_own(address: str, own: bool) -> None:
    assigned = ("answers/vision_future", "indicators")
    assert owns(small(), "p1", address, assigned) is own


def test_nobody_owns_what_names_no_partner() -> None:
    tree = after(Set(at="budget/b0/partner", value=""), Set(at="work_packages/w1/lead", value=""))
    assert not owns(tree, "", "budget/b0")
    assert not owns(tree, "p1", "work_packages/w1/title")


@pytest.mark.parametrize(
    "edit",
    [
        Set(at="partners/p1/capacity", value="Veel"),
        Set(at="budget/b0/subsidy", value=9),
        Set(at="work_packages/w1/objective", value="Doel"),
        Set(at="work_packages/w2/deliverables/d21/title", value="T"),
        Add(at="budget", item={"id": "n", "partner": "p1"}, after="b1"),
        Add(at="work_packages/w2/deliverables", item={"id": "n", "partner": "p1"}),
        Add(at="work_packages/w1/activities", item={"id": "n"}),
        Drop(at="budget/b0"),
        Drop(at="work_packages/w2/deliverables/d21"),
        Move(at="budget/b3", after=""),
        Set(at="answers/vision_future", value="Anders"),
        Add(at="indicators", item={"id": "n"}),
    ],
)
def test_own_work_comes_back_unasked(edit: Edit) -> None:
    done = came_back(edit, note=packet("p1", "answers/vision_future", "indicators"))
    assert done.choices == ()
    assert done.merged == after(edit)


@pytest.mark.parametrize(
    ("edits", "asked"),
    [
        ([Set(at="project/title", value="T")], "project/title"),
        ([Set(at="partners/p2/name", value="N")], "partners/p2/name"),
        ([Set(at="budget/b1/subsidy", value=9)], "budget/b1/subsidy"),
        ([Add(at="budget", item={"id": "n", "partner": "p2"})], "budget/n"),
        ([Add(at="budget", item={"id": "n"})], "budget/n"),
        ([Add(at="partners", item={"id": "n"})], "partners/n"),
        ([Add(at="work_packages", item={"id": "n", "lead": "p1"})], "work_packages/n"),
        ([Add(at="attachments", item={"id": "n"})], "attachments/n"),
        ([Drop(at="partners/p1")], "partners/p1"),
        ([Drop(at="work_packages/w1")], "work_packages/w1"),
        ([Drop(at="budget/b1")], "budget/b1"),
        ([Move(at="budget/b1", after="b3")], "budget"),
        ([Move(at="partners/p1", after="p3")], "partners"),
        # its own line handed to another, and another's line taken
        ([Set(at="budget/b0/partner", value="p2")], "budget/b0/partner"),
        ([Set(at="budget/b1/partner", value="p1")], "budget/b1/partner"),
        ([Set(at="work_packages/w1/lead", value="p2")], "work_packages/w1/lead"),
        ([Set(at="answers/vision_future", value="V")], "answers/vision_future"),
        ([Set(at="attachments/a1/sha256", value="b" * 64)], "attachments/a1/filename"),
    ],
)
def test_the_rest_is_asked_and_never_silently_applied(edits: list[Edit], asked: str) -> None:
    done = came_back(*edits)
    assert done.edits == ()
    assert [(choice.kind, choice.at) for choice in done.choices] == [("outside", asked)]
    picks = {choice.key: "theirs" for choice in done.choices}
    tree, _ = apply_all(done.mine, done.settled(picks))
    assert tree == after(*edits)


def test_of_another_lines_work_nothing_is_taken_by_taking_the_line() -> None:
    done = came_back(Set(at="budget/b1/partner", value="p1"), Set(at="budget/b1/subsidy", value=99))
    assert done.edits == ()
    assert {choice.at for choice in done.choices} == {"budget/b1/partner", "budget/b1/subsidy"}


def test_a_line_that_was_given_to_another_meanwhile_is_asked() -> None:
    done = came_back(
        Set(at="budget/b0/subsidy", value=99), mine=(Set(at="budget/b0/partner", value="p2"),)
    )
    assert done.edits == ()
    assert [choice.at for choice in done.choices] == ["budget/b0/subsidy"]


def test_of_a_partner_that_is_gone_everything_is_asked() -> None:
    edits = (
        Set(at="budget/b0/subsidy", value=9),
        Add(at="budget", item={"id": "n", "partner": "p1"}),
        Set(at="partners/p1/capacity", value="Veel"),
    )
    done = came_back(*edits, mine=(Drop(at="partners/p1"),))
    assert done.edits == ()
    assert {choice.at for choice in done.choices} == {
        "budget/b0/subsidy",
        "budget/n",
        "partners/p1",
    }


def test_a_base_that_the_packet_forged_gives_no_rights() -> None:
    """What the sender noted counts, also where the common state comes from the other file."""
    forged = after(Set(at="budget/b1/partner", value="p1"))
    theirs = after(Set(at="budget/b1/subsidy", value=99), base=forged)
    done = merge_packet(packet(), small(), small(), theirs, common=forged)
    assert done.edits == ()
    assert [choice.at for choice in done.choices] == ["budget/b1/subsidy"]


def test_a_clash_within_a_foreign_text_changes_nothing() -> None:
    text = value_at(small(), "answers/vision_future")
    mine = text.replace("Eerst", "Hier")
    theirs = text.replace("Eerst", "Daar").replace("Ten slotte", "Tot slot")
    done = came_back(
        Set(at="answers/vision_future", value=theirs),
        mine=(Set(at="answers/vision_future", value=mine),),
    )
    assert done.edits == ()
    assert done.choices[0].theirs == theirs


def test_a_packet_goes_through_its_note() -> None:
    made = packet("p2", "answers/vision_future")
    assert from_note(to_note(made), "x.sif") == made
    assert from_notes(to_notes([made, made]), "x.sif") == (made, made)
    assert from_notes("", "x.sif") == ()


@pytest.mark.parametrize(
    "note",
    ["", "x", "[]", "{}", "null", '{"format": 1}', '{"format": NaN}', "[" * 5000, "9" * 2_000_000],
)
def test_a_note_that_is_none(note: str) -> None:
    with pytest.raises(PacketDamagedError) as error:
        from_note(note, "x.sif")
    assert error.value.figures["file"] == "x.sif"


def test_a_note_from_a_newer_program() -> None:
    with pytest.raises(NewerError):
        from_note('{"format": 2, "anything": "else"}', "x.sif")


def test_a_packet_that_belongs_elsewhere() -> None:
    made = packet()
    require_match(made, small(), small(), "x.sif")
    other = small().model_copy(update={"id": "other"})
    with pytest.raises(PacketError, match="packet_other_proposal"):
        require_match(made, other, other, "x.sif")
    for base in (None, after(Set(at="project/title", value="T"))):
        with pytest.raises(PacketError, match="packet_base_gone"):
            require_match(made, small(), base, "x.sif")


@pytest.mark.parametrize("address", ["", "call", "edition", "format", "nonsense/x", "project"])
def test_what_cannot_be_assigned(address: str) -> None:
    with pytest.raises(PacketError, match="packet_not_assignable"):
        packet("p1", address)


def test_a_packet_is_for_a_partner_that_is_there() -> None:
    with pytest.raises(PacketError, match="packet_no_such_partner"):
        packet("p9")
    at = datetime(2013, 3, 1, tzinfo=UTC)
    assert make_packet(small(), "p1", seq=3, made_at=at).made_at == at
