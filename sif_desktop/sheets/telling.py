"""Differences and unreadable cells in sentences, for a screen or a window."""

from __future__ import annotations

from sif_desktop.calls.call import Call
from sif_desktop.language import Words, money
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.sheets.changes import Difference, Unreadable
from sif_desktop.sheets.choices import labels
from sif_desktop.sheets.columns import AMOUNTS, CHOSEN, columns_of, heading

_LONGEST = 80


class Teller:
    """Says what an import does, in one language and in the words of the proposal as it is."""

    def __init__(self, proposal: Proposal, call: Call, words: Words) -> None:
        self._call, self._words = call, words
        self._labels = labels(proposal, call, words)

    def difference(self, one: Difference) -> str:
        """A difference in a sentence."""
        line = self.line(one.line)
        key = f"sheet.{one.kind}_{'row' if one.row else 'line'}"
        if one.kind == "changed":
            said = self._words.say(
                key,
                row=one.row,
                line=line,
                column=heading(self._call, one.column, self._words),
                before=self._value(one.column, one.before),
                after=self._value(one.column, one.after),
            )
        else:
            said = self._words.say(key, row=one.row, line=line, amount=self.amounts(one.line))
        return f"{said} {self._words.say('sheet.meanwhile')}" if one.meanwhile else said

    def unreadable(self, one: Unreadable) -> str:
        """Why a cell cannot be read, with its row and column."""
        return self._words.say(
            f"sheet.reasons.{one.reason}",
            cell=one.reference,
            row=one.row,
            column=heading(self._call, one.column, self._words),
            value=one.value,
        )

    def change(self, one: Difference) -> str:
        """What a difference does to a column of a line that is named already."""
        return self._words.say(
            "sheet.change",
            column=heading(self._call, one.column, self._words),
            before=self._value(one.column, one.before),
            after=self._value(one.column, one.after),
        )

    def line(self, line: BudgetLine) -> str:
        """A line as people know it: partner, work package, category, period, description."""
        named = (*CHOSEN, "description")
        asked = [column for column in columns_of(self._call) if column in named]
        values = [self._value(column, getattr(line, column)) for column in asked]
        return ", ".join(value for value in values if value != "–") or "–"

    def named_amounts(self, line: BudgetLine) -> tuple[str, ...]:
        """The amounts of a line that has any, each with the name of its column."""
        return tuple(
            self._words.say(
                "sheet.amount",
                column=heading(self._call, column, self._words),
                amount=self._value(column, value),
            )
            for column in columns_of(self._call)
            if column in AMOUNTS and (value := getattr(line, column)) != ""
        )

    def amounts(self, line: BudgetLine) -> str:
        """The amounts of a line, in the order of the form."""
        asked = [column for column in columns_of(self._call) if column in AMOUNTS]
        return " + ".join(self._value(column, getattr(line, column)) for column in asked)

    def _value(self, column: str, value: int | str) -> str:
        if isinstance(value, int):
            return money(value, self._words.language)
        text = self._labels.get(column, {}).get(value, value)
        return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…") or "–"
