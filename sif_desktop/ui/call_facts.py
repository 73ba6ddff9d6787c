"""What there is to know of a call before one begins, in words: for choosing one. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.calls.call import Call, Parameter
from sif_desktop.calls.folder import folders, read
from sif_desktop.errors import CallError
from sif_desktop.language import Words, moment, percent

if TYPE_CHECKING:
    from sif_desktop.app.followup import Carried
    from sif_desktop.ui.speech import Speech

_MOST_NAMED = 12
"""Places that a message names; the file that it tells of has all."""


def facts(call: Call, words: Words) -> Iterator[tuple[str, str]]:
    """What there is to know of a call before one begins: its themes, and its figures."""
    for spec in call.fields_of(""):
        if spec.at == "project/theme" and spec.choices:
            named = [
                words.say(f"choices.{spec.choices}.{one}") for one in call.choices[spec.choices]
            ]
            yield words.say(f"fields.{spec.id}.label"), ", ".join(named)
    for name, parameter in call.parameters.items():
        text = figure_in_words(parameter, words)
        if text:
            yield words.say(f"parameters.{name}"), text


def figure_in_words(parameter: Parameter, words: Words) -> str:
    """A figure of a call as people read it; "" for one that is prose."""
    value = parameter.value
    if isinstance(value, int):
        return _number_in_words(parameter.kind, value, words)
    if parameter.kind != "moment":
        return ""
    try:
        return moment(datetime.fromisoformat(value), words.language)
    except ValueError:
        return value


def _number_in_words(kind: str, value: int, words: Words) -> str:
    if kind == "money":
        return words.say("window.new.euro", amount=value)
    if kind == "share":
        return percent(value, words.language)
    return words.say("window.new.months", count=value) if kind == "months" else str(value)


def is_past(call: Call) -> bool:
    """Whether the closing date of a call is behind us."""
    closing = call.parameters.get("closing")
    try:
        return closing is not None and datetime.fromisoformat(str(closing.value)) < datetime.now(
            datetime.fromisoformat(str(closing.value)).tzinfo
        )
    except (ValueError, TypeError):
        return False


def usable_calls() -> list[Call]:
    """The calls that can be used, those with a closing date first.

    One that is wrong is left out here and told by the checks.
    """
    found: dict[str, Call] = {}
    for folder in folders():
        try:
            call = read(folder)
        except CallError:
            continue
        found.setdefault(call.id, call)
    return sorted(found.values(), key=lambda call: "closing" not in call.parameters)


def carried_in_words(carried: Carried, beside: Path | None, speech: Speech) -> str:
    """What was taken over from an earlier proposal, and what did not fit and where it is kept."""
    if beside is None:
        return speech.say("window.new.carried")
    places = [f"•\u00a0{one.place}" for one in carried.left[:_MOST_NAMED]]
    if len(carried.left) > _MOST_NAMED:
        places.append("…")
    kept = speech.say("window.new.left", count=len(carried.left), file=beside.name)
    return "\n".join((kept, "", *places))
