"""The journal: a row for each change, chained by stamps, and the head that says where it ends.

The stamp of a row is a digest of the row and of the stamp before it. So a damaged, missing or
foreign row is noticed, and a writer that does not know the newest change cannot add another: the
head must still bear the stamp that its own change builds on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import ValidationError

from sif_desktop.errors import FileError
from sif_desktop.model.edit import Change, Edits
from sif_desktop.model.values import Frozen
from sif_desktop.store.packed import LARGEST, DamageError, digest, is_modest, pack, unpack


class Row(NamedTuple):
    """A change as it stands in the file; `stamp` covers all that comes before it."""

    seq: int
    id: str
    session: str
    at: str
    author: str
    label: str
    subject: str
    body: bytes
    stamp: bytes


class Head(NamedTuple):
    """The number of the last change, and its stamp."""

    seq: int
    stamp: bytes


@dataclass(frozen=True)
class Entry:
    """A change with its number in the draft and the session in which it was made."""

    seq: int
    session: str
    change: Change


class _Body(Frozen):
    """What is packed of a change: together, since the new and the old text are much alike."""

    edits: Edits
    inverse: Edits


_COLUMNS = ", ".join(Row._fields)


def make_row(change: Change, session: str, seq: int, before: bytes, file: str) -> Row:
    """The row of a change after the one with stamp `before`. The same change gives the same row.

    Raises FileError where the change is too large to be read again.
    """
    plain = _Body(edits=change.edits, inverse=change.inverse).model_dump_json().encode("utf-8")
    if not is_modest(plain):
        raise FileError("draft_change_too_large", file=file, size=LARGEST // 1024**2)
    at = change.at.isoformat()
    row = Row(
        seq, change.id, session, at, change.author, change.label, change.subject, pack(plain), b""
    )
    return row._replace(stamp=_stamp(row, before))


def _stamp(row: Row, before: bytes) -> bytes:
    return digest(before, *row[:-1])


def add_row(db: sqlite3.Connection, row: Row) -> None:
    """Writes a row behind the last one, within a transaction."""
    places = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO changes ({_COLUMNS}) VALUES ({places})", row)  # noqa: S608
    write_head(db, Head(row.seq, row.stamp))


def write_head(db: sqlite3.Connection, head: Head) -> None:
    """Says where the journal ends, within a transaction."""
    db.execute("INSERT OR REPLACE INTO head (one, seq, stamp) VALUES (1, ?, ?)", head)


def read_head(db: sqlite3.Connection) -> Head:
    """Where the journal ends. Raises DamageError where that cannot be told."""
    found = db.execute("SELECT seq, stamp FROM head").fetchall()
    if len(found) != 1 or not isinstance(found[0][0], int) or not isinstance(found[0][1], bytes):
        raise DamageError("head")
    return Head(*found[0])


def last_row(db: sqlite3.Connection) -> int:
    """The highest number of a row, or 0; what the head says does not count."""
    found = db.execute("SELECT max(seq) FROM changes").fetchone()[0]
    return found if isinstance(found, int) else 0


def stamp_at(db: sqlite3.Connection, seq: int) -> bytes:
    """The stamp after change `seq`. Raises DamageError where the file does not tell."""
    for table in ("changes", "snapshots"):
        found = db.execute(f"SELECT stamp FROM {table} WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
        if found and isinstance(found[0], bytes):
            return found[0]
    raise DamageError("stamp")


def rows(
    db: sqlite3.Connection, after: int, before: bytes, upto: int | None = None
) -> Iterator[Row]:
    """The rows behind change `after`, whose stamp is `before`, each one checked.

    Ends after `upto`. Raises DamageError at the first row that is missing or changed; SQLite's
    own complaints come as sqlite3.Error.
    """
    last = 2**62 if upto is None else upto
    query = f"SELECT {_COLUMNS} FROM changes WHERE seq > ? AND seq <= ? ORDER BY seq"  # noqa: S608
    cursor = db.execute(query, (after, last))
    try:
        for found in cursor:
            row = Row(*found)
            after += 1
            if row.seq != after or not _well_typed(row) or row.stamp != _stamp(row, before):
                raise DamageError("change")
            before = row.stamp
            yield row
    finally:
        cursor.close()


def _well_typed(row: Row) -> bool:
    return isinstance(row.body, bytes) and all(isinstance(value, str) for value in row[1:7])


def change_of(row: Row) -> Change:
    """The change in a row. Raises DamageError where it is none of ours."""
    try:
        body = _Body.model_validate_json(unpack(row.body))
        return Change.model_validate(
            {
                "id": row.id,
                "at": row.at,
                "author": row.author,
                "label": row.label,
                "subject": row.subject,
                "edits": body.edits,
                "inverse": body.inverse,
            }
        )
    except ValidationError as error:
        raise DamageError("edits") from error
