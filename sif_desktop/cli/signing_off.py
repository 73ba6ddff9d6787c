"""The command for signing off a partner's own parts, and for seeing what still holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sif_desktop.app import sources
from sif_desktop.calls.reading import partner_name
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.drafts import author_name
from sif_desktop.cli.screen import Screen
from sif_desktop.language import moment

if TYPE_CHECKING:
    from sif_desktop.teamwork.naming import Naming
    from sif_desktop.teamwork.signoff import Standing


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The command by its name."""
    shared = Arguments(screen.words)
    which: Any = typer.Argument("", help=screen.words.say("commands.arguments.packet_partner"))

    def signoff(
        file: Path = shared.draft,
        partner: str = which,
        author: str = shared.author,
    ) -> int:
        if partner:
            return _sign_off(screen, file, partner, author or author_name())
        return _show(screen, file)

    return {"signoff": signoff}


def _sign_off(screen: Screen, file: Path, partner: str, author: str) -> int:
    from sif_desktop.app import signoffs
    from sif_desktop.app.packets import to_write

    with to_write(file, author) as draft:
        made = signoffs.sign_off(draft, partner, author)
        name = partner_name(draft.proposal, made.partner)
    screen.say("commands.signed_off", partner=name)
    return 0


def _show(screen: Screen, file: Path) -> int:
    """Prints the sign-offs; 1 where one does not hold any more."""
    from sif_desktop.app import signoffs
    from sif_desktop.app.packets import require_draft
    from sif_desktop.store.draft import Draft
    from sif_desktop.teamwork.naming import Naming

    require_draft(file)
    with Draft.open(file, read_only=True) as draft:
        call = sources.call_of(draft.proposal)
        naming = Naming(draft.proposal, call, call.words(screen.words.language))
        found = signoffs.standings(draft)
    for one in found:
        screen.line(_standing(one, naming))
    if not found:
        screen.say("commands.signed_off_none")
    return 0 if all(one.holds for one in found) else 1


def _standing(one: Standing, naming: Naming) -> str:
    """A sign-off for the screen: who gave it, and what voided it."""
    words = naming.words
    figures = {
        "by": one.signoff.by,
        "partner": partner_name(naming.proposal, one.signoff.partner),
        "when": moment(one.signoff.at.astimezone(), words.language),
    }
    if one.holds:
        return words.say("packet.holds", **figures)
    places = "; ".join(naming.place(at) for at in one.differing)
    if one.voided_by is None:
        change = words.say("packet.voided_unknown", places=places)
    else:
        when = moment(one.voided_by.at.astimezone(), words.language)
        author = one.voided_by.author
        change = words.say("packet.voided_by", author=author, when=when, places=places)
    return words.say("packet.voided", change=change, **figures)
