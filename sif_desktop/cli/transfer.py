"""The command that makes the transfer sheet of a proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sif_desktop.app import sources
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import NotOursError


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def transfer(
        file: Path = given.any_file,
        out: Path = given.out_html,
    ) -> None:
        from sif_desktop.app import transfer_ticks
        from sif_desktop.app.transfer_page import write_page

        source = sources.read(file)
        ticks: dict[str, str] = {}
        try:
            ticks = transfer_ticks.of_source(source)
        except NotOursError as error:  # the page is there without them too
            screen.complain(error)
        write_page(source, out, screen.words.language, ticks)
        screen.say("commands.made", file=str(out))

    return {"transfer": transfer}
