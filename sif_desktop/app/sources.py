"""Reading a proposal from any file of ours, told apart by its content and not by its name."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from sif_desktop import paths
from sif_desktop.calls.call import Call
from sif_desktop.calls.folder import find
from sif_desktop.errors import CallError, FileError, NotOursError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.audit import usable

Kind = Literal["draft", "bundle", "pdf", "json", "workbook"]
_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"SQLite format 3\x00", "draft"),
    (b"PK\x03\x04", "bundle"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),  # an old one, or one behind a password
)
_PARTS_OF_CALL = (20_000, 100_000)
"""Objects, and values, of a call.json; a form of ours has some 400 and 3,000."""


@dataclass(frozen=True)
class Source:
    """A proposal that was read, with its call and the attachments that came with it.

    `attachments` opens the bytes of an attachment by its SHA-256; a file of another kind than a
    draft or bundle brings none along.
    """

    kind: Kind
    path: Path
    proposal: Proposal
    call: Call
    attachments: Mapping[str, Callable[[], BinaryIO]] = field(default_factory=dict)


def kind_of(path: Path) -> Kind:
    """What a file is, by its first bytes. Raises FileError where it cannot be read."""
    try:
        if paths.is_folder(path):
            raise FileError("file_is_folder", file=str(path))
        with path.open("rb") as stream:
            beginning = stream.read(64)
    except OSError as error:
        raise cannot_read(path, error) from error
    if not beginning:
        raise NotOursError("file_empty", file=str(path))
    for known, kind in _BEGINNINGS:
        if beginning.startswith(known):
            other = b"mimetype" not in beginning or b"application/vnd.oasis" in beginning
            if kind == "bundle" and other:
                return "workbook"
            return kind
    return "json"


def cannot_read(path: Path, error: OSError) -> FileError:
    """The error that says in plain words why a file could not be read or written."""
    keys = {
        errno.ENOENT: "file_missing",
        errno.EACCES: "file_no_permission",
        errno.EPERM: "file_no_permission",
        errno.EROFS: "file_read_only_disk",
        errno.ENOSPC: "disk_full",
        errno.EDQUOT: "disk_full",
        errno.EISDIR: "file_is_folder",
        errno.ENOTDIR: "file_missing",
        errno.EEXIST: "file_exists",
    }
    return FileError(keys.get(error.errno or 0, "file_unreadable"), file=str(path))


def call_of(proposal: Proposal, carried: bytes | None = None, file: str = "") -> Call:
    """The call of a proposal: as this machine knows it, else as it was carried along.

    Raises CallError where neither is there.
    """
    try:
        return usable(find(proposal.call))
    except CallError:
        if carried is None:
            raise
    return usable(carried_call(carried, file))


def carried_call(data: bytes, file: str) -> Call:
    """The call in a call.json. Raises NotOursError where it is none."""
    from pydantic import ValidationError

    if not canonical.has_few_parts(data, *_PARTS_OF_CALL):
        raise NotOursError("json_not_a_call", file=file)
    try:
        return Call.model_validate_json(data)
    except (ValidationError, RecursionError) as error:
        raise NotOursError("json_not_a_call", file=file) from error


def read(path: Path) -> Source:
    """The proposal in a draft, a bundle, a PDF of ours or a proposal.json.

    Raises FileError, NotOursError, NewerError or CallError, each with the file's name.
    """
    kind = kind_of(path)
    if kind == "draft":
        return _from_draft(path)
    if kind == "bundle":
        return _from_bundle(path)
    if kind == "pdf":
        from sif_desktop.document.embedded import read_proposal

        proposal = canonical.from_bytes(read_proposal(path), str(path))
        return Source(kind, path, proposal, call_of(proposal))
    if kind == "workbook":
        raise NotOursError("file_not_ours", file=str(path))
    proposal = canonical.from_bytes(_whole(path), str(path))
    return Source(kind, path, proposal, call_of(proposal))


def _whole(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(canonical.LARGEST_JSON + 1)
    except OSError as error:
        raise cannot_read(path, error) from error


def _from_draft(path: Path) -> Source:
    from sif_desktop.store.draft import Draft

    with Draft.open(path, read_only=True) as draft:
        proposal, digests = draft.proposal, draft.attachment_digests()

    def opener(sha256: str) -> Callable[[], BinaryIO]:
        return lambda: Draft.stream_attachment(path, sha256)

    attachments = {sha256: opener(sha256) for sha256 in digests}
    return Source("draft", path, proposal, call_of(proposal), attachments)


def _from_bundle(path: Path) -> Source:
    from sif_desktop.app.payload import attachment_name
    from sif_desktop.bundle.container import member_opener, read_members

    members = read_members(path, ("proposal.json", "call.json"))
    data = members.get("proposal.json")
    if data is None:
        raise NotOursError("bundle_without_proposal", file=str(path))
    proposal = canonical.from_bytes(data, str(path))
    attachments = {
        attachment.sha256: member_opener(path, attachment_name(place, attachment))
        for place, attachment in enumerate(proposal.attachments, 1)
    }
    call = call_of(proposal, members.get("call.json"), str(path))
    return Source("bundle", path, proposal, call, attachments)
