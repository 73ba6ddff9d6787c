"""The work plan: in months as a chart and a table, then each work package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sif_desktop import language
from sif_desktop.calls.call import Section
from sif_desktop.document.answers import answered, told
from sif_desktop.document.content import (
    Block,
    Column,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from sif_desktop.document.material import Material, evenly, present
from sif_desktop.document.plan import bar_said, plan_chart
from sif_desktop.document.prose import clean, line
from sif_desktop.model.values import Number
from sif_desktop.model.workplan import Deliverable, WorkPackage
from sif_desktop.rules.totals import NOTHING

_OUTCOME = "work_packages/*/deliverables/*/outcome"
_BARS = 22
"""Work packages in one chart; more are told in a next one, so that each fits on a page."""


def work_plan_blocks(m: Material, section: Section) -> Iterator[Block]:
    """The section of the work plan."""
    yield from answered(m, (spec for spec in section.fields if not spec.list_at), None, 2)
    packages = m.proposal.work_packages
    if not packages:
        yield Paragraph(m.say("none"), "quiet")
        return
    yield Heading(m.say("planning"), 2)
    yield from _charts(m)
    yield Heading(m.say("work_packages_overview"), 2)
    yield _overview(m)
    yield from _outcomes(m)
    for package in packages:
        yield from _package(m, section, package)


def _charts(m: Material) -> Iterator[Figure]:
    whole = plan_chart(m.proposal, m.work_package_name)
    for part in evenly(whole.bars, _BARS):
        told_bars = " ".join(bar_said(bar, m.words) for bar in part)
        yield Figure(
            replace(whole, bars=part),
            m.say("alt_plan", months=whole.months, bars=told_bars),
            m.say("plan_caption"),
        )


def _overview(m: Material) -> Table:
    rows = []
    for package in m.proposal.work_packages:
        cost = m.sums.by_work_package.get(package.id, NOTHING)
        rows.append(
            Row(
                (
                    m.work_package_code(package.id),
                    line(package.title) or "–",
                    m.short_name(package.lead) or "–",
                    _span(m, package),
                    str(len(package.deliverables)),
                    m.money(cost.total),
                )
            )
        )
    return Table(
        (
            Column(m.say("number"), 0),
            Column(m.say("work_package"), 2.2),
            Column(m.say("lead"), 1),
            Column(m.say("months"), 0),
            Column(m.say("deliverables"), 0, "right"),
            Column(m.say("cost_euro"), 0, "right"),
        ),
        tuple(rows),
        m.say("alt_work_packages", count=len(rows)),
    )


def _span(m: Material, package: WorkPackage) -> str:
    """The months of a work package, as they were typed."""
    first, last = _number(m, package.first_month), _number(m, package.last_month)
    return f"{first or '?'}–{last or '?'}" if first or last else "–"


def _number(m: Material, value: Number) -> str:
    if isinstance(value, int):
        return language.number(value, m.words.language)
    return line(value)


def _outcomes(m: Material) -> Iterator[Block]:
    """The outcomes that the call asks for, and which deliverables they are."""
    field = m.call.field_at(_OUTCOME)
    if field is None or field.choices is None:
        return
    yield Heading(m.say("outcomes"), 2)
    facts = []
    for outcome in m.call.choices.get(field.choices, ()):
        found = [
            m.say(
                "outcome_place",
                title=line(one.title) or "–",
                wp=m.work_package_code(package.id),
                month=_number(m, one.month) or "?",
            )
            for package in m.proposal.work_packages
            for one in package.deliverables
            if one.outcome == outcome
        ]
        facts.append((m.choice(field.choices, outcome), "\n".join(found) or m.say("outcome_none")))
    yield Facts(tuple(facts))


def _package(m: Material, section: Section, package: WorkPackage) -> Iterator[Block]:
    yield Heading(m.work_package_name(package.id), 2)
    cost = m.sums.by_work_package.get(package.id, NOTHING)
    partners = ", ".join(m.short_name(partner) for partner in package.partners)
    facts = [
        (m.say("lead"), m.short_name(package.lead) or m.say("empty")),
        (m.say("partners"), partners or "–"),
        (m.say("months"), _span(m, package)),
        (m.say("cost"), m.say("cost_and_subsidy", cost=cost.total, subsidy=cost.subsidy)),
    ]
    yield Facts(tuple(facts))
    yield Heading(m.say("objective"), 3, "question", listed=False)
    yield from told(m, clean(package.objective))
    if package.activities:
        yield Heading(m.say("activities"), 3, "question", listed=False)
        yield _activities(m, package)
    if package.deliverables:
        yield Heading(m.say("deliverables"), 3, "question", listed=False)
        yield _deliverables(m, package)


def _activities(m: Material, package: WorkPackage) -> Table:
    rows = tuple(
        Row((titled(one.title, one.description), m.short_name(one.partner) or "–"))
        for one in package.activities
    )
    columns = (Column(m.say("activity"), 4.2), Column(m.say("by"), 1))
    alt = m.say("alt_activities", name=m.work_package_name(package.id), count=len(rows))
    return Table(columns, rows, alt, titled=0)


def _deliverables(m: Material, package: WorkPackage) -> Table:
    rows = tuple(
        Row(
            (
                titled(one.title, _outcome(m, one), one.description),
                _number(m, one.month) or "–",
                m.short_name(one.partner) or "–",
            )
        )
        for one in package.deliverables
    )
    columns = (
        Column(m.say("deliverable"), 3.8),
        Column(m.say("month_head"), 0, "right"),
        Column(m.say("by"), 1),
    )
    alt = m.say("alt_deliverables", name=m.work_package_name(package.id), count=len(rows))
    return Table(columns, rows, alt, titled=0)


def _outcome(m: Material, deliverable: Deliverable) -> str:
    """The outcome of the call that a deliverable is, or ""."""
    if not deliverable.outcome:
        return ""
    return m.say("outcome_marked", outcome=m.choice_at(_OUTCOME, deliverable.outcome))


def titled(title: str, *texts: str) -> str:
    """A cell whose first line is its title."""
    return "\n".join([line(title) or "–", *present(map(clean, texts))])
