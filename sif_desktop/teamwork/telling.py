"""Differences as lines for the screen, and as data for another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sif_desktop.language import Words
from sif_desktop.teamwork.compare import Difference
from sif_desktop.teamwork.word_marks import Mark

AROUND = 40
"""Characters that stay on either side of a change in a text."""


def lines(differences: Sequence[Difference], words: Words) -> Iterator[str]:
    """Differences for the screen, section by section."""
    if not differences:
        yield words.say("compare.none")
        return
    section = ""
    for one in differences:
        if one.section != section:
            if section:
                yield ""
            section = one.section
            yield section.upper()
        yield from (f"  {line}" for line in _lines(one, words))


def _lines(one: Difference, words: Words) -> Iterator[str]:
    if one.kind == "moved":
        yield move(one, words)
    elif one.kind != "changed":
        yield words.say(f"compare.{one.kind}", place=one.place)
        yield from (f"    {label}: {_short(value)}" for label, value in one.details)
    elif _is_long(one):
        yield f"{one.place}:"
        text = in_short(one.marks) if one.marks else f"{one.old} → {one.new}"
        yield from (f"    {line}" for line in text.splitlines() if line.strip())
    else:
        empty = words.say("compare.empty")
        yield f"{one.place}: {one.old or empty} → {one.new or empty}"


def move(one: Difference, words: Words) -> str:
    """A move in words. A row that moved may have the same number as before: others came or went."""
    key = "moved" if one.old != one.new else "moved_among"
    return words.say(f"compare.{key}", place=one.place, old=one.old, new=one.new)


def _is_long(one: Difference) -> bool:
    return max(len(one.old), len(one.new)) > 2 * AROUND or "\n" in one.old + one.new


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 4 * AROUND else f"{flat[: 4 * AROUND - 1]}…"


def in_short(marks: Iterable[Mark]) -> str:
    """The changed passages with what stands around them: "de [-oude-]{+nieuwe+} tekst"."""
    signs = {"out": "[-{}-]", "in": "{{+{}+}}"}
    found = [
        signs[mark.kind].format(mark.text) if mark.kind != "same" else _around(mark.text)
        for mark in marks
    ]
    return "".join(found)


def _around(text: str) -> str:
    if len(text) <= 2 * AROUND + 3:
        return text
    return f"{text[:AROUND]} … {text[-AROUND:]}"


def data(differences: Iterable[Difference]) -> list[dict[str, object]]:
    """Differences for another program, ready for JSON."""
    return [
        {
            "section": one.section,
            "place": one.place,
            "address": one.address,
            "kind": one.kind,
            "old": one.old,
            "new": one.new,
            "details": [list(pair) for pair in one.details],
            "marks": [[mark.kind, mark.text] for mark in one.marks],
        }
        for one in differences
    ]
