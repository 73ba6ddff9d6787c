"""SQLite on a file that may be a stranger's: safe settings, limits, transactions, plain errors."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from sif_desktop.errors import FileError, NotOursError

TOGETHER = threading.RLock()
"""Held while a draft file is touched.

POSIX drops all locks of a process on a file when any of its handles on it is closed: without
this, reading the header of a file in one thread could unlock it under a commit in another.
"""

COMPLAINTS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the latter when even its message quotes bytes that are no text."""

_PATIENCE = 5.0
"""Seconds to wait for another program that is writing just now."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 160 * 1024**2,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 40,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 8,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    # One for VACUUM INTO, which attaches the file that it writes.
    sqlite3.SQLITE_LIMIT_ATTACHED: 1,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 40,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}

_SETTINGS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    # A mapped file that another program cuts short would end this one.
    "PRAGMA mmap_size = 0",
    "PRAGMA foreign_keys = ON",
    # EXTRA syncs the folder once the journal is gone: with FULL a power cut right after a commit
    # can bring the journal back, which then takes the commit back.
    "PRAGMA synchronous = EXTRA",
)


def connect(
    path: Path, mode: Literal["ro", "rw", "rwc"], *, torn: bool = False
) -> sqlite3.Connection:
    """Opens a file with SQLite; transactions are begun and ended by hand.

    With `torn` also a file that was cut short is read as far as it goes. Raises COMPLAINTS.
    """
    where = path.absolute().as_posix()
    name = "file://" + quote(os.fsencode(where if where.startswith("/") else f"/{where}"))
    db = sqlite3.connect(
        f"{name}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_PATIENCE,
    )
    try:
        for limit, most in _LIMITS.items():
            db.setlimit(limit, most)
        if torn:
            # The only switch with which SQLite reads a file that has fewer pages than it says.
            db.execute("PRAGMA writable_schema = ON")
        for setting in _SETTINGS:
            db.execute(setting)
        if mode != "ro":
            db.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        db.close()
        raise
    return db


def without_journal(db: sqlite3.Connection) -> None:
    """For a file under construction that nobody knows yet: it is synced once, when it is whole."""
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside is on the disk at the end, or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        raise


@contextmanager
def failures(path: Path) -> Iterator[None]:
    """Turns what the system or SQLite says about a file into our errors, with its name."""
    try:
        yield
    except OSError as error:
        raise from_system(path, error) from error
    except sqlite3.ProgrammingError:
        raise
    except COMPLAINTS as error:
        raise _from_sqlite(path, error) from error


_SYSTEM = {
    errno.ENOENT: "file_missing",
    errno.ENOTDIR: "file_missing",
    errno.EACCES: "file_no_permission",
    errno.EPERM: "file_no_permission",
    errno.EROFS: "file_read_only_disk",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EISDIR: "file_is_folder",
    errno.EEXIST: "file_exists",
}

_SQLITE = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_BUSY: "draft_busy",
    sqlite3.SQLITE_LOCKED: "draft_busy",
    sqlite3.SQLITE_READONLY: "draft_write_denied",
    sqlite3.SQLITE_PERM: "file_no_permission",
    sqlite3.SQLITE_CANTOPEN: "draft_write_denied",
}

_DAMAGE = (
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_FORMAT,
    sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_ERROR,
)


def from_system(path: Path, error: OSError) -> FileError:
    """The error that says in plain words what the system refused."""
    return FileError(_SYSTEM.get(error.errno or 0, "draft_disk_error"), file=str(path))


def _from_sqlite(path: Path, error: Exception) -> FileError:
    code = error_code(error)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return FileError("draft_replaced", file=str(path))
    if is_damage(error):
        return NotOursError("draft_damaged", file=str(path))
    return FileError(_SQLITE.get(code & 0xFF, "draft_disk_error"), file=str(path))


def is_damage(error: Exception) -> bool:
    """Whether SQLite complains of the content of the file, not of the disk, a lock or a caller.

    Text that is no UTF-8 and values beyond the limits are damage too.
    """
    return error_code(error) & 0xFF in _DAMAGE and not isinstance(error, sqlite3.ProgrammingError)


def error_code(error: Exception) -> int:
    """SQLite's extended code; SQLITE_ERROR where Python itself found something wrong."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR))
