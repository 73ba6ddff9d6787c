"""Packets: the draft that a coordinator sends to a partner, and what comes back in it.

A packet is a draft in which the partner's own parts are open and the rest is there to read. This
is the note that such a draft carries, and the rule of what may come out of it without being asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from sif_desktop.errors import NewerError, NotOursError, SifError
from sif_desktop.model.canonical import digest, to_json
from sif_desktop.model.edit import Edit
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Text, Whole, new_id
from sif_desktop.teamwork.choice import Tracing, nobody
from sif_desktop.teamwork.merge import Merge, merge
from sif_desktop.teamwork.parts import INNER, Parts, assignable
from sif_desktop.teamwork.turns import Rank, Turns

FORMAT = 1
"""The version of a packet's note; a higher one is from a newer program."""

LONGEST_NOTE = 1_000_000
"""Characters of a packet's note; more is refused unread."""

_Noted = TypeVar("_Noted")


class PacketError(SifError):
    """A packet that cannot be merged here: of another proposal, or from a base that is gone."""


class PacketDamagedError(NotOursError):
    """The note of a packet cannot be read."""


class Packet(Frozen):
    """What a draft that was sent to a partner says of itself.

    `base` is the SHA-256 of the proposal.json that it was made from. `seq` and `change` are the
    number and id of the change after which the sender's draft stood so; 0 and "" before the first.
    """

    format: Literal[1] = 1
    id: Id = Field(default_factory=new_id)
    proposal: Id
    base: Text
    seq: Whole
    change: Text = ""
    partner: Id
    assigned: tuple[Text, ...] = ()
    made_at: datetime
    made_by: Text = ""


_SENT: TypeAdapter[tuple[Packet, ...]] = TypeAdapter(tuple[Packet, ...])


def make_packet(
    proposal: Proposal,
    partner: str,
    *,
    seq: int,
    change: str = "",
    made_by: str = "",
    assigned: tuple[str, ...] = (),
    made_at: datetime | None = None,
) -> Packet:
    """The note of a packet for a partner, made from a proposal as it is after a change.

    Raises PacketError where there is no such partner, or an address cannot be assigned.
    """
    if all(item.id != partner for item in proposal.partners):
        raise PacketError("packet_no_such_partner", partner=partner)
    for address in assigned:
        if not assignable(address):
            raise PacketError("packet_not_assignable", address=address)
    return Packet(
        proposal=proposal.id,
        base=digest(to_json(proposal)),
        seq=seq,
        change=change,
        partner=partner,
        assigned=assigned,
        made_at=made_at or datetime.now(UTC),
        made_by=made_by,
    )


def to_note(packet: Packet) -> str:
    """A packet as the text that its draft carries."""
    return packet.model_dump_json()


def from_note(text: str, file: str) -> Packet:
    """The packet in such a text; `file` is the name that an error tells.

    Raises PacketDamagedError for anything else, NewerError for a later format.
    """
    try:
        if len(text) > LONGEST_NOTE:
            raise ValueError("too long")
        tree = from_json(text, allow_inf_nan=False)
        version = tree.get("format") if isinstance(tree, dict) else None
        if isinstance(version, int) and version > FORMAT:
            raise NewerError("newer", file=file)
        return Packet.model_validate_json(text)
    except (ValueError, ValidationError, RecursionError) as error:
        raise PacketDamagedError("packet_damaged", file=file) from error


def to_notes(packets: Iterable[Packet]) -> str:
    """Packets that were sent, as the text that the sender's draft carries."""
    return fitting(packets, lambda kept: _SENT.dump_json(kept).decode())


