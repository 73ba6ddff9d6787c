"""The contents: where the listed headings stand, filled in once the pages are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sif_desktop.document import style
from sif_desktop.document.content import Contents, Document, Heading
from sif_desktop.document.fonts import face
from sif_desktop.document.strips import Link, PageNumber, Rule, Strip, in_column, line, lines_of
from sif_desktop.document.style import Type


def contents(block: Contents, document: Document) -> list[Strip]:
    """The listed headings with their numbers and pages, each a link."""
    strips = in_column([block.title], 0, style.SECTION, 0)
    strips[0].new_page = True
    strips[0].height += style.GRID
    strips[0].keep = True
    for heading in listed(document.blocks):
        top = heading.level == 1
        kind = Type("Bold" if top else "Regular", 9.5, 14, style.INK)
        x = 0.0 if top else 24.0
        gap = 24.0 if top else 33.0
        text_x = x + gap if heading.number else x
        room = style.WIDTH - text_x - 40
        text = lines_of(heading.text, kind, room)
        text = [*text[:1], f"{text[1]} …"] if len(text) > 2 else text
        for place, part in enumerate(text):
            strip = Strip(kind.leading, before=(6.0 if top else 1.0) if place == 0 else 0)
            if place == 0 and heading.number:
                strip.marks.append(line(heading.number, x, 0, kind))
            strip.marks.append(line(part, text_x, 0, kind))
            strip.keep = place < len(text) - 1 or top
            strips.append(strip)
        _dots(strips[-1], heading, kind)
    strips[-1].keep = False
    return strips


def _dots(strip: Strip, heading: Heading, kind: Type) -> None:
    """The page on which a heading stands, the dots that lead to it, and a link."""
    text: Any = strip.marks[-1]
    start = text.x + face(kind.style).width(text.text, kind.size) + 6
    strip.marks += [
        Rule(start, text.y - 0.5, style.WIDTH - 26, text.y - 0.5, 0.5, style.RULE, dash=1.5),
        PageNumber(style.WIDTH, text.y, heading.anchor, kind.style, kind.size, kind.colour),
        Link(0, 0, style.WIDTH, strip.height, heading.anchor),
    ]


def listed(blocks: Iterable[object]) -> list[Heading]:
    """The headings that stand in the contents."""
    return [block for block in blocks if isinstance(block, Heading) and block.listed]
