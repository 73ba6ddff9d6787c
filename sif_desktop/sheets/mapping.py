"""How a partner's own spreadsheet is to be read: its headings as our columns, its words as ours.

Told by hand, one equation at a time: "Kost=subsidy" for a heading, "category:Loon=staff" for a
word in a column, and "period:=m01-06" for cells of a column that are empty or not there at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sif_desktop.calls.call import Call
from sif_desktop.errors import SifError
from sif_desktop.sheets.columns import CHOSEN, columns_of, fold, known_headings

MOST_ENTRIES = 2000
"""Headings and words of one mapping."""


@dataclass(frozen=True)
class Rename:
    """A mapping. `headings` leads from a folded heading to a column; `words` from a folded word,
    by column, to one that the lists know. A heading that leads to "" is of no column of ours.
    `place` is the name of the sheet and the row of the headings, where that was told too."""

    headings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    place: tuple[str, int] | None = None

    def __bool__(self) -> bool:
        return bool(self.headings or self.words or self.place)

    def over(self, older: Rename) -> Rename:
        """This mapping laid over an older one, which holds where this one says nothing."""
        columns = set(self.headings.values()) - {""}
        kept = {text: name for text, name in older.headings.items() if name not in columns}
        words = {
            column: {**older.words.get(column, {}), **self.words.get(column, {})}
            for column in {**older.words, **self.words}
        }
        return Rename({**kept, **self.headings}, words, self.place or older.place)


def parse(equations: Iterable[str], call: Call) -> Rename:
    """The mapping that equations tell. Raises SifError for one that cannot be understood."""
    headings: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    known = known_headings(call)
    for equation in equations:
        left, sign, right = equation.rpartition("=")
        column, colon, word = left.partition(":")
        of = known.get(fold(column)) if colon else None
        if of in CHOSEN:
            words.setdefault(of, {})[fold(word)] = right.strip()
            continue
        wanted = known.get(fold(right))
        if not sign or not fold(left) or wanted not in columns_of(call):
            columns = ", ".join(columns_of(call))
            raise SifError("sheet_map_unclear", given=equation[:80], columns=columns)
        headings[fold(left)] = wanted
    return Rename(headings, words)


def to_tree(rename: Rename) -> dict[str, Any]:
    """A mapping as JSON, to be remembered."""
    words = {column: dict(known) for column, known in rename.words.items()}
    tree: dict[str, Any] = {"headings": dict(rename.headings), "words": words}
    return {**tree, "place": list(rename.place)} if rename.place else tree


def from_tree(tree: Any) -> Rename:
    """A mapping from JSON; one that makes no sense is empty."""
    if not isinstance(tree, dict):
        return Rename()
    headings, words = tree.get("headings"), tree.get("words")
    if not isinstance(headings, dict) or not isinstance(words, dict):
        return Rename()
    sensible = all(_is_texts(known) for known in (headings, *words.values()))
    return Rename(headings, words, _place(tree.get("place"))) if sensible else Rename()


def _place(tree: Any) -> tuple[str, int] | None:
    match tree:
        case [str() as sheet, int() as row]:
            return sheet, row
    return None


def _is_texts(tree: Any) -> bool:
    return (
        isinstance(tree, dict)
        and len(tree) <= MOST_ENTRIES
        and all(isinstance(text, str) for pair in tree.items() for text in pair)
    )
