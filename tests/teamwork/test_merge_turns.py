"""Files that were made at different moments, merged one after the other, in any order."""

from __future__ import annotations

from itertools import permutations
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from teamwork.memory import Memory

from sif_desktop.app import joint
from sif_desktop.model.edit import Add, Drop, Move
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds, turns
from sif_desktop.teamwork.packet import PacketDamagedError

MOVES = ("move", "move", "add", "drop")


def bid(rows: int) -> Memory:
    """A draft with a budget of some rows."""
    budget = [{"id": f"b{number}"} for number in range(rows)]
    tree = {"id": "small", "call": "oproep-sociale-innovatie", "budget": budget}
    return Memory(Proposal.model_validate(tree), "home")


def copy_for(home: Memory, name: str) -> Memory:
    """A copy of the draft as it is now, to work on elsewhere."""
    found = home.sent_by_mail()
    found.author, found.done = name, []
    return found


def ids(desk: Memory) -> list[str]:
    return [item.id for item in desk.proposal.budget]


def put(desk: Memory, key: str, behind: str) -> None:
    desk.act(Add(at="budget", item={"id": key}, after=behind))


def move(desk: Memory, key: str, behind: str) -> None:
    desk.act(Move(at=f"budget/{key}", after=behind))


def merge(home: Memory, theirs: Memory) -> bool:
    """Merges with every choice left open; whether there was one."""
    plan = joint.plan_between(cast(Draft, home), home.proposal, cast(Draft, theirs))
    joint.carry_out(cast(Draft, home), plan, {})
    return bool(plan.merge.choices)


def in_each_order(home: Memory, *files: Memory) -> tuple[list[list[str]], bool]:
    """The rows after merging files in each order, and whether anything was asked in one."""
    found, asked = [], False
    for order in permutations(files):
        draft = home.sent_by_mail()
        for theirs in order:
            asked |= merge(draft, theirs)
        found.append(ids(draft))
    return found, asked


@pytest.mark.parametrize(("early", "asked"), [(True, False), (False, True)])
def test_a_row_that_was_removed_and_comes_back(early: bool, asked: bool) -> None:
    """It stands where the other side moved it, or a person is asked."""
    home = bid(4)
    two = copy_for(home, "two")
    put(home, "k", "b3")
    one = copy_for(home, "one")
    if early:
        one, two = two, one
    one.act(Drop(at="budget/b0"))
    assert not merge(home, one)
    one.undo()
    move(two, "b2", "")
    found, was_asked = in_each_order(home, one, two)
    assert was_asked == asked
    assert asked or found == [["b2", "b0", "b1", "b3", "k"]] * 2


def test_files_made_at_different_moments() -> None:
    home = bid(2)
    early = copy_for(home, "early")
    put(home, "k", "b0")
    late = copy_for(home, "late")
    move(early, "b0", "b1")
    move(late, "k", "b1")
    found, asked = in_each_order(home, early, late)
    assert found[0] == found[1]
    assert not asked


def test_what_cannot_be_had_together_is_asked() -> None:
    """The later file puts back what the earlier one, and the draft meanwhile, turned round."""
    home = bid(2)
    early = copy_for(home, "early")
    move(home, "b0", "b1")
    late = copy_for(home, "late")
    move(early, "b0", "b1")
    move(late, "b0", "")
    assert not merge(home.sent_by_mail(), early)
    assert merge(home, late) is False
    plan = joint.plan_between(cast(Draft, home), home.proposal, cast(Draft, early))
    assert [choice.kind for choice in plan.merge.choices] == ["order"]
    (choice,) = plan.merge.choices
    orders = {tuple(ids(home))}
    joint.carry_out(cast(Draft, home), plan, {choice.key: "theirs"})
    orders.add(tuple(ids(home)))
    joint.carry_out(cast(Draft, home), plan, {choice.key: "mine"})
    orders.add(tuple(ids(home)))
    assert orders == {("b0", "b1"), ("b1", "b0")}


@st.composite
def worked_on(draw: st.DrawFn, desk: Memory, most: int) -> None:
    """A few rows added, removed and moved at a desk."""
    for _ in range(draw(st.integers(0, most))):
        rows, kind = ids(desk), draw(st.sampled_from(MOVES))
        if kind == "add" or not rows:
            new = f"{draw(st.sampled_from('akz'))}-{desk.author}{desk.seq}"
            put(desk, new, draw(st.sampled_from(["", *rows])))
            continue
        row = draw(st.sampled_from(rows))
        if kind == "drop":
            desk.act(Drop(at=f"budget/{row}"))
        else:
            move(desk, row, draw(st.sampled_from(["", *(one for one in rows if one != row)])))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_three_files_in_any_order(data: st.DataObject) -> None:
    home = bid(data.draw(st.integers(0, 4)))
    files = []
    for name in ("one", "two", "three"):
        data.draw(worked_on(home, 2))
        files.append(copy_for(home, name))
    data.draw(worked_on(home, 1))
    for file in files:
        data.draw(worked_on(file, 2))
    if data.draw(st.booleans()):
        again = data.draw(st.sampled_from(files))
        merge(home, again)
        if data.draw(st.booleans()):
            again.undo()
        data.draw(worked_on(again, 1))
    found, asked = in_each_order(home, *files)
    assert asked or all(rows == found[0] for rows in found), found


def test_the_test_notices_a_draft_that_forgets_earlier_merges(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control."""
    monkeypatch.setattr(joint, "turns_before", lambda *_: {})
    with pytest.raises(AssertionError):
        test_three_files_in_any_order()


def test_what_is_remembered_of_lists_is_bounded() -> None:
    long = tuple(f"r{number}" for number in range(4000))
    placing = turns.Placing(before=long, base=long, theirs=long, after=long)
    many = [rounds.Round(line="x", placings={"budget": placing}) for _ in range(5)]
    kept = rounds.from_note(rounds.to_note(many), "home")
    assert [bool(one.placings) for one in kept] == [False, False, False, True, True]
    assert [one.id for one in kept] == [one.id for one in many]


def test_a_note_in_which_a_row_stands_twice_is_refused() -> None:
    """Else the row would stand twice in the draft."""
    placing = turns.Placing(before=("b0", "b1"), base=("b0",), theirs=(), after=("b1",))
    note = rounds.to_note([rounds.Round(line="x", placings={"budget": placing})])
    forged = note.replace('["b0","b1"]', '["b0","b1","b1"]')
    assert forged != note
    with pytest.raises(PacketDamagedError):
        rounds.from_note(forged, "home")
