"""The commands and their words for `--help`; what they do stands in the modules beside."""

from __future__ import annotations

from typing import Any

import typer

from sif_desktop import __version__
from sif_desktop.cli import (
    comparing,
    cosigning,
    drafts,
    editions,
    identity,
    intake,
    joint,
    outputs,
    past,
    sheet,
    signing_off,
    transfer,
    verifying,
)
from sif_desktop.cli.screen import Screen


def build(screen: Screen) -> Any:
    """The command line in the language of `screen`."""
    app = typer.Typer(
        help=screen.words.say("commands.about"),
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    def show_version(asked: bool) -> None:
        if asked:
            screen.line(f"SIF Desktop {__version__}")
            raise typer.Exit

    @app.callback()
    def whole(
        version: bool = typer.Option(
            False,
            "--version",
            is_eager=True,
            callback=show_version,
            help=screen.words.say("commands.version"),
        ),
    ) -> None:
        del version

    for module in (
        outputs,
        drafts,
        past,
        verifying,
        cosigning,
        sheet,
        joint,
        comparing,
        signing_off,
        intake,
        transfer,
    ):
        for name, function in module.commands(screen).items():
            app.command(name, help=screen.words.say(f"commands.{name}"))(function)
    app.add_typer(identity.group(screen), name="identity")
    calls = typer.Typer(help=screen.words.say("commands.call"), rich_markup_mode=None)
    for name, function in editions.commands(screen).items():
        calls.command(name, help=screen.words.say(f"commands.call_{name}"))(function)
    app.add_typer(calls, name="call")
    return typer.main.get_command(app)
