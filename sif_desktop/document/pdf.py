"""Writes a document as PDF: laid out first, then drawn page by page, then completed.

The layout is known before the first page is drawn, so that the contents and "page x of y" need
no second pass. ReportLab draws; pikepdf attaches proposal.json and takes out what changes from
run to run. The same document and proposal.json always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from reportlab.graphics import renderPDF
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from sif_desktop.document import style
from sif_desktop.document.content import Document
from sif_desktop.document.embedded import ATTACHED
from sif_desktop.document.fonts import face
from sif_desktop.document.furniture import draft_word, furniture
from sif_desktop.document.pages import Page, compose
from sif_desktop.document.setting import set_blocks
from sif_desktop.document.strips import Box, Link, PageNumber, Picture, Place, Rule, Strip, Text

_WATERMARK = "draft"


def write(document: Document, out: BinaryIO, *, proposal_json: bytes | None) -> None:
    """Writes the PDF of a document to a stream open for bytes, with its `proposal_json` attached.

    A document that is of no single proposal has none.
    """
    pages = compose(set_blocks(document), style.HEIGHT)
    drawn = BytesIO()
    _draw(document, pages, drawn)
    places = [] if document.draft else list(_places(pages))  # nobody signs a draft
    _complete(document, drawn, out, proposal_json, places)


def _draw(document: Document, pages: Sequence[Page], out: BytesIO) -> None:
    first_font: Any = face("Regular").name
    canvas = Canvas(
        out,
        pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=first_font,
        lang=_LANGUAGES[document.language],
    )
    _tell(canvas, document)
    if document.draft:
        _make_watermark(canvas, draft_word(document))
    numbers = {
        heading.anchor: number
        for number, page in enumerate(pages, 1)
        for _, heading in page.headings
    }
    for number, page in enumerate(pages, 1):
        if document.draft:
            canvas.doForm(_WATERMARK)
        own = Strip(0, furniture(document, page, number, len(pages)))
        _draw_strips(canvas, [*page.placed, (0.0, own)], numbers)
        _mark_headings(canvas, page)
        canvas.showPage()
    canvas.save()


_LANGUAGES = {"nl": "nl-BE", "en": "en-GB", "fr": "fr-BE"}


def _tell(canvas: Any, document: Document) -> None:
    """What the file says of itself."""
    canvas.setTitle(document.title[:1000])
    canvas.setAuthor(document.author[:1000])
    canvas.setSubject(document.subject[:1000])
    canvas.setCreator("SIF Desktop")
    canvas.setProducer("SIF Desktop")
    canvas.showOutline()
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _make_watermark(canvas: Any, word: str) -> None:
    """The mark of a draft, across the page and under its text.

    It is an artifact, and stands for no text: copying or extracting the text leaves it out.
    """
    letters = face("Bold")
    size = min(150.0, 560_000 / letters.width(word, 1000))
    canvas.beginForm(_WATERMARK, 0, 0, style.PAGE_WIDTH, style.PAGE_HEIGHT)
    canvas._code.append(
        "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC /Span <</ActualText <FEFF>>> BDC"
    )
    canvas.saveState()
    canvas.translate(style.PAGE_WIDTH / 2, style.PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFont(letters.name, size)
    canvas.setFillColor(HexColor(style.WATERMARK))
    canvas.drawCentredString(0, -size / 3, word)
    canvas.restoreState()
    canvas._code.append("EMC EMC")
    canvas.endForm()


def _draw_strips(
    canvas: Any, placed: Sequence[tuple[float, Strip]], numbers: dict[str, int]
) -> None:
    """Draws strips: surfaces and lines first, then all text in one go."""
    left, top = style.MARGIN, style.PAGE_HEIGHT - style.TOP
    texts: list[Text] = []
    for down, strip in placed:
        for mark in strip.marks:
            if isinstance(mark, Text):
                texts.append(mark._replace(x=mark.x + left, y=top - down - mark.y))
            elif isinstance(mark, PageNumber):
                texts.append(_page_number(mark, numbers, left, top - down))
            elif not isinstance(mark, Place):
                _DRAW[type(mark)](canvas, mark, left, top - down)
    _draw_texts(canvas, texts)


def _page_number(mark: PageNumber, numbers: dict[str, int], left: float, top: float) -> Text:
    number = str(numbers.get(mark.anchor, ""))
    x = mark.x + left - face(mark.style).width(number, mark.size)
    return Text(x, top - mark.y, number, mark.style, mark.size, mark.colour)


def _draw_texts(canvas: Any, texts: Sequence[Text]) -> None:
    out = canvas.beginText()
    last: tuple[str, float, str] = ("", 0.0, "")
    for text in texts:
        kind = (text.style, text.size, text.colour)
        if kind != last:
            if kind[:2] != last[:2]:
                out.setFont(face(text.style).name, text.size)
            if kind[2] != last[2]:
                out.setFillColor(_colour(text.colour))
            last = kind
        out.setTextOrigin(text.x, text.y)
        out._textOut(text.text)
    canvas.drawText(out)


def _box(canvas: Any, mark: Box, left: float, top: float) -> None:
    canvas.setFillColor(_colour(mark.fill))
    if mark.stroke:
        canvas.setStrokeColor(_colour(mark.stroke))
        canvas.setLineWidth(0.5)
    place = (left + mark.x, top - mark.y - mark.height, mark.width, mark.height)
    canvas.rect(*place, stroke=int(bool(mark.stroke)), fill=1)


def _rule(canvas: Any, mark: Rule, left: float, top: float) -> None:
    canvas.setStrokeColor(_colour(mark.colour))
    canvas.setLineWidth(mark.width)
    if mark.dash:
        canvas.setDash(mark.dash / 2, mark.dash * 1.5)
    canvas.line(left + mark.x, top - mark.y, left + mark.to_x, top - mark.to_y)
    if mark.dash:
        canvas.setDash()


def _picture(canvas: Any, mark: Picture, left: float, top: float) -> None:
    renderPDF.draw(mark.drawing, canvas, left + mark.x, top - mark.y)


def _link(canvas: Any, mark: Link, left: float, top: float) -> None:
    x, y = left + mark.x, top - mark.y
    canvas.linkRect("", mark.anchor, (x, y - mark.height, x + mark.width, y), thickness=0)


_DRAW: dict[type, Callable[[Any, Any, float, float], None]] = {
    Box: _box,
    Rule: _rule,
    Picture: _picture,
    Link: _link,
}

_COLOURS: dict[str, Any] = {}


def _colour(code: str) -> Any:
    if code not in _COLOURS:
        _COLOURS[code] = HexColor(code)
    return _COLOURS[code]


def _mark_headings(canvas: Any, page: Page) -> None:
    """Where links lead to, and the outline that viewers show beside the pages."""
    for down, heading in page.headings:
        y = style.PAGE_HEIGHT - style.TOP - down
        canvas.bookmarkPage(heading.anchor, fit="XYZ", left=0, top=y + style.GRID, zoom=0)
        text = " ".join(part for part in (heading.number, heading.text[:200]) if part)
        canvas.addOutlineEntry(text, heading.anchor, heading.level - 1, heading.level == 1)


def _complete(
    document: Document,
    drawn: BytesIO,
    out: BinaryIO,
    proposal_json: bytes | None,
    places: list[tuple[str, int, list[float]]],
) -> None:
    """Attaches the proposal, and names the places for signatures.

    It leaves out the dates: they would say when nothing was done.
    """
    with pikepdf.open(drawn) as pdf:
        if proposal_json is not None:
            attached = pikepdf.AttachedFileSpec(
                pdf,
                proposal_json,
                description=document.subject[:200],
                filename=ATTACHED,
                mime_type="application/json",
                relationship=pikepdf.Name.Data,
            )
            pdf.attachments[ATTACHED] = attached
            pdf.Root.AF = pikepdf.Array([attached.obj])
        if places:
            _name_places(pdf, places)
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version="1.7",
        )


def _places(pages: Sequence[Page]) -> Iterator[tuple[str, int, list[float]]]:
    """The named areas: name, place of the page, and left, bottom, right and top on it."""
    for number, page in enumerate(pages):
        for down, strip in page.placed:
            for mark in strip.marks:
                if isinstance(mark, Place):
                    x, y = style.MARGIN + mark.x, style.PAGE_HEIGHT - style.TOP - down - mark.y
                    yield mark.anchor, number, [x, y - mark.height, x + mark.width, y]


def _name_places(pdf: pikepdf.Pdf, places: list[tuple[str, int, list[float]]]) -> None:
    """Makes each area a named destination of the document."""
    entries = pikepdf.Array()
    for anchor, number, box in sorted(places):
        entries.append(pikepdf.String(anchor))
        sides = [round(side, 2) for side in box]
        page = pdf.pages[number].obj
        entries.append(pikepdf.Array([page, pikepdf.Name.FitR, *sides]))
    if "/Names" not in pdf.Root:
        pdf.Root.Names = pikepdf.Dictionary()
    limits = pikepdf.Array([entries[0], entries[len(entries) - 2]])
    leaf = pikepdf.Dictionary(Names=entries, Limits=limits)
    pdf.Root.Names.Dests = pikepdf.Dictionary(Kids=pikepdf.Array([pdf.make_indirect(leaf)]))
