"""The command that makes the transfer sheet of a proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sif_desktop.app import sources
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def transfer(
        file: Path = given.any_file,
        out: Path = given.out_html,
    ) -> None:
        from sif_desktop.app.transfer_page import write_page

        write_page(sources.read(file), out, screen.words.language)
        screen.say("commands.made", file=str(out))

    return {"transfer": transfer}
