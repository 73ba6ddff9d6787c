"""The order of a list that two sides changed, by one rule that no order of merging can upset.

Moves: a side's moves are the pairs of rows that it swapped. The merged order has the pairs of both
sides swapped, and what follows from them: the join of two permutations in the weak order, which is
associative, commutative and idempotent.

Rows that are new hang behind the row of the base that they followed; where that row is gone,
behind the nearest one before it in the base. Runs of new rows with one such anchor are cut into
blocks, each led by an id higher than all before it in its run, and the blocks are sorted by those
ids. A sorted series of blocks falls apart into the same blocks again: so three sides' rows end in
the same order whoever is merged first, as long as they began with the same list (else see `turns`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sif_desktop.model.edit import Edit, Move


@dataclass(frozen=True)
class Arrangement:
    """The merged order, and each side's own where the two do not go together."""

    merged: list[str]
    mine: list[str]
    theirs: list[str]
    clash: bool


_Anchor = str | None
_Runs = dict[_Anchor, list[list[str]]]


def arranged(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], kept: Collection[str]
) -> Arrangement:
    """The order of the ids in `kept`; each is in `mine` or in `theirs`, and none is there twice."""
    steady = [key for key in base if key in kept]
    ours, others = _completed(steady, mine), _completed(steady, theirs)
    together, clash = _joined(steady, ours, others)
    anchors = _anchors(base, kept)
    shared = set(mine).intersection(theirs).difference(base)
    runs = _hung(mine, anchors, (), kept)
    for anchor, more in _hung(theirs, anchors, shared, kept).items():
        runs.setdefault(anchor, []).extend(more)
    hanging = {anchor: _in_blocks(found) for anchor, found in runs.items()}
    if shared and not clash:
        clash = _followed(mine, anchors, shared) != _followed(theirs, anchors, shared)
    merged = _emitted(together, hanging)
    if not clash:
        return Arrangement(merged, merged, merged, clash)
    return Arrangement(
        merged,
        _emitted(ours, hanging),
        _as_theirs(merged, _emitted(others, hanging), theirs),
        clash,
    )


def _completed(steady: Sequence[str], side: Sequence[str]) -> list[str]:
    """The ids of `steady` in a side's order; one that it lacks stands behind its predecessor."""
    wanted = set(steady)
    found = [key for key in side if key in wanted]
    if len(found) == len(steady):
        return found
    missing = wanted.difference(found)
    behind: dict[str, list[str]] = {}
    last = ""
    first: list[str] = []
    for key in steady:
        if key not in missing:
            last = key
        elif last:
            behind.setdefault(last, []).append(key)
        else:
            first.append(key)
    return first + [one for key in found for one in (key, *behind.get(key, ()))]


def _joined(
    steady: Sequence[str], ours: Sequence[str], others: Sequence[str]
) -> tuple[list[str], bool]:
    """The join of two orders of `steady`, and whether it swaps a pair that neither swapped."""
    if others in (ours, steady):
        return list(ours), False
    if ours == steady:
        return list(others), False
    place = {key: index for index, key in enumerate(steady)}
    swapped = [a | b for a, b in zip(_swaps(ours, place), _swaps(others, place), strict=True)]
    reach: list[int] = []
    clash = False
    order: list[str] = []
    for index, direct in enumerate(swapped):
        whole, rest = direct, direct
        while rest:
            nearest = rest.bit_length() - 1
            whole |= reach[nearest]
            rest &= ~(reach[nearest] | 1 << nearest)
        clash = clash or whole != direct
        reach.append(whole)
        order.insert(len(order) - whole.bit_count(), steady[index])
    return order, clash


def _swaps(order: Sequence[str], place: Mapping[str, int]) -> list[int]:
    """For each row of the base, the rows before it in the base that now stand behind it (bits)."""
    found = [0] * len(order)
    seen = 0
    for key in reversed(order):
        index = place[key]
        found[index] = seen & ((1 << index) - 1)
        seen |= 1 << index
    return found


