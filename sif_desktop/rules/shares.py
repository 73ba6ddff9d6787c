"""The family of the shares: ceilings on a part of the budget, exact at the boundary.

Two separate ceilings, each against the whole budget: what partners abroad cost, and what
subcontracting costs. A foreign subcontractor counts under subcontracting only.
"""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop import money
from sif_desktop.model.partners import Partner
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import Use, rule
from sif_desktop.rules.totals import Totals


@rule(
    "foreign_share",
    "error",
    "budget",
    parameters={"ceiling": "share"},
    also=("foreign_share_barred",),
)
def foreign_share(totals: Totals, use: Use) -> Iterator[Finding]:
    """The joint share of partners abroad that are no subcontractor."""
    yield from _ceiling(use, totals.foreign, totals.whole.total)


@rule(
    "subcontracting_share",
    "error",
    "budget",
    parameters={"ceiling": "share"},
    values={"categories": "budget/*/category"},
    also=("subcontracting_share_barred", "subcontracting_share_abroad"),
)
def subcontracting_share(
    totals: Totals, partners: tuple[Partner, ...], subcontractor_ids: frozenset[str], use: Use
) -> Iterator[Finding]:
    """The joint share of subcontractors and of costs in the categories for subcontracting."""
    abroad = sum(
        totals.by_partner[partner.id].total
        for partner in partners
        if partner.id in subcontractor_ids
        and partner.seat == "abroad"
        and partner.id in totals.by_partner
    )
    yield from _ceiling(use, totals.subcontracting, totals.whole.total, abroad=abroad)


@rule(
    "category_share",
    "error",
    "budget",
    parameters={"ceiling": "share"},
    values={"categories": "budget/*/category"},
    also=("category_share_barred",),
)
def category_share(totals: Totals, use: Use) -> Iterator[Finding]:
    """The joint share of some cost categories, where a form sets a ceiling on it."""
    categories = use.listed("categories")
    part = sum(totals.by_category[name].total for name in categories if name in totals.by_category)
    yield from _ceiling(use, part, totals.whole.total)


@rule(
    "funding_rate",
    "error",
    "budget",
    parameters={"ceiling": "share"},
    also=("funding_rate_barred",),
)
def funding_rate(totals: Totals, use: Use) -> Iterator[Finding]:
    """The subsidy as a share of the whole cost, where a form sets a rate."""
    yield from _ceiling(use, totals.whole.subsidy, totals.whole.total)


def _ceiling(use: Use, part: int, whole: int, abroad: int = 0) -> Iterator[Finding]:
    """A finding where `part` is over the ceiling, with either way of mending it in cents.

    The share that is told is rounded up, so that one cent too much does not read as the ceiling.
    """
    ceiling = use.figures["ceiling"]
    if part <= 0 or whole <= 0 or money.within_share(part, whole, ceiling):
        return
    lower, higher = money.mend_share(part, whole, ceiling)
    share = -(-part * 10_000 // whole)
    code = f"{use.code}_barred" if ceiling <= 0 else use.code
    figures = {"share": share, "ceiling": ceiling, "part": part, "lower": lower, "higher": higher}
    if abroad and ceiling > 0:
        code = f"{use.code}_abroad"
        figures["abroad"] = abroad
    yield use.found("budget", code, **figures)
