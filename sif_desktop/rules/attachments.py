"""The family of the attachments: files that are kept, once each, and those a form asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sif_desktop.model.proposal import Attachment
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.kinds import shown
from sif_desktop.rules.rule import Use, rule

Attachments = tuple[Attachment, ...]

_DIGEST = re.compile(r"[0-9a-f]{64}")
_KIND = "attachments/*/kind"


@rule("attachment_not_kept", "error", "attachments")
def attachment_not_kept(attachments: Attachments, use: Use) -> Iterator[Finding]:
    """The bytes of an attachment are found by its digest; without it there is no file."""
    for attachment in attachments:
        if not _DIGEST.fullmatch(attachment.sha256):
            yield use.found(f"attachments/{attachment.id}")


@rule("attachment_hollow", "warning", "attachments")
def attachment_hollow(attachments: Attachments, use: Use) -> Iterator[Finding]:
    """A file holds something."""
    for attachment in attachments:
        if attachment.size == 0 and attachment.sha256:
            yield use.found(f"attachments/{attachment.id}")


@rule("attachment_twice", "warning", "attachments")
def attachment_twice(attachments: Attachments, use: Use) -> Iterator[Finding]:
    """A file is attached once."""
    first: dict[str, Attachment] = {}
    for attachment in attachments:
        if not _DIGEST.fullmatch(attachment.sha256):
            continue
        earlier = first.setdefault(attachment.sha256, attachment)
        if earlier is not attachment:
            other = shown(earlier.title) or shown(earlier.filename)
            yield use.found(f"attachments/{attachment.id}", other=other or earlier.id)


@rule("attachment_kind_missing", "error", "attachments", values={"kinds": _KIND})
def attachment_kind_missing(attachments: Attachments, use: Use) -> Iterator[Finding]:
    """The annexes that a form asks for, where it does."""
    present = {attachment.kind for attachment in attachments}
    for kind in use.listed("kinds"):
        if kind not in present:
            yield use.found("attachments", kind=use.choice(_KIND, kind))


@rule("attachments_large", "error", "attachments", parameters={"most": "number"})
def attachments_large(attachments: Attachments, use: Use) -> Iterator[Finding]:
    """The bytes of all attachments together, where a form sets a ceiling."""
    most = use.figures["most"]
    size = sum(item.size for item in attachments if isinstance(item.size, int) and item.size > 0)
    if size > most:
        yield use.found("attachments", size=size, most=most, excess=size - most)