def undone_swaps(base: Sequence[str], side: Sequence[str], now: Sequence[str]) -> bool:
    """Whether two rows that a side put the other way round stand as in the base again."""
    both = set(side).intersection(now)
    steady = [key for key in base if key in both]
    place = {key: index for index, key in enumerate(steady)}
    orders = [[key for key in order if key in place] for order in (side, now)]
    if orders[0] in (steady, orders[1]):
        return False
    swapped, still = (_swaps(order, place) for order in orders)
    return any(a & ~b for a, b in zip(swapped, still, strict=True))


def _anchors(base: Sequence[str], kept: Collection[str]) -> dict[str, _Anchor]:
    """For each row of the base the row that stands for it: itself, or the one kept before it."""
    found: dict[str, _Anchor] = {}
    last: _Anchor = None
    for key in base:
        if key in kept:
            last = key
        found[key] = last
    return found


def _hung(
    side: Sequence[str],
    anchors: Mapping[str, _Anchor],
    shared: Collection[str],
    kept: Collection[str],
) -> _Runs:
    """The runs of a side's new rows by the row that they hang behind."""
    runs: _Runs = {}
    anchor: _Anchor = None
    run: list[str] | None = None
    for key in side:
        if key in anchors or key in shared:
            anchor, run = (key if key in shared else anchors[key]), None
        elif key in kept:
            if run is None:
                run = []
                runs.setdefault(anchor, []).append(run)
            run.append(key)
    return runs


def _in_blocks(runs: Sequence[Sequence[str]]) -> list[str]:
    """Runs of new rows as one: cut into blocks, and these sorted by the ids that lead them."""
    blocks: list[list[str]] = []
    for run in runs:
        block = [run[0]]
        blocks.append(block)
        for key in run[1:]:
            if key > block[0]:
                block = []
                blocks.append(block)
            block.append(key)
    blocks.sort(key=lambda block: block[0])
    return [key for block in blocks for key in block]


def _emitted(order: Sequence[str], hanging: Mapping[_Anchor, Sequence[str]]) -> list[str]:
    """The rows of the base in order, with what hangs behind each."""
    anchors: list[_Anchor] = [None, *order]
    found: list[str] = []
    for anchor in anchors:
        if anchor is not None:
            found.append(anchor)
        for key in hanging.get(anchor, ()):
            found.append(key)
            found.extend(hanging.get(key, ()))
    return found


def _followed(
    side: Sequence[str], anchors: Mapping[str, _Anchor], shared: Collection[str]
) -> dict[str, _Anchor]:
    """What each row that is new on both sides follows, among the rows that both have."""
    found: dict[str, _Anchor] = {}
    last: _Anchor = None
    for key in side:
        if key in shared:
            found[key] = last
            last = key
        elif key in anchors:
            last = anchors[key]
    return found


def _as_theirs(merged: Sequence[str], arranged: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """An order in which the rows that the other side has stand as they stand there."""
    known = set(merged)
    turn = iter([key for key in theirs if key in known])
    members = set(theirs)
    return [next(turn) if key in members else key for key in arranged]


def behind_each(order: Sequence[str], held: Iterable[str]) -> dict[str, str]:
    """For each id the one of `held` that stands before it; "" for those before all of them."""
    members, last = set(held), ""
    found = {}
    for key in order:
        found[key] = last
        if key in members:
            last = key
    return found


def moves(at: str, now: Sequence[str], wanted: Sequence[str]) -> tuple[Edit, ...]:
    """The moves that bring the list at an address from one order to another."""
    current = list(now)
    found: list[Edit] = []
    for place, key in enumerate(wanted):
        if current[place] != key:
            current.remove(key)
            current.insert(place, key)
            found.append(Move(at=f"{at}/{key}", after=wanted[place - 1] if place else ""))
    return tuple(found)
