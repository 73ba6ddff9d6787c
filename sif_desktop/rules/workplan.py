"""The family of the work plan: months, compulsory outcomes, who does what."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.model.partners import Partner
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import Use, rule

Packages = tuple[WorkPackage, ...]

_OUTCOME = "work_packages/*/deliverables/*/outcome"


@rule("work_packages_none", "error", "work_packages")
def work_packages_none(work_packages: Packages, use: Use) -> Iterator[Finding]:
    """A work plan has a work package."""
    if not work_packages:
        yield use.found("work_packages")


@rule("outcome_missing", "error", "work_packages", values={"outcomes": _OUTCOME})
def outcome_missing(work_packages: Packages, use: Use) -> Iterator[Finding]:
    """Each compulsory outcome is a deliverable of some work package."""
    marked = {
        deliverable.outcome for package in work_packages for deliverable in package.deliverables
    }
    for outcome in use.listed("outcomes"):
        if outcome not in marked:
            yield use.found("work_packages", outcome=use.choice(_OUTCOME, outcome))


@rule("months_reversed", "error", "work_packages/*/last_month")
def months_reversed(work_packages: Packages, use: Use) -> Iterator[Finding]:
    """A work package does not end before it begins."""
    for package in work_packages:
        first, last = _month(package.first_month), _month(package.last_month)
        if first and last and last < first:
            yield use.found(f"work_packages/{package.id}/last_month", first=first, last=last)


@rule("month_after_end", "error", "work_packages/*/last_month")
def month_after_end(work_packages: Packages, duration: int | None, use: Use) -> Iterator[Finding]:
    """A work package lies within the project."""
    for package in work_packages if duration else ():
        for name in ("first_month", "last_month"):
            month = _month(getattr(package, name))
            if month and duration and month > duration:
                at = f"work_packages/{package.id}/{name}"
                yield use.found(at, month=month, duration=duration, excess=month - duration)


@rule("deliverable_after_end", "error", "work_packages/*/deliverables/*/month")
def deliverable_after_end(
    work_packages: Packages, duration: int | None, use: Use
) -> Iterator[Finding]:
    """A deliverable is handed over before the project ends."""
    for package in work_packages if duration else ():
        for deliverable in package.deliverables:
            month = _month(deliverable.month)
            if month and duration and month > duration:
                at = f"work_packages/{package.id}/deliverables/{deliverable.id}/month"
                yield use.found(at, month=month, duration=duration, excess=month - duration)


@rule("deliverable_outside", "warning", "work_packages/*/deliverables/*/month")
def deliverable_outside(
    work_packages: Packages, duration: int | None, use: Use
) -> Iterator[Finding]:
    """A deliverable is handed over while its work package runs."""
    for package in work_packages:
        first, last = _month(package.first_month), _month(package.last_month)
        if not first or not last or last < first:
            continue
        for deliverable in package.deliverables:
            month = _month(deliverable.month)
            if month and not first <= month <= last and month <= (duration or month):
                at = f"work_packages/{package.id}/deliverables/{deliverable.id}/month"
                yield use.found(at, month=month, first=first, last=last)


@rule("activities_none", "warning", "work_packages/*/activities")
def activities_none(work_packages: Packages, use: Use) -> Iterator[Finding]:
    """A work package says what is done in it."""
    for package in work_packages:
        if not package.activities:
            yield use.found(f"work_packages/{package.id}/activities")


@rule("deliverables_none", "warning", "work_packages/*/deliverables")
def deliverables_none(work_packages: Packages, use: Use) -> Iterator[Finding]:
    """A work package says what it hands over."""
    for package in work_packages:
        if not package.deliverables:
            yield use.found(f"work_packages/{package.id}/deliverables")


@rule("partner_without_work", "advice", "work_packages")
def partner_without_work(
    work_packages: Packages, partners: tuple[Partner, ...], use: Use
) -> Iterator[Finding]:
    """Each partner has some part in the work plan."""
    if not work_packages:
        return
    working = {package.lead for package in work_packages}
    for package in work_packages:
        working.update(package.partners)
        working.update(activity.partner for activity in package.activities)
        working.update(deliverable.partner for deliverable in package.deliverables)
    for partner in partners:
        if partner.id not in working:
            yield use.found(f"partners/{partner.id}")


def _month(value: int | str) -> int:
    """A month of the project, or 0 where it is none: its own finding tells that already."""
    return value if isinstance(value, int) and value > 0 else 0
