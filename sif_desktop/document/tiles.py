"""Key figures as tiles, three on a row, with a meter where a share has a ceiling."""

from __future__ import annotations

from sif_desktop.document import style
from sif_desktop.document.content import KeyFigure, KeyFigures, Meter
from sif_desktop.document.strips import Box, Mark, Rule, Strip, line, lines_of
from sif_desktop.document.style import Type

_ACROSS = 3
_GAP = 10.0
_PADDING = 10.0
_WIDTH = (style.WIDTH - (_ACROSS - 1) * _GAP) / _ACROSS
HEIGHT = 80.0
"""The height of a tile."""

_VALUES = (
    style.TILE_VALUE,
    Type("Bold", 12.5, 17.5),
    Type("Bold", 10.5, 14),
    Type("Bold", 8.5, 10.5),
)


def tiles(block: KeyFigures, *, before: float) -> list[Strip]:
    """The tiles in rows."""
    strips = []
    for start in range(0, len(block.items), _ACROSS):
        strip = Strip(HEIGHT, before=before if start == 0 else _GAP)
        for place, item in enumerate(block.items[start : start + _ACROSS]):
            strip.marks += tile(item, place * (_WIDTH + _GAP), 0)
        strips.append(strip)
    return strips


def tile(item: KeyFigure, x: float, y: float) -> list[Mark]:
    """A tile with its top left corner at (x, y)."""
    colour, tint = style.TONES[item.tone]
    inner = _WIDTH - 2 * _PADDING
    marks: list[Mark] = [
        Box(x, y, _WIDTH, HEIGHT, tint),
        Rule(x, y, x + _WIDTH, y, 1.6, colour),
    ]
    left = x + _PADDING
    label = lines_of(item.label, style.TILE_LABEL, inner)[0]
    marks.append(line(label, left, y + 8, style.TILE_LABEL))
    kind, values = _value(item.value, inner)
    top = y + 20
    for number, text in enumerate(values):
        marks.append(line(text, left, top + number * kind.leading, _coloured(kind, colour)))
    notes = lines_of(item.note, style.TILE_LABEL, inner)[:2] if item.note else []
    bottom = y + HEIGHT - (15 if item.meter else 8)
    for number, text in enumerate(notes):
        height = (len(notes) - number) * style.TILE_LABEL.leading
        marks.append(line(text, left, bottom - height, style.TILE_LABEL))
    if item.meter:
        marks += _meter(item.meter, left, y + HEIGHT - 12, inner, colour)
    return marks


def _value(value: str, width: float) -> tuple[Type, list[str]]:
    """The value in the largest type in which it fits."""
    for kind in _VALUES:
        lines = lines_of(value, kind, width)
        if len(lines) * kind.leading <= 29:
            return kind, lines
    kept = lines[: int(29 // kind.leading)]
    return kind, [*kept[:-1], f"{kept[-1][:-2]}…"]


def _coloured(kind: Type, colour: str) -> Type:
    return Type(kind.style, kind.size, kind.leading, colour)


def _meter(meter: Meter, x: float, y: float, width: float, colour: str) -> list[Mark]:
    """A bar for the share, with a tick where the ceiling is; the scale ends past the ceiling."""
    scale = max(meter.ceiling * 5 // 4, 1)
    filled = width * min(max(meter.share, 0), scale) / scale
    tick = x + width * meter.ceiling / scale
    marks: list[Mark] = [Box(x, y, width, 4, style.WHITE, style.RULE)]
    if filled > 0:
        marks.append(Box(x, y, filled, 4, colour))
    return [*marks, Rule(tick, y - 2, tick, y + 6, 1.2, style.INK)]
