"""The tables of a draft, and how one of ours is told from any other SQLite file.

    meta         who began the draft, when, and for which call: for people who look inside; and
                 notes that the draft carries beside its proposal (`notes.py`)
    head         one row: the last change, and the stamp that the next one builds on
    changes      the journal, a row for each act; `body` is packed JSON of edits and inverse
    snapshots    the whole tree after some of the changes, as packed JSON
    moments      names given to moments of the history ("sent to the partners")
    attachments  the files of the dossier by their SHA-256
    pieces       their bytes, in pieces of at most a mebibyte

Version history of the file (`user_version`):
    1  the first
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

APPLICATION_ID = 0x53494644
"""`application_id` in the header of the file: "SIFD"."""

VERSION = 1
"""`user_version`: the version of these tables; a higher one is from a newer program."""

TABLES: tuple[str, ...] = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL,"
    " stamp BLOB NOT NULL)",
    "CREATE TABLE changes (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, session TEXT NOT NULL,"
    " at TEXT NOT NULL, author TEXT NOT NULL, label TEXT NOT NULL, subject TEXT NOT NULL,"
    " body BLOB NOT NULL, stamp BLOB NOT NULL)",
    "CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, stamp BLOB NOT NULL, tree BLOB NOT NULL,"
    " digest BLOB NOT NULL)",
    "CREATE TABLE moments (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, name TEXT NOT NULL,"
    " at TEXT NOT NULL, author TEXT NOT NULL)",
    "CREATE TABLE attachments (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE,"
    " size INTEGER NOT NULL)",
    "CREATE TABLE pieces (attachment INTEGER NOT NULL REFERENCES attachments (id),"
    " part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (attachment, part))",
)

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def lay_out(db: sqlite3.Connection, tables: Iterable[str] = TABLES, version: int = VERSION) -> None:
    """Makes an empty database into an empty draft."""
    for statement in tables:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {version}")


def is_ours(db: sqlite3.Connection, tables: Iterable[str] = TABLES) -> bool:
    """Whether a file holds exactly our tables: no views, triggers or anything else.

    A trigger or a view in a stranger's file would run when we write or read.
    """
    model = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in tables:
            model.execute(statement)
        return set(db.execute(_OBJECTS)) == set(model.execute(_OBJECTS))
    finally:
        model.close()
