"""How a draft is opened: for writing by one, for reading by anybody, and never changed by looking.

A file that cannot be read where it stands (its last writer crashed, and its folder is read-only;
or it is of an older version) is read from a copy in a folder of our own.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sif_desktop.errors import NotOursError
from sif_desktop.store import migrate, schema
from sif_desktop.store.beside import COMPANIONS, companion
from sif_desktop.store.connection import (
    COMPLAINTS,
    TOGETHER,
    connect,
    error_code,
    failures,
    is_damage,
)
from sif_desktop.store.header import version_of
from sif_desktop.store.loading import Loaded, Recovered, load
from sif_desktop.store.lock import Holder, Lock, acquire

Obstacle = Literal["", "asked", "held", "medium"]
"""Why a draft is not open for writing: it was so asked, another holds it, the disk refuses."""

_ELSEWHERE = (
    sqlite3.SQLITE_READONLY_ROLLBACK,
    sqlite3.SQLITE_READONLY_RECOVERY,
    sqlite3.SQLITE_READONLY_CANTLOCK,
    sqlite3.SQLITE_READONLY_DIRECTORY,
    sqlite3.SQLITE_CANTOPEN,
)
"""Where SQLite wants to write before it can read: what a crash left is still to be undone."""


@dataclass
class View:
    """An open file; `torn` where it had to be read in spite of missing pages."""

    db: sqlite3.Connection
    torn: bool
    scratch: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Closes the file, and takes away the copy that it was read from. Raises nothing."""
        with TOGETHER, suppress(*COMPLAINTS):
            self.db.close()
        if self.scratch:
            with suppress(OSError):
                self.scratch.cleanup()


@dataclass
class Opened:
    """A draft that was opened: its file, its tree, and the lock or why there is none."""

    view: View
    loaded: Loaded
    lock: Lock | None = None
    obstacle: Obstacle = ""
    holder: Holder | None = None
    migrated: Path | None = None


def to_write(path: Path, author: str) -> Opened:
    """Opens a draft for writing; for reading where another holds it or the disk refuses.

    Raises FileError, NotOursError or NewerError.
    """
    version_of(path)
    try:
        lock = acquire(path, author)
    except OSError:
        return to_read(path, "medium")
    if isinstance(lock, Holder):
        return to_read(path, "held", lock)
    try:
        if os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            return held(path, lock)
    except BaseException:
        lock.release()
        raise
    lock.release()
    return to_read(path, "medium")


def held(path: Path, lock: Lock) -> Opened:
    """Opens a draft whose lock was taken. Raises as `to_write` does, and keeps the lock then."""
    with TOGETHER, failures(path):
        version = version_of(path)
        older = version < schema.VERSION
        migrated = migrate.upgrade(path, version) if older else None
        return Opened(*_loaded(_checked(path, "rw", path), path), lock, migrated=migrated)


def to_read(path: Path, obstacle: Obstacle = "asked", holder: Holder | None = None) -> Opened:
    """Opens a draft for reading: neither it nor its folder is touched. Raises as `to_write`."""
    with TOGETHER, failures(path):
        return Opened(*_loaded(view(path), path), None, obstacle, holder)


def view(path: Path) -> View:
    """The file of a draft, open for reading, its tree not read yet. Raises as `to_write` does."""
    with TOGETHER, failures(path):
        version = version_of(path)
        if version < schema.VERSION:
            return _from_copy(path, version)
        try:
            return _checked(path, "ro", path)
        except COMPLAINTS as error:
            if error_code(error) not in _ELSEWHERE:
                raise
        return _from_copy(path, version)


def _from_copy(path: Path, version: int) -> View:
    """Opens a copy of a draft and of what SQLite left beside it, brought up to this version."""
    scratch = tempfile.TemporaryDirectory(prefix="sif-")
    try:
        copy = Path(scratch.name) / "draft.sif"
        # The journal first: what it undoes is then in the draft that is copied, or undone already.
        for ending in (*COMPANIONS, ""):
            with suppress(FileNotFoundError):
                shutil.copyfile(companion(path, ending), companion(copy, ending))
        if version < schema.VERSION:
            migrate.upgrade(copy, version, aside=False)
        return replace(_checked(copy, "rw", path), scratch=scratch)
    except BaseException:
        scratch.cleanup()
        raise


def _checked(file: Path, mode: Literal["ro", "rw"], path: Path) -> View:
    """Opens a file and makes sure that it holds our tables and nothing else.

    Raises NotOursError where it does not; sqlite3.Error for what is no damage.
    """
    try:
        return View(_ours(connect(file, mode), path), torn=False)
    except COMPLAINTS as error:
        if not is_damage(error):
            raise
    return View(_ours(connect(file, "ro", torn=True), path), torn=True)


def _ours(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    try:
        if not schema.is_ours(db):
            raise NotOursError("draft_damaged", file=str(path))
    except BaseException:
        db.close()
        raise
    return db


def _loaded(file: View, path: Path) -> tuple[View, Loaded]:
    """Reads the tree of a file that was opened; closes the file where that fails."""
    try:
        loaded = load(file.db, str(path))
    except BaseException:
        file.close()
        raise
    if file.torn and loaded.recovered is None:
        loaded = replace(loaded, recovered=Recovered(loaded.head.seq, 0))
    return file, loaded
