"""Whole files or none: written beside the name they are for, synced, and only then put there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from sif_desktop.errors import FileError
from sif_desktop.store.connection import TOGETHER, failures
from sif_desktop.writing import place, sync_folder

COMPANIONS = ("-journal", "-wal")
"""Endings of the files that SQLite keeps beside a draft until a transaction is over."""


def companion(path: Path, ending: str) -> Path:
    """The file of SQLite's with that ending beside a draft."""
    return path.with_name(path.name + ending)


@contextmanager
def written_beside(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """Gives an empty file in the same folder to write to, and puts it at `path` at the end.

    Without `replace` a file that is there stays, and FileError "file_exists" is raised. When
    anything goes wrong inside, nothing is left behind.
    """
    new = path.with_name(f".sif-{secrets.token_hex(6)}.tmp")
    try:
        with failures(path):
            refuse_leftovers(path)
            if not replace and os.path.lexists(path):
                raise FileError("file_exists", file=str(path))
            # Made at once, so that the system says why it cannot be.
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            yield new
            _sync(new)
            if replace:
                new.replace(path)
            else:
                place(new, path)
            sync_folder(path.parent)
    finally:
        for ending in ("", *COMPANIONS):
            with suppress(OSError):
                companion(new, ending).unlink(missing_ok=True)


def refuse_leftovers(path: Path) -> None:
    """Refuses a name beside which the journal of a vanished draft stands.

    SQLite would play that journal into the new file, and deleting it would lose the old one.
    """
    for ending in COMPANIONS:
        left = companion(path, ending)
        if os.path.lexists(left):
            raise FileError("draft_journal_left", file=str(path), journal=left.name)


def copy_aside(path: Path, note: str) -> Path:
    """Copies a file, byte for byte, to "name (note).sif" beside it; gives the copy's name.

    A copy that is there already stays: the next one gets a number.
    """
    for number in count(1):
        again = "" if number == 1 else f" {number}"
        aside = path.with_name(f"{path.stem} ({note}){again}{path.suffix}")
        if os.path.lexists(aside):
            continue
        with TOGETHER, written_beside(aside) as new:
            shutil.copyfile(path, new)
        return aside
    raise AssertionError


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())
