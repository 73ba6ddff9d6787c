"""The files of a dossier in the draft: streamed in and out in pieces, known by their SHA-256."""

from __future__ import annotations

import hashlib
import io
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from sif_desktop.errors import FileError
from sif_desktop.store.connection import TOGETHER, failures, from_system

PIECE = 1024 * 1024
"""Bytes of a file that are in memory at once."""


def digests(db: sqlite3.Connection) -> dict[str, int]:
    """The SHA-256 and the size in bytes of every attachment that the file says it holds."""
    found = db.execute("SELECT sha256, size FROM attachments ORDER BY id")
    return {key: size for key, size in found if isinstance(key, str) and isinstance(size, int)}


def add(
    db: sqlite3.Connection, stream: BinaryIO, *, name: str = "", limit: int | None = None
) -> tuple[str, int]:
    """Writes what a stream gives, within a transaction; gives its SHA-256 and size in bytes.

    Raises FileError, naming `name`, where the stream fails or gives more than `limit` bytes.
    """
    key = db.execute(
        "INSERT INTO attachments (sha256, size) VALUES (?, 0)", (f"new {secrets.token_hex(8)}",)
    ).lastrowid
    engine, size, part = hashlib.sha256(), 0, 0
    while piece := _next_piece(stream, name):
        size += len(piece)
        if limit is not None and size > limit:
            raise FileError("attachment_too_large", file=name, limit=-(-limit // 1024**2))
        engine.update(piece)
        db.execute(
            "INSERT INTO pieces (attachment, part, bytes) VALUES (?, ?, ?)", (key, part, piece)
        )
        part += 1
    sha256 = engine.hexdigest()
    drop(db, sha256)
    db.execute("UPDATE attachments SET sha256 = ?, size = ? WHERE id = ?", (sha256, size, key))
    return sha256, size


def drop(db: sqlite3.Connection, sha256: str) -> None:
    """Takes a copy out that a newer one of the same file replaces, within a transaction."""
    for (key,) in db.execute("SELECT id FROM attachments WHERE sha256 = ?", (sha256,)).fetchall():
        db.execute("DELETE FROM pieces WHERE attachment = ?", (key,))
        db.execute("DELETE FROM attachments WHERE id = ?", (key,))


def _next_piece(stream: BinaryIO, name: str) -> bytes:
    """A full piece, or what is left: a stream may give less than it is asked for."""
    gathered: list[bytes] = []
    missing = PIECE
    try:
        while missing and (read := stream.read(missing)):
            gathered.append(read)
            missing -= len(read)
    except OSError as error:
        raise from_system(Path(name), error) from error
    return b"".join(gathered)


class Reader(io.RawIOBase):
    """An attachment as a stream to read once, from front to back.

    The last read raises FileError "attachment_damaged" where the bytes that were given do not have
    the digest by which they were asked for. `database` gives the open draft; `done` is called when
    the reader is closed.
    """

    def __init__(
        self,
        database: Callable[[], sqlite3.Connection],
        sha256: str,
        path: Path,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._sha256 = sha256
        self._path = path
        self._done = done
        self._engine = hashlib.sha256()
        self._part = 0
        self._piece = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def require(self) -> None:
        """Raises FileError where the draft has no such file."""
        with TOGETHER, failures(self._path):
            query = "SELECT 1 FROM attachments WHERE sha256 = ?"
            found = self._database().execute(query, (self._sha256,)).fetchone()
        if found is None:
            raise FileError(
                "attachment_not_in_draft", file=str(self._path), digest=self._sha256[:12]
            )

    def readinto(self, buffer: Any) -> int:
        """Fills a buffer with the next bytes; 0 at the end, once the digest was found right."""
        if self.closed:
            raise ValueError("the attachment is closed")
        if not self._piece and not self._ended:
            self._turn()
        given = min(len(buffer), len(self._piece))
        buffer[:given] = self._piece[:given]
        self._piece = self._piece[given:]
        return given

    def _turn(self) -> None:
        """Takes the next piece, or checks the digest when there is none."""
        query = (
            "SELECT bytes FROM pieces JOIN attachments ON attachments.id = attachment"
            " WHERE sha256 = ? AND part = ? AND length(bytes) <= ?"
        )
        with TOGETHER, failures(self._path):
            found = self._database().execute(query, (self._sha256, self._part, PIECE)).fetchone()
        if found and isinstance(found[0], bytes):
            self._piece = memoryview(found[0])
            self._part += 1
            self._engine.update(self._piece)
            return
        self._ended = True
        if self._engine.hexdigest() != self._sha256:
            raise FileError("attachment_damaged", file=str(self._path), digest=self._sha256[:12])

    def close(self) -> None:
        """Lets go of the draft."""
        if not self.closed:
            super().close()
            self._done()


def open_reader(reader: Reader) -> BinaryIO:
    """A buffered stream over a reader. Raises FileError where the draft has no such file."""
    try:
        reader.require()
    except BaseException:
        reader.close()
        raise
    return io.BufferedReader(reader, PIECE)
