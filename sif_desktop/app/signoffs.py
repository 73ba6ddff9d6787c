"""Signing off a partner's own parts in a draft, and which sign-offs still hold."""

from __future__ import annotations

from collections.abc import Iterable

from sif_desktop.app.common_ground import change_id, moment, number_of
from sif_desktop.app.packets import named, packet_of, sent
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork import signoff
from sif_desktop.teamwork.signoff import SignOff, Standing

NOTE = "signoffs"
"""The note of a draft in which its sign-offs stand."""


def sign_off(draft: Draft, partner: str, by: str) -> SignOff:
    """Signs off the own parts of the partner with an id or name, as they are in a draft.

    In a packet, "" is its own partner. What was assigned to the partner by hand is signed off too.
    Raises PacketError where there is no such partner, FileError.
    """
    packet = packet_of(draft)
    one = packet.partner if packet and not partner else named(draft.proposal, partner)
    known = [*sent(draft).values(), *([packet] if packet else [])]
    assigned = [found.assigned for found in known if found.partner == one]
    made = signoff.sign_off(
        draft.proposal,
        one,
        by=by,
        since=change_id(draft, draft.seq),
        assigned=assigned[-1] if assigned else (),
    )
    add(draft, [made])
    return made


def standings(draft: Draft) -> list[Standing]:
    """The sign-offs of a draft: which still hold, and which change voided the others.

    Raises NotOursError where the history cannot be read.
    """
    return [_standing(draft, one) for one in read(draft)]


def read(draft: Draft) -> tuple[SignOff, ...]:
    """The sign-offs that a draft carries. Raises NotOursError where they cannot be read."""
    return signoff.from_note(draft.note(NOTE), str(draft.path))


def add(draft: Draft, new: Iterable[SignOff]) -> None:
    """Adds sign-offs; of each partner the last one counts. Raises FileError."""
    draft.put_note(NOTE, signoff.to_note(signoff.with_newest(read(draft), new)))


def adopt(draft: Draft, coming: Iterable[SignOff]) -> None:
    """Adds sign-offs that came in a packet, as of the last change here. Raises FileError."""
    found = tuple(coming)
    known = {one.id for one in read(draft)} if found else set()
    since = change_id(draft, draft.seq)
    new = [one.model_copy(update={"since": since}) for one in found if one.id not in known]
    if new:
        add(draft, new)


def _standing(draft: Draft, one: SignOff) -> Standing:
    if signoff.holds(one, draft.proposal):
        return Standing(one, True)
    seq = number_of(draft, one.since)
    then = moment(draft, seq) if seq is not None else None
    if seq is None or then is None:
        return Standing(one, False, signoff.differing(one, draft.proposal))
    return signoff.standing(one, then, (entry.change for entry in draft.entries(seq)))
