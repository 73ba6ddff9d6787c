"""The row above the grid: buttons for lines, the filters, and what can be shown besides."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from sif_desktop.ui.budget.deeds import Deeds
from sif_desktop.ui.budget.filters import Filters
from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

LINE_TOOLS = (
    ("move_up", "up", "Alt+Shift+↑"),
    ("move_down", "down", "Alt+Shift+↓"),
    ("remove", "remove", "Ctrl+-"),
)
"""The buttons for lines: an act, its icon, the keys for it."""

_ICON = QSize(18, 18)


class ToolRow(QWidget):
    """`add` makes a line; `notes` and `beside` show the notes, and the panel beside the grid."""

    def __init__(self, model: BudgetModel, deeds: Deeds) -> None:
        super().__init__()
        self._desk = model.desk
        self.add = QPushButton()
        self.add.clicked.connect(deeds.insert_below)
        self.lines: dict[str, QToolButton] = {}
        self.filters = Filters(model)
        self.notes, self.beside = QToolButton(), QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(0.5))
        row.addWidget(self.add)
        for name, _, _ in LINE_TOOLS:
            button = self.lines[name] = QToolButton()
            button.setIconSize(_ICON)
            button.clicked.connect(deeds.act(name))
            row.addWidget(button)
        for widget in (self.add, *self.lines.values()) if self._desk.read_only else ():
            widget.hide()
        row.addSpacing(gap(1))
        row.addWidget(self.filters, 1)
        row.addSpacing(gap(1))
        for toggle in (self.notes, self.beside):
            toggle.setCheckable(True)
            toggle.setIconSize(_ICON)
            role(toggle, "toggle")
            row.addWidget(toggle)
        self._desk.tinted.connect(self._tint)
        self._tint()

    def enable(self, *, lines: bool, whole: bool) -> None:
        """Enables what can be used while lines are shown, or while there are any at all."""
        for button in self.lines.values():
            button.setEnabled(lines)
        self.filters.setEnabled(whole)

    def make_wide(self, wide: bool) -> None:
        """With words on all buttons, or with icons alone where there is little room."""
        style = Qt.ToolButtonStyle
        for toggle in (self.notes, self.beside):
            toggle.setToolButtonStyle(
                style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly
            )

    def retranslate(self) -> None:
        """All words, with the keys for the acts."""
        say = self._desk.speech.say
        self.filters.retranslate()
        self.add.setText(say("window.budget.add"))
        self.add.setToolTip(f"{say('window.budget.acts.insert_below')} (Ctrl+Enter)")
        for name, _, keys in LINE_TOOLS:
            text = say(f"window.budget.acts.{name}")
            self.lines[name].setToolTip(f"{text} ({keys})")
            self.lines[name].setAccessibleName(text)
        for toggle, key in ((self.notes, "notes"), (self.beside, "totals.show")):
            toggle.setText(say(f"window.budget.{key}"))
            toggle.setToolTip(toggle.text())

    def _tint(self) -> None:
        look = self._desk.look
        self.add.setIcon(look.icon("add", "accent"))
        for name, icon, _ in LINE_TOOLS:
            self.lines[name].setIcon(look.icon(icon, "muted"))
        self.notes.setIcon(look.icon("note", "accent"))
        self.beside.setIcon(look.icon("sum", "accent"))
