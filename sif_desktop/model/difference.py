"""What differs between two proposals, as the edits that lead from the one to the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import is_not
from typing import Any

from sif_desktop.model.address import shapes
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Item

_last: tuple[Sequence[Item], Sequence[Item], list[int] | None] = ((), (), [])


def changed_places(before: Sequence[Item], after: Sequence[Item]) -> list[int] | None:
    """The places where two lists hold other objects; None where they are not equally long.

    After an edit several parts of the program ask this of the same two lists: the last answer is
    kept, so that a long list is gone through once.
    """
    global _last  # noqa: PLW0603 - one answer, for whoever asks it next
    known = _last
    if known[0] is before and known[1] is after:
        return known[2]
    places = None
    if len(before) == len(after):
        places = list(compress(range(len(after)), map(is_not, before, after)))
    _last = (before, after, places)
    return places


_NEVER_EDITED = ("id", "format")


def difference(old: Proposal, new: Proposal) -> tuple[Edit, ...]:
    """The edits that make `new` of `old`, apart from the identity of the proposal itself.

    Items are compared by their ids; an item that only stands elsewhere in its list gives a move.
    """
    return tuple(_parts(old, new, ""))


def _parts(old: Frozen, new: Frozen, prefix: str) -> Iterator[Edit]:
    for name, shape in shapes(type(new)).items():
        before, after = getattr(old, name), getattr(new, name)
        if before is after or name in _NEVER_EDITED:
            continue
        at = f"{prefix}{name}"
        if shape.kind == "part":
            yield from _parts(before, after, f"{at}/")
        elif shape.kind == "list":
            yield from _lists(before, after, at)
        elif shape.kind == "answers":
            yield from _answers(before, after, at)
        elif before != after or type(before) is not type(after):
            yield Set(at=at, value=after)


def _answers(before: dict[str, Any], after: dict[str, Any], at: str) -> Iterator[Edit]:
    for key in sorted(before.keys() | after.keys()):
        value = after.get(key, "")
        if before.get(key, "") != value:
            yield Set(at=f"{at}/{key}", value=value)


def _lists(before: Sequence[Item], after: Sequence[Item], at: str) -> Iterator[Edit]:
    olds = {item.id: item for item in before}
    news = {item.id for item in after}
    for item in before:
        if item.id not in news:
            yield Drop(at=f"{at}/{item.id}")
    stay = _in_order([item.id for item in before], [item.id for item in after])
    behind = ""
    for item in after:
        old = olds.get(item.id)
        if old is None:
            yield Add(at=at, item=item.model_dump(mode="json"), after=behind)
        else:
            if item.id not in stay:
                yield Move(at=f"{at}/{item.id}", after=behind)
            if old is not item and old != item:
                yield from _parts(old, item, f"{at}/{item.id}/")
        behind = item.id


def _in_order(before: list[str], after: list[str]) -> set[str]:
    """The most ids that stand in the same order in both: all others have to move."""
    places = {key: place for place, key in enumerate(before)}
    kept = [key for key in after if key in places]
    ends: list[int] = []
    chains: list[int] = []
    parent: list[int] = []
    for index, key in enumerate(kept):
        place = places[key]
        length = bisect_left(ends, place)
        parent.append(chains[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        chains[length : length + 1] = [index]
    stay = set()
    index = chains[-1] if chains else -1
    while index >= 0:
        stay.add(kept[index])
        index = parent[index]
    return stay
