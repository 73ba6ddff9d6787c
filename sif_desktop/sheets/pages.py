"""The sheets of the workbook as they are laid out: the budget, its totals, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Call
from sif_desktop.language import Words
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.sheets import amounts, looks
from sif_desktop.sheets.cells import letters
from sif_desktop.sheets.choices import Labels, shown_choice
from sif_desktop.sheets.columns import (
    AMOUNTS,
    CHOSEN,
    IDS,
    TOTAL,
    columns_of,
    escaped,
    heading,
    writable,
)
from sif_desktop.sheets.hidden import SHEET, Hidden, pack

LISTS = "sif-lists"
TITLE_ROW, GUIDANCE_ROW, SUMS_ROW, HEADS_ROW, FIRST_ROW = 1, 2, 3, 4, 5
SPARE = 50
"""Rows behind the lines that are ready for new ones, with the formula of their total."""

_REACH = 1000
"""Rows behind the lines that lists and sums still cover."""

_BEGINS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\n", "|", "%")


def put_text(cell: Any, text: str, style: str = "") -> None:
    """Puts a text into a cell as a text, whatever it looks like."""
    if style:
        cell.style = style  # first of all: it takes the mark of a typed text away
    text = writable(text)
    if not text:
        return
    cell.value = escaped(text)
    cell.data_type = "s"
    if text.startswith(_BEGINS_LIKE_A_FORMULA):
        cell.quotePrefix = True


@dataclass
class Page:
    """A workbook that is being laid out."""

    book: Any
    proposal: Proposal
    call: Call
    words: Words
    labels: Labels

    def __post_init__(self) -> None:
        looks.register(self.book)
        columns = columns_of(self.call)
        # The ids stand hidden among the columns, so that sorting a selection takes them along.
        order = (columns[0], IDS, *columns[1:], TOTAL)
        self.places = {column: place for place, column in enumerate(order, 1)}
        self.budget_title = self.words.say("sheet.budget")
        self.sheet = self.book.active
        self.sheet.title = self.budget_title

    def lists(self) -> None:
        """The hidden sheet that the lists to choose from come from."""
        sheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for place, column in enumerate(CHOSEN, 1):
            for row, label in enumerate(self.labels[column].values(), 1):
                put_text(sheet.cell(row, place), label)

    def budget(self, lines: Sequence[BudgetLine]) -> None:
        """The sheet with a row for each line."""
        sheet, last = self.sheet, FIRST_ROW + len(lines) + SPARE - 1
        put_text(sheet.cell(TITLE_ROW, 1), self._title(), looks.TITLE)
        put_text(sheet.cell(GUIDANCE_ROW, 1), self.words.say("sheet.guidance"), looks.GUIDANCE)
        self._heads(len(lines))
        for row, line in enumerate(lines, FIRST_ROW):
            self._row(row, line, line.id)
        for row in range(FIRST_ROW + len(lines), last + 1):
            self._row(row, BudgetLine(), "")
        looks.lay_out_budget(sheet, self.places, HEADS_ROW, last)
        self._validations(len(lines))

    def _title(self) -> str:
        project = self.proposal.project
        name = " ".join((project.acronym or project.title).split())[:100]
        partners = list(self.labels["partner"].values())
        one = f" – {partners[0]}" if len(partners) == 1 else ""
        return f"{self.budget_title}: {name}{one}" if name else f"{self.budget_title}{one}"

    def _heads(self, count: int) -> None:
        """The row of sums and the row of headings."""
        for column, place in self.places.items():
            head = self.sheet.cell(HEADS_ROW, place)
            title = IDS if column == IDS else heading(self.call, column, self.words)
            put_text(head, title, looks.HEAD)
            cell = self.sheet.cell(SUMS_ROW, place)
            cell.style = looks.SUM
            if column in (*AMOUNTS, TOTAL):
                cell.value = f"=SUM({self._range(column, count)})"
        put_text(self.sheet.cell(SUMS_ROW, 1), self.words.say("sheet.sum"), looks.SUM)

    def _range(self, column: str, count: int, sheet: str = "") -> str:
        """The cells of a column that lines may stand in."""
        letter = letters(self.places[column])
        prefix = "'" + sheet.replace("'", "''") + "'!" if sheet else ""
        return f"{prefix}${letter}${FIRST_ROW}:${letter}${FIRST_ROW + count + _REACH}"

    def _row(self, row: int, line: BudgetLine, key: str) -> None:
        """A row for a line, or ready for one: the formula of its total stands there already."""
        for column, place in self.places.items():
            cell = self.sheet.cell(row, place)
            if column == TOTAL:
                cell.value = self._total(row)
                cell.style = looks.MONEY
            elif column == IDS:
                put_text(cell, key, looks.TEXT)
            elif column in AMOUNTS:
                shown = amounts.to_cell(getattr(line, column))
                put_text(cell, shown if isinstance(shown, str) else "", looks.MONEY)
                if not isinstance(shown, str):
                    cell.value = shown
            else:
                known = self.labels.get(column, {})
                put_text(cell, shown_choice(getattr(line, column), known), looks.TEXT)

    def _total(self, row: int) -> str:
        """The cost of a line: empty where there are no amounts, and blind to what is no number."""
        places = [letters(self.places[column]) for column in AMOUNTS if column in self.places]
        cells = f"{places[0]}{row}:{places[-1]}{row}"
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'

    def _validations(self, count: int) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, column in enumerate(CHOSEN, 1):
            size = len(self.labels[column])
            if column in self.places and size:
                source = f"'{LISTS}'!${letters(place)}$1:${letters(place)}${size}"
                rule: Any = DataValidation(type="list", formula1=source, allow_blank=True)
                self._validate(rule, column, count, "choose")
        for column in AMOUNTS:
            if column in self.places:
                rule = DataValidation(
                    type="decimal", operator="between", formula1="-1E11", formula2="1E11"
                )
                self._validate(rule, column, count, "amount")

    def _validate(self, rule: Any, column: str, count: int, key: str) -> None:
        rule.allow_blank = True
        rule.showErrorMessage = True
        rule.errorTitle = heading(self.call, column, self.words)[:31]
        rule.error = self.words.say(f"sheet.rules.{key}")
        rule.sqref = self._range(column, count).replace("$", "")
        self.sheet.add_data_validation(rule)

    def totals(self, count: int) -> None:
        """The sheet of sums by partner and cost category, all of them formulas."""
        sheet = self.book.create_sheet(self.words.say("sheet.totals"))
        categories = list(self.labels["category"].values()) if "category" in self.places else []
        amounts_asked = [column for column in AMOUNTS if column in self.places]
        heads = [heading(self.call, "partner", self.words), *categories]
        heads += [heading(self.call, column, self.words) for column in (*amounts_asked, TOTAL)]
        for place, text in enumerate(heads, 1):
            put_text(sheet.cell(1, place), text, looks.HEAD)
        partners = list(self.labels["partner"].values()) if "partner" in self.places else []
        last = len(partners) + 2
        for row, label in enumerate([*partners, ""], 2):
            style = looks.SUM if row == last else looks.SUM_OF_ONE
            title = label if row < last else self.words.say("sheet.sum")
            put_text(sheet.cell(row, 1), title, style)
            for place in range(2, len(heads) + 1):
                cell = sheet.cell(row, place)
                picks = [] if row == last else [f"{self._of('partner', count)}=$A{row}"]
                if place < len(categories) + 2:
                    picks.append(f"{self._of('category', count)}={letters(place)}$1")
                wanted = amounts_asked
                if len(categories) + 2 <= place < len(heads):
                    wanted = [amounts_asked[place - len(categories) - 2]]
                cell.value = _sums(picks, [self._of(column, count) for column in wanted])
                cell.style = style
        looks.lay_out_totals(sheet, len(heads))

    def _of(self, column: str, count: int) -> str:
        return self._range(column, count, self.budget_title)

    def hide(self, hidden: Hidden) -> None:
        """The hidden sheet by which an import knows what was changed."""
        sheet = self.book.create_sheet(SHEET)
        sheet.sheet_state = "hidden"
        sheet.protection.enable()
        for row, pieces in enumerate(pack(hidden), 1):
            for place, piece in enumerate(pieces, 1):
                put_text(sheet.cell(row, place), piece)


def _sums(picks: list[str], ranges: Iterable[str]) -> str:
    """A formula that adds up ranges where all of `picks` hold.

    SUMPRODUCT compares whole texts; SUMIFS would take one like ">5" as a condition of its own.
    """
    condition = "*".join(f"({pick})" for pick in picks)
    if not condition:
        return "=" + "+".join(f"SUM({one})" for one in ranges)
    return "=" + "+".join(f"SUMPRODUCT({condition}*1,{one})" for one in ranges)
