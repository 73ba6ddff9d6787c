"""Commands on a draft: new, import, show."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sif_desktop.app import importing, sources
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.reading import outline
from sif_desktop.cli.screen import Screen
from sif_desktop.cli.sheet import bring
from sif_desktop.errors import NotOursError
from sif_desktop.model import canonical

_MOST_LEFT = 30
"""Values that were not carried over, as many as are printed; all of them stand in a text."""


def author_name() -> str:
    """The name that edits are written down under when none was given: that of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    given = Arguments(screen.words)

    def new(
        file: Path = given.draft,
        call: str = given.for_call,
        author: str = given.author,
        origin: Path | None = given.follows,
    ) -> None:
        by, language = author or author_name(), screen.words.language
        if origin is None:
            importing.new_draft(file, call, language, by)
            screen.say("commands.made", file=str(file))
            return
        with screen.at_work("commands.working"):
            carried, beside = importing.follow_up(file, call, origin, language, by)
        screen.say("commands.made", file=str(file))
        for one in carried.left[:_MOST_LEFT]:
            screen.say(f"editions.{one.reason}", place=one.place)
        if beside is not None:
            screen.say("editions.left", count=len(carried.left), file=str(beside))

    def import_(
        file: Path = given.draft,
        origin: Path = given.origin,
        *,
        author: str = given.author,
        partner: str = given.sheet_partner,
        mapped: list[str] = given.mapped,
        only_show: bool = given.only_show,
    ) -> None:
        if sources.kind_of(origin) == "workbook":
            by = author or author_name()
            bring(screen, file, origin, by, partner=partner, equations=mapped, only_show=only_show)
            return
        if partner or mapped or only_show:
            raise NotOursError("not_a_workbook", file=str(origin))
        with screen.at_work("commands.working"):
            count = importing.import_into(file, origin, author or author_name())
        screen.say("commands.imported", file=str(file), count=count)

    def show(
        file: Path = given.any_file,
        as_json: bool = given.json,
    ) -> None:
        source = sources.read(file)
        if as_json:
            screen.raw(canonical.to_json(source.proposal).decode("utf-8"))
            return
        for line in outline(source.proposal, source.call, screen.words.language):
            screen.line(line)

    return {"new": new, "import": import_, "show": show}
