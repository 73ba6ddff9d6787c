"""Addresses: a value is named by identity, not by place, so that it stays right when rows move.

project/title                                a value
partners                                     a list
partners/k3m9x2w7qa                          an item of it
partners/k3m9x2w7qa/name                     a value of that item
work_packages/<id>/deliverables/<id>/month   a value in a list within an item
answers/vision_future                        the answer to a field that only the form has
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import TypeAdapter

from sif_desktop.errors import EditError
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Item, Leaf

Kind = Literal["leaf", "list", "item", "answer"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field of a part of the tree is: a leaf, a part, a list of items, or the answers."""

    kind: Literal["leaf", "part", "list", "answers"]
    inner: type[Frozen] | None
    adapter: TypeAdapter[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was understood.

    `way` leads from the root to the part that holds the value: a field, and the id of an item
    where the field is a list. `field` is the last field; `key` the item's id or the answer's.
    """

    kind: Kind
    way: tuple[tuple[str, str], ...]
    field: str
    key: str
    shape: Shape


_ANSWER = Shape("leaf", None, TypeAdapter(Leaf))
_KEY: TypeAdapter[str] = TypeAdapter(Id)


@cache
def shapes(part: type[Frozen]) -> dict[str, Shape]:
    """The fields of a part of the tree, in order, with what each of them is."""
    found = {}
    for name, info in part.model_fields.items():
        inner = _inner(info.annotation)
        kind: Literal["leaf", "part", "list", "answers"] = "leaf"
        if get_origin(info.annotation) is dict:
            kind = "answers"
        elif inner is not None:
            kind = "list" if issubclass(inner, Item) else "part"
        whole: Any = info.annotation
        for extra in info.metadata:
            whole = Annotated[whole, extra]
        found[name] = Shape(kind, inner, TypeAdapter(whole))
    return found


def _inner(annotation: Any) -> type[Frozen] | None:
    """The part of the tree that a field holds, one or in a list; None for a leaf."""
    if get_origin(annotation) is tuple:
        annotation = get_args(annotation)[0]
    return annotation if isinstance(annotation, type) and issubclass(annotation, Frozen) else None


@lru_cache(maxsize=16_384)
def parse(address: str) -> Place:
    """Understands an address. Raises EditError where the tree has no such place at all."""
    part: type[Frozen] = Proposal
    way: list[tuple[str, str]] = []
    steps = address.split("/")
    while steps:
        name = steps.pop(0)
        shape = shapes(part).get(name)
        if shape is None or (name in ("id", "format") and not steps):
            break
        if shape.kind == "leaf" and not steps:
            return Place("leaf", tuple(way), name, "", shape)
        if shape.kind == "list" and len(steps) < 2:
            key = steps[0] if steps else ""
            return Place("item" if steps else "list", tuple(way), name, key, shape)
        if shape.kind == "answers" and len(steps) == 1 and _is_id(steps[0]):
            return Place("answer", tuple(way), name, steps[0], _ANSWER)
        if shape.inner is None:
            break
        way.append((name, steps.pop(0) if shape.kind == "list" else ""))
        part = shape.inner
    raise EditError("edit_no_such_address", address=address)


def _is_id(text: str) -> bool:
    try:
        _KEY.validate_python(text)
    except ValueError:
        return False
    return True


_found_at: dict[str, int] = {}
_MOST_FOUND = 4_096


def likely_at(key: str, place: int) -> None:
    """Remembers where an item stands, for `find_item` to look there first."""
    if len(_found_at) >= _MOST_FOUND:
        _found_at.clear()
    _found_at[key] = place


def find_item(items: tuple[Item, ...], key: str, address: str) -> int:
    """The place of the item with id `key`. Raises EditError where there is none.

    Most items stand where they stood when they were looked for last.
    """
    place = _found_at.get(key, 0)
    if place < len(items) and items[place].id == key:
        return place
    for place, item in enumerate(items):
        if item.id == key:
            likely_at(key, place)
            return place
    raise EditError("edit_no_such_address", address=address)


def holder(proposal: Proposal, place: Place, address: str) -> Frozen:
    """The part of the tree that holds the value at `place`. Raises EditError without it."""
    part: Frozen = proposal
    for name, key in place.way:
        child = getattr(part, name)
        part = child[find_item(child, key, address)] if key else child
    return part


def value_at(proposal: Proposal, address: str) -> Any:
    """The value, item or list at an address; "" for an answer that was not given.

    Raises EditError where the proposal has nothing there.
    """
    place = parse(address)
    child = getattr(holder(proposal, place, address), place.field)
    if place.kind == "item":
        return child[find_item(child, place.key, address)]
    return child.get(place.key, "") if place.kind == "answer" else child
