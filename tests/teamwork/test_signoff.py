"""Sign-off: it holds as long as exactly those parts are as they were."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

import pytest
from teamwork.small import small

from sif_desktop.model.edit import Add, Change, Drop, Edit, Move, Set, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.packet import PacketDamagedError, PacketError
from sif_desktop.teamwork.parts import Parts
from sif_desktop.teamwork.signoff import (
    SignOff,
    differing,
    from_note,
    holds,
    parts_digest,
    sign_off,
    standing,
    to_note,
    with_newest,
)


def signed(partner: str = "p1", *assigned: str) -> SignOff:
    return sign_off(small(), partner, by="Bo", assigned=assigned)


def acts(*edits: Edit) -> tuple[Proposal, list[Change]]:
    tree, changes = small(), []
    for edit in edits:
        tree, change = make_change(tree, [edit], author="An")
        changes.append(change)
    return tree, changes


VOIDING = [
    Set(at="partners/p1/capacity", value="x"),
    Set(at="budget/b0/subsidy", value=9),
    Set(at="budget/b1/partner", value="p1"),
    Add(at="budget", item={"id": "n", "partner": "p1"}),
    Drop(at="budget/b3"),
    Drop(at="partners/p1"),
    Set(at="work_packages/w1/title", value="x"),
    Set(at="work_packages/w1/deliverables/d11/title", value="x"),
    Set(at="work_packages/w2/deliverables/d21/title", value="x"),
    Set(at="answers/vision_future", value="x"),
]
HARMLESS = [
    Set(at="partners/p2/capacity", value="x"),
    Set(at="budget/b1/subsidy", value=9),
    Move(at="budget/b0", after="b2"),
    Add(at="budget", item={"id": "n", "partner": "p2"}),
    Set(at="work_packages/w2/title", value="x"),
    Set(at="work_packages/w1/deliverables/d12/title", value="x"),
    Set(at="answers/vision_middle_term", value="x"),
    Set(at="project/title", value="x"),
]


@pytest.mark.parametrize("edit", VOIDING, ids=lambda edit: f"{edit.op} {edit.at}")
def test_a_change_of_the_parts_voids_it(edit: Edit) -> None:
    one = signed("p1", "answers/vision_future")
    tree, changes = acts(HARMLESS[0], edit, HARMLESS[1])
    assert not holds(one, tree)
    found = standing(one, small(), changes)
    assert not found.holds
    assert found.voided_by is changes[1]
    assert found.differing
    assert all(at == edit.at or edit.at.startswith(at) or edit.op in ("add", "set", "drop")
               for at in found.differing)  # fmt: skip


@pytest.mark.parametrize("edit", HARMLESS, ids=lambda edit: f"{edit.op} {edit.at}")
def test_any_other_change_does_not(edit: Edit) -> None:
    one = signed("p1", "answers/vision_future")
    tree, changes = acts(edit)
    assert holds(one, tree)
    assert standing(one, small(), changes).holds
    assert differing(one, tree) == ()


def test_exactly_the_sign_offs_that_a_change_touches() -> None:
    ones = [signed(partner) for partner in ("p1", "p2", "p3")]
    tree, _ = acts(Set(at="budget/b1/partner", value="p1"))
    assert [holds(one, tree) for one in ones] == [False, False, True]


def test_undoing_the_change_restores_it_and_the_next_one_voids_it_again() -> None:
    one = signed()
    edits = [Set(at="budget/b0/subsidy", value=value) for value in (9, 0, 8)]
    _, changes = acts(*edits)
    assert standing(one, small(), changes[:2]).holds
    assert standing(one, small(), changes).voided_by is changes[2]


def test_one_that_never_held_here_names_no_change() -> None:
    tree, changes = acts(Set(at="budget/b0/subsidy", value=9))
    found = standing(signed(), tree, [])
    assert (found.holds, found.voided_by, found.differing) == (False, None, ("budget/b0",))
    assert changes


def test_the_digest_is_sha256_over_canonical_json_of_the_parts() -> None:
    values = Parts(small(), "p1").values()
    assert sorted(values) == [
        "budget/b0",
        "budget/b3",
        "partners/p1",
        "work_packages/w1",
        "work_packages/w1/deliverables/d11",
        "work_packages/w2/deliverables/d21",
    ]
    plain = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert parts_digest(small(), "p1") == hashlib.sha256(plain.encode()).hexdigest()


def test_sign_offs_go_through_a_note_and_the_last_of_a_partner_counts() -> None:
    at = [datetime(2013, 3, day, tzinfo=UTC) for day in (1, 2)]
    first, second = (sign_off(small(), "p1", by="Bo", at=moment) for moment in at)
    other = signed("p2")
    assert with_newest([second, other], [first]) == (second, other)
    assert from_note(to_note([first, other]), "x.sif") == (first, other)
    assert from_note("", "x.sif") == ()
    for damaged in ("x", "{}", '[{"partner": "p1"}]', "[" * 5000):
        with pytest.raises(PacketDamagedError):
            from_note(damaged, "x.sif")


def test_a_partner_that_is_not_there_signs_nothing_off() -> None:
    with pytest.raises(PacketError):
        signed("p9")


def test_what_was_assigned_from_a_strangers_note_is_harmless() -> None:
    one = signed("p1").model_copy(update={"assigned": ("__class__/x", "nonsense", "project/title")})
    assert not standing(one, small(), acts(VOIDING[0])[1]).holds
