"""Amounts as people type them, ceilings to the cent, and dividing without losing a cent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop import language, money

READ = {
    "0": 0,
    "1250": 125_000,
    "1.250": 125_000,
    "1,250": 125_000,
    "1 250": 125_000,
    "1\u00a0250": 125_000,
    "1\u202f250": 125_000,
    "1'250": 125_000,
    "1 250,5": 125_050,
    "1.250,00": 125_000,
    "1,250.00": 125_000,
    "€ 1.250,00": 125_000,
    "€1.250": 125_000,
    "1.250,00 €": 125_000,
    "1250€": 125_000,
    "EUR 1250": 125_000,
    "1 250 euro": 125_000,
    "1 250 euros": 125_000,
    "12,5": 1_250,
    "12.5": 1_250,
    "0,07": 7,
    "1250,-": 125_000,
    "1.250,-": 125_000,
    "1250.-": 125_000,
    "1250,--": 125_000,
    "€ 1.250,–": 125_000,
    "1250,": 125_000,
    "1250.": 125_000,
    "1.250.000": 125_000_000,
    "1 250 000,50": 125_000_050,
    "1,250,000.5": 125_000_050,
    "+12": 1_200,
    "-12,50": -1_250,
    "−12,50": -1_250,
    "- 12": -1_200,
    "-€ 12": -1_200,
    "€ -12": -1_200,
    "  12\t": 1_200,
    "0000000012": 1_200,
    "100000000000": money.LARGEST,
}

REFUSED = [
    "",
    " ",
    "-",
    "€",
    "euro",
    ",",
    ".",
    ",5",
    ",-",
    "1.2.3",
    "1,2,3",
    "1.25,0.0",
    "1.250.00",
    "1,250,00",
    "12.50.000",
    "1.250 000",
    "1234,567",
    "0,125",
    "00.125",
    "1..250",
    "12 50",
    "12€50",
    "€ 12 €",
    "€€12",
    "--12",
    "12-",
    "(12)",
    "1e5",
    "0x10",
    "1_000",
    "12,5 k",
    "twaalf",
    "ongeveer 1250",
    "١٢٥٠",
    "１２５０",
    "²",
    "½",
    "1\n2",
    "NaN",
    "inf",
    "9" * 400,
    "100000000000,01",
    "\ud800",
    "\x00",
]


@pytest.mark.parametrize(("typed", "cents"), READ.items())
def test_ways_of_writing_an_amount(typed: str, cents: int) -> None:
    assert money.parse(typed) == cents


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_amount_or_could_be_two_is_left_as_text(typed: str) -> None:
    assert money.parse(typed) is None


@given(st.integers(-money.LARGEST, money.LARGEST), st.sampled_from(language.LANGUAGES))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_an_amount_as_shown_is_read_back(cents: int, shown_in: language.Language) -> None:
    shown = language.money(cents, shown_in)
    assert money.parse(shown) == cents
    assert money.parse(f"€ {shown}") == cents
    assert money.parse(f"{shown} euro") == cents


@given(st.text(alphabet="0123456789.,- €'eur\u00a0x", max_size=20) | st.text(max_size=10))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_any_text_is_an_amount_within_bounds_or_none(typed: str) -> None:
    cents = money.parse(typed)
    assert cents is None or abs(cents) <= money.LARGEST


def test_a_ceiling_is_exact_at_the_boundary() -> None:
    assert money.within_share(2_000, 10_000, 2_000)
    assert not money.within_share(2_001, 10_000, 2_000)
    assert not money.within_share(2_000, 9_999, 2_000)
    assert money.within_share(0, 0, 2_000)
    assert not money.within_share(1, 0, 2_000)
    assert money.within_share(10_000, 10_000, 10_000)
    # In floating point both sides of this are the same number.
    assert not money.within_share(2 * 10**15 + 1, 10**16, 2_000)


def test_what_mends_a_share_in_figures() -> None:
    assert money.mend_share(300_000, 1_000_000, 2_000) == (125_000, 500_000)
    assert money.mend_share(200_000, 1_000_000, 2_000) == (0, 0)
    assert money.mend_share(100, 100, 2_000) == (100, 400)
    assert money.mend_share(100, 400, 0) == (100, 0)


amounts = st.integers(0, 10**12)


@given(amounts, amounts, st.integers(1, 9_999))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_each_mend_is_enough_and_one_cent_less_is_not(part: int, others: int, share: int) -> None:
    off, more = money.mend_share(part, part + others, share)
    if money.within_share(part, part + others, share):
        assert (off, more) == (0, 0)
        return
    for lower, higher in ((off, 0), (0, more)):
        assert money.within_share(part - lower, part - lower + others + higher, share)
    assert not money.within_share(part - off + 1, part - off + 1 + others, share)
    assert not money.within_share(part, part + others + more - 1, share)


weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@given(st.integers(-(10**13), 10**13), weights)
@settings(max_examples=200, derandomize=True, deadline=None)
def test_parts_add_up_and_each_is_within_a_cent_of_its_due(total: int, by: list[int]) -> None:
    parts = money.divide(total, by)
    assert len(parts) == len(by)
    assert sum(parts) == total
    if sum(by):
        for part, weight in zip(parts, by, strict=True):
            assert abs(part - Fraction(total * weight, sum(by))) < 1
            assert weight or not part


@given(st.integers(0, 10**9), st.integers(1, 20), st.integers(1, 1000))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_equal_weights_get_parts_that_differ_by_a_cent_the_larger_first(
    total: int, count: int, weight: int
) -> None:
    parts = money.divide(total, [weight] * count)
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


def test_dividing_at_the_edges() -> None:
    assert money.divide(100, []) == []
    assert money.divide(100, [0, 0]) == [100, 0]
    assert money.divide(0, [0, 0]) == [0, 0]
    assert money.divide(100, [1, 1, 1]) == [34, 33, 33]
    assert money.divide(-100, [1, 1, 1]) == [-33, -33, -34]
    assert money.divide(1, [0, 5]) == [0, 1]
