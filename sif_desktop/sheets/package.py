"""The ZIP that a workbook is, opened as a stranger's: only known parts are read, as a stream.

No tree is built of a part and nothing is unpacked to disk, so that what a part can cost is bounded
by `LARGEST_PART`. A DOCTYPE is refused: no spreadsheet writes one, and entities live in it.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile, ZipFile

from sif_desktop.errors import FileError, NotOursError

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of one part, unpacked; a workbook with a larger one is refused."""

MOST_PARTS = 2000

_CHUNK = 256 * 1024
_LARGEST_TEXT = 1_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1


class Handler(Protocol):
    """What is told of a part: its elements by their bare names, and the text of those wanted."""

    texts: frozenset[str]
    """Elements of which the text is wanted: `end` gives it; text elsewhere is passed over."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; attributes with a prefix go by their bare name as well."""

    def end(self, name: str, text: str) -> None:
        """An element ends."""


class Package:
    """An open workbook file. Every fault of it is a NotOursError with the name of the file."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self.file = file
        self._names = {name.lower(): name for name in archive.namelist()}

    def has(self, part: str) -> bool:
        """Whether there is a part of that name; case does not count, by the standard."""
        return part.lower() in self._names

    def walk(self, part: str, handler: Handler) -> None:
        """Reads a part from begin to end. Raises NotOursError where it is not there or is bad."""
        from xml.parsers.expat import ExpatError

        name = self._names.get(part.lower())
        if name is None:
            raise self.damaged()
        info = self._archive.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise NotOursError("sheet_password", file=self.file)
        if info.file_size > LARGEST_PART:
            raise NotOursError("sheet_too_large", file=self.file, size=LARGEST_PART // 1024**2)
        try:
            with self._archive.open(info) as stream:
                _walked(iter(lambda: stream.read(_CHUNK), b""), handler, self.damaged)
        except (ExpatError, BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise self.damaged() from error
        except (ValueError, LookupError, UnicodeError, OverflowError) as error:
            raise self.damaged() from error

    def damaged(self) -> NotOursError:
        """The error for a file that is no workbook as it should be."""
        return NotOursError("sheet_damaged", file=self.file)

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that a part points at, by id: the last word of the kind, and the name."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return {}
        found = _Relations(folder)
        self.walk(rels, found)
        return found.known


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Opens a workbook. Raises FileError where it cannot be read, NotOursError for another file."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            beginning = stream.read(1024 * 1024)
            if beginning.startswith(_OLE):
                locked = "EncryptedPackage".encode("utf-16-le") in beginning
                raise NotOursError("sheet_password" if locked else "sheet_old", file=file)
            if b"vnd.oasis.opendocument" in beginning[:200]:
                raise NotOursError("sheet_opendocument", file=file)
            stream.seek(0)
            with ZipFile(stream) as archive:
                if len(archive.infolist()) > MOST_PARTS:
                    raise NotOursError("sheet_damaged", file=file)
                yield Package(archive, file)
    except (BadZipFile, EOFError, NotImplementedError, ValueError, UnicodeError) as error:
        raise NotOursError("sheet_damaged", file=file) from error
    except OSError as error:
        raise FileError("file_unreadable", file=file) from error


def _walked(chunks: Iterator[bytes], handler: Handler, damaged: Callable[[], NotOursError]) -> None:
    """Sends a part through expat, which builds no tree and fetches nothing."""
    from xml.parsers.expat import ParserCreate

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts: list[str] = []
    size, wanted = 0, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal wanted, size
        bare = name.rpartition(" ")[2]
        wanted, size = bare in handler.texts, 0
        texts.clear()
        handler.start(bare, {key.rpartition(" ")[2]: text for key, text in attributes.items()})

    def end(name: str) -> None:
        nonlocal wanted
        handler.end(name.rpartition(" ")[2], "".join(texts) if wanted else "")
        wanted = False

    def data(text: str) -> None:
        nonlocal size
        if wanted:
            size += len(text)
            if size > _LARGEST_TEXT:
                raise damaged()
            texts.append(text)

    def refuse(*_: object) -> None:
        raise damaged()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = refuse
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


class _Relations:
    """The relationships of a part."""

    texts: frozenset[str] = frozenset()

    def __init__(self, folder: str) -> None:
        self.known: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Notes where a relationship points within the file."""
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes["Target"]
        place = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        self.known[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], place)

    def end(self, name: str, text: str) -> None:
        """Nothing is told at the end of one."""
