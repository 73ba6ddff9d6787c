"""What differs between two proposals, as the edits that lead from one to the other."""

from __future__ import annotations

import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sif_desktop.model import canonical
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Drop, Move, Set, apply, apply_all
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Proposal

SOME = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def with_partners(*keys: str) -> Proposal:
    return Proposal(id="x", call="c", partners=tuple(Partner(id=key, name=key) for key in keys))


@SOME
@given(strategies.proposals(), strategies.proposals())
def test_the_difference_leads_from_any_proposal_to_any_other(old: Proposal, new: Proposal) -> None:
    reached, _ = apply_all(old, difference(old, new))
    same = new.model_copy(update={"id": old.id})
    assert canonical.to_json(reached) == canonical.to_json(same)
    assert difference(reached, new) == ()


@SOME
@given(st.data())
def test_edits_made_are_found_again_and_no_more_than_them(data: st.DataObject) -> None:
    old = data.draw(strategies.proposals())
    new = old
    edits = data.draw(st.integers(0, 5))
    for _ in range(edits):
        new, _ = apply(new, data.draw(strategies.edits(new)))
    assert apply_all(old, difference(old, new))[0] == new
    assert difference(new, new) == ()


@SOME
@given(st.permutations(["a", "b", "c", "d", "e", "f"]))
def test_rows_that_moved_are_moves_and_as_few_as_can_be(keys: list[str]) -> None:
    old, new = with_partners(*"abcdef"), with_partners(*keys)
    found = difference(old, new)
    assert all(isinstance(edit, Move) for edit in found)
    assert apply_all(old, found)[0] == new
    # Whatever is in no longest row that kept its order has to move, and nothing else.
    assert len(found) == 6 - longest_in_order(keys)


def longest_in_order(keys: list[str]) -> int:
    lengths: list[int] = []
    for place, key in enumerate(keys):
        before = [lengths[other] for other in range(place) if keys[other] < key]
        lengths.append(1 + max(before, default=0))
    return max(lengths)


def test_one_row_to_the_front_is_one_move() -> None:
    found = difference(with_partners("a", "b", "c"), with_partners("c", "a", "b"))
    assert found == (Move(at="partners/c", after=""),)


def test_a_row_gone_is_one_drop_and_a_name_changed_one_value() -> None:
    old = with_partners("a", "b", "c")
    new = old.model_copy(update={"partners": (Partner(id="a", name="Ander"), old.partners[2])})
    assert difference(old, new) == (
        Drop(at="partners/b"),
        Set(at="partners/a/name", value="Ander"),
    )


def test_a_number_that_becomes_the_text_of_it_differs() -> None:
    old = Proposal(id="x", call="c", partners=(Partner(id="a", capacity_means=5),))
    new = Proposal(id="x", call="c", partners=(Partner(id="a", capacity_means="5"),))
    assert difference(old, new) == (Set(at="partners/a/capacity_means", value="5"),)


def test_the_identity_of_a_proposal_is_no_difference() -> None:
    assert difference(Proposal(id="one", call="c"), Proposal(id="two", call="c")) == ()
