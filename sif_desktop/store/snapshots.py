"""Snapshots: the whole tree after some of the changes, so that opening need not replay them all.

The first one stays, since it is the base of the whole history, and the last few, in case the
newest cannot be read.
"""

from __future__ import annotations

import sqlite3

from sif_desktop.errors import NewerError, NotOursError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import is_named
from sif_desktop.store.connection import COMPLAINTS, is_damage
from sif_desktop.store.journal import Head
from sif_desktop.store.packed import DamageError, digest, is_modest, pack, unpack

EVERY = 100
"""Changes after which a snapshot is taken."""

HEAVY = 512 * 1024
"""Bytes of changes after which a snapshot is taken sooner, unless snapshots weigh more."""

KEPT = 3
"""Snapshots that are kept besides the first."""


def is_due(changes: int, weight: int, last_size: int) -> bool:
    """Whether a snapshot is worth it, after so many changes of so many bytes together."""
    return changes >= EVERY or weight >= max(HEAVY, 4 * last_size)


def take(db: sqlite3.Connection, head: Head, proposal: Proposal) -> int:
    """Writes a snapshot within a transaction, and drops those that are not kept.

    Gives its size; 0, with nothing written, for a tree too large to be read back as one: then
    the changes carry it alone.
    """
    plain = proposal.model_dump_json().encode("utf-8")
    if not is_modest(plain):
        return 0
    tree = pack(plain)
    db.execute(
        "INSERT OR REPLACE INTO snapshots (seq, stamp, tree, digest) VALUES (?, ?, ?, ?)",
        (*head, tree, digest(*head, tree)),
    )
    db.execute(
        "DELETE FROM snapshots WHERE seq > (SELECT min(seq) FROM snapshots) AND seq NOT IN"
        " (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?)",
        (KEPT,),
    )
    return len(tree)


def numbers(db: sqlite3.Connection) -> list[int]:
    """The changes after which there is a snapshot, the newest first; as far as can be read."""
    found: set[int] = set()
    for direction in ("DESC", "ASC"):
        try:
            for (seq,) in db.execute(f"SELECT seq FROM snapshots ORDER BY seq {direction}"):  # noqa: S608
                if isinstance(seq, int):
                    found.add(seq)
            break
        except COMPLAINTS as error:
            # A damaged page stands in the way: what lies behind it is reached from the other end.
            if not is_damage(error):
                raise
    return sorted(found, reverse=True)


def read(db: sqlite3.Connection, seq: int, file: str) -> tuple[Proposal, bytes, int]:
    """The tree after change `seq`, the stamp there, and the size of the snapshot.

    Raises DamageError where it is not what was written, NewerError where its tree is of a later
    format than this program knows.
    """
    query = "SELECT stamp, tree, digest FROM snapshots WHERE seq = ?"
    found = db.execute(query, (seq,)).fetchone()
    if not found or not all(isinstance(value, bytes) for value in found):
        raise DamageError("snapshot")
    stamp, tree, told = found
    if digest(seq, stamp, tree) != told:
        raise DamageError("snapshot")
    try:
        proposal = canonical.from_bytes(unpack(tree), file)
    except NewerError:
        raise
    except NotOursError as error:
        raise DamageError("snapshot") from error
    if not is_named(proposal):
        raise DamageError("snapshot")
    return proposal, stamp, len(tree)
