"""Signing what somebody handed over, for a partner: on a copy, which is looked at straight away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import cosigning, pdf_signing
from sif_desktop.app.attaching import safe_name
from sif_desktop.app.looking import Seen, look
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.errors import SifError
from sif_desktop.model.partners import Partner

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


@dataclass(frozen=True)
class Along:
    """The copy that was signed, looked at; `trouble` says why it could not be looked at."""

    path: Path
    role: str
    seen: Seen | None
    trouble: SifError | None = None


def who_may_sign(seen: Seen) -> tuple[tuple[Partner, bool], ...]:
    """The partners that one can sign for, each with whether somebody signed for it already.

    A PDF has one place for each; a bundle takes any number.
    """
    if seen.kind == "pdf":
        return tuple((one, False) for one in seen.open_places)
    roles = {one.role for one in seen.examination.verdict.signatures if one.valid}
    return tuple(
        (one, _role(one) in roles or (one.role == "coordinator" and "coordinator" in roles))
        for one in seen.partners
    )


def partner_named(name: str) -> Partner | None:
    """Somebody to sign for where the proposal cannot be read; None without a name."""
    return cosigning.partner_for((), name) if name.strip() else None


def copy_name(seen: Seen, partner: Partner | None) -> str:
    """A name for the copy: that of the file, and for whom it is signed."""
    called = (partner.short_name or partner.name) if partner else ""
    ending = "pdf" if seen.kind == "pdf" else "asice"
    stem = seen.path.stem[:80]
    return safe_name(f"{stem}-{called}.{ending}" if called else f"{stem}-2.{ending}", ending)


def sign_along(
    seen: Seen,
    out: Path,
    identity: Identity,
    partner: Partner,
    *,
    trust: Path | None = None,
    work: Work = UNWATCHED,
) -> Along:
    """Writes a copy with the signature of a partner to `out`, and looks at it as a stranger's.

    Raises as `cosigning.cosign` and `pdf_signing.sign_pdf` do, and StoppedError when it is not
    wanted any more; `out` is as it was then.
    """
    work.at("signing")
    if seen.kind == "pdf":
        asked = partner.name or partner.short_name
        role = pdf_signing.sign_pdf(seen.path, out, identity, asked)
    else:
        whole = sum(one.size for one in seen.examination.verdict.members)

        def progress(done: int) -> None:
            work.at("writing", min(done, whole), whole)

        role = cosigning.cosign(seen.path, out, identity, partner, progress)
    work.tell("verifying", 0, 0)  # what is written can no longer be stopped
    try:
        return Along(out, role, look(out, trust))
    except SifError as error:
        return Along(out, role, None, error)


def _role(partner: Partner) -> str:
    from sif_desktop.bundle.cades import partner_role

    return partner_role(partner.name or partner.short_name)
