"""Merges that followed on one another: how they leave a list must not depend on who came first.

Three-way merging alone cannot promise that where the files were made at different moments: what
one of them does not know stands where its neighbour goes, and a row that was removed and comes back
has lost its place. So a draft remembers of each merge what it did to the order of lists. A list
that nobody changed since is put in order anew: from where it stood before the first of those
merges, with all their files in one fixed order, the oldest first. Where that would undo what a
side did, a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from sif_desktop.model.address import shapes
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Text, Whole
from sif_desktop.teamwork.order import Arrangement, arranged, undone_swaps


def _each_once(ids: tuple[str, ...]) -> tuple[str, ...]:
    """Refuses an id that stands twice: a stranger's note would put the row in a list twice."""
    if len(set(ids)) < len(ids):
        raise ValueError("an id stands twice")
    return ids


Ids = Annotated[tuple[Id, ...], AfterValidator(_each_once)]


class Placing(Frozen):
    """The ids of a list, in order: here before a merge, in the other side's base, there, and
    here after it."""

    before: Ids
    base: Ids
    theirs: Ids
    after: Ids


class Rank(Frozen):
    """What files are put in order by: the number of the change of this draft from which a file
    was made, and the line of work that it is."""

    since: Whole = 0
    line: Text = ""

    def key(self) -> tuple[int, str]:
        """For sorting, the oldest first."""
        return self.since, self.line


Turn = tuple[Rank, Placing]
Turns = Mapping[str, Sequence[Turn]]
"""For the address of a list the merges that it stands as left by, in the order they were done."""


def lists_of(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    """The ids of each list of a proposal by its address, also of the lists within items."""
    found: dict[str, tuple[str, ...]] = {}
    for name, shape in shapes(Proposal).items():
        if shape.kind != "list" or shape.inner is None:
            continue
        items = getattr(proposal, name)
        found[name] = tuple(item.id for item in items)
        inner = [one for one, within in shapes(shape.inner).items() if within.kind == "list"]
        for item in items if inner else ():
            for one in inner:
                found[f"{name}/{item.id}/{one}"] = tuple(row.id for row in getattr(item, one))
    return found


def in_turn(
    turns: Sequence[Turn], rank: Rank, base: Sequence[str], theirs: Sequence[str]
) -> Arrangement:
    """A list after those merges and one more, the oldest file first, from where it began."""
    steps = [(one.key(), placing.base, placing.theirs) for one, placing in turns]
    steps.append((rank.key(), tuple(base), tuple(theirs)))
    rows: Sequence[str] = turns[0][1].before
    clash = False
    for _, old, there in sorted(steps, key=lambda step: step[0]):
        done = arranged(old, rows, there, _left(old, rows, there))
        rows, clash = done.merged, clash or done.clash
    return Arrangement(list(rows), list(rows), list(rows), clash)


def _left(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> set[str]:
    """The rows that are there after a merge in which no row had to be asked about."""
    old, here, there = set(base), set(mine), set(theirs)
    return (here & there) | ((here | there) - old)


@dataclass(frozen=True)
class Sides:
    """The order of a list in the base, here and there."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]

    def keeps_all(self, found: Arrangement) -> bool:
        """Whether an order undoes nothing that one of the sides did."""
        return not found.clash and not any(
            undone_swaps(self.base, side, found.merged) for side in (self.mine, self.theirs)
        )


def placings(
    sides: tuple[Proposal, Proposal, Proposal],
    merged: Proposal,
    taken: Mapping[str, Sequence[str]],
    asked: Sequence[str],
) -> dict[str, Placing]:
    """What a merge of three trees did to lists, by address.

    `taken` tells of a list in which order the other side's was taken. Lists about whose rows
    somebody is asked, at the addresses in `asked`, are left out.
    """
    olds, heres, theres = (lists_of(tree) for tree in sides)
    after = lists_of(merged)
    left = {place for at in asked for place in (at, at.rpartition("/")[0])}
    found = {}
    for at in (theres.keys() & heres.keys() & after.keys()) - left:
        old, there = olds.get(at, ()), tuple(taken.get(at, theres[at]))
        if old != there:
            found[at] = Placing(before=heres[at], base=old, theirs=there, after=after[at])
    return found
