"""A workbook of ours, changed, calculated and saved by LibreOffice, comes back with just that."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from dossiers import example_proposal, the_call
from sheets.workbooks import (
    CATEGORY,
    DESCRIPTION,
    OWN_MEANS,
    PARTNER,
    SUBSIDY,
    changed,
    end_of,
    row_of,
    seen,
    written,
)

from sif_desktop.model.edit import Add, Drop, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.totals import totals
from sif_desktop.sheets.cells import Cell
from sif_desktop.sheets.read import read

ODD = (
    "=1+1",
    "@x",
    "_x0041_ b",
    "een\r\ntwee",
    "\x00nul",
    "  ruim  ",
    "007",
    "1e5",
    "TRUE",
    "é" * 33_000,
)
"""Descriptions that a spreadsheet might take for something else; none of them was changed."""


def resaved(files: list[Path], folder: Path) -> list[Path]:
    """The files as LibreOffice writes them after opening them, in one run of it."""
    out = folder / "opnieuw"
    profile = (folder / "profiel").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), *map(str, files)]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    return [out / file.name for file in files]


def odd_proposal() -> Proposal:
    """The example with descriptions and amounts that are hard on a spreadsheet."""
    budget = example_proposal().budget
    edits = [
        Set(at=f"budget/{line.id}/description", value=text)
        for line, text in zip(budget[10:], ODD, strict=False)
    ]
    edits.append(Set(at=f"budget/{budget[-1].id}/own_means", value="een beetje"))
    edits.append(Set(at=f"budget/{budget[-2].id}/own_means", value=""))
    edits.append(Set(at=f"budget/{budget[-3].id}/category", value="weg"))
    return apply_all(example_proposal(), edits)[0]


FIRST, SECOND, THIRD, FOURTH = (line.id for line in example_proposal().budget[:4])


def change(sheet: Any) -> None:
    """What a partner might do to the budget."""
    sheet.cell(row_of(sheet, FIRST), SUBSIDY).value = 1234.56
    sheet.cell(row_of(sheet, SECOND), OWN_MEANS).value = "=1000*1.21"
    sheet.cell(row_of(sheet, THIRD), CATEGORY).value = "Werking"
    sheet.cell(row_of(sheet, THIRD), DESCRIPTION).value = "Reiskosten, herzien"
    new = end_of(sheet)
    sheet.cell(new, PARTNER).value = example_proposal().partners[1].short_name
    sheet.cell(new, SUBSIDY).value = 0.1
    sheet.delete_rows(row_of(sheet, FOURTH))


def test_what_libreoffice_saved_comes_back_with_just_the_changes(tmp_path: Path) -> None:
    """One test for all three, since starting LibreOffice takes its time."""
    data = written(odd_proposal())
    untouched = tmp_path / "onveranderd.xlsx"
    untouched.write_bytes(data)
    files = [changed(data, change, tmp_path / "veranderd.xlsx"), untouched]
    assert seen(files[0], odd_proposal()).unreadable[0].reason == "no_value"
    first, second = resaved(files, tmp_path)
    nothing = seen(second, odd_proposal())
    assert (nothing.edits, nothing.unreadable) == ((), ())
    just_what_was_changed(first)
    sums_to_the_cent(second)


def just_what_was_changed(file: Path) -> None:
    found = seen(file, odd_proposal())
    assert found.unreadable == ()
    added = [edit for edit in found.edits if isinstance(edit, Add)]
    assert [edit for edit in found.edits if not isinstance(edit, Add)] == [
        Set(at=f"budget/{FIRST}/subsidy", value=123_456),
        Set(at=f"budget/{SECOND}/own_means", value=121_000),
        Set(at=f"budget/{THIRD}/category", value="operating"),
        Set(at=f"budget/{THIRD}/description", value="Reiskosten, herzien"),
        Drop(at=f"budget/{FOURTH}"),
    ]
    assert [(edit.item["partner"], edit.item["subsidy"]) for edit in added] == [
        (example_proposal().partners[1].id, 10)
    ]


def sums_to_the_cent(file: Path) -> None:
    """The formulas, as LibreOffice worked them out, give what the rules add up to."""
    proposal = odd_proposal()
    sums = totals(proposal, the_call())
    budget, table = (sheet.rows for sheet in read(file).visible)

    def cents(cell: Cell) -> int:
        assert cell.formula
        return round(float(cell.text) * 100)

    assert cents(budget[3][SUBSIDY]) == sums.whole.subsidy
    assert cents(budget[3][OWN_MEANS]) == sums.whole.own_means
    for row, partner in enumerate(proposal.partners, 2):
        assert table[row][1].text == partner.short_name
        for place, category in enumerate(the_call().choices["cost_categories"], 2):
            amount = sums.by_partner_category.get((partner.id, category))
            assert cents(table[row][place]) == (amount.total if amount else 0)
        assert cents(table[row][9]) == sums.by_partner[partner.id].total
    last = table[len(proposal.partners) + 2]
    assert cents(last[9]) == sums.whole.total
