"""What a chart of the work plan shows, from the proposal: for the document and for the window."""

from __future__ import annotations

from collections.abc import Callable

from sif_desktop.document.content import Milestone, PlanBar, PlanChart
from sif_desktop.document.prose import line
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.workplan import WorkPackage

MOST = 240
"""What lies further than so many months is a slip of typing, and would leave the rest unread."""

USUAL = 12
"""The months that a plan shows of which no month is known yet."""


def plan_chart(proposal: Proposal, name: Callable[[str], str]) -> PlanChart:
    """The whole plan as one chart; `name` gives what a work package is called, by its id."""
    bars = tuple(_bar(package, name(package.id)) for package in proposal.work_packages)
    return PlanChart(bars, months(proposal), line(proposal.project.start))


def months(proposal: Proposal) -> int:
    """The months that the chart shows: the project's, or those that its plan takes."""
    last = [package.last_month for package in proposal.work_packages]
    typed = (proposal.project.duration, *last)
    known = [month for month in typed if isinstance(month, int) and 0 < month <= MOST]
    return max(known, default=USUAL)


def _bar(package: WorkPackage, name: str) -> PlanBar:
    first, last = package.first_month, package.last_month
    milestones = tuple(
        Milestone(one.month, line(one.title), bool(one.outcome))
        for one in package.deliverables
        if isinstance(one.month, int)
    )
    if isinstance(first, int) and isinstance(last, int):
        return PlanBar(name, first, last, milestones)
    return PlanBar(name, 0, 0, milestones)
