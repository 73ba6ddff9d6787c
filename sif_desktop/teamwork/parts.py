"""Which parts of a proposal are a partner's own.

Its entry among the partners, with its capacity; its budget lines; the work packages that it leads,
with what is in them and assigned to nobody else; the activities and deliverables assigned to it;
and the addresses that were assigned to it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sif_desktop.errors import EditError
from sif_desktop.model.address import parse, value_at
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.model.values import Item
from sif_desktop.model.workplan import Activity, Deliverable, WorkPackage

INNER = ("activities", "deliverables")
"""The lists within a work package: their items are assigned one by one."""


@dataclass(frozen=True)
class Parts:
    """The own parts of the partner with id `partner`, and what was assigned by hand."""

    proposal: Proposal
    partner: str
    assigned: tuple[str, ...] = ()

    def own(self, address: str) -> bool:
        """Whether the value, item or list at an address is among the parts.

        False for what is not there, unless it was assigned by hand.
        """
        if self.assigns(address):
            return True
        steps = address.split("/")
        if len(steps) < 2:
            return False
        if steps[0] == "partners":
            return steps[1] == self.partner
        if steps[0] == "budget":
            return steps[1] in self._lines
        if steps[0] == "work_packages":
            package = self._packages.get(steps[1])
            return package is not None and self._within(package, steps[2:])
        return False

    def assigns(self, address: str) -> bool:
        """Whether an address, or something around it, was assigned by hand."""
        return any(address == at or address.startswith(f"{at}/") for at in self.assigned)

    def takes_part(self, work_package: str) -> bool:
        """Whether the partner leads a work package, is named in it, or has something in it."""
        package = self._packages.get(work_package)
        if package is None:
            return False
        doers = (
            package.lead,
            *package.partners,
            *(activity.partner for activity in package.activities),
            *(deliverable.partner for deliverable in package.deliverables),
        )
        return self.partner in doers

    def values(self) -> dict[str, Any]:
        """The content of the parts by address, as values for JSON; the order of lists is left out.

        An item's inner items stand under addresses of their own.
        """
        found: dict[str, Any] = {}
        for item in self.proposal.partners:
            if item.id == self.partner:
                found[f"partners/{item.id}"] = item.model_dump(mode="json")
        for key, line in self._lines.items():
            found[f"budget/{key}"] = line.model_dump(mode="json")
        for package in self.proposal.work_packages:
            found.update(self._package(package))
        for address in self.assigned:
            found.update(self._assigned(address))
        return found

    def _within(self, package: WorkPackage, steps: list[str]) -> bool:
        leads = package.lead == self.partner
        if len(steps) < 2 or steps[0] not in INNER:
            return leads
        held: tuple[Activity | Deliverable, ...] = getattr(package, steps[0])
        partner = next((item.partner for item in held if item.id == steps[1]), None)
        return partner == self.partner or (leads and partner == "")

    def _package(self, package: WorkPackage) -> Iterator[tuple[str, Any]]:
        at = f"work_packages/{package.id}"
        if package.lead == self.partner:
            yield at, package.model_dump(mode="json", exclude=set(INNER))
        for name in INNER:
            for item in getattr(package, name):
                address = f"{at}/{name}/{item.id}"
                if self.own(address):
                    yield address, item.model_dump(mode="json")

    def _assigned(self, address: str) -> Iterator[tuple[str, Any]]:
        """What was assigned by hand: a value, an item, or the items of a list."""
        try:
            value = value_at(self.proposal, address)
            kind = parse(address).kind
        except EditError:
            return
        if kind == "list":
            for item in value:
                yield f"{address}/{item.id}", item.model_dump(mode="json")
        else:
            yield address, value.model_dump(mode="json") if isinstance(value, Item) else value

    @cached_property
    def rows(self) -> frozenset[str]:
        """The addresses of all items of the proposal that can be somebody's own."""
        found = {f"partners/{item.id}" for item in self.proposal.partners}
        found |= {f"budget/{item.id}" for item in self.proposal.budget}
        for at, package in ((f"work_packages/{one.id}", one) for one in self._packages.values()):
            found |= {at, *(f"{at}/activities/{item.id}" for item in package.activities)}
            found |= {f"{at}/deliverables/{item.id}" for item in package.deliverables}
        return frozenset(found)

    @cached_property
    def _lines(self) -> dict[str, BudgetLine]:
        lines = self.proposal.budget
        return {line.id: line for line in lines if line.partner == self.partner and self.partner}

    @cached_property
    def _packages(self) -> dict[str, WorkPackage]:
        return {package.id: package for package in self.proposal.work_packages}


def assignable(address: str) -> bool:
    """Whether an address can be assigned by hand: a value, an item, or a list of the proposal."""
    try:
        place = parse(address)
    except EditError:
        return False
    return place.kind != "leaf" or place.way != ()
