"""The history of a draft as a person would tell it: sessions of work, and what was done in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call, pattern
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.model.edit import Add, Edit
from sif_desktop.store.draft import Draft
from sif_desktop.store.history import Moment
from sif_desktop.store.journal import Entry

REST = timedelta(hours=3)
"""A pause after which work that goes on counts as another session: a window may stay open for
days."""

LONGEST_NAME = 80
"""Characters of the name of a moment."""

_BATCH = 200
_TAKEN_BACK = ("undo", "redo")


@dataclass(frozen=True, slots=True)
class Act:
    """A change of the history. What it did to the proposal is not kept here, only where.

    seq       its number, by which the moment behind it is known
    of        of undo and redo the label and subject of what was taken back or done again
    first     the address of its first edit, and `count` how many it has
    sections  the ids of the sections in which it changed something; "" for outside the form
    """

    seq: int
    session: str
    author: str
    at: datetime
    label: str
    subject: str
    first: str
    count: int
    sections: tuple[str, ...]
    of: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Stint:
    """A session of work: acts of one author without a long pause, the oldest first."""

    acts: tuple[Act, ...]

    @property
    def author(self) -> str:
        """Who worked."""
        return self.acts[0].author

    @property
    def begun(self) -> datetime:
        """When the first act was done."""
        return self.acts[0].at

    @property
    def ended(self) -> datetime:
        """When the last act was done."""
        return self.acts[-1].at

    @property
    def before(self) -> int:
        """The number of the moment from which the work began."""
        return self.acts[0].seq - 1

    @property
    def last(self) -> int:
        """The number of its last act."""
        return self.acts[-1].seq

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The sections in which something was changed, in the order in which that happened."""
        return tuple(dict.fromkeys(section for act in self.acts for section in act.sections))


@dataclass(frozen=True)
class Past:
    """The history as far as it was read.

    start    the number of the moment with which it begins
    trouble  why what is older cannot be read, where it is damaged; else None
    """

    start: int
    acts: tuple[Act, ...]
    moments: tuple[Moment, ...]
    trouble: NotOursError | None = None

    @property
    def last(self) -> int:
        """The number of the last change."""
        return self.acts[-1].seq if self.acts else self.start

    @cached_property
    def names(self) -> Mapping[int, tuple[str, ...]]:
        """The names that moments were given, by their numbers; of one moment the newest last."""
        found: dict[int, tuple[str, ...]] = {}
        for one in self.moments:
            found[one.seq] = (*found.get(one.seq, ()), one.name)
        return found

    @cached_property
    def stints(self) -> tuple[Stint, ...]:
        """The sessions of work, the oldest first."""
        return tuple(Stint(acts) for acts in _parted(self.acts))

    def act(self, seq: int) -> Act | None:
        """The act behind which a moment is; None for the start."""
        place = seq - self.start - 1
        return self.acts[place] if 0 <= place < len(self.acts) else None


def read(draft: Draft, call: Call, known: Past | None = None, work: Work = UNWATCHED) -> Past:
    """The history of a draft; what is behind `known`, which was read before, is read on.

    Of a damaged one only what is newer than the damage. Raises FileError where nothing can be read
    at all, StoppedError where nobody waits for it any more.
    """
    sections = _Sections(call)
    whole = draft.seq
    trouble = known.trouble if known else None
    after = known.last if known else None
    try:
        news = _read(draft, sections, after, whole, work)
    except NotOursError as error:
        trouble, known = error, None
        news = _newest(draft, sections, whole, work)
    found = [*(known.acts if known else ()), *news]
    start = known.start if known else (found[0].seq - 1 if found else whole)
    return Past(start, tuple(_told_of(found)), tuple(draft.moments()), trouble)


def _read(draft: Draft, sections: _Sections, after: int | None, upto: int, work: Work) -> list[Act]:
    found = []
    for entry in draft.entries(after, upto):
        if entry.seq % _BATCH == 0:
            work.at("history", entry.seq, upto)
        found.append(_act(entry, sections))
    return found


def _newest(draft: Draft, sections: _Sections, whole: int, work: Work) -> list[Act]:
    """The acts behind the last damage, found from the end on."""
    found: list[Act] = []
    first = whole
    while first > 0:
        try:
            found[:0] = _read(draft, sections, max(first - _BATCH, 0), first, work)
        except NotOursError:
            break
        first = found[0].seq - 1
    return found


def name_moment(draft: Draft, seq: int, name: str) -> str:
    """Gives a moment a name; gives the name as it was kept.

    Raises SifError where it is no name, FileError where there is no such moment or it cannot be
    written.
    """
    kept = "".join(sign for sign in " ".join(name.split()) if sign.isprintable())
    if not kept:
        raise SifError("moment_name_empty")
    if len(kept) > LONGEST_NAME:
        raise SifError("moment_name_long", most=LONGEST_NAME)
    if kept.isdigit():
        raise SifError("moment_name_number", name=kept)
    draft.name_moment(seq, kept)
    return kept


def _act(entry: Entry, sections: _Sections) -> Act:
    change = entry.change
    return Act(
        seq=entry.seq,
        session=entry.session,
        author=change.author,
        at=change.at,
        label=change.label,
        subject=change.subject,
        first=_address(change.edits[0]) if change.edits else "",
        count=len(change.edits),
        sections=tuple(dict.fromkeys(sections.of(edit.at) for edit in change.edits)),
    )


def _address(edit: Edit) -> str:
    """Where an edit changed something; of an item that was added the item, not its list."""
    return f"{edit.at}/{edit.item['id']}" if isinstance(edit, Add) else edit.at


class _Sections:
    """The section of an address; a change may have thousands of edits in one list."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known: dict[str, str] = {}

    def of(self, address: str) -> str:
        wanted = pattern(address)
        known = self._known.get(wanted)
        if known is None:
            section = self._call.section_at(address)
            known = self._known[wanted] = section.id if section else ""
        return known


def _told_of(acts: Iterable[Act]) -> Iterator[Act]:
    """Tells of each undo and redo what it was of: a session takes its own acts back in turn."""
    stacks: dict[str, tuple[list[Act], list[Act]]] = {}
    for act in acts:
        done, undone = stacks.setdefault(act.session, ([], []))
        if act.label not in _TAKEN_BACK:
            done.append(act)
            undone.clear()
            yield act
            continue
        origin, goal = (done, undone) if act.label == "undo" else (undone, done)
        of = origin.pop() if origin else act
        goal.append(of)
        yield act if of is act else replace(act, of=(of.label, of.subject))


def _parted(acts: Iterable[Act]) -> Iterator[tuple[Act, ...]]:
    current: list[Act] = []
    for act in acts:
        if current and not _goes_on(current[-1], act):
            yield tuple(current)
            current = []
        current.append(act)
    if current:
        yield tuple(current)


def _goes_on(before: Act, act: Act) -> bool:
    same = (before.session, before.author) == (act.session, act.author)
    return same and act.at - before.at < REST
