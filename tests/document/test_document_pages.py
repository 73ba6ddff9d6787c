"""Strips put onto pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sif_desktop.document.content import Heading
from sif_desktop.document.pages import compose
from sif_desktop.document.strips import Strip


def tops(strips: list[Strip], height: float = 100) -> list[list[float]]:
    return [[top for top, _ in page.placed] for page in compose(strips, height)]


def test_space_above_is_left_out_at_the_top_of_a_page() -> None:
    strips = [Strip(60, before=10), Strip(30, before=10), Strip(30, before=10)]
    assert tops(strips) == [[0, 70], [0]]


def test_what_is_kept_together_moves_as_one() -> None:
    strips = [Strip(50), Strip(20, keep=True), Strip(20, keep=True), Strip(20), Strip(10)]
    assert tops(strips) == [[0], [0, 20, 40, 60]]


def test_a_heading_needs_room_below_it() -> None:
    assert tops([Strip(50), Strip(20, needs=60), Strip(10)]) == [[0], [0, 20]]


def test_a_page_that_goes_on_repeats_the_heads() -> None:
    head = Strip(10)
    strips = [Strip(10, keep=True), *(Strip(30, repeat=(head,)) for _ in range(5))]
    pages = compose(strips, 100)
    assert [page.placed[0][1] is head for page in pages] == [False, True]
    assert tops(strips) == [[0, 10, 40, 70], [0, 10, 40]]


def test_more_kept_together_than_a_page_holds_is_parted() -> None:
    assert tops([Strip(40, keep=True) for _ in range(4)]) == [[0, 40], [0, 40]]


def test_a_page_names_the_section_at_its_top() -> None:
    def section(name: str) -> Strip:
        return Strip(20, heading=Heading(name, 1, "section"))

    strips = [section("A"), Strip(50), section("B"), Strip(50), section("C"), Strip(90)]
    assert [page.section for page in compose(strips, 100)] == ["A", "B", "C"]


strips_of_all_kinds = st.lists(
    st.builds(
        Strip,
        height=st.floats(1, 100),
        before=st.floats(0, 30),
        keep=st.booleans(),
        needs=st.floats(0, 80),
        new_page=st.booleans(),
    ),
    min_size=1,
    max_size=40,
)


@given(strips_of_all_kinds)
def test_no_strip_is_lost_overlaps_or_leaves_its_page(strips: list[Strip]) -> None:
    pages = compose(strips, 100)
    assert [strip for page in pages for _, strip in page.placed] == strips
    for page in pages:
        assert page.placed
        end = 0.0
        for top, strip in page.placed:
            assert top >= end - 1e-6
            end = top + strip.height
            assert end <= 100.02
