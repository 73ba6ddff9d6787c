"""Addresses name values by identity."""

from __future__ import annotations

import pytest

from sif_desktop.errors import EditError
from sif_desktop.model import address
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Project, Proposal
from sif_desktop.model.workplan import Deliverable, WorkPackage

PROPOSAL = Proposal(
    id="x",
    call="c",
    project=Project(title="Titel"),
    partners=(Partner(id="p1", name="Een"), Partner(id="p2", name="Twee")),
    work_packages=(WorkPackage(id="w1", deliverables=(Deliverable(id="d1", month=3),)),),
    answers={"vision": "Later"},
)


@pytest.mark.parametrize(
    ("at", "kind", "value"),
    [
        ("project/title", "leaf", "Titel"),
        ("edition", "leaf", ""),
        ("partners", "list", PROPOSAL.partners),
        ("partners/p2", "item", PROPOSAL.partners[1]),
        ("partners/p2/name", "leaf", "Twee"),
        ("work_packages/w1/deliverables", "list", PROPOSAL.work_packages[0].deliverables),
        ("work_packages/w1/deliverables/d1/month", "leaf", 3),
        ("answers/vision", "answer", "Later"),
        ("answers/never_given", "answer", ""),
    ],
)
def test_an_address_finds_its_value(at: str, kind: str, value: object) -> None:
    assert address.parse(at).kind == kind
    assert address.value_at(PROPOSAL, at) == value


@pytest.mark.parametrize(
    "at",
    [
        "",
        "/",
        "project",
        "project/",
        "project/nothing",
        "project/title/more",
        "id",
        "format",
        "partners/p1/id",
        "partners//name/x",
        "partners/p1/name/x",
        "partners/p1/nothing",
        "partners/p1/name/",
        "answers",
        "answers/Not An Id",
        "answers/a/b",
        "answers/\ud800",
        "work_packages/w1/deliverables/d1/outcome/x",
        "../partners",
        "__class__",
        "project/__class__",
        "x/" * 3000,
    ],
)
def test_what_is_no_address_is_refused_with_its_name(at: str) -> None:
    with pytest.raises(EditError) as caught:
        address.parse(at)
    assert caught.value.key == "edit_no_such_address"
    assert caught.value.figures == {"address": at}


@pytest.mark.parametrize(
    "at", ["partners/gone", "partners/gone/name", "work_packages/w1/deliverables/gone", "partners/"]
)
def test_an_item_that_is_not_there_is_refused(at: str) -> None:
    with pytest.raises(EditError):
        address.value_at(PROPOSAL, at)


def test_an_address_stays_right_when_rows_move() -> None:
    moved = PROPOSAL.model_copy(update={"partners": PROPOSAL.partners[::-1]})
    assert address.value_at(moved, "partners/p2/name") == "Twee"


def test_shapes_tell_what_each_field_is() -> None:
    kinds = {name: shape.kind for name, shape in address.shapes(Proposal).items()}
    assert kinds["project"] == "part"
    assert kinds["partners"] == "list"
    assert kinds["answers"] == "answers"
    assert kinds["language"] == "leaf"
