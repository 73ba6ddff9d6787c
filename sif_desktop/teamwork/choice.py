"""A choice: what two sides did to the same place, for a person to decide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel

from sif_desktop.model.edit import Change, Edit

ChoiceKind = Literal[
    "value",  # both gave a value another one, differently
    "removed_here",  # an item removed on this side was changed on the other
    "removed_there",  # an item changed on this side was removed on the other
    "used_there",  # removed on this side, while the other side's work newly refers to it
    "used_here",  # removed on the other side, while this side's work newly refers to it
    "order",  # both put a list in another order, and the two do not go together
    "outside",  # the other side changed something that is not among its own parts
]

Pick = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Trace:
    """Who changed a value last, and when (UTC)."""

    author: str
    at: datetime


@dataclass(frozen=True)
class Choice:
    """A place where a person decides; until then it stays as a merge left it.

    `base`, `mine` and `theirs` are values, whole items, the ids of a list in order, or None where
    a side has nothing there. `keep` and `take` are the edits, on the merged tree, that carry out
    this side's and the other side's answer.
    """

    kind: ChoiceKind
    at: str
    base: Any
    mine: Any
    theirs: Any
    take: tuple[Edit, ...]
    keep: tuple[Edit, ...] = ()
    mine_by: Trace | None = None
    theirs_by: Trace | None = None

    @cached_property
    def covers(self) -> frozenset[str]:
        """The addresses that the choice decides on, with all that is within them."""
        return frozenset({self.at, *(edit.at for edit in self.take if edit.op == "set")})

    @cached_property
    def key(self) -> str:
        """What the question is known by: the same question has the same key, in any merge."""
        asked = [self.kind, self.at, _plain(self.mine), _plain(self.theirs)]
        data = json.dumps(asked, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(data.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


Tracing = Callable[[str], Trace | None]
"""Who touched an address last, as far as that is known."""


def nobody(_: str) -> Trace | None:
    """For a merge of which no history is known."""
    return None


def tracing(changes: Iterable[Change]) -> Tracing:
    """Who touched an address, or something within it, last in a history."""
    last: dict[str, Trace] = {}
    for change in changes:
        trace = Trace(change.author, change.at)
        for edit in change.edits:
            at = edit.at if edit.op != "add" else f"{edit.at}/{edit.item.get('id', '')}"
            while at:
                last[at] = trace
                at = at.rpartition("/")[0]
    return _Last(last)


@dataclass(frozen=True)
class _Last:
    touched: Mapping[str, Trace]

    def __call__(self, at: str) -> Trace | None:
        """An address that was never touched itself came along with the item it belongs to."""
        steps = at.count("/")
        found = self.touched.get(at)
        while found is None and steps > 1:
            at, _, _ = at.rpartition("/")
            steps -= 1
            # Only items: who touched something else of the list says nothing about this.
            if steps % 2:
                found = self.touched.get(at)
        return found
