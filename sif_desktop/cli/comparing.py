"""The command that shows what differs between two proposals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from sif_desktop.app import sources
from sif_desktop.app.files import write_whole
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The command by its name."""
    shared, words = Arguments(screen.words), screen.words
    old_file: Any = typer.Argument(help=words.say("commands.arguments.old_file"))
    new_file: Any = typer.Argument(help=words.say("commands.arguments.new_file"))
    html_file: Any = typer.Option(None, "--html", help=words.say("commands.arguments.html"))

    def compare(
        old: Path = old_file,
        new: Path = new_file,
        as_json: bool = shared.json,
        html: Path | None = html_file,
    ) -> None:
        from sif_desktop.teamwork import telling
        from sif_desktop.teamwork.compare import compare as compared
        from sif_desktop.teamwork.web_page import page

        before, after = sources.read(old), sources.read(new)
        said = after.call.words(words.language)
        found = compared(before.proposal, after.proposal, after.call, words.language)
        if html:
            text = page(found, said, old.name, new.name)
            write_whole(html, text.encode("utf-8", "replace"))
            if not as_json:
                screen.say("commands.made", file=str(html))
        if as_json:
            screen.raw(json.dumps(telling.data(found), ensure_ascii=False))
        elif not html:
            for line in telling.lines(found, said):
                screen.line(line)

    return {"compare": compare}
