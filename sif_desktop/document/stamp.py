"""What is seen of a signature in a PDF: who signed, as what and when, in the dossier's letters."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from sif_desktop.document import style
from sif_desktop.document.fonts import face
from sif_desktop.document.prose import line

_SIZE, _SMALLEST, _LEADING, _LEFT = 7.5, 5.5, 9.5, 6.0


def draw(lines: tuple[str, ...], width: float, height: float) -> bytes:
    """A PDF of one page of this size (in points) with the lines.

    A line that is too long is set smaller, and clipped where even that does not do.
    """
    out = BytesIO()
    canvas: Any = Canvas(out, pagesize=(width, height), pageCompression=1, invariant=1)
    canvas.setFillColor(HexColor(style.RULE))
    canvas.rect(0, 0, 1.5, height, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#000000"))
    y = height - _LEADING
    for place, said in enumerate(lines):
        letters = face("Bold" if place == 0 else "Regular")
        text, room = line(said), width - 2 * _LEFT
        size = max(_SMALLEST, min(_SIZE, _SIZE * room / max(1.0, letters.width(text, _SIZE))))
        canvas.setFont(letters.name, size)
        canvas.drawString(_LEFT, y, letters.clip(text, size, room + 0.1))
        y -= _LEADING
    canvas.showPage()
    canvas.save()
    return out.getvalue()
