"""Facts: what several rules read from the proposal, worked out once and only when needed.

A fact names in its arguments what it is made of, as a rule does: parts of the proposal, `form`
(the call) or `now`, and other facts. A fact that comes out the same as before is the same object
as before, so that what depends on it need not be worked out again.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine, Project
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.rules import totals as adding
from sif_desktop.rules.rule import arguments, filled


def partner_ids(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The ids that a reference to a partner may have."""
    return frozenset(partner.id for partner in partners)


def work_package_ids(work_packages: tuple[WorkPackage, ...]) -> frozenset[str]:
    """The ids that a reference to a work package may have."""
    return frozenset(package.id for package in work_packages)


def duration(project: Project) -> int | None:
    """The months of the project; None where that is no number above zero."""
    months = project.duration
    return months if isinstance(months, int) and months > 0 else None


def foreign_ids(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The partners whose costs count as foreign."""
    return adding.foreign_partners(partners)


def subcontractor_ids(partners: tuple[Partner, ...]) -> frozenset[str]:
    """The partners whose costs count as subcontracting."""
    return adding.subcontractors(partners)


def sides(
    form: Call, foreign_ids: frozenset[str], subcontractor_ids: frozenset[str]
) -> adding.Sides:
    """Who and what counts under the two ceilings on shares."""
    return adding.Sides(foreign_ids, subcontractor_ids, adding.subcontracting_categories(form))


def totals(budget: tuple[BudgetLine, ...], sides: adding.Sides) -> adding.Totals:
    """What the budget adds up to."""
    return adding.added_up(budget, sides)


def _totals_renewed(
    before: tuple[Any, ...], value: adding.Totals, now: tuple[Any, ...]
) -> adding.Totals:
    """The totals after an edit: only lines that changed are added up, unless the sides did."""
    if before[1] is now[1]:
        return adding.renewed(value, before[0], now[0], now[1])
    return adding.added_up(*now)


def strange_places(
    form: Call, work_packages: tuple[WorkPackage, ...]
) -> dict[tuple[str, str], tuple[int, int]]:
    """The work packages with the periods in which they do not run, and their months."""
    found = {}
    for package in work_packages:
        first, last = package.first_month, package.last_month
        if isinstance(first, int) and isinstance(last, int) and 0 < first <= last:
            for period in form.periods:
                if period.last < first or last < period.first:
                    found[package.id, period.id] = (first, last)
    return found


def given_in_project(form: Call, project: Project) -> frozenset[str]:
    """The ids of the criteria's fields of the project itself that are not empty."""
    return frozenset(
        field.id
        for field in criterion_fields(form)
        if field.at.startswith("project/") and filled(getattr(project, field.name, ""))
    )


def given_answers(
    form: Call, given_in_project: frozenset[str], answers: dict[str, Any]
) -> frozenset[str]:
    """The ids of the criteria's fields that stand alone, not in a list, and are not empty."""
    return given_in_project | {
        field.id
        for field in criterion_fields(form)
        if field.at.startswith("answers/") and filled(answers.get(field.name, ""))
    }


def filled_lists(  # noqa: PLR0917 - the lists of a proposal are six
    partners: tuple[object, ...],
    work_packages: tuple[object, ...],
    budget: tuple[object, ...],
    indicators: tuple[object, ...],
    actors: tuple[object, ...],
    attachments: tuple[object, ...],
) -> frozenset[str]:
    """The names of the lists that have an item."""
    lists = {
        "partners": partners,
        "work_packages": work_packages,
        "budget": budget,
        "indicators": indicators,
        "actors": actors,
        "attachments": attachments,
    }
    return frozenset(name for name, items in lists.items() if items)


def empty_criteria(
    form: Call, given_answers: frozenset[str], filled_lists: frozenset[str]
) -> frozenset[str]:
    """The ids of the sections of a criterion in which nothing at all was given."""
    return frozenset(
        section.id
        for section in form.sections
        if section.criterion
        and not any(
            field.id in given_answers or field.at.partition("/")[0] in filled_lists
            for field in section.fields
        )
    )


def criterion_fields(form: Call) -> list[FieldSpec]:
    """The fields of the call's criteria."""
    sections = (section for section in form.sections if section.criterion)
    return [field for section in sections for field in section.fields]


FACTS: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    fact.__name__: (fact, arguments(fact))
    for fact in (
        partner_ids,
        work_package_ids,
        duration,
        foreign_ids,
        subcontractor_ids,
        sides,
        totals,
        strange_places,
        given_in_project,
        given_answers,
        filled_lists,
        empty_criteria,
    )
}

RENEWED: dict[str, Callable[[tuple[Any, ...], Any, tuple[Any, ...]], Any]] = {
    "totals": _totals_renewed,
}
"""Facts that can be worked out from what they were: the inputs and value before, the inputs now."""


def roots(names: tuple[str, ...]) -> frozenset[str]:
    """The parts of a proposal, and the moment, that facts and parts come from in the end."""
    found: set[str] = set()
    for name in names:
        found |= roots(FACTS[name][1]) if name in FACTS else {name}
    return frozenset(found)


class Memory:
    """The facts of the last proposal that was looked at, for one call."""

    def __init__(self, form: Call) -> None:
        self._form = form
        self._last: dict[str, tuple[tuple[Any, ...], Any]] = {}
        self._now: dict[str, Any] = {}

    def look_at(self, parts: dict[str, Any], now: object) -> None:
        """Turns to another proposal, given as its parts by name."""
        self._now = {**parts, "form": self._form, "now": now}

    def read(self, names: tuple[str, ...]) -> tuple[Any, ...]:
        """Parts and facts by their names, the same objects as before where nothing changed."""
        now = self._now
        return tuple([now[name] if name in now else self._work_out(name) for name in names])

    def _work_out(self, name: str) -> Any:
        fact, names = FACTS[name]
        inputs = self.read(names)
        last = self._last.get(name)
        if last is not None and same(last[0], inputs):
            value = last[1]
        else:
            renew = RENEWED.get(name)
            value = renew(*last, inputs) if renew and last else fact(*inputs)
            if last is not None and last[1] == value:
                value = last[1]
            self._last[name] = (inputs, value)
        self._now[name] = value
        return value


def same(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    """Whether two rows hold the very same objects."""
    return all(map(is_, some, others))
