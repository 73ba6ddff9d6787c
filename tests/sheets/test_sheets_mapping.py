"""A partner's own spreadsheet: its headings and words told by hand, and remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import example_proposal, the_call
from sheets.workbooks import plain, seen

from sif_desktop.app import sheet as app
from sif_desktop.errors import SifError
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.mapping import Rename, from_tree, parse, to_tree
from sif_desktop.sheets.read import read

PARTNER = example_proposal().partners[0]
PACKAGE = example_proposal().work_packages[0]
EQUATIONS = [
    "Kost=description",
    "BEDRAG=Gevraagde subsidie",
    "Soort=category",
    "WP=work_package",
    "category:Loon=Personeel",
    "category:loonkost=staff",
    "period:=m01-06",
]
ROWS: list[list[object]] = [
    ["Onze begroting"],
    [],
    ["Kost", "Soort", "WP", "Bedrag", "Opmerking"],
    ["Medewerker", "loon", "WP1", 1000.5, "zie bijlage"],
    ["Zaal", "Werking", PACKAGE.title, 250, None],
    [],
    ["Subtotaal", None, None, 1250.5, None],
    ["TOTAAL:", None, None, 1250.5, None],
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, empty."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "thuis"))
    return tmp_path / "thuis"


def told() -> Rename:
    return parse(EQUATIONS, the_call())


def empty() -> Proposal:
    return example_proposal().model_copy(update={"budget": ()})


def test_a_spreadsheet_of_somebody_else_is_read_as_told(tmp_path: Path) -> None:
    file = plain(tmp_path / "a.xlsx", ROWS)
    found = seen(file, empty(), partner=PARTNER.id, rename=told())
    assert found.unreadable == ()
    assert found.left_out == ((7, "Subtotaal"), (8, "TOTAAL:"))
    new, _ = apply_all(empty(), found.edits)
    lines = [line.model_dump(exclude={"id"}) for line in new.budget]
    common = {"partner": PARTNER.id, "work_package": PACKAGE.id, "period": "m01-06"}
    assert lines == [
        {
            **common,
            "category": "staff",
            "description": "Medewerker",
            "subsidy": 100_050,
            "own_means": "",
        },
        {
            **common,
            "category": "operating",
            "description": "Zaal",
            "subsidy": 25_000,
            "own_means": "",
        },
    ]


def test_it_can_come_twice_and_takes_away_what_it_no_longer_has(tmp_path: Path) -> None:
    others = example_proposal()
    first = plain(tmp_path / "a.xlsx", ROWS)
    new, _ = apply_all(others, seen(first, others, partner=PARTNER.id, rename=told()).edits)
    mine = [line.description for line in new.budget if line.partner == PARTNER.id]
    assert mine == ["Medewerker", "Zaal"]
    assert [line for line in new.budget if line.partner != PARTNER.id] == [
        line for line in others.budget if line.partner != PARTNER.id
    ]
    assert seen(first, new, partner=PARTNER.id, rename=told()).edits == ()
    changed = [row if row[:1] != ["Zaal"] else [*row[:3], 300, None] for row in ROWS]
    found = seen(plain(tmp_path / "b.xlsx", changed), new, partner=PARTNER.id, rename=told())
    assert [(one.kind, one.column, one.after) for one in found.differences] == [
        ("changed", "subsidy", 30_000)
    ]


def test_without_a_partner_it_takes_nothing_away(tmp_path: Path) -> None:
    rows = [["Partner", *ROWS[2]], [PARTNER.name, *ROWS[3]]]
    found = seen(plain(tmp_path / "a.xlsx", rows), rename=told())
    assert [one.kind for one in found.differences] == ["added"]


def test_our_own_headings_need_no_mapping(tmp_path: Path) -> None:
    rows: list[list[object]] = [["own means", "Subvention", "Partner"], [1, 2, PARTNER.short_name]]
    found = seen(plain(tmp_path / "a.xlsx", rows), empty())
    (line,) = (one.line for one in found.differences)
    assert (line.own_means, line.subsidy, line.partner) == (100, 200, PARTNER.id)


@pytest.mark.parametrize(
    "equation", ["Kost", "=subsidy", "Kost=", "Kost=geld", "Kost=total", "geld:x=y", "Kost=sif:id"]
)
def test_a_mapping_that_cannot_be_understood_is_told(equation: str) -> None:
    with pytest.raises(SifError) as caught:
        parse([equation], the_call())
    assert caught.value.key == "sheet_map_unclear"


def test_a_heading_that_is_not_there_is_told(tmp_path: Path) -> None:
    rename = parse(["Kosten=description", "Bedrag=subsidy", "Soort=category"], the_call())
    with pytest.raises(SifError) as caught:
        seen(plain(tmp_path / "a.xlsx", ROWS), rename=rename)
    assert (caught.value.key, caught.value.figures["heading"]) == ("sheet_map_heading", "kosten")


def test_a_mapping_is_remembered_for_its_headings(home: Path, tmp_path: Path) -> None:
    first = plain(tmp_path / "a.xlsx", ROWS)
    key = seen(first, empty(), partner=PARTNER.id, rename=told()).key
    app.remember(key, told())
    assert app.remembered(read(first)) == told()
    next_year = plain(tmp_path / "b.xlsx", [*ROWS[:3], ["Gids", "loonkost", "wp 1", 5, None]])
    proposal = empty()
    found = app.look(proposal, the_call(), next_year, partner=PARTNER.short_name).changes
    assert [one.line.category for one in found.differences] == ["staff"]
    other = plain(tmp_path / "c.xlsx", [["Kost", "Bedrag"], ["x", 1]])
    assert not app.remembered(read(other))
    more = parse(["category:Loon=Overhead"], the_call()).over(app.remembered(read(first)))
    assert more.words["category"] == {"loon": "Overhead", "loonkost": "staff"}
    assert more.headings == told().headings


@pytest.mark.parametrize(
    "kept", ["", "[]", "{}", '[{"sheet":3}]', '[{"sheet":["a"],"words":{"x":[]}}]', "[[1]]"]
)
def test_a_damaged_memory_is_no_memory(kept: str, home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (home / "sheet_mappings.json").write_text(kept)
    assert not app.remembered(read(plain(tmp_path / "a.xlsx", ROWS)))
    app.remember(("a", "b"), told())
    assert (home / "sheet_mappings.json").read_text().startswith("[")


def test_a_mapping_goes_through_json() -> None:
    assert from_tree(to_tree(told())) == told()
    assert from_tree({"headings": {"a": 1}, "words": {}}) == Rename()
