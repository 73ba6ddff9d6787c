"""What a draft remembers: changes by session, and moments that were given a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sif_desktop.store import journal, snapshots
from sif_desktop.store.journal import Entry
from sif_desktop.store.packed import DamageError

_BATCH = 200


@dataclass(frozen=True)
class Sitting:
    """One session of work on the draft: its changes by number, and when they were made."""

    session: str
    author: str
    first: int
    last: int
    begun: datetime
    ended: datetime


@dataclass(frozen=True)
class Moment:
    """A moment of the history with a name: the draft as it was after change `seq`."""

    seq: int
    name: str
    at: datetime
    author: str


def first_number(db: sqlite3.Connection) -> int:
    """The change after which the history begins: 0, unless an older part could not be recovered.

    Raises DamageError where there is nothing to begin with.
    """
    numbers = snapshots.numbers(db)
    if not numbers:
        raise DamageError("snapshots")
    return numbers[-1]


def entries(db: sqlite3.Connection, after: int, upto: int) -> list[Entry]:
    """The changes behind change `after`, at most a batch of them and none behind `upto`.

    Raises DamageError where one cannot be read.
    """
    before = journal.stamp_at(db, after)
    last = min(upto, after + _BATCH)
    found = [
        Entry(row.seq, row.session, journal.change_of(row))
        for row in journal.rows(db, after, before, last)
    ]
    if len(found) != last - after:
        raise DamageError("change")
    return found


def sittings(found: Iterator[Entry]) -> Iterator[Sitting]:
    """Changes in their order, gathered by the session in which they were made."""
    current: Sitting | None = None
    for entry in found:
        at, author = entry.change.at, entry.change.author
        if current and (current.session, current.author) == (entry.session, author):
            current = Sitting(entry.session, author, current.first, entry.seq, current.begun, at)
            continue
        if current:
            yield current
        current = Sitting(entry.session, author, entry.seq, entry.seq, at, at)
    if current:
        yield current


def add_moment(db: sqlite3.Connection, seq: int, name: str, author: str) -> None:
    """Writes a name for the draft as it is after change `seq`, within a transaction."""
    db.execute(
        "INSERT INTO moments (seq, name, at, author) VALUES (?, ?, ?, ?)",
        (seq, name, datetime.now(UTC).isoformat(), author),
    )


def moments(db: sqlite3.Connection) -> list[Moment]:
    """The named moments, in the order in which they were named. Raises DamageError."""
    found = []
    for seq, name, at, author in db.execute(
        "SELECT seq, name, at, author FROM moments ORDER BY id"
    ):
        if not isinstance(seq, int) or not all(
            isinstance(text, str) for text in (name, at, author)
        ):
            raise DamageError("moment")
        try:
            found.append(Moment(seq, name, datetime.fromisoformat(at), author))
        except ValueError as error:
            raise DamageError("moment") from error
    return found
