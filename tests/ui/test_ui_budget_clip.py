"""Text from and for spreadsheets, acts on lines, and how the budget stands, without a window."""

from __future__ import annotations

import pytest
from dossiers import example_proposal, the_call
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop import money
from sif_desktop.calls.folder import find
from sif_desktop.errors import EditError
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.rules.totals import totals
from sif_desktop.ui.budget import acts, clip
from sif_desktop.ui.budget.ceilings import Reading, ceilings, readings
from sif_desktop.ui.budget.columns import columns_of, plain, shown, value_of

CELLS = st.text(st.sampled_from('ab \t\n"é€1,'), max_size=8)
TABLES = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(CELLS, min_size=wide, max_size=wide), min_size=1, max_size=4)
)


@given(rows=TABLES)
@settings(max_examples=200, derandomize=True)
def test_what_is_copied_can_be_pasted(rows: list[list[str]]) -> None:
    back = clip.to_rows(clip.to_text(rows))
    assert back == rows or rows[-1] == [""]  # a last row of nothing is the end of the text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"twee\nregels"\tb', [["twee\nregels", "b"]]),
        ('een "woord"\tb', [['een "woord"', "b"]]),
        ('"nooit dicht\tb\nc', [['"nooit dicht', "b"], ["c"]]),
        ('""\t"a""b"', [["", 'a"b']]),
        ("a\t", [["a", ""]]),
        ("", [[""]]),
    ],
)
def test_rows_as_spreadsheets_write_them(text: str, rows: list[list[str]]) -> None:
    assert clip.to_rows(text) == rows


def test_a_huge_text_with_quotes_is_read_in_one_pass() -> None:
    lines = 100_000
    rows = clip.to_rows('a "b"\tc\n' * lines)
    assert len(rows) == lines
    assert rows[-1] == ['a "b"', "c"]


def test_half_a_pair_of_surrogates_can_be_kept() -> None:
    assert clip.well_formed("a\ud800b") == "a?b"


COLUMNS = columns_of(the_call())


class Plain:
    """Names that mean themselves."""

    def meaning(self, column: str, text: str) -> str:
        return text

    def label(self, column: str, value: str) -> str:
        return value


def target(lines: tuple[BudgetLine, ...], *, top: int = 0, left: int = 0, **more) -> acts.Target:
    found = {
        "lines": lines[top:],
        "columns": COLUMNS[left:],
        "every": COLUMNS,
        "height": 1,
        "width": 1,
        "last": lines[-1].id if lines else "",
        "values": {},
        "count": len(lines),
    }
    return acts.Target(**{**found, **more})


def after(edits: list) -> tuple[BudgetLine, ...]:
    return apply_all(example_proposal(), edits)[0].budget


def test_the_columns_are_those_of_the_form() -> None:
    assert [column.name for column in COLUMNS] == [
        "partner",
        "category",
        "work_package",
        "period",
        "description",
        "subsidy",
        "own_means",
        "total",
    ]
    other = columns_of(find("fabriek-actie"))
    assert [column.name for column in other] == [column.name for column in COLUMNS]


def test_a_paste_goes_over_cells_and_behind_the_end() -> None:
    lines = example_proposal().budget
    rows = [["12,50", "1"], ["7", "x"], ["3", ""]]
    at = target(lines, top=len(lines) - 2, left=5, values={"partner": "p"})
    edits, height, width = acts.pasted(rows, at, {}, Plain())
    budget = after(edits)
    assert (height, width) == (3, 2)
    assert (budget[-3].subsidy, budget[-3].own_means) == (1250, 100)
    assert (budget[-2].subsidy, budget[-2].own_means) == (700, "x")
    assert (budget[-1].subsidy, budget[-1].own_means, budget[-1].partner) == (300, "", "p")
    assert len(budget) == len(lines) + 1


def test_rows_of_nothing_make_no_lines() -> None:
    lines = example_proposal().budget
    rows = [["a"], ["", ""], [" "]]
    edits, height, _ = acts.pasted(rows, target(lines, top=len(lines) - 1), {}, Plain())
    assert height == 1
    assert len(after(edits)) == len(lines)


