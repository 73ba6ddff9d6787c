"""Edits: every change to a proposal, each with its inverse.

An edit is a small value that can be written down, read back and applied again; applying gives a
new tree and the edit that undoes it. Edits of one act of the user form a `Change`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from sif_desktop.errors import EditError
from sif_desktop.model.address import Place, find_item, likely_at, parse
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Item, Leaf, Text, is_named, new_id


class Set(Frozen):
    """Gives the leaf at an address another value. An empty answer is an answer taken away."""

    op: Literal["set"] = "set"
    at: Text
    value: Leaf


class Add(Frozen):
    """Puts a new item into the list at `at`, behind the item with id `after`; first when "".

    The item and all items in it have their ids: whoever reads the edit gets the same again.
    """

    op: Literal["add"] = "add"
    at: Text
    item: dict[str, Any]
    after: Text = ""


class Drop(Frozen):
    """Takes the item at an address out of its list."""

    op: Literal["drop"] = "drop"
    at: Text


class Move(Frozen):
    """Puts the item at an address behind the item with id `after`; first when ""."""

    op: Literal["move"] = "move"
    at: Text
    after: Text = ""


Edit = Annotated[Set | Add | Drop | Move, Field(discriminator="op")]

Edits = Annotated[tuple[Edit, ...], Field(fail_fast=True)]
"""Edits in their order; reading stops at the first that is wrong."""


class Change(Frozen):
    """One act of a person: its edits with their inverses, who did it and when (UTC).

    `label` names the act for undo and history: a key of the texts under `changes`, and `subject`
    the name of what it was done to.
    """

    id: Id = Field(default_factory=new_id)
    at: datetime
    author: Text = ""
    label: Text = "edit"
    subject: Text = ""
    edits: Edits
    inverse: Edits


def apply(proposal: Proposal, edit: Edit) -> tuple[Proposal, Edit]:
    """The tree after an edit, and the edit that undoes it.

    Raises EditError where the edit does not fit the tree; the given tree never changes.
    """
    place = parse(edit.at)
    act = _ACTS[edit.op]
    undo: list[Edit] = []

    def changed(part: Frozen) -> Frozen:
        value, inverse = act(getattr(part, place.field), place, edit)
        undo.append(inverse)
        return part.model_copy(update={place.field: value})

    new = _rebuilt(proposal, place.way, changed, edit.at)
    assert isinstance(new, Proposal)  # noqa: S101 - the root of the tree stays the root
    return new, undo[0]


def apply_all(proposal: Proposal, edits: Iterable[Edit]) -> tuple[Proposal, tuple[Edit, ...]]:
    """The tree after edits in turn, and the edits that undo them, in the order to apply them.

    Raises EditError, with nothing applied, where one does not fit.
    """
    inverse: list[Edit] = []
    for edit in edits:
        proposal, undo = apply(proposal, edit)
        inverse.append(undo)
    return proposal, tuple(reversed(inverse))


def make_change(
    proposal: Proposal,
    edits: Iterable[Edit],
    *,
    author: str = "",
    label: str = "edit",
    subject: str = "",
    at: datetime | None = None,
) -> tuple[Proposal, Change]:
    """Applies edits as one act: the new tree, and the change to write down.

    Raises EditError, with nothing applied, where an edit does not fit.
    """
    edits = tuple(edits)
    new, inverse = apply_all(proposal, edits)
    moment = at or datetime.now(UTC)
    change = Change(
        at=moment, author=author, label=label, subject=subject, edits=edits, inverse=inverse
    )
    return new, change


def _rebuilt(
    part: Frozen, way: tuple[tuple[str, str], ...], changed: Callable[[Frozen], Frozen], at: str
) -> Frozen:
    """`part` with the part at the end of `way` changed; all else is shared with the old tree."""
    if not way:
        return changed(part)
    (name, key), rest = way[0], way[1:]
    child = getattr(part, name)
    if not key:
        return part.model_copy(update={name: _rebuilt(child, rest, changed, at)})
    place = find_item(child, key, at)
    item = _rebuilt(child[place], rest, changed, at)
    return part.model_copy(update={name: (*child[:place], item, *child[place + 1 :])})


def _set(old: Any, place: Place, edit: Any) -> tuple[Any, Edit]:
    if place.kind not in ("leaf", "answer"):
        raise EditError("edit_not_a_value", address=edit.at)
    try:
        value = place.shape.adapter.validate_python(edit.value)
    except ValidationError as error:
        raise EditError("edit_wrong_value", address=edit.at) from error
    if place.kind == "leaf":
        return value, Set(at=edit.at, value=old)
    answers = {key: answer for key, answer in old.items() if key != place.key}
    if value not in ("", ()):
        answers[place.key] = value
    return answers, Set(at=edit.at, value=old.get(place.key, ""))


def _add(old: tuple[Item, ...], place: Place, edit: Any) -> tuple[Any, Edit]:
    if place.kind != "list" or place.shape.inner is None:
        raise EditError("edit_not_a_list", address=edit.at)
    try:
        item = place.shape.inner.model_validate(edit.item)
    except ValidationError as error:
        raise EditError("edit_wrong_value", address=edit.at) from error
    assert isinstance(item, Item)  # noqa: S101 - a list holds items
    if not is_named(item):
        raise EditError("edit_wrong_value", address=edit.at)
    ids = _ids_of(old)
    if item.id in ids:
        raise EditError("edit_id_in_use", address=f"{edit.at}/{item.id}")
    new = _placed(old, item, edit)
    _keep_ids(new, ids | {item.id})
    return new, Drop(at=f"{edit.at}/{item.id}")


_ids: tuple[tuple[Item, ...], frozenset[str]] = ((), frozenset())


def _ids_of(items: tuple[Item, ...]) -> frozenset[str]:
    """The ids of a list; those of the list that was added to last are known."""
    known, ids = _ids
    return ids if known is items else frozenset(item.id for item in items)


def _keep_ids(items: tuple[Item, ...], ids: frozenset[str]) -> None:
    global _ids  # noqa: PLW0603 - the list that was added to last is the likeliest to be next
    _ids = (items, ids)


def _drop(old: tuple[Item, ...], place: Place, edit: Any) -> tuple[Any, Edit]:
    index, at = _item_place(old, place, edit)
    before = old[index - 1].id if index else ""
    inverse = Add(at=at, item=old[index].model_dump(mode="json"), after=before)
    return old[:index] + old[index + 1 :], inverse


def _move(old: tuple[Item, ...], place: Place, edit: Any) -> tuple[Any, Edit]:
    index, _ = _item_place(old, place, edit)
    before = old[index - 1].id if index else ""
    rest = old[:index] + old[index + 1 :]
    return _placed(rest, old[index], edit), Move(at=edit.at, after=before)


def _item_place(old: tuple[Item, ...], place: Place, edit: Any) -> tuple[int, str]:
    """Where the item of an edit stands, and the address of its list."""
    if place.kind != "item":
        raise EditError("edit_not_an_item", address=edit.at)
    return find_item(old, place.key, edit.at), edit.at.rpartition("/")[0]


def _placed(items: tuple[Item, ...], item: Item, edit: Any) -> tuple[Item, ...]:
    """`items` with `item` behind the one that the edit names."""
    index = find_item(items, edit.after, f"{edit.at}/{edit.after}") + 1 if edit.after else 0
    likely_at(item.id, index)
    return (*items[:index], item, *items[index:])


_ACTS: dict[str, Callable[[Any, Place, Any], tuple[Any, Edit]]] = {
    "set": _set,
    "add": _add,
    "drop": _drop,
    "move": _move,
}
