"""What a merge owes to the edits of its sides, as tests ask for it."""

from __future__ import annotations

from typing import Any

from sif_desktop.errors import EditError
from sif_desktop.model.address import value_at
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Edit
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.merge import Merge


def same_but_for(one: Proposal, two: Proposal, asked: set[str]) -> None:
    """Two trees are the same, apart from the places where a person was asked."""
    for edit in difference(one, two):
        at = edit.at if edit.op != "add" else f"{edit.at}/{edit.item['id']}"
        # Where a row of a list was asked about, the rows beside it may stand in another order.
        beside = at.rpartition("/")[0]
        row = edit.op == "move" and any(place.rpartition("/")[0] == beside for place in asked)
        within = any(at == place or at.startswith(f"{place}/") for place in asked)
        assert within or row, (edit, asked)


def seen(edit: Edit, done: Merge, tree: Proposal, base: Proposal, side: Proposal) -> bool:
    """Whether an edit of a side is in the merged tree, or in a choice that is shown."""
    at = edit.at if edit.op != "add" else f"{edit.at}/{edit.item['id']}"
    asked = {place for choice in done.choices for place in choice.covers}
    if any(at == place or at.startswith(f"{place}/") for place in asked):
        return True
    now = there(tree, at)
    if edit.op == "set":
        return now == edit.value or holds(now, edit.value, there(base, at) or ())
    if edit.op == "move":
        held = {item.id for item in there(tree, edit.at.rpartition("/")[0])}
        pairs = swapped(base, side, edit.at)
        return {pair for pair in pairs if held >= {*pair}} <= swapped(base, tree, edit.at)
    return (now is None) == (edit.op == "drop")


def holds(now: Any, value: Any, before: Any) -> bool:
    """Whether what a side added to a set or a text is in it, and of a set nothing it removed."""
    if isinstance(value, tuple) and isinstance(before, tuple):
        added, removed = set(value) - set(before), set(before) - set(value)
        return added <= set(now) and not removed & set(now)
    new = set(str(value).split("\n")) - set(str(before).split("\n"))
    return new <= set(str(now).split("\n"))


def there(tree: Proposal, at: str) -> Any:
    try:
        return value_at(tree, at)
    except EditError:
        return None


def swapped(base: Proposal, tree: Proposal, at: str) -> set[tuple[str, str]]:
    """The pairs of rows of a list that stand the other way round than in the base."""
    name = at.rpartition("/")[0]
    now = [item.id for item in there(tree, name) or ()]
    places = {item.id: place for place, item in enumerate(value_at(base, name))}
    rows = [key for key in now if key in places]
    return {(a, b) for place, a in enumerate(rows) for b in rows[place:] if places[a] > places[b]}
