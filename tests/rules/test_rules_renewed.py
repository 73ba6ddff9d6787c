"""What is kept from the last check comes out as if all were looked at anew."""

from __future__ import annotations

from dossiers import big_proposal, example_proposal, the_call
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.model.edit import Add, Drop, Edit, Move, Set, apply
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import Checker, check
from sif_desktop.rules.totals import totals

VALUES = {
    "subsidy": (0, "", 12_345, "veel", -5),
    "own_means": ("", 1, 99_999_999, "?"),
    "partner": ("", "demer", "onbekend"),
    "category": ("", "staff", "subcontracting", "x"),
    "work_package": ("", "wp2", "wp9"),
    "period": ("", "m01-06", "later"),
    "description": ("", "Stoelen", "x" * 300),
}
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "set", "add", "drop", "move", "seat"]),
        st.integers(0, 10_000),
        st.sampled_from(sorted(VALUES)),
    ),
    max_size=14,
)


def edit(proposal: Proposal, deed: str, number: int, name: str) -> Edit | None:
    """An edit of the budget, or of what its sums depend on."""
    budget, partners = proposal.budget, proposal.partners
    if deed == "seat":
        one = partners[number % len(partners)]
        seat = ("abroad", "flanders", "brussels")[number % 3]
        return Set(at=f"partners/{one.id}/seat", value=seat)
    if deed == "add":
        after = budget[number % len(budget)].id if budget else ""
        return Add(at="budget", item={"id": f"n{number}x{len(budget)}"}, after=after)
    if not budget:
        return None
    line = budget[number % len(budget)]
    if deed == "drop":
        return Drop(at=f"budget/{line.id}")
    if deed == "move":
        after = budget[(number * 7 + 1) % len(budget)].id
        return Move(at=f"budget/{line.id}", after=after) if after != line.id else None
    values = VALUES[name]
    return Set(at=f"budget/{line.id}/{name}", value=values[number % len(values)])


@given(deeds=DEEDS)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_each_edit_gives_what_a_fresh_check_gives(deeds: list[tuple[str, int, str]]) -> None:
    proposal, call = example_proposal(), the_call()
    checker = Checker(call)
    checker.check(proposal)
    for number, (deed, at, name) in enumerate(deeds):
        made = edit(proposal, deed, at, name)
        if made is None or (made.op == "add" and number and made.item["id"] in _ids(proposal)):
            continue
        proposal = apply(proposal, made)[0]
        assert checker.totals(proposal) == totals(proposal, call)
        assert checker.check(proposal) == check(proposal, call)


def test_faulty_lines_that_move_take_their_findings_along() -> None:
    proposal, call = example_proposal(), the_call()
    checker = Checker(call)
    for place in (3, 9, 20):
        at = f"budget/{proposal.budget[place].id}/subsidy"
        proposal = apply(proposal, Set(at=at, value="veel"))[0]
    checker.check(proposal)
    moved = apply(proposal, Move(at=f"budget/{proposal.budget[20].id}", after=""))[0]
    assert checker.check(moved) == check(moved, call)


def test_totals_stay_the_same_object_while_nothing_that_counts_changes() -> None:
    proposal, checker = big_proposal(), Checker(the_call())
    before = checker.totals(proposal)
    at = f"budget/{proposal.budget[900].id}"
    text = apply(proposal, Set(at=f"{at}/description", value="Stoelen"))[0]
    assert checker.totals(text) is before
    amount = apply(proposal, Set(at=f"{at}/subsidy", value=1))[0]
    assert checker.totals(amount).by_period == totals(amount, the_call()).by_period


def _ids(proposal: Proposal) -> set[str]:
    return {line.id for line in proposal.budget}
