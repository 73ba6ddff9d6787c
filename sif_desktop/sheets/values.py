"""A cell as a value of a budget line, or the reason why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sif_desktop.sheets import amounts
from sif_desktop.sheets.cells import Cell
from sif_desktop.sheets.choices import Labels, shown_choice
from sif_desktop.sheets.columns import AMOUNTS, CHOSEN, LONGEST_CELL, fold, writable
from sif_desktop.sheets.mapping import Rename

Reason = Literal[
    "merged",  # the cell is one with its neighbours
    "no_value",  # a formula whose outcome is not in the file
    "formula_error",  # a formula that went wrong, such as #REF!
    "not_a_number",  # text, a day or a tick where an amount should be
    "decimals",  # more than two decimals
    "too_large",  # more than an amount can be
    "not_a_text",  # a tick where text should be
    "too_long",  # more characters than a cell holds
    "not_whole",  # a text of which the workbook held only the beginning
    "not_in_list",  # a word that means nothing here, or two things
    "gone",  # a choice that is no longer in the proposal
    "other_partner",  # a partner for which the workbook is not
    "moved",  # a line that now belongs to another partner
    "total",  # a total that was typed, and differs from the sum of the amounts
]
"""Why a cell cannot be read; the sentences stand under `sheet.reasons`."""


class UnreadError(Exception):
    """A cell that cannot be read; caught within this package."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True)
class Reader:
    """Reads the cells of one workbook.

    `labels` are those of a workbook of ours, `meanings` what words mean in the proposal as it is
    now, `scope` the one partner that the workbook is for, or "".
    """

    scope: str
    labels: Labels
    meanings: Labels
    rename: Rename

    @cached_property
    def _ids(self) -> Labels:
        """By column, the ids of the labels of a workbook of ours."""
        return {
            column: {fold(label): key for key, label in known.items()}
            for column, known in self.labels.items()
        }

    def same(self, column: str, cell: Cell | None, value: int | str) -> bool:
        """Whether a cell still shows what was written for a value."""
        if column in AMOUNTS:
            return _same_amount(cell, value)
        if cell and cell.kind not in ("text", "number"):
            return False
        text = cell.shown if cell else ""
        if column not in CHOSEN:
            return _settled(text) == _settled(str(value))
        if not text.strip() and column == "partner" and self.scope:
            return value == self.scope
        return fold(text) == fold(shown_choice(str(value), self.labels.get(column, {})))

    def value(self, column: str, cell: Cell | None) -> int | str:
        """The value that a cell means. Raises UnreadError with the reason where it means none."""
        if cell and cell.kind == "no_value":
            raise UnreadError("no_value")
        if cell and cell.kind == "error":
            raise UnreadError("formula_error")
        if column in AMOUNTS:
            return _amount(cell)
        if cell and cell.kind == "boolean":
            raise UnreadError("not_a_text")
        text = cell.shown if cell else ""
        if column in CHOSEN:
            return self._choice(column, text)
        if len(text) > LONGEST_CELL:
            raise UnreadError("too_long")
        return text

    def _choice(self, column: str, text: str) -> str:
        word = fold(self.rename.words.get(column, {}).get(fold(text), text))
        if not word:
            return self.scope if column == "partner" else ""
        known = self.meanings.get(column, {})
        key = self._ids.get(column, {}).get(word) or known.get(word)
        if key is None:
            scoped = column == "partner" and self.scope
            raise UnreadError("other_partner" if scoped else "not_in_list")
        if key not in known.values():
            raise UnreadError("gone")
        return key


def _settled(text: str) -> str:
    return writable(text).strip()


def _same_amount(cell: Cell | None, value: int | str) -> bool:
    shown = amounts.to_cell(value)
    if isinstance(shown, str):
        is_text = cell is None or cell.kind == "text"
        return is_text and _settled(cell.text if cell else "") == _settled(shown)
    if cell is None or cell.kind != "number":
        return False
    try:
        return amounts.to_cents(cell.text) == value
    except OverflowError:
        return False


def _amount(cell: Cell | None) -> int | str:
    if cell is None or not cell.text.strip():
        return ""
    if cell.kind != "number":
        raise UnreadError("not_a_number")
    try:
        cents = amounts.to_cents(cell.text)
    except OverflowError as error:
        raise UnreadError("too_large") from error
    if cents is None:
        raise UnreadError("decimals")
    return cents
