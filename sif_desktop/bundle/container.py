"""A stranger's ASiC-E container: opened with care, its members read as a stream, once.

Nothing is unpacked to disk. A member's bytes are handed out only while they agree with the sizes
and sums of the directory; what is compressed may not grow out of hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sif_desktop.bundle import names
from sif_desktop.bundle.problems import Problem
from sif_desktop.bundle.unpack import CHUNK, too_much, unpacked, unreadable
from sif_desktop.bundle.zip_layout import DEFLATED, STORED, Entry, read_layout
from sif_desktop.errors import NotOursError
from sif_desktop.model.canonical import LARGEST_JSON

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEDIA_TYPE = "application/vnd.etsi.asic-e+zip"
SIMPLE_TYPE = "application/vnd.etsi.asic-s+zip"
"""ASiC-S: one file, and what was signed is that file itself instead of a list."""


@dataclass(frozen=True)
class Container:
    """An open container. `problems` are those of the ZIP: with any, nothing should be read.

    `file` is the name that errors tell; `simple` is a container of one file (ASiC-S).
    """

    file: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    _stream: BinaryIO = field(repr=False)
    simple: bool = False

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}

    @property
    def payload(self) -> tuple[Entry, ...]:
        """The members that signatures are to cover, in their order."""
        return tuple(
            entry
            for entry in self.entries
            if entry.name != names.MIMETYPE and not entry.name.startswith(names.META_INF)
        )

    @property
    def metadata(self) -> tuple[Entry, ...]:
        """The members of `META-INF`, in their order."""
        return tuple(entry for entry in self.entries if entry.name.startswith(names.META_INF))

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member, piece by piece.

        Raises KeyError without such a member, NotOursError at the first sign that the bytes are
        not what the directory tells, and FileError where the disk fails.
        """
        return unpacked(self._stream, self._by_name[name], self.file)

    def stream(self, name: str) -> BinaryIO:
        """The bytes of a member as a file, while the container is open. Raises as `chunks`."""
        return BufferedReader(_MemberStream(self.chunks(name), ExitStack()), CHUNK)

    def read(self, name: str, largest: int) -> bytes:
        """A small member as a whole. Raises as `chunks`, and NotOursError over `largest` bytes."""
        entry = self._by_name[name]
        if entry.size > largest:
            raise NotOursError("bundle_member_too_large", file=self.file, member=entry.name)
        return b"".join(self.chunks(name))


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """Opens a container for reading.

    Raises FileError where it cannot be read, NotOursError where it is no ASiC container.
    """
    try:
        stream = path.open("rb")
    except OSError as error:
        raise unreadable(str(path), error) from error
    with stream:
        try:
            container = _opened(stream, str(path))
        except OSError as error:
            raise unreadable(str(path), error) from error
        yield container


def _opened(stream: BinaryIO, file: str) -> Container:
    head = stream.read(80)
    layout = read_layout(stream, file)
    if not layout.entries:
        if any(_tells(head, kind) for kind in (MEDIA_TYPE, SIMPLE_TYPE)):
            return Container(file, (), layout.problems, stream)
        raise NotOursError("bundle_other_kind", file=file)
    problems = (*layout.problems, *too_much(layout.entries))
    kind, found = _media_type(Container(file, layout.entries, (), stream))
    simple = kind == SIMPLE_TYPE
    return Container(file, layout.entries, (*problems, *found), stream, simple)


def looks_like_container(head: bytes) -> bool:
    """Whether a file that starts with `head` (80 bytes are enough) calls itself ASiC-E."""
    return _tells(head, MEDIA_TYPE)


def _tells(head: bytes, kind: str) -> bool:
    return head.startswith(b"PK\3\4") and head[30:69] == b"mimetype" + kind.encode()


def payload_digests(path: Path) -> dict[str, str]:
    """The SHA-256 of each payload member, in small hexadecimal, in their order.

    Raises as `open_container` does, and NotOursError for a container that should not be read.
    """
    with _readable(path) as container:
        digests = {}
        for entry in container.payload:
            digest = sha256()
            for chunk in container.chunks(entry.name):
                digest.update(chunk)
            digests[entry.name] = digest.hexdigest()
        return digests


def read_members(path: Path, wanted: Iterable[str]) -> dict[str, bytes]:
    """Those of the wanted members that a container has, whole. Nothing is verified by it.

    Raises as `payload_digests` does, and NotOursError for a member of more than 64 MB.
    """
    with _readable(path) as container:
        return {name: container.read(name, LARGEST_JSON) for name in wanted if name in container}


def member_opener(path: Path, name: str) -> Callable[[], BinaryIO]:
    """What opens a member for reading from its start, as a stream. Nothing is verified by it.

    Opening raises as `payload_digests` does, and NotOursError where there is no such member;
    reading raises NotOursError where its bytes are damaged.
    """

    def opened() -> BinaryIO:
        with ExitStack() as stack:
            container = stack.enter_context(_readable(path))
            if name not in container:
                raise NotOursError("bundle_member_damaged", file=str(path), member=name)
            return BufferedReader(_MemberStream(container.chunks(name), stack.pop_all()), CHUNK)

    return opened


class _MemberStream(RawIOBase):
    """The pieces of a member as a file; closing it closes the container."""

    def __init__(self, chunks: Iterator[bytes], container: ExitStack) -> None:
        self._chunks = chunks
        self._container = container
        self._left = memoryview(b"")

    def readable(self) -> bool:
        """A stream to read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fills a buffer as far as the present piece reaches; 0 at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        target = memoryview(buffer)
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def close(self) -> None:
        """Closes the container too."""
        if not self.closed:
            self._container.close()
        super().close()


@contextmanager
def _readable(path: Path) -> Iterator[Container]:
    with open_container(path) as container:
        if container.problems:
            raise NotOursError("bundle_damaged", file=container.file)
        yield container


def _media_type(container: Container) -> tuple[str, tuple[Problem, ...]]:
    """The kind of container, and whether the member that tells it stands first and stored.

    Raises NotOursError where there is none, or it tells another kind.
    """
    other = NotOursError("bundle_other_kind", file=container.file)
    found = next((entry for entry in container.entries if entry.name == names.MIMETYPE), None)
    if found is None or found.method not in (STORED, DEFLATED):
        raise other
    try:
        content = container.read(names.MIMETYPE, 200)
    except NotOursError:
        raise other from None
    kind = next(
        (kind for kind in (MEDIA_TYPE, SIMPLE_TYPE) if content.strip() == kind.encode()), ""
    )
    if not kind:
        raise other
    plain = found.header == 0 and found.bare and found.method == STORED
    good = plain and content == kind.encode()
    return kind, () if good else (Problem("mimetype_place"),)
