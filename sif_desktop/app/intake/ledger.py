"""The ledger of an intake: an SQLite file in its folder, with what was found and judged so far.

It is the journal by which an interrupted intake goes on, and the table that everything is read
from: rows are streamed, so that memory does not grow with their number. A row is taken over from
before only where path, size, time of change and SHA-256 of its file are the same, and where
nothing changed that the verdict depends on (`basis`: program, calls, trust).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sif_desktop.app.intake.row import Row, from_text
from sif_desktop.errors import FileError, NotOursError

NAME = "intake.ledger"
_APPLICATION = 0x53494649  # "SIFI"

_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bundles (
    file TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0, row TEXT, state TEXT, sha256 TEXT, call TEXT, proposal TEXT,
    fingerprint TEXT, claimed TEXT, digest TEXT, theme TEXT, priority INTEGER, asked INTEGER,
    own_means INTEGER, replaced_by TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE organisations (
    file TEXT NOT NULL, place INTEGER NOT NULL, name TEXT, number TEXT, role TEXT,
    screening INTEGER, asked INTEGER, PRIMARY KEY (file, place)
) WITHOUT ROWID;
CREATE TABLE numbers (
    file TEXT NOT NULL, field TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (file, field)
) WITHOUT ROWID;
CREATE VIEW counted AS
    SELECT * FROM bundles WHERE state IN ('good', 'blocked') AND replaced_by = '';
CREATE INDEX by_proposal ON bundles (call, proposal);
CREATE INDEX by_number ON organisations (number);
"""


