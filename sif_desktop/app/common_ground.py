"""What two drafts have in common: their last common change, and what was merged before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sif_desktop.errors import EditError, FileError
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds
from sif_desktop.teamwork.choice import Trace, Tracing, tracing
from sif_desktop.teamwork.packet import PacketError
from sif_desktop.teamwork.rounds import Round
from sif_desktop.teamwork.turns import Rank, Turn, Turns, lists_of

_NEAR = 400
"""Changes up to which a moment is reached by undoing."""

_MOST_TURNS = 20
"""Merges that are looked at for how they left lists, the last ones."""

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
    """The tree as it was after a change; None where the history does not reach it.

    One that is not far back is reached by undoing: so it shares all that stayed with the tree of
    today, and comparing the two is quick.
    """
    try:
        if not 0 <= draft.seq - seq <= _NEAR or seq < 0:
            return draft.proposal_at(seq)
        later = [entry.change for entry in draft.entries(seq)]
        if len(later) < draft.seq - seq:
            return None
        tree = draft.proposal
        for change in reversed(later):
            tree, _ = apply_all(tree, change.inverse)
        return tree
    except (FileError, EditError):
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


@dataclass(frozen=True)
class Before:
    """What was merged of a line of work before.

    `last` is the last round that still stands, and `common` the number of the change in the other
    draft up to which all was settled then; None where that is not even its beginning.
    """

    last: Round | None = None
    common: int | None = None


def merged_before(draft: Draft, theirs: Draft, line: str) -> Before:
    """What of a line of work was merged and still stands in the history of a draft.

    A round stands only where those that it built on do: going back to a moment before the first of
    them takes all of them back. One with choices left open settled nothing for good: the state
    from which it began stays the common one.
    """
    chain = _chain(draft, line)
    for last in _standing(draft, chain):
        if change_id(theirs, last.theirs_seq) == last.theirs:
            whole: Round | None = last
            while whole and not whole.whole:
                whole = chain.get(whole.on)
            if whole and change_id(theirs, whole.theirs_seq) != whole.theirs:
                continue
            return Before(last, whole.theirs_seq if whole else None)
    return Before()


def last_round(draft: Draft, line: str) -> Round | None:
    """The last merge of a line of work that still stands in a draft. Raises NotOursError."""
    return next(_standing(draft, _chain(draft, line)), None)


def turns_before(draft: Draft, mine: Proposal) -> Turns:
    """The merges after which nobody changed a list in a draft, by the address of the list.

    `mine` is the tree as it stands. Merges after which much else was done are left out.
    """
    noted = [one for one in rounds.from_note(draft.note(NOTE), str(draft.path)) if one.placings]
    found: dict[str, list[Turn]] = {}
    lists = lists_of(mine) if noted else {}
    now = draft.seq
    for one in reversed(noted[-_MOST_TURNS:]):
        if not now - _NEAR <= one.seq <= now:
            break
        now = one.seq
        open_still = one.placings.keys() & lists.keys()
        if not open_still or not _act_stands(draft, one):
            continue
        for at in open_still:
            placing = one.placings[at]
            if lists[at] == placing.after:
                found.setdefault(at, []).insert(0, (Rank(since=one.since, line=one.line), placing))
                lists[at] = placing.before
            else:
                del lists[at]
    return found


def _chain(draft: Draft, line: str) -> dict[str, Round]:
    """The rounds of a line of work by their ids, in their order."""
    known = rounds.from_note(draft.note(NOTE), str(draft.path))
    return {one.id: one for one in known if one.line == line}


def _standing(draft: Draft, chain: dict[str, Round]) -> Iterator[Round]:
    """Those of a line that still stand, the last first."""

    @cache
    def stands(one: str) -> bool:
        found = chain.get(one)
        if found is None:
            return not one
        return _act_stands(draft, found) and stands(found.on)

    yield from (one for one in reversed(chain.values()) if stands(one.id))


def _act_stands(draft: Draft, one: Round) -> bool:
    """Whether what a round did in a draft is in its history and was not taken back."""
    if change_id(draft, one.seq) != one.change:
        return False
    act = next(_done(draft, one.seq - 1, one.seq)) if one.made else None
    return rounds.stands(one, act, _done(draft, one.seq))


def _done(draft: Draft, after: int, upto: int | None = None) -> Iterator[rounds.Done]:
    for entry in draft.entries(after, upto):
        yield rounds.Done(entry.seq, entry.session, entry.change)


def touched_since(draft: Draft, seq: int) -> Tracing:
    """Who touched what last, since a change; the history is read at the first question."""

    @cache
    def known() -> Tracing:
        return tracing(entry.change for entry in draft.entries(seq))

    def ask(address: str) -> Trace | None:
        return known()(address)

    return ask
