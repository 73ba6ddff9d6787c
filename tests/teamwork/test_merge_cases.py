"""Merging, case by case: what two sides did to one place, and what comes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from teamwork.small import TEXT, small

from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.choice import Choice, tracing
from sif_desktop.teamwork.merge import Merge, merge

SUMMARY, VISION = "project/summary", "answers/vision_future"
FIRST, SECOND, THIRD, LAST = TEXT.split("\n\n")


def after(*edits: Edit, base: Proposal | None = None) -> Proposal:
    tree, _ = apply_all(base or small(), edits)
    return tree


def merged(mine: list[Edit], theirs: list[Edit], base: Proposal | None = None) -> Merge:
    base = base or small()
    return merge(base, after(*mine, base=base), after(*theirs, base=base))


def only(done: Merge) -> Choice:
    assert len(done.choices) == 1, done.choices
    return done.choices[0]


def taken(done: Merge, *choices: Choice) -> Proposal:
    """The tree with the other side's answer picked, for all choices or for some."""
    picks = {choice.key: "theirs" for choice in choices or done.choices}
    tree, _ = apply_all(done.mine, done.settled(picks))
    assert Proposal.model_validate(tree.model_dump(mode="json")) == tree
    return tree


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("at", "mine", "theirs", "result"),
    [
        # one side, either side, both to the same
        ("budget/b0/subsidy", None, 100, 100),
        ("budget/b0/subsidy", 100, None, 100),
        ("budget/b0/subsidy", 100, 100, 100),
        ("budget/b0/subsidy", None, "honderd", "honderd"),
        ("project/summary", None, "", ""),
        (VISION, "", None, ""),
        # texts, by paragraph
        (SUMMARY, text("A", SECOND, THIRD, LAST), text(FIRST, SECOND, "B", LAST),
         text("A", SECOND, "B", LAST)),
        (SUMMARY, text(FIRST, "Nieuw", SECOND, THIRD, LAST), text(FIRST, SECOND, LAST),
         text(FIRST, "Nieuw", SECOND, LAST)),
        (VISION, text(FIRST, SECOND, THIRD, LAST, "Einde"), text("Vooraan", SECOND, THIRD, LAST),
         text("Vooraan", SECOND, THIRD, LAST, "Einde")),
        (SUMMARY, text("A", SECOND, THIRD, LAST), text("A", SECOND, "B", LAST),
         text("A", SECOND, "B", LAST)),
        # paragraphs that stand beside one another
        (SUMMARY, text(FIRST, "A", THIRD, LAST), text(FIRST, SECOND, "B", LAST),
         text(FIRST, "A", "B", LAST)),
        (SUMMARY, text("A", SECOND, "B", LAST), text(FIRST, "C", THIRD, "D"),
         text("A", "C", "B", "D")),
        # sets of choices, element by element
        ("project/innovation_kinds", ("product", "a"), ("b",), ("a", "b")),
        ("project/innovation_kinds", (), ("product", "b"), ("b",)),
        ("project/exclusions", ("none", "x"), ("none", "x", "y"), ("none", "x", "y")),
        ("answers/empowerment_kinds", ("a",), ("b",), ("a", "b")),
    ],
)  # fmt: skip
def test_what_goes_together(at: str, mine: Any, theirs: Any, result: Any) -> None:
    edits = [[] if value is None else [Set(at=at, value=value)] for value in (mine, theirs)]
    for here, there in (edits, edits[::-1]):
        done = merged(here, there)
        assert done.choices == ()
        assert value_at(done.merged, at) == result
        assert after(*done.edits, base=done.mine) == done.merged


