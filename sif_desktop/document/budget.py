"""The budget: by partner and category, work package and period; its shares; then all lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Section
from sif_desktop.document.answers import answered
from sif_desktop.document.content import (
    Align,
    Block,
    Column,
    CostBar,
    CostChart,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
)
from sif_desktop.document.material import Material, evenly
from sif_desktop.document.prose import line
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.rules.totals import NOTHING, Amount

_BARS = 30
_MOST_COLUMNS = 6


def budget_blocks(m: Material, section: Section) -> Iterator[Block]:
    """The section of the budget."""
    if not m.proposal.budget:
        yield Paragraph(m.say("none"), "quiet")
    else:
        yield Heading(m.say("budget_overview"), 2)
        yield _whole(m)
        if m.sums.unread:
            title = m.say("unread_title", count=m.sums.unread)
            yield Note(title, m.say("unread"), "bad")
        if "partner" in m.line_parts:
            yield from _charts(m)
        if {"partner", "category"} <= m.line_parts:
            yield Heading(m.say("by_partner_category"), 2)
            yield from _matrix(m)
        yield from _breakdowns(m)
    yield from shares(m)
    yield from answered(m, (spec for spec in section.fields if not spec.list_at), None, 2)
    yield from _lines(m)


def _whole(m: Material) -> Facts:
    whole = m.sums.whole
    most = m.ceiling("subsidy_over", "most")
    asked = m.say("euro", amount=whole.subsidy)
    if most is not None:
        asked = m.say("of_most", amount=whole.subsidy, most=most)
    facts = [(m.say("cost"), m.say("euro", amount=whole.total)), (m.say("subsidy"), asked)]
    if "own_means" in m.line_parts:
        facts.append((m.say("own_means"), m.say("euro", amount=whole.own_means)))
    return Facts(tuple(facts))


def _charts(m: Material) -> Iterator[Figure]:
    """What each partner costs, as bars on one scale."""
    bars = [
        CostBar(name, amount.subsidy, amount.own_means)
        for name, amount in _named(m, m.sums.by_partner, _partner_order(m), m.short_name)
    ]
    largest = max((max(b.subsidy, 0) + max(b.own_means, 0) for b in bars), default=0)
    for part in evenly(tuple(bars), _BARS):
        told = "; ".join(f"{bar.label}: {m.money(bar.subsidy + bar.own_means)}" for bar in part)
        yield Figure(
            CostChart(part, largest), m.say("alt_costs", bars=told), m.say("costs_caption")
        )


def _partner_order(m: Material) -> list[str]:
    """The partners, then what lines name besides them."""
    return [*m.partners, *(name for name in m.sums.by_partner if name not in m.partners)]


def _named(
    m: Material, sums: Mapping[str, Amount], order: list[str], name: Any
) -> list[tuple[str, Amount]]:
    """Amounts with their names, in order; those without a name are told as such."""
    return [(name(key) or m.say("not_given"), sums[key]) for key in order if key in sums]


def _categories(m: Material) -> list[str]:
    field = m.call.field_at("budget/*/category")
    known = m.call.choices.get(field.choices or "", ()) if field else ()
    return [*known, *(name for name in m.sums.by_category if name not in known)]


def _category(m: Material, key: str) -> str:
    return m.choice_at("budget/*/category", key) if key else m.say("not_given")


def _matrix(m: Material) -> Iterator[Table]:
    """Partners against categories; more categories than fit are told in a next table."""
    categories = [one for one in _categories(m) if one in m.sums.by_category]
    partners = [one for one in _partner_order(m) if one in m.sums.by_partner]
    for start in range(0, len(categories), _MOST_COLUMNS):
        part = categories[start : start + _MOST_COLUMNS]
        last = start + _MOST_COLUMNS >= len(categories)
        columns = [Column(m.say("partner"), 1.6)]
        columns += [Column(_category(m, one), 1, "right") for one in part]
        columns += [Column(m.say("total_euro"), 1, "right")] if last else []
        rows = []
        for key in partners:
            cells = [m.short_name(key) or m.say("not_given")]
            cells += [_cell(m, m.sums.by_partner_category.get((key, one))) for one in part]
            cells += [m.money(m.sums.by_partner[key].total)] if last else []
            rows.append(Row(tuple(cells)))
        sums = [m.say("total"), *(m.money(m.sums.by_category[one].total) for one in part)]
        sums += [m.money(m.sums.whole.total)] if last else []
        rows.append(Row(tuple(sums), "sum"))
        yield Table(tuple(columns), tuple(rows), m.say("alt_matrix"))


def _cell(m: Material, amount: Amount | None) -> str:
    return m.money(amount.total) if amount and amount.total else "–"


def _breakdowns(m: Material) -> Iterator[Block]:
    """Asked subsidy and own means, each time by something else."""
    periods = [period.id for period in m.call.periods]
    for key, order, sums, name in (
        ("partner", _partner_order(m), m.sums.by_partner, m.short_name),
        ("category", _categories(m), m.sums.by_category, lambda one: _category(m, one)),
        (
            "work_package",
            [*m.work_packages, *m.sums.by_work_package],
            m.sums.by_work_package,
            m.work_package_name,
        ),
        (
            "period",
            [*periods, *m.sums.by_period],
            m.sums.by_period,
            lambda one: m.period_names.get(one) or line(one),
        ),
    ):
        if key not in m.line_parts:
            continue
        yield Heading(m.say(f"by_{key}"), 2)
        rows = _named(m, sums, list(dict.fromkeys(order)), name)
        yield _amounts(m, m.say(key), rows)


def _amounts(m: Material, head: str, named: list[tuple[str, Amount]]) -> Table:
    whole = m.sums.whole
    rows = [_amount_row(m, name, amount) for name, amount in named]
    rows.append(_amount_row(m, m.say("total"), whole, "sum"))
    columns = [Column(head, 2.4), Column(m.say("subsidy_euro"), 1, "right")]
    if "own_means" in m.line_parts:
        columns.append(Column(m.say("own_means_euro"), 1, "right"))
    columns.append(Column(m.say("total_euro"), 1, "right"))
    columns.append(Column(m.say("share"), 0.6, "right"))
    return Table(tuple(columns), tuple(rows), m.say("alt_amounts", by=head))


def _amount_row(m: Material, name: str, amount: Amount, manner: Any = "body") -> Row:
    cells = [name, m.money(amount.subsidy)]
    if "own_means" in m.line_parts:
        cells.append(m.money(amount.own_means))
    cells += [m.money(amount.total), m.share(amount.total, m.sums.whole.total)]
    return Row(tuple(cells), manner)


def shares(m: Material) -> Iterator[Block]:
    """The shares on which the call sets a ceiling, against it."""
    rows = []
    for rule, key, part in (
        ("foreign_share", "foreign", m.sums.foreign),
        ("subcontracting_share", "subcontracting", m.sums.subcontracting),
    ):
        ceiling = m.ceiling(rule, "ceiling")
        if ceiling is None:
            continue
        whole = m.sums.whole.total
        room = max(whole, 0) * ceiling // 10_000 - part
        rows.append(
            Row(
                (
                    m.say(key),
                    m.money(part),
                    m.share(part, whole, ceiling),
                    m.share(ceiling, 10_000),
                    m.money(room),
                )
            )
        )
    if not rows:
        return
    yield Heading(m.say("shares"), 2)
    columns = (
        Column(m.say("share_of"), 2.2),
        Column(m.say("cost_euro"), 1, "right"),
        Column(m.say("share"), 0.7, "right"),
        Column(m.say("ceiling"), 0.8, "right"),
        Column(m.say("room_euro"), 1, "right"),
    )
    yield Table(columns, tuple(rows), m.say("alt_shares"))
    yield Paragraph(m.say("shares_note"), "quiet")


def _lines(m: Material) -> Iterator[Block]:
    """All lines, in a table for each partner."""
    lines: dict[str, list[BudgetLine]] = {}
    for one in m.proposal.budget:
        lines.setdefault(one.partner, []).append(one)
    if not lines:
        return
    yield Heading(m.say("lines"), 2)
    told = [column for column in _COLUMNS if column.part in m.line_parts]
    columns = [Column(m.say(one.head), one.width, one.align) for one in told]
    columns.append(Column(m.say("total_euro"), 0, "right"))
    for key in _partner_order(m):
        if key not in lines:
            continue
        partner = m.partners.get(key)
        name = line(partner.name) if partner else ""
        name = name or m.short_name(key) or m.say("not_given")
        if "partner" in m.line_parts:
            yield Heading(name, 3, "question", listed=False)
        rows = tuple(_line(m, one, told) for one in lines[key])
        total = _subtotal(m, m.sums.by_partner.get(key, NOTHING), told)
        yield Table(tuple(columns), (*rows, total), m.say("alt_lines", name=name, count=len(rows)))


@dataclass(frozen=True, slots=True)
class _LineColumn:
    """A column of the table of lines: the part of a line that it tells, its head and its width."""

    part: str
    head: str
    width: float
    align: Align = "left"


_COLUMNS = (
    _LineColumn("description", "description", 2.6),
    _LineColumn("category", "category", 1.1),
    _LineColumn("work_package", "wp_head", 0),
    _LineColumn("period", "period", 0),
    _LineColumn("subsidy", "subsidy_euro", 0, "right"),
    _LineColumn("own_means", "own_means_euro", 0, "right"),
)


def _subtotal(m: Material, amount: Amount, told: list[_LineColumn]) -> Row:
    """The sums of the lines of a partner; the first column that is no sum says what it is."""
    sums = {"subsidy": amount.subsidy, "own_means": amount.own_means}
    cells = [m.money(sums[one.part]) if one.part in sums else "" for one in told]
    cells.append(m.money(amount.total))
    if told and told[0].part not in sums:
        cells[0] = m.say("subtotal")
    return Row(tuple(cells), "sum")


def _line(m: Material, one: BudgetLine, told: list[_LineColumn]) -> Row:
    subsidy = one.subsidy if isinstance(one.subsidy, int) else 0
    own_means = one.own_means if isinstance(one.own_means, int) else 0
    cells = {
        "description": line(one.description),
        "category": m.choice_at("budget/*/category", one.category) if one.category else "",
        "work_package": m.work_package_code(one.work_package),
        "period": m.period_short(one.period),
        "subsidy": m.money(one.subsidy),
        "own_means": m.money(one.own_means),
    }
    return Row((*(cells[column.part] or "–" for column in told), m.money(subsidy + own_means)))
