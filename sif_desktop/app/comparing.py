"""A proposal to compare: as it stands in a file, or as it was at a moment of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import sources
from sif_desktop.app.files import write_whole
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft

if TYPE_CHECKING:
    from sif_desktop.language import Language
    from sif_desktop.teamwork.compare import Difference

_STEP = 50


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
        proposal = draft.proposal_at(moment_number(draft, at))
    return proposal, sources.call_of(proposal)


def moment_number(draft: Draft, at: str) -> int:
    """The number of the change that a moment is behind; of moments with one name the last.

    Raises SifError where there is no such moment.
    """
    named = [moment.seq for moment in draft.moments() if moment.name.casefold() == at.casefold()]
    if named:
        return named[-1]
    if at.isascii() and at.isdigit() and int(at[:12]) <= draft.seq:
        return int(at[:12])
    raise SifError("compare_no_such_moment", file=str(draft.path), moment=at[:80])


@dataclass(frozen=True)
class Compared:
    """What differs; `foreign` where the one is not an earlier or later state of the other."""

    differences: Sequence[Difference]
    foreign: bool


Side = int | Path | Proposal
"""What can be compared: a moment of a draft by its number, a file, or a proposal as it stands."""


def compared(
    draft: Draft,
    sides: tuple[Side, Side],
    *,
    language: Language,
    work: Work = UNWATCHED,
) -> Compared:
    """What differs between two sides, the old and the new one; moments are those of `draft`.

    Raises as `side` does, and StoppedError where nobody waits for it any more.
    """
    from sif_desktop.teamwork.compare import compare

    count = 0

    def heed() -> None:
        nonlocal count
        count += 1
        if count % _STEP == 0:
            work.at("compare", count)

    old, _ = _tree(draft, sides[0], work)
    new, call = _tree(draft, sides[1], work)
    work.at("compare")
    call = call or sources.call_of(new)
    return Compared(compare(old, new, call, language, heed), old.id != new.id)


def _tree(draft: Draft, one: Side, work: Work) -> tuple[Proposal, Call | None]:
    """The proposal of a side, with the call that a file brings along."""
    work.at("moment")
    if isinstance(one, Proposal):
        return one, None
    return side(one) if isinstance(one, Path) else (draft.proposal_at(one), None)


def write_page(
    differences: Sequence[Difference], words: Words, names: tuple[str, str], path: Path
) -> None:
    """Writes what differs as a web page that stands alone; `names` are those of the two sides.

    Raises FileError, with nothing written.
    """
    from sif_desktop.teamwork.web_page import page

    text = page(differences, words, *names)
    write_whole(path, text.encode("utf-8", "replace"))
