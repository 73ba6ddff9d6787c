"""How a consortium stands in the coordinator's draft: what was sent, what came back, what holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sif_desktop.app import signoffs
from sif_desktop.app.common_ground import last_round
from sif_desktop.app.packets import sent
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.packet import Packet
from sif_desktop.teamwork.signoff import Standing


@dataclass(frozen=True)
class Sent:
    """A packet that was sent. `back` tells whether its work was merged and still stands.

    `back_at` is when that changed the draft, None where nothing changed; `whole` whether all
    that was asked then was decided.
    """

    packet: Packet
    back: bool = False
    back_at: datetime | None = None
    whole: bool = True


@dataclass(frozen=True)
class Member:
    """A partner; `here` is False for one that was sent a packet and is not in the proposal now.

    The packets come newest first. `standing` is that of its sign-off, None where there is none.
    """

    partner: str
    here: bool
    packets: tuple[Sent, ...]
    standing: Standing | None


def members(draft: Draft, proposal: Proposal) -> list[Member]:
    """The partners in their order, then those that are gone. Raises FileError, NotOursError."""
    packets: dict[str, list[Sent]] = {}
    for packet in sorted(sent(draft).values(), key=lambda one: one.made_at, reverse=True):
        packets.setdefault(packet.partner, []).append(_sent(draft, packet))
    standings = {one.signoff.partner: one for one in signoffs.standings(draft)}
    here = [one.id for one in proposal.partners]
    gone = [one for one in packets if one not in set(here)]
    return [
        Member(one, one not in gone, tuple(packets.get(one, ())), standings.get(one))
        for one in (*here, *gone)
    ]


def last_assigned(member: Member) -> tuple[str, ...]:
    """What was assigned by hand to a partner in the packet that was sent last."""
    return member.packets[0].packet.assigned if member.packets else ()


def _sent(draft: Draft, packet: Packet) -> Sent:
    last = last_round(draft, packet.id)
    if last is None:
        return Sent(packet)
    made = next(draft.entries(last.seq - 1, last.seq), None) if last.made else None
    return Sent(packet, True, made.change.at if made else None, last.whole)
