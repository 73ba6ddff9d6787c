"""The export: checks first, then the PDF, the container and the signature."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import payload
from sif_desktop.app.sources import Source
from sif_desktop.errors import BlockedError
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


def findings_before_export(source: Source) -> Findings:
    """What the rules say of a proposal that is about to be exported.

    Raises BlockedError with the number of findings that stand in the way.
    """
    findings = check(source.proposal, source.call)
    if findings.blocking:
        raise BlockedError("export_blocked", count=len(findings.blocking))
    return findings


def export(
    source: Source, out: Path, identity: Identity, *, at: datetime | None = None
) -> Findings:
    """Writes the signed bundle of a proposal and gives the findings that do not block.

    Raises BlockedError where something blocks, FileError where it cannot be written,
    IdentityError where it cannot be signed; nothing is left behind then.
    """
    from sif_desktop.bundle.write import write

    findings = findings_before_export(source)
    write(out, payload.members(source), identity, role="coordinator", at=at)
    return findings
