"""How the budget stands against the call's ceilings: what the gauges show. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sif_desktop import money
from sif_desktop.calls.call import Call, RuleUse
from sif_desktop.rules.totals import Totals

Part = Callable[[Totals], int]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A ceiling of the call: on an amount in cents, or on a share in basis points.

    `code` is the rule that guards it, and the name of its sentences.
    """

    code: str
    most: int
    is_share: bool
    part: Part


@dataclass(frozen=True, slots=True)
class Reading:
    """What a gauge shows: `part` of `whole` in cents, under a ceiling."""

    code: str
    part: int
    whole: int
    most: int
    is_share: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing yet of which it could be a share."""
        return self.is_share and self.whole == 0

    @property
    def is_over(self) -> bool:
        """Whether more is asked than the call allows; exactly the ceiling is allowed."""
        if self.is_share:
            return not money.within_share(max(self.part, 0), max(self.whole, 0), self.most)
        return self.part > self.most

    @property
    def share(self) -> int:
        """The part in basis points, rounded up as findings tell it."""
        return -(-self.part * 10_000 // self.whole) if self.whole > 0 else 0

    @property
    def allowed(self) -> int:
        """What the part may be at most, with the whole as it is now."""
        return max(self.whole, 0) * self.most // 10_000 if self.is_share else self.most

    @property
    def room(self) -> int:
        """Cents that the part can still grow by; it then holds also when the whole grows along."""
        return max(self.allowed - self.part, 0)

    @property
    def mends(self) -> tuple[int, int]:
        """Cents off the part, or cents more on the others, each of which alone would mend it."""
        if self.is_share:
            return money.mend_share(self.part, self.whole, self.most)
        return max(self.part - self.most, 0), 0

    @property
    def filled(self) -> float:
        """The part as a fraction of the ceiling; 1 is exactly the ceiling."""
        if self.part <= 0:
            return 0.0
        return self.part / self.allowed if self.allowed > 0 else 2.0


_GUARDS: dict[str, tuple[str, bool, Part]] = {
    "subsidy_over": ("most", False, lambda totals: totals.whole.subsidy),
    "funding_rate": ("ceiling", True, lambda totals: totals.whole.subsidy),
    "foreign_share": ("ceiling", True, lambda totals: totals.foreign),
    "subcontracting_share": ("ceiling", True, lambda totals: totals.subcontracting),
}
"""The rules on a ceiling: the name of its figure, whether it is a share, and the part of it."""


def ceilings(call: Call) -> tuple[Ceiling, ...]:
    """The ceilings that a call sets; none where it does not set the figure."""
    used = {rule.code: rule for rule in call.rules}
    return tuple(_set_by(call, used))


def _set_by(call: Call, used: dict[str, RuleUse]) -> Iterator[Ceiling]:
    for code, (name, is_share, part) in _GUARDS.items():
        rule = used.get(code)
        most = call.figure(rule.parameters.get(name, "")) if rule else None
        if most is not None:
            yield Ceiling(code, most, is_share, part)


def readings(found: tuple[Ceiling, ...], totals: Totals) -> tuple[Reading, ...]:
    """How a budget stands against ceilings."""
    return tuple(
        Reading(one.code, one.part(totals), totals.whole.total, one.most, one.is_share)
        for one in found
    )
