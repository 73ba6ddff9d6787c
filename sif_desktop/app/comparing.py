"""A proposal to compare: as it stands in a file, or as it was at a moment of a draft."""

from __future__ import annotations

from pathlib import Path

from sif_desktop.app import sources
from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft


def side(file: Path, at: str = "") -> tuple[Proposal, Call]:
    """The proposal in any file of ours, with its call.

    `at` is a moment of a draft: the number of a change, or the name that a moment was given. Raises
    as `sources.read` does, NotOursError where the file has no moments, and SifError where there is
    no such moment.
    """
    if not at:
        source = sources.read(file)
        return source.proposal, source.call
    if sources.kind_of(file) != "draft":
        raise NotOursError("not_a_draft", file=str(file))
    with Draft.open(file, read_only=True) as draft:
        proposal = draft.proposal_at(_number(draft, at))
    return proposal, sources.call_of(proposal)


def _number(draft: Draft, at: str) -> int:
    """The number of the change that a moment is behind; of moments with one name the last."""
    named = [moment.seq for moment in draft.moments() if moment.name.casefold() == at.casefold()]
    if named:
        return named[-1]
    if at.isascii() and at.isdigit() and int(at[:12]) <= draft.seq:
        return int(at[:12])
    raise SifError("compare_no_such_moment", file=str(draft.path), moment=at[:80])
