"""Commands for several signatures: `cosign` and `unite` for bundles, `sign-pdf` for the PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def cosign(
        bundle: Path = given.bundle,
        out: Path | None = given.out_copy,
        *,
        partner: str = given.cosign_partner,
        identity: str = given.identity,
        name: str = given.signer_name,
        passphrase_file: Path | None = given.passphrase_file,
    ) -> None:
        from sif_desktop.app import cosigning, identities
        from sif_desktop.cli import passphrases

        known = cosigning.partners_in(bundle)
        asked = cosigning.partner_for(known, partner) if partner else None
        signer = identities.open_identity(
            identity,
            passphrases.asking(screen, passphrase_file),
            name=name or (asked.signatory_name or asked.contact_name if asked else ""),
            organisation=asked.name if asked else "",
        )
        chosen = asked or cosigning.partner_for(known, "", signer.organisation)
        with screen.at_work("commands.cosigning"):
            role = cosigning.cosign(bundle, out or bundle, signer, chosen)
        screen.say("commands.cosigned", name=signer.name, role=role, file=str(out or bundle))

    def unite(
        bundles: list[Path] = given.copies,
        out: Path = given.out_united,
    ) -> int:
        from sif_desktop.app.verification import examine
        from sif_desktop.bundle.unite import unite as put_together

        with screen.at_work("commands.working"):
            put_together(bundles, out)
            examination = examine(out)
        count = len(examination.verdict.signatures)
        screen.say("commands.united", file=str(out), count=count)
        return 0 if examination.good else 1

    def sign_pdf(
        file: Path = given.pdf_to_sign,
        out: Path | None = given.out_signed_pdf,
        *,
        partner: str = given.cosign_partner,
        identity: str = given.identity,
        name: str = given.signer_name,
        passphrase_file: Path | None = given.passphrase_file,
    ) -> None:
        from sif_desktop.app import cosigning, identities, pdf_signing
        from sif_desktop.cli import passphrases

        known = pdf_signing.applicants(pdf_signing.proposal_in(file))
        asked = cosigning.partner_for(known, partner) if partner else None
        signer = identities.open_identity(
            identity,
            passphrases.asking(screen, passphrase_file),
            name=name or (asked.signatory_name or asked.contact_name if asked else ""),
            organisation=asked.name if asked else "",
        )
        with screen.at_work("commands.cosigning"):
            role = pdf_signing.sign_pdf(file, out or file, signer, partner)
        screen.say("commands.signed_pdf", name=signer.name, role=role, file=str(out or file))

    return {"cosign": cosign, "unite": unite, "sign-pdf": sign_pdf}
