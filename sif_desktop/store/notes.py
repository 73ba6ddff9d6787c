"""Notes that a draft carries beside its proposal: what packets were sent, what was signed off.

They stand in the table `meta`, under names of their own; undo and history do not touch them. What
a note says is the business of who writes it.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from sif_desktop.store.connection import COMPLAINTS
from sif_desktop.store.packed import DamageError

LONGEST = 8_000_000
"""Characters of one note; a longer one is damage, since none is ever written."""

_MARK = "note:"


def read(db: sqlite3.Connection, name: str) -> str:
    """The note with a name, "" where there is none. Raises DamageError for anything but a text."""
    found = db.execute(
        "SELECT value FROM meta WHERE name = ? AND length(value) <= ?", (_MARK + name, LONGEST)
    ).fetchone()
    if found is None:
        return ""
    if not isinstance(found[0], str):
        raise DamageError("note")
    return found[0]


def write(db: sqlite3.Connection, name: str, text: str) -> None:
    """Writes a note in the place of the one with that name, within a transaction."""
    if len(text) > LONGEST:
        raise ValueError(f"the note {name} is too long")
    db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_MARK + name, text))


def copy(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Copies the notes that can be read into a draft that is built anew."""
    with suppress(*COMPLAINTS):
        for name, text in old.execute(
            "SELECT name, value FROM meta WHERE substr(name, 1, ?) = ? AND length(value) <= ?",
            (len(_MARK), _MARK, LONGEST),
        ).fetchall():
            new.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, text))
