"""Asking for the secret of an identity: on the screen, or from a file or the environment. It is
never a word of the command line, which other programs can see."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from sif_desktop.app.identities import Ask, Secret
from sif_desktop.app.sources import cannot_read
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import IdentityError
from sif_desktop.model.proposal import Proposal

VARIABLE = "SIF_DESKTOP_PASSPHRASE"
PIN_VARIABLE = "SIF_DESKTOP_PIN"
PINS: tuple[Secret, ...] = ("pin", "pin_low", "pin_final")
SHORTEST = 8


def asking(screen: Screen, file: Path | None) -> Ask:
    """What asks for a secret: it raises IdentityError where it is too short or cannot be asked."""

    def ask(wanted: Secret, about: str) -> str:
        if wanted in PINS:
            return _pin(screen, wanted, about, file)
        new = wanted == "new_passphrase"
        if new:
            screen.line(screen.words.say("commands.identity_first"), stream=sys.stderr)
        given = _given(screen, wanted, about, file)
        if new and len(given) < SHORTEST:
            raise IdentityError("passphrase_short", count=SHORTEST)
        return given

    return ask


def coordinator_of(proposal: Proposal) -> tuple[str, str]:
    """Who signs for the coordinator, and its name, as the proposal tells; "" where unknown."""
    found = next((p for p in proposal.partners if p.role == "coordinator"), None)
    return (found.signatory_name or found.contact_name, found.name) if found else ("", "")


def _pin(screen: Screen, wanted: Secret, about: str, file: Path | None) -> str:
    """The PIN of a card. The last try before it blocks is for a person, not for a file."""
    if wanted != "pin_final":
        given = _kept(file, PIN_VARIABLE)
        if given:
            return given.strip()
    if not sys.stdin.isatty():
        key = "pin_last_by_hand" if wanted == "pin_final" else "passphrase_not_asked"
        raise IdentityError(key, variable=PIN_VARIABLE)
    sentence = screen.words.say(f"commands.ask_{wanted}", of=about)
    answer: str = typer.prompt(sentence, hide_input=True, err=True)
    return answer


def _kept(file: Path | None, variable: str) -> str:
    """What a file holds, or else the environment; "" where there is neither."""
    if file is None:
        return os.environ.get(variable, "")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise cannot_read(file, error) from error
    except UnicodeDecodeError as error:
        raise IdentityError("passphrase_not_text", file=str(file)) from error


def _given(screen: Screen, wanted: Secret, about: str, file: Path | None) -> str:
    given = _kept(file, VARIABLE)
    if given or file is not None:
        return given
    if not sys.stdin.isatty():
        raise IdentityError("passphrase_not_asked", variable=VARIABLE)
    new = wanted == "new_passphrase"
    key = "passphrase_new" if new else "passphrase_of" if about else "passphrase"
    answer: str = typer.prompt(
        screen.words.say(f"commands.{key}", of=about),
        hide_input=True,
        confirmation_prompt=screen.words.say("commands.passphrase_again") if new else False,
        err=True,
    )
    return answer
