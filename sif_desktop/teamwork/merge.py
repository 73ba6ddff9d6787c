"""Merging three ways: the base that both sides began with, this side's tree, and the other's.

What only one side changed is taken. Where both changed the same, differently, this side's stays
and a `Choice` is made of it: every edit of the other side is either in the merged tree or among
the choices. What a side may change can be limited to its own parts (see `packet`); the rest of its
edits become choices too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Edit, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.choice import Choice, Pick, Tracing, nobody
from sif_desktop.teamwork.references import Uses
from sif_desktop.teamwork.turns import Placing, Rank, Turns, placings
from sif_desktop.teamwork.walk import Forced, Walk


@dataclass(frozen=True)
class Merge:
    """What a merge comes to: the tree as it is without any choice made, and the choices.

    `placings` is what it does to the order of lists, for the merges that follow on it.
    """

    mine: Proposal
    merged: Proposal
    choices: tuple[Choice, ...]
    placings: Mapping[str, Placing] = field(default_factory=dict)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that make the merged tree of this side's, for one act with label `merge`."""
        return difference(self.mine, self.merged)

    def settled(self, picks: Mapping[str, Pick]) -> tuple[Edit, ...]:
        """The edits with a person's picks in them, by the keys of the choices.

        A choice without a pick stays as it is in `merged`.
        """
        edits: list[Edit] = []
        for choice in self.choices:
            pick = picks.get(choice.key)
            if pick:
                edits.extend(choice.take if pick == "theirs" else choice.keep)
        if not edits:
            return self.edits
        tree, _ = apply_all(self.merged, _in_turn(edits))
        return difference(self.mine, tree)


def _in_turn(edits: Iterable[Edit]) -> list[Edit]:
    """Edits of several choices in an order in which none takes away what another stands on.

    Of items that are added behind the same one, the last comes first, so that they end in order.
    """
    turns: dict[str, list[Edit]] = {"set": [], "move": [], "add": [], "drop": []}
    for edit in edits:
        turns[edit.op].append(edit)
    return [*turns["set"], *turns["move"], *reversed(turns["add"]), *turns["drop"]]


def everything(_: Edit) -> bool:
    """For a merge in which the other side may change all."""
    return True


def merge(
    base: Proposal,
    mine: Proposal,
    theirs: Proposal,
    *,
    allowed: Callable[[Edit], bool] = everything,
    mine_by: Tracing = nobody,
    theirs_by: Tracing = nobody,
    turns: Turns | None = None,
    rank: Rank | None = None,
) -> Merge:
    """Merges `theirs` into `mine`; both began as `base`.

    `allowed` tells of an edit of the other side whether it may be applied without asking.
    `mine_by` and `theirs_by` tell who touched an address last. `turns` are the merges on which this
    one follows, and `rank` its own place among them.
    """
    found = difference(base, theirs)
    if not found:
        return Merge(mine, mine, ())
    forced: Forced = frozenset()
    while True:
        walk = Walk(found, allowed, forced, mine_by, theirs_by, turns or {}, rank or Rank())
        merged = walk.whole(base, mine, theirs)
        uses = Uses(base, mine, theirs, merged, walk.offered)
        kept = frozenset(at for at in walk.dropped if uses.newly(at, by="mine"))
        if kept:
            # Work of this side newly refers to what the other removed: that is to be asked.
            forced |= kept
            continue
        gone = [at for at in uses.removed_here() if uses.newly(at, by="theirs")]
        walk.ask_for_return(gone)
        choices = walk.choices()
        asked = [choice.at for choice in choices]
        placed = placings((base, mine, theirs), merged, walk.taken, asked)
        return Merge(mine, merged, choices, placed)
