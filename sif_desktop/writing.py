"""Files that are there whole or not at all: written beside their name, synced, then put there."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600
EVERYBODY = 0o666
"""Rights of a new file; what the user's own mask forbids is taken off."""


@contextmanager
def beside(path: Path, *, rights: int = EVERYBODY, fresh: bool = False) -> Iterator[BinaryIO]:
    """A new file beside `path`, which takes its place once the block has ended well.

    With `fresh`, a file that is already there stays, and FileExistsError is raised. When anything
    is raised, the new file is taken away again. Raises OSError where writing fails.
    """
    part = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    how = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, how, rights)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if fresh:
            place(part, path)
        else:
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    sync_folder(path.parent)


def place(part: Path, path: Path) -> None:
    """Gives a finished file its name, unless somebody has that name: also in the same instant.

    Raises FileExistsError then, and OSError where the disk refuses.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (FAT on a stick): the name is taken first, then filled.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
        try:
            part.replace(path)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def sync_folder(folder: Path) -> None:
    """Makes a new name last through a power cut, where the system can."""
    if os.name != "posix":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
