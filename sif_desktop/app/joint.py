"""Merging another person's work into a draft: planned, shown, and then done as one act.

Nothing is written until a plan is carried out: by `carry_out_in` where a session holds the draft,
else by `carry_out`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sif_desktop.app import signoffs
from sif_desktop.app.common_ground import (
    NOTE,
    change_id,
    last_common,
    merged_before,
    moment,
    touched_since,
    turns_before,
)
from sif_desktop.app.packets import bring_attachments, held, packet_of, require_draft, sent
from sif_desktop.app.session import Session
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.reading import partner_name
from sif_desktop.model.edit import Edit, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import rounds
from sif_desktop.teamwork.choice import Choice, Pick
from sif_desktop.teamwork.merge import Merge, merge
from sif_desktop.teamwork.packet import Packet, PacketError, merge_packet, require_match
from sif_desktop.teamwork.rounds import Round
from sif_desktop.teamwork.signoff import SignOff
from sif_desktop.teamwork.turns import Rank

LABEL = "merge"
"""The label of the act that a merge is, in undo and history."""

_MOST_ROUNDS = 500
"""Merges that a draft remembers; the oldest are forgotten."""


@dataclass(frozen=True)
class Plan:
    """What merging a file into a draft would do.

    line         what the other side's work is known by, from one merge to the next
    on           the id of the last merge of it that still stands, "" for none
    theirs       the id and number of the last change in the other file
    since        the number of the draft's change from which the other file was made
    partner      the id of the partner whose packet it is; "" for a copy of the draft
    subject      what the act is told to be of: the partner's name, or the file's
    settled      answers to the same choices that were given in an earlier merge
    signoffs     the partner's sign-offs that come along
    attachments  the digests of the attachments that the other file holds
    """

    other: Path
    theirs_tree: Proposal
    merge: Merge
    line: str
    on: str
    theirs: tuple[str, int]
    since: int
    partner: str
    subject: str
    settled: Mapping[str, Pick]
    signoffs: tuple[SignOff, ...]
    attachments: tuple[str, ...]

    @property
    def open(self) -> tuple[Choice, ...]:
        """The choices that were not made before."""
        return tuple(one for one in self.merge.choices if one.key not in self.settled)


def plan_merge(draft: Draft, mine: Proposal, other: Path) -> Plan:
    """What merging the packet or draft in `other` would do; `mine` is the tree as it stands.

    Raises PacketError where the file does not belong to the draft, FileError or NotOursError where
    it cannot be read; nothing is changed.
    """
    require_draft(other)
    with Draft.open(other, read_only=True) as theirs:
        return plan_between(draft, mine, theirs)


def plan_between(draft: Draft, mine: Proposal, theirs: Draft) -> Plan:
    """As `plan_merge`, with the other file open. Raises as it does."""
    if theirs.proposal.id != mine.id:
        raise PacketError("packet_other_proposal", file=str(theirs.path))
    packet, own = packet_of(theirs), packet_of(draft)
    if packet and not (own and own.id == packet.id):
        return _plan_packet(draft, mine, theirs, packet)
    return _plan_copy(draft, mine, theirs)


def edits_of(plan: Plan, picks: Mapping[str, Pick]) -> tuple[Edit, ...]:
    """The edits of a merge with a person's picks, and those of before where none is given now."""
    return plan.merge.settled({**plan.settled, **picks})


def carry_out(draft: Draft, plan: Plan, picks: Mapping[str, Pick], author: str = "") -> int:
    """Merges as planned into a draft that no session holds; gives the number of edits.

    Raises FileError where it cannot be written, with the proposal as it was.
    """
    edits = edits_of(plan, picks)
    _bring(draft, plan, edits)
    if edits:
        _, change = make_change(
            draft.proposal, edits, author=author, label=LABEL, subject=plan.subject
        )
        draft.commit(change)
    _note(draft, plan, picks, bool(edits))
    return len(edits)


def bring(draft: Draft, plan: Plan, picks: Mapping[str, Pick], work: Work = UNWATCHED) -> None:
    """Copies the attachments that a merge will need into the draft, ahead of it and beside the
    window: they may be large. Raises FileError, StoppedError; nothing else is changed."""
    _bring(draft, plan, edits_of(plan, picks), work)


def carry_out_in(session: Session, plan: Plan, picks: Mapping[str, Pick]) -> int:
    """Merges as planned into the draft of a session, as one act that its undo takes back.

    Nothing may have been done in the session since the plan was made. Raises FileError.
    """
    edits = edits_of(plan, picks)
    _bring(session.draft, plan, edits)
    session.do(edits, label=LABEL, subject=plan.subject)
    if not session.waiting:
        # What the disk refused is merged once more another time, rather than noted too early.
        _note(session.draft, plan, picks, bool(edits))
    return len(edits)


