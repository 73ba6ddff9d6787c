"""Three parties in any order: no edit lost without a choice shown, and the order is immaterial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from teamwork.consortium import Consortium

from sif_desktop.teamwork import merge, packet, rounds, walk
from sif_desktop.teamwork.merge import Merge
from sif_desktop.teamwork.order import Arrangement
from sif_desktop.teamwork.values import Combined

RUNS = settings(
    max_examples=200,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    # A failure is told as it came; the campaign `soak_merge` makes it small.
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)

TestConsortium = Consortium.TestCase
TestConsortium.settings = RUNS


def without_choices(*args: Any, **kwargs: Any) -> Merge:
    """A merge that leaves out what it does not take, and tells nobody."""
    return replace(merge.merge(*args, **kwargs), choices=())


def theirs_wins(base: Any, mine: Any, theirs: Any) -> Combined:
    """A merge of values in which the last one wins."""
    return Combined(theirs, theirs)


def at_the_end(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], kept: Any
) -> Arrangement:
    """An order in which what the other side added comes last."""
    rows = [key for key in (*mine, *(key for key in theirs if key not in mine)) if key in kept]
    return Arrangement(rows, rows, rows, False)


def never_taken_back(one: Any, act: Any, later: Any) -> bool:
    """A memory of merges that does not look whether they were undone."""
    return True


@pytest.mark.parametrize(
    ("place", "name", "careless"),
    [
        (packet, "merge", without_choices),
        (walk, "combined", theirs_wins),
        (walk, "arranged", at_the_end),
        (rounds, "stands", never_taken_back),
    ],
    ids=["no choices", "last one wins", "added at the end", "undo forgotten"],
)
def test_the_three_parties_notice_a_careless_merge(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, careless: Any
) -> None:
    """The control: each law is broken by a merge that is a little simpler."""
    monkeypatch.setattr(place, name, careless)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(Consortium, settings=RUNS)
