"""What a workbook is for whoever opens it: texts that stay texts, lists, sums, protected heads."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from dossiers import example_proposal, the_call
from openpyxl import load_workbook
from sheets.workbooks import (
    DESCRIPTION,
    HEADS,
    ID,
    OWN_MEANS,
    PARTNER,
    SUBSIDY,
    TOTAL,
    example_workbook,
    row_of,
    written,
)

from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model.edit import Set, apply_all
from sif_desktop.sheets.cells import MOST_ROWS

NASTY = (
    '=HYPERLINK("http://x","klik")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1",
    "\r=1",
    "=",
)


def opened(data: bytes) -> Any:
    """The workbook as another program reads it."""
    return load_workbook(BytesIO(data))


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_proposal_is_a_formula(text: str) -> None:
    old = example_proposal()
    places = (
        f"budget/{old.budget[0].id}/description",
        f"budget/{old.budget[0].id}/subsidy",
        f"budget/{old.budget[0].id}/category",
        f"partners/{old.partners[0].id}/short_name",
        f"work_packages/{old.work_packages[0].id}/title",
        "project/acronym",
    )
    nasty, _ = apply_all(old, [Set(at=at, value=text) for at in places])
    ours = re.compile(r"=(SUM\(|IF\(COUNT\(|SUMPRODUCT\()[^|\"']*")
    for sheet in opened(written(nasty)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert ours.match(cell.value), cell.value
                assert "HYPERLINK" not in cell.value
            elif isinstance(cell.value, str) and cell.value[:1] in ("=", "+", "-", "@", "\t", "\n"):
                assert cell.data_type == "s"
                assert cell.quotePrefix


def test_amounts_are_numbers_with_two_decimals_and_typed_text_stays() -> None:
    line = example_proposal().budget[0]
    proposal, _ = apply_all(
        example_proposal(),
        [
            Set(at=f"budget/{line.id}/subsidy", value=1_234_567_890_123),
            Set(at=f"budget/{line.id}/own_means", value="een beetje"),
        ],
    )
    sheet = opened(written(proposal)).worksheets[0]
    row = row_of(sheet, line.id)
    assert sheet.cell(row, SUBSIDY).value == 12_345_678_901.23
    assert sheet.cell(row, SUBSIDY).number_format == "#,##0.00"
    assert sheet.cell(row, OWN_MEANS).value == "een beetje"


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_are_in_the_language_and_protected_and_lines_are_not(language: Language) -> None:
    sheet = opened(written(example_proposal(), language=language)).worksheets[0]
    words = the_call().words(language)
    assert sheet.cell(HEADS, SUBSIDY).value == words.say("fields.line_subsidy.label")
    assert sheet.protection.sheet
    assert not sheet.protection.password
    locked = {sheet.cell(HEADS, place).protection.locked for place in range(1, TOTAL + 1)}
    assert locked == {True}
    for row in (HEADS + 1, sheet.max_row):
        assert not any(
            sheet.cell(row, place).protection.locked for place in (SUBSIDY, OWN_MEANS, TOTAL)
        )
    assert sheet.freeze_panes == "B5"
    assert sheet.column_dimensions["B"].hidden
    assert sheet.cell(HEADS + 1, ID).value == example_proposal().budget[0].id


def test_lists_offer_what_the_proposal_has() -> None:
    book = opened(example_workbook())
    lists = book["sif-lists"]
    assert [sheet.title for sheet in book if sheet.sheet_state == "hidden"] == ["sif-lists", "sif"]
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    ranges = [rule.formula1 for rule in rules.values() if rule.type == "list"]
    count = len(example_proposal().partners)
    assert ranges[0] == f"'sif-lists'!$A$1:$A${count}"
    offered = [lists.cell(row, 1).value for row in range(1, count + 1)]
    assert offered == [partner.short_name for partner in example_proposal().partners]
    assert len(ranges) == 4
    assert sum(rule.type == "decimal" for rule in rules.values()) == 2


def test_partners_with_one_name_can_be_told_apart() -> None:
    old = example_proposal()
    edits = [Set(at=f"partners/{one.id}/short_name", value="Zelfde") for one in old.partners[:2]]
    same, _ = apply_all(old, edits)
    lists = opened(written(same))["sif-lists"]
    assert [lists.cell(row, 1).value for row in (1, 2)] == ["Zelfde", "Zelfde (2)"]


def test_a_workbook_for_one_partner_holds_nothing_of_the_others() -> None:
    mine = example_proposal().partners[0]
    data = example_workbook(mine.id)
    sheet = opened(data).worksheets[0]
    names = {sheet.cell(row, PARTNER).value for row in range(HEADS + 1, sheet.max_row + 1)}
    assert names - {None} == {mine.short_name}
    with ZipFile(BytesIO(data)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8")
    for other in example_proposal().partners[1:]:
        assert other.short_name not in whole
    mine_too = {line.description for line in example_proposal().budget if line.partner == mine.id}
    for line in example_proposal().budget:
        assert line.description in mine_too or line.description not in whole
    assert sheet.cell(HEADS + 1, DESCRIPTION).value in mine_too


def test_nothing_in_the_file_tells_when_it_was_made() -> None:
    with ZipFile(BytesIO(example_workbook())) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {2013}
        assert archive.read("docProps/core.xml").count(b"2013-01-01T00:00:00Z") == 2


def test_what_cannot_be_a_workbook_is_told() -> None:
    with pytest.raises(SifError) as caught:
        written(example_proposal(), partner="wie")
    assert caught.value.key == "sheet_no_such_partner"
    line = example_proposal().budget[0]
    lines = tuple(line.model_copy(update={"id": f"l{n}"}) for n in range(MOST_ROWS))
    with pytest.raises(SifError) as caught:
        written(example_proposal().model_copy(update={"budget": lines}))
    assert caught.value.key == "sheet_too_many_lines"
