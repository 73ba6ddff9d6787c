"""A proposal started from another one: of an earlier edition, or of the first phase of a call.

What the new form asks for and can hold is carried over, with the ids of its items; what it does
not is listed with its whole text, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sif_desktop.calls.call import Call, pattern
from sif_desktop.calls.reading import shown
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Item
from sif_desktop.rules.kinds import kind_of
from sif_desktop.rules.words import place

_LISTS = ("partners", "work_packages", "budget", "indicators", "actors", "attachments")
_UNFIT = frozenset({"unknown_choice", "unknown_period", "wrong_value"})
"""Faults of a value that the new form can do nothing with; others are told when it is checked."""


@dataclass(frozen=True, slots=True)
class Left:
    """A value that was not carried over: where it stood, in words, and its whole text.

    unasked: the new form does not ask for it. unfit: it asks for something else there.
    """

    address: str
    place: str
    text: str
    reason: Literal["unasked", "unfit"]


@dataclass(frozen=True, slots=True)
class Carried:
    """The new proposal, and what did not fit in it, in the old order."""

    proposal: Proposal
    left: tuple[Left, ...]


def carry_over(old: Proposal, old_call: Call, call: Call) -> Carried:
    """Starts a proposal for `call` from one for `old_call`."""
    carrier = _Carrier(old, old_call, call)
    tree = {
        "call": call.id,
        "edition": call.edition,
        "language": old.language,
        "project": carrier.part("project", old.project),
        "answers": carrier.answers(),
        **{name: carrier.items(name, getattr(old, name)) for name in _LISTS},
    }
    return Carried(Proposal.model_validate(tree), tuple(carrier.left))


class _Carrier:
    def __init__(self, old: Proposal, old_call: Call, call: Call) -> None:
        self._old = old
        self._old_call = old_call
        self._call = call
        self._words = old_call.words(old.language)
        self.left: list[Left] = []

    def part(self, address: str, holder: Any) -> dict[str, Any]:
        """The leaves of a part that can be carried over."""
        kept = {}
        for name in type(holder).model_fields:
            value = getattr(holder, name)
            if name != "id" and not _is_list(value):
                held = self._leaf(f"{address}/{name}", value)
                if held not in ("", ()):
                    kept[name] = held
        return kept

    def answers(self) -> dict[str, Any]:
        """The answers that can be carried over, in the old form's order."""
        order = [*self._old_call.fields, *self._old.answers]
        names = [name for name in dict.fromkeys(order) if name in self._old.answers]
        kept = {name: self._leaf(f"answers/{name}", self._old.answers[name]) for name in names}
        return {name: value for name, value in kept.items() if value not in ("", ())}

    def items(self, address: str, items: tuple[Item, ...]) -> list[dict[str, Any]]:
        """The items of a list that the new form asks for, with the lists within them."""
        asked = self._call.section_at(pattern(address)) is not None
        kept = []
        for item in items:
            at = f"{address}/{item.id}"
            tree: dict[str, Any] = {"id": item.id, **self.part(at, item)}
            for name in type(item).model_fields:
                value = getattr(item, name)
                if _is_list(value):
                    tree[name] = self.items(f"{at}/{name}", value)
            if asked:
                kept.append(tree)
        return kept

    def _leaf(self, address: str, value: Any) -> Any:
        """A value as the new form can hold it; what it cannot is listed."""
        if value in ("", ()):
            return value
        field = self._call.field_at(address)
        if field is None:
            self._leave(address, value, "unasked")
            return ""
        kind = kind_of(field, self._call)
        if kind is None or isinstance(kind.known, str):  # a file, or a reference to an item
            return value if kind is None or self._refers(field.kind) else ""
        if isinstance(value, tuple) and field.kind == "choices":
            unfit = tuple(one for one in value if kind.judge((one,), kind.known))
            if unfit:
                self._leave(address, unfit, "unfit")
            return tuple(one for one in value if one not in unfit)
        fault = kind.judge(value, kind.known)
        if (fault and fault[0] in _UNFIT) or isinstance(value, tuple):
            self._leave(address, value, "unfit")
            return ""
        return value

    def _refers(self, kind: str) -> bool:
        """Whether the items that a reference may name are carried over themselves."""
        name = "work_packages" if kind == "work_package" else "partners"
        return self._call.section_at(name) is not None

    def _leave(self, address: str, value: Any, reason: Literal["unasked", "unfit"]) -> None:
        field = self._old_call.field_at(address)
        if field is not None and field.kind == "file":
            return  # what the program knew of an attachment, it knows again
        text = shown(self._old, field, value, self._words) if field else str(value)
        where = place(self._old, self._old_call, self._words, address)
        self.left.append(Left(address, where, text, reason))


def _is_list(value: object) -> bool:
    """Whether a value is a list of items; an empty one has nothing to carry either way."""
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Item)


def left_in_words(left: tuple[Left, ...], intro: str) -> Iterator[str]:
    """What was not carried over, as lines of a text to keep."""
    yield intro
    for one in left:
        yield from ("", f"## {one.place}", one.text)
