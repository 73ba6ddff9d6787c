"""What a workbook changes in a proposal: edits, what cannot be read, and the differences to show.

A workbook of ours knows the lines as they went out. Only a cell that no longer shows what was
written there is a change; only a line that was written and is not there any more is removed. So
work that went on in the draft meanwhile stays, and where both sides changed one value the
difference says so. Another order of the rows is not a change: sorting a sheet is a way of reading.

A partner's own spreadsheet knows no lines. A row is the line with the same partner, work package,
category, period and description, or a new one; it removes lines only where it is read as the
whole budget of one partner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.model.edit import Add, Drop, Edit, Set
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.model.values import new_id
from sif_desktop.sheets import amounts
from sif_desktop.sheets.choices import meanings
from sif_desktop.sheets.columns import AMOUNTS, TOTAL, columns_of, is_cut
from sif_desktop.sheets.hidden import as_written
from sif_desktop.sheets.mapping import Rename
from sif_desktop.sheets.pairing import Pairing, Values
from sif_desktop.sheets.read import Workbook
from sif_desktop.sheets.tables import Row, Table, find_table, sum_words
from sif_desktop.sheets.values import Reader, Reason, UnreadError


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that cannot be read: its row, our column, its reference, why, and what it shows."""

    row: int
    column: str
    reference: str
    reason: Reason
    value: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import does, to be shown first.

    `line` is as it will be, or was; `row` is 0 for one that is not in the sheet; `column` is ""
    for a whole line. `meanwhile`: the draft changed there too since the workbook was made.
    """

    kind: Literal["changed", "added", "removed"]
    row: int
    line: BudgetLine
    column: str = ""
    before: int | str = ""
    after: int | str = ""
    meanwhile: bool = False


@dataclass(frozen=True)
class Changes:
    """The edits in the order to apply them; with anything unreadable none should be applied.

    `left_out` are rows of a partner's own spreadsheet that are sums, by number and first text;
    `key` are its headings, by which a mapping is remembered; `sheet` is where they stand.
    """

    edits: tuple[Edit, ...]
    unreadable: tuple[Unreadable, ...]
    differences: tuple[Difference, ...]
    left_out: tuple[tuple[int, str], ...]
    key: tuple[str, ...]
    sheet: str = ""


def changes(
    proposal: Proposal, call: Call, book: Workbook, partner: str = "", rename: Rename | None = None
) -> Changes:
    """What a workbook changes in a proposal; `partner` is the id of the one that it is read for.

    Raises NotOursError for a workbook of another proposal, or without a budget that can be found;
    SifError where the partner does not fit.
    """
    rename = rename or Rename()
    scope = _scope(proposal, book, partner)
    table = find_table(book, call, rename)
    labels = book.hidden.about.labels if book.hidden else {}
    reader = Reader(scope, labels, meanings(proposal, call, scope), rename)
    pairing = Pairing(reader, _columns(call, table, reader))
    rows, left_out = _rows_of_lines(table, call, ours=book.hidden is not None)
    base = book.hidden.lines if book.hidden else _in_scope(proposal, scope)
    work = _Work(proposal, table, pairing, scope, ours=book.hidden is not None)
    for row, column in sorted(table.merged):
        work.unread(row, column, "merged")
    pairs = pairing.pairs(rows, base)
    for one, line in pairs:
        work.row(one, line)
    if book.hidden or scope:
        work.removed(base, {line.id for _, line in pairs if line})
    return Changes(
        (*work.sets, *work.adds, *work.drops),
        tuple(sorted(work.unreadable, key=lambda found: found.row)),
        tuple(sorted(work.differences, key=lambda found: (found.row == 0, found.row))),
        left_out,
        table.key,
        table.sheet,
    )


def _in_scope(proposal: Proposal, partner: str) -> tuple[BudgetLine, ...]:
    return tuple(line for line in proposal.budget if partner in ("", line.partner))


def _scope(proposal: Proposal, book: Workbook, partner: str) -> str:
    """The id of the partner that the workbook is for; "" for all of them."""
    file = str(book.path)
    if book.hidden:
        about = book.hidden.about
        if about.call != proposal.call:
            raise NotOursError("import_other_call", file=file, call=about.call)
        if about.proposal != proposal.id:
            raise NotOursError("sheet_other_proposal", file=file)
        if partner not in ("", about.partner):
            raise SifError("sheet_other_partner", file=file)
        partner = about.partner
    if partner and not any(one.id == partner for one in proposal.partners):
        raise SifError("sheet_partner_gone", file=file)
    return partner


def _columns(call: Call, table: Table, reader: Reader) -> tuple[str, ...]:
    """Our columns of which the workbook says something: by a heading, a mapping, or its partner."""
    told = {column for column, words in reader.rename.words.items() if "" in words}
    told |= table.places.keys() | ({"partner"} if reader.scope else set())
    return tuple(column for column in columns_of(call) if column in told)


def _rows_of_lines(
    table: Table, call: Call, *, ours: bool
) -> tuple[list[Row], tuple[tuple[int, str], ...]]:
    """The rows that are lines, and those that are sums: only other spreadsheets have these."""
    sums = sum_words(call)
    left_out = [row for row in table.rows if not ours and sums.match(row.first.strip())]
    numbers = {row.number for row in left_out}
    lines = [row for row in table.rows if row.number not in numbers]
    return lines, tuple((row.number, row.first) for row in left_out)


@dataclass
class _Work:
    """An import that is being worked out. New lines come behind the one above them in the sheet."""

    proposal: Proposal
    table: Table
    pairing: Pairing
    scope: str
    ours: bool
    sets: list[Edit] = field(default_factory=list)
    adds: list[Edit] = field(default_factory=list)
    drops: list[Edit] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._now = {line.id: line for line in self.proposal.budget}
        self._behind = self.proposal.budget[-1].id if self.proposal.budget else ""

    def row(self, row: Row, line: BudgetLine | None) -> None:
        """Works out a row: the edits of its line, or a new line."""
        if self.ours:
            self._total(row)
        changed = dict(self._changed(row, line))
        now = self._now.get(line.id) if line else None
        if line is None:
            self._added(row, BudgetLine.model_validate({"id": new_id(), **changed}))
        elif now is None:
            if changed:  # removed from the draft meanwhile
                self._added(row, line.model_copy(update=changed), meanwhile=True)
        elif changed and self.scope not in ("", now.partner):
            self.unread(row.number, "partner", "moved", row)
        else:
            self._behind = line.id
            self._set(row, line, now, changed)

    def _changed(self, row: Row, line: BudgetLine | None) -> Iterable[tuple[str, int | str]]:
        """The cells of a row that do not show what was written, with what they mean."""
        reader = self.pairing.reader
        for column in self.pairing.columns:
            cell = row.cells.get(column)
            before = getattr(line, column) if line else None
            if before is not None and reader.same(column, cell, before):
                continue
            try:
                value = reader.value(column, cell)
            except UnreadError as unread:
                self.unread(row.number, column, unread.reason, row)
                continue
            if column == "description" and before is not None and is_cut(before):
                self.unread(row.number, column, "not_whole", row)
            elif value != before:
                yield column, value

    def _set(self, row: Row, line: BudgetLine, now: BudgetLine, changed: Values) -> None:
        after, written = now.model_copy(update=changed), as_written(now)
        for column, value in changed.items():
            held = getattr(now, column)
            if held == value:
                continue
            meanwhile = self.ours and getattr(written, column) != getattr(line, column)
            self.sets.append(Set(at=f"budget/{line.id}/{column}", value=value))
            self.differences.append(
                Difference("changed", row.number, after, column, held, value, meanwhile)
            )

    def _added(self, row: Row, line: BudgetLine, *, meanwhile: bool = False) -> None:
        item = line.model_dump(mode="json")
        self.adds.append(Add(at="budget", item=item, after=self._behind))
        self.differences.append(Difference("added", row.number, line, meanwhile=meanwhile))
        self._behind = line.id

    def removed(self, base: Iterable[BudgetLine], there: set[str]) -> None:
        """Works out the lines that are not in the sheet any more."""
        for line in base:
            now = self._now.get(line.id)
            if now is None or line.id in there or self.scope not in ("", now.partner):
                continue
            self.drops.append(Drop(at=f"budget/{line.id}"))
            meanwhile = self.ours and as_written(now) != line
            self.differences.append(Difference("removed", 0, now, meanwhile=meanwhile))

    def _total(self, row: Row) -> None:
        """A total that was typed over must agree with the amounts: else something was meant."""
        cell = row.cells.get(TOTAL)
        values = self.pairing.values(row)
        known = [values.get(column, "") for column in AMOUNTS]
        if cell is None or cell.formula or any(value and isinstance(value, str) for value in known):
            return
        try:
            total = amounts.to_cents(cell.text) if cell.kind == "number" else None
        except OverflowError:
            total = None
        if total != sum(value for value in known if isinstance(value, int)):
            self.unread(row.number, TOTAL, "total", row)

    def unread(self, number: int, column: str, reason: Reason, row: Row | None = None) -> None:
        """Notes a cell that cannot be read."""
        cell = row.cells.get(column) if row else None
        shown = cell.shown[:60] if cell else ""
        reference = self.table.reference(number, column)
        self.unreadable.append(Unreadable(number, column, reference, reason, shown))