@pytest.mark.parametrize(
    ("at", "mine", "theirs"),
    [
        ("budget/b0/subsidy", 100, 200),
        ("budget/b0/subsidy", 100, ""),
        ("budget/b0/subsidy", 100, "100"),
        ("project/title", "Een titel", "Een andere titel"),
        ("project/title", "Zeven", "Acht"),
        (SUMMARY, text("A", SECOND, THIRD, LAST), text("B", SECOND, THIRD, LAST)),
        (SUMMARY, text(FIRST, SECOND, THIRD, LAST, "A"), text(FIRST, SECOND, THIRD, LAST, "B")),
        (SUMMARY, "", text("B", SECOND, THIRD, LAST)),
        # a paragraph moved, or there twice: which is which cannot be known
        (SUMMARY, text(FIRST, THIRD, SECOND, LAST), text(FIRST, SECOND, THIRD, "B")),
        (SUMMARY, text(FIRST, SECOND, SECOND, THIRD, LAST), text(FIRST, SECOND, THIRD, "B")),
        (SUMMARY, text(FIRST, "A", SECOND, THIRD, LAST), text(FIRST, SECOND, THIRD, "A", LAST)),
        # beside a paragraph that the other side reworded, one was added or removed
        (SUMMARY, text(FIRST, "A", "Nieuw", THIRD, LAST), text(FIRST, SECOND, "B", LAST)),
        (SUMMARY, text(FIRST, THIRD, LAST), text(FIRST, SECOND, "B", LAST)),
        (SUMMARY, text(FIRST, THIRD, "Nieuw", LAST), text(FIRST, SECOND, "B", LAST)),
        ("answers/stray", 1, ("a",)),
    ],
)  # fmt: skip
def test_what_a_person_decides(at: str, mine: Any, theirs: Any) -> None:
    done = merged([Set(at=at, value=mine)], [Set(at=at, value=theirs)])
    choice = only(done)
    assert (choice.kind, choice.at, choice.mine, choice.theirs) == ("value", at, mine, theirs)
    assert choice.base == value_at(small(), at)
    assert value_at(done.merged, at) == mine
    assert done.edits == ()
    assert value_at(taken(done), at) == theirs


def test_of_a_text_only_the_paragraph_that_clashes_is_to_be_decided() -> None:
    done = merged(
        [Set(at=SUMMARY, value=text("A", SECOND, THIRD, LAST))],
        [Set(at=SUMMARY, value=text("B", SECOND, THIRD, "Slot"))],
    )
    assert only(done).mine == text("A", SECOND, THIRD, "Slot")
    assert only(done).theirs == text("B", SECOND, THIRD, "Slot")
    assert value_at(done.merged, SUMMARY) == text("A", SECOND, THIRD, "Slot")
    assert value_at(taken(done), SUMMARY) == text("B", SECOND, THIRD, "Slot")
    beside = merged(
        [Set(at=SUMMARY, value=text("A", "C", THIRD, LAST))],
        [Set(at=SUMMARY, value=text(FIRST, "B", "D", LAST))],
    )
    assert only(beside).mine == text("A", "C", "D", LAST)
    assert only(beside).theirs == text("A", "B", "D", LAST)


def test_the_values_of_a_file_stay_together() -> None:
    def replaced(digest: str, size: int) -> list[Edit]:
        return [
            Set(at="attachments/a1/sha256", value=digest * 64),
            Set(at="attachments/a1/size", value=size),
        ]

    assert merged([], replaced("b", 2)).choices == ()
    assert value_at(merged([], replaced("b", 2)).merged, "attachments/a1").size == 2
    done = merged(replaced("b", 2), replaced("c", 3))
    assert only(done).at == "attachments/a1/filename"
    assert only(done).covers > {"attachments/a1/sha256", "attachments/a1/size"}
    file = value_at(taken(done), "attachments/a1")
    assert (file.sha256, file.size) == ("c" * 64, 3)
    # Also where the one changed the digest and the other only the size.
    assert only(merged(replaced("b", 1), replaced("a", 9))).kind == "value"


