"""How the sheets look, on a screen and on paper, and what of them can be typed in."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from sif_desktop.sheets.cells import LAST_COLUMN, letters
from sif_desktop.sheets.columns import AMOUNTS, IDS, TOTAL

TITLE, GUIDANCE, HEAD = "sif title", "sif guidance", "sif head"
SUM, SUM_OF_ONE, TEXT, MONEY = "sif sum", "sif sum of one", "sif text", "sif amount"

_AMOUNT = "#,##0.00"
_INK, _PAPER, _PALE, _LINE = "1F3A5F", "FFFFFF", "E8EDF3", "C3CCD8"
_WIDTHS = {
    "partner": 24,
    "work_package": 32,
    "category": 24,
    "period": 20,
    "description": 48,
}
_WIDTH_OF_AMOUNT = 17
_LINE_HEIGHT, _MOST_LINES = 15, 10


def register(book: Any) -> None:
    """Makes the styles known to a workbook."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    line = Side(style="thin", color=_LINE)
    box = Border(left=line, right=line, top=line, bottom=line)
    pale = PatternFill("solid", fgColor=_PALE)
    top = Alignment(vertical="top", wrap_text=True)
    styles = [
        NamedStyle(TITLE, font=Font(name="Calibri", size=16, bold=True, color=_INK)),
        NamedStyle(GUIDANCE, font=Font(name="Calibri", size=11, italic=True, color="555555")),
        NamedStyle(
            HEAD,
            font=Font(name="Calibri", size=11, bold=True, color=_PAPER),
            fill=PatternFill("solid", fgColor=_INK),
            border=box,
            alignment=Alignment(vertical="center", wrap_text=True),
        ),
        NamedStyle(
            SUM,
            font=Font(name="Calibri", size=11, bold=True, color=_INK),
            fill=pale,
            border=box,
            number_format=_AMOUNT,
        ),
        NamedStyle(SUM_OF_ONE, font=_plain(Font), border=box, number_format=_AMOUNT),
        NamedStyle(
            TEXT,
            font=_plain(Font),
            border=box,
            alignment=top,
            number_format="@",
            protection=Protection(locked=False),
        ),
        NamedStyle(
            MONEY,
            font=_plain(Font),
            border=box,
            alignment=Alignment(vertical="top"),
            number_format=_AMOUNT,
            protection=Protection(locked=False),
        ),
    ]
    for style in styles:
        book.add_named_style(style)


def _plain(font: Any) -> Any:
    return font(name="Calibri", size=11)


def lay_out_budget(sheet: Any, places: Mapping[str, int], heads_row: int, last: int) -> None:
    """Widths, frozen heads, filter, print, and protection of all but the lines.

    Whole columns are open for typing, to the last one: a protected sheet lets only such rows be
    removed. Nothing has a password; the protection keeps from mistakes, not from will.
    """
    from openpyxl.styles import Protection

    for column, place in places.items():
        dimension = sheet.column_dimensions[letters(place)]
        dimension.width = _WIDTHS.get(column, _WIDTH_OF_AMOUNT)
        dimension.hidden = column == IDS
        dimension.protection = Protection(locked=False)
        dimension.number_format = _AMOUNT if column in (*AMOUNTS, TOTAL) else "@"
    beyond = sheet.column_dimensions[letters(len(places) + 1)]
    beyond.min, beyond.max, beyond.width = len(places) + 1, LAST_COLUMN, 9
    beyond.protection = Protection(locked=False)
    _raise_rows(sheet, heads_row, last)
    sheet.freeze_panes = f"B{heads_row + 1}"
    sheet.auto_filter.ref = f"A{heads_row}:{letters(len(places))}{last}"
    _print(sheet)
    sheet.print_title_rows = f"{heads_row}:{heads_row}"
    protection = sheet.protection
    protection.enable()
    for allowed in ("insertRows", "deleteRows", "sort", "autoFilter", "formatColumns"):
        setattr(protection, allowed, False)
    protection.formatRows = protection.formatCells = False


def _raise_rows(sheet: Any, first: int, last: int) -> None:
    """Gives rows the height that their longest text takes: not every program does so itself."""
    for cells in sheet.iter_rows(first, last):
        texts = [cell for cell in cells if cell.data_type == "s" and cell.value]
        needed = 1
        for cell in texts:
            width = sheet.column_dimensions[cell.column_letter].width - 1
            folded = sum(ceil(len(line) / width) or 1 for line in str(cell.value).split("\n"))
            needed = max(needed, min(folded, _MOST_LINES))
        sheet.row_dimensions[cells[0].row].height = _LINE_HEIGHT * needed + 2


def lay_out_totals(sheet: Any, columns: int) -> None:
    """Widths, frozen heads and print of the sums, all of which are protected."""
    sheet.column_dimensions["A"].width = 30
    for place in range(2, columns + 1):
        sheet.column_dimensions[letters(place)].width = _WIDTH_OF_AMOUNT
    _raise_rows(sheet, 1, sheet.max_row)
    sheet.freeze_panes = "B2"
    _print(sheet)
    sheet.protection.enable()


def _print(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.zoomScale = 90
