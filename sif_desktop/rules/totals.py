"""What the budget adds up to: one pass over its lines, in whole cents.

An amount that could not be read counts as nothing and is counted apart, so that a total is never
shown as whole when it is not.
"""

from __future__ import annotations

from dataclasses import dataclass

from sif_desktop.calls.call import Call
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine, Proposal


@dataclass(frozen=True, slots=True)
class Amount:
    """What is asked and what is paid with own means, in cents."""

    subsidy: int = 0
    own_means: int = 0

    @property
    def total(self) -> int:
        """The cost: both together."""
        return self.subsidy + self.own_means


NOTHING = Amount()


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a budget; each mapping goes by the id as it stands in the lines.

    `foreign` is the cost of partners abroad that are no subcontractor. `subcontracting` is the
    cost of subcontractors, wherever they are, and of other partners' lines in the cost categories
    for subcontracting. Both are parts of `whole`. `unread` counts amounts that are no number.
    """

    whole: Amount
    by_partner: dict[str, Amount]
    by_category: dict[str, Amount]
    by_work_package: dict[str, Amount]
    by_period: dict[str, Amount]
    by_partner_category: dict[tuple[str, str], Amount]
    foreign: int
    subcontracting: int
    unread: int


Sums = dict[tuple[str, str, str, str], list[int]]
"""Subsidy and own means by partner, category, work package and period together."""


def totals(proposal: Proposal, call: Call) -> Totals:
    """Adds up the budget of a proposal."""
    sums, unread = combined(proposal.budget)
    return add_up(
        sums,
        unread,
        foreign_ids=foreign_partners(proposal.partners),
        subcontractor_ids=subcontractors(proposal.partners),
        categories=subcontracting_categories(call),
    )


def add_up(
    sums: Sums,
    unread: int,
    *,
    foreign_ids: frozenset[str],
    subcontractor_ids: frozenset[str],
    categories: frozenset[str],
) -> Totals:
    """The totals of lines that were combined; the sets are of the partners apart."""
    foreign = subcontracting = 0
    for (partner, category, _, _), (subsidy, own) in sums.items():
        if partner in foreign_ids:
            foreign += subsidy + own
        if partner in subcontractor_ids or category in categories:
            subcontracting += subsidy + own
    return Totals(
        whole=Amount(
            sum(both[0] for both in sums.values()), sum(both[1] for both in sums.values())
        ),
        by_partner=_by(sums, 0),
        by_category=_by(sums, 1),
        by_work_package=_by(sums, 2),
        by_period=_by(sums, 3),
        by_partner_category=_by_partner_category(sums),
        foreign=foreign,
        subcontracting=subcontracting,
        unread=unread,
    )


def subcontracting_categories(call: Call) -> frozenset[str]:
    """The cost categories that count as subcontracting, from the rule on its share."""
    for rule in call.rules:
        if rule.code == "subcontracting_share":
            return frozenset(rule.values.get("categories", ()))
    return frozenset()


def combined(budget: tuple[BudgetLine, ...]) -> tuple[Sums, int]:
    """The lines added up by all four identities, and how many amounts are no number."""
    sums: Sums = {}
    unread = 0
    for line in budget:
        subsidy, own = line.subsidy, line.own_means
        if subsidy.__class__ is not int:
            unread += subsidy != ""
            subsidy = 0
        if own.__class__ is not int:
            unread += own != ""
            own = 0
        key = (line.partner, line.category, line.work_package, line.period)
        both = sums.get(key)
        if both is None:
            sums[key] = [subsidy, own]
        else:
            both[0] += subsidy
            both[1] += own
    return sums, unread


def _by(sums: Sums, place: int) -> dict[str, Amount]:
    gathered: dict[str, list[int]] = {}
    for key, (subsidy, own) in sums.items():
        both = gathered.setdefault(key[place], [0, 0])
        both[0] += subsidy
        both[1] += own
    return {key: Amount(*both) for key, both in gathered.items()}


def _by_partner_category(sums: Sums) -> dict[tuple[str, str], Amount]:
    gathered: dict[tuple[str, str], list[int]] = {}
    for (partner, category, _, _), (subsidy, own) in sums.items():
        both = gathered.setdefault((partner, category), [0, 0])
        both[0] += subsidy
        both[1] += own
    return {key: Amount(*both) for key, both in gathered.items()}


def subcontractors(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The ids of the subcontractors, wherever they are."""
    return frozenset(partner.id for partner in partners if partner.role == "subcontractor")


def foreign_partners(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The ids of the partners abroad that are no subcontractor: nobody counts twice."""
    abroad = (partner for partner in partners if partner.seat == "abroad")
    return frozenset(partner.id for partner in abroad if partner.role != "subcontractor")
