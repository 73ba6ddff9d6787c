"""Copies of an open draft: elsewhere, and in its own place where its file is damaged."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sif_desktop.errors import FileError, LockedError
from sif_desktop.model.edit import Change, apply_all
from sif_desktop.store import journal, snapshots
from sif_desktop.store.beside import copy_aside, written_beside
from sif_desktop.store.connection import COMPLAINTS, connect, failures, without_journal
from sif_desktop.store.journal import Head
from sif_desktop.store.lock import Holder, acquire
from sif_desktop.store.opening import View
from sif_desktop.store.packed import DamageError
from sif_desktop.store.rebuilding import Origin, rebuild


def write_copy(
    path: Path,
    origin: Origin,
    more: Iterable[Change],
    session: str,
    damaged: bool,
    *,
    replace: bool,
) -> None:
    """Writes a draft with all that `origin` holds, and with the changes in `more` behind it.

    The file is copied as it is; where that fails, what can be read of it and what is in memory make
    a new one. Raises FileError, with nothing written.
    """
    with failures(path):
        if replace and path.exists():
            _refuse_open(path, origin)
        with written_beside(path, replace=replace) as new:
            if damaged or not _copied_as_it_is(new, origin):
                rebuild(new, origin)
            _add_changes(new, origin, more, session)


def put_aside(path: Path) -> Path:
    """Copies a damaged draft, byte for byte, to a name beside it. Raises FileError."""
    return copy_aside(Path(os.path.realpath(path)), "damaged")


def put_right(view: View, origin: Origin) -> tuple[str, ...]:
    """Puts a draft with all that can be read in the place of a damaged one, and opens that.

    Gives the digests of the attachments that could not be read. Raises FileError, with the
    damaged file still in its place and open for reading.
    """
    file = Path(os.path.realpath(origin.path))
    closed = False
    try:
        with failures(file), written_beside(file, replace=True) as new:
            lost = rebuild(new, origin)
            # Windows keeps an open file from being replaced.
            view.db.close()
            closed = True
    except BaseException:
        if closed:
            view.db = connect(file, "ro", torn=True)
        raise
    view.db = connect(file, "rw")
    return lost


def _refuse_open(path: Path, origin: Origin) -> None:
    """Refuses to replace the draft itself, or one that somebody has open."""
    if origin.path.exists() and path.samefile(origin.path):
        raise FileError("file_exists", file=str(path))
    lock = acquire(path, origin.author)
    if isinstance(lock, Holder):
        raise LockedError("draft_in_use", file=str(path), holder=str(lock))
    lock.release()


def _copied_as_it_is(new: Path, origin: Origin) -> bool:
    """Copies the file as SQLite sees it; False where it cannot, or the file is no longer ours."""
    try:
        if journal.read_head(origin.db) != origin.head:
            return False
        origin.db.execute("VACUUM INTO ?", (str(new),))
    except (*COMPLAINTS, DamageError):
        new.unlink(missing_ok=True)
        return False
    return True


def _add_changes(new: Path, origin: Origin, changes: Iterable[Change], session: str) -> None:
    """Adds changes behind the last one of a finished copy. Raises EditError, sqlite3.Error."""
    db = connect(new, "rw")
    try:
        without_journal(db)
        proposal, head = origin.proposal, origin.head
        for change in changes:
            proposal, _ = apply_all(proposal, change.edits)
            row = journal.make_row(change, session, head.seq + 1, head.stamp, str(origin.path))
            journal.add_row(db, row)
            head = Head(row.seq, row.stamp)
        if head != origin.head:
            snapshots.take(db, head, proposal)
    finally:
        db.close()
