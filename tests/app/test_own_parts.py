"""What may be changed in a packet: whatever comes home unasked, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from teamwork.desks import act, made, planned
from teamwork.small import one_edit, small

from sif_desktop.app.own_parts import OwnParts, own_parts_of
from sif_desktop.app.packets import send
from sif_desktop.model.edit import Add, Drop, Move, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.packet import make_packet, merge_packet

ASSIGNED = ("answers/vision_future", "attachments")


def of(partner: str, base: Proposal | None = None) -> OwnParts:
    """The own parts of a partner in a packet of the small proposal."""
    base = base or small()
    return OwnParts(make_packet(base, partner, seq=0, assigned=ASSIGNED), base)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("partners/p1/name", True),
        ("partners/p2/name", False),
        ("partners/p1", False),  # its own entry stays in the proposal
        ("partners", False),
        ("budget", True),
        ("budget/b0", True),
        ("budget/b0/subsidy", True),
        ("budget/b0/partner", False),  # a line that is given away would be lost to it
        ("budget/b1/subsidy", False),
        ("work_packages/w1/title", True),
        ("work_packages/w1/lead", False),
        ("work_packages/w1", False),
        ("work_packages/w2/title", False),
        ("work_packages/w1/deliverables", True),
        ("work_packages/w2/deliverables", True),  # it has something in it
        ("work_packages/w1/deliverables/d11/title", True),
        ("work_packages/w1/deliverables/d11/partner", True),
        ("work_packages/w2/deliverables/d21/partner", False),
        ("work_packages/w1/deliverables/d12/title", False),
        ("work_packages/w2/deliverables/d21", True),
        ("answers/vision_future", True),
        ("answers/vision_actions", False),
        ("attachments", True),
        ("attachments/a1", True),
        ("project/title", False),
        ("language", False),
        ("nowhere/x", False),
    ],
)
def test_what_may_be_changed(address: str, may: bool) -> None:
    assert of("p1").may_change(small(), address) is may


def test_a_row_is_its_own_from_the_beginning() -> None:
    own, tree = of("p1"), small()
    for list_at in ("budget", "work_packages/w1/activities", "work_packages/w2/deliverables"):
        assert own.fresh(list_at) == {"partner": "p1"}
        item: dict[str, Any] = {"id": "n", **own.fresh(list_at)}
        assert own.may_do(tree, [Add(at=list_at, item=item)])
        assert not own.may_do(tree, [Add(at=list_at, item={"id": "n", "partner": "p2"})])
        after, _ = apply_all(tree, [Add(at=list_at, item=item)])
        assert own.may_change(after, f"{list_at}/n")
    assert own.fresh("indicators") == {}
    assert not own.may_do(tree, [Add(at="budget", item={"id": "n"})])


def test_a_line_is_neither_taken_nor_given_away() -> None:
    own, tree = of("p1"), small()
    assert own.may_do(tree, [Set(at="budget/b0/subsidy", value=1), Move(at="budget/b0")])
    assert not own.may_do(tree, [Set(at="budget/b0/partner", value="p2")])
    assert not own.may_do(tree, [Set(at="budget/b1/partner", value="p1")])
    assert not own.may_do(tree, [Set(at="budget/b0/subsidy", value=1), Drop(at="budget/b1")])
    taken, _ = apply_all(tree, [Set(at="budget/b1/partner", value="p1")])
    assert not own.may_change(taken, "budget/b1/subsidy")


@given(data=st.data())
def test_what_may_be_done_comes_home_unasked(data: st.DataObject) -> None:
    base, partner = small(), data.draw(st.sampled_from(["p1", "p2", "p3"]))
    own, tree = of(partner, base), small()
    for number in range(data.draw(st.integers(1, 5))):
        edit = data.draw(one_edit(tree, f"n{number}"))
        # A move of its own past others may come home as a move of those: that is asked.
        if edit.op != "move" and own.may_do(tree, [edit]):
            tree, _ = apply_all(tree, [edit])
    merged = merge_packet(own.packet, base, base, tree)
    assert merged.choices == ()
    assert merged.merged == tree


def test_a_draft_that_is_no_packet_has_no_bounds(tmp_path: Path) -> None:
    home, packet = made(tmp_path / "home.sif"), tmp_path / "p1.sif"
    send(home, "p1", packet, "An", ASSIGNED)
    act(packet, "Bo", Set(at="partners/p1/name", value="Eén"))
    with Draft.open(home, read_only=True) as draft:
        assert own_parts_of(draft) is None
    with Draft.open(packet, read_only=True) as draft:
        own = own_parts_of(draft)
        assert own
        assert own.packet.assigned == ASSIGNED
        assert own.may_change(draft.proposal, "partners/p1/name")
        assert not own.may_change(draft.proposal, "partners/p2/name")
    assert planned(home, packet).merge.choices == ()
