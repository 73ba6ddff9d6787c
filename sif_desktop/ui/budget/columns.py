"""The columns of the grid, from the form: what a cell shows, and what typed text means in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sif_desktop import money
from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.language import Language
from sif_desktop.language import money as money_shown
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.ui.budget.names import Names

LIST = "budget"
"""The list of the proposal that the grid shows."""

AMOUNTS = ("subsidy", "own_means")
TOTAL = "total"

CellKind = Literal["choice", "text", "money", "total"]

_LONGEST_SHOWN = 400
"""Characters of a value that a cell shows: it has room for fewer, and eliding takes time."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the name of the value in a line, and how it is read and shown.

    The total has no field: it is the program's own sum, and nothing can be typed there.
    """

    name: str
    kind: CellKind
    spec: FieldSpec | None = None

    @property
    def typed(self) -> bool:
        """Whether something can be typed in it."""
        return self.spec is not None

    @property
    def is_amount(self) -> bool:
        """Whether it shows amounts, to the right."""
        return self.kind in ("money", "total")


def columns_of(call: Call) -> tuple[Column, ...]:
    """The columns for a call, in the order of its form; the total comes last."""
    kinds: dict[str, CellKind] = {
        "partner": "choice",
        "work_package": "choice",
        "period": "choice",
        "choice": "choice",
        "money": "money",
    }
    found = [Column(spec.name, kinds.get(spec.kind, "text"), spec) for spec in call.fields_of(LIST)]
    if any(column.name in AMOUNTS for column in found):
        found.append(Column(TOTAL, "total"))
    return tuple(found)


def value_of(line: BudgetLine, column: Column) -> int | str:
    """What a line holds in a column; the total of what can be read."""
    if column.kind == "total":
        return sum(amount for amount in (line.subsidy, line.own_means) if isinstance(amount, int))
    value: int | str = getattr(line, column.name)
    return value


def read(column: Column, text: str, names: Names) -> int | str:
    """The value that typed or pasted text stands for; text without a meaning stays as it is."""
    if column.kind == "money":
        cents = money.parse(text)
        return text.strip() if cents is None else cents
    if column.kind == "choice":
        return names.meaning(column.name, text)
    return text


def shown(column: Column, value: int | str, names: Names, language: Language) -> str:
    """A value as the cell shows it: amounts in their form, names for ids, texts on one line."""
    if isinstance(value, int):
        return money_shown(value, language) if column.is_amount else str(value)
    if column.kind == "choice":
        value = names.label(column.name, value)
    text = value[:_LONGEST_SHOWN]
    return text if text.isprintable() else " ".join(text.split())


def edited(column: Column, value: int | str, names: Names, language: Language) -> str:
    """A value as it stands in the cell's editor: whole, and an amount without separators."""
    if isinstance(value, int):
        return plain(value, language) if column.is_amount else str(value)
    return names.label(column.name, value) if column.kind == "choice" else value


def plain(cents: int, language: Language) -> str:
    """An amount as every spreadsheet of that language reads it: 1250,00 without thousands."""
    euro, rest = divmod(abs(cents), 100)
    sign = "." if language == "en" else ","
    return f"{'-' if cents < 0 else ''}{euro}{sign}{rest:02d}"
