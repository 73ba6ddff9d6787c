"""Numbers of a proposal that add to a target of its call, and which share of it they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.language import Words


def target_fields(call: Call) -> Iterator[FieldSpec]:
    """The fields of a form whose numbers add to a target, in the form's order."""
    return (field for field in call.fields.values() if target_of(call, field))


def target_of(call: Call, field: FieldSpec) -> int | None:
    """What the call as a whole is to reach in what a field counts; None without a target."""
    figure = call.figure(field.target) if field.target else None
    return figure if figure and figure > 0 else None


def share_of_target(call: Call, field: FieldSpec, value: Any) -> int | None:
    """A number as a share of its target in basis points, rounded half up; None for no number.

    Of a number below zero there is no share: its own finding tells what is wrong.
    """
    target = target_of(call, field)
    if target is None or not isinstance(value, int) or value < 0:
        return None
    return (value * 20_000 + target) // (2 * target)


def share_said(call: Call, field: FieldSpec, value: Any, words: Words) -> str:
    """The share of its target in a few words, or "" where there is none to tell."""
    share, target = share_of_target(call, field, value), target_of(call, field)
    if share is None or target is None:
        return ""
    return words.say("targets.share", share=share, target=target)
