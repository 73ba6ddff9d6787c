"""Which items refer to a partner or a work package, and whose work that reference is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sif_desktop.model.address import shapes
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Item

_REFERRED = ("partners", "work_packages")
"""The lists whose items are referred to by id."""


def references(proposal: Proposal) -> Iterator[tuple[str, Item, str]]:
    """Each item that refers to another: its address, itself, and the address it refers to."""
    for line in proposal.budget:
        at = f"budget/{line.id}"
        yield at, line, f"partners/{line.partner}"
        yield at, line, f"work_packages/{line.work_package}"
    for package in proposal.work_packages:
        at = f"work_packages/{package.id}"
        for partner in (package.lead, *package.partners):
            yield at, package, f"partners/{partner}"
        for activity in package.activities:
            yield f"{at}/activities/{activity.id}", activity, f"partners/{activity.partner}"
        for outcome in package.deliverables:
            yield f"{at}/deliverables/{outcome.id}", outcome, f"partners/{outcome.partner}"


def referring(proposal: Proposal) -> dict[str, dict[str, Item]]:
    """The items that refer to an address, by their own addresses."""
    found: dict[str, dict[str, Item]] = {}
    for at, item, target in references(proposal):
        found.setdefault(target, {})[at] = item
    return found


def items(proposal: Proposal) -> dict[str, Item]:
    """All items that may refer to others, by their addresses."""
    return {at: item for at, item, _ in references(proposal)}


@dataclass(frozen=True)
class Uses:
    """The references of a merged tree, and what each side made of the items that hold them.

    `offered` are the items of the other side that come only where a person chooses so.
    """

    base: Proposal
    mine: Proposal
    theirs: Proposal
    merged: Proposal
    offered: Collection[str]

    def removed_here(self) -> Iterator[str]:
        """Partners and work packages that this side removed and the other still has."""
        for name in _REFERRED:
            here = {item.id for item in getattr(self.mine, name)}
            there = {item.id for item in getattr(self.theirs, name)}
            for item in getattr(self.base, name):
                if item.id not in here and item.id in there:
                    yield f"{name}/{item.id}"

    def newly(self, target: str, by: Literal["mine", "theirs"]) -> bool:
        """Whether an item that a side made or changed refers to `target`, in the merged tree."""
        return any(
            at in self._items[by] and _changed(self._items["base"].get(at), self._items[by][at])
            for at in self._referring.get(target, ())
        )

    @cached_property
    def _referring(self) -> dict[str, dict[str, Item]]:
        found = referring(self.merged)
        for target, holders in referring(self.theirs).items() if self.offered else ():
            coming = {at: item for at, item in holders.items() if self._is_offered(at)}
            found[target] = {**coming, **found.get(target, {})}
        return found

    def _is_offered(self, at: str) -> bool:
        return at in self.offered or "/".join(at.split("/")[:2]) in self.offered

    @cached_property
    def _items(self) -> dict[str, dict[str, Item]]:
        sides = {"base": self.base, "mine": self.mine, "theirs": self.theirs}
        return {name: items(tree) for name, tree in sides.items()}


def _changed(before: Item | None, now: Item) -> bool:
    """Whether an item's own values changed; what stands in its lists are items of their own."""
    if before is None or before is now:
        return before is None
    return any(
        getattr(before, name) != getattr(now, name)
        for name, shape in shapes(type(now)).items()
        if shape.kind == "leaf"
    )
