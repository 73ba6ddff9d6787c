"""What there is to know about the current cell: the form's guidance, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from sif_desktop.rules.finding import Finding
from sif_desktop.ui.budget.columns import Column
from sif_desktop.ui.budget.grid import Grid
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap


class CellNote(QFrame):
    """Guidance and findings for the current cell; of findings only where there is no room."""

    def __init__(self, grid: Grid, model: BudgetModel) -> None:
        super().__init__()
        self._grid = grid
        self._model = model
        self._desk = model.desk
        self._guided = True
        self._told: tuple[Column | None, tuple[Finding, ...], bool, object] | None = None
        self.head = QLabel(wordWrap=True)
        role(self.head, "lead")
        self.text = QLabel(wordWrap=True)
        self.findings = FindingsList(model.desk)
        layout = QVBoxLayout(self)
        layout.setSpacing(gap(0.75))
        for widget in (self.head, self.text, self.findings):
            layout.addWidget(widget)
        self.guide(True)

    def guide(self, guided: bool) -> None:
        """With the form's guidance, or with findings alone."""
        self._guided = guided
        role(self, "panel" if guided else "plain")
        edge = gap(1.5) if guided else 0
        self.layout().setContentsMargins(edge, edge, edge, edge)  # type: ignore[union-attr]
        self.refresh()

    def refresh(self) -> None:
        """Shows what there is to know about the cell that is the current one now."""
        at = self._grid.currentIndex()
        inside = at.isValid() and at.row() < len(self._model.lines)
        column = self._model.columns[at.column()] if inside else None
        found = self._model.findings_of(at) if inside else ()
        told = (column, found, self._guided, self._desk.speech.words)
        if told == self._told:
            return
        self._told = told
        self.findings.show_findings(found)
        head, text = self._guidance(column)
        self.head.setText(head)
        self.text.setText(text)
        self.head.setVisible(self._guided and bool(head))
        self.text.setVisible(self._guided and bool(text))
        if self.parentWidget():  # without a place yet it would be a window of its own
            self.setVisible(self._guided or bool(found))

    def _guidance(self, column: Column | None) -> tuple[str, str]:
        say = self._desk.speech
        if column is None:
            return say.say("window.guidance.title"), say.say("window.budget.no_cell")
        if column.spec is None:
            return self._model.label(column), say.say("window.budget.total_about")
        return self._model.label(column), self._desk.guidance(column.spec)
