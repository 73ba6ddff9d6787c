"""Attachments: streamed in and out, known by their bytes, never whole in memory."""

from __future__ import annotations

import errno
import hashlib
import io
import shutil
import sqlite3
import threading
import tracemalloc
from pathlib import Path

import pytest
from store.series import BLANK, FILE, grow, grown

from sif_desktop.errors import FileError
from sif_desktop.store.attachments import PIECE
from sif_desktop.store.draft import Draft

MEBIBYTE = 1024 * 1024
PATTERN = bytes(place % 251 for place in range(251 * 41))


class Trickle(io.RawIOBase):
    """A stream of any length that gives little at a time, and fails where it is told to."""

    def __init__(self, size: int, at_once: int = 70_001, fails_at: int = -1) -> None:
        self.left = size
        self.at_once = at_once
        self.fails_at = fails_at
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if 0 <= self.fails_at <= self.given:
            raise OSError(errno.EIO, "the stick was pulled out")
        count = min(self.left, self.at_once, size if size >= 0 else self.left)
        self.left -= count
        start = self.given
        self.given += count
        return (PATTERN * (count // len(PATTERN) + 2))[start % len(PATTERN) :][:count]


def digest_of(stream: Trickle) -> str:
    engine = hashlib.sha256()
    while piece := stream.read(MEBIBYTE):
        engine.update(piece)
    return engine.hexdigest()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 5])
def test_files_of_any_size_come_out_as_they_went_in(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.sif"
    data = (FILE * (size // len(FILE) + 1))[:size]
    with Draft.create(path, BLANK, author="An") as draft:
        sha256, told = draft.add_attachment(io.BytesIO(data))
        assert (sha256, told) == (hashlib.sha256(data).hexdigest(), size)
    with Draft.open(path, read_only=True) as draft:
        assert draft.attachment_digests() == {sha256: size}
        with draft.open_attachment(sha256) as stream:
            assert stream.read() == data
        with draft.open_attachment(sha256) as stream:
            assert b"".join(iter(lambda: stream.read(333_333), b"")) == data


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    size = 60 * MEBIBYTE
    path = tmp_path / "a.sif"
    with Draft.create(path, BLANK, author="An") as draft:
        tracemalloc.start()
        try:
            sha256, told = draft.add_attachment(Trickle(size))  # type: ignore[arg-type]
            _, adding = tracemalloc.get_traced_memory()
            with draft.open_attachment(sha256) as stream, (tmp_path / "out").open("wb") as out:
                shutil.copyfileobj(stream, out, MEBIBYTE)
            _, reading = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert told == size == (tmp_path / "out").stat().st_size
        assert sha256 == digest_of(Trickle(size))
        assert max(adding, reading) < 8 * MEBIBYTE


def test_a_copy_of_a_draft_is_not_whole_in_memory_either(tmp_path: Path) -> None:
    size = 20 * MEBIBYTE
    with Draft.create(tmp_path / "a.sif", BLANK, author="An") as draft:
        sha256, _ = draft.add_attachment(Trickle(size))  # type: ignore[arg-type]
        (tmp_path / "a.sif").unlink()
        tracemalloc.start()
        try:
            draft.save_copy(tmp_path / "b.sif")
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert most < 8 * MEBIBYTE
    with Draft.open(tmp_path / "b.sif") as copy:
        assert copy.attachment_digests() == {sha256: size}


def test_the_same_file_twice_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    with Draft.create(path, BLANK, author="An") as draft:
        first = draft.add_attachment(io.BytesIO(FILE))
        size = path.stat().st_size
        assert draft.add_attachment(io.BytesIO(FILE)) == first
        assert draft.add_attachment(io.BytesIO(FILE)) == first
        assert draft.attachment_digests() == {first[0]: len(FILE)}
        assert path.stat().st_size < size + 2 * len(FILE)


def test_adding_a_file_again_heals_a_damaged_copy(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1, FILE)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE pieces SET bytes = zeroblob(length(bytes))")
    db.close()
    sha256 = hashlib.sha256(FILE).hexdigest()
    with Draft.open(path) as draft:
        with draft.open_attachment(sha256) as stream, pytest.raises(FileError) as caught:
            stream.read()
        assert caught.value.key == "attachment_damaged"
        draft.add_attachment(io.BytesIO(FILE))
        with draft.open_attachment(sha256) as stream:
            assert stream.read() == FILE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pieces SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE part = 1",
        "DELETE FROM pieces WHERE part = 1",
        "DELETE FROM pieces",
        "UPDATE pieces SET part = part + 5",
        "UPDATE pieces SET bytes = 'text' WHERE part = 0",
        "UPDATE pieces SET bytes = zeroblob(50000000) WHERE part = 1",
        "INSERT INTO pieces SELECT attachment, part + 2, bytes FROM pieces",
    ],
)
def test_bytes_that_are_not_what_they_were_are_told(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.sif"
    data = FILE * 30
    grown(path, 1, data)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(statement)
    db.close()
    with (
        Draft.stream_attachment(path, hashlib.sha256(data).hexdigest()) as stream,
        pytest.raises(FileError) as caught,
    ):
        while stream.read(100_000):
            pass
    assert caught.value.figures["file"] == str(path)


def test_what_is_not_in_the_draft_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1, FILE)
    with Draft.open(path) as draft:
        for wrong in ("", "0" * 64, "' OR 1 --"):
            with pytest.raises(FileError) as caught:
                draft.open_attachment(wrong)
            assert caught.value.key == "attachment_not_in_draft"
    with pytest.raises(FileError):
        Draft.stream_attachment(path, "0" * 64)


def test_a_file_that_is_too_large_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 2)
    with Draft.open(path) as draft:
        data = path.read_bytes()
        endless = Trickle(10**15, at_once=MEBIBYTE)
        with pytest.raises(FileError) as caught:
            draft.add_attachment(endless, limit=5 * MEBIBYTE, name="film.pdf")  # type: ignore[arg-type]
        assert caught.value.key == "attachment_too_large"
        assert caught.value.figures == {"file": "film.pdf", "limit": 5}
        assert endless.given < 8 * MEBIBYTE
        assert draft.attachment_digests() == {}
        assert path.read_bytes() == data
        exact = draft.add_attachment(io.BytesIO(bytes(MEBIBYTE)), limit=MEBIBYTE)
        assert exact[1] == MEBIBYTE


