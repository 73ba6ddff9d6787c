"""Files that go into a draft as attachments, and out of it to be looked at.

What a file is, is told by its content and never by its name.
"""

from __future__ import annotations

import hashlib
import io
import re
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sif_desktop.app.payload import ENDINGS
from sif_desktop.app.sources import cannot_read
from sif_desktop.app.work import UNWATCHED, StoppedError, Work
from sif_desktop.errors import FileError, NotOursError, SifError
from sif_desktop.model.proposal import Attachment
from sif_desktop.store.draft import Draft

LARGEST = 200 * 1024 * 1024
"""Bytes of one attachment. Ours: a bundle with larger ones can hardly be sent to anybody."""

UNKNOWN = "application/octet-stream"
"""The type of a file that is none of those we know."""

_HEAD = 4096
_TAIL = 128 * 1024
_PIECE = 1024 * 1024
_LONGEST_TITLE = 150

_OOXML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the attachment to add to the proposal, or why there is none."""

    file: str
    attachment: Attachment | None = None
    error: SifError | None = None


def attach_all(
    draft: Draft, paths: Iterable[Path], known: Iterable[Attachment], work: Work = UNWATCHED
) -> list[Outcome]:
    """Puts files into a draft, each by itself: one that is refused keeps none of the others out.

    The bytes are in the draft when this returns; the attachments still have to be added to the
    proposal, as one act. A file that is among `known` already, or given twice, is refused. Raises
    StoppedError when the work is not wanted any more.
    """
    present = {one.sha256: one for one in known if one.sha256}
    outcomes: list[Outcome] = []
    for path in paths:
        try:
            attachment = attach(draft, path, present.values(), work)
        except SifError as error:
            outcomes.append(Outcome(shown_name(path), error=error))
            continue
        present[attachment.sha256] = attachment
        outcomes.append(Outcome(shown_name(path), attachment))
    return outcomes


def attach(
    draft: Draft, path: Path, known: Iterable[Attachment] = (), work: Work = UNWATCHED
) -> Attachment:
    """Puts a file into a draft and gives the attachment that describes it.

    Raises FileError where it is missing, a folder, no plain file, too large, not to be read, or
    among `known` already; NotOursError where it is empty. Nothing is added to the draft then.
    """
    name = shown_name(path)
    size = _size(path, name)
    try:
        with path.open("rb") as stream:
            media_type = media_type_of(stream)
            if earlier := _earlier(stream, size, known):
                title = earlier.title or earlier.filename
                raise FileError("attachment_again", file=name, title=title)
            stream.seek(0)
            watched = _Watched(stream, name, size, work)
            sha256, size = draft.add_attachment(
                io.BufferedReader(watched), limit=LARGEST, name=name
            )
    except OSError as error:
        raise cannot_read(Path(name), error) from error
    return Attachment(
        title=title_from(name),
        filename=name,
        media_type=media_type,
        size=size,
        pages=pages_of(path) if media_type == "application/pdf" else "",
        sha256=sha256,
    )


def _size(path: Path, name: str) -> int:
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        known = error if isinstance(error, OSError) else FileNotFoundError(2, str(error))
        raise cannot_read(Path(name), known) from error
    if stat.S_ISDIR(found.st_mode):
        raise FileError("attachment_is_folder", file=name)
    if not stat.S_ISREG(found.st_mode):
        raise FileError("attachment_is_no_file", file=name)
    if found.st_size == 0:
        raise NotOursError("file_empty", file=name)
    if found.st_size > LARGEST:
        raise FileError("attachment_too_large", file=name, limit=LARGEST // 1024**2)
    return found.st_size


def _earlier(stream: BinaryIO, size: int, known: Iterable[Attachment]) -> Attachment | None:
    """The attachment that has the same bytes. They are read only where one has the same size."""
    alike = {one.sha256: one for one in known if one.size == size}
    if not alike:
        return None
    stream.seek(0)
    engine = hashlib.sha256()
    while piece := stream.read(_PIECE):
        engine.update(piece)
    return alike.get(engine.hexdigest())


class _Watched(io.RawIOBase):
    """A stream that tells how much of it was read."""

    def __init__(self, stream: BinaryIO, name: str, size: int, work: Work) -> None:
        self._stream, self._name, self._size, self._work = stream, name, size, work
        self._done = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes. Raises StoppedError where the work is not wanted any more."""
        self._work.at(self._name, self._done, self._size)
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self._done += len(piece)
        return len(piece)


