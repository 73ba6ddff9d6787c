"""What an intake writes: the tables as a workbook, as CSV and as JSON, row by row.

Text of applicants is text and nothing else: in the workbook it is never a formula, and in the CSV
a cell that a spreadsheet would take for one begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from sif_desktop.app.intake import tables
from sif_desktop.app.intake.across import Overview
from sif_desktop.app.intake.ledger import Ledger
from sif_desktop.app.intake.tables import Column, Table
from sif_desktop.app.sources import cannot_read
from sif_desktop.language import Words

WORKBOOK, CSV, JSON, REPORT = "intake.xlsx", "intake.csv", "intake.json", "intake.pdf"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"text": 26, "number": 10, "money": 16}
_LONGEST_CELL = 32_000


def write_all(out: Path, ledger: Ledger, overview: Overview, words: Words) -> list[Path]:
    """Writes all four files, each whole or not at all, and gives them. Raises FileError."""
    from sif_desktop.app.intake.report import write_report
    from sif_desktop.writing import beside

    written = []
    for name, write in (
        (WORKBOOK, write_workbook),
        (CSV, write_csv),
        (JSON, write_json),
        (REPORT, write_report),
    ):
        path = out / name
        try:
            with beside(path) as stream:
                write(stream, ledger, overview, words)
        except OSError as error:
            raise cannot_read(path, error) from error
        written.append(path)
    return written


def all_tables(ledger: Ledger, overview: Overview, words: Words) -> Iterator[Table]:
    """The tables in their order."""
    yield tables.bundles(ledger, overview, words)
    yield tables.sums(overview, words)
    yield tables.organisations(ledger, words)
    yield tables.screening(ledger, words)
    yield tables.twice(ledger, words)


# --------------------------------------------------------------------------------- workbook
def write_workbook(stream: BinaryIO, ledger: Ledger, overview: Overview, words: Words) -> None:
    """The tables as sheets of a workbook; amounts are in euro. It is written as it goes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in all_tables(ledger, overview, words):
        sheet = book.create_sheet(table.title[:31])
        _fill(sheet, table)
    book.save(stream)


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column.kind]
    bold = Font(bold=True)
    heads = []
    for column in table.columns:
        head = _text_cell(WriteOnlyCell, sheet, column.heading)
        head.font = bold
        heads.append(head)
    sheet.append(heads)
    for row in table.rows:
        sheet.append(
            [
                _cell(WriteOnlyCell, sheet, column, value)
                for column, value in zip(table.columns, row, strict=True)
            ]
        )


def _cell(make: Any, sheet: Any, column: Column, value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _text_cell(make, sheet, value)
    cell = make(sheet, Decimal(value) / 100 if column.kind == "money" else value)
    if column.kind == "money":
        cell.number_format = "#,##0.00"
    return cell


def _text_cell(make: Any, sheet: Any, text: str) -> Any:
    """A cell that holds text, whatever it begins with."""
    cell = make(sheet, value="")
    cell.data_type = "s"
    cell._value = _writable(text)[:_LONGEST_CELL]
    return cell


def _writable(text: str) -> str:
    """A text without what no XML can carry."""
    return "".join(
        sign if sign in "\t\n" or (sign >= " " and sign not in "\ufffe\uffff") else "\ufffd"
        for sign in text
    )


# -------------------------------------------------------------------------------------- CSV
def write_csv(stream: BinaryIO, ledger: Ledger, overview: Overview, words: Words) -> None:
    """The table of bundles for other programs: commas, UTF-8, amounts in euro with a point."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    table = tables.bundles(ledger, overview, words)
    out = csv.writer(text)
    out.writerow([column.name for column in table.columns])
    for row in table.rows:
        out.writerow(
            [_plain(column, value) for column, value in zip(table.columns, row, strict=True)]
        )
    text.detach()


def _plain(column: Column, value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if column.kind == "money" and value is not None:
        return f"{Decimal(value) / 100:.2f}"
    return value


# ------------------------------------------------------------------------------------- JSON
def write_json(stream: BinaryIO, ledger: Ledger, overview: Overview, words: Words) -> None:
    """Everything for other programs; amounts are in whole cents, shares in basis points."""
    stream.write(b'{"format":1,"counts":')
    stream.write(_bytes({**overview.counts, "replaced": overview.replaced}))
    stream.write(b',"calls":')
    stream.write(_bytes([_call_data(one) for one in overview.calls]))
    for table in all_tables(ledger, overview, words):
        if table.name == "sums":
            continue
        stream.write(f',"{table.name}":['.encode())
        for place, row in enumerate(table.rows):
            names = (column.name for column in table.columns)
            data = dict(zip(names, row, strict=True))
            stream.write((b",\n" if place else b"\n") + _bytes(data))
        stream.write(b"]")
    stream.write(b"}\n")


def _call_data(one: Any) -> dict[str, Any]:
    return {
        "call": one.call.id,
        "edition": one.call.edition,
        "bundles": one.bundles,
        "asked": one.asked,
        "own_means": one.own_means,
        "money": one.money,
        "priority_share": one.priority_share,
        "priority_asked": one.priority_asked,
        "themes": [
            {
                "theme": theme.theme,
                "priority": theme.priority,
                "bundles": theme.bundles,
                "asked": theme.asked,
                "own_means": theme.own_means,
            }
            for theme in one.themes
        ],
        "targets": [
            {"field": target.field, "sum": target.sum, "target": target.target}
            for target in one.targets
        ],
    }


def _bytes(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
