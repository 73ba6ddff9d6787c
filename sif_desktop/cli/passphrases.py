"""Opening the identity to sign with: the passphrase is asked, or read from a file, never a word
of the command line, which other programs can see."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sif_desktop import paths
from sif_desktop.app.sources import cannot_read
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import IdentityError
from sif_desktop.model.proposal import Proposal

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity

VARIABLE = "SIF_DESKTOP_PASSPHRASE"
SHORTEST = 8


def identity(
    proposal: Proposal, screen: Screen, name: str, passphrase_file: Path | None
) -> Identity:
    """The identity of this machine's user, made at its first use.

    Raises IdentityError where the passphrase is wrong, too short, or cannot be asked.
    """
    from sif_desktop.bundle.identity import create_default, default_identity, default_path

    folder = paths.user_data()
    if default_path(folder).exists():
        return default_identity(folder, _passphrase(screen, passphrase_file, new=False))
    screen.line(screen.words.say("commands.identity_first"), stream=sys.stderr)
    signer = name or _signatory(proposal)
    organisation = next((p.name for p in proposal.partners if p.role == "coordinator"), "")
    if not signer:
        raise IdentityError("identity_without_name")
    passphrase = _passphrase(screen, passphrase_file, new=True)
    return create_default(folder, name=signer, organisation=organisation, passphrase=passphrase)


def _signatory(proposal: Proposal) -> str:
    coordinators = (p for p in proposal.partners if p.role == "coordinator")
    return next((p.signatory_name or p.contact_name for p in coordinators), "")


def _passphrase(screen: Screen, file: Path | None, *, new: bool) -> str:
    given = os.environ.get(VARIABLE, "")
    if file is not None:
        try:
            given = file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise cannot_read(file, error) from error
        except UnicodeDecodeError as error:
            raise IdentityError("passphrase_not_text", file=str(file)) from error
    elif not given:
        if not sys.stdin.isatty():
            raise IdentityError("passphrase_not_asked", variable=VARIABLE)
        given = typer.prompt(
            screen.words.say("commands.passphrase_new" if new else "commands.passphrase"),
            hide_input=True,
            confirmation_prompt=screen.words.say("commands.passphrase_again") if new else False,
            err=True,
        )
    if new and len(given) < SHORTEST:
        raise IdentityError("passphrase_short", count=SHORTEST)
    return given