def media_type_of(stream: BinaryIO) -> str:
    """What a file is by its first and last bytes; `UNKNOWN` where it is nothing that we know."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"PK\x03\x04"):
        return _packed_type(head, stream)
    return "text/plain" if _is_text(head) else UNKNOWN


def _packed_type(head: bytes, stream: BinaryIO) -> str:
    """What a ZIP holds: OpenDocument says so in front, Office by the names in its directory.

    The directory is looked at as bytes: nothing of a stranger's ZIP is unpacked. A document with
    macros is not one that we know.
    """
    if head[30:38] == b"mimetype":
        for kind in ("text", "spreadsheet"):
            media_type = f"{_OPEN_DOCUMENT}{kind}".encode()
            if head[38:].startswith(media_type + b"PK"):
                return media_type.decode()
        return UNKNOWN
    stream.seek(0, io.SEEK_END)
    stream.seek(max(stream.tell() - _TAIL, 0))
    directory = stream.read(_TAIL)
    if b"[Content_Types].xml" not in directory or b"vbaProject" in directory:
        return UNKNOWN
    for member, kind in (
        (b"word/document.xml", "wordprocessingml.document"),
        (b"xl/workbook.xml", "spreadsheetml.sheet"),
    ):
        if member in directory:
            return _OOXML + kind
    return UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether it begins as a text in UTF-8; a character may be cut at the end of what was read."""
    if re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", head):
        return False
    for cut in range(min(4, len(head))):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def pages_of(path: Path) -> int | str:
    """The number of pages of a PDF; "" where it is locked or cannot be understood."""
    import pikepdf

    from sif_desktop.document.embedded import LARGEST_PDF  # its import bounds what pikepdf unpacks

    assert LARGEST_PDF >= LARGEST  # noqa: S101 - two limits that belong together
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            count = len(pdf.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, OSError, RuntimeError, ValueError, TypeError):
        return ""
    return count or ""


def shown_name(path: Path) -> str:
    """The name of a file as it can be written down and shown, whatever the disk holds."""
    name = path.name or str(path)
    plain = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in plain)


def title_from(name: str) -> str:
    """A first title for a file: its name without ending, in words."""
    words = re.sub(r"[\s_.\-]+", " ", name.rpartition(".")[0] or name).strip()
    return (words[:1].upper() + words[1:])[:_LONGEST_TITLE]


def may_open(attachment: Attachment) -> bool:
    """Whether a file is of a type that the system's program may be asked to open."""
    return attachment.media_type in ENDINGS


def extract(open_bytes: Callable[[], BinaryIO], attachment: Attachment, folder: Path) -> Path:
    """Writes an attachment into a folder of its own beneath `folder`, to look at, and gives the
    file. Its name is ours as far as it matters: plain letters, and the ending that its content
    has, whatever the proposal says.

    Raises FileError where the bytes cannot be read or written, NotOursError for a type that is
    not one to be opened.
    """
    place = Path(tempfile.mkdtemp(prefix="", dir=folder))
    part = place / "part"
    try:
        with open_bytes() as source, part.open("xb") as target:
            while piece := source.read(_PIECE):
                target.write(piece)
        with part.open("rb") as stream:
            ending = ENDINGS.get(media_type_of(stream))
        if ending is None:
            raise NotOursError("attachment_not_opened", file=attachment.filename)
        file = part.rename(place / safe_name(attachment.filename, ending))
        file.chmod(stat.S_IRUSR)  # what is changed in a copy would be lost unseen
    except OSError as error:
        part.unlink(missing_ok=True)
        raise cannot_read(place, error) from error
    except (SifError, StoppedError):
        part.unlink(missing_ok=True)
        raise
    return file


def save_copy(open_bytes: Callable[[], BinaryIO], path: Path) -> None:
    """Writes an attachment to a file that its reader chose. Raises FileError, with nothing left."""
    from sif_desktop.writing import beside

    try:
        with open_bytes() as source, beside(path) as target:
            while piece := source.read(_PIECE):
                target.write(piece)
    except OSError as error:
        raise cannot_read(path, error) from error


def safe_name(filename: str, ending: str) -> str:
    """A name that every disk takes: a file's own in letters, digits and dashes, and an ending."""
    from sif_desktop.bundle.names import is_safe

    stem = filename.rpartition(".")[0] or filename
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    name = "-".join(re.findall(r"[A-Za-z0-9]+", plain))[:60].strip("-") or "bijlage"
    return f"{name}.{ending}" if is_safe(f"{name}.{ending}") else f"bijlage-{name}.{ending}"
