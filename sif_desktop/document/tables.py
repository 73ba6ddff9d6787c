"""Tables as strips: plain texts in fixed widths, light rules, heads that come again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sif_desktop.document import style
from sif_desktop.document.content import Align, Row, Table
from sif_desktop.document.fonts import face
from sif_desktop.document.strips import Rule, Strip, ending, line, lines_of
from sif_desktop.document.style import Type

_ABOVE, _BELOW, _GAP = 3.0, 3.5, 10.0
_WHOLE = 14
"""Rows of more lines than this are cut into parts, so that a page can end within them."""
_PART = 6
_HIGHEST_WHOLE = 230.0
_NARROWEST = 46.0
"""The width of a column of amounts at least, so that tables below each other line up."""
_LOOKED_AT = 600
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Place:
    x: float
    width: float
    align: Align


def table(block: Table, *, before: float) -> list[Strip]:
    """The strips of a table. One that is not high is never parted."""
    places = _places(block)
    head = _head(block, places)
    head.before = before
    again = (_head(block, places),)
    strips = [head]
    for row in block.rows:
        strips += _row(row, places, again, block.titled)
    highest = _HIGHEST_WHOLE if block.titled is None else _HIGHEST_WHOLE / 2
    whole = sum(strip.height for strip in strips) <= highest
    # A few rows stay with the head, and the last row, often a sum, with those before it.
    for strip in strips[:-1] if whole else [*strips[:3], *strips[-3:-1]]:
        strip.keep = True
    return strips


def _places(block: Table) -> list[_Place]:
    """Where each column stands: as wide as its content, or by its share of what is left.

    No column is narrower than its longest word, as long as that leaves room for the others.
    """
    room = style.WIDTH - _GAP * (len(block.columns) - 1)
    most = room * 0.3
    least = [min(width, most) for width in _needed(block)]
    fixed = sum(
        width for width, column in zip(least, block.columns, strict=True) if not column.width
    )
    widths = _shared([column.width for column in block.columns], least, max(room - fixed, room / 3))
    scale = min(room / sum(widths), 1)
    places, x = [], 0.0
    for width, column in zip(widths, block.columns, strict=True):
        places.append(_Place(x, width * scale, column.align))
        x += width * scale + _GAP
    return places


def _needed(block: Table) -> list[float]:
    """What each column needs: its longest word, or all of its longest text if it has no share."""
    head, cell = face(style.CELL_HEAD.style), face(style.CELL_BOLD.style)
    needed = []
    for place, column in enumerate(block.columns):
        width = max(head.width(word, style.CELL_HEAD.size) for word in column.head.split(" "))
        texts = {row.cells[place] for row in block.rows}
        if column.width:
            words = {word for text in texts for word in text[:_LOOKED_AT].split(" ")}
        else:
            words = texts
            width = max(width, _NARROWEST if column.align == "right" else 0)
        signs = sorted(words, key=len)[-_LONGEST:]
        # A hair more, or what just fits would be broken by the rounding of sums.
        needed.append(max([width, *(cell.width(sign, style.CELL.size) for sign in signs)]) + 0.1)
    return needed


def _shared(shares: list[float], least: list[float], room: float) -> list[float]:
    """The widths of columns by their shares of `room`, none of them below its least width."""
    short = {place for place, share in enumerate(shares) if not share}
    while True:
        free = [place for place in range(len(shares)) if place not in short]
        held = sum(least[place] for place in short if shares[place])
        whole = sum(shares[place] for place in free)
        widths = list(least)
        for place in free:
            widths[place] = max(room - held, 0) * shares[place] / whole
        under = {place for place in free if widths[place] < least[place]}
        if not under:
            return widths
        short |= under


def _head(block: Table, places: Sequence[_Place]) -> Strip:
    kind = style.CELL_HEAD
    cells = [
        _lines(column.head, kind, place.width, False)[:4]
        for column, place in zip(block.columns, places, strict=True)
    ]
    tallest = max(map(len, cells))
    strip = Strip(tallest * kind.leading + _BELOW + 1, keep=True)
    for lines, place in zip(cells, places, strict=True):
        # Heads stand on the rule, whatever their number of lines.
        _cell(strip, lines, place, (tallest - len(lines)) * kind.leading)
    strip.marks.append(
        Rule(0, strip.height - 0.5, style.WIDTH, strip.height - 0.5, 0.9, style.ACCENT)
    )
    return strip


def _row(
    row: Row, places: Sequence[_Place], again: tuple[Strip, ...], titled: int | None
) -> Iterator[Strip]:
    """The strips of a row: one, unless it is very long."""
    kind = style.CELL_BOLD if row.manner == "sum" else style.CELL
    cells = [
        _lines(text, kind, place.width, number == titled)
        for number, (text, place) in enumerate(zip(row.cells, places, strict=True))
    ]
    tallest = max(map(len, cells))
    size = tallest if tallest <= _WHOLE else _PART
    for start in range(0, tallest, size):
        first, last = start == 0, start + size >= tallest
        above, below = (_ABOVE if first else 0.0), (_BELOW if last else 0.0)
        count = min(size, tallest - start)
        strip = Strip(above + count * kind.leading + below, repeat=again)
        for lines, place in zip(cells, places, strict=True):
            _cell(strip, lines[start : start + size], place, above)
        if first and row.manner == "sum":
            strip.marks.append(Rule(0, 0, style.WIDTH, 0, 0.9, style.QUIET))
        elif last:
            strip.marks.append(Rule(0, strip.height, style.WIDTH, strip.height, 0.4, style.RULE))
        yield strip


def _lines(text: str, kind: Type, width: float, titled: bool) -> list[tuple[str, Type]]:
    """The lines of a cell, each with its kind; a title is bold."""
    if not titled:
        return [(part, kind) for part in lines_of(text, kind, width)]
    title, _, rest = text.partition("\n")
    lines = [(part, style.CELL_BOLD) for part in lines_of(title, style.CELL_BOLD, width)]
    return lines + (_lines(rest, kind, width, False) if rest else [])


def _cell(strip: Strip, lines: Sequence[tuple[str, Type]], place: _Place, top: float) -> None:
    """Puts the lines of a cell into a strip."""
    for number, (text, kind) in enumerate(lines):
        y = top + number * kind.leading
        if place.align == "right":
            strip.marks.append(ending(text, place.x + place.width, y, kind))
        elif text:
            strip.marks.append(line(text, place.x, y, kind))
