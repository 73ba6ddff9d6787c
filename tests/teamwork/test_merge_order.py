"""The order of lists: what two sides do comes out right, and in any order of merging the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.teamwork.order import Arrangement, arranged

EXAMPLES = settings(max_examples=300, deadline=None, derandomize=True)


def order(base: str, mine: str, theirs: str) -> Arrangement:
    """Rows are single letters; what either removed is gone, what either added is there."""
    gone = set(base) - (set(mine) & set(theirs))
    return arranged(base, mine, theirs, (set(mine) | set(theirs)) - gone)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("123", "123", "123", "123"),
        ("123", "123a", "123", "123a"),
        ("123", "1a23", "12b3", "1a2b3"),
        ("123", "123b", "123a", "123ab"),  # both added at the end: by id
        ("123", "123ca", "123b", "123bca"),  # what one added in a row stays together
        ("123", "23", "13", "3"),
        ("123", "13", "12a3", "1a3"),  # the row that it was put behind is gone
        ("12345", "51234", "12345", "51234"),
        ("12345", "51234", "23451", "52341"),  # two rows moved, one by each
        ("123", "213", "231", "231"),  # the same row moved, by the one further than by the other
        ("123", "1a23", "231", "231a"),  # a row added behind one that moves goes along
        ("1234", "2134", "1243", "2143"),
        ("", "b", "a", "ab"),
        ("1", "a1", "b1", "ab1"),
        ("1", "", "1a", "a"),
    ],
)
def test_orders(base: str, mine: str, theirs: str, merged: str) -> None:
    assert "".join(order(base, mine, theirs).merged) == merged
    assert "".join(order(base, theirs, mine).merged) == merged
    assert not order(base, mine, theirs).clash


def test_moves_that_do_not_go_together_are_told() -> None:
    found = order("123", "213", "132")
    assert found.clash
    assert (found.mine, found.theirs) == (list("213"), list("132"))
    assert found.merged == list("321")


rows = st.integers(0, 5).map(lambda count: "12345"[:count])


@st.composite
def changed(draw: st.DrawFn, base: str, new: str) -> str:
    """A list after a side moved, removed and added some rows."""
    side = list(base)
    for _ in range(draw(st.integers(0, 2))):
        if side:
            row = side.pop(draw(st.integers(0, len(side) - 1)))
            side.insert(draw(st.integers(0, len(side))), row)
    for _ in range(draw(st.integers(0, 2))):
        if side:
            side.pop(draw(st.integers(0, len(side) - 1)))
    for row in draw(st.permutations(new))[: draw(st.integers(0, len(new)))]:
        side.insert(draw(st.integers(0, len(side))), row)
    return "".join(side)


@EXAMPLES
@given(st.data())
def test_laws_of_two(data: st.DataObject) -> None:
    base = data.draw(rows)
    mine, theirs = data.draw(changed(base, "ace")), data.draw(changed(base, "bdf"))
    found = order(base, mine, theirs)
    assert found.merged == order(base, theirs, mine).merged
    assert "".join(order(base, base, theirs).merged) == theirs
    assert "".join(order(base, mine, base).merged) == mine
    assert "".join(order(base, mine, mine).merged) == mine
    assert order(base, "".join(found.merged), theirs).merged == found.merged
    if found.clash:
        assert sorted(found.mine) == sorted(found.theirs) == sorted(found.merged)
        shared = set(theirs) & set(found.merged)
        assert [r for r in found.theirs if r in shared] == [r for r in theirs if r in shared]


@settings(EXAMPLES, max_examples=600)
@given(st.data())
def test_three_sides_in_any_order(data: st.DataObject) -> None:
    base = data.draw(rows)
    mine, one, two = (data.draw(changed(base, new)) for new in ("adg", "beh", "cfi"))
    a, b = order(base, mine, one), order(base, mine, two)
    first = order(base, "".join(a.merged), two)
    second = order(base, "".join(b.merged), one)
    if not any(found.clash for found in (a, b, first, second)):
        assert first.merged == second.merged