def test_one_cell_fills_all_that_is_chosen_and_a_row_repeats() -> None:
    lines = example_proposal().budget
    edits, height, width = acts.pasted(
        [["5"]], target(lines, left=5, height=3, width=2), {}, Plain()
    )
    budget = after(edits)
    assert (height, width) == (3, 2)
    assert [(one.subsidy, one.own_means) for one in budget[:3]] == [(500, 500)] * 3
    assert budget[3] is lines[3]
    edits, *_ = acts.pasted([["1", "2"]], target(lines, left=5, height=2, width=2), {}, Plain())
    assert [(one.subsidy, one.own_means) for one in after(edits)[:2]] == [(100, 200)] * 2


def test_headings_say_which_column_is_which() -> None:
    lines = example_proposal().budget
    headings = {"own": "own_means", "what": "description", "sum": "total"}
    rows = [["What", "Sum", "Own"], ["Chairs", "999", "4"]]
    edits, height, _ = acts.pasted(rows, target(lines, left=3), headings, Plain())
    line = after(edits)[0]
    assert height == 1
    assert (line.description, line.own_means, line.period) == ("Chairs", 400, lines[0].period)
    rows[0][1] = "unknown"
    edits, height, _ = acts.pasted(rows, target(lines, left=4), headings, Plain())
    assert height == 2


def test_nothing_is_pasted_into_totals_and_nothing_changes_by_the_same() -> None:
    line = example_proposal().budget[0]
    edits, *_ = acts.pasted([["1"]], target((line,), left=7), {}, Plain())
    assert edits == []
    same = [[shown(column, value_of(line, column), Plain(), "nl") for column in COLUMNS]]
    assert acts.pasted(same, target((line,)), {}, Plain())[0] == []


def test_too_many_lines_are_refused_as_a_whole() -> None:
    lines = example_proposal().budget
    rows = [["x"]] * (acts.MOST_LINES + 1)
    with pytest.raises(EditError) as caught:
        acts.pasted(rows, target(lines), {}, Plain())
    assert caught.value.key == "budget_too_long"


@pytest.mark.parametrize(("first", "last", "by"), [(0, 0, -1), (65, 65, 1), (60, 65, 1)])
def test_lines_at_the_edge_stay(first: int, last: int, by: int) -> None:
    budget = example_proposal().budget
    assert acts.moved(budget, budget, first, last, by) == []


def test_lines_move_past_their_neighbour_and_back() -> None:
    budget = example_proposal().budget
    down = acts.moved(budget, budget, 1, 2, 1)
    moved = after(down)
    assert [one.id for one in moved[:4]] == [budget[at].id for at in (0, 3, 1, 2)]
    up = acts.moved(moved, moved, 2, 3, -1)
    assert [one.id for one in apply_all(example_proposal(), [*down, *up])[0].budget] == [
        one.id for one in budget
    ]


def test_amounts_for_spreadsheets_have_no_thousands() -> None:
    assert plain(-123_456_789, "nl") == "-1234567,89"
    assert plain(5, "en") == "0.05"


def test_ceilings_are_those_of_the_call() -> None:
    found = {one.code: one.most for one in ceilings(the_call())}
    assert found == {
        "subsidy_over": 5_000_000,
        "foreign_share": 2000,
        "subcontracting_share": 2000,
    }
    assert ceilings(find("fabriek-actie")) == ()
    sums = totals(example_proposal(), the_call())
    assert [one.part for one in readings(ceilings(the_call()), sums)] == [
        sums.whole.subsidy,
        sums.foreign,
        sums.subcontracting,
    ]


@given(part=st.integers(0, 10**7), others=st.integers(0, 10**7), most=st.integers(0, 10_000))
@settings(max_examples=300, derandomize=True)
def test_room_holds_and_a_cent_more_does_not(part: int, others: int, most: int) -> None:
    whole = part + others
    reading = Reading("foreign_share", part, whole, most, True)
    if not reading.is_over:
        assert money.within_share(part + reading.room, whole, most)
        assert not money.within_share(part + reading.room + 1, whole, most)
        assert money.within_share(part + reading.room, whole + reading.room, most)
    else:
        assert reading.room == 0
        lower, higher = reading.mends
        assert money.within_share(part - lower, whole - lower, most)
        assert not higher or money.within_share(part, whole + higher, most)


def test_exactly_the_ceiling_is_not_over() -> None:
    assert not Reading("foreign_share", 20, 100, 2000, True).is_over
    assert Reading("foreign_share", 21, 100, 2000, True).is_over
    assert not Reading("subsidy_over", 50, 100, 50, False).is_over
    assert Reading("subsidy_over", 51, 100, 50, False).mends == (1, 0)
