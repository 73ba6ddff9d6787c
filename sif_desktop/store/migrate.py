"""Drafts of older versions: copied aside first, then brought up to this version step by step.

A step makes version n + 1 of version n. It is never changed once it was released, and a real draft
of every released version stands in the tests, which open each. To make version 2: describe it in
`schema.py`, keep the tables of version 1 in `TABLES_OF`, and add `1: the_step` to `STEPS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sif_desktop.errors import NotOursError
from sif_desktop.store import schema
from sif_desktop.store.beside import copy_aside
from sif_desktop.store.connection import TOGETHER, connect, failures, transaction

Step = Callable[[sqlite3.Connection], None]

TABLES_OF: dict[int, tuple[str, ...]] = {schema.VERSION: schema.TABLES}
"""The tables of every version that can be opened."""

STEPS: dict[int, Step] = {}
"""What brings a draft of a version to the next one; run within one transaction."""


def upgrade(path: Path, version: int, *, aside: bool = True) -> Path | None:
    """Brings the draft at `path` up to this version; gives the copy of the old file.

    All steps are one transaction: the draft is of the old version or of the new one. Raises
    FileError, and NotOursError where the file is not what its version says.
    """
    with TOGETHER, failures(path):
        db = connect(path, "rw")
        try:
            if version not in TABLES_OF or not schema.is_ours(db, TABLES_OF[version]):
                raise NotOursError("draft_damaged", file=str(path))
            copy = copy_aside(path, f"version {version}") if aside else None
            with transaction(db):
                for number in range(version, schema.VERSION):
                    STEPS[number](db)
                db.execute(f"PRAGMA user_version = {schema.VERSION}")
        finally:
            db.close()
    return copy
