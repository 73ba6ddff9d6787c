"""The columns of a budget in a workbook: which a call asks for, and by which headings they go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sif_desktop.calls.call import Call
from sif_desktop.language import LANGUAGES, Words

CHOSEN = ("partner", "work_package", "category", "period")
"""Columns that hold something from a list: names of `BudgetLine`, as all columns are."""

AMOUNTS = ("subsidy", "own_means")
COLUMNS = (*CHOSEN, "description", *AMOUNTS)

TOTAL, IDS = "total", "sif:id"
"""The columns that are the program's own: the cost of a line as a formula, and its hidden id."""

LONGEST_CELL = 32_767
"""Characters that a cell can hold, in every program that reads this format."""


def columns_of(call: Call) -> tuple[str, ...]:
    """The columns that a call asks for, in their order; none where it asks for no amounts."""
    asked = {field.name for field in call.fields_of("budget")}
    return tuple(column for column in COLUMNS if column in asked) if asked & set(AMOUNTS) else ()


def heading(call: Call, column: str, words: Words) -> str:
    """The heading of a column: the label of the form's field, or the program's own word."""
    field = call.field_at(f"budget/x/{column}")
    label = words.find(f"fields.{field.id}.label") if field else None
    return label or words.say(f"sheet.columns.{column}")


def known_headings(call: Call) -> dict[str, str]:
    """The columns by their headings in each language, folded; their names count too."""
    names = (*columns_of(call), TOTAL)
    found = {fold(name): name for name in (*names, IDS)}
    for language in LANGUAGES:
        words = call.words(language)
        for name in names:
            found.setdefault(fold(words.say(f"sheet.columns.{name}")), name)
            found[fold(heading(call, name, words))] = name
    return found


def fold(text: str) -> str:
    """A text as it is compared: without case, width and surplus spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def writable(text: str) -> str:
    """A text as a cell can hold it: what no XML can carry is replaced, and the end cut off.

    What was written is later compared with this again, so that nothing lost here counts as an
    edit of whoever had the workbook. Doing it twice changes nothing more.
    """
    text = _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    room = _room(text)
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"


def is_cut(text: str) -> bool:
    """Whether a text that was written may be only the beginning of another."""
    return text.endswith("…") and len(text) >= _room(text)


def escaped(text: str) -> str:
    """A text as the file has it: "_x0041_" would be read as a letter, so its begin is escaped."""
    return _ESCAPE.sub("_x005F_", text)


def _room(text: str) -> int:
    """The characters that a cell has room for, if each escape takes the place of seven."""
    return LONGEST_CELL - 6 * len(_ESCAPE.findall(text))


def one_of_a_kind(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Labels by id, each told apart from those before it by a number where they are alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, label in labels:
        one, number = label, 1
        while fold(one) in taken:
            number += 1
            one = f"{label} ({number})"
        taken.add(fold(one))
        found[key] = one
    return found
