"""Workbooks for tests: those of ours, changed as a person would, and others made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from dossiers import example_proposal, the_call
from openpyxl import Workbook as Made
from openpyxl import load_workbook

from sif_desktop.language import Language
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.changes import Changes, changes
from sif_desktop.sheets.mapping import Rename
from sif_desktop.sheets.read import read
from sif_desktop.sheets.write import write

HEADS = 4
"""The row of the headings in a workbook of ours."""

PARTNER, ID, WORK_PACKAGE, CATEGORY, PERIOD, DESCRIPTION, SUBSIDY, OWN_MEANS, TOTAL = range(1, 10)


def written(proposal: Proposal, *, language: Language = "nl", partner: str = "") -> bytes:
    """The workbook of a proposal."""
    out = BytesIO()
    write(proposal, the_call(), out, language=language, partner=partner)
    return out.getvalue()


@cache
def example_workbook(partner: str = "") -> bytes:
    """The workbook of the example dossier, in Dutch."""
    return written(example_proposal(), partner=partner)


def changed(data: bytes, change: Callable[[Any], None], out: Path) -> Path:
    """A workbook in which `change` did something to the sheet of the budget."""
    book = load_workbook(BytesIO(data))
    change(book.worksheets[0])
    book.save(out)
    return out


def row_of(sheet: Any, line: str) -> int:
    """The row of a line by its hidden id."""
    rows = range(HEADS + 1, sheet.max_row + 1)
    return next(row for row in rows if sheet.cell(row, ID).value == line)


def end_of(sheet: Any) -> int:
    """The first row behind the lines."""
    rows = range(HEADS + 1, sheet.max_row + 2)
    return next(row for row in rows if not sheet.cell(row, ID).value)


def seen(
    file: Path,
    proposal: Proposal | None = None,
    *,
    partner: str = "",
    rename: Rename | None = None,
) -> Changes:
    """What the workbook in a file changes in a proposal, the example where none is given."""
    return changes(proposal or example_proposal(), the_call(), read(file), partner, rename)


def plain(out: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A spreadsheet of somebody else with the values of rows."""
    book = Made()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    book.save(out)
    return out


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def by_hand(out: Path, sheet: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """A minimal workbook with the XML of its one sheet; `parts` replaces or adds others."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="s1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in {**whole, **(parts or {})}.items():
            archive.writestr(name, content)
    return out


def sheet_xml(rows: str, behind: str = "") -> str:
    """The XML of a sheet with the XML of its rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def text_row(number: int, *texts: str) -> str:
    """The XML of a row of texts."""
    cells = (f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in texts)
    return f'<row r="{number}">{"".join(cells)}</row>'
