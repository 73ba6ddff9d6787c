"""Sections that are told field by field: short facts, questions with answers, tables of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sif_desktop.calls.call import FieldSpec, Section
from sif_desktop.document.content import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Row,
    Table,
)
from sif_desktop.document.material import Material
from sif_desktop.document.prose import clean, line, paragraphs

_SHORT = 300
"""A text of at most this many characters, by its declaration, is told as a fact."""


def section_blocks(m: Material, section: Section) -> Iterator[Block]:
    """A section that the form shows as its fields one by one."""
    done = set()
    for (list_at, group), run in groupby(section.fields, lambda spec: (spec.list_at, spec.group)):
        if not list_at:
            level = 2
            if group:
                yield Heading(line(m.text(f"groups.{group}", group)), 2)
                level = 3
            yield from answered(m, run, None, level)
        elif list_at not in done:
            done.add(list_at)
            specs = [spec for spec in section.fields if spec.list_at == list_at]
            yield from _list(m, specs)


def answered(m: Material, specs: Iterable[FieldSpec], item: Any, level: int) -> Iterator[Block]:
    """Fields of an item, or of the proposal where `item` is None, in the form's order.

    A field that was left empty is told as such where the form wants it. What was filled in is
    always shown, also where the form does not ask for it (any more): who signs the dossier signs
    this too.
    """
    facts: list[tuple[str, str]] = []
    for spec in specs:
        value = m.value(spec, m.held(spec, item))
        if not value and not (spec.needed and m.asked(spec, item)):
            continue
        if is_short(spec):
            facts.append((m.label(spec), value or m.say("empty")))
            continue
        if facts:
            yield Facts(tuple(facts))
            facts = []
        yield Heading(line(m.label(spec)), level, "question", listed=False)
        yield from told(m, value)
    if facts:
        yield Facts(tuple(facts))


def told(m: Material, value: str) -> Iterator[Block]:
    """A typed text as paragraphs and lists, or the remark that there is none."""
    blocks = paragraphs(value)
    yield from blocks
    if not blocks:
        yield Paragraph(m.say("empty"), "quiet")


def is_short(spec: FieldSpec) -> bool:
    """Whether a field is told as a fact beside its label, and not as a text below it."""
    if spec.kind == "paragraph":
        return spec.longest is not None and spec.longest.characters <= _SHORT
    return True


def _list(m: Material, specs: list[FieldSpec]) -> Iterator[Block]:
    """The fields of a list: a table where all that is known of its items stands here."""
    list_at = specs[0].list_at
    items = list(items_at(m, list_at))
    own = len(specs) == len(list(m.call.fields_of(list_at)))
    name = line(m.text(f"lists.{list_at.rpartition('/')[2]}.many", list_at))
    if own:
        yield Heading(_capital(name), 2)
        yield from _as_table(m, specs, items, name)
        return
    for place, item in enumerate(items, 1):
        blocks = list(answered(m, specs, item, 3))
        if blocks:
            yield Heading(_called(m, item, place), 2)
            yield from blocks


def _as_table(m: Material, specs: list[FieldSpec], items: list[Any], name: str) -> Iterator[Block]:
    if not items:
        yield Paragraph(m.say("none"), "quiet")
        return
    rows = tuple(
        Row(tuple(clean(m.value(spec, m.held(spec, item))) or "–" for spec in specs))
        for item in items
    )
    yield Table(
        tuple(
            Column(line(m.label(spec)), _width([row.cells[place] for row in rows]))
            for place, spec in enumerate(specs)
        ),
        rows,
        m.say("alt_list", name=name, count=len(rows)),
    )


def items_at(m: Material, list_at: str) -> Iterator[Any]:
    """The items of a list, also of one within the items of another."""
    holders: list[Any] = [m.proposal]
    for name in list_at.split("/*/"):
        holders = [item for holder in holders for item in getattr(holder, name, ())]
    yield from holders


def _called(m: Material, item: Any, place: int) -> str:
    """What an item goes by: its name or title, or its place in the list."""
    for name in ("name", "title"):
        called = line(str(getattr(item, name, "")))
        if called:
            return called
    return m.say("item_number", number=place)


def _width(texts: list[str]) -> float:
    """The share of a table's width that suits texts: longer ones get more, but not as much more."""
    mean = sum(min(len(text), 600) for text in texts) / len(texts)
    return float(max(mean, 9) ** 0.6)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
