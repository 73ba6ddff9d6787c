"""Commands for working together: packet, merge."""

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
from sif_desktop.language import Words

if TYPE_CHECKING:
    from sif_desktop.app.joint import Plan
    from sif_desktop.teamwork.asking import Asked
    from sif_desktop.teamwork.choice import Choice, Pick


_LONG = 80
"""Characters of a text from which only the words that differ are shown."""


class _Given:
    """What these commands may be given; the names are keys of `commands.arguments`."""

    def __init__(self, words: Words) -> None:
        def told(key: str) -> str:
            return words.say(f"commands.arguments.{key}")

        self.partner: Any = typer.Argument(help=told("packet_partner"))
        self.out: Any = typer.Argument(help=told("out_packet"))
        self.assign: Any = typer.Option([], "--assign", help=told("assign"))
        self.other: Any = typer.Argument(help=told("to_merge"))
        self.mine: Any = typer.Option([], "--mine", help=told("pick_mine"))
        self.theirs: Any = typer.Option([], "--theirs", help=told("pick_theirs"))
        self.all_mine: Any = typer.Option(False, "--all-mine", help=told("all_mine"))
        self.all_theirs: Any = typer.Option(False, "--all-theirs", help=told("all_theirs"))
        self.dry: Any = typer.Option(False, "--dry-run", help=told("dry"))


def commands(screen: Screen) -> dict[str, Callable[..., Any]]:
    """The commands by their names."""
    shared, given = Arguments(screen.words), _Given(screen.words)

    def packet(
        file: Path = shared.draft,
        partner: str = given.partner,
        out: Path = given.out,
        assign: list[str] = given.assign,
        author: str = shared.author,
    ) -> None:
        from sif_desktop.app.packets import send

        send(file, partner, out, author or author_name(), assign)
        screen.say("commands.packet_made", file=str(out), partner=partner)

    def merge(
        *,
        file: Path = shared.draft,
        other: Path = given.other,
        mine: list[str] = given.mine,
        theirs: list[str] = given.theirs,
        all_mine: bool = given.all_mine,
        all_theirs: bool = given.all_theirs,
        dry: bool = given.dry,
        as_json: bool = shared.json,
        author: str = shared.author,
    ) -> int:
        default: Pick | None = "theirs" if all_theirs else "mine" if all_mine else None
        chosen: dict[str, Pick] = {**dict.fromkeys(mine, "mine"), **dict.fromkeys(theirs, "theirs")}
        with screen.at_work("commands.working"):
            plan, picks = _merge(
                file, other, chosen, default, author=author or author_name(), dry=dry
            )
        count = len(plan.merge.settled({**plan.settled, **picks}))
        left = [one for one in plan.open if one.key not in picks]
        asked = _put_in_words(plan, left, screen.words)
        if as_json:
            screen.raw(json.dumps(_data(count, left, asked), ensure_ascii=False))
        else:
            key = "merged_nothing" if not count else "would_merge" if dry else "merged"
            screen.say(f"commands.{key}", file=str(file), count=count)
            for line in _changes(plan, picks, screen.words) if dry and count else ():
                screen.line(line)
            for line in _lines(asked, screen.words):
                screen.line(line)
        return 1 if left else 0

    return {"packet": packet, "merge": merge}


def _merge(
    file: Path,
    other: Path,
    chosen: dict[str, Pick],
    default: Pick | None,
    *,
    author: str,
    dry: bool,
) -> tuple[Plan, dict[str, Pick]]:
    """Merges, unless only a look was asked for; gives what was planned and what was picked."""
    from sif_desktop.app.joint import carry_out, plan_merge
    from sif_desktop.app.packets import to_write
    from sif_desktop.teamwork.packet import PacketError

    with to_write(file, author) as draft:
        plan = plan_merge(draft, draft.proposal, other)
        known = {choice.key for choice in plan.merge.choices}
        unknown = next((key for key in chosen if key not in known), None)
        if unknown is not None:
            raise PacketError("merge_no_such_choice", mark=unknown[:80])
        rest: dict[str, Pick] = {one.key: default for one in plan.open} if default else {}
        picks = {**rest, **chosen}
        if not dry:
            carry_out(draft, plan, picks, author)
    return plan, picks


def _changes(plan: Plan, picks: dict[str, Pick], words: Words) -> Iterator[str]:
    """What a merge would change, section by section."""
    from sif_desktop.model.edit import apply_all
    from sif_desktop.teamwork.compare import compare
    from sif_desktop.teamwork.telling import lines

    mine = plan.merge.mine
    merged, _ = apply_all(mine, plan.merge.settled({**plan.settled, **picks}))
    call = sources.call_of(mine)
    yield from lines(compare(mine, merged, call, words.language), call.words(words.language))
    yield ""


def _put_in_words(plan: Plan, choices: list[Choice], words: Words) -> list[Asked]:
    from sif_desktop.teamwork.asking import Asking

    call = sources.call_of(plan.merge.mine)
    asking = Asking.of(plan.merge.mine, plan.theirs_tree, call, words.language)
    return [asking.ask(choice) for choice in choices]


def _lines(asked: list[Asked], words: Words) -> Iterator[str]:
    """The choices that are left, for the screen."""
    if not asked:
        return
    yield words.say("commands.choices_open", count=len(asked))
    for one in asked:
        yield ""
        yield words.say("commands.choice", mark=one.key, section=one.section, place=one.place)
        yield f"  {one.question}"
        yield from (f"  {line}" for line in _sides(one, words))
    yield ""
    yield words.say("commands.choices_how")


def _sides(one: Asked, words: Words) -> Iterator[str]:
    """What each side has; of two texts only who wrote them, and then the words that differ."""
    from sif_desktop.teamwork.telling import in_short

    long = bool(one.marks) and max(len(one.mine), len(one.theirs)) > _LONG
    for side, value, by in (("here", one.mine, one.mine_by), ("there", one.theirs, one.theirs_by)):
        name = words.say(f"merge.{side}") + (f" ({by})" if by else "")
        if long:
            yield name
        elif "\n" in value:
            yield f"{name}:"
            yield from (f"  {line}" for line in value.splitlines())
        else:
            yield f"{name}: {value}"
    if long:
        yield from (f"  {line}" for line in in_short(one.marks).splitlines() if line)


def _data(count: int, choices: list[Choice], asked: list[Asked]) -> dict[str, object]:
    """A merge for another program."""
    from dataclasses import asdict

    told = []
    for choice, one in zip(choices, asked, strict=True):
        said = asdict(one)
        said["marks"] = [[mark.kind, mark.text] for mark in one.marks]
        told.append({"kind": choice.kind, "address": choice.at, **said})
    return {"edits": count, "choices": told}
