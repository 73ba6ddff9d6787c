"""One open draft: its tree, and everything that is done to its file.

Nothing here judges a value: what was typed is kept, right or wrong. Every error is a `FileError`
with the name of the file, and leaves the file and the tree in memory as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from os import path as os_path
from pathlib import Path
from typing import BinaryIO

from sif_desktop.errors import FileError, LockedError
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Change, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import new_id
from sif_desktop.store import attachments, copying, history, journal, notes, opening, snapshots
from sif_desktop.store.beside import written_beside
from sif_desktop.store.connection import TOGETHER, failures, transaction
from sif_desktop.store.journal import Head
from sif_desktop.store.lock import Holder, acquire
from sif_desktop.store.opening import Opened
from sif_desktop.store.reading import Reading
from sif_desktop.store.rebuilding import Origin, begin


class Draft(Reading):
    """A draft that is open; made by `create` or `open`, and closed by `close` or `with`.

    What it can be asked stands in `Reading`; `author` is who it says has made its changes, and
    `session` marks those that were made since it was opened.
    """

    def __init__(self, path: Path, opened: Opened, author: str) -> None:
        super().__init__(path, opened)
        self.author = author
        self.session = new_id()
        self._since = self._head.seq - opened.loaded.base
        self._weight = opened.loaded.weight
        self._size = opened.loaded.size
        self._damaged = self.recovered is not None

    @classmethod
    def create(cls, path: Path, proposal: Proposal, *, author: str) -> Draft:
        """Makes a new draft, which is there whole or not at all, and opens it.

        Raises FileError, "file_exists" where there is a file of that name.
        """
        path = Path(path)
        with TOGETHER, failures(path):
            if os_path.lexists(path):
                raise FileError("file_exists", file=str(path))
            if not path.parent.is_dir():
                raise FileError("draft_folder_missing", file=str(path), folder=str(path.parent))
            lock = acquire(path, author)
            if isinstance(lock, Holder):
                raise LockedError("draft_in_use", file=str(path), holder=str(lock))
            try:
                with written_beside(path) as new:
                    begin(new, path, proposal, author).close()
                return cls(path, opening.held(path, lock), author)
            except BaseException:
                lock.release()
                raise

    @classmethod
    def open(cls, path: Path, *, author: str = "", read_only: bool = False) -> Draft:
        """Opens a draft; for reading where somebody else holds it or the disk cannot be written.

        With `read_only` no lock is taken and nothing is written, not even beside the file. Raises
        FileError, NotOursError or NewerError, and leaves the file as it is.
        """
        path = Path(path)
        opened = opening.to_read(path) if read_only else opening.to_write(path, author)
        return cls(path, opened, author)

    def require_writing(self) -> None:
        """Raises LockedError or FileError, saying why, where nothing can be written."""
        if self.obstacle == "held":
            raise LockedError("draft_in_use", file=str(self.path), holder=self.holder)
        if self.obstacle:
            key = "draft_read_only" if self.obstacle == "asked" else "draft_write_denied"
            raise FileError(key, file=str(self.path))

    def commit(self, change: Change) -> None:
        """Writes a change down: when this returns, it is on the disk and in `proposal`.

        Raises EditError where it does not fit the tree, FileError where it cannot be written; the
        tree then stays as it was, and the same change can be committed again.
        """
        with self._writing():
            proposal, _ = apply_all(self.proposal, change.edits)
            after = self._head.seq + 1
            row = journal.make_row(change, self.session, after, self._head.stamp, str(self.path))
            head = Head(row.seq, row.stamp)
            since, weight, size = self._since + 1, self._weight + len(row.body), self._size
            with transaction(self._db):
                # Another try, after an error that came when it had been written all the same.
                if journal.read_head(self._db) != head:
                    self._require_newest()
                    journal.add_row(self._db, row)
                    if snapshots.is_due(since, weight, size):
                        size = snapshots.take(self._db, head, proposal)
                        since = weight = 0
                elif not os_path.lexists(self.path):
                    # Its folder is gone, and in it maybe a journal that takes the change back.
                    raise FileError("file_missing", file=str(self.path))
            self.proposal, self._head = proposal, head
            self._since, self._weight, self._size = since, weight, size

    def name_moment(self, seq: int, name: str) -> None:
        """Gives the draft as it was after change `seq` a name ("sent to the partners").

        Raises FileError where there is no such change, or it cannot be written.
        """
        with self._writing(), transaction(self._db):
            self._require_newest()
            self._require_moment(seq)
            history.add_moment(self._db, seq, name, self.author)

    def put_note(self, name: str, text: str) -> None:
        """Gives the draft a note to carry, in the place of the one with that name.

        Raises FileError, with the note as it was.
        """
        with self._writing(), transaction(self._db):
            self._require_newest()
            notes.write(self._db, name, text)

    def add_attachment(
        self, stream: BinaryIO, *, limit: int | None = None, name: str = ""
    ) -> tuple[str, int]:
        """Puts a file into the draft, piece by piece; gives its SHA-256 and its size in bytes.

        A file that is in it already is written anew. `name` is what errors call the file, and
        `limit` the most bytes it may have. Raises FileError, with nothing added.
        """
        name = name or str(getattr(stream, "name", ""))
        with self._writing(), transaction(self._db):
            self._require_newest()
            return attachments.add(self._db, stream, name=name, limit=limit)

    def save_copy(
        self,
        path: Path,
        proposal: Proposal | None = None,
        unsaved: Iterable[Change] = (),
        *,
        replace: bool = False,
    ) -> None:
        """Writes a whole copy of the draft, also when its own disk fails or it is damaged.

        The copy ends with the changes in `unsaved`, which the draft refused, and in `proposal`
        where that is given. Raises FileError, with nothing written, "file_exists" where there is
        a file of that name, unless it is to be replaced.
        """
        more = list(unsaved)
        tree, _ = apply_all(self.proposal, [edit for one in more for edit in one.edits])
        if proposal is not None and (left := difference(tree, proposal)):
            more.append(make_change(tree, left, author=self.author)[1])
        with TOGETHER:
            copying.write_copy(
                Path(path), self._origin(), more, self.session, self._damaged, replace=replace
            )

    def _origin(self) -> Origin:
        return Origin(self._db, self.path, self.proposal, self._head, self.author)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Around all that writes: a damaged file is first put aside and built anew."""
        self.require_writing()
        with self._reading():
            if self._damaged:
                self._mend()
            yield

    def _require_newest(self) -> None:
        """Within a transaction: refuses to write behind a change that is not known here."""
        if journal.read_head(self._db) != self._head:
            raise FileError("draft_changed_elsewhere", file=str(self.path))

    def _mend(self) -> None:
        """Puts a whole file in the place of the damaged one, which is copied aside first."""
        assert self.recovered  # noqa: S101 - a damaged draft was recovered, or it would not be open
        aside = self.recovered.aside or copying.put_aside(self.path)
        self.recovered = replace(self.recovered, aside=aside)
        lost = copying.put_right(self._view, self._origin())
        self.recovered = replace(self.recovered, attachments=lost)
        self._damaged = False
        self._since = self._weight = 0
