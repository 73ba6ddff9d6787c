"""The command on the history of a draft: who did what, going back, and naming a moment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sif_desktop.app import sources
from sif_desktop.cli.arguments import Arguments
from sif_desktop.cli.drafts import author_name
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import NotOursError, SifError

if TYPE_CHECKING:
    from sif_desktop.app.past import Act, Past
    from sif_desktop.app.past_words import PastWords
    from sif_desktop.language import Words


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The command by its name."""
    shared = Arguments(screen.words)

    def told(key: str) -> str:
        return screen.words.say(f"commands.arguments.{key}")

    back_to: Any = typer.Option("", "--back", help=told("history_back"))
    name_it: Any = typer.Option("", "--name", help=told("history_name"))
    which: Any = typer.Option("", "--at", help=told("history_at"))

    def history(
        *,
        file: Path = shared.draft,
        as_json: bool = shared.json,
        back: str = back_to,
        name: str = name_it,
        at: str = which,
        author: str = shared.author,
    ) -> None:
        if sources.kind_of(file) != "draft":
            raise NotOursError("not_a_draft", file=str(file))
        if (back and name) or (at and not name):
            raise SifError("history_one_thing")
        if back:
            _go_back(screen, file, back, author or author_name())
        elif name:
            _name(screen, file, name, at, author or author_name())
        elif as_json:
            screen.raw(json.dumps(_data(file)))
        else:
            for line in _lines(file, screen.words):
                screen.line(line)

    return {"history": history}


def _go_back(screen: Screen, file: Path, moment: str, author: str) -> None:
    from sif_desktop.app.comparing import moment_number
    from sif_desktop.app.going_back import go_back, plan_back
    from sif_desktop.app.packets import to_write

    with screen.at_work("commands.working"), to_write(file, author) as draft:
        plan = plan_back(draft, draft.proposal, moment_number(draft, moment))
        count = go_back(draft, plan, author)
    key = "went_back" if count else "went_back_nowhere"
    screen.say(f"commands.{key}", file=str(file), number=plan.seq, count=count)


def _name(screen: Screen, file: Path, name: str, at: str, author: str) -> None:
    from sif_desktop.app.comparing import moment_number
    from sif_desktop.app.packets import to_write
    from sif_desktop.app.past import name_moment

    with to_write(file, author) as draft:
        seq = moment_number(draft, at) if at else draft.seq
        kept = name_moment(draft, seq, name)
    screen.say("commands.named", file=str(file), number=seq, name=kept)


def _data(file: Path) -> list[dict[str, object]]:
    """The changes for another program, each with its number and the names of its moment."""
    from sif_desktop.store.draft import Draft

    with Draft.open(file, read_only=True) as draft:
        names: dict[int, list[str]] = {}
        for one in draft.moments():
            names.setdefault(one.seq, []).append(one.name)
        return [
            {
                "seq": entry.seq,
                "session": entry.session,
                "names": names.get(entry.seq, []),
                **entry.change.model_dump(mode="json"),
            }
            for entry in draft.entries()
        ]


def _lines(file: Path, words: Words) -> Iterator[str]:
    """The history for the screen, session by session; the oldest first."""
    from sif_desktop.app.past import read
    from sif_desktop.app.past_words import PastWords
    from sif_desktop.store.draft import Draft

    with Draft.open(file, read_only=True) as draft:
        call = sources.call_of(draft.proposal)
        past = read(draft, call)
        said = PastWords.of(draft.proposal, call, call.words(words.language))
    if past.start in past.names:
        yield f"{past.start:6}  {said.moment(past, past.start)}"
    if not past.acts:
        yield words.say("history.nothing")
    for place, stint in enumerate(past.stints):
        if place:
            yield ""
        yield " · ".join((said.span(stint), said.author(stint.author), said.about(stint)))
        yield from (_line(past, act, said) for act in stint.acts)
    if past.trouble:
        raise past.trouble


def _line(past: Past, act: Act, said: PastWords) -> str:
    from sif_desktop.app.past_words import clock

    names = "".join(f"  [{name}]" for name in past.names.get(act.seq, ()))
    where = said.where(act)
    done = f"{said.act(act)} — {where}" if where else said.act(act)
    return f"{act.seq:6}  {clock(act.at)}  {done}{names}"
