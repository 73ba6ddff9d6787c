"""The kinds of value that a proposal is made of. A value keeps what was typed, even when wrong.

A leaf of the tree is a text, a number or a set of choices. A number that could not be read stays
as the text that was typed, and "" is a number not given: so storage never depends on validity.
"""

from __future__ import annotations

import secrets
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
)

LONGEST_TEXT = 8_000_000
"""Characters in one text; more is refused on reading (a paste of 5 MB is kept)."""

_ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def new_id() -> str:
    """A short random identity for an item of a list (50 bits; no letters that look alike)."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(10))


def _well_formed(text: str) -> str:
    """Refuses half of a surrogate pair: such a text cannot be stored or signed."""
    if not text.isascii():
        text.encode("utf-8")
    return text


Text = Annotated[
    str, StringConstraints(max_length=LONGEST_TEXT, strict=True), AfterValidator(_well_formed)
]
"""Any text, as typed; "" when not given."""

Whole = Annotated[int, Strict(), Field(ge=-(2**53) + 1, le=2**53 - 1)]
"""A whole number that JSON carries without loss (RFC 8785)."""

Number = Whole | Text
"""A whole number (of cents, months, people), or the text that could not be read as one."""

Choices = Annotated[tuple[Text, ...], Field(fail_fast=True)]
"""Identities that were chosen from a list of the call, or of the proposal."""

Leaf = Whole | Text | Choices

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", strict=True)]
"""The identity of an item, a field or a call: what addresses are made of."""


class Frozen(BaseModel):
    """A part of the tree. It never changes: an edit makes a new tree that shares what stayed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Item(Frozen):
    """A part of the tree that stands in a list and is known by its identity."""

    id: Id = Field(default_factory=new_id)


def is_named(part: Frozen) -> bool:
    """Whether each item within a part, and the part itself, was read with its identity.

    One that is made up on reading holds for that reading alone: what is written about it would
    be about nothing at the next.
    """
    if "id" in type(part).model_fields and "id" not in part.model_fields_set:
        return False
    inner = (value if isinstance(value, tuple) else (value,) for value in part.__dict__.values())
    return all(is_named(one) for some in inner for one in some if isinstance(one, Frozen))


def _unique(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuses two items with one identity in a list: an address would name both."""
    if len({item.id for item in items}) != len(items):
        raise ValueError("two items of one list have the same id")
    return items


_ItemT = TypeVar("_ItemT")
Items = Annotated[tuple[_ItemT, ...], Field(fail_fast=True), AfterValidator(_unique)]
"""A list of items in their order, each with an identity of its own.

Reading stops at the first that is wrong: the errors of millions of them would fill the memory.
"""
