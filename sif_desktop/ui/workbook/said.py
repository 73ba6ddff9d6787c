"""What a review comes to, in a sentence or two; and names of others in labels of ours."""

from __future__ import annotations

import re
from collections import Counter

from sif_desktop.app.sheet_review import Review, entries
from sif_desktop.ui.desk import Desk

_LONGEST = 60
_UNBROKEN = re.compile(r"\S{16}(?=\S)")
_BREAK = "\u200b"


def say_review(desk: Desk, found: Review) -> tuple[str, str, str]:
    """The sentences, with an icon and its colour."""
    say, unreadable = desk.speech.say, len(found.seen.changes.unreadable)
    if unreadable:
        key = "unreadable" if unreadable > 1 else "unreadable_one"
        return say(f"window.sheet.review.{key}", count=unreadable), "error", "error"
    counted = Counter(one.kind for one in entries(found, desk.speech.words))
    said = [
        say(f"window.sheet.review.{kind}", count=counted[kind])
        for kind in ("changed", "added", "removed")
        if counted[kind]
    ]
    if not said:
        said.append(say("window.sheet.review.nothing"))
    if counted["not_own"]:
        said.append(say("window.sheet.review.not_own", count=counted["not_own"]))
    if counted["removed"]:
        return " ".join(said), "warning", "warning"
    tone = "good" if found.edits else "advice"
    return " ".join(said), tone, tone


def shown_name(name: str, longest: int = _LONGEST) -> str:
    """A name for a label that breaks into lines: cut in its middle, and a long word can break."""
    flat = " ".join(name.split())
    if len(flat) > longest:
        end = longest // 3
        flat = f"{flat[: longest - end - 1]}…{flat[-end:]}"
    return _UNBROKEN.sub(lambda found: found.group() + _BREAK, flat)
