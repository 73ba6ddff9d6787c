"""Going back to an earlier moment of a draft, as one new act: nothing of the history is lost.

The act is told by `rounds.BACK` and the number of the moment, so that a merge that was made after
that moment is known not to stand any more.
"""

from __future__ import annotations

from dataclasses import dataclass

from sif_desktop.app.packets import packet_of
from sif_desktop.app.session import Session
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.errors import FileError, SifError
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Edit, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.rounds import BACK


@dataclass(frozen=True)
class Back:
    """What going back would do: `edits` make of `now`, the tree as it stands, that of a moment.

    `name` is the one that the moment was given last, "" for none.
    """

    seq: int
    name: str
    now: Proposal
    then: Proposal
    edits: tuple[Edit, ...]

    @property
    def subject(self) -> str:
        """What the act is told to be of: it begins with the number of the moment."""
        return f"{self.seq} {self.name}".strip()


def why_not(draft: Draft) -> SifError | None:
    """Why nobody can go back in a draft: it is read-only, or a packet; None where one can."""
    try:
        draft.require_writing()
        if packet_of(draft):
            return FileError("back_in_packet", file=str(draft.path))
    except SifError as error:
        return error
    return None


def plan_back(draft: Draft, now: Proposal, seq: int, work: Work = UNWATCHED) -> Back:
    """What going back to the moment behind change `seq` would do; `now` is the tree as it stands.

    Raises FileError where it cannot be done, also where a file of that moment is not in the draft
    any more; StoppedError where nobody waits for it any more. Nothing is changed.
    """
    error = why_not(draft)
    if error:
        raise error
    work.at("moment")
    then = draft.proposal_at(seq)
    _require_attachments(draft, now, then, seq)
    names = [one.name for one in draft.moments() if one.seq == seq]
    work.at("compare")
    return Back(seq, names[-1] if names else "", now, then, difference(now, then))


def go_back_in(session: Session, plan: Back) -> int:
    """Goes back in the draft of a session, as one act that its undo takes back; gives the number
    of edits.

    Nothing may have been done in the session since the plan was made.
    """
    session.do(plan.edits, label=BACK, subject=plan.subject)
    return len(plan.edits)


def go_back(draft: Draft, plan: Back, author: str = "") -> int:
    """Goes back in a draft that no session holds; gives the number of edits. Raises FileError."""
    if plan.edits:
        _, change = make_change(
            plan.now, plan.edits, author=author, label=BACK, subject=plan.subject
        )
        draft.commit(change)
    return len(plan.edits)


def _require_attachments(draft: Draft, now: Proposal, then: Proposal, seq: int) -> None:
    """A draft keeps the files that were taken out of its proposal; a damaged one may have lost
    some. What the proposal of today lacks as well is no worse afterwards."""
    there = draft.attachment_digests().keys() | {one.sha256 for one in now.attachments}
    gone = [one for one in then.attachments if one.sha256 and one.sha256 not in there]
    if gone:
        name = gone[0].filename or gone[0].title or gone[0].sha256[:12]
        raise FileError(
            "back_attachment_gone", file=str(draft.path), number=seq, name=name, count=len(gone)
        )
