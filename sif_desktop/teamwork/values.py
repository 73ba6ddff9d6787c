"""Merging one value that two sides changed: texts by paragraph, sets of choices by element."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PARAGRAPHS = 4000
"""Paragraphs of a text up to which it is merged; a longer one is a choice as a whole."""

_PARAGRAPH = re.compile(r"\n*[^\n]+|\n+")


@dataclass(frozen=True, slots=True)
class Combined:
    """What two changes of one value make together.

    Where they clash, `mine` and `theirs` differ: each has what goes together, and of the rest one
    side's.
    """

    mine: Any
    theirs: Any

    @property
    def clash(self) -> bool:
        """Whether a person has to decide."""
        return bool(self.mine != self.theirs)


def combined(base: Any, mine: Any, theirs: Any) -> Combined:
    """Both sides' changes of one value. `base` is None where it is not known."""
    if theirs in (mine, base):
        return Combined(mine, mine)
    if base == mine:
        return Combined(theirs, theirs)
    if isinstance(mine, tuple) and isinstance(theirs, tuple) and (base == "" or _is_set(base)):
        both = _elements(tuple(base), mine, theirs)
        return Combined(both, both)
    if base and all(isinstance(text, str) for text in (base, mine, theirs)):
        return _texts(base, mine, theirs)
    return Combined(mine, theirs)


def _is_set(value: Any) -> bool:
    return isinstance(value, tuple)


def _elements(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """What either added, without what either removed; each element once, the new ones sorted."""
    here, there, old = set(mine), set(theirs), set(base)
    kept = (here & there) | ((here | there) - old)
    return (*(one for one in dict.fromkeys(base) if one in kept), *sorted(kept - old))


def paragraphs(text: str) -> list[str]:
    """A text in paragraphs, each with the line breaks before it; together they are the text."""
    return _PARAGRAPH.findall(text)


def _texts(base: str, mine: str, theirs: str) -> Combined:
    """Changes in different paragraphs together.

    Only where it is sure which paragraph of one text is which of another: each text has a
    paragraph once, and nobody put paragraphs in another order. Else the whole is a choice.
    """
    old, here, there = (paragraphs(text) for text in (base, mine, theirs))
    if not all(_sure(old, side) for side in (old, here, there)):
        return Combined(mine, theirs)
    found = _merged(old, here, there)
    # The result has to bear the same question, or the same text coming again would upset it.
    if all(_sure(old, paragraphs(text)) for text in (found.mine, found.theirs)):
        return found
    return Combined(mine, theirs)


def _sure(base: list[str], side: list[str]) -> bool:
    """Whether each paragraph stands in a text once, those of the base in the order of the base."""
    if len(side) > MOST_PARAGRAPHS or len(set(side)) < len(side):
        return False
    places = {paragraph: place for place, paragraph in enumerate(base)}
    kept = [places[paragraph] for paragraph in side if paragraph in places]
    return kept == sorted(kept)


def _merged(base: list[str], mine: list[str], theirs: list[str]) -> Combined:
    from merge3 import Merge3

    here: list[str] = []
    there: list[str] = []
    for kind, *parts in Merge3(base, mine, theirs, sequence_matcher=_Matcher).merge_groups():
        ours, others = (parts[0], parts[0]) if kind != "conflict" else _beside(*parts)
        here.extend(ours)
        there.extend(others)
    return Combined("".join(here), "".join(there))


def _beside(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Paragraphs that stand beside one another, of which each side reworded some: one by one.

    Only where neither side added, removed or moved any of them; else they are left as they are.
    """
    rows = list(zip(base, mine, theirs, strict=False))
    known = set(base)
    in_place = all(new == old or new not in known for old, *both in rows for new in both)
    if not len(base) == len(mine) == len(theirs) or not in_place:
        return mine, theirs
    pairs = [
        (other, other) if one == old else (one, one if other == old else other)
        for old, one, other in rows
    ]
    return [one for one, _ in pairs], [other for _, other in pairs]


class _Matcher:
    """Which paragraphs are the same in two texts that have each paragraph once, in one order.

    difflib's own matcher gives up on paragraphs in long texts and depends on the longest run.
    """

    def __init__(
        self,
        isjunk: Callable[[str], bool] | None,
        a: list[str],
        b: list[str],
        autojunk: bool = True,
    ) -> None:
        del isjunk, autojunk
        self._a, self._b = a, b

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """Runs (place in a, place in b, length), ended by an empty one, as difflib gives them."""
        places = {paragraph: place for place, paragraph in enumerate(self._b)}
        blocks: list[tuple[int, int, int]] = []
        for here, paragraph in enumerate(self._a):
            there = places.get(paragraph)
            if there is None:
                continue
            if blocks:
                a, b, length = blocks[-1]
                if (a + length, b + length) == (here, there):
                    blocks[-1] = (a, b, length + 1)
                    continue
            blocks.append((here, there, 1))
        return [*blocks, (len(self._a), len(self._b), 0)]
