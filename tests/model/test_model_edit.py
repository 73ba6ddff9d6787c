"""Every change is an edit with its inverse."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sif_desktop.errors import EditError
from sif_desktop.model import canonical
from sif_desktop.model.edit import Add, Change, Drop, Edit, Move, Set, apply, apply_all, make_change
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Project, Proposal

SOME = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PROPOSAL = Proposal(
    id="x",
    call="c",
    project=Project(title="Titel"),
    partners=tuple(Partner(id=f"p{place}", name=f"Partner {place}") for place in range(4)),
    answers={"vision": "Later"},
)


def order(proposal: Proposal) -> list[str]:
    return [partner.id for partner in proposal.partners]


@SOME
@given(st.data())
def test_any_series_of_edits_undone_gives_the_first_tree_back(data: st.DataObject) -> None:
    first = data.draw(strategies.proposals())
    before = canonical.to_json(first)
    now, undo = first, []
    for _ in range(data.draw(st.integers(1, 8))):
        now, inverse = apply(now, data.draw(strategies.edits(now)))
        undo.append(inverse)
    last = canonical.to_json(now)
    redo: list[Edit] = []
    for edit in reversed(undo):
        now, again = apply(now, edit)
        redo.append(again)
    assert now == first
    assert canonical.to_json(now) == before == canonical.to_json(first)
    for edit in reversed(redo):
        now, _ = apply(now, edit)
    assert canonical.to_json(now) == last


@SOME
@given(st.data())
def test_edits_written_down_and_read_back_do_the_same(data: st.DataObject) -> None:
    first = data.draw(strategies.proposals())
    now, edits = first, []
    for _ in range(data.draw(st.integers(1, 4))):
        edit = data.draw(strategies.edits(now))
        now, _ = apply(now, edit)
        edits.append(edit)
    after, change = make_change(first, edits, author="An", at=datetime(2013, 1, 1, tzinfo=UTC))
    assert after == now
    read = Change.model_validate_json(change.model_dump_json())
    assert read == change
    assert apply_all(first, read.edits)[0] == now
    assert apply_all(now, read.inverse)[0] == first


def test_each_edit_and_its_inverse() -> None:
    given_edits: list[tuple[Edit, Edit]] = [
        (Set(at="project/title", value="Nieuw"), Set(at="project/title", value="Titel")),
        (Set(at="answers/vision", value=""), Set(at="answers/vision", value="Later")),
        (Set(at="answers/new", value=("a",)), Set(at="answers/new", value="")),
        (Add(at="partners", item={"id": "p9"}, after="p1"), Drop(at="partners/p9")),
        (Move(at="partners/p0", after="p2"), Move(at="partners/p0", after="")),
        (Move(at="partners/p3", after=""), Move(at="partners/p3", after="p2")),
    ]
    for edit, inverse in given_edits:
        new, undo = apply(PROPOSAL, edit)
        assert undo == inverse
        assert new != PROPOSAL
        assert apply(new, undo)[0] == PROPOSAL


def test_an_item_comes_back_at_its_place_with_all_that_was_in_it() -> None:
    without, undo = apply(PROPOSAL, Drop(at="partners/p2"))
    assert order(without) == ["p0", "p1", "p3"]
    back, _ = apply(without, undo)
    assert back == PROPOSAL


def test_items_are_placed_behind_another_or_first() -> None:
    first, _ = apply(PROPOSAL, Add(at="partners", item={"id": "n"}))
    assert order(first) == ["n", "p0", "p1", "p2", "p3"]
    last, _ = apply(PROPOSAL, Move(at="partners/p0", after="p3"))
    assert order(last) == ["p1", "p2", "p3", "p0"]


def test_an_empty_answer_is_one_taken_away() -> None:
    for empty in ("", ()):
        new, _ = apply(PROPOSAL, Set(at="answers/vision", value=empty))
        assert new.answers == {}


def test_what_was_typed_is_kept_when_it_is_wrong() -> None:
    new, _ = apply(PROPOSAL, Set(at="project/duration", value="twaalf"))
    assert new.project.duration == "twaalf"


def test_an_edit_shares_what_it_leaves_alone() -> None:
    new, _ = apply(PROPOSAL, Set(at="partners/p1/name", value="Ander"))
    assert new.project is PROPOSAL.project
    assert new.partners[0] is PROPOSAL.partners[0]
    assert PROPOSAL.partners[1].name == "Partner 1"


@pytest.mark.parametrize(
    ("edit", "key"),
    [
        (Set(at="nowhere", value=""), "edit_no_such_address"),
        (Set(at="partners/gone/name", value="x"), "edit_no_such_address"),
        (Set(at="partners", value="x"), "edit_not_a_value"),
        (Set(at="partners/p1", value="x"), "edit_not_a_value"),
        (Set(at="project/title", value=5), "edit_wrong_value"),
        (Set(at="project/title", value=("a",)), "edit_wrong_value"),
        (Set(at="project/duration", value=("a",)), "edit_wrong_value"),
        (Set(at="language", value="de"), "edit_wrong_value"),
        (Set(at="call", value="Not An Id"), "edit_wrong_value"),
        (Add(at="project/title", item={}), "edit_not_a_list"),
        (Add(at="partners/p1", item={}), "edit_not_a_list"),
        (Add(at="partners", item={"unknown": 1}), "edit_wrong_value"),
        (Add(at="partners", item={"id": "No Id"}), "edit_wrong_value"),
        (Add(at="partners", item={"name": 5}), "edit_wrong_value"),
        (Add(at="partners", item={"id": "p1"}), "edit_id_in_use"),
        (Add(at="partners", item={"id": "n"}, after="gone"), "edit_no_such_address"),
        (Drop(at="partners"), "edit_not_an_item"),
        (Drop(at="partners/p1/name"), "edit_not_an_item"),
        (Drop(at="partners/gone"), "edit_no_such_address"),
        (Move(at="partners/gone"), "edit_no_such_address"),
        (Move(at="partners/p1", after="gone"), "edit_no_such_address"),
        (Move(at="partners/p1", after="p1"), "edit_no_such_address"),
        (Move(at="project/title"), "edit_not_an_item"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_and_changes_nothing(edit: Edit, key: str) -> None:
    before = canonical.to_json(PROPOSAL)
    with pytest.raises(EditError) as caught:
        apply(PROPOSAL, edit)
    assert caught.value.key == key
    with pytest.raises(EditError):
        make_change(PROPOSAL, [Set(at="project/title", value="half done"), edit])
    assert canonical.to_json(PROPOSAL) == before


@SOME
@given(st.text(max_size=30), strategies.leaves, st.dictionaries(st.text(max_size=5), st.none()))
def test_any_nonsense_is_refused_as_an_edit_error(at: str, value: Any, item: Any) -> None:
    for edit in (Set(at=at, value=value), Add(at=at, item=item), Drop(at=at), Move(at=at)):
        with pytest.raises(EditError):
            apply(PROPOSAL, edit)


@pytest.mark.parametrize(
    ("at", "item"),
    [
        ("partners", {"name": "Buurtwerk"}),
        ("work_packages", {"id": "w", "activities": [{"title": "Oefenen"}]}),
    ],
)
def test_an_item_without_its_id_is_not_added(at: str, item: dict[str, Any]) -> None:
    """Its id would be another one whenever the edit is read again."""
    with pytest.raises(EditError) as caught:
        apply(PROPOSAL, Add(at=at, item=item))
    assert caught.value.key == "edit_wrong_value"
