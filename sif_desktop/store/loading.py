"""From the rows of a draft to its tree: the newest snapshot that can be read, and what follows it.

Where something is damaged, an older snapshot and more changes are tried, and where a change is
damaged, the tree is read up to it. What could not be read is told, never passed over.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from sif_desktop.errors import EditError, NotOursError
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import journal, snapshots
from sif_desktop.store.connection import COMPLAINTS, is_damage
from sif_desktop.store.journal import Head
from sif_desktop.store.packed import DamageError


@dataclass(frozen=True)
class Recovered:
    """What became of a damaged draft. The file itself stays as it is until something is saved.

    `seq` is the change up to which the tree could be read, `lost` the number of changes after it
    that could not. Saving first copies the damaged file to `aside`; `attachments` are then the
    digests of those that could not be read.
    """

    seq: int
    lost: int
    aside: Path | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """A tree that was read: from the snapshot after change `base`, up to change `head.seq`.

    `weight` counts the bytes of the changes in between, `size` those of the snapshot. `whole`
    says that nothing stood in the way.
    """

    proposal: Proposal
    head: Head
    base: int
    weight: int
    size: int
    whole: bool
    recovered: Recovered | None = None


def load(db: sqlite3.Connection, file: str) -> Loaded:
    """The newest tree of a draft, with what was lost where it is damaged.

    Raises NotOursError where no tree can be read at all, NewerError for a newer tree; sqlite3.Error
    only for what is no damage: a lock, the disk.
    """
    loaded = walk(db, file)
    sound = loaded.whole and is_sound(db)
    told = last = loaded.head
    try:
        told = journal.read_head(db)
    except DamageError:
        sound = False
    except COMPLAINTS as error:
        sound = _only_damage(error)
    if sound and told == loaded.head:
        return loaded
    try:
        last = Head(journal.last_row(db), b"")
    except COMPLAINTS as error:
        _only_damage(error)
    lost = max(told.seq, last.seq, loaded.head.seq) - loaded.head.seq
    return replace(loaded, recovered=Recovered(loaded.head.seq, lost))


def walk(db: sqlite3.Connection, file: str, upto: int | None = None) -> Loaded:
    """The tree after change `upto`, or after the last change; as far as it can be read.

    Raises as `load` does.
    """
    whole = True
    for base in snapshots.numbers(db):
        if upto is not None and base > upto:
            continue
        try:
            proposal, stamp, size = snapshots.read(db, base, file)
        except DamageError:
            whole = False
        except COMPLAINTS as error:
            whole = _only_damage(error)
        else:
            start = Loaded(proposal, Head(base, stamp), base, 0, size, whole)
            return _forward(db, start, upto)
    raise NotOursError("draft_damaged", file=file)


def _forward(db: sqlite3.Connection, start: Loaded, upto: int | None) -> Loaded:
    """The tree after the changes that follow a snapshot."""
    proposal, head, weight, whole = start.proposal, start.head, 0, start.whole
    try:
        for row in journal.rows(db, head.seq, head.stamp, upto):
            proposal, _ = apply_all(proposal, journal.change_of(row).edits)
            head = Head(row.seq, row.stamp)
            weight += len(row.body)
    except (DamageError, EditError):
        whole = False
    except COMPLAINTS as error:
        whole = _only_damage(error)
    return replace(start, proposal=proposal, head=head, weight=weight, whole=whole)


def is_sound(db: sqlite3.Connection) -> bool:
    """Whether SQLite finds its own structure in order."""
    try:
        return bool(db.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)])
    except COMPLAINTS as error:
        return _only_damage(error)


def _only_damage(error: Exception) -> bool:
    """False where SQLite complains of the content; any other complaint is raised again."""
    if not is_damage(error):
        raise error
    return False
