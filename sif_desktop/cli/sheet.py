"""The budget as a workbook: the command `sheet`, and what `import` does with a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sif_desktop.app import sources
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen

if TYPE_CHECKING:
    from sif_desktop.app.sheet import Seen

MOST_SHOWN = 200
"""Cells that cannot be read, or differences, that are printed one by one."""


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def sheet(
        file: Path = given.any_file,
        out: Path = given.out_sheet,
        partner: str = given.only_partner,
    ) -> None:
        from sif_desktop.app.sheet import write_sheet

        source = sources.read(file)
        with screen.at_work("commands.working"):
            write_sheet(source, out, screen.words.language, partner)
        screen.say("commands.made", file=str(out))

    return {"sheet": sheet}


def bring(
    screen: Screen,
    file: Path,
    origin: Path,
    author: str,
    *,
    partner: str,
    equations: list[str],
    only_show: bool,
) -> None:
    """Imports a workbook: shows what differs and what cannot be read, then does it or refuses."""
    from sif_desktop.app.sheet import import_sheet

    count = import_sheet(
        file,
        origin,
        author,
        partner=partner,
        equations=equations,
        only_show=only_show,
        tell=lambda seen: _print(seen, screen),
    )
    if only_show:
        screen.say("commands.only_shown")
    else:
        screen.say("commands.imported", file=str(file), count=count)


def _print(seen: Seen, screen: Screen) -> None:
    from sif_desktop.sheets.telling import Teller

    words = seen.call.words(screen.words.language)
    teller, found = Teller(seen.proposal, seen.call, words), seen.changes
    lines = [teller.unreadable(one) for one in found.unreadable]
    if not lines:
        lines = [teller.difference(one) for one in found.differences]
        lines += [words.say("sheet.left_out", row=row, text=text) for row, text in found.left_out]
    for line in lines[:MOST_SHOWN]:
        screen.line(f"  {line}")
    if len(lines) > MOST_SHOWN:
        screen.say("commands.and_more", count=len(lines) - MOST_SHOWN)
    if not lines:
        screen.say("commands.no_differences")