def test_rows_added_removed_and_moved_on_both_sides() -> None:
    done = merged(
        [
            Add(at="budget", item={"id": "nm"}, after="b0"),
            Drop(at="budget/b1"),
            Move(at="budget/b3", after=""),
        ],
        [Add(at="budget", item={"id": "nt"}, after="b0"), Drop(at="budget/b2")],
    )
    assert done.choices == ()
    assert [line.id for line in done.merged.budget] == ["b3", "b0", "nm", "nt"]


def test_rows_within_a_row() -> None:
    at = "work_packages/w1/deliverables"
    done = merged(
        [Add(at=at, item={"id": "x", "month": 3}, after="d13"), Set(at=f"{at}/d11/month", value=1)],
        [Drop(at=f"{at}/d12"), Set(at=f"{at}/d11/title", value="T")],
    )
    assert done.choices == ()
    held = value_at(done.merged, at)
    assert [item.id for item in held] == ["d11", "d13", "x"]
    assert (held[0].month, held[0].title) == (1, "T")


def test_a_row_removed_here_and_changed_there() -> None:
    done = merged([Drop(at="budget/b1")], [Set(at="budget/b1/subsidy", value=9)])
    choice = only(done)
    assert (choice.kind, choice.at, choice.mine) == ("removed_here", "budget/b1", None)
    assert done.edits == ()
    assert value_at(taken(done), "budget/b1").subsidy == 9
    assert [line.id for line in taken(done).budget] == ["b0", "b1", "b2", "b3"]


def test_a_row_changed_here_and_removed_there() -> None:
    done = merged([Set(at="budget/b1/subsidy", value=9)], [Drop(at="budget/b1")])
    choice = only(done)
    assert (choice.kind, choice.at, choice.theirs) == ("removed_there", "budget/b1", None)
    assert value_at(done.merged, "budget/b1").subsidy == 9
    assert [line.id for line in taken(done).budget] == ["b0", "b2", "b3"]


def test_a_row_removed_here_and_moved_there_may_come_back() -> None:
    done = merged([Drop(at="budget/b1")], [Move(at="budget/b1", after="b3")])
    assert only(done).kind == "removed_here"
    assert [line.id for line in taken(done).budget] == ["b0", "b2", "b3", "b1"]


def test_a_change_within_a_removed_row_counts() -> None:
    at = "work_packages/w1"
    done = merged([Drop(at=at)], [Set(at=f"{at}/deliverables/d11/title", value="T")])
    assert [choice.at for choice in done.choices] == [at]
    assert value_at(taken(done), f"{at}/deliverables/d11/title") == "T"


def test_a_partner_removed_here_for_whom_lines_were_added_there() -> None:
    line = Add(at="budget", item={"id": "nieuw", "partner": "p3", "subsidy": 5})
    done = merged([Drop(at="partners/p3")], [line])
    assert value_at(done.merged, "budget/nieuw").partner == "p3"
    choice = only(done)
    assert (choice.kind, choice.at) == ("used_there", "partners/p3")
    assert [partner.id for partner in taken(done).partners] == ["p1", "p2", "p3"]


def test_a_partner_removed_there_for_whom_lines_were_added_here() -> None:
    line = Add(at="budget", item={"id": "nieuw", "partner": "p3", "subsidy": 5})
    done = merged([line], [Drop(at="partners/p3")])
    choice = only(done)
    assert (choice.kind, choice.at) == ("used_here", "partners/p3")
    assert done.edits == ()
    assert [partner.id for partner in taken(done).partners] == ["p1", "p2"]
    assert value_at(taken(done), "budget/nieuw").partner == "p3"


def test_a_partner_removed_with_all_its_lines_goes_without_a_question() -> None:
    removal = [Drop(at="partners/p3"), Drop(at="budget/b2")]
    done = merged([Set(at="budget/b0/subsidy", value=9)], removal)
    assert done.choices == ()
    assert [partner.id for partner in done.merged.partners] == ["p1", "p2"]


