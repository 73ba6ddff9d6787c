"""Charts as drawings of `reportlab.graphics`: vectors in the PDF, SVG in the window."""

from __future__ import annotations

import re
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from sif_desktop.document import style
from sif_desktop.document.content import CostChart
from sif_desktop.document.fonts import FAMILY, STYLES, face
from sif_desktop.document.style import Type
from sif_desktop.language import Words, money

_ROW = 19.0
_BAR = 9.0
_LABELS = 150.0
_LEGEND = 22.0


def cost_drawing(chart: CostChart, known: Words, width: float) -> Any:
    """Costs as bars: dark for what is asked, light for own means, the sum at the end."""
    drawing = empty_drawing(width, _LEGEND + len(chart.bars) * _ROW + 4)
    y = drawing.height - 10
    legend = (("charts.subsidy", style.ACCENT, 0.0), ("charts.own_means", style.PALE, 130.0))
    for key, colour, x in legend:
        drawing.add(box(_LABELS + x, y - 1, 9, 9, colour))
        drawing.add(text(known.say(key), _LABELS + x + 14, y, style.CAPTION))
    amounts = [money(bar.subsidy + bar.own_means, known.language) for bar in chart.bars]
    letters = face(style.CELL.style)
    widest = max((letters.width(amount, style.CELL.size) for amount in amounts), default=0)
    scale = (width - _LABELS - widest - 8) / max(chart.largest, 1)
    y = drawing.height - _LEGEND
    drawing.add(rule(_LABELS, y, _LABELS, y - len(chart.bars) * _ROW, 0.6, style.QUIET))
    for bar, amount in zip(chart.bars, amounts, strict=True):
        y -= _ROW
        drawing.add(text(bar.label, 0, y + 6, style.CELL, room=_LABELS - 8))
        x = _LABELS
        for part, colour in ((bar.subsidy, style.ACCENT), (bar.own_means, style.PALE)):
            length = max(part, 0) * scale
            if length > 0:
                drawing.add(box(x, y + (_ROW - _BAR) / 2, length, _BAR, colour, style.ACCENT))
            x += length
        drawing.add(text(amount, x + 5, y + 6, style.CELL))
    return drawing


def empty_drawing(width: float, height: float) -> Any:
    """A drawing that starts in our own font: ReportLab's would not be embedded."""
    drawing: Any = Drawing(width, height)
    drawing.initialFontName = face("Regular").name
    return drawing


def text(
    string: str, x: float, y: float, kind: Type, *, room: float = 0, centred: bool = False
) -> Any:
    """A line of text in a drawing, clipped to `room` where that is given."""
    letters = face(kind.style)
    shown = letters.clip(string, kind.size, room) if room else letters.drawn(string)
    return String(
        x,
        y,
        shown,
        fontName=letters.name,
        fontSize=kind.size,
        fillColor=HexColor(kind.colour),
        textAnchor="middle" if centred else "start",
    )


def box(  # noqa: PLR0917 - a place and a size, then its colours
    x: float, y: float, width: float, height: float, fill: str, stroke: str = ""
) -> Any:
    """A filled rectangle; `stroke` is the colour of its outline."""
    shape: Any = Rect(x, y, width, height)
    shape.fillColor = HexColor(fill)
    shape.strokeColor = HexColor(stroke) if stroke else None
    shape.strokeWidth = 0.5
    return shape


def rule(  # noqa: PLR0917 - two places, then how it looks
    x: float, y: float, to_x: float, to_y: float, width: float, colour: str
) -> Any:
    """A straight line."""
    return Line(x, y, to_x, to_y, strokeWidth=width, strokeColor=HexColor(colour))


def svg(drawing: Any) -> bytes:
    """A drawing as SVG in UTF-8, with the family's own name for its fonts.

    It has no clip path: drawings keep within their edges, and Qt would paint it as a black box.
    """
    made = _CLIP.sub("", str(renderSVG.drawToString(drawing)))
    for name in STYLES:
        made = made.replace(f"NotoSans-{name};", f"'{FAMILY}';{_SVG_STYLES[name]}")
    return made.encode("utf-8")


_CLIP = re.compile(r"<clipPath.*?</clipPath>|style=\"clip-path: url\(#clip\)\"", re.DOTALL)
_SVG_STYLES = {
    "Regular": "",
    "Bold": "font-weight:bold;",
    "Italic": "font-style:italic;",
    "BoldItalic": "font-weight:bold;font-style:italic;",
}
