"""What two drafts have in common: their last common change, and what was merged before."""

from __future__ import annotations

from functools import cache

from sif_desktop.errors import FileError
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds
from sif_desktop.teamwork.choice import Trace, Tracing, tracing
from sif_desktop.teamwork.packet import PacketError
from sif_desktop.teamwork.rounds import Round

NOTE = "rounds"
"""The note of a draft in which its rounds of merging stand."""


def change_id(draft: Draft, seq: int) -> str:
    """The id of the change with a number; "" where there is none."""
    if not 0 < seq <= draft.seq:
        return ""
    return next((entry.change.id for entry in draft.entries(seq - 1, seq)), "")


def number_of(draft: Draft, change: str) -> int | None:
    """The number of the change with an id, 0 for ""; None where it is not in the history."""
    if not change:
        return 0
    return next((entry.seq for entry in draft.entries() if entry.change.id == change), None)


def moment(draft: Draft, seq: int) -> Proposal | None:
    """The tree as it was after a change; None where the history does not reach it."""
    try:
        return draft.proposal_at(seq)
    except FileError:
        return None


def last_common(draft: Draft, theirs: Draft) -> int:
    """The number of the last change that two drafts have in common.

    Up to it a number means the same change in both, and behind it in none: so it is found by
    halves. Raises PacketError where the two never were one draft.
    """
    low, high = 0, min(draft.seq, theirs.seq)
    while low < high:
        middle = (low + high + 1) // 2
        here = change_id(draft, middle)
        if here and here == change_id(theirs, middle):
            low = middle
        else:
            high = middle - 1
    if low == 0 and (moment(draft, 0) is None or moment(draft, 0) != moment(theirs, 0)):
        raise PacketError("merge_nothing_common", file=str(theirs.path))
    return low


def last_round(draft: Draft, theirs: Draft, line: str) -> Round | None:
    """The last merge of a line of work that still stands in the history of a draft."""
    for one in reversed(rounds.from_note(draft.note(NOTE), str(draft.path))):
        if one.line != line or change_id(theirs, one.theirs_seq) != one.theirs:
            continue
        if not one.change:
            return one
        act = next(iter(draft.entries(one.seq - 1, one.seq)), None)
        before = moment(draft, one.seq - 1)
        if act and act.change.id == one.change and before is not None:
            later = (entry.change for entry in draft.entries(one.seq))
            if rounds.stands(before, act.change, later):
                return one
    return None


def touched_since(draft: Draft, seq: int) -> Tracing:
    """Who touched what last, since a change; the history is read at the first question."""

    @cache
    def known() -> Tracing:
        return tracing(entry.change for entry in draft.entries(seq))

    def ask(address: str) -> Trace | None:
        return known()(address)

    return ask