def test_a_file_that_fails_halfway_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 2)
    with Draft.open(path) as draft:
        data = path.read_bytes()
        failing = Trickle(30 * MEBIBYTE, fails_at=3 * MEBIBYTE)
        with pytest.raises(FileError) as caught:
            draft.add_attachment(failing, name="stick/a.pdf")  # type: ignore[arg-type]
        assert caught.value.figures["file"] == "stick/a.pdf"
        assert draft.attachment_digests() == {}
        assert path.read_bytes() == data
        grow(draft, 1)


def test_the_name_of_the_file_itself_is_told(tmp_path: Path) -> None:
    path, file = tmp_path / "a.sif", tmp_path / "bijlage.pdf"
    file.write_bytes(FILE)
    with Draft.create(path, BLANK, author="An") as draft, file.open("rb") as stream:
        with pytest.raises(FileError) as caught:
            draft.add_attachment(stream, limit=10)
        assert caught.value.figures["file"] == str(file)


def test_a_stream_from_a_closed_draft_closes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    grown(path, 1, FILE)
    sha256 = hashlib.sha256(FILE).hexdigest()
    with Draft.stream_attachment(path, sha256) as stream:
        assert stream.read(10) == FILE[:10]
    with pytest.raises(ValueError, match="closed"):
        stream.read(1)
    assert [file.name for file in tmp_path.iterdir()] == ["a.sif"]


def test_another_thread_can_read_while_the_author_types(tmp_path: Path) -> None:
    path = tmp_path / "a.sif"
    data = FILE * 200
    grown(path, 1, data)
    sha256 = hashlib.sha256(data).hexdigest()
    found: list[bytes] = []
    with Draft.open(path) as draft:

        def read() -> None:
            for _ in range(3):
                with draft.open_attachment(sha256) as stream:
                    found.append(stream.read())
                with Draft.stream_attachment(path, sha256) as stream:
                    found.append(stream.read())

        reader = threading.Thread(target=read)
        reader.start()
        grow(draft, 60)
        reader.join()
        assert draft.seq == 61
    assert found == [data] * 6
