"""The family of the budget: what it must hold, and what its lines must agree with."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import Use, rule
from sif_desktop.rules.totals import Totals

Lines = tuple[BudgetLine, ...]
Places = dict[tuple[str, str], tuple[int, int]]


@rule("budget_none", "error", "budget")
def budget_none(budget: Lines, use: Use) -> Iterator[Finding]:
    """A proposal has a budget."""
    if not budget:
        yield use.found("budget")


@rule("subsidy_over", "error", "budget", parameters={"most": "money"})
def subsidy_over(totals: Totals, use: Use) -> Iterator[Finding]:
    """The subsidy of one project has a ceiling."""
    asked, most = totals.whole.subsidy, use.figures["most"]
    if asked > most:
        yield use.found("budget", asked=asked, most=most, excess=asked - most)


@rule("subsidy_none", "warning", "budget")
def subsidy_none(budget: Lines, totals: Totals, use: Use) -> Iterator[Finding]:
    """A proposal asks for a subsidy."""
    if budget and totals.whole.subsidy == 0 and not totals.unread:
        yield use.found("budget")


@rule("amounts_unread", "warning", "budget")
def amounts_unread(totals: Totals, use: Use) -> Iterator[Finding]:
    """An amount that cannot be read counts as nothing: no total is whole, and no share."""
    if totals.unread:
        yield use.found("budget", count=totals.unread)


@rule("line_without_amount", "warning", "budget")
def line_without_amount(budget: Lines, totals: Totals, use: Use) -> Iterator[Finding]:
    """A line costs something."""
    for line in budget if totals.hollow else ():
        if not line.subsidy and not line.own_means:
            yield use.found(f"budget/{line.id}/subsidy")


@rule("line_after_end", "error", "budget")
def line_after_end(
    budget: Lines, totals: Totals, duration: int | None, use: Use
) -> Iterator[Finding]:
    """A cost is planned while the project runs."""
    if duration is None:
        return
    starts = {period.id: period.first for period in use.call.periods if period.first > duration}
    if not any(period in starts for period in totals.by_period):
        return
    for line in budget:
        if line.period in starts:
            at = f"budget/{line.id}/period"
            yield use.found(at, first=starts[line.period], duration=duration)


@rule("line_outside_work_package", "advice", "budget")
def line_outside_work_package(
    budget: Lines, totals: Totals, strange_places: Places, use: Use
) -> Iterator[Finding]:
    """A cost is planned while its work package runs."""
    if not any(place in totals.by_place for place in strange_places):
        return
    for line in budget:
        months = strange_places.get((line.work_package, line.period))
        if months:
            yield use.found(f"budget/{line.id}/period", first=months[0], last=months[1])


@rule("partner_without_budget", "advice", "partners")
def partner_without_budget(
    totals: Totals, partners: tuple[Partner, ...], use: Use
) -> Iterator[Finding]:
    """Each partner has a line of its own."""
    for partner in partners if totals.by_partner else ():
        if partner.id not in totals.by_partner:
            yield use.found(f"partners/{partner.id}")


@rule("co_applicant_without_subsidy", "advice", "partners")
def co_applicant_without_subsidy(
    totals: Totals, partners: tuple[Partner, ...], use: Use
) -> Iterator[Finding]:
    """A co-applicant asks for something; one that pays all itself is a partner worth a word."""
    for partner in partners if totals.whole.subsidy else ():
        amount = totals.by_partner.get(partner.id)
        if partner.role == "co_applicant" and amount and amount.subsidy == 0 < amount.own_means:
            yield use.found(f"partners/{partner.id}", own=amount.own_means)


@rule("work_package_without_budget", "advice", "work_packages")
def work_package_without_budget(
    totals: Totals, work_packages: tuple[WorkPackage, ...], use: Use
) -> Iterator[Finding]:
    """Each work package has costs."""
    for package in work_packages if totals.by_work_package else ():
        if package.id not in totals.by_work_package:
            yield use.found(f"work_packages/{package.id}")
