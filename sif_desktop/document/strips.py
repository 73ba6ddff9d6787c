"""What pages are laid out with: strips, as wide as the page's text, that are never cut across.

A strip holds what is drawn in it, with places measured from its top left corner, downwards. A
line of a paragraph is a strip, and so is a row of a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sif_desktop.document.content import Heading
from sif_desktop.document.fonts import face
from sif_desktop.document.style import Type


class Text(NamedTuple):
    """A line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    style: str
    size: float
    colour: str


class PageNumber(NamedTuple):
    """The number of the page on which an anchor stands, ending at `x`."""

    x: float
    y: float
    anchor: str
    style: str
    size: float
    colour: str


class Box(NamedTuple):
    """A filled rectangle, with its corners rounded by `radius`; `stroke` is its outline or ""."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    radius: float = 0


class Rule(NamedTuple):
    """A line from one point to another; `dash` is the length of its dashes, 0 for none."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    colour: str
    dash: float = 0


class Picture(NamedTuple):
    """A drawing of `reportlab.graphics`, whose lower left corner is at (x, y)."""

    x: float
    y: float
    drawing: Any


class Link(NamedTuple):
    """An area that leads to an anchor."""

    x: float
    y: float
    width: float
    height: float
    anchor: str


class Place(NamedTuple):
    """An area with a name, invisible: a program that signs the document finds it by that."""

    x: float
    y: float
    width: float
    height: float
    anchor: str


Mark = Text | PageNumber | Box | Rule | Picture | Link | Place


@dataclass(slots=True)
class Strip:
    """A piece of a page.

    `before` is the space above it, left out at the top of a page; `keep` holds it together with
    the next strip; `needs` is the height that must be left for it on a page. `repeat` are the
    strips that come first when a page begins with this one. `heading` is the heading that it
    begins with. With `new_page` it begins a page.
    """

    height: float
    marks: list[Mark] = field(default_factory=list)
    before: float = 0
    keep: bool = False
    needs: float = 0
    repeat: tuple[Strip, ...] = ()
    heading: Heading | None = None
    new_page: bool = False


def line(text: str, x: float, y: float, kind: Type) -> Text:
    """A line of text of a kind, ready to be drawn, whose box has its top at `y`."""
    return Text(x, y + baseline(kind), text, kind.style, kind.size, kind.colour)


def ending(text: str, x: float, y: float, kind: Type) -> Text:
    """A line of text that ends at `x`."""
    return line(text, x - face(kind.style).width(text, kind.size), y, kind)


def baseline(kind: Type) -> float:
    """How far below the top of its box the base line of a text stands."""
    return (kind.leading + 0.72 * kind.size) / 2


def lines_of(text: str, kind: Type, width: float) -> list[str]:
    """`text` in lines of a kind and width."""
    return face(kind.style).wrap(text, kind.size, width)


def in_column(
    lines: Sequence[str], x: float, kind: Type, before: float, *, keep_all: bool = False
) -> list[Strip]:
    """Lines as strips, of which the first two and the last two are never parted."""
    last = len(lines) - 1
    return [
        Strip(
            kind.leading,
            [line(text, x, 0, kind)],
            before=0 if place else before,
            keep=place < last and (keep_all or place == 0 or place == last - 1),
        )
        for place, text in enumerate(lines)
    ]
