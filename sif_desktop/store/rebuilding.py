"""A whole new draft out of what can still be read of another one, and of what is in memory."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sif_desktop.errors import FileError
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import attachments, journal, notes, schema, snapshots
from sif_desktop.store.connection import COMPLAINTS, connect, without_journal
from sif_desktop.store.journal import Head
from sif_desktop.store.packed import LARGEST, DamageError, digest


@dataclass(frozen=True)
class Origin:
    """A draft to copy from: its open file, its name, the tree and head as they were read, who."""

    db: sqlite3.Connection
    path: Path
    proposal: Proposal
    head: Head
    author: str


def begin(
    new: Path, name: Path, proposal: Proposal, author: str, head: Head | None = None
) -> sqlite3.Connection:
    """An empty draft in a file under construction, for `name`, with a first snapshot.

    Raises sqlite3.Error, and FileError for a tree that is too large to be read again.
    """
    db = connect(new, "rwc")
    try:
        without_journal(db)
        schema.lay_out(db)
        if head is None:
            head = Head(0, digest(proposal.id, datetime.now(UTC).isoformat(), author))
        about = {"call": proposal.call, "created": datetime.now(UTC).isoformat(), "author": author}
        db.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", about.items())
        journal.write_head(db, head)
        if not snapshots.take(db, head, proposal):
            raise FileError("draft_too_large", file=str(name), size=LARGEST // 1024**2)
    except BaseException:
        db.close()
        raise
    return db


def rebuild(new: Path, origin: Origin) -> tuple[str, ...]:
    """Writes a draft with the tree of `origin`, and all of its file that can be read.

    History comes along from the oldest snapshot from which an unbroken row of changes leads to
    the tree. Gives the digests of attachments that could not be read. Raises FileError and
    sqlite3.Error only for what is wrong with the new file.
    """
    base, proposal = _oldest_base(origin)
    db = begin(new, origin.path, proposal, origin.author, base)
    try:
        if base.seq < origin.head.seq:
            for row in journal.rows(origin.db, base.seq, base.stamp, origin.head.seq):
                journal.add_row(db, row)
            snapshots.take(db, origin.head, origin.proposal)
        _copy_moments(origin.db, db)
        notes.copy(origin.db, db)
        return _copy_attachments(origin, db)
    finally:
        db.close()


def _oldest_base(origin: Origin) -> tuple[Head, Proposal]:
    """The oldest snapshot whose changes lead to the tree, or the tree itself."""
    with suppress(*COMPLAINTS):
        for seq in reversed(snapshots.numbers(origin.db)):
            with suppress(DamageError, FileError, *COMPLAINTS):
                proposal, stamp, _ = snapshots.read(origin.db, seq, str(origin.path))
                reached = Head(seq, stamp)
                for row in journal.rows(origin.db, seq, stamp, origin.head.seq):
                    reached = Head(row.seq, row.stamp)
                if reached == origin.head:
                    return Head(seq, stamp), proposal
    return origin.head, origin.proposal


def _copy_moments(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    with suppress(*COMPLAINTS):
        for found in old.execute(
            "SELECT seq, name, at, author FROM moments ORDER BY id"
        ).fetchall():
            new.execute("INSERT INTO moments (seq, name, at, author) VALUES (?, ?, ?, ?)", found)


def _copy_attachments(origin: Origin, new: sqlite3.Connection) -> tuple[str, ...]:
    """Copies the attachments that can be read whole; gives the digests of the others."""
    lost = []
    try:
        wanted = list(attachments.digests(origin.db))
    except COMPLAINTS:
        # The list cannot be read: what the tree names is what can be missed.
        wanted = sorted({attachment.sha256 for attachment in origin.proposal.attachments} - {""})
    for sha256 in wanted:
        if not _is_readable(origin, sha256):
            lost.append(sha256)
            continue
        reader = attachments.Reader(lambda: origin.db, sha256, origin.path)
        with attachments.open_reader(reader) as stream:
            attachments.add(new, stream)
    return tuple(lost)


def _is_readable(origin: Origin, sha256: str) -> bool:
    """Whether an attachment is there with the digest that it should have."""
    try:
        with attachments.open_reader(
            attachments.Reader(lambda: origin.db, sha256, origin.path)
        ) as stream:
            while stream.read(attachments.PIECE):
                pass
    except FileError:
        return False
    return True
