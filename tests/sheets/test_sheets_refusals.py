"""Bad workbooks: each is refused in plain words, or told cell by cell, and never half applied."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from dossiers import example_proposal
from sheets.workbooks import (
    CATEGORY,
    DESCRIPTION,
    HEADS,
    OFFICE,
    PARTNER,
    RELATIONS,
    SUBSIDY,
    TOTAL,
    by_hand,
    changed,
    example_workbook,
    plain,
    row_of,
    seen,
    sheet_xml,
    text_row,
    written,
)

from sif_desktop.errors import NewerError, SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.sheets.cells import MOST_ROWS
from sif_desktop.sheets.read import read

HEADINGS = text_row(1, "Omschrijving", "Subsidie")
LINE = example_proposal().budget[0].id


def refused(file: Path) -> str:
    """The key of the error that a file is refused with; it has words in all languages."""
    with pytest.raises(SifError) as caught:
        seen(file)
    for language in LANGUAGES:
        said = words(language).say(f"errors.{caught.value.key}", **caught.value.figures)
        assert "{" not in said
        assert file.name in said
    return caught.value.key


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

NO_WORKBOOKS: dict[str, tuple[bytes, str]] = {
    "password": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99), "sheet_password"),
    "old kind": (OLE, "sheet_old"),
    "empty": (b"", "sheet_damaged"),
    "text": (b"Kost;Bedrag\n1;2\n", "sheet_damaged"),
    "cut short": (example_workbook()[:5000], "sheet_damaged"),
    "end only": (b"PK\x05\x06" + bytes(18), "sheet_damaged"),
    "other zip": (b"PK\x03\x04" + bytes(60), "sheet_damaged"),
}


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_a_file_that_is_no_workbook(name: str, tmp_path: Path) -> None:
    file = tmp_path / "begroting.xlsx"
    file.write_bytes(NO_WORKBOOKS[name][0])
    assert refused(file) == NO_WORKBOOKS[name][1]


def test_an_opendocument_sheet_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.ods"
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(file) == "sheet_opendocument"


def test_a_locked_part_asks_for_the_password(tmp_path: Path) -> None:
    file = by_hand(tmp_path / "a.xlsx", sheet_xml(HEADINGS))
    data = bytearray(file.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    file.write_bytes(data)
    assert refused(file) == "sheet_password"


DOCTYPE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
GOOD = sheet_xml(HEADINGS + text_row(2, "x", ""))

BAD_XML: dict[str, str | bytes] = {
    "entities": DOCTYPE + sheet_xml(text_row(1, "Omschrijving", "Subsidie")),
    "entities in UTF-16": (DOCTYPE.replace("?>", ' encoding="UTF-16"?>', 1) + GOOD).encode(
        "utf-16"
    ),
    "file from outside": OUTSIDE + GOOD,
    "not well formed": GOOD[:-3],
    "no xml": "hallo",
    "binary": bytes(range(256)),
    "row twice": sheet_xml(HEADINGS + text_row(1, "x")),
    "row too far": sheet_xml('<row r="1048577"/>'),
    "row without end": sheet_xml(f'<row r="{"9" * 5000}"/>'),
    "row below one": sheet_xml('<row r="-1"/>'),
    "cell twice": sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
    "cell of another row": sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>'),
    "column too far": sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "no reference": sheet_xml('<row r="1"><c r="1A"><v>1</v></c></row>'),
    "no number": sheet_xml('<row r="1"><c r="A1"><v>abc</v></c></row>'),
    "no such text": sheet_xml('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    "unknown kind": sheet_xml('<row r="1"><c r="A1" t="zz"><v>7</v></c></row>'),
    "bad merge": sheet_xml(HEADINGS, '<mergeCells><mergeCell ref="A"/></mergeCells>'),
    "merge of nothing": sheet_xml(HEADINGS, "<mergeCells><mergeCell/></mergeCells>"),
    "huge text": sheet_xml(text_row(1, "x" * 2_000_000)),
}


@pytest.mark.parametrize("name", BAD_XML)
def test_a_sheet_that_is_damaged_or_hostile(name: str, tmp_path: Path) -> None:
    content = BAD_XML[name]
    file = by_hand(tmp_path / "a.xlsx", "", {"xl/worksheets/sheet1.xml": content})
    assert refused(file) == "sheet_damaged"


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
@pytest.mark.parametrize("content", [DOCTYPE + "<x/>", "<x", ""])
def test_each_part_that_is_read_is_guarded(part: str, content: str, tmp_path: Path) -> None:
    assert refused(by_hand(tmp_path / "a.xlsx", GOOD, {part: content})) == "sheet_damaged"


def test_a_text_document_of_the_same_family_is_no_workbook(tmp_path: Path) -> None:
    document = "<document><body/></document>"
    assert refused(by_hand(tmp_path / "a.docx", "", {"xl/workbook.xml": document})) == (
        "sheet_damaged"
    )


def test_a_path_out_of_the_file_leads_nowhere(tmp_path: Path) -> None:
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="s1" Type="{OFFICE}/worksheet" '
        'Target="../../../etc/passwd"/></Relationships>'
    )
    file = by_hand(tmp_path / "a.xlsx", GOOD, {"xl/_rels/workbook.xml.rels": rels})
    assert refused(file) == "sheet_damaged"


def test_what_blows_up_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    bomb = sheet_xml("<row>" + "<c/>" * 20_000_000 + "</row>")
    file = by_hand(tmp_path / "a.xlsx", bomb)
    del bomb
    tracemalloc.start()
    try:
        assert refused(file) == "sheet_too_large"
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_million_rows_are_refused_plainly(tmp_path: Path) -> None:
    file = by_hand(tmp_path / "a.xlsx", sheet_xml("<row><c><v>1</v></c></row>" * 1_000_000))
    tracemalloc.start()
    try:
        assert refused(file) == "sheet_too_many_rows"
        assert tracemalloc.get_traced_memory()[1] < 64 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_few_rows_far_down_are_no_million_rows(tmp_path: Path) -> None:
    rows = HEADINGS + '<row r="1048576"><c r="B1048576"><v>12.5</v></c></row>'
    found = seen(by_hand(tmp_path / "a.xlsx", sheet_xml(rows)))
    assert [one.line.subsidy for one in found.differences] == [1250]


def number_row(number: int, value: str, more: str = "") -> str:
    """A row with a description and an amount as the file has it."""
    text = '<c t="inlineStr"><is><t>Iets</t></is></c>'
    return f'<row r="{number}">{text}<c {more}><v>{value}</v></c></row>'


@pytest.mark.parametrize(
    ("value", "cents"),
    [
        ("1234.56", 123456),
        ("1234.5599999999999", 123456),
        ("0.30000000000000004", 30),
        ("1E3", 100_000),
        ("-0.01", -1),
        ("99999999999.99", 9_999_999_999_999),
        ("4.35", 435),
        ("0", 0),
    ],
)
def test_amounts_come_in_to_the_cent(value: str, cents: int, tmp_path: Path) -> None:
    file = by_hand(tmp_path / "a.xlsx", sheet_xml(HEADINGS + number_row(2, value)))
    found = seen(file)
    assert found.unreadable == ()
    assert [one.line.subsidy for one in found.differences] == [cents]


@pytest.mark.parametrize(
    ("value", "more", "reason"),
    [
        ("0.125", "", "decimals"),
        ("333.333333333333", "", "decimals"),
        ("1e12", "", "too_large"),
        ("1e999", "", "too_large"),
        ("nan", "", "too_large"),
        ("1", 't="b"', "not_a_number"),
        ("1.250,00", 't="str"', "not_a_number"),
        ("#REF!", 't="e"', "formula_error"),
        ("2013-01-01", 't="d"', "not_a_number"),
    ],
)
def test_what_is_no_amount_is_told_and_not_rounded(
    value: str, more: str, reason: str, tmp_path: Path
) -> None:
    file = by_hand(tmp_path / "a.xlsx", sheet_xml(HEADINGS + number_row(2, value, more)))
    (one,) = seen(file).unreadable
    assert (one.row, one.column, one.reference, one.reason) == (2, "subsidy", "B2", reason)


def _set(column: int, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, LINE), column).value = value

    return change


def _merge(sheet: Any) -> None:
    sheet.merge_cells(f"F{HEADS + 1}:G{HEADS + 2}")


TELLING: dict[str, tuple[Callable[[Any], None], str, str]] = {
    "merged cells": (_merge, "F5", "merged"),
    "text as amount": (_set(SUBSIDY, "duizend"), "G5", "not_a_number"),
    "digits as text": (_set(SUBSIDY, "1.250,00"), "G5", "not_a_number"),
    "formula without value": (_set(SUBSIDY, "=1000*2"), "G5", "no_value"),
    "text by formula": (_set(CATEGORY, "=A1"), "D5", "no_value"),
    "unknown choice": (_set(CATEGORY, "Koffie"), "D5", "not_in_list"),
    "unknown partner": (_set(PARTNER, "Niemand"), "A5", "not_in_list"),
    "tick as text": (_set(DESCRIPTION, True), "F5", "not_a_text"),
    "typed total": (_set(TOTAL, 1), "I5", "total"),
}


@pytest.mark.parametrize("name", TELLING)
def test_each_cell_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    change, reference, reason = TELLING[name]
    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    told = [(one.reference, one.reason) for one in found.unreadable]
    assert told == [(reference, reason)]


def test_all_of_them_are_told_at_once_in_order(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(9, SUBSIDY).value = "x"
        sheet.cell(7, SUBSIDY).value = 0.001
        sheet.cell(7, CATEGORY).value = "x"

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    assert [one.reference for one in found.unreadable] == ["D7", "G7", "G9"]


def test_a_total_that_was_typed_right_is_taken(tmp_path: Path) -> None:
    line = example_proposal().budget[0]
    assert isinstance(line.subsidy, int)
    assert isinstance(line.own_means, int)
    total = (line.subsidy + line.own_means) / 100
    found = seen(changed(example_workbook(), _set(TOTAL, total), tmp_path / "a.xlsx"))
    assert (found.edits, found.unreadable) == ((), ())


def test_headings_that_are_wrong(tmp_path: Path) -> None:
    def head(column: int, text: str) -> Callable[[Any], None]:
        def change(sheet: Any) -> None:
            sheet.cell(HEADS, column).value = text

        return change

    gone = changed(example_workbook(), head(SUBSIDY, "Geld"), tmp_path / "a.xlsx")
    assert refused(gone) == "sheet_heading_gone"
    twice = changed(example_workbook(), head(CATEGORY, "Partner"), tmp_path / "b.xlsx")
    assert refused(twice) == "sheet_heading_twice"
    other = plain(tmp_path / "c.xlsx", [["Naam", "Adres"], ["An", "Dorp"]])
    assert refused(other) == "sheet_headings"
    assert refused(plain(tmp_path / "d.xlsx", [])) == "sheet_headings"


def test_a_heading_that_is_gone_is_told_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(HEADS, SUBSIDY).value = "Geld"

    told = {}
    for language in LANGUAGES:
        data = written(example_proposal(), language=language)
        with pytest.raises(SifError) as caught:
            seen(changed(data, change, tmp_path / f"{language}.xlsx"))
        told[language] = caught.value.figures["columns"]
    assert told == {"nl": "Gevraagde subsidie", "en": "Subsidy asked", "fr": "Subvention demandée"}


@pytest.mark.parametrize("text", ["{}", '{"format":1}', "[" * 100_000, "null", "", "1", '"x"'])
def test_the_hidden_sheet_is_not_trusted(text: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book: Any = load_workbook(BytesIO(example_workbook()))
    book["sif"].cell(1, 2).value = text[:30_000]
    book.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == "sheet_hidden_damaged"


def test_a_workbook_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book: Any = load_workbook(BytesIO(example_workbook()))
    cell = book["sif"].cell(1, 2)
    cell.value = cell.value.replace('"format":1', '"format":2')
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(NewerError):
        read(tmp_path / "a.xlsx")


def test_no_damage_whatever_gives_anything_but_a_plain_error(tmp_path: Path) -> None:
    rng = random.Random(7)
    with ZipFile(BytesIO(example_workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if "sheet" in name or "rels" in name or "workbook" in name]
    bits = (
        b"<",
        b">",
        b'"',
        b"</v>",
        b"<c/>",
        b"-",
        b"9" * 400,
        b"\x00",
        b"\xff",
        b"<f>1</f>",
        b"",
    )
    for number in range(150):
        name = rng.choice(names)
        data = bytearray(parts[name])
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 12)] = rng.choice(bits)
        file = tmp_path / f"{number}.xlsx"
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for other, content in parts.items():
                archive.writestr(other, bytes(data) if other == name else content)
        try:
            seen(file)
        except SifError as error:
            assert words("nl").say(f"errors.{error.key}", **error.figures)


def test_rows_up_to_the_limit_are_read(tmp_path: Path) -> None:
    rows = HEADINGS + "".join(number_row(n, "1") for n in range(2, MOST_ROWS + 1))
    assert len(seen(by_hand(tmp_path / "a.xlsx", sheet_xml(rows))).differences) == MOST_ROWS - 1
