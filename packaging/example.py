"""Makes the three attachments of the example dossier, and writes their figures into it.

    python packaging/example.py

The same script gives the same bytes. Whatever changes here changes a digest in
`resources/example/proposal.json`; so the script rewrites that file, in the same readable form.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pikepdf
from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

RESOURCES = Path(__file__).parent.parent / "resources"
PROPOSAL = RESOURCES / "example" / "proposal.json"
ATTACHMENTS = RESOURCES / "example" / "attachments"
TEXTS = tomllib.loads(Path(__file__).with_name("example_texts.toml").read_text(encoding="utf-8"))
MARK = "VOORBEELD – fictief"
WIDTH = A4[0] - 44 * mm

BODY = ParagraphStyle("body", fontName="Example", fontSize=10, leading=14.5, spaceAfter=7)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8.5, leading=12, textColor=colors.dimgray)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Example-Bold", fontSize=17, leading=22)
HEAD = ParagraphStyle(
    "head", parent=BODY, fontName="Example-Bold", fontSize=11.5, spaceBefore=9, keepWithNext=1
)
INK = colors.HexColor("#1f4e5f")


def main() -> None:
    """Writes the PDFs and then their figures."""
    for style, suffix in (("Regular", ""), ("Bold", "-Bold"), ("Italic", "-Italic")):
        registerFont(TTFont(f"Example{suffix}", RESOURCES / "fonts" / f"NotoSans-{style}.ttf"))
    registerFontFamily("Example", "Example", "Example-Bold", "Example-Italic", "Example-Bold")
    ATTACHMENTS.mkdir(parents=True, exist_ok=True)
    write("intentieverklaring.pdf", "Intentieverklaring", letter())
    write("bevraging-2012.pdf", "Bevraging in twee wijken, najaar 2012", survey())
    write("curricula-vitae.pdf", "Curricula vitae", resumes())
    refresh()


def write(name: str, title: str, story: list[Flowable]) -> None:
    """A PDF in which every page says that it is an example."""
    document = BaseDocTemplate(
        str(ATTACHMENTS / name),
        pagesize=A4,
        title=f"{title} ({MARK})",
        author="SIF Desktop",
        lang="nl-BE",
        invariant=1,
    )
    frame = Frame(22 * mm, 22 * mm, WIDTH, A4[1] - 50 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate(frames=[frame], onPage=mark))
    document.build(story)


def mark(canvas: Canvas, document: BaseDocTemplate) -> None:
    """The mark across the page and in its head, and the number of the page."""
    canvas.saveState()
    canvas.setFillColor(colors.HexColor("#eef1f2"))
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.setFont("Example-Bold", 58)
    canvas.drawCentredString(0, -20, MARK)
    canvas.restoreState()
    canvas.saveState()
    canvas.setFont("Example-Bold", 9)
    canvas.setFillColor(colors.HexColor("#9a2a1a"))
    canvas.drawString(22 * mm, A4[1] - 15 * mm, MARK)
    canvas.setFont("Example", 8.5)
    canvas.setFillColor(colors.dimgray)
    canvas.drawRightString(A4[0] - 22 * mm, A4[1] - 15 * mm, "Bijlage bij het voorbeelddossier")
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"Bladzijde {document.page}")
    canvas.restoreState()


def letter() -> list[Flowable]:
    """The letter of intent."""
    letter = TEXTS["letter"]
    lines = [Paragraph(line, SMALL) for line in letter["sender"]]
    to = [Paragraph("<br/>".join(letter["addressee"]), BODY), Paragraph(letter["place"], BODY)]
    text = [Paragraph(part, BODY) for part in letter["text"]]
    signed = [Paragraph("<br/>".join(letter["signed"]), BODY)]
    head = Paragraph(letter["subject"], HEAD)
    gap = Spacer(1, 8 * mm)
    return [
        Paragraph(letter["organisation"], TITLE),
        *lines,
        gap,
        *to,
        head,
        *text,
        Spacer(1, 6 * mm),
        *signed,
    ]


def survey() -> list[Flowable]:
    """The report of the survey: paragraphs, tables of counts, and a chart of the worries."""
    survey = TEXTS["survey"]
    story: list[Flowable] = [Paragraph(survey["title"], TITLE), Paragraph(survey["by"], SMALL)]
    for part in survey["parts"]:
        story.append(Paragraph(part["head"], HEAD))
        story += [Paragraph(text, BODY) for text in part["text"]]
        if "table" in part:
            story += [counts(part["table"]), Spacer(1, 4 * mm)]
        if "chart" in part:
            story += [KeepTogether([bars(part["chart"]), Paragraph(part["caption"], SMALL)])]
    return story


def counts(rows: list[tuple[str, str]]) -> Table:
    """A table of statements and how many agreed."""
    cells = [[left, right] for left, right in rows[:1]]
    cells += [[Paragraph(left, BODY), right] for left, right in rows[1:]]
    table = Table(cells, colWidths=[WIDTH - 32 * mm, 32 * mm], repeatRows=1)
    table.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), "Example", 10),
            ("FONT", (0, 0), (-1, 0), "Example-Bold", 10),
            ("ALIGN", (1, 0), (1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, colors.lightgrey),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 0),
        ]
    )
    return table


def bars(values: list[tuple[str, int]]) -> Drawing:
    """A bar for each worry, the most frequent one on top."""
    drawing = Drawing(WIDTH, 22 * len(values) + 26)
    chart = HorizontalBarChart()
    chart.x, chart.y = 66 * mm, 20
    chart.width, chart.height = WIDTH - 76 * mm, 22 * len(values)
    chart.data = [[count for _, count in reversed(values)]]
    chart.categoryAxis.categoryNames = [name for name, _ in reversed(values)]
    chart.categoryAxis.labels.fontName = chart.valueAxis.labels.fontName = "Example"
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 8.5
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, 30, 5
    chart.bars[0].fillColor, chart.bars[0].strokeColor = INK, None
    chart.barLabels.fontName, chart.barLabels.fontSize, chart.barLabels.dx = "Example", 8.5, 9
    chart.barLabelFormat = "%d"
    drawing.add(chart)
    return drawing


def resumes() -> list[Flowable]:
    """The CVs, each kept together on a page."""
    story: list[Flowable] = [Paragraph("Curricula vitae van de projectmedewerkers", TITLE)]
    for cv in TEXTS["cvs"]:
        rows = [[Paragraph(when, SMALL), Paragraph(what, BODY)] for when, what in cv["rows"]]
        table = Table(rows, colWidths=[30 * mm, WIDTH - 30 * mm])
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
        head, role = Paragraph(cv["name"], HEAD), Paragraph(cv["role"], SMALL)
        parts = [head, role, table, Spacer(1, 2 * mm), Paragraph(cv["text"], BODY)]
        story.append(KeepTogether([*parts, Spacer(1, 6 * mm)]))
    return story


def refresh() -> None:
    """Size, pages and digest of each attachment, as the files on disk have them."""
    tree: dict[str, Any] = json.loads(PROPOSAL.read_text(encoding="utf-8"))
    for attachment in tree["attachments"]:
        file = ATTACHMENTS / attachment["filename"]
        data = file.read_bytes()
        with pikepdf.open(file) as pdf:
            attachment["pages"] = len(pdf.pages)
        attachment["size"] = len(data)
        attachment["sha256"] = hashlib.sha256(data).hexdigest()
    text = json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
    PROPOSAL.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
