"""The commands `identity ...`: who one signs as, and whose fingerprint one knows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen, one_line
from sif_desktop.errors import IdentityError

if TYPE_CHECKING:
    from sif_desktop.app.identities import Known
    from sif_desktop.app.pins import Candidate


def group(screen: Screen) -> typer.Typer:
    """The commands for identities, as a group."""

    def told(key: str) -> str:
        return screen.words.say(f"commands.identities.{key}")

    app = typer.Typer(help=told("about"), no_args_is_help=False, rich_markup_mode=None)
    for name, function in {**_own(screen), **_of_others(screen)}.items():
        app.command(name, help=told(name))(function)
    return app


def _own(screen: Screen) -> dict[str, Any]:
    """The commands about what one signs with."""
    given = Arguments(screen.words)

    def list_() -> None:
        from sif_desktop.app import identities, pins

        known = list(identities.listed())
        for one in known:
            _print(screen, one)
        try:
            _print(screen, identities.known_card())
        except IdentityError as error:
            if not known:
                screen.say("commands.identities.none")
            screen.line(one_line(error, screen.words), stream=sys.stderr)
        for fingerprint, pin in pins.pinned().items():
            screen.say(
                "commands.identities.pinned_line",
                name=pin.name or "?",
                fingerprint=fingerprint,
                since=pin.since,
            )

    def create(
        name: str = given.own_name,
        organisation: str = given.own_organisation,
        passphrase_file: Path | None = given.passphrase_file,
    ) -> None:
        from sif_desktop.app import identities
        from sif_desktop.cli import passphrases

        ask = passphrases.asking(screen, passphrase_file)
        made = identities.create_default(ask, name, organisation)
        _say(screen, "created", made.name, made.fingerprint)

    def import_(
        file: Path = given.p12,
        passphrase_file: Path | None = given.passphrase_file,
    ) -> None:
        from sif_desktop.app import identities
        from sif_desktop.cli import passphrases

        opened = identities.import_file(file, passphrases.asking(screen, passphrase_file))
        _say(screen, "imported", opened.name, opened.fingerprint)

    def export_certificate(
        out: Path = given.out_certificate,
        identity: str = given.identity,
        passphrase_file: Path | None = given.passphrase_file,
    ) -> None:
        from sif_desktop.app import identities
        from sif_desktop.cli import passphrases

        if identity == identities.DEFAULT and not identities.has_default():
            raise IdentityError("identity_none_yet")
        ask = passphrases.asking(screen, passphrase_file)
        opened = identities.open_identity(identity, ask)
        identities.export_certificate(opened, out)
        screen.say("commands.made", file=str(out))
        _say(screen, "exported", opened.name, opened.fingerprint)

    def card(module: Path | None = given.card_module) -> None:
        from sif_desktop.app import identities

        if module is not None:
            chosen = identities.choose_module(module)
            screen.say("commands.identities.module_kept", file=str(chosen))
        _print(screen, identities.known_card())

    return {
        "list": list_,
        "create": create,
        "import": import_,
        "export-certificate": export_certificate,
        "card": card,
    }


def _of_others(screen: Screen) -> dict[str, Any]:
    """The commands about whom one knows."""
    given = Arguments(screen.words)

    def pin(
        what: str = given.pin_what,
        groups: list[str] = given.pin_groups,
    ) -> int:
        from sif_desktop.app import pins

        if not Path(what).exists():
            new = pins.pin(what)
            screen.say(f"commands.identities.{'pinned' if new else 'pinned_before'}", name=what)
            return 0
        found = pins.candidates(Path(what))
        if groups:
            _pin(screen, pins.chosen(found, " ".join(groups)))
            return 0
        for one in found:
            screen.say("commands.identities.candidate", name=_who(one), groups=one.groups)
        if not sys.stdin.isatty():
            screen.say("commands.identities.how_to_pin")
            return 1
        for one in found:
            if typer.confirm(screen.words.say("commands.identities.compared", name=_who(one))):
                _pin(screen, one)
        return 0

    def unpin(fingerprint: str = given.pin_start) -> int:
        from sif_desktop.app import pins

        count = pins.unpin(fingerprint)
        screen.say("commands.identities.unpinned", count=count)
        return 0 if count else 1

    return {"pin": pin, "unpin": unpin}


def _pin(screen: Screen, one: Candidate) -> None:
    from sif_desktop.app import pins

    new = pins.pin(one.fingerprint, one.name)
    screen.say(f"commands.identities.{'pinned' if new else 'pinned_before'}", name=_who(one))


def _who(one: Candidate | Known) -> str:
    return ", ".join(part for part in (one.name, one.organisation) if part) or "?"


def _say(screen: Screen, key: str, name: str, fingerprint: str) -> None:
    from sif_desktop.bundle.identity import fingerprint_groups

    screen.say(f"commands.identities.{key}_done", name=name, start=fingerprint[:16])
    screen.say("commands.fingerprint", fingerprint=fingerprint_groups(fingerprint))


def _print(screen: Screen, one: Known) -> None:
    from sif_desktop.bundle.identity import fingerprint_groups

    kind = screen.words.say(f"commands.identities.kinds.{one.kind}")
    until = one.not_after.date()
    screen.say("commands.identities.line", which=one.which, name=_who(one), kind=kind, until=until)
    screen.say("commands.fingerprint", fingerprint=fingerprint_groups(one.fingerprint))
