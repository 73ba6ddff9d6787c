"""The budget as a table: what each cell shows, reads and tells, and which cells are marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, Qt

from sif_desktop.model.proposal import BudgetLine
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.budget.acts import set_cell
from sif_desktop.ui.budget.columns import LIST, Column, edited, read, shown, value_of
from sif_desktop.ui.budget.lines import Index, ShownLines
from sif_desktop.ui.budget.names import Names
from sif_desktop.ui.desk import Desk

Role = Qt.ItemDataRole
Lines = tuple[BudgetLine, ...]

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Look(NamedTuple):
    """All that is needed to paint a cell."""

    text: str
    right: bool
    severity: str
    """Of the gravest finding about it, or ""."""
    total: bool
    locked: bool = False
    """Whether it is among the parts of another partner, in a packet."""


class BudgetModel(ShownLines):
    """The cells of the lines that are shown."""

    LOOK = Role.UserRole

    def __init__(self, desk: Desk, names: Names) -> None:
        super().__init__(desk)
        self.names = names
        self._marks: dict[str, str] = {}
        self._answers: dict[int, Callable[[BudgetLine, Column], Any]] = {
            self.LOOK: self._look,
            Role.DisplayRole: self.text,
            Role.EditRole: self._edited,
            Role.TextAlignmentRole: lambda _, column: _RIGHT if column.is_amount else _LEFT,
            Role.ToolTipRole: self._tip,
            Role.AccessibleDescriptionRole: self.told,
        }
        self.show_findings()

    # -- what Qt asks -----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """As many as there are lines to show."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """The form's fields of a line, and its total."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What a cell shows, its text for the editor, and what a screen reader says of it."""
        asked = self._answers.get(role)
        if asked is None or not index.isValid():
            return None
        return asked(self.lines[index.row()], self.columns[index.column()])

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """The labels of the form above, the number of each line in the whole budget beside."""
        if orientation == Qt.Orientation.Horizontal:
            if role in (Role.DisplayRole, Role.ToolTipRole):
                return self.label(self.columns[section])
            if role == Role.TextAlignmentRole:
                side = _RIGHT if self.columns[section].is_amount else _LEFT
                return side | int(Qt.TextFlag.TextWordWrap)
        elif role == Role.DisplayRole and section < len(self.lines):
            return str(self.number(section))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be chosen and copied; totals, and what is to read only, cannot be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.may_type(self.lines[index.row()], self.columns[index.column()]):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags | Qt.ItemFlag.ItemNeverHasChildren

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802
        """Gives a cell what was typed as one act; False where nothing is typed."""
        if not index.isValid() or role != Role.EditRole:
            return False
        line, column = self.lines[index.row()], self.columns[index.column()]
        if not self.may_type(line, column):
            return False
        edits = list(set_cell(line, column, read(column, str(value), self.names)))
        if edits:
            self.desk.touch(edits[0].at)
            self.desk.do(*edits, subject=self.label(column))
        return True

    # -- what the page asks -----------------------------------------------------------------

    def text(self, line: BudgetLine, column: Column) -> str:
        """What the cell of a line shows."""
        return shown(column, value_of(line, column), self.names, self.desk.speech.language)

    def may_type(self, line: BudgetLine, column: Column) -> bool:
        """Whether a cell can be given another value."""
        return column.typed and self.desk.may_change(f"{LIST}/{line.id}/{column.name}")

    def _look(self, line: BudgetLine, column: Column) -> Look:
        severity = self._marks.get(f"{LIST}/{line.id}/{column.name}", "") if self._marks else ""
        total = column.kind == "total"
        locked = self.desk.own is not None and not total and not self.may_type(line, column)
        return Look(self.text(line, column), column.is_amount, severity, total, locked)

    def _edited(self, line: BudgetLine, column: Column) -> str:
        return edited(column, value_of(line, column), self.names, self.desk.speech.language)

    def label(self, column: Column) -> str:
        """The heading of a column."""
        if column.spec is None:
            return self.desk.speech.say("window.budget.total")
        return self.desk.label(column.spec)

    def address(self, index: Index) -> str:
        """The address of the value in a cell; that of the line for its total."""
        line, column = self.lines[index.row()], self.columns[index.column()]
        return f"{LIST}/{line.id}/{column.name}" if column.typed else f"{LIST}/{line.id}"

    def column_at(self, name: str) -> int:
        """The place of a column by the name of its value, or -1."""
        found = (place for place, column in enumerate(self.columns) if column.name == name)
        return next(found, -1)

    def held(self, index: Index) -> int | str:
        """The value in a cell."""
        return value_of(self.lines[index.row()], self.columns[index.column()])

    def meant(self, index: Index, text: str) -> int | str:
        """The value that a text stands for when it is typed in a cell."""
        return read(self.columns[index.column()], text, self.names)

    def type_value(self, index: Index, value: int | str) -> None:
        """Passes on what is being typed in a cell, key by key; the keys become one act."""
        line, column = self.lines[index.row()], self.columns[index.column()]
        for edit in set_cell(line, column, value):
            self.desk.touch(edit.at)
            self.desk.type(edit.at, edit.value, subject=self.label(column))

    def leave(self, row: int) -> None:
        """Notes that a line was left: what is missing of it may be shown, if it was worked on."""
        if row >= len(self.lines):
            return
        line = self.lines[row]
        ats = [f"{LIST}/{line.id}/{column.name}" for column in self.columns if column.typed]
        if any(map(self.desk.is_touched, ats)) and not all(map(self.desk.is_touched, ats)):
            for at in ats:
                self.desk.touch(at)
            self.show_findings()

    # -- what changed -----------------------------------------------------------------------

    def refresh(self) -> bool:
        """Takes the lines and names as they are now; tells whether any name is another."""
        renamed = self.names.refresh()
        self.take_lines()
        last = len(self.lines) - 1
        for place, column in enumerate(self.columns if last >= 0 else ()):
            if column.name in renamed:
                self.dataChanged.emit(self.index(0, place), self.index(last, place))
        return bool(renamed)

    def show_findings(self) -> None:
        """Marks the cells with findings; only those whose mark is another are painted anew."""
        marks = dict(self._found())
        if marks == self._marks:
            return
        changed = [
            at for at in marks.keys() | self._marks.keys() if marks.get(at) != self._marks.get(at)
        ]
        self._marks = marks
        for at in changed:
            _, key, name = at.split("/")
            row, column = self.row_of(key), self.column_at(name)
            if row >= 0 and column >= 0:
                self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def retranslate(self) -> None:
        """Names, headings and the forms of amounts in another language."""
        self.names.refresh()
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, last))

    # -- findings ---------------------------------------------------------------------------

    def findings_of(self, index: Index) -> tuple[Finding, ...]:
        """The findings about a cell that may be shown: none on what was never filled in."""
        return self._findings(self.lines[index.row()], self.columns[index.column()])

    def _findings(self, line: BudgetLine, column: Column) -> tuple[Finding, ...]:
        at = f"{LIST}/{line.id}/{column.name}" if column.typed else f"{LIST}/{line.id}"
        found = self.desk.findings_at(at)
        if found and column.typed and self._is_calm(at, getattr(line, column.name)):
            return ()
        return found

    def _is_calm(self, at: str, value: object) -> bool:
        return value == "" and not self.desk.is_touched(at)

    def _found(self) -> Iterator[tuple[str, str]]:
        """The gravest severity by the address of a cell; findings come gravest first."""
        values: dict[str, BudgetLine] | None = None
        seen: set[str] = set()
        for finding in self.desk.findings:
            at = finding.address
            if not at.startswith(f"{LIST}/") or at.count("/") != 2 or at in seen:
                continue
            seen.add(at)
            if values is None:
                values = {line.id: line for line in self._whole}
            _, key, name = at.split("/")
            line = values.get(key)
            if line is not None and not self._is_calm(at, getattr(line, name, "")):
                yield at, finding.severity

    def told(self, line: BudgetLine, column: Column) -> str:
        """What is wrong with a cell, in words."""
        say = self.desk.speech.say
        said = [
            say(
                "window.fields.finding",
                word=say(f"severities.{finding.severity}"),
                sentence=self.desk.sentence(finding),
            )
            for finding in self._findings(line, column)
        ]
        if self.desk.own and column.typed and not self.may_type(line, column):
            said.append(say("window.team.others"))
        return "\n".join(said)

    def _tip(self, line: BudgetLine, column: Column) -> str:
        """What is wrong, and the whole of a text, which the cell may cut off."""
        whole = "" if column.is_amount else self.text(line, column)
        return "\n".join(part for part in (whole, self.told(line, column)) if part)
