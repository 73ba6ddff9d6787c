"""Packets as files: made for a partner, and told from other drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import sources
from sif_desktop.app.common_ground import change_id
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.errors import NotOursError
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import packet as packets
from sif_desktop.teamwork.packet import Packet, PacketError

if TYPE_CHECKING:
    from sif_desktop.app.session import Session

_OWN, _SENT = "packet", "packets"
_MOST_SENT = 500
"""Packets that a draft remembers to have sent; the oldest are forgotten."""


def send(file: Path, partner: str, out: Path, author: str, assigned: Sequence[str] = ()) -> Packet:
    """Makes a packet of a draft for the partner with an id, a short name or a name.

    `assigned` are addresses that are open to it beside its own parts. The attachments come along,
    and the draft notes what it sent. Raises SifError; FileError where `out` is there already or
    cannot be written, with nothing left of it.
    """
    with to_write(file, author) as draft:
        return write(draft, _ready(draft, partner, author, assigned), out)


@dataclass(frozen=True)
class Ready:
    """A packet that is about to be written, with the tree as it was when it was asked for."""

    packet: Packet
    proposal: Proposal


def ready_from(session: Session, partner: str, assigned: Sequence[str] = ()) -> Ready:
    """A packet of the draft that a session holds, with all that was typed. Raises as `send`."""
    session.settle()
    if session.trouble:
        raise session.trouble
    session.draft.require_writing()
    return _ready(session.draft, partner, session.author, assigned)


def write(draft: Draft, ready: Ready, out: Path, work: Work = UNWATCHED) -> Packet:
    """Writes a packet, and notes in the draft that it was sent. Raises as `send` does, and
    StoppedError, with nothing left of it."""
    with Draft.create(out, ready.proposal, author=ready.packet.made_by) as new:
        try:
            bring_attachments(draft, _held(draft, ready.proposal), new, work)
            new.put_note(_OWN, packets.to_note(ready.packet))
            noted = [*sent(draft).values(), ready.packet][-_MOST_SENT:]
            draft.put_note(_SENT, packets.to_notes(noted))
        except BaseException:
            new.close()
            out.unlink(missing_ok=True)
            raise
    return ready.packet


def send_from(session: Session, partner: str, out: Path, assigned: Sequence[str] = ()) -> Packet:
    """As `send`, of the draft that a session holds. Raises as it does."""
    return write(session.draft, ready_from(session, partner, assigned), out)


def _ready(draft: Draft, partner: str, author: str, assigned: Sequence[str]) -> Ready:
    proposal = draft.proposal
    packet = packets.make_packet(
        proposal,
        named(proposal, partner),
        seq=draft.seq,
        change=change_id(draft, draft.seq),
        made_by=author,
        assigned=tuple(assigned),
    )
    return Ready(packet, proposal)


def packet_of(draft: Draft) -> Packet | None:
    """The note of a draft that is a packet; None for any other. Raises PacketDamagedError."""
    note = draft.note(_OWN)
    return packets.from_note(note, str(draft.path)) if note else None


def sent(draft: Draft) -> dict[str, Packet]:
    """The packets that a draft noted to have sent, by their ids. Raises PacketDamagedError."""
    found = packets.from_notes(draft.note(_SENT), str(draft.path))
    return {packet.id: packet for packet in found}


def named(proposal: Proposal, name: str) -> str:
    """The id of the partner with an id, short name or name. Raises PacketError unless it is one."""
    wanted = _folded(name)
    for told in ("id", "short_name", "name"):
        found = [one.id for one in proposal.partners if _folded(getattr(one, told)) == wanted]
        if len(found) == 1 and wanted:
            return found[0]
    raise PacketError("packet_no_such_partner", partner=name[:80])


def to_write(file: Path, author: str) -> Draft:
    """A draft that is open for writing. Raises FileError where it is none, or somebody has it."""
    require_draft(file)
    draft = Draft.open(file, author=author)
    try:
        draft.require_writing()
    except BaseException:
        draft.close()
        raise
    return draft


def require_draft(file: Path) -> None:
    """Raises NotOursError for a file that is no draft."""
    if sources.kind_of(file) != "draft":
        raise NotOursError("merge_not_a_draft", file=str(file))


def held(draft: Draft) -> list[str]:
    """The attachments that a draft's proposal names and that are in its file."""
    return _held(draft, draft.proposal)


def bring_attachments(
    origin: Draft, wanted: Sequence[str], into: Draft, work: Work = UNWATCHED
) -> None:
    """Copies attachments from one draft to another. Raises FileError, StoppedError."""
    for count, sha256 in enumerate(wanted):
        work.at("", count, len(wanted))
        with origin.open_attachment(sha256) as stream:
            into.add_attachment(stream)


def _held(draft: Draft, proposal: Proposal) -> list[str]:
    there = draft.attachment_digests()
    named_ = dict.fromkeys(one.sha256 for one in proposal.attachments)
    return [sha256 for sha256 in named_ if sha256 in there]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