class Ledger:
    """An open ledger. Not for several threads at once."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def question(self, sql: str, *values: object) -> Iterator[Any]:
        """The rows that answer a question in SQL, one by one."""
        return iter(self._base.execute(sql, values))

    def begin(self, basis: dict[str, str]) -> None:
        """Starts a run: what was judged on another basis is forgotten."""
        told = json.dumps(basis, sort_keys=True)
        with self._base:
            known = self._base.execute("SELECT value FROM about WHERE name = 'basis'").fetchone()
            if known is None or known[0] != told:
                self._base.execute("UPDATE bundles SET row = NULL")
                self._base.execute("DELETE FROM organisations")
                self._base.execute("DELETE FROM numbers")
            self._base.execute("INSERT OR REPLACE INTO about VALUES ('basis', ?)", (told,))
            self._base.execute("UPDATE bundles SET seen = 0")

    def found(self, files: Iterable[tuple[str, int, int]]) -> None:
        """Notes the files (path, size, time of change) that are in the folder now."""
        with self._base:
            self._base.executemany(
                "INSERT INTO bundles (file, size, changed, seen) VALUES (?, ?, ?, 1) "
                "ON CONFLICT (file) DO UPDATE SET seen = 1, "
                "row = iif(size = excluded.size AND changed = excluded.changed, row, NULL), "
                "size = excluded.size, changed = excluded.changed",
                files,
            )
            for table in ("organisations", "numbers"):
                self._base.execute(
                    f"DELETE FROM {table} WHERE file IN "  # noqa: S608 - names of ours
                    "(SELECT file FROM bundles WHERE seen = 0 OR row IS NULL)"
                )
            self._base.execute("DELETE FROM bundles WHERE seen = 0")

    def forget(self, files: Iterable[str]) -> None:
        """Files whose rows do not hold any more are judged anew."""
        with self._base:
            for file in files:
                self._base.execute("UPDATE bundles SET row = NULL WHERE file = ?", (file,))
                self._clear(file)

    def known(self) -> Iterator[tuple[str, str]]:
        """The files that were judged before, with the SHA-256 that they had."""
        sql = "SELECT file, sha256 FROM bundles WHERE row IS NOT NULL ORDER BY file"
        return ((file, sha256) for file, sha256 in self._pages(sql))

    def texts(self) -> Iterator[list[tuple[str, str]]]:
        """All rows as they were kept (file, row as JSON), by the name of their file, in pages."""
        rows = self._pages("SELECT file, row FROM bundles WHERE row IS NOT NULL ORDER BY file")
        while page := list(islice(rows, 500)):
            yield page

    def pending(self) -> Iterator[str]:
        """The files that are still to be judged, in order."""
        sql = "SELECT file FROM bundles WHERE row IS NULL ORDER BY file"
        return (file for (file,) in self._pages(sql))

    def count(self) -> tuple[int, int]:
        """How many files there are, and how many of them were judged."""
        whole, judged = self._base.execute("SELECT count(*), count(row) FROM bundles").fetchone()
        return whole, judged

    def keep(self, rows: Iterable[tuple[str, str]]) -> None:
        """Writes rows (file, row as JSON) down, so that they survive whatever comes."""
        with self._base:
            for file, text in rows:
                self._keep(file, text, from_text(text))

    def _keep(self, file: str, text: str, row: Row) -> None:
        self._base.execute(
            "UPDATE bundles SET row = ?, state = ?, sha256 = ?, call = ?, proposal = ?, "
            "fingerprint = ?, claimed = ?, digest = ?, theme = ?, priority = ?, asked = ?, "
            "own_means = ?, replaced_by = '' WHERE file = ?",
            (
                *(text, row.state, row.sha256, row.call, row.proposal, row.fingerprint),
                *(row.claimed, row.digest, row.theme, row.priority, row.asked, row.own_means),
                file,
            ),
        )
        self._clear(file)
        self._base.executemany(
            "INSERT INTO organisations VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (file, place, one.name, one.number, one.role, one.screening, one.asked)
                for place, one in enumerate(row.organisations)
            ],
        )
        self._base.executemany(
            "INSERT INTO numbers VALUES (?, ?, ?)",
            [(file, name, value) for name, value in (row.numbers or {}).items()],
        )

    def _clear(self, file: str) -> None:
        self._base.execute("DELETE FROM organisations WHERE file = ?", (file,))
        self._base.execute("DELETE FROM numbers WHERE file = ?", (file,))

    def replace_older(self) -> None:
        """Marks a proposal that was sent again, with the same key, by the file of the newest.

        The newest is the one with the latest claimed time, then the latest change of the file.
        Nobody but the signer vouches for that time, so it only counts between bundles of one key:
        a stranger's bundle with the id of another's proposal replaces nothing.
        """
        with self._base:
            self._base.execute("UPDATE bundles SET replaced_by = ''")
            self._base.execute(
                "WITH ordered AS (SELECT file, first_value(file) OVER ("
                "PARTITION BY call, proposal, fingerprint "
                "ORDER BY claimed DESC, changed DESC, file DESC) AS newest FROM bundles "
                "WHERE state IN ('good', 'blocked')) "
                "UPDATE bundles SET replaced_by = ordered.newest FROM ordered "
                "WHERE ordered.file = bundles.file AND ordered.newest <> bundles.file"
            )

    def rows(self) -> Iterator[tuple[Row, str]]:
        """All rows by the name of their file, each with the file that replaces it, or ""."""
        sql = "SELECT row, replaced_by FROM bundles WHERE row IS NOT NULL ORDER BY file"
        return ((from_text(text), other) for text, other in self._base.execute(sql))

    def _pages(self, sql: str) -> Iterator[Any]:
        """Answers in pages: the table may be written to while they are gone through."""
        last = ""
        head, _, order = sql.partition(" ORDER BY ")
        while page := self._base.execute(
            f"{head} AND file > ? ORDER BY {order} LIMIT 500", (last,)
        ).fetchall():
            yield from page
            last = page[-1][0]


@contextmanager
def open_ledger(folder: Path) -> Iterator[Ledger]:
    """The ledger in a folder, made where there is none.

    Raises NotOursError where a file of that name is something else, FileError where it cannot be
    opened or another intake has it open.
    """
    path = folder / NAME
    try:
        base = sqlite3.connect(path, timeout=1)
    except sqlite3.Error as error:
        raise FileError("intake_ledger", file=str(path), reason=str(error)) from error
    try:
        _prepare(base, path)
        yield Ledger(base)
    except sqlite3.DatabaseError as error:
        raise FileError("intake_ledger", file=str(path), reason=str(error)) from error
    finally:
        base.close()


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    # One intake at a time: the lock is held as long as the ledger is open.
    base.execute("PRAGMA locking_mode = EXCLUSIVE")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("BEGIN EXCLUSIVE")
    base.execute("COMMIT")
    (application,) = base.execute("PRAGMA application_id").fetchone()
    (tables,) = base.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables == 0 and application == 0:
        # All at once: an interruption leaves an empty ledger, or a whole one.
        base.executescript(f"BEGIN; PRAGMA application_id = {_APPLICATION}; {_TABLES} COMMIT;")
    elif application != _APPLICATION:
        raise NotOursError("intake_ledger_other", file=str(path))
