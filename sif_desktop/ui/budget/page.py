"""The page of the budget: gauges, filters, the grid with its sums, totals beside it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.ui.banner import Banner
from sif_desktop.ui.budget.columns import LIST
from sif_desktop.ui.budget.empty import EmptyState
from sif_desktop.ui.budget.gauges import Gauges
from sif_desktop.ui.budget.grid import Grid
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.budget.names import Names
from sif_desktop.ui.budget.note import CellNote
from sif_desktop.ui.budget.strip import SumsStrip
from sif_desktop.ui.budget.tools import ToolRow
from sif_desktop.ui.budget.totals_panel import TotalsPanel
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import PANEL, WIDE, gap
from sif_desktop.ui.pages.base import Page

_FOR_BOTH = 760
"""From this height of the page on, the notes stand beneath the grid."""


class BudgetPage(Page):
    """The lines of the budget as a grid, for any call that has such a list."""

    scrolls = False
    guided = False

    def build(self) -> None:
        """All parts, from top to bottom."""
        self.model = BudgetModel(self.desk, Names(self.desk))
        self.grid = Grid(self.model)
        self.gauges = Gauges(self.desk)
        self.findings = FindingsList(self.desk)
        self.banner = Banner(self.desk.look, "warning")
        self.tools = ToolRow(self.model, self.grid.deeds)
        self.filters = self.tools.filters
        self.notes, self.beside = self.tools.notes, self.tools.beside
        self.empty = EmptyState(self.desk)
        self.strip = SumsStrip(self.grid, self.model)
        self.totals = TotalsPanel(self.desk, self.model)
        self.note = CellNote(self.grid, self.model)
        self._wide: bool | None = None
        self._there_is: tuple[bool, bool, bool] | None = None
        self.body.setSpacing(gap(1.5))
        for widget in (self.gauges, self.findings, self.banner):
            self.body.addWidget(widget)
        self.body.addWidget(self.tools)
        self.middle = QWidget()
        self._fill_middle()
        self.body.addWidget(self.middle, 1)
        self.body.addWidget(self._more())
        self._connect()
        self._show_what_there_is()

    # -- what is shown ----------------------------------------------------------------------

    def refresh(self) -> None:
        """The lines, and what they add up to."""
        super().refresh()
        if self.model.refresh():
            self.filters.refresh()
            self.totals.forget()
        self._show_sums()
        self._show_what_there_is()

    def show_findings(self) -> None:
        """Marks in the grid, findings about the budget as a whole, those of the cell."""
        super().show_findings()
        self.model.show_findings()
        touched = bool(self.model.lines) or self.desk.is_touched(LIST)
        found = self.desk.findings_at(LIST) if touched else ()
        self.findings.show_findings([one for one in found if not self.gauges.tells(one.code)])
        self.note.refresh()

    def retranslate(self) -> None:
        """All words of the page."""
        super().retranslate()
        say = self.desk.speech.say
        self.model.retranslate()
        self.tools.retranslate()
        self.totals.retranslate()
        self.grid.setAccessibleName(say("window.budget.grid"))
        self.grid.setAccessibleDescription(say("window.budget.keys"))
        self.findings.retranslate()
        self.gauges.refresh(again=True)
        self._show_sums()
        self.note.refresh()
        self.empty.say(filtered=self.empty.filtered)

    def lead_text(self) -> str:
        """Nothing: room is dear here, and the empty page says it."""
        return ""

    def focus_on(self, address: str) -> bool:
        """Goes to a cell, a line, or the whole; a line that the filter hides is shown."""
        if address in self.rows:
            self._open_notes(True)
            return super().focus_on(address)
        steps = address.split("/")
        if steps[0] != LIST or len(steps) > 3:
            return False
        self.desk.touch(address)
        if self.middle.isHidden():
            self._open_notes(False)
        if len(steps) == 1:
            (self.grid if self.model.lines else self.empty.first).setFocus()
            self.show_findings()
            return True
        if self.model.row_of(steps[1]) < 0 and self.model.is_filtered:
            self.filters.clear()
        row = self.model.row_of(steps[1])
        column = self.model.column_at(steps[2]) if len(steps) == 3 else 0
        if row < 0 or column < 0:
            return False
        self.grid.show_cell(row, column)
        self.show_findings()
        return True

    def _show_sums(self) -> None:
        self.gauges.refresh()
        self.strip.refresh()
        if self.totals.isVisibleTo(self):
            self.totals.refresh()

    def _show_what_there_is(self) -> None:
        """The grid, or what stands in its place while no line is shown."""
        lines, whole = bool(self.model.lines), bool(self.desk.proposal.budget)
        there_is = (lines, whole, self.model.is_filtered)
        if there_is == self._there_is and self.grid.currentIndex().isValid():
            return
        self._there_is = there_is
        wanted = self.grid if lines else self.empty
        if self.stack.currentWidget() is not wanted:
            had_focus = self.isAncestorOf(self.focusWidget() or self)
            if not lines:
                self.empty.say(filtered=self.model.is_filtered)
            self.stack.setCurrentWidget(wanted)
            if had_focus and self.isVisible():
                (self.grid if lines else self.empty.first).setFocus()
        elif not lines and self.empty.filtered != self.model.is_filtered:
            self.empty.say(filtered=self.model.is_filtered)
        if lines and not self.grid.currentIndex().isValid():
            self.grid.point_at(0, 0)
        self.tools.enable(lines=lines, whole=whole)
        self.strip.setVisible(whole)

    # -- how it is put together -------------------------------------------------------------

    def _fill_middle(self) -> None:
        """The grid with its sums, and the panel beside it."""
        self.stack = QStackedWidget()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.empty)
        self.under = QVBoxLayout()
        self.under.setSpacing(0)
        self.under.addWidget(self.stack, 1)
        self.under.addWidget(self.strip)
        self.side = QWidget()
        self.side_layout = QVBoxLayout(self.side)
        self.side_layout.setContentsMargins(0, 0, 0, 0)
        self.side_layout.setSpacing(gap(2))
        self.side_layout.addWidget(self.note)
        self.side_layout.addWidget(self.totals, 1)
        middle = QHBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(gap(2))
        middle.addLayout(self.under, 1)
        middle.addWidget(self.side)

    def _more(self) -> QFrame:
        """The fields of the section that belong to no line, shown at a wish."""
        self.more = QFrame()
        role(self.more, "card")
        layout = QVBoxLayout(self.more)
        layout.setContentsMargins(gap(2), gap(1.5), gap(2), gap(1.5))
        section = self.step.section
        for spec in section.fields if section else ():
            if not spec.list_at:
                self.add_row(layout, spec, spec.at).show_guidance(True)
        self.more.hide()
        if not self.rows:
            self.notes.hide()
        return self.more

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.totals.picked.connect(self.filters.choose)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        self.grid.deeds.refused.connect(self.banner.say)
        self.grid.deeds.done.connect(self._done)
        self.empty.first.clicked.connect(self._begin)
        self.empty.second.clicked.connect(self._begin_otherwise)
        self.beside.toggled.connect(self._show_beside)
        self.notes.toggled.connect(self._open_notes)
        self.desk.closing.connect(self.grid.delegate.finish)
        self.desk.tinted.connect(self._tint)
        self._tint()

    # -- what happens -----------------------------------------------------------------------

    def _filter(self) -> None:
        self.model.set_filter(self.filters.wanted)
        if self.model.lines:
            at = self.grid.currentIndex()
            if not at.isValid():
                self.grid.point_at(0, 0)
            self.grid.scrollTo(self.grid.currentIndex())
        self._show_sums()
        self._show_what_there_is()
        self.note.refresh()

    def _moved(self, now: QModelIndex, before: QModelIndex) -> None:
        """What is missing of a line that was worked on is shown when it is left."""
        if before.isValid() and before.row() != now.row():
            self.model.leave(before.row())
        self.note.refresh()

    def _done(self) -> None:
        """Something was done to lines: they are shown, and no refusal is."""
        self.banner.say("")
        if self.middle.isHidden():
            self._open_notes(False)
            self.grid.setFocus()

    def _begin(self) -> None:
        if self.empty.filtered:
            self.filters.clear()
        else:
            self.grid.deeds.insert_below()

    def _begin_otherwise(self) -> None:
        if self.empty.filtered:
            self.grid.deeds.insert_below()
        else:
            self.grid.deeds.paste()

    def _open_notes(self, opened: bool) -> None:
        self.notes.setChecked(opened)
        self.more.setVisible(opened)
        self._share_height()
        for row in self.rows.values():
            row.show_guidance(opened)
        if opened and self.rows:
            next(iter(self.rows.values())).focus()

    def _share_height(self) -> None:
        """Where there is no height for both, the notes stand in the place of the grid."""
        instead = self.notes.isChecked() and self.height() < _FOR_BOTH
        self.middle.setVisible(not instead)
        align = Qt.AlignmentFlag.AlignTop if instead else Qt.AlignmentFlag(0)
        self.body.setAlignment(self.more, align)
        self.body.setStretchFactor(self.more, int(instead))

    def _show_beside(self, shown: bool) -> None:
        """The panel beside the grid; without it, findings of the cell stand beneath the grid."""
        self.side.setVisible(shown)
        (self.side_layout if shown else self.under).insertWidget(0 if shown else 2, self.note)
        self.note.guide(shown)
        if shown:
            self.totals.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The panel is shown where there is room, until its button is used."""
        super().resizeEvent(event)
        self._share_height()
        wide = self.width() >= WIDE
        if wide != self._wide:
            self._wide = wide
            self.side.setFixedWidth(PANEL + gap(4) if wide else PANEL - gap(3))
            self.totals.make_narrow(not wide)
            self.beside.setChecked(wide)
            self._show_beside(wide)
            self.tools.make_wide(wide)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Columns get their widths when the page is shown first."""
        super().showEvent(event)
        self._show_sums()

    def _tint(self) -> None:
        self.grid.delegate.tint()
        self.grid.viewport().update()
