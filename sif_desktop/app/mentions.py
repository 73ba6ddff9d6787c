"""What still names a partner or a work package: told when one is removed."""

from __future__ import annotations

from dataclasses import dataclass

from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.references import references


@dataclass(frozen=True, slots=True)
class Mentions:
    """How many lines of the budget and how many places in the work plan name an item."""

    lines: int = 0
    places: int = 0


def mentions(proposal: Proposal, address: str) -> Mentions:
    """What names the partner or work package at an address, whether it is there or not."""
    named = {at for at, _, target in references(proposal) if target == address}
    lines = sum(at.startswith("budget/") for at in named)
    return Mentions(lines, len(named) - lines)
