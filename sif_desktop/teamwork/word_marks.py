"""What changed in a text, word by word: runs that stayed, went out and came in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from sif_desktop.teamwork.values import paragraphs

MOST_ALIKE = 600_000
"""Pairs of equal words, or paragraphs, up to which two passages are compared; else the one is told
to replace the other. A passage of 5,000 words has some 260,000 of these; a text of nothing but one
word has as many with 800, and longer ones of that kind would take minutes."""

# A word with the space behind it, so that the many spaces of a text are no words of their own.
_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of a text. "same" and "out" together are the old text, "same" and "in" the new one."""

    kind: Literal["same", "out", "in"]
    text: str


def marks(old: str, new: str) -> tuple[Mark, ...]:
    """What stayed, what went out and what came in, in the order of reading."""
    found: list[Mark] = []
    for mark in _by_paragraph(paragraphs(old), paragraphs(new)):
        if found and found[-1].kind == mark.kind:
            found[-1] = Mark(mark.kind, found[-1].text + mark.text)
        elif mark.text:
            found.append(mark)
    return tuple(found)


def _by_paragraph(old: Sequence[str], new: Sequence[str]) -> Iterator[Mark]:
    if _are_too_alike(old, new):
        yield from (Mark("out", "".join(old)), Mark("in", "".join(new)))
        return
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            yield Mark("same", "".join(old[a:b]))
        else:
            yield from _by_word("".join(old[a:b]), "".join(new[c:d]))


def _by_word(old: str, new: str) -> Iterator[Mark]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not (before and after) or _are_too_alike(before, after):
        yield from (Mark("out", old), Mark("in", new))
        return
    for act, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            yield Mark("same", "".join(before[a:b]))
        else:
            yield from (Mark("out", "".join(before[a:b])), Mark("in", "".join(after[c:d])))


def _are_too_alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether finding the longest runs in common would take long: it looks at all equal pairs."""
    here, there = Counter(before), Counter(after)
    return sum(count * there[word] for word, count in here.items()) > MOST_ALIKE
