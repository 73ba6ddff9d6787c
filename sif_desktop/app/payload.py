"""What goes into a bundle: the proposal, its PDF, the form it was made with, the attachments."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import rfc8785

from sif_desktop.app.sources import Source
from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Attachment, Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings

if TYPE_CHECKING:
    from sif_desktop.bundle.write import Member

ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
"""The endings of the types of file that we know; others are `bin` in a bundle."""


def attachment_name(place: int, attachment: Attachment) -> str:
    """The name of an attachment in a bundle: ours, never the one that its author gave."""
    return f"attachments/{place:03}.{ENDINGS.get(attachment.media_type, 'bin')}"


def pdf(proposal: Proposal, call: Call, findings: Findings, *, draft: bool) -> bytes:
    """The dossier as PDF; the same proposal always gives the same bytes."""
    from sif_desktop.document.dossier import describe
    from sif_desktop.document.pdf import write

    data = canonical.to_json(proposal)
    document = describe(proposal, call, findings, draft=draft, digest=canonical.digest(data))
    out = BytesIO()
    write(document, out, proposal_json=data)
    return out.getvalue()


def members(source: Source) -> list[Member]:
    """The members of the bundle of a proposal, in their order.

    Raises NotOursError where the bytes of an attachment did not come with the proposal.
    """
    from sif_desktop.bundle.write import Member

    proposal, call = source.proposal, source.call
    contents = {
        "proposal.json": canonical.to_json(proposal),
        "proposal.pdf": pdf(proposal, call, check(proposal, call), draft=False),
        "call.json": rfc8785.dumps(call.model_dump(mode="json")),
    }
    types = {"json": "application/json", "pdf": "application/pdf"}
    found = [
        Member(name, lambda data=data: BytesIO(data), types[name.rpartition(".")[2]])  # type: ignore[misc]
        for name, data in contents.items()
    ]
    for place, attachment in enumerate(proposal.attachments, 1):
        opener = source.attachments.get(attachment.sha256)
        if opener is None:
            title = attachment.title or attachment.filename
            raise NotOursError("attachment_not_there", file=str(source.path), title=title)
        media_type = attachment.media_type or "application/octet-stream"
        found.append(Member(attachment_name(place, attachment), opener, media_type))
    return found
