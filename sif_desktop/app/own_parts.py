"""What may be changed in a draft that is a packet: the own parts of the partner it was made for.

The rule is that of `teamwork.packet.permission`, by which a coordinator's merge takes work over
unasked. So whatever can be typed in a packet comes home without a question, unless it clashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_

from sif_desktop.app.common_ground import moment
from sif_desktop.app.packets import packet_of
from sif_desktop.errors import EditError
from sif_desktop.model.address import parse
from sif_desktop.model.edit import Add, Drop, Edit, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import new_id
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.packet import Packet, permission
from sif_desktop.teamwork.parts import INNER

_SAY_WHOSE = ("partner", "lead")
"""The values by which a row is somebody's: another one may give it away."""

_PARTED = ("partners", "work_packages", "budget")
"""The lists of the proposal on which it depends what is whose."""


class OwnParts:
    """What a partner may change in its packet. `base` is the tree from which it was made.

    Answers are remembered as long as nothing changed that they depend on.
    """

    def __init__(self, packet: Packet, base: Proposal) -> None:
        self.packet = packet
        self._base = base
        self._seen: tuple[object, ...] = ()
        self._known: dict[str, bool] = {}

    def may_change(self, proposal: Proposal, address: str) -> bool:
        """Whether a value may be given another, an item removed or moved, a list added to."""
        seen = tuple(getattr(proposal, name) for name in _PARTED)
        if not (self._seen and all(map(is_, seen, self._seen))):
            self._seen, self._known = seen, {}
            self._allowed = permission(self.packet, self._base, self._base, proposal)
        known = self._known.get(address)
        if known is None:
            known = self._known[address] = self._ask(proposal, address)
        return known

    def may_do(self, proposal: Proposal, edits: Sequence[Edit]) -> bool:
        """Whether edits may be carried out as one act: also as things stand when they are done."""
        if all(one.op == "set" and _name(one.at) not in _SAY_WHOSE for one in edits):
            return all(self.may_change(proposal, one.at) for one in edits)
        try:
            after, _ = apply_all(proposal, edits)
        except EditError:
            return True  # whoever does it will be told what is wrong with it
        allowed = permission(self.packet, self._base, proposal, after)
        return all(map(allowed, edits))

    def fresh(self, list_at: str) -> dict[str, str]:
        """The values with which an item begins that is added to a list: that it is its own."""
        rows = list_at == "budget" or list_at.rpartition("/")[2] in INNER
        return {"partner": self.packet.partner} if rows else {}

    def _ask(self, proposal: Proposal, address: str) -> bool:
        try:
            kind = parse(address).kind
        except EditError:
            return False
        if kind == "list":
            item = {"id": new_id(), **self.fresh(address)}
            return self.may_do(proposal, [Add(at=address, item=item)])
        if kind == "item":
            return self._allowed(Drop(at=address))
        if _name(address) in _SAY_WHOSE:
            return self.may_do(proposal, [Set(at=address, value="")])
        return self._allowed(Set(at=address, value=""))


def own_parts_of(draft: Draft) -> OwnParts | None:
    """What may be changed in a draft that is a packet; None for any other.

    Raises PacketDamagedError, NewerError.
    """
    packet = packet_of(draft)
    if packet is None:
        return None
    return OwnParts(packet, moment(draft, 0) or draft.proposal)


def _name(address: str) -> str:
    return address.rpartition("/")[2]
