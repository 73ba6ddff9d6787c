"""The three answers about a bundle: is it intact, who signed, does it hold under the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import pins
from sif_desktop.app.sources import call_of
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call
from sif_desktop.errors import SifError
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings

if TYPE_CHECKING:
    from sif_desktop.bundle.verify import Verdict


@dataclass(frozen=True)
class Examination:
    """What was found out about a bundle.

    `verdict` is the first answer (intact) and the second (who signed). `findings` are the third;
    they are None where the proposal or its call cannot be read, and `unread` says why.
    """

    verdict: Verdict
    proposal: Proposal | None
    call: Call | None
    findings: Findings | None
    unread: SifError | None

    @property
    def good(self) -> bool:
        """Whether the bundle is intact and signed: what the exit code of `verify` tells."""
        return self.verdict.intact and bool(self.verdict.signatures)


def examine(
    path: Path,
    *,
    trust: Path | None = None,
    pinned: Iterable[str] = (),
    call_for: Callable[[Proposal, bytes | None, str], Call] = call_of,
    work: Work = UNWATCHED,
) -> Examination:
    """Verifies a bundle and checks its proposal anew, by the call that `call_for` gives.

    Beside the fingerprints in `pinned`, those that the user pinned before count as known.
    Raises FileError or NotOursError where the file is no container at all, StoppedError when the
    outcome is not wanted any more.
    """
    from sif_desktop.bundle.verify import verify

    known = {*pinned, *pins.pinned()}

    def progress(done: int, whole: int) -> None:
        work.at("verifying", done, whole)

    work.at("verifying")
    verdict = verify(path, trust=trust, pinned=known, progress=progress)
    if verdict.proposal_json is None:
        return Examination(verdict, None, None, None, None)
    try:
        proposal = canonical.from_bytes(verdict.proposal_json, str(path))
        call = call_for(proposal, verdict.call_json, str(path))
    except SifError as error:
        return Examination(verdict, None, None, None, error)
    return Examination(verdict, proposal, call, check(proposal, call), None)
