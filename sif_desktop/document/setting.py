"""The blocks of a document as strips: how each of them looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sif_desktop.document import style
from sif_desktop.document.charts import cost_drawing
from sif_desktop.document.content import (
    BulletList,
    Contents,
    CostChart,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    KeyFigures,
    Note,
    PageBreak,
    Paragraph,
    Signatory,
    Table,
)
from sif_desktop.document.contents import contents
from sif_desktop.document.coverpage import cover
from sif_desktop.document.gantt import gantt_drawing
from sif_desktop.document.strips import (
    Box,
    Mark,
    Picture,
    Place,
    Rule,
    Strip,
    baseline,
    in_column,
    line,
    lines_of,
)
from sif_desktop.document.tables import table
from sif_desktop.document.tiles import tiles
from sif_desktop.language import words

_LABELS = 146.0
_INDENT = 14.0
_WHOLE = 14
_PART = 6
_HIGHEST_WHOLE = 360.0


def set_blocks(document: Document) -> list[Strip]:
    """The strips of a whole document, in order."""
    strips: list[Strip] = []
    new_page = False
    for block in document.blocks:
        if isinstance(block, PageBreak):
            new_page = True
            continue
        made = _SETTERS[type(block)](block, document)
        if made and new_page:
            made[0].new_page = True
            new_page = False
        strips += made
    return strips


def _heading(block: Heading, document: Document) -> list[Strip]:
    kind, before, needs = {
        "section": (style.SECTION, 5 * style.GRID, 330.0),
        "part": (style.PART, 3.5 * style.GRID, 96.0),
        "question": (style.QUESTION, 2 * style.GRID, 56.0),
    }[block.manner]
    number = f"{block.number}\u2002" if block.number else ""
    strips = in_column(
        lines_of(number + block.text, kind, style.WIDTH), 0, kind, before, keep_all=True
    )
    for strip in strips[-1:] if len(strips) < 12 else []:
        strip.keep = True
    strips[0].heading = block
    strips[0].needs = needs + len(strips) * kind.leading
    if block.manner == "section":
        below = strips[-1]
        below.height += style.GRID
        below.marks.append(
            Rule(0, below.height - 2, style.WIDTH, below.height - 2, 1.4, style.ACCENT)
        )
    return strips


def _paragraph(block: Paragraph, document: Document) -> list[Strip]:
    kind = {"body": style.BODY, "lead": style.LEAD, "quiet": style.REMARK}[block.manner]
    return in_column(lines_of(block.text, kind, style.WIDTH), 0, kind, style.GRID)


def _list(block: BulletList, document: Document) -> list[Strip]:
    kind, strips = style.BODY, []
    markers = block.markers or ("•",) * len(block.items)
    indent = _INDENT if not block.markers else 20.0
    for place, (marker, text) in enumerate(zip(markers, block.items, strict=True)):
        before = style.GRID if place == 0 else 2.5
        item = in_column(lines_of(text, kind, style.WIDTH - indent), indent, kind, before)
        item[0].marks.insert(0, line(marker, 2, 0, kind))
        strips += item
    return strips


def _facts(block: Facts, document: Document) -> list[Strip]:
    strips: list[Strip] = []
    for label, value in block.rows:
        strips += _fact(
            lines_of(label, style.LABEL, _LABELS - 10),
            lines_of(value, style.BODY, style.WIDTH - _LABELS),
        )
    strips[0].before = style.GRID
    # What is not high is never parted.
    for strip in strips[:-1] if sum(strip.height for strip in strips) < _HIGHEST_WHOLE else []:
        strip.keep = True
    return strips


def _fact(labels: list[str], values: list[str]) -> Iterator[Strip]:
    """A label with its value beside it, in parts where the value is very long."""
    leading = style.BODY.leading
    tallest = max(len(labels), len(values))
    size = tallest if tallest <= _WHOLE else _PART
    for start in range(0, tallest, size):
        first, last = start == 0, start + size >= tallest
        above = 2.5 if first else 0.0
        count = min(size, tallest - start)
        strip = Strip(above + count * leading + (3 if last else 0), keep=first and not last)
        for lines, x, kind in ((labels, 0.0, style.LABEL), (values, _LABELS, style.BODY)):
            y = above + baseline(style.BODY) - baseline(kind)
            strip.marks += [
                line(text, x, y + number * leading, kind)
                for number, text in enumerate(lines[start : start + size])
                if text
            ]
        if last:
            strip.marks.append(Rule(0, strip.height, style.WIDTH, strip.height, 0.4, style.RULE))
        yield strip


def _table(block: Table, document: Document) -> list[Strip]:
    return table(block, before=1.5 * style.GRID)


def _figure(block: Figure, document: Document) -> list[Strip]:
    known = words(document.language)
    if isinstance(block.data, CostChart):
        drawing = cost_drawing(block.data, known, style.WIDTH)
    else:
        drawing = gantt_drawing(block.data, known, style.WIDTH)
    height = float(drawing.height)
    strips = [Strip(height, [Picture(0, height, drawing)], before=1.5 * style.GRID)]
    if block.caption:
        strips[0].keep = True
        lines = lines_of(block.caption, style.CAPTION, style.WIDTH)
        strips += in_column(lines, 0, style.CAPTION, 4)
    return strips


def _key_figures(block: KeyFigures, document: Document) -> list[Strip]:
    return tiles(block, before=style.GRID)


def _note(block: Note, document: Document) -> list[Strip]:
    colour, tint = style.TONES[block.tone]
    inner = style.WIDTH - 26
    lines = [
        (text, style.Type("Bold", 9.5, 14, colour))
        for text in (lines_of(block.title, style.PART, inner) if block.title else [])
    ]
    lines += [(text, style.BODY) for text in lines_of(block.text, style.BODY, inner) if block.text]
    strips = []
    for place, (text, kind) in enumerate(lines):
        first, last = place == 0, place == len(lines) - 1
        above, below = (7.0 if first else 0.0), (8.0 if last else 0.0)
        height = above + kind.leading + below
        marks: list[Mark] = [
            Box(0, 0, style.WIDTH, height, tint),
            Box(0, 0, 3, height, colour),
            line(text, 16, above, kind),
        ]
        before = 1.5 * style.GRID if first else 0.0
        keep = not last and (len(lines) <= _WHOLE or place < 2)
        strips.append(Strip(height, marks, before=before, keep=keep))
    return strips


def _signatory(block: Signatory, document: Document) -> list[Strip]:
    """What is known of who signs on the left, the lines to fill in on the right."""
    half = style.WIDTH / 2 - 14
    left = [(text, style.QUESTION) for text in lines_of(block.organisation, style.QUESTION, half)]
    left += [(text, style.CAPTION) for text in lines_of(block.role, style.CAPTION, half)]
    for text in (block.name, block.function):
        left += [(part, style.BODY) for part in lines_of(text, style.BODY, half) if part]
    strip = Strip(0, before=2 * style.GRID)
    y = 10.0
    for text, kind in left[:24]:
        strip.marks.append(line(text, 0, y, kind))
        y += kind.leading
    x, right = style.WIDTH / 2 + 14, 14.0
    for place, label in enumerate(block.line_labels):
        right += 22.0 if place < len(block.line_labels) - 1 else 48.0
        strip.marks.append(Rule(x + 74, right, style.WIDTH, right, 0.6, style.QUIET))
        strip.marks.append(line(label, x, right - baseline(style.CAPTION), style.CAPTION))
    if block.anchor:
        strip.marks.append(Place(x + 74, right - 42, style.WIDTH - x - 74, 41, block.anchor))
    strip.height = max(y, right) + 14
    strip.marks.append(Rule(0, 0, style.WIDTH, 0, 0.6, style.RULE))
    return [strip]


_SETTERS: dict[type, Callable[[Any, Document], list[Strip]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    BulletList: _list,
    Facts: _facts,
    Table: _table,
    Figure: _figure,
    KeyFigures: _key_figures,
    Note: _note,
    Signatory: _signatory,
    Contents: contents,
    Cover: cover,
}
