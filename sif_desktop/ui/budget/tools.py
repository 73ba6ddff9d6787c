"""The row above the grid: buttons for lines, the filters, and what can be shown besides."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

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
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(gap(1))
        row = self._row = QHBoxLayout()
        row.setSpacing(gap(0.5))
        self._rows.addLayout(row)
        row.addWidget(self.add)
        for name, _, _ in LINE_TOOLS:
            button = self.lines[name] = QToolButton()
            button.setIconSize(_ICON)
            button.clicked.connect(deeds.act(name))
            row.addWidget(button)
        for widget in (self.add, *self.lines.values()) if self._desk.read_only else ():
            widget.hide()
        row.addSpacing(gap(1))
        self._place = row.count()
        row.addWidget(self.filters, 1)
        row.addSpacing(gap(1))
        for toggle in (self.notes, self.beside):
            toggle.setCheckable(True)
            toggle.setIconSize(_ICON)
            role(toggle, "toggle")
            row.addWidget(toggle)
        self.filters.changed.connect(self._share)
        self._desk.tinted.connect(self._tint)
        self._tint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The filters have a row of their own where there is little room."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        parts = (self.add, *self.lines.values(), self.filters, self.notes, self.beside)
        shown = [part.sizeHint().width() + gap(0.5) for part in parts if not part.isHidden()]
        beneath = sum(shown) + gap(2) > self.width()
        if beneath and self._rows.count() == 1:
            self._row.removeWidget(self.filters)
            self._rows.addWidget(self.filters)
        elif not beneath and self._rows.count() > 1:
            self._rows.removeWidget(self.filters)
            self._row.insertWidget(self._place, self.filters, 1)

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
        self._share()

    def _tint(self) -> None:
        look = self._desk.look
        self.add.setIcon(look.icon("add", "accent"))
        for name, icon, _ in LINE_TOOLS:
            self.lines[name].setIcon(look.icon(icon, "muted"))
        self.notes.setIcon(look.icon("note", "accent"))
        self.beside.setIcon(look.icon("sum", "accent"))
