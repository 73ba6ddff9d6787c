"""The command that shows what differs between two proposals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from sif_desktop.app.comparing import side, write_page
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The command by its name."""
    shared, words = Arguments(screen.words), screen.words
    old_file: Any = typer.Argument(help=words.say("commands.arguments.old_file"))
    new_file: Any = typer.Argument(help=words.say("commands.arguments.new_file"))
    old_moment: Any = typer.Option("", "--old-at", help=words.say("commands.arguments.old_at"))
    new_moment: Any = typer.Option("", "--new-at", help=words.say("commands.arguments.new_at"))
    html_file: Any = typer.Option(None, "--html", help=words.say("commands.arguments.html"))

    def compare(
        *,
        old: Path = old_file,
        new: Path = new_file,
        old_at: str = old_moment,
        new_at: str = new_moment,
        as_json: bool = shared.json,
        html: Path | None = html_file,
    ) -> None:
        from sif_desktop.teamwork import telling
        from sif_desktop.teamwork.compare import compare as compared

        (before, _), (after, call) = side(old, old_at), side(new, new_at)
        said = call.words(words.language)
        found = compared(before, after, call, words.language)
        if html:
            names = (_named(old, old_at), _named(new, new_at))
            write_page(found, said, names, html)
            if not as_json:
                screen.say("commands.made", file=str(html))
        if as_json:
            screen.raw(json.dumps(telling.data(found), ensure_ascii=False))
        elif not html:
            for line in telling.lines(found, said):
                screen.line(line)

    return {"compare": compare}


def _named(file: Path, at: str) -> str:
    return f"{file.name} ({at})" if at else file.name
