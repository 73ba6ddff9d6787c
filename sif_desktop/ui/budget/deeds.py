"""What is done to the chosen cells and lines of the grid, each as one step of undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu

from sif_desktop.errors import EditError
from sif_desktop.model.edit import Edit
from sif_desktop.sheets.columns import known_headings
from sif_desktop.ui.budget import acts, clip
from sif_desktop.ui.budget.chosen import Block, Chosen
from sif_desktop.ui.budget.columns import LIST, edited, value_of
from sif_desktop.ui.budget.lines import runs
from sif_desktop.ui.budget.model import BudgetModel

if TYPE_CHECKING:
    from sif_desktop.ui.budget.grid import Grid

MENU = (
    ("cut", "Ctrl+X", "cut"),
    ("copy", "Ctrl+C", "copy"),
    ("paste", "Ctrl+V", "paste"),
    ("empty", "Del", "remove"),
    ("", "", ""),
    ("fill_down", "Ctrl+D", "down"),
    ("insert_below", "Ctrl+Return", "add"),
    ("remove", "Ctrl+-", "remove"),
    ("move_up", "Alt+Shift+Up", "up"),
    ("move_down", "Alt+Shift+Down", "down"),
)
"""The context menu: an act, the key for it, its icon."""

WRITES = frozenset({"cut", "paste", "empty", "fill_down", "insert_below", "remove"})


class Deeds(QObject):
    """The acts on what is chosen in a grid.

    `refused` tells in a sentence why nothing was done, `done` that something was.
    """

    refused = Signal(str)
    done = Signal()

    def __init__(self, grid: Grid, model: BudgetModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._model = model
        self.chosen = Chosen(grid, model)
        self.desk = model.desk

    # -- cells ------------------------------------------------------------------------------

    def copy(self) -> None:
        """The chosen cells as text that every spreadsheet takes."""
        columns = sorted(
            {place for one in self.chosen.blocks() for place in range(one.left, one.right + 1)}
        )
        language = self.desk.speech.language
        rows = [
            [
                edited(column, value_of(line, column), self._model.names, language)
                for column in (self._model.columns[place] for place in columns)
            ]
            for line in (self._model.lines[row] for row in self.chosen.rows())
        ]
        if rows:
            QGuiApplication.clipboard().setText(clip.to_text(rows))

    def cut(self) -> None:
        """Copies the chosen cells and empties them."""
        self.copy()
        self.empty(label="budget_cut")

    def empty(self, *, label: str = "budget_empty") -> None:
        """Empties the chosen cells."""
        edits = [
            edit for lines, columns in self.chosen.parts() for edit in acts.emptied(lines, columns)
        ]
        self._do(edits, label)

    def fill_down(self) -> None:
        """Gives all chosen cells what the first has; from the line above where only one is."""
        edits: list[Edit] = []
        for one in self.chosen.blocks():
            source = one.top - 1 if one.top == one.bottom else one.top
            if source < 0:
                continue
            lines = self._model.lines[source + 1 : one.bottom + 1]
            columns = self._model.columns[one.left : one.right + 1]
            edits += acts.filled_down(self._model.lines[source], lines, columns)
        self._do(edits, "budget_fill")

    def paste(self) -> None:
        """Puts the clipboard's rows into cells from the first chosen one on."""
        text = clip.well_formed(QGuiApplication.clipboard().text())
        lines = text.rstrip().count("\n")
        if lines > acts.MOST_LINES and '"' not in text:  # seen before a million rows are made
            self._refuse(EditError("budget_too_long", count=lines + 1, most=acts.MOST_LINES))
        elif text and not self.desk.read_only:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                self._paste(clip.to_rows(text))
            finally:
                QApplication.restoreOverrideCursor()

    def _paste(self, rows: list[list[str]]) -> None:
        model, at = self._model, self.chosen.bounds() or Block(0, 0, -1, 0)
        last = model.lines[-1].id if model.lines else self._last_line()
        target = acts.Target(
            lines=model.lines[at.top :],
            columns=model.columns[at.left :],
            every=model.columns,
            height=max(at.bottom - at.top + 1, 1),
            width=at.right - at.left + 1,
            last=last,
            values={**self.desk.fresh(LIST), **model.filter},
            count=len(self.desk.proposal.budget),
        )
        headings = known_headings(self.desk.call)
        try:
            edits, height, width = acts.pasted(rows, target, headings, model.names)
        except EditError as error:
            self._refuse(error)
            return
        edits = [self._ours(edit) for edit in edits]
        fresh = [edit.item["id"] for edit in edits if edit.op == "add"]
        model.welcome(fresh)
        if self._do(edits, "budget_paste") and height and width:
            bottom = min(at.top + height, len(model.lines)) - 1
            right = min(at.left + width, len(model.columns)) - 1
            self._grid.select_block(at.top, at.left, bottom, right)

    # -- lines ------------------------------------------------------------------------------

    def insert_below(self) -> None:
        """A new line behind the current one, or at the end, and the focus in its first cell."""
        if self.desk.read_only:
            return
        at = self._grid.currentIndex()
        behind = self._model.lines[at.row()].id if at.isValid() else self._last_line()
        edits, key = acts.added(behind, {**self.desk.fresh(LIST), **self._model.filter})
        if not self._may_do(edits):
            return
        self._model.welcome([key])
        one = self.desk.speech.say(f"lists.{LIST}.one")
        self.desk.do(*edits, label="add", subject=one)
        row = self._model.row_of(key)
        if row >= 0:
            first = next(
                (
                    place
                    for place, column in enumerate(self._model.columns)
                    if column.name not in self._model.filter
                ),
                0,
            )
            self._grid.show_cell(row, first)
        self.done.emit()

    def remove(self) -> None:
        """Takes the chosen lines away; the line behind them becomes the current one."""
        rows = self.chosen.rows()
        if not rows or self.desk.read_only:
            return
        column = max(self._grid.currentIndex().column(), 0)
        edits = acts.removed([self._model.lines[row] for row in rows])
        if not self._may_do(edits):
            return
        self.desk.do(*edits, label="remove", subject=self._lines_said(len(rows)))
        left = self._model.rowCount()
        if left:
            self._grid.show_cell(min(rows[0], left - 1), column)
        self.done.emit()

    def move(self, by: int) -> None:
        """Moves the chosen lines one place up or down; they stay chosen."""
        rows = self.chosen.rows()
        if not rows or self.desk.read_only:
            return
        edits: list[Edit] = []
        budget, shown = self.desk.proposal.budget, self._model.lines
        for first, last in runs(rows):
            edits += acts.moved(budget, shown, first, last, by)
        if edits and self._may_do(edits):
            subject = self._lines_said(len(rows))
            self.desk.do(*edits, label="move", subject=subject)
            self._grid.scrollTo(self._grid.currentIndex())

    # -- what they have in common -----------------------------------------------------------

    def fill_menu(self, menu: QMenu) -> None:
        """Adds all acts to a menu, with their keys."""
        say, look = self.desk.speech.say, self.desk.look
        for name, keys, icon in MENU:
            if not name:
                menu.addSeparator()
                continue
            action = menu.addAction(look.icon(icon, "muted"), say(f"window.budget.acts.{name}"))
            action.setShortcut(QKeySequence(keys))
            action.setShortcutVisibleInContextMenu(True)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(self.act(name))
            action.setEnabled(name == "copy" or not self.desk.read_only)

    def act(self, name: str) -> Callable[[], None]:
        """An act by its name in the menu."""
        found: dict[str, Callable[[], None]] = {
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "empty": self.empty,
            "fill_down": self.fill_down,
            "insert_below": self.insert_below,
            "remove": self.remove,
            "move_up": lambda: self.move(-1),
            "move_down": lambda: self.move(1),
        }
        return found[name]

    def _do(self, edits: list[Edit], label: str) -> bool:
        if not edits or self.desk.read_only or not self._may_do(edits):
            return False
        for edit in edits:
            self.desk.touch(edit.at)
        try:
            self.desk.do(*edits, label=label, subject=self._cells_said(edits))
        except EditError as error:
            self._refuse(error)
            return False
        self.done.emit()
        return True

    def _may_do(self, edits: list[Edit]) -> bool:
        """Whether it may be done; in a packet a sentence says why it may not."""
        done = self.desk.may_do(*edits)
        if not done:
            self.refused.emit(self.desk.speech.say("window.team.others_lines"))
        return done

    def _ours(self, edit: Edit) -> Edit:
        """A new line that was pasted without a value that it has to have here."""
        if edit.op != "add":
            return edit
        fresh = self.desk.fresh(LIST)
        lacking = {name: one for name, one in fresh.items() if not edit.item.get(name)}
        return edit.model_copy(update={"item": {**edit.item, **lacking}}) if lacking else edit

    def _refuse(self, error: EditError) -> None:
        self.refused.emit(self.desk.speech.error(error))

    def _last_line(self) -> str:
        budget = self.desk.proposal.budget
        return budget[-1].id if budget else ""

    def _lines_said(self, count: int) -> str:
        say = self.desk.speech.say
        if count == 1:
            return say(f"lists.{LIST}.one")
        return f"{count} {say(f'lists.{LIST}.many')}"

    def _cells_said(self, edits: list[Edit]) -> str:
        cells = sum(edit.op == "set" for edit in edits)
        lines = len(edits) - cells
        return self._lines_said(lines) if lines else ""
