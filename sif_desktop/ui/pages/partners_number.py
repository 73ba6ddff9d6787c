"""Beneath a number of an organisation: that its form is right, and what that does not prove."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.look.theme import role

_ICON = 16


class NumberNote(QWidget):
    """A line beneath the row of a number, while the last check found no error in it."""

    def __init__(self, desk: Desk, row: FieldRow) -> None:
        super().__init__()
        self._desk, self._row = desk, row
        self.setObjectName("number-note")
        self._icon, self.text = QLabel(), QLabel(wordWrap=True)
        role(self.text, "good")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1)
        inner = row.layout()
        assert inner is not None  # noqa: S101 - a row has a layout
        inner.addWidget(self)
        desk.tinted.connect(self._tint)
        self._tint()

    def refresh(self) -> None:
        """Shows or hides the line after a check, or says it in another language."""
        found = self._desk.findings_at(self._row.address)
        wrong = any(finding.severity == "error" for finding in found)
        held = str(self._row.editor.held).strip()
        self.text.setText(self._desk.speech.say("window.partners.number_form"))
        self.setVisible(bool(held) and not wrong)

    def _tint(self) -> None:
        self._icon.setPixmap(self._desk.look.icon("good", "good").pixmap(_ICON, _ICON))
