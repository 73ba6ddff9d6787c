"""How the document looks: the page, one grid, a scale of type, and few colours.

Lengths are in points. Colours keep a contrast of 4.5 to 1 and more with what they stand on, and
differ in lightness, so that a print in grey says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
MARGIN = 62.0
TOP = 78.0
BOTTOM = 74.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
GRID = 7.0

INK = "#1c2430"
QUIET = "#56616e"
ACCENT = "#0d4a63"
MARKED = "#a8480c"
OUTCOME = "#f2a33a"
BAD = "#9c1c28"
GOOD = "#22663b"
RULE = "#c9d2da"
TINT = "#eff3f6"
PALE = "#a9cbd9"
MARKED_TINT = "#fbf1e9"
BAD_TINT = "#fbeeee"
GOOD_TINT = "#edf5ef"
WATERMARK = "#f1f3f6"
WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of text: style of the family, size, distance of the lines, colour."""

    style: str
    size: float
    leading: float
    colour: str = INK


BODY = Type("Regular", 9.5, 14)
LEAD = Type("Regular", 10.5, 15.5)
REMARK = Type("Italic", 9, 14, QUIET)
SECTION = Type("Bold", 19, 24.5, ACCENT)
PART = Type("Bold", 12.5, 17.5)
QUESTION = Type("Bold", 9.5, 14, ACCENT)
LABEL = Type("Regular", 8.5, 14, QUIET)
CELL = Type("Regular", 8, 11)
CELL_BOLD = Type("Bold", 8, 11)
CELL_HEAD = Type("Bold", 7.5, 10.5, QUIET)
CAPTION = Type("Regular", 8, 11, QUIET)
FURNITURE = Type("Regular", 7.5, 10.5, QUIET)
FURNITURE_BOLD = Type("Bold", 7.5, 10.5, QUIET)
DIGEST = Type("Regular", 6.5, 10.5, QUIET)
TILE_LABEL = Type("Regular", 7.5, 10.5, QUIET)
TILE_VALUE = Type("Bold", 15, 21)
TITLES = tuple(
    Type("Bold", size, leading, ACCENT)
    for size, leading in ((28, 35), (24, 31.5), (20, 28), (16, 21), (13, 17.5))
)

TONES = {
    "neutral": (ACCENT, TINT),
    "good": (GOOD, GOOD_TINT),
    "caution": (MARKED, MARKED_TINT),
    "bad": (BAD, BAD_TINT),
}
"""The colour and the tint of each tone."""
