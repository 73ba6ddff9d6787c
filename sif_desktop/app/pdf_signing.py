"""Signing the PDF that is given out alone, in the place of one's organisation."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app.cosigning import partner_for
from sif_desktop.language import moment, words
from sif_desktop.model import canonical
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Proposal

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


def proposal_in(path: Path) -> Proposal:
    """The proposal that is attached to a PDF of ours. Raises FileError or NotOursError."""
    from sif_desktop.document.embedded import read_proposal

    return canonical.from_bytes(read_proposal(path), str(path))


def applicants(proposal: Proposal) -> tuple[Partner, ...]:
    """Who signs the PDF, in the order of the places for it."""
    return tuple(one for one in proposal.partners if one.role != "subcontractor")


def sign_pdf(path: Path, out: Path, identity: Identity, asked: str = "") -> str:
    """Signs a PDF for the partner asked for, or that of the identity's organisation.

    Gives the role that was signed. Raises IdentityError where no partner fits or it cannot be
    signed, NotOursError where the PDF is not ours or an earlier signature does not hold.
    """
    from sif_desktop.bundle import cades, pades
    from sif_desktop.document.closing import SIGNATORY
    from sif_desktop.document.stamp import draw

    proposal = proposal_in(path)
    known = applicants(proposal)
    partner = partner_for(known, asked, identity.organisation)
    name = f"{SIGNATORY}{known.index(partner) + 1}" if partner in known else ""
    place = next((one for one in pades.places_in(path) if one.name == name), None)
    role = cades.partner_role(partner.name or partner.short_name)
    if partner.role == "coordinator":
        role = cades.COORDINATOR
    stamp = b""
    if place is not None:
        said = words(proposal.language)
        when = moment(datetime.now().astimezone(), proposal.language)
        lines = (
            identity.name,
            partner.name or partner.short_name,
            said.say("pdf_signing.signed", when=when),
        )
        left, bottom, right, top = place.box
        stamp = draw(lines, round(right) - round(left), round(top) - round(bottom))
    pades.sign_pdf(path, out, identity, place=name, role=role, stamp=stamp)
    return role
