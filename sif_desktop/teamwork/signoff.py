"""Sign-off: a partner says that its own parts are as they should be.

It is tied to the content of exactly those parts, so that any later change of them voids it and no
other change does. It stands outside the proposal: signing off changes nothing in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import rfc8785
from pydantic import Field, TypeAdapter, ValidationError

from sif_desktop.model.edit import Change, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Text, new_id
from sif_desktop.teamwork.packet import LONGEST_NOTE, PacketDamagedError, PacketError
from sif_desktop.teamwork.parts import Parts


class SignOff(Frozen):
    """That a partner signed off its own parts, and what they were.

    `digest` is that of all parts together, `parts` that of each by its address. `since` is the id
    of the last change of the draft as it came to stand in it; "" before the first change.
    """

    format: Literal[1] = 1
    id: Id = Field(default_factory=new_id)
    partner: Id
    assigned: tuple[Text, ...] = ()
    digest: Text
    parts: dict[Text, Text]
    by: Text = ""
    at: datetime
    since: Text = ""


@dataclass(frozen=True)
class Standing:
    """Whether a sign-off still holds; if not, where its parts differ, and the change that did it.

    `voided_by` is None where the sign-off did not hold from the beginning of the given changes.
    """

    signoff: SignOff
    holds: bool
    differing: tuple[str, ...] = ()
    voided_by: Change | None = None


_NOTE: TypeAdapter[tuple[SignOff, ...]] = TypeAdapter(tuple[SignOff, ...])


def _sha256(value: object) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()  # type: ignore[arg-type]


def parts_digest(proposal: Proposal, partner: str, assigned: tuple[str, ...] = ()) -> str:
    """The SHA-256 over the canonical JSON of a partner's own parts, in small hexadecimal."""
    return _sha256(Parts(proposal, partner, assigned).values())


def sign_off(
    proposal: Proposal,
    partner: str,
    *,
    by: str,
    since: str = "",
    assigned: tuple[str, ...] = (),
    at: datetime | None = None,
) -> SignOff:
    """A sign-off of a partner's own parts as they are. Raises PacketError without that partner."""
    if all(item.id != partner for item in proposal.partners):
        raise PacketError("packet_no_such_partner", partner=partner)
    values = Parts(proposal, partner, assigned).values()
    return SignOff(
        partner=partner,
        assigned=assigned,
        digest=_sha256(values),
        parts={address: _sha256(value) for address, value in values.items()},
        by=by,
        at=at or datetime.now(UTC),
        since=since,
    )


def holds(signoff: SignOff, proposal: Proposal) -> bool:
    """Whether the parts are as they were signed off."""
    return parts_digest(proposal, signoff.partner, signoff.assigned) == signoff.digest


def differing(signoff: SignOff, proposal: Proposal) -> tuple[str, ...]:
    """The addresses of the parts that are not as they were signed off: changed, gone or new."""
    values = Parts(proposal, signoff.partner, signoff.assigned).values()
    now = {address: _sha256(value) for address, value in values.items()}
    addresses = dict.fromkeys([*signoff.parts, *now])
    return tuple(at for at in addresses if signoff.parts.get(at) != now.get(at))


def standing(signoff: SignOff, then: Proposal, later: Iterable[Change]) -> Standing:
    """Whether a sign-off holds after the changes in `later`, which were made to `then`.

    The change that voided it is the last one before which it held. One that restores the parts
    restores the sign-off, since it is tied to their content and to nothing else.
    """
    tree, good, voided_by = then, holds(signoff, then), None
    for change in later:
        before = tree
        tree, _ = apply_all(tree, change.edits)
        if _shared(before, tree, signoff.assigned):
            continue
        now = holds(signoff, tree)
        if good and not now:
            voided_by = change
        good = now
    if good:
        return Standing(signoff, True)
    return Standing(signoff, False, differing(signoff, tree), voided_by)


def _shared(before: Proposal, after: Proposal, assigned: Sequence[str]) -> bool:
    """Whether two trees have everything in common that can be a partner's own."""
    names = {"partners", "budget", "work_packages", *(at.partition("/")[0] for at in assigned)}
    return all(getattr(before, name, None) is getattr(after, name, None) for name in names)


def to_note(signoffs: Sequence[SignOff]) -> str:
    """Sign-offs as the text that a draft carries."""
    return _NOTE.dump_json(tuple(signoffs)).decode()


def from_note(text: str, file: str) -> tuple[SignOff, ...]:
    """The sign-offs in such a text; none in an empty one.

    Raises PacketDamagedError for anything else; `file` is the name that it tells.
    """
    if not text:
        return ()
    try:
        if len(text) > LONGEST_NOTE:
            raise ValueError("too long")
        return _NOTE.validate_json(text)
    except (ValueError, ValidationError, RecursionError) as error:
        raise PacketDamagedError("signoffs_damaged", file=file) from error


def with_newest(signoffs: Iterable[SignOff], new: Iterable[SignOff]) -> tuple[SignOff, ...]:
    """Sign-offs with new ones among them: of each partner the one that was given last."""
    found = {one.partner: one for one in sorted((*signoffs, *new), key=lambda one: one.at)}
    return tuple(sorted(found.values(), key=lambda one: one.partner))