def _bring(draft: Draft, plan: Plan, edits: tuple[Edit, ...], work: Work = UNWATCHED) -> None:
    """Copies the attachments that the merged tree needs into the draft."""
    tree, _ = apply_all(plan.merge.mine, edits)
    there = draft.attachment_digests()
    needed = {one.sha256 for one in tree.attachments}.intersection(plan.attachments)
    wanted = sorted(needed.difference(there))
    if wanted:
        with Draft.open(plan.other, read_only=True) as theirs:
            bring_attachments(theirs, wanted, draft, work)


def _note(draft: Draft, plan: Plan, picks: Mapping[str, Pick], changed: bool) -> None:
    """Notes that a merge was carried out; it is the last change of the draft, if it was one."""
    made = {**plan.settled, **picks}
    keys = [choice.key for choice in plan.merge.choices]
    asked = [choice for choice in plan.merge.choices if made.get(choice.key) != "theirs"]
    done = Round(
        on=plan.on,
        line=plan.line,
        theirs=plan.theirs[0],
        theirs_seq=plan.theirs[1],
        change=change_id(draft, draft.seq),
        seq=draft.seq,
        made=changed,
        whole=all(key in made for key in keys),
        asked=tuple(sorted({at for choice in asked for at in choice.covers})),
        kept=tuple(key for key in keys if made.get(key) == "mine"),
        since=plan.since,
        placings=dict(plan.merge.placings),
    )
    before = rounds.from_note(draft.note(NOTE), str(draft.path))
    draft.put_note(NOTE, rounds.to_note([*before, done][-_MOST_ROUNDS:]))
    signoffs.adopt(draft, plan.signoffs)


def _plan_packet(draft: Draft, mine: Proposal, theirs: Draft, carried: Packet) -> Plan:
    """A packet that came back. What was noted on sending counts, not what it says of itself."""
    packet = sent(draft).get(carried.id) or carried.model_copy(update={"assigned": ()})
    base = moment(draft, packet.seq)
    require_match(packet, mine, base, str(theirs.path), change_id(draft, packet.seq))
    assert base is not None  # noqa: S101 - required just now
    before = merged_before(draft, theirs, packet.id)
    done = merge_packet(
        packet,
        base,
        mine,
        theirs.proposal,
        common=None if before.common is None else theirs.proposal_at(before.common),
        asked=before.last.asked if before.last else (),
        mine_by=touched_since(draft, packet.seq),
        theirs_by=touched_since(theirs, 0),
        turns=turns_before(draft, mine),
    )
    signoffs.read(draft)  # damaged, they would be found out when half of the merge is written
    own = tuple(one for one in signoffs.read(theirs) if one.partner == packet.partner)
    subject = partner_name(theirs.proposal, packet.partner)
    return _plan(
        theirs,
        done,
        packet.id,
        before.last,
        since=packet.seq,
        subject=subject,
        partner=packet.partner,
        own=own,
    )


def _plan_copy(draft: Draft, mine: Proposal, theirs: Draft) -> Plan:
    """Another copy of the draft, worked on elsewhere: both began at their last common change."""
    seq = last_common(draft, theirs)
    line = change_id(theirs, seq + 1) or change_id(theirs, seq) or mine.id
    before = merged_before(draft, theirs, line)
    done = merge(
        theirs.proposal_at(seq if before.common is None else before.common),
        mine,
        theirs.proposal,
        mine_by=touched_since(draft, seq),
        theirs_by=touched_since(theirs, seq),
        turns=turns_before(draft, mine),
        rank=Rank(since=seq, line=line),
    )
    return _plan(theirs, done, line, before.last, since=seq, subject=theirs.path.name)


def _plan(
    theirs: Draft,
    done: Merge,
    line: str,
    last: Round | None,
    *,
    since: int,
    subject: str,
    partner: str = "",
    own: tuple[SignOff, ...] = (),
) -> Plan:
    asked = {choice.key for choice in done.choices}
    return Plan(
        other=theirs.path,
        theirs_tree=theirs.proposal,
        merge=done,
        line=line,
        on=last.id if last else "",
        theirs=(change_id(theirs, theirs.seq), theirs.seq),
        since=since,
        partner=partner,
        subject=subject,
        settled={key: "mine" for key in last.kept if key in asked} if last else {},
        signoffs=own,
        attachments=tuple(held(theirs)),
    )
