"""Signing what was shown: all that a signature will cover is made first, and then written as it is.

What a signer saw on the screen and what is signed are the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sif_desktop.app import payload
from sif_desktop.app.export import findings_before_export
from sif_desktop.app.sources import Source
from sif_desktop.app.verification import Examination, examine
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings

if TYPE_CHECKING:
    from sif_desktop.app.session import Session
    from sif_desktop.bundle.identity import Identity
    from sif_desktop.bundle.write import Member

What = Literal["proposal", "pdf", "call", "attachment"]
_FIXED: dict[str, What] = {"proposal.json": "proposal", "proposal.pdf": "pdf", "call.json": "call"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A member as it is shown to whoever signs: what it is, its name, its size in bytes.

    `title` is that of an attachment, and "" for the others.
    """

    what: What
    name: str
    size: int
    title: str = ""


@dataclass(frozen=True)
class Prepared:
    """All that a signature will cover. `digest` is the SHA-256 of proposal.json, in hexadecimal."""

    proposal: Proposal
    findings: Findings
    members: tuple[Member, ...]
    listed: tuple[Listed, ...]
    digest: str
    pdf: bytes

    @property
    def size(self) -> int:
        """The bytes of all members together."""
        return sum(one.size for one in self.listed)


def source_of(session: Session) -> Source:
    """The proposal of an open draft as a source, with the attachments that are in its file.

    Raises FileError or NotOursError where the file cannot be read.
    """
    from sif_desktop.store.draft import Draft

    path, proposal = session.draft.path, session.proposal
    here = session.draft.attachment_digests()
    attachments = {
        one.sha256: lambda sha256=one.sha256: Draft.stream_attachment(path, sha256)
        for one in proposal.attachments
        if one.sha256 in here
    }
    return Source("draft", path, proposal, session.call, attachments)


def signer_of(proposal: Proposal) -> tuple[str, str]:
    """Who signs for the coordinator, and its name, as the proposal tells; "" where unknown."""
    for partner in proposal.partners:
        if partner.role == "coordinator":
            return partner.signatory_name or partner.contact_name, partner.name
    return "", ""


def prepare(source: Source, work: Work = UNWATCHED) -> Prepared:
    """Checks a proposal and makes everything that its bundle will hold, but for the signature.

    Raises BlockedError where something blocks, NotOursError where an attachment is not there,
    StoppedError when the work is not wanted any more.
    """
    work.at("checking")
    findings = findings_before_export(source)
    work.at("pdf")
    members = tuple(payload.members(source))
    work.at("pdf")
    contents = {name: _bytes_of(members, name) for name in _FIXED}
    sizes = {name: len(data) for name, data in contents.items()}
    listed = [Listed(what, name, sizes[name]) for name, what in _FIXED.items()]
    for place, attachment in enumerate(source.proposal.attachments, 1):
        listed.append(
            Listed(
                "attachment",
                payload.attachment_name(place, attachment),
                attachment.size if isinstance(attachment.size, int) else 0,
                attachment.title or attachment.filename,
            )
        )
    return Prepared(
        source.proposal,
        findings,
        members,
        tuple(listed),
        canonical.digest(contents["proposal.json"]),
        contents["proposal.pdf"],
    )


def sign(prepared: Prepared, out: Path, identity: Identity, work: Work = UNWATCHED) -> Examination:
    """Writes and signs the bundle of what was prepared, and examines it as a stranger's.

    Raises FileError where it cannot be written, IdentityError where it cannot be signed,
    StoppedError when the work is not wanted any more; nothing is left behind then.
    """
    from sif_desktop.bundle.write import write

    whole = prepared.size

    def progress(done: int) -> None:
        work.at("writing", min(done, whole), whole)

    work.at("signing")
    write(out, prepared.members, identity, role="coordinator", progress=progress)
    work.tell("verifying", 0, 0)  # what is written can no longer be stopped
    return examine(out)


def draft_pdf(proposal: Proposal, call: Call, work: Work = UNWATCHED) -> tuple[bytes, bool]:
    """The PDF of a proposal as its export would have it, and whether it is marked as a draft.

    It is marked while something blocks. Raises StoppedError when it is not wanted any more.
    """
    work.at("checking")
    findings = check(proposal, call)
    work.at("pdf")
    data = payload.pdf(proposal, call, findings, draft=bool(findings.blocking))
    work.at("pdf")
    return data, bool(findings.blocking)


def _bytes_of(members: tuple[Member, ...], name: str) -> bytes:
    found = next(member for member in members if member.name == name)
    with found.open() as stream:
        return stream.read()