def fitting(noted: Iterable[_Noted], dump: Callable[[tuple[_Noted, ...]], str]) -> str:
    """The text of what is noted; where a note cannot hold all of it, without the oldest."""
    kept = tuple(noted)
    text = dump(kept)
    while len(text) > LONGEST_NOTE:
        kept = kept[len(kept) // 10 + 1 :]
        text = dump(kept)
    return text


def from_notes(text: str, file: str) -> tuple[Packet, ...]:
    """The packets in such a text; none in an empty one. Raises PacketDamagedError."""
    if not text:
        return ()
    try:
        if len(text) > LONGEST_NOTE:
            raise ValueError("too long")
        return _SENT.validate_json(text)
    except (ValueError, ValidationError, RecursionError) as error:
        raise PacketDamagedError("packet_damaged", file=file) from error


def owns(proposal: Proposal, partner: str, address: str, assigned: tuple[str, ...] = ()) -> bool:
    """Whether an address is among a partner's own parts, or was assigned to it by hand."""
    return Parts(proposal, partner, assigned).own(address)


def require_match(
    packet: Packet, proposal: Proposal, base: Proposal | None, file: str, change: str = ""
) -> None:
    """Raises PacketError where a packet does not belong to a proposal, or its base is gone.

    `base` is the proposal as it was after change `packet.seq`, None where that is not there, and
    `change` the id of that change: where it is the very change, the state is the same.
    """
    if packet.proposal != proposal.id:
        raise PacketError("packet_other_proposal", file=file)
    known = base is not None and bool(packet.change) and packet.change == change
    if not known and (base is None or digest(to_json(base)) != packet.base):
        raise PacketError("packet_base_gone", file=file)


def permission(
    packet: Packet, base: Proposal, mine: Proposal, theirs: Proposal
) -> Callable[[Edit], bool]:
    """Which edits of a packet are applied unasked: those within the partner's own parts.

    A row has to be its own in `base`, from which the packet was made, and in both trees as they
    are now, as far as it is there: so a partner neither takes a part of another nor hands one over
    unasked. Of a partner that is gone, nothing is applied.
    """
    if all(item.id != packet.partner for item in mine.partners):
        return lambda _: False
    sides = (base, mine, theirs)
    return _Permission(tuple(Parts(side, packet.partner, packet.assigned) for side in sides))


@dataclass(frozen=True)
class _Permission:
    """A partner's parts in the base, in this side's tree and in the other's.

    Partners and work packages are not added, removed or moved unasked: the whole consortium builds
    on them.
    """

    sides: tuple[Parts, ...]

    def __call__(self, edit: Edit) -> bool:
        if self.sides[0].assigns(edit.at):
            return True
        steps = edit.at.split("/")
        if edit.op == "set":
            return self._own(edit.at)
        if steps[0] != "budget" and not (len(steps) > 2 and steps[2] in INNER):
            return False
        if edit.op != "add":
            return self._own(edit.at)
        taking_part = steps[0] == "budget" or self.sides[0].takes_part(steps[1])
        return taking_part and self._own(f"{edit.at}/{edit.item['id']}")

    def _own(self, address: str) -> bool:
        """Whether an address is the partner's own wherever the row that it is in is there."""
        steps = address.split("/")
        row = "/".join(
            steps[: 4 if len(steps) > 4 or (len(steps) == 4 and steps[2] in INNER) else 2]
        )
        found = [side.own(address) for side in self.sides if row in side.rows]
        return bool(found) and all(found)


def merge_packet(
    packet: Packet,
    base: Proposal,
    mine: Proposal,
    theirs: Proposal,
    *,
    common: Proposal | None = None,
    asked: Collection[str] = (),
    mine_by: Tracing = nobody,
    theirs_by: Tracing = nobody,
    turns: Turns | None = None,
) -> Merge:
    """Merges what came back in a packet that was made from `base`.

    `common` is the partner's tree as it was merged before, where it was, and `asked` what was asked
    and not taken then. What lies outside the partner's own parts is among the choices, and so is
    everything where the partner is no longer in the proposal.
    """
    own = permission(packet, base, mine, theirs)
    return merge(
        common or base,
        mine,
        theirs,
        allowed=lambda edit: own(edit) and not _is_among(edit, asked),
        mine_by=mine_by,
        theirs_by=theirs_by,
        turns=turns,
        rank=Rank(since=packet.seq, line=packet.id),
    )


def _is_among(edit: Edit, asked: Collection[str]) -> bool:
    """Whether an edit is, or is within, what was asked before and not taken."""
    if not asked:
        return False
    at = f"{edit.at}/{edit.item['id']}" if edit.op == "add" else edit.at
    if edit.op == "move":
        at = at.rpartition("/")[0]
    steps = at.split("/")
    rows = ("/".join(steps[:length]) for length in range(2, len(steps), 2))
    return at in asked or any(row in asked for row in rows)
