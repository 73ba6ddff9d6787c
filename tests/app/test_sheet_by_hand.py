"""Telling by hand how a stranger's spreadsheet is read, and what a review makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from dossiers import example_proposal, the_call
from openpyxl import load_workbook
from sheets.workbooks import (
    DESCRIPTION,
    PARTNER,
    SUBSIDY,
    changed,
    end_of,
    example_workbook,
    plain,
    row_of,
)

from sif_desktop.app import sheet
from sif_desktop.app.own_parts import OwnParts
from sif_desktop.app.session import Session
from sif_desktop.app.sheet_by_hand import ByHand
from sif_desktop.app.sheet_review import entries, own_edits, review
from sif_desktop.errors import SifError
from sif_desktop.language import words
from sif_desktop.model.edit import Add, apply_all
from sif_desktop.sheets.mapping import Rename, from_tree, to_tree
from sif_desktop.sheets.read import read
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.packet import make_packet

EXAMPLE = example_proposal()
OTHER = EXAMPLE.partners[1]
ROWS: list[list[object]] = [
    ["Begroting", None],
    ["Kost", "Soort", "Bedrag", "Wie", 2013, None],
    ["Gids", "loon", 10, "Demerzicht", 1, 2],
    ["Gids", "Werking", 20.5, "", 1, 2],
    ["Zaal", "  LOON ", 30, "Demerzicht", None, None],
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own folder, empty."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "thuis"))


def by_hand(file: Path) -> ByHand:
    return ByHand(EXAMPLE, the_call(), read(file))


def told(tmp_path: Path) -> ByHand:
    """The rows with all their columns told."""
    hand = by_hand(plain(tmp_path / "a.xlsx", ROWS))
    for column, heading in (
        ("description", "Kost"),
        ("category", "soort"),
        ("subsidy", "BEDRAG"),
        ("partner", "Wie"),
    ):
        hand.choose(column, heading)
    return hand


def test_what_can_be_chosen_is_shown_with_some_of_its_values(tmp_path: Path) -> None:
    hand = by_hand(plain(tmp_path / "a.xlsx", ROWS))
    assert (hand.sheet, hand.row, hand.known) == ("Sheet", 2, False)
    assert [(one.letters, one.heading, one.samples) for one in hand.theirs] == [
        ("A", "Kost", ("Gids", "Zaal")),
        ("B", "Soort", ("loon", "Werking", "LOON")),
        ("C", "Bedrag", ("10", "20.5", "30")),
        ("D", "Wie", ("Demerzicht",)),
    ]
    assert [number for number, _ in hand.rows] == [1, 2, 3, 4, 5]
    assert not hand.is_enough
    assert hand.chosen == {}


def test_a_column_chosen_twice_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    hand = told(tmp_path)
    assert (hand.is_enough, hand.twice) == (True, "")
    hand.choose("work_package", "Kost")
    assert hand.twice == "Kost"
    hand.choose("work_package", "")
    assert hand.twice == ""
    assert hand.chosen["description"] == "kost"


def test_words_that_mean_nothing_are_asked_once_and_read_by_what_is_told(tmp_path: Path) -> None:
    hand = told(tmp_path)
    rename = hand.rename
    seen = sheet.look_at(EXAMPLE, the_call(), hand.book, "", rename)
    assert hand.unknown(seen.changes, rename) == [("category", "loon")]
    hand.mean("category", "Loon", "staff")
    hand.mean("partner", "", OTHER.id)
    rename = hand.rename
    seen = sheet.look_at(EXAMPLE, the_call(), hand.book, "", rename)
    assert hand.unknown(seen.changes, rename) == []
    lines = [one.line for one in seen.changes.differences]
    assert [(one.category, one.subsidy, one.partner) for one in lines] == [
        ("staff", 1000, OTHER.id),
        ("operating", 2050, OTHER.id),
        ("staff", 3000, OTHER.id),
    ]
    # A partner is remembered by a name, which holds in the next proposal too.
    assert rename.words["partner"] == {"": OTHER.short_name}
    hand.mean("category", "loon", "")
    assert hand.words["category"] == {}


def test_it_is_remembered_with_its_place_and_forgotten(tmp_path: Path) -> None:
    hand = told(tmp_path)
    hand.mean("category", "loon", "staff")
    hand.keep()
    again = by_hand(plain(tmp_path / "b.xlsx", [*ROWS[:2], ROWS[2]]))
    assert again.known
    assert (again.chosen, again.words) == (hand.chosen, {"category": {"loon": "staff"}})
    # Where the headings stand elsewhere, they are found there.
    lower = by_hand(plain(tmp_path / "c.xlsx", [["x"], *ROWS]))
    assert (lower.known, lower.row, lower.chosen) == (True, 3, hand.chosen)
    seen = sheet.look(EXAMPLE, the_call(), tmp_path / "c.xlsx")
    assert len(seen.changes.differences) + len(seen.changes.unreadable) >= 3
    again.forget()
    assert not by_hand(plain(tmp_path / "d.xlsx", ROWS)).known


def test_what_needs_no_telling_is_not_remembered(tmp_path: Path) -> None:
    file = plain(tmp_path / "a.xlsx", [["Omschrijving", "Subsidie"], ["x", 1]])
    hand = by_hand(file)
    assert hand.chosen == {"description": "omschrijving", "subsidy": "subsidie"}
    hand.keep()
    assert not sheet.remembered(read(file))
    hand.choose("subsidy", "")
    hand.choose("own_means", "Subsidie")
    hand.keep()
    again = by_hand(file)
    assert again.chosen == {"description": "omschrijving", "own_means": "subsidie"}
    seen = sheet.look(EXAMPLE, the_call(), file)
    assert [(one.line.subsidy, one.line.own_means) for one in seen.changes.differences] == [
        ("", 100)
    ]


def test_of_two_sheets_with_the_same_headings_the_chosen_one_is_read(tmp_path: Path) -> None:
    file = plain(tmp_path / "a.xlsx", [["Omschrijving", "Subsidie"], ["oud", 1]])
    book = load_workbook(file)
    other: Any = book.create_sheet("Nieuw")
    other.append(["Omschrijving", "Subsidie"])
    other.append(["nieuw", 2])
    book.save(file)
    hand = by_hand(file)
    hand.use_sheet("Nieuw")
    hand.keep()
    seen = sheet.look(EXAMPLE, the_call(), file)
    assert [one.line.description for one in seen.changes.differences] == ["nieuw"]
    assert seen.changes.sheet == "Nieuw"


def test_a_place_goes_through_json_and_a_damaged_one_is_none() -> None:
    rename = Rename({"kost": "description"}, {}, ("Blad", 3))
    assert from_tree(to_tree(rename)) == rename
    assert rename.over(Rename(place=("x", 1))).place == ("Blad", 3)
    for odd in ("Blad", ["Blad"], ["Blad", "3"], [3, "Blad"], [], None):
        assert from_tree({**to_tree(rename), "place": odd}).place is None


def test_a_spreadsheet_without_texts_has_nothing_to_tell(tmp_path: Path) -> None:
    hand = by_hand(plain(tmp_path / "a.xlsx", [[1, 2], [3, 4]]))
    assert (hand.sheet, hand.theirs, hand.rows, hand.key) == ("", (), (), ())


# -- a review -------------------------------------------------------------------------------


def own_parts() -> OwnParts:
    return OwnParts(make_packet(EXAMPLE, OTHER.id, seq=0), EXAMPLE)


def test_of_a_packet_the_own_lines_are_kept_in_their_order(tmp_path: Path) -> None:
    first = EXAMPLE.budget[0].id
    mine = next(line.id for line in EXAMPLE.budget if line.partner == OTHER.id)

    def change(page: Any) -> None:
        page.cell(row_of(page, first), SUBSIDY).value = 1
        page.cell(row_of(page, mine), SUBSIDY).value = 2
        page.cell(row_of(page, mine), DESCRIPTION).value = "nieuw"
        at = end_of(page)
        for place, who in enumerate((OTHER, EXAMPLE.partners[0], OTHER)):
            page.cell(at + place, PARTNER).value = who.short_name
            page.cell(at + place, DESCRIPTION).value = f"lijn {place}"

    file = changed(example_workbook(), change, tmp_path / "a.xlsx")
    seen = sheet.look(EXAMPLE, the_call(), file)
    kept = own_edits(seen, own_parts())
    assert len(kept) == 4
    assert len(seen.changes.edits) == 6
    new, _ = apply_all(EXAMPLE, kept)
    assert [line.description for line in new.budget[-2:]] == ["lijn 0", "lijn 2"]
    adds = [edit for edit in kept if isinstance(edit, Add)]
    assert adds[1].after == adds[0].item["id"]
    found = review(seen, own_parts())
    assert [one.partner for one in found.sums] == [OTHER.id, ""]
    kinds = [one.kind for one in entries(found, words("nl"))]
    assert kinds == ["not_own", "not_own", "changed", "added", "added"]


def test_a_line_is_not_given_away_from_a_packet(tmp_path: Path) -> None:
    mine = next(line.id for line in EXAMPLE.budget if line.partner == OTHER.id)

    def change(page: Any) -> None:
        page.cell(row_of(page, mine), PARTNER).value = EXAMPLE.partners[0].short_name
        page.cell(row_of(page, mine), SUBSIDY).value = 2

    file = changed(example_workbook(), change, tmp_path / "a.xlsx")
    kept = own_edits(sheet.look(EXAMPLE, the_call(), file), own_parts())
    assert [edit.at for edit in kept] == [f"budget/{mine}/subsidy"]


def test_what_cannot_be_read_is_never_carried_out(tmp_path: Path) -> None:
    first = EXAMPLE.budget[0].id

    def change(page: Any) -> None:
        page.cell(row_of(page, first), SUBSIDY).value = "veel"
        page.cell(row_of(page, EXAMPLE.budget[1].id), SUBSIDY).value = 1

    file = changed(example_workbook(), change, tmp_path / "a.xlsx")
    Draft.create(tmp_path / "a.sif", EXAMPLE, author="test").close()
    with Draft.open(tmp_path / "a.sif", author="test") as draft:
        session = Session(draft, the_call())
        seen = sheet.look(session.proposal, the_call(), file)
        assert not review(seen).can_be_done
        with pytest.raises(SifError) as caught:
            sheet.carry_out(session, seen)
        assert caught.value.key == "sheet_unreadable"
        assert session.proposal == EXAMPLE
        assert session.undo_next is None
