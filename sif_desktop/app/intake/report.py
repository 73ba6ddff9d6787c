"""The report of an intake as PDF: what all bundles come to, with charts, and what asks for a look.

Lists are told up to a number of rows: the whole of them stands in the workbook, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

from sif_desktop.app.intake import tables
from sif_desktop.app.intake.across import CallOverview, Overview, faulty
from sif_desktop.app.intake.figures import money_figures, target_figures
from sif_desktop.app.intake.ledger import Ledger
from sif_desktop.app.intake.tables import Table
from sif_desktop.document import content
from sif_desktop.document.content import Block
from sif_desktop.language import Words, money, number

MOST_ROWS = 300
"""Rows of one list in the report."""


def write_report(stream: BinaryIO, ledger: Ledger, overview: Overview, words: Words) -> None:
    """Writes the report."""
    from sif_desktop.document.pdf import write

    title = words.say("intake.report.title")
    document = content.Document(
        language=words.language,
        title=title,
        author="SIF Desktop",
        subject=words.say("intake.report.subject"),
        short_title=title,
        digest="",
        draft=False,
        blocks=tuple(_numbered(_blocks(ledger, overview, words))),
    )
    write(document, stream, proposal_json=None)


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    sections = parts = 0
    for block in blocks:
        if isinstance(block, content.Heading) and block.level == 1:
            sections, parts = sections + 1, 0
            yield replace(block, number=str(sections), anchor=f"s{sections}")
        elif isinstance(block, content.Heading):
            parts += 1
            number_ = f"{sections}.{parts}"
            yield replace(block, number=number_, anchor=f"s{number_}")
        else:
            yield block


def _blocks(ledger: Ledger, overview: Overview, words: Words) -> Iterator[Block]:
    yield _cover(overview, words)
    yield content.PageBreak()
    for one in overview.calls:
        yield from _call(one, overview, words)
    yield content.Heading(words.say("intake.report.faulty"), 1, "section")
    rows = (
        (row.file, " ".join(tables.said(one, words) for one in row.reasons))
        for row in faulty(ledger)
    )
    columns = tables.columns_of(words, ("file", "reasons"))
    yield from _table(Table("faulty", "", columns, rows), words, (1.0, 2.6))
    for table, widths in (
        (tables.twice(ledger, words), (1.0, 1.0, 0.9, 1.0)),
        (tables.organisations(ledger, words), (0.9, 1.6, 0.6, 0.9, 1.6)),
        (tables.screening(ledger, words), (1.2, 1.8, 1.0, 0.9)),
    ):
        yield content.Heading(table.title, 1, "section")
        yield content.Paragraph(words.say(f"intake.report.about_{table.name}"), "quiet")
        yield from _table(table, words, widths)


def _cover(overview: Overview, words: Words) -> content.Cover:
    figures = [
        content.KeyFigure(
            words.say("intake.report.bundles"), number(overview.whole, words.language)
        )
    ]
    for state, tone in (
        ("good", "good"),
        ("blocked", "caution"),
        ("broken", "bad"),
        ("unreadable", "bad"),
    ):
        count = overview.counts[state]  # type: ignore[index]
        figures.append(
            content.KeyFigure(
                words.say(f"intake.states.{state}"),
                number(count, words.language),
                tone=tone if count else "neutral",  # type: ignore[arg-type]
            )
        )
    figures.append(
        content.KeyFigure(
            words.say("intake.states.replaced"), number(overview.replaced, words.language)
        )
    )
    worst = "bad" if overview.faulty else "good"
    key = "bottom_faulty" if overview.faulty else "bottom_good"
    return content.Cover(
        call=words.say("intake.report.head"),
        edition="",
        kicker=words.say("intake.report.kicker"),
        title=words.say("intake.report.title"),
        acronym="",
        coordinator=("", ""),
        figures=content.KeyFigures(tuple(figures)),
        bottom_line=content.Note(
            words.say(f"intake.report.{key}", count=overview.faulty),
            words.say("intake.report.counted"),
            worst,  # type: ignore[arg-type]
        ),
        state="",
    )


def _call(one: CallOverview, overview: Overview, words: Words) -> Iterator[Block]:
    """One call: its key figures, a chart of its themes, its targets."""
    own = one.call.words(words.language)
    title = f"{own.say('call.title')} {one.call.edition}".strip()
    yield content.Heading(title, 1, "section")
    yield content.KeyFigures(tuple(money_figures(one, words)))
    if any(theme.theme for theme in one.themes):
        yield content.Heading(words.say("intake.report.themes"), 2)
        yield _theme_chart(one, overview, words)
    if one.targets:
        yield content.Heading(words.say("intake.report.targets"), 2)
        yield content.KeyFigures(tuple(target_figures(one, words)))


def _theme_chart(one: CallOverview, overview: Overview, words: Words) -> content.Figure:
    """What is asked and paid with own means in each theme."""
    bars = tuple(
        content.CostBar(
            tables.theme_said(overview, one.call.id, theme.theme, words),
            theme.asked,
            theme.own_means,
        )
        for theme in one.themes[:30]
    )
    largest = max((max(bar.subsidy, 0) + max(bar.own_means, 0) for bar in bars), default=0)
    told = "; ".join(f"{bar.label}: {money(bar.subsidy, words.language)}" for bar in bars)
    return content.Figure(
        content.CostChart(bars, largest),
        words.say("intake.report.alt_themes", bars=told),
        words.say("intake.report.themes_caption"),
    )


def _table(table: Table, words: Words, widths: tuple[float, ...]) -> Iterator[Block]:
    """A list, up to a number of rows."""
    found = list(islice(table.rows, MOST_ROWS + 1))
    if not found:
        yield content.Paragraph(words.say("intake.report.none"), "quiet")
        return
    columns = tuple(
        content.Column(column.heading, width, "left" if column.kind == "text" else "right")
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = tuple(
        content.Row(
            tuple(
                _shown(column.kind, value, words)
                for column, value in zip(table.columns, row, strict=True)
            )
        )
        for row in found[:MOST_ROWS]
    )
    yield content.Table(columns, rows, words.say("intake.report.alt_list", count=len(rows)))
    if len(found) > MOST_ROWS:
        yield content.Paragraph(words.say("intake.report.more", most=MOST_ROWS), "quiet")


def _shown(kind: str, value: Any, words: Words) -> str:
    """A cell as text without control signs."""
    if value is None or value == "":
        return "–"
    if isinstance(value, int):
        return money(value, words.language) if kind == "money" else number(value, words.language)
    return "".join(sign if sign.isprintable() else " " for sign in value)[:600]
