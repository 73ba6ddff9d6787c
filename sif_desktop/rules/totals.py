"""What the budget adds up to: one pass over its lines, in whole cents.

An amount that could not be read counts as nothing and is counted apart, so that a total is never
shown as whole when it is not. After an edit only the lines that changed are added up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from sif_desktop.calls.call import Call
from sif_desktop.model.difference import changed_places
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine, Proposal

Lines = tuple[BudgetLine, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """What is asked and what is paid with own means, in cents, and on how many lines."""

    subsidy: int = 0
    own_means: int = 0
    lines: int = 0

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
    for subcontracting. Both are parts of `whole`. `by_place` goes by work package and period
    together. `unread` counts amounts that are no number, `hollow` lines without an amount.
    """

    whole: Amount
    by_partner: dict[str, Amount]
    by_category: dict[str, Amount]
    by_work_package: dict[str, Amount]
    by_period: dict[str, Amount]
    by_partner_category: dict[tuple[str, str], Amount]
    by_place: dict[tuple[str, str], Amount]
    foreign: int
    subcontracting: int
    unread: int
    hollow: int


@dataclass(frozen=True, slots=True)
class Sides:
    """Who and what counts under the two ceilings: ids of partners, and cost categories."""

    foreign: frozenset[str]
    subcontractors: frozenset[str]
    categories: frozenset[str]


def totals(proposal: Proposal, call: Call) -> Totals:
    """Adds up the budget of a proposal."""
    return added_up(
        proposal.budget,
        Sides(
            foreign_partners(proposal.partners),
            subcontractors(proposal.partners),
            subcontracting_categories(call),
        ),
    )


def added_up(budget: Lines, sides: Sides) -> Totals:
    """The totals of lines: those alike are taken together first."""
    sums, unread, hollow = _combined(budget)
    foreign = subcontracting = 0
    for (partner, category, _, _), (subsidy, own, _) in sums.items():
        if partner in sides.foreign:
            foreign += subsidy + own
        if partner in sides.subcontractors or category in sides.categories:
            subcontracting += subsidy + own
    return Totals(
        whole=Amount(
            sum(one[0] for one in sums.values()),
            sum(one[1] for one in sums.values()),
            len(budget),
        ),
        by_partner=_by(sums, 0),
        by_category=_by(sums, 1),
        by_work_package=_by(sums, 2),
        by_period=_by(sums, 3),
        by_partner_category=_by_two(sums, 0, 1),
        by_place=_by_two(sums, 2, 3),
        foreign=foreign,
        subcontracting=subcontracting,
        unread=unread,
        hollow=hollow,
    )


def renewed(before: Totals, old: Lines, new: Lines, sides: Sides) -> Totals:
    """The totals of `new`, from those of `old`: what `added_up` gives, for lines that changed.

    The very same object where nothing that counts is another.
    """
    gone, come = changed_lines(old, new)
    if len(gone) == len(come) and all(map(_counts_alike, gone, come)):
        return before
    if len(gone) + len(come) > _MOST_RENEWED:
        return added_up(new, sides)
    groups = {name: dict(getattr(before, name)) for name in _GROUPS}
    whole = {"": before.whole}
    figures = [before.foreign, before.subcontracting, before.unread, before.hollow]
    for sign, lines in ((-1, gone), (1, come)):
        for line in lines:
            subsidy, own, unread = _read(line)
            for name, key in _GROUPS.items():
                _count_in(groups[name], key(line), sign, subsidy, own)
            _count_in(whole, "", sign, subsidy, own)
            counted = _sides_of(line, subsidy + own, sides)
            for place, figure in enumerate((*counted, unread, _is_hollow(line))):
                figures[place] += sign * figure
    foreign, subcontracting, missed, hollow = figures
    return Totals(
        whole=whole.get("", NOTHING),
        **groups,
        foreign=foreign,
        subcontracting=subcontracting,
        unread=missed,
        hollow=hollow,
    )


_GROUPS = {
    "by_partner": attrgetter("partner"),
    "by_category": attrgetter("category"),
    "by_work_package": attrgetter("work_package"),
    "by_period": attrgetter("period"),
    "by_partner_category": attrgetter("partner", "category"),
    "by_place": attrgetter("work_package", "period"),
}
_COUNTS = attrgetter("partner", "category", "work_package", "period", "subsidy", "own_means")
_MOST_RENEWED = 200
"""Lines that changed at once, from which on adding up anew is as quick."""


