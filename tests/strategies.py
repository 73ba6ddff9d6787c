"""Strategies that tests share: proposals that are well-formed trees and otherwise damaged at will,
and edits that fit a given proposal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from sif_desktop.model.address import Shape, shapes
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Item

CALL = "oproep-sociale-innovatie"
MOST = 2**53 - 1
IDS = ("p1", "p2", "p3", "w1", "w2", "x", "gone", "none")

# What a field is likely to hold, so that the rules behind it are reached at all.
LIKELY: dict[str, tuple[Any, ...]] = {
    "theme": ("inclusion", "urbanisation", "open"),
    "exclusions": ((), ("none",), ("social_economy",), ("none", "workplace_innovation")),
    "innovation_kinds": ((), ("service", "process")),
    "start": ("2013-01-01", "2013-09-01", "2013-02-30", "20130901", "2013-W01-1"),
    "duration": (0, 6, 12, 13, -1, MOST),
    "kind": ("knowledge", "civil_society", "enterprise", "letter_of_intent"),
    "role": ("coordinator", "co_applicant", "subcontractor"),
    "seat": ("flanders", "brussels", "abroad"),
    "country": ("BE", "nl", "XX"),
    "enterprise_number": ("0403.019.261", "BE 0403 019 262", "2.123.456.789", "403019261"),
    "iban": ("BE68 5390 0754 7034", "BE68 5390 0754 7035", "NL91ABNA0417164300"),
    "contact_email": ("an@voorbeeld.be", "an@", "a@b@c.be"),
    "website": ("www.voorbeeld.be", "javascript:alert(1)"),
    "disciplines": ((), ("design",), ("design", "sociology")),
    "partner": IDS[:3],
    "lead": IDS[:3],
    "partners": ((), ("p1", "p2"), ("gone",)),
    "work_package": ("w1", "w2"),
    "category": ("staff", "subcontracting"),
    "period": ("m01-06", "m07-12"),
    "outcome": ("feasibility_statement", "rollout_plan"),
    "first_month": (1, 3, 7, 14),
    "last_month": (6, 12, 2, 14),
    "month": (3, 6, 12, 14),
    "subsidy": (0, 1000, 100_000, 5_000_001),
    "own_means": (0, "", 500),
    "capacity_means": (0, 100),
    "exclusions_note": ("", "x"),
    "name": ("Naam", " naam", "Andere"),
    "sha256": ("a" * 64, "b" * 64, "A" * 64),
}
ANSWERS = ("community", "vision_future", "effects_kept", "empowerment_kinds", "stray")

TEXTS = (
    "",
    " ",
    "\u00a0",
    "x",
    "gone",
    "12",
    "{0}",
    "{code:money}",
    "\u202e\u0000\r\n",
    "é" * 5000,
)
NUMBERS = (0, 1, 100_000, 5_000_001, MOST, -MOST)

texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=12))
"""Any text: empty, blank, long, with braces and control characters."""

numbers = st.one_of(st.integers(-2, 40), st.sampled_from(NUMBERS), texts)
"""A number, however far off, or the text that could not be read as one."""

choices = st.lists(st.one_of(st.sampled_from(IDS), texts), max_size=3).map(tuple)
leaves = st.one_of(texts, numbers, choices)
"""Anything that a leaf of some kind may hold."""


def proposals() -> st.SearchStrategy[Proposal]:
    """A proposal that the model takes and of which nothing else is sure.

    Half of them are drawn value by value, and shrink well; half are scrambled from a seed, and
    are large enough for the rules that compare one part with another.
    """
    return st.one_of(drawn(), st.integers(0, 2**32).map(scrambled))


@st.composite
def drawn(draw: st.DrawFn) -> Proposal:
    """A proposal drawn value by value: mostly small."""
    tree: dict[str, Any] = draw(part(Proposal))
    tree["call"] = draw(st.sampled_from((CALL, CALL, CALL, "other")))
    tree["edition"] = draw(st.sampled_from(("", "2013", "2014")))
    keys = draw(st.lists(st.sampled_from(ANSWERS), unique=True))
    tree["answers"] = {key: draw(leaves) for key in keys}
    return Proposal.model_validate(tree)


def scrambled(seed: int) -> Proposal:
    """The proposal of a seed: full lists with likely, odd and empty values."""
    chance = random.Random(seed)
    tree = _scrambled(chance, Proposal, "")
    answers = {key: chance.choice(("", "x", 3, ("participation",), " ")) for key in ANSWERS}
    edition = chance.choice(("", "2013", "2014"))
    return Proposal.model_validate({**tree, "call": CALL, "edition": edition, "answers": answers})


def _scrambled(chance: random.Random, kind: type[Frozen], key: str) -> dict[str, Any]:
    made: dict[str, Any] = {"id": key} if key else {}
    for name, shape in shapes(kind).items():
        if shape.kind == "answers" or name in ("id", "format", "call", "language"):
            continue
        if shape.inner is None:
            made[name] = _scrambled_leaf(chance, name, shape)
        elif shape.kind == "part":
            made[name] = _scrambled(chance, shape.inner, "")
        else:
            count, prefix = chance.randint(0, 4), "w" if name == "work_packages" else "p"
            keys = [f"{prefix}{number}" for number in range(1, count + 1)]
            made[name] = [_scrambled(chance, shape.inner, key) for key in keys]
    return made


def _scrambled_leaf(chance: random.Random, name: str, shape: Shape) -> Any:
    pools = (LIKELY.get(name, ()), TEXTS, (*NUMBERS, *range(-1, 15)), ((), ("x", "gone")))
    fitting = [pool for pool in pools if pool and takes(shape, pool[-1])]
    if LIKELY.get(name) and chance.random() < 0.7:
        return chance.choice(LIKELY[name])
    return chance.choice(chance.choice(fitting))


@cache
def part(kind: type[Frozen]) -> st.SearchStrategy[dict[str, Any]]:
    """A part of the tree, as the values that its model takes."""
    fields = {
        name: items(shape.inner, name)
        if shape.kind == "list" and shape.inner
        else part(shape.inner)
        if shape.inner
        else leaf(name, shape)
        for name, shape in shapes(kind).items()
        if shape.kind != "answers" and name not in ("id", "format", "call", "language")
    }
    return st.fixed_dictionaries({}, optional=fields)


def items(kind: type[Frozen], name: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """A list of items; partners and work packages have the ids that others refer to."""
    prefix = "w" if name == "work_packages" else "p"

    def with_ids(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**item, "id": f"{prefix}{place}"} for place, item in enumerate(made, 1)]

    return st.lists(part(kind), max_size=3).map(with_ids)


def leaf(name: str, shape: Shape) -> st.SearchStrategy[Any]:
    """A value for a leaf of the tree: a likely one, or any of its kind."""
    if takes(shape, 1):
        anything: st.SearchStrategy[Any] = numbers
    else:
        anything = choices if takes(shape, ("x",)) else texts
    likely = [value for value in LIKELY.get(name, ()) if takes(shape, value)]
    return st.one_of(st.sampled_from(likely), anything) if likely else anything


def takes(shape: Shape, value: object) -> bool:
    """Whether the model takes a value there."""
    try:
        shape.adapter.validate_python(value)
    except ValidationError:
        return False
    return True


@st.composite
def edits(draw: st.DrawFn, proposal: Proposal) -> Edit:
    """An edit that fits a proposal: a value set, an item added, dropped or moved."""
    places = list(walk(proposal, ""))
    at, shape, held = draw(st.sampled_from(places))
    if shape is None:
        return Set(at=at, value=draw(leaves))
    if shape.kind == "leaf":
        value = draw(st.sampled_from(("nl", "en", "fr")) if at == "language" else _value(at, shape))
        return Set(at=at, value=value)
    keys = [item.id for item in held]
    act = draw(st.sampled_from(("add", "drop", "move") if keys else ("add",)))
    if act == "drop":
        return Drop(at=f"{at}/{draw(st.sampled_from(keys))}")
    if act == "move":
        key = draw(st.sampled_from(keys))
        after = draw(st.sampled_from(["", *(other for other in keys if other != key)]))
        return Move(at=f"{at}/{key}", after=after)
    assert shape.inner is not None
    key = draw(st.sampled_from([f"n{number}" for number in range(99) if f"n{number}" not in keys]))
    item = {**draw(part(shape.inner)), "id": key}
    whole = shape.inner.model_validate(item).model_dump(mode="json")
    return Add(at=at, item=whole, after=draw(st.sampled_from(["", *keys])))


def _value(at: str, shape: Shape) -> st.SearchStrategy[Any]:
    name = at.rpartition("/")[2]
    if name == "call":
        return st.sampled_from((CALL, "other"))
    return leaf(name, shape)


def walk(held: Frozen, prefix: str) -> Iterator[tuple[str, Shape | None, Any]]:
    """All places of a proposal that an edit may name, with what is there; None is an answer."""
    for name, shape in shapes(type(held)).items():
        at, value = f"{prefix}{name}", getattr(held, name)
        if name in ("id", "format"):
            continue
        if shape.kind == "part":
            yield from walk(value, f"{at}/")
        elif shape.kind == "answers":
            yield from ((f"{at}/{key}", None, "") for key in (*ANSWERS, *value))
        else:
            yield at, shape, value
        for item in value if shape.kind == "list" else ():
            assert isinstance(item, Item)
            yield from walk(item, f"{at}/{item.id}/")
