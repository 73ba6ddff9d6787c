"""The ceilings on shares: exact at the boundary, and the mends that are told do mend."""

from __future__ import annotations

from fractions import Fraction

import pytest
from dossiers import the_call
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.words import sentence

CEILING = Fraction(20, 100)
SEATS = {"ours": "flanders", "foreign": "abroad", "helper": "flanders", "far_helper": "abroad"}
ROLES = {
    "ours": "coordinator",
    "foreign": "co_applicant",
    "helper": "subcontractor",
    "far_helper": "subcontractor",
}
often = settings(max_examples=300, derandomize=True, deadline=None, database=None)
cents = st.integers(0, 10**9)


def budget(*lines: tuple[str, int], category: str = "staff") -> Proposal:
    """A proposal with one line for each (partner, own means)."""
    return Proposal(
        call="oproep-sociale-innovatie",
        partners=tuple(Partner(id=key, role=ROLES[key], seat=SEATS[key]) for key in SEATS),
        budget=tuple(
            BudgetLine(id=f"b{n}", partner=key, category=category, subsidy=0, own_means=amount)
            for n, (key, amount) in enumerate(lines)
        ),
    )


def over(proposal: Proposal, code: str) -> Finding | None:
    """The finding on a share, in any of its sentences."""
    found = [one for one in check(proposal, the_call()) if one.code.startswith(code)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("part", "rest", "passes"),
    [
        (2_000, 8_000, True),
        (2_001, 8_000, False),
        (2_000, 7_999, False),
        (1, 4, True),
        (1, 3, False),
        (0, 0, True),
        (1, 0, False),
        (20_000_000_000_001, 80_000_000_000_003, False),
        (20_000_000_000_001, 80_000_000_000_004, True),
    ],
)
@pytest.mark.parametrize(
    ("key", "code"), [("foreign", "foreign_share"), ("helper", "subcontracting_share")]
)
def test_exactly_the_ceiling_passes_and_one_cent_more_does_not(
    key: str, code: str, part: int, rest: int, passes: bool
) -> None:
    assert (over(budget((key, part), ("ours", rest)), code) is None) is passes


@often
@given(cents, cents, st.sampled_from(["foreign", "helper", "far_helper"]))
def test_the_share_is_judged_as_by_fractions(part: int, rest: int, key: str) -> None:
    assume(part + rest > 0)
    code = "foreign_share" if key == "foreign" else "subcontracting_share"
    finding = over(budget((key, part), ("ours", rest)), code)
    assert (finding is not None) is (Fraction(part, part + rest) > CEILING)


@often
@given(st.integers(1, 10**9), st.integers(-3, 3))
def test_around_the_boundary(quarter: int, off: int) -> None:
    part = max(quarter + off, 0)
    finding = over(budget(("foreign", part), ("ours", 4 * quarter)), "foreign_share")
    assert (finding is not None) is (off > 0)


@often
@given(st.integers(1, 10**9), cents)
def test_either_mend_is_the_smallest_that_mends(part: int, rest: int) -> None:
    finding = over(budget(("foreign", part), ("ours", rest)), "foreign_share")
    assume(finding is not None)
    assert finding is not None
    lower, higher = finding.figures["lower"], finding.figures["higher"]
    assert isinstance(lower, int)
    assert isinstance(higher, int)
    for less, more, mended in (
        (lower, 0, True),
        (lower - 1, 0, False),
        (0, higher, True),
        (0, higher - 1, False),
    ):
        proposal = budget(("foreign", part - less), ("ours", rest + more))
        assert (over(proposal, "foreign_share") is None) is mended


def test_one_cent_too_much_does_not_read_as_the_ceiling() -> None:
    finding = over(budget(("foreign", 200_000_001), ("ours", 800_000_000)), "foreign_share")
    assert finding is not None
    assert finding.figures["share"] == 2001
    assert "20,01" in sentence(finding, the_call().words("nl"))


def test_the_mend_is_told_in_euro() -> None:
    finding = over(budget(("foreign", 325_000), ("ours", 800_000)), "foreign_share")
    assert finding is not None
    assert (finding.figures["lower"], finding.figures["higher"]) == (125_000, 500_000)
    text = sentence(finding, the_call().words("nl"))
    assert "1.250,00 euro" in text
    assert "5.000,00 euro" in text
    assert "28,89" in text
    english = sentence(finding, the_call().words("en"))
    assert "1,250.00 euro" in english


def test_the_two_ceilings_stand_apart() -> None:
    """Twenty per cent of each passes: they are not added to one another."""
    proposal = budget(("foreign", 20), ("helper", 20), ("ours", 60))
    assert over(proposal, "foreign_share") is None
    assert over(proposal, "subcontracting_share") is None


def test_a_foreign_subcontractor_counts_under_subcontracting_and_that_is_told() -> None:
    proposal = budget(("far_helper", 90), ("ours", 10))
    assert over(proposal, "foreign_share") is None
    finding = over(proposal, "subcontracting_share")
    assert finding is not None
    assert finding.code == "subcontracting_share_abroad"
    assert finding.figures["abroad"] == 90
    assert "0,90 euro van buitenlandse onderaannemers" in sentence(finding, the_call().words("nl"))


def test_costs_in_the_category_of_subcontracting_count_for_any_partner() -> None:
    proposal = budget(("ours", 10), category="subcontracting")
    finding = over(proposal, "subcontracting_share")
    assert finding is not None
    assert finding.code == "subcontracting_share"
