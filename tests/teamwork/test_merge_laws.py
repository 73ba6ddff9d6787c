"""What holds of every merge, whatever two sides did."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import proposals
from teamwork.laws import same_but_for, seen
from teamwork.sides import worked_on
from teamwork.small import small, worked_close

from sif_desktop.model.difference import difference
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.merge import Merge, merge

EXAMPLES = settings(max_examples=100, deadline=None, derandomize=True)


def result(done: Merge) -> Proposal:
    """The tree after the edits of a merge, made as a program makes it, and valid."""
    tree, _ = apply_all(done.mine, done.edits)
    assert tree == done.merged
    assert Proposal.model_validate(tree.model_dump(mode="json")) == tree
    return tree


@st.composite
def two_sides(draw: st.DrawFn) -> tuple[Proposal, Proposal, Proposal]:
    if draw(st.booleans()):
        base = draw(proposals())
        return base, draw(worked_on(base, "m")), draw(worked_on(base, "t"))
    base = small()
    return base, draw(worked_close(base, "m")), draw(worked_close(base, "t"))


@EXAMPLES
@given(two_sides())
def test_sides_that_did_nothing_or_the_same(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    assert merge(base, mine, mine).edits == ()
    assert merge(base, mine, mine).choices == ()
    assert merge(base, mine, base) == Merge(mine, mine, ())
    taken = merge(base, base, theirs)
    assert taken.choices == ()
    assert result(taken) == theirs


@EXAMPLES
@given(two_sides())
def test_nothing_of_the_other_side_is_lost(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    done = merge(base, mine, theirs)
    tree = result(done)
    for edit in difference(base, theirs):
        assert seen(edit, done, tree, base, theirs), edit


@EXAMPLES
@given(two_sides())
def test_nothing_of_this_side_is_lost(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    done = merge(base, mine, theirs)
    tree = result(done)
    for edit in difference(base, mine):
        assert seen(edit, done, tree, base, mine), edit


@EXAMPLES
@given(two_sides())
def test_the_same_packet_again_changes_nothing(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    first = merge(base, mine, theirs)
    again = merge(base, result(first), theirs)
    assert again.edits == ()
    # An order in which both sides' moves were put is no question any more.
    asked = [{c.at for c in done.choices if c.kind != "order"} for done in (first, again)]
    assert asked[0] == asked[1]


@EXAMPLES
@given(two_sides())
def test_a_choice_taken_is_not_asked_again(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    first = merge(base, mine, theirs)
    picks = {choice.key: "theirs" for choice in first.choices}
    tree, _ = apply_all(mine, first.settled(picks))
    assert Proposal.model_validate(tree.model_dump(mode="json")) == tree
    again = merge(base, tree, theirs)
    assert again.edits == ()
    assert [choice for choice in again.choices if choice.kind != "order"] == []


@EXAMPLES
@given(two_sides())
def test_either_side_may_be_the_one_that_merges(sides: tuple[Proposal, ...]) -> None:
    base, mine, theirs = sides
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    # A row that was only moved gives way to its removal; who removed it is asked all the same.
    moved = {e.at for side in (mine, theirs) for e in difference(base, side) if e.op == "move"}
    assert {c.at for c in here.choices} - moved == {c.at for c in there.choices} - moved
    if not here.choices:
        assert result(here) == result(there)


@EXAMPLES
@given(st.data())
def test_two_packets_in_either_order(data: st.DataObject) -> None:
    base = small()
    mine, one, two = (data.draw(worked_close(base, side, 3)) for side in "mab")
    first = merge(base, mine, one)
    second = merge(base, result(first), two)
    third = merge(base, mine, two)
    fourth = merge(base, result(third), one)
    merges = (first, second, third, fourth)
    asked = {place for done in merges for c in done.choices for place in c.covers}
    same_but_for(result(second), result(fourth), asked)