def test_orders_that_do_not_go_together() -> None:
    done = merged([Move(at="budget/b0", after="b1")], [Move(at="budget/b1", after="b2")])
    choice = only(done)
    assert choice.kind == "order"
    rows = [line.id for line in done.merged.budget]
    assert rows.index("b2") < rows.index("b1") < rows.index("b0")
    assert [line.id for line in taken(done).budget] == ["b0", "b2", "b1", "b3"]
    kept, _ = apply_all(done.mine, done.settled({choice.key: "mine"}))
    assert kept == done.mine


def test_choices_taken_together_stand_in_each_others_way_nowhere() -> None:
    mine: list[Edit] = [
        Drop(at="budget/b1"),
        Drop(at="budget/b2"),
        Set(at="budget/b3/subsidy", value=7),
    ]
    theirs: list[Edit] = [
        Set(at="budget/b1/subsidy", value=8),
        Set(at="budget/b2/subsidy", value=9),
        Drop(at="budget/b3"),
    ]
    done = merged(mine, theirs)
    assert len(done.choices) == 3
    assert [line.id for line in taken(done).budget] == ["b0", "b1", "b2"]
    assert [line.id for line in taken(done, done.choices[0]).budget].count("b0") == 1


def test_an_item_that_both_sides_have_without_a_base() -> None:
    item = {"id": "n", "description": "Een", "subsidy": 1}
    mine = [Add(at="budget", item=item)]
    theirs = [Add(at="budget", item={**item, "subsidy": 2})]
    choice = only(merged(mine, theirs))
    assert (choice.at, choice.mine, choice.theirs) == ("budget/n/subsidy", 1, 2)


def test_a_choice_tells_who_and_when() -> None:
    base = small()
    sides = []
    for author, value, hour in (("An", 1, 8), ("Bo", 2, 9)):
        at = datetime(2013, 3, 1, hour, tzinfo=UTC)
        edits = [Set(at="budget/b0/subsidy", value=value)]
        sides.append(make_change(base, edits, author=author, at=at))
    (mine, first), (theirs, second) = sides
    done = merge(base, mine, theirs, mine_by=tracing([first]), theirs_by=tracing([second]))
    choice = only(done)
    assert choice.mine_by and choice.theirs_by
    assert (choice.mine_by.author, choice.theirs_by.author) == ("An", "Bo")
    assert choice.theirs_by.at.hour == 9


def test_who_added_an_item_is_asked_of_its_values() -> None:
    base = small()
    at = datetime(2013, 3, 1, tzinfo=UTC)
    _, change = make_change(base, [Add(at="budget", item={"id": "n"})], author="An", at=at)
    by = tracing([change])
    assert by("budget/n/subsidy") == by("budget/n")
    trace = by("budget/n")
    assert trace and trace.author == "An"
    assert by("budget/b0/subsidy") is None
    assert by("project/title") is None


def test_the_key_of_a_choice_is_that_of_the_question() -> None:
    first = only(merged([Set(at=SUMMARY, value="A")], [Set(at=SUMMARY, value="B")]))
    again = only(merged([Set(at=SUMMARY, value="A")], [Set(at=SUMMARY, value="B")]))
    other = only(merged([Set(at=SUMMARY, value="A")], [Set(at=SUMMARY, value="C")]))
    assert first.key == again.key != other.key


def test_all_is_one_act_that_can_be_undone() -> None:
    done = merged(
        [Drop(at="budget/b1"), Set(at=SUMMARY, value=text("A", SECOND, THIRD, LAST))],
        [
            Set(at="budget/b0/subsidy", value=9),
            Add(at="partners", item={"id": "p4"}),
            Set(at=SUMMARY, value=text(FIRST, SECOND, THIRD, "B")),
        ],
    )
    tree, change = make_change(done.mine, done.edits, label="merge")
    assert tree == done.merged
    assert after(*change.inverse, base=tree) == done.mine
