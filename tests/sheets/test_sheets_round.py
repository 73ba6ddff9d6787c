"""A workbook that goes out and comes back: with nothing changed, and with just what was changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dossiers import big_proposal, example_proposal, the_call
from hypothesis import HealthCheck, given, settings
from sheets.workbooks import (
    CATEGORY,
    DESCRIPTION,
    HEADS,
    ID,
    OWN_MEANS,
    PARTNER,
    PERIOD,
    SUBSIDY,
    TOTAL,
    WORK_PACKAGE,
    changed,
    end_of,
    example_workbook,
    row_of,
    seen,
    written,
)
from strategies import proposals

from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model.edit import Add, Drop, Set, apply_all
from sif_desktop.model.proposal import Proposal

SOME = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partner", [None, 0, -1])
def test_what_was_not_touched_changes_nothing(
    language: Language, partner: int | None, tmp_path: Path
) -> None:
    one = "" if partner is None else example_proposal().partners[partner].id
    file = tmp_path / "a.xlsx"
    file.write_bytes(written(example_proposal(), language=language, partner=one))
    found = seen(file)
    assert (found.edits, found.unreadable, found.left_out) == ((), (), ())


def test_the_largest_budget_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(written(big_proposal()))
    found = seen(file, big_proposal())
    assert (found.edits, found.unreadable) == ((), ())


@SOME
@given(proposal=proposals())
def test_any_proposal_comes_back_as_it_was(proposal: Proposal, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    for partner in ("", *(one.id for one in proposal.partners[:1])):
        file.write_bytes(written(proposal, partner=partner))
        found = seen(file, proposal)
        assert (found.edits, found.unreadable) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "@SUM(A1)",
        "+32 15",
        "-x",
        "\tx",
        "_x0041_",
        "_x005F_x0041_",
        "a\r\nb",
        "\x00\x0b",
        "#N/A",
        "TRUE",
        "1e5",
        " x ",
        "é" * 40_000,
        "_x0041_" * 6_000,
        "\ufffe",
        "007",
    ],
)
def test_any_description_comes_back_as_it_was(text: str, tmp_path: Path) -> None:
    line = example_proposal().budget[0].model_copy(update={"description": text})
    proposal = example_proposal().model_copy(update={"budget": (line,)})
    file = tmp_path / "a.xlsx"
    file.write_bytes(written(proposal))
    assert seen(file, proposal).edits == ()
    found = seen(changed(written(proposal), lambda _: None, file), proposal)
    assert (found.edits, found.unreadable) == ((), ())


def test_the_same_proposal_gives_the_same_bytes() -> None:
    assert written(example_proposal()) == written(example_proposal())


def test_changed_cells_come_back_as_just_those_edits(tmp_path: Path) -> None:
    budget = example_proposal().budget
    first, second, third = budget[0].id, budget[1].id, budget[2].id

    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, first), SUBSIDY).value = 1234.56
        sheet.cell(row_of(sheet, first), OWN_MEANS).value = None
        sheet.cell(row_of(sheet, second), CATEGORY).value = "investment"
        sheet.cell(row_of(sheet, second), PERIOD).value = "  MAAND 1 tot 6 "
        sheet.cell(row_of(sheet, third), DESCRIPTION).value = "Anders"
        sheet.cell(row_of(sheet, third), WORK_PACKAGE).value = "wp 5"

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    assert found.unreadable == ()
    wanted = {
        f"budget/{first}/subsidy": 123456,
        f"budget/{first}/own_means": "",
        f"budget/{second}/category": "investment",
        f"budget/{second}/period": "m01-06",
        f"budget/{third}/description": "Anders",
        f"budget/{third}/work_package": example_proposal().work_packages[4].id,
    }
    assert {edit.at: edit.value for edit in found.edits if isinstance(edit, Set)} == wanted
    assert len(found.edits) == len(wanted) == len(found.differences)
    assert {one.row for one in found.differences} == {5, 6, 7}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_each_language_are_understood(language: Language, tmp_path: Path) -> None:
    line = example_proposal().budget[0]
    assert line.category == "staff"
    word = the_call().words(language).say("choices.cost_categories.operating")

    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, line.id), CATEGORY).value = word.upper()

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    assert found.edits == (Set(at=f"budget/{line.id}/category", value="operating"),)


def test_new_rows_are_new_lines_behind_the_row_above(tmp_path: Path) -> None:
    budget = example_proposal().budget
    partner = example_proposal().partners[0]

    def change(sheet: Any) -> None:
        at = end_of(sheet)
        sheet.cell(at, PARTNER).value = partner.short_name
        sheet.cell(at, DESCRIPTION).value = "Nieuw"
        sheet.cell(at, SUBSIDY).value = 100
        row = row_of(sheet, budget[3].id)
        sheet.insert_rows(row + 1)
        for place in range(1, TOTAL):  # a copied row, with its hidden id
            sheet.cell(row + 1, place).value = sheet.cell(row, place).value

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    new, _ = apply_all(example_proposal(), found.edits)
    assert len(new.budget) == len(budget) + 2
    assert len({line.id for line in new.budget}) == len(new.budget)
    assert [one.kind for one in found.differences] == ["added", "added"]
    copied, last = new.budget[4], new.budget[-1]
    assert copied.model_copy(update={"id": ""}) == budget[3].model_copy(update={"id": ""})
    assert (last.partner, last.description, last.subsidy) == (partner.id, "Nieuw", 10_000)
    assert (last.category, last.own_means) == ("", "")


@pytest.mark.parametrize("way", ["delete", "empty"])
def test_rows_taken_away_are_dropped(way: str, tmp_path: Path) -> None:
    line = example_proposal().budget[5]

    def change(sheet: Any) -> None:
        row = row_of(sheet, line.id)
        if way == "delete":
            sheet.delete_rows(row)
        else:
            for place in (PARTNER, *range(WORK_PACKAGE, TOTAL)):
                sheet.cell(row, place).value = None

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    assert found.edits == (Drop(at=f"budget/{line.id}"),)
    assert found.differences[0].line == line


def test_sorting_and_lost_ids_change_nothing(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        end = end_of(sheet)
        rows = [[sheet.cell(row, c).value for c in range(1, TOTAL)] for row in range(5, end)]
        for number, values in enumerate(reversed(rows), HEADS + 1):
            for place, value in enumerate(values, 1):
                sheet.cell(number, place).value = value if place != ID or number % 2 else None

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"))
    assert (found.edits, found.unreadable) == ((), ())


def test_work_done_meanwhile_in_the_draft_stays(tmp_path: Path) -> None:
    old = example_proposal()
    one, two, three, four, five = (line.id for line in old.budget[:5])
    draft, _ = apply_all(
        old,
        [
            Set(at=f"budget/{one}/own_means", value=777),
            Set(at=f"budget/{two}/subsidy", value=888),
            Add(at="budget", item={"id": "nieuw", "subsidy": 999}, after=one),
            Drop(at=f"budget/{three}"),
            Drop(at=f"budget/{four}"),
            Set(at=f"budget/{five}/subsidy", value=555),
            Set(at=f"partners/{old.partners[0].id}/short_name", value="Omgedoopt"),
        ],
    )

    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, one), SUBSIDY).value = 1
        sheet.cell(row_of(sheet, two), SUBSIDY).value = 2
        sheet.cell(row_of(sheet, three), SUBSIDY).value = 3
        sheet.delete_rows(row_of(sheet, five))

    found = seen(changed(example_workbook(), change, tmp_path / "a.xlsx"), draft)
    new, _ = apply_all(draft, found.edits)
    lines = {line.id: line for line in new.budget}
    assert (lines[one].subsidy, lines[one].own_means) == (100, 777)
    assert lines[two].subsidy == 200
    assert lines["nieuw"].subsidy == 999
    assert lines[three].subsidy == 300
    assert four not in lines
    assert five not in lines
    told = {one.line.id: one.meanwhile for one in found.differences}
    assert told == {one: False, two: True, three: True, five: True}


def test_a_partner_changes_only_its_own_lines(tmp_path: Path) -> None:
    proposal = example_proposal()
    mine, other = proposal.partners[0], proposal.partners[1]
    data = example_workbook(mine.id)

    def add(sheet: Any) -> None:
        sheet.cell(end_of(sheet), SUBSIDY).value = 10
        for row in range(HEADS + 1, end_of(sheet)):
            assert sheet.cell(row, PARTNER).value == mine.short_name
            sheet.cell(row, PARTNER).value = None

    found = seen(changed(data, add, tmp_path / "a.xlsx"))
    assert [edit.op for edit in found.edits] == ["add"]
    new, _ = apply_all(proposal, found.edits)
    assert sum(line.partner == mine.id for line in new.budget) == 1 + sum(
        line.partner == mine.id for line in proposal.budget
    )

    def take_over(sheet: Any) -> None:
        sheet.cell(HEADS + 1, PARTNER).value = other.short_name

    found = seen(changed(data, take_over, tmp_path / "b.xlsx"))
    assert [one.reason for one in found.unreadable] == ["other_partner"]

    def remove_all(sheet: Any) -> None:
        sheet.delete_rows(HEADS + 1, 500)

    gone = seen(changed(data, remove_all, tmp_path / "c.xlsx"))
    new, _ = apply_all(proposal, gone.edits)
    assert new.budget == tuple(line for line in proposal.budget if line.partner != mine.id)


def test_a_line_that_went_to_another_partner_is_not_touched(tmp_path: Path) -> None:
    proposal = example_proposal()
    mine, other = proposal.partners[0], proposal.partners[1]
    line = next(line for line in proposal.budget if line.partner == mine.id)
    draft, _ = apply_all(proposal, [Set(at=f"budget/{line.id}/partner", value=other.id)])

    def change(sheet: Any) -> None:
        sheet.cell(row_of(sheet, line.id), SUBSIDY).value = 9

    def remove(sheet: Any) -> None:
        sheet.delete_rows(row_of(sheet, line.id))

    data = example_workbook(mine.id)
    found = seen(changed(data, change, tmp_path / "a.xlsx"), draft)
    assert (found.edits, [one.reason for one in found.unreadable]) == ((), ["moved"])
    assert seen(changed(data, remove, tmp_path / "a.xlsx"), draft).edits == ()


def test_a_workbook_of_another_proposal_or_partner_is_refused(tmp_path: Path) -> None:
    proposal = example_proposal()
    file = tmp_path / "a.xlsx"
    file.write_bytes(example_workbook(proposal.partners[0].id))

    def refusal(other: Proposal, partner: str = "") -> str:
        with pytest.raises(SifError) as caught:
            seen(file, other, partner=partner)
        return caught.value.key

    assert refusal(proposal.model_copy(update={"id": "anders"})) == "sheet_other_proposal"
    assert refusal(proposal.model_copy(update={"call": "anders"})) == "import_other_call"
    assert refusal(proposal.model_copy(update={"partners": ()})) == "sheet_partner_gone"
    assert refusal(proposal, proposal.partners[1].id) == "sheet_other_partner"
