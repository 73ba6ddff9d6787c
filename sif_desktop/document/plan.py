"""What a chart of the work plan shows and how it is to look: for the document and the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sif_desktop.document import style
from sif_desktop.document.content import Milestone, PlanBar, PlanChart
from sif_desktop.document.prose import line
from sif_desktop.document.style import Type
from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.workplan import WorkPackage

MOST = 240
"""What lies further than so many months is a slip of typing, and would leave the rest unread."""

USUAL = 12
"""The months that a plan shows of which no month is known yet."""


@dataclass(frozen=True, slots=True)
class PlanLook:
    """The measures of a plan in points, and its colours as #rrggbb: those of paper, or a window's.

    Names stand in `labels` at the left; 0 leaves them out, as where a list stands beside the
    plan. `head` has the months, `row` is the height of a row, `bar` that of a bar in it, and
    `legend` that of the legend at the bottom, or 0.
    """

    labels: float = 150.0
    head: float = 30.0
    row: float = 24.0
    bar: float = 9.0
    legend: float = 24.0
    ink: str = style.INK
    quiet: str = style.QUIET
    accent: str = style.ACCENT
    outcome: str = style.OUTCOME
    ground: str = style.WHITE
    rule: str = style.RULE
    tint: str = style.TINT

    def type(self, kind: Type, *, quiet: bool = False) -> Type:
        """A kind of text in the colours of this look."""
        return replace(kind, colour=self.quiet if quiet else self.ink)


PAPER = PlanLook()


@dataclass(frozen=True, slots=True)
class Area:
    """Where a bar of a plan lies, or one of its milestones: points from the upper left corner."""

    bar: int
    milestone: int | None
    x: float
    y: float
    width: float
    height: float


def plan_chart(proposal: Proposal, name: Callable[[str], str]) -> PlanChart:
    """The whole plan as one chart; `name` gives what a work package is called, by its id."""
    bars = (plan_bar(package, name(package.id)) for package in proposal.work_packages)
    return chart_of(proposal, bars)


def chart_of(proposal: Proposal, bars: Iterable[PlanBar]) -> PlanChart:
    """A chart of bars that were made before, over the months of the proposal."""
    return PlanChart(tuple(bars), months(proposal), line(proposal.project.start))


def bar_said(bar: PlanBar, known: Words) -> str:
    """A bar in words, for whoever cannot see it."""
    key = "alt_bar" if bar.first else "alt_bar_open"
    return known.say(f"document.{key}", name=bar.label, first=bar.first, last=bar.last)


def months(proposal: Proposal) -> int:
    """The months that the chart shows: the project's, or those that its plan takes."""
    last = [package.last_month for package in proposal.work_packages]
    typed = (proposal.project.duration, *last)
    known = [month for month in typed if isinstance(month, int) and 0 < month <= MOST]
    return max(known, default=USUAL)


def plan_bar(package: WorkPackage, name: str) -> PlanBar:
    """A work package as a bar with its deliverables as milestones."""
    first, last = package.first_month, package.last_month
    milestones = tuple(
        Milestone(one.month, line(one.title), bool(one.outcome))
        for one in package.deliverables
        if isinstance(one.month, int)
    )
    if isinstance(first, int) and isinstance(last, int):
        return PlanBar(name, first, last, milestones)
    return PlanBar(name, 0, 0, milestones)