def changed_lines(old: Lines, new: Lines) -> tuple[list[BudgetLine], list[BudgetLine]]:
    """The lines that went and those that came: a line with another value is both."""
    places = changed_places(old, new)
    if places is not None:
        return [old[place] for place in places], [new[place] for place in places]
    before, after = set(map(id, old)), set(map(id, new))
    return (
        [line for line in old if id(line) not in after],
        [line for line in new if id(line) not in before],
    )


def _counts_alike(one: BudgetLine, other: BudgetLine) -> bool:
    """Whether two lines are one to the totals: only their text may differ."""
    return bool(_COUNTS(one) == _COUNTS(other))


def _count_in(group: dict[str, Amount], key: str, sign: int, subsidy: int, own: int) -> None:
    """Adds a line to what has its key, or takes it off; what has no line left is gone."""
    had = group.get(key, NOTHING)
    if had.lines + sign:
        group[key] = Amount(
            had.subsidy + sign * subsidy, had.own_means + sign * own, had.lines + sign
        )
    else:
        group.pop(key, None)


def _sides_of(line: BudgetLine, cost: int, sides: Sides) -> tuple[int, int]:
    """What of the cost of a line counts as foreign, and as subcontracting."""
    inside = line.partner in sides.subcontractors or line.category in sides.categories
    return cost if line.partner in sides.foreign else 0, cost if inside else 0


def _read(line: BudgetLine) -> tuple[int, int, int]:
    """The amounts of a line, and how many of them are no number."""
    subsidy, own, unread = line.subsidy, line.own_means, 0
    if isinstance(subsidy, str):
        unread += subsidy != ""
        subsidy = 0
    if isinstance(own, str):
        unread += own != ""
        own = 0
    return subsidy, own, unread


def _is_hollow(line: BudgetLine) -> bool:
    return not line.subsidy and not line.own_means


Sums = dict[tuple[str, str, str, str], list[int]]
"""Subsidy, own means and lines by partner, category, work package and period together."""


def subcontracting_categories(call: Call) -> frozenset[str]:
    """The cost categories that count as subcontracting, from the rule on its share."""
    for rule in call.rules:
        if rule.code == "subcontracting_share":
            return frozenset(rule.values.get("categories", ()))
    return frozenset()


def _combined(budget: Lines) -> tuple[Sums, int, int]:
    """The lines added up by all four identities; amounts that are no number; hollow lines."""
    sums: Sums = {}
    unread = hollow = 0
    for line in budget:
        subsidy, own = line.subsidy, line.own_means
        if not subsidy and not own:
            hollow += 1
        if subsidy.__class__ is not int:
            unread += subsidy != ""
            subsidy = 0
        if own.__class__ is not int:
            unread += own != ""
            own = 0
        key = (line.partner, line.category, line.work_package, line.period)
        known = sums.get(key)
        if known is None:
            sums[key] = [subsidy, own, 1]
        else:
            known[0] += subsidy
            known[1] += own
            known[2] += 1
    return sums, unread, hollow


def _by(sums: Sums, place: int) -> dict[str, Amount]:
    gathered: dict[str, list[int]] = {}
    for key, (subsidy, own, lines) in sums.items():
        known = gathered.setdefault(key[place], [0, 0, 0])
        known[0] += subsidy
        known[1] += own
        known[2] += lines
    return {key: Amount(*known) for key, known in gathered.items()}


def _by_two(sums: Sums, one: int, other: int) -> dict[tuple[str, str], Amount]:
    gathered: dict[tuple[str, str], list[int]] = {}
    for key, (subsidy, own, lines) in sums.items():
        known = gathered.setdefault((key[one], key[other]), [0, 0, 0])
        known[0] += subsidy
        known[1] += own
        known[2] += lines
    return {key: Amount(*known) for key, known in gathered.items()}


def subcontractors(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The ids of the subcontractors, wherever they are."""
    return frozenset(partner.id for partner in partners if partner.role == "subcontractor")


def foreign_partners(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The ids of the partners abroad that are no subcontractor: nobody counts twice."""
    abroad = (partner for partner in partners if partner.seat == "abroad")
    return frozenset(partner.id for partner in abroad if partner.role != "subcontractor")
