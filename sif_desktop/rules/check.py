"""`check`: everything that the authors of a proposal should know, by the rules of its call."""

from __future__ import annotations

from datetime import datetime

from sif_desktop.calls.call import Call
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.facts import Memory, roots, same
from sif_desktop.rules.finding import Finding, Findings, ordered
from sif_desktop.rules.piece import Kept
from sif_desktop.rules.plan import plan
from sif_desktop.rules.totals import Totals


def check(proposal: Proposal, call: Call, now: datetime | None = None) -> Findings:
    """The findings on a proposal, the gravest first and otherwise in the order of the form.

    Pure, and raises on no proposal, however damaged. `now` is the present moment, for the rule on
    the closing date alone, which is silent without it: the same proposal gives the same findings.
    """
    return Checker(call).check(proposal, now)


class Checker:
    """Checks one draft again and again, and only looks at what changed since the last time.

    Gives exactly what `check` gives. A proposal shares with the one before it all parts that an
    edit did not touch, so what changed is known by identity. Not for several threads at once.
    """

    def __init__(self, call: Call) -> None:
        self._pieces = plan(call)
        self._needs = [roots(piece.reads) for piece in self._pieces]
        self._memory = Memory(call)
        self._kept: list[Kept | None] = [None] * len(self._pieces)
        self._seen: dict[str, object] = {}

    def check(self, proposal: Proposal, now: datetime | None = None) -> Findings:
        """The findings on a proposal, as `check` gives them."""
        held = self._look_at(proposal, now)
        changed = {name for name, value in held.items() if value is not self._seen.get(name)}
        self._seen = held
        found: list[Finding] = []
        for place, piece in enumerate(self._pieces):
            kept = self._kept[place]
            if kept is None or not self._needs[place].isdisjoint(changed):
                inputs = self._memory.read(piece.reads)
                if kept is None or not same(kept.inputs, inputs):
                    kept = self._kept[place] = piece.run(inputs, kept)
            found += kept.findings
        return ordered(found)

    def totals(self, proposal: Proposal) -> Totals:
        """What the budget of a proposal adds up to, as the check takes it."""
        self._look_at(proposal, None)
        totals: Totals = self._memory.read(("totals",))[0]
        return totals

    def _look_at(self, proposal: Proposal, now: datetime | None) -> dict[str, object]:
        """Turns to a proposal, given as its parts by their names, and the moment."""
        parts = {name: getattr(proposal, name) for name in _PARTS}
        self._memory.look_at(parts, now)
        return {**parts, "now": now}


_PARTS = tuple(Proposal.model_fields)
