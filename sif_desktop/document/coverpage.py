"""The cover: which call, which project, by whom, its key figures and its state."""

from __future__ import annotations

from sif_desktop.document import style
from sif_desktop.document.content import Cover, Document
from sif_desktop.document.strips import Box, Mark, Rule, Strip, ending, line, lines_of
from sif_desktop.document.style import Type
from sif_desktop.document.tiles import HEIGHT, tiles

_BAND = 92.0
_BAND_TEXT = Type("Bold", 12.5, 17.5, style.WHITE)
_BAND_QUIET = Type("Regular", 9, 14, "#dfe9ee")
_KICKER = Type("Bold", 9, 14, style.MARKED)
_COORDINATOR = Type("Bold", 11.5, 15.5)
_ACRONYM = Type("Bold", 14, 21, style.INK)
_MOST_LINES = 5


def cover(block: Cover, document: Document) -> list[Strip]:
    """The cover as one strip that fills the page."""
    strip = Strip(style.HEIGHT)
    strip.marks += _band(block)
    y = _BAND - style.TOP + 56
    strip.marks.append(line(block.kicker, 0, y, _KICKER))
    y += 20
    kind, lines = _title(block.title)
    for text in lines:
        strip.marks.append(line(text, 0, y, kind))
        y += kind.leading
    if block.acronym:
        y += 6
        acronym = lines_of(block.acronym, _ACRONYM, style.WIDTH)[0]
        strip.marks.append(line(acronym, 0, y, _ACRONYM))
        y += _ACRONYM.leading
    y += 18
    label, name = block.coordinator
    strip.marks.append(line(label, 0, y, style.CAPTION))
    y += 13
    for text in lines_of(name, _COORDINATOR, style.WIDTH)[:2]:
        strip.marks.append(line(text, 0, y, _COORDINATOR))
        y += _COORDINATOR.leading
    strip.marks += _lower_half(block)
    return [strip]


def _band(block: Cover) -> list[Mark]:
    """The band at the head of the page, over its whole width, with the call's name."""
    left, top = -style.MARGIN, -style.TOP
    marks: list[Mark] = [Box(left, top, style.PAGE_WIDTH, _BAND, style.ACCENT)]
    room = style.WIDTH - 150
    title = lines_of(block.call, _BAND_TEXT, room)[:2]
    y = top + 32 - (len(title) - 1) * 7
    for text in title:
        marks.append(line(text, 0, y, _BAND_TEXT))
        y += _BAND_TEXT.leading
    edition = lines_of(block.edition, _BAND_QUIET, room)[0]
    marks.append(line(edition, 0, y + 1, _BAND_QUIET))
    marks.append(ending(block.state, style.WIDTH, top + 32, _BAND_TEXT))
    return marks


def _title(title: str) -> tuple[Type, list[str]]:
    """The title in the largest type in which it stands on the cover; clipped where none does."""
    for kind in style.TITLES:
        lines = lines_of(title, kind, style.WIDTH)
        if len(lines) * kind.leading <= 108:
            return kind, lines
    kept = lines[:_MOST_LINES]
    return kind, [*kept[:-1], f"{kept[-1][:-2]}…"]


def _lower_half(block: Cover) -> list[Mark]:
    """The key figures and the bottom line of the checks, standing on the foot of the page."""
    marks: list[Mark] = []
    colour, tint = style.TONES[block.bottom_line.tone]
    texts = lines_of(block.bottom_line.text, style.BODY, style.WIDTH - 32)[:4]
    height = 30 + len(texts) * style.BODY.leading
    top = style.HEIGHT - height - 4
    marks += [
        Box(0, top, style.WIDTH, height, tint),
        Box(0, top, 3, height, colour),
        line(block.bottom_line.title, 16, top + 8, Type("Bold", 9.5, 14, colour)),
    ]
    for place, text in enumerate(texts):
        marks.append(line(text, 16, top + 23 + place * style.BODY.leading, style.BODY))
    rows = tiles(block.figures, before=0)
    y = top - 14 - len(rows) * HEIGHT - (len(rows) - 1) * 10
    marks.append(Rule(0, y - 16, style.WIDTH, y - 16, 0.6, style.RULE))
    for row in rows:
        marks += [_moved(mark, y) for mark in row.marks]
        y += HEIGHT + 10
    return marks


def _moved(mark: Mark, by: float) -> Mark:
    """A mark, further down."""
    if isinstance(mark, Rule):
        return mark._replace(y=mark.y + by, to_y=mark.to_y + by)
    return mark._replace(y=mark.y + by)
