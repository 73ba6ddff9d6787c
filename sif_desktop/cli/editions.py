"""The commands on calls themselves: `call new` and `call check`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sif_desktop.app.editions import Audit, audit_folder, new_edition
from sif_desktop.app.faults import fault_said
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.screen import Screen, one_line
from sif_desktop.language import Words, moment, money, number, percent


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names, within `call`."""
    given = Arguments(screen.words)

    def new(
        old: str = given.old_call,
        new_id: str = given.new_id,
        edition: str = given.edition,
        home: Path | None = given.forms_home,
    ) -> None:
        made = new_edition(old, new_id, edition, home)
        screen.say("commands.made", file=str(made))
        screen.say("editions.next", file=str(made / "call.toml"))
        _parameters(audit_folder(str(made)), screen)

    def check(call: str = given.old_call) -> int:
        found = audit_folder(call)
        if found.error is not None:
            screen.line(one_line(found.error, screen.words))
            return 1
        for language, keys in found.missing.items():
            screen.say("editions.missing", language=language, count=len(keys))
            for key in keys:
                screen.line(f"  {key}")
        if found.faults:
            screen.say("editions.faults", count=len(found.faults))
            for fault in found.faults:
                screen.line(f"  {fault_said(fault, screen.words)}")
        _parameters(found, screen)
        screen.say("editions.good" if found.good else "editions.not_good")
        return 0 if found.good else 1

    return {"new": new, "check": check}


def _parameters(found: Audit, screen: Screen) -> None:
    """The parameters of a call with their sources: what a new edition must look at again."""
    words = screen.words
    if found.call is None:
        return
    own = found.call.words(words.language)
    screen.say("editions.parameters")
    for name, parameter in found.call.parameters.items():
        label = own.find(f"parameters.{name}") or name
        value = _shown(parameter.kind, parameter.value, words)
        if parameter.kind == "text":
            value = own.find(f"parameter_values.{name}") or value
        key = f"editions.parameter_{parameter.origin}"
        screen.line("  " + words.say(key, name=label, value=value, source=parameter.source))
    if found.closed is not None:
        screen.say("editions.closed", moment=moment(found.closed, words.language))


def _shown(kind: str, value: int | str, words: Words) -> str:
    if not isinstance(value, int):
        return value
    if kind == "money":
        return f"{money(value, words.language)} euro"
    return percent(value, words.language) if kind == "share" else number(value, words.language)
