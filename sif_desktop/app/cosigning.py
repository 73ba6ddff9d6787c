"""Signing a finished bundle too, on behalf of a partner of its proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.errors import IdentityError, SifError
from sif_desktop.model import canonical
from sif_desktop.model.partners import Partner

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity

Progress = Callable[[int], None]


def partners_in(path: Path) -> tuple[Partner, ...]:
    """The partners of the proposal in a bundle; none where there is no proposal that can be read.

    Nothing is verified by it. Raises FileError or NotOursError where the file is no container.
    """
    from sif_desktop.bundle.container import read_members

    data = read_members(path, ["proposal.json"]).get("proposal.json")
    try:
        return canonical.from_bytes(data, str(path)).partners if data else ()
    except SifError:
        return ()


def partner_for(partners: tuple[Partner, ...], asked: str, organisation: str = "") -> Partner:
    """The partner that somebody signs for: the one asked for, or the one of the organisation.

    Names, short names and ids are taken for the same in capitals or not. Where the proposal knows
    no partners, what was asked counts as it is. Raises IdentityError where no partner fits.
    """
    wanted = _plain(asked) or _plain(organisation)
    for partner in partners:
        if wanted and wanted in map(_plain, (partner.name, partner.short_name, partner.id)):
            return partner
    if not partners and wanted:
        return Partner(id="x", name=" ".join((asked or organisation).split()))
    known = ", ".join(partner.name or partner.short_name for partner in partners) or "-"
    if asked:
        raise IdentityError("cosign_partner_unknown", partner=asked, partners=known)
    raise IdentityError("cosign_partner_needed", partners=known)


def cosign(
    path: Path, out: Path, identity: Identity, partner: Partner, progress: Progress | None = None
) -> str:
    """Adds the signature of a partner to a copy at `out`, and gives the role that was signed.

    Raises as `bundle.cosign.cosign` does; `out` is as it was then.
    """
    from sif_desktop.bundle import cades
    from sif_desktop.bundle.cosign import cosign as add_signature

    role = cades.partner_role(partner.name or partner.short_name)
    add_signature(path, out, identity, role=role, progress=progress)
    return role


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
