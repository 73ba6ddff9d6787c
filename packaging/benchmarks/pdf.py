"""What the PDF of the largest dossier costs, against the same text on a raw canvas.

    python packaging/benchmarks/pdf.py

Prints the ratio and ends with 1 where it is over the bar. The raw canvas breaks every text of the
document into lines with ReportLab's own widths and draws them one by one, in the same fonts: no
tables, no places, no contents, nothing attached.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from time import perf_counter

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from dossiers import big_proposal, the_call

from sif_desktop.document import style
from sif_desktop.document.content import (
    BulletList,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Signatory,
    Table,
)
from sif_desktop.document.dossier import describe
from sif_desktop.document.fonts import face
from sif_desktop.document.pdf import write
from sif_desktop.document.style import Type
from sif_desktop.model import canonical
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings

BAR = 2.5

Piece = tuple[str, Type, float]


def texts(document: Document) -> Iterator[Piece]:
    """Every text of a document, with its kind and the width that it gets."""
    for block in document.blocks:
        match block:
            case Heading():
                yield f"{block.number} {block.text}", style.PART, style.WIDTH
            case Paragraph():
                yield block.text, style.BODY, style.WIDTH
            case BulletList():
                yield from ((text, style.BODY, style.WIDTH) for text in block.items)
            case Facts():
                for label, value in block.rows:
                    yield label, style.LABEL, 140
                    yield value, style.BODY, style.WIDTH - 140
            case Note():
                yield block.title, style.PART, style.WIDTH
                yield block.text, style.BODY, style.WIDTH
            case Signatory():
                for text in (block.organisation, block.name, block.function, block.role):
                    yield text, style.BODY, style.WIDTH / 2
            case Table():
                yield from _cells(block)


def _cells(block: Table) -> Iterator[Piece]:
    fixed = sum(50 for column in block.columns if not column.width)
    whole = sum(column.width for column in block.columns) or 1
    room = style.WIDTH - fixed - 10 * len(block.columns)
    widths = [room * column.width / whole or 50 for column in block.columns]
    for column, width in zip(block.columns, widths, strict=True):
        yield column.head, style.CELL_HEAD, width
    for row in block.rows:
        for text, width in zip(row.cells, widths, strict=False):
            yield text, style.CELL, width


def raw(pieces: list[Piece]) -> bytes:
    """The texts on a canvas, line by line."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT), invariant=1)
    y = style.PAGE_HEIGHT - style.TOP
    for text, kind, width in pieces:
        name = face(kind.style).name
        canvas.setFont(name, kind.size)
        for line in simpleSplit(text, name, kind.size, width):
            if y < style.BOTTOM:
                canvas.showPage()
                canvas.setFont(name, kind.size)
                y = style.PAGE_HEIGHT - style.TOP
            canvas.drawString(style.MARGIN, y, line)
            y -= kind.leading
    canvas.save()
    return out.getvalue()


def measured(act: Callable[[], object]) -> float:
    """The seconds that an act takes."""
    gc.collect()
    start = perf_counter()
    act()
    return perf_counter() - start


def ratio(rounds: int = 2) -> tuple[float, float, float]:
    """The best of some rounds: the ratio, the seconds of the dossier, those of the raw canvas."""
    proposal, call = big_proposal(), the_call()
    data = canonical.to_json(proposal)
    findings: Findings = check(proposal, call)

    def described() -> Document:
        return describe(proposal, call, findings, draft=False, digest=canonical.digest(data))

    pieces = list(texts(described()))
    raw(pieces[:100])
    ours = theirs = float("inf")
    for _ in range(rounds):
        theirs = min(theirs, measured(lambda: raw(pieces)))
        ours = min(ours, measured(lambda: write(described(), BytesIO(), proposal_json=data)))
    return ours / theirs, ours, theirs


if __name__ == "__main__":
    found, ours, theirs = ratio(3)
    print(f"dossier {ours:.2f} s, raw canvas {theirs:.2f} s: ratio {found:.2f} (at most {BAR})")
    sys.exit(found > BAR)
