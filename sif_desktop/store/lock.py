"""Who has a draft open for writing: a lock that ends with its holder, also when it crashes.

The lock is the system's, on a file `.name.sif.lock` beside the draft. The text in that file says
who holds it; a text without a lock says nothing. Where a disk has no locks the stamp in the draft
still keeps a second writer from overwriting the first (`journal.py`).
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_LONGEST = 4096
_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_TRIES = 20


@dataclass(frozen=True)
class Holder:
    """Who holds a draft: the name given or that of the account, the machine, the process."""

    name: str = ""
    machine: str = ""
    process: int = 0
    since: str = ""

    def __str__(self) -> str:
        name = self.name or "?"
        return f"{name} ({self.machine})" if self.machine else name


class Lock:
    """A lock that is held; `release` ends it, and so does the end of the process."""

    def __init__(self, file: Path, handle: int | None) -> None:
        self._file = file
        self._handle = handle

    def release(self) -> None:
        """Gives the draft free and takes the side file away. Raises nothing."""
        handle, self._handle = self._handle, None
        if handle is None:
            return
        # Unlinking comes first, so that nobody can lock a file that is about to vanish; Windows
        # refuses that while it is open, and there a new holder keeps it from being unlinked.
        with suppress(OSError):
            if _is_same(handle, self._file):
                self._file.unlink()
        with suppress(OSError):
            os.close(handle)
        if os.name == "nt":
            with suppress(OSError):
                self._file.unlink()


def side_file(path: Path) -> Path:
    """The file beside a draft that carries its lock; one for all links to the draft."""
    real = Path(os.path.realpath(path))
    return real.with_name(f".{real.name}.lock")


def acquire(path: Path, author: str) -> Lock | Holder:
    """Takes the lock of a draft, or tells who holds it. Does not wait.

    Raises OSError where the folder cannot be written.
    """
    file = side_file(path)
    for _ in range(_TRIES):
        handle = _open(file)
        if handle is None:
            continue
        try:
            state = _try_lock(handle)
            if state == "held":
                holder = _read(handle)
                os.close(handle)
                return holder
            if _is_same(handle, file):
                _write(handle, author)
                return Lock(file, handle)
            # Its holder let go and took it away between our opening and locking it.
            os.close(handle)
        except BaseException:
            with suppress(OSError):
                os.close(handle)
            raise
    return Holder()


def _open(file: Path) -> int | None:
    """A handle on the side file, made where needed; None where it has to be tried again."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.open(file, flags, 0o666)
    except PermissionError:
        if not file.exists():
            raise
    # Left behind by somebody else's crash, and not ours to write: take it away if it is free.
    handle = os.open(file, os.O_RDONLY)
    try:
        if _try_lock(handle) == "held":
            return handle
        file.unlink()
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_same(handle: int, file: Path) -> bool:
    """Whether an open handle is still the file of that name."""
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except OSError:
        return False


def _write(handle: int, author: str) -> None:
    holder = Holder(
        name=author or _account(),
        machine=platform.node(),
        process=os.getpid(),
        since=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    # A full disk takes the lock, and not the name of who holds it.
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(asdict(holder)).encode("ascii")[:_LONGEST])


def _read(handle: int) -> Holder:
    """What a side file says of its holder; a stranger may have written it."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        told: Any = json.loads(os.read(handle, _LONGEST))
    except (OSError, ValueError, RecursionError):
        return Holder()
    if not isinstance(told, dict):
        return Holder()
    process = told.get("process")
    return Holder(
        name=_plain(told.get("name")),
        machine=_plain(told.get("machine")),
        process=process if isinstance(process, int) else 0,
        since=_plain(told.get("since")),
    )


def _plain(text: object) -> str:
    """A short line of text to show, without signs that would spoil a screen."""
    return "".join(sign for sign in str(text or "")[:80] if sign.isprintable())


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


if sys.platform == "win32":
    import msvcrt

    # Windows keeps others from reading locked bytes: one far behind the text is locked.
    _PLACE = 1 << 30

    def _try_lock(handle: int) -> str:
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            return "held" if error.errno in _HELD else "none"
        return "locked"

else:
    import fcntl

    def _try_lock(handle: int) -> str:
        """Locks a side file: "locked", "held" by another, or "none" where there are no locks."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return "held" if error.errno in _HELD else "none"
        return "locked"
