"""What can be asked of an open draft, also by one who only looks at it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Self

from sif_desktop.errors import FileError, NotOursError
from sif_desktop.model.edit import Change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import attachments, history, loading, notes, opening
from sif_desktop.store.connection import TOGETHER, failures
from sif_desktop.store.history import Moment, Sitting
from sif_desktop.store.journal import Entry
from sif_desktop.store.lock import Holder
from sif_desktop.store.opening import Obstacle, Opened
from sif_desktop.store.packed import DamageError


class Reading:
    """An open draft, as far as it is read.

    path       the file
    proposal   the tree as it stands in the file
    seq        the number of the last change
    read_only  nothing can be written, and `obstacle` says why: "asked", "held" or "medium"
    held_by    who has it open for writing, where that is the obstacle
    recovered  what was lost, where the file turned out to be damaged; else None
    migrated   the copy of the file as it was, where it was of an older version; else None
    """

    def __init__(self, path: Path, opened: Opened) -> None:
        self.path = path
        self.proposal = opened.loaded.proposal
        self.obstacle: Obstacle = opened.obstacle
        self.held_by: Holder | None = opened.holder
        self.recovered = opened.loaded.recovered
        self.migrated = opened.migrated
        self._view = opened.view
        self._lock = opened.lock
        self._head = opened.loaded.head

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file and of the lock. Raises nothing."""
        self._view.close()
        lock, self._lock = self._lock, None
        if lock:
            lock.release()

    @property
    def seq(self) -> int:
        """The number of the last change; 0 for a draft in which nothing was changed yet."""
        return self._head.seq

    @property
    def read_only(self) -> bool:
        """Whether the draft can only be looked at."""
        return self.obstacle != ""

    @property
    def holder(self) -> str:
        """Who has the draft open for writing, in words; "" unless that is why it is read-only."""
        return str(self.held_by) if self.held_by else ""

    def entries(self, after: int | None = None, upto: int | None = None) -> Iterator[Entry]:
        """The changes behind change `after` up to `upto`, with their numbers and sessions.

        Read as they are asked for. Raises NotOursError where one cannot be read.
        """
        last = self.seq if upto is None else min(upto, self.seq)
        with self._reading():
            at = max(after or 0, history.first_number(self._db))
        while at < last:
            with self._reading():
                batch = history.entries(self._db, at, last)
            yield from batch
            at = batch[-1].seq

    def history(self) -> list[Change]:
        """All changes, the oldest first. Raises NotOursError where one cannot be read."""
        return [entry.change for entry in self.entries()]

    def sessions(self) -> list[Sitting]:
        """Who worked on the draft and when, the oldest first. Raises as `history` does."""
        return list(history.sittings(self.entries()))

    def proposal_at(self, seq: int) -> Proposal:
        """The tree as it was after change `seq`; 0 is the draft as it was made.

        Raises FileError where there is no such change, NotOursError where it cannot be read.
        """
        if seq == self.seq:
            return self.proposal
        with self._reading():
            self._require_moment(seq)
            found = loading.walk(self._db, str(self.path), seq)
            if found.head.seq != seq:
                raise DamageError("change")
            return found.proposal

    def moments(self) -> list[Moment]:
        """The named moments, in the order in which they were named. Raises NotOursError."""
        with self._reading():
            return history.moments(self._db)

    def note(self, name: str) -> str:
        """A note that the draft carries, "" where it has none of that name. Raises NotOursError."""
        with self._reading():
            return notes.read(self._db, name)

    def open_attachment(self, sha256: str) -> BinaryIO:
        """The bytes of an attachment as a stream, to be read while the draft is open.

        Raises FileError where it is not in the draft; reading to the end raises FileError where
        its bytes are not what they were.
        """
        reader = attachments.Reader(lambda: self._db, sha256, self.path)
        return attachments.open_reader(reader)

    @staticmethod
    def stream_attachment(path: Path, sha256: str) -> BinaryIO:
        """As `open_attachment`, of a draft that is not open; closing the stream closes it.

        Raises as `open` does too.
        """
        path = Path(path)
        view = opening.view(path)
        return attachments.open_reader(
            attachments.Reader(lambda: view.db, sha256, path, done=view.close)
        )

    def attachment_digests(self) -> dict[str, int]:
        """The SHA-256 of every attachment in the file, with its size in bytes."""
        with self._reading():
            return attachments.digests(self._db)

    @property
    def _db(self) -> sqlite3.Connection:
        return self._view.db

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Around all that reads: what is damaged is told with the file's name."""
        try:
            with TOGETHER, failures(self.path):
                yield
        except DamageError as error:
            raise NotOursError("draft_history_damaged", file=str(self.path)) from error

    def _require_moment(self, seq: int) -> None:
        if not history.first_number(self._db) <= seq <= self.seq:
            raise FileError("draft_no_such_moment", file=str(self.path), number=seq)
