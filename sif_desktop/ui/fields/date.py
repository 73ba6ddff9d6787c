"""A day: typed as people write it, kept as ISO 8601, picked from a calendar where one likes."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from sif_desktop.calls.call import FieldSpec
from sif_desktop.language import Language
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.editor import Value
from sif_desktop.ui.fields.line import LineEditor


class DateEditor(LineEditor):
    """A line for a day, with a button that opens a calendar."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str) -> None:
        super().__init__(desk, spec, address, read_day, show_day)
        self.button = QToolButton()
        self.button.clicked.connect(self._open_calendar)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101 - a line stands in a row
        layout.insertWidget(1, self.button)
        desk.tinted.connect(self._tint)
        self._tint()
        self.retranslate()

    def retranslate(self) -> None:
        """The form of the day, and the name of the button."""
        super().retranslate()
        if hasattr(self, "button"):
            name = self.desk.speech.say("window.fields.calendar")
            self.button.setAccessibleName(name)
            self.button.setToolTip(name)
        self.line.setPlaceholderText(self.desk.speech.say("window.fields.day_form"))

    def set_read_only(self, read_only: bool) -> None:
        """No calendar either."""
        super().set_read_only(read_only)
        self.button.setEnabled(not read_only)

    def _tint(self) -> None:
        self.button.setIcon(self.desk.look.icon("calendar", "accent"))

    def _open_calendar(self) -> None:
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = QDate.fromString(str(self.held), Qt.DateFormat.ISODate)
        if shown.isValid():
            calendar.setSelectedDate(shown)
        calendar.activated.connect(lambda day: self._picked(day, frame))
        calendar.clicked.connect(lambda day: self._picked(day, frame))
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(4, 4, 4, 4)
        inner.addWidget(calendar)
        frame.move(self.mapToGlobal(QPoint(0, self.height())))
        frame.show()
        calendar.setFocus()

    def _picked(self, day: QDate, frame: QFrame) -> None:
        frame.close()
        self.line.setFocus()
        self._give(day.toString(Qt.DateFormat.ISODate))
        self._show_formed()


def read_day(typed: str) -> Value:
    """A day as ISO 8601 from 1/4/2026, 1-4-2026, 1.4.26 or 2026-04-01; other text as it is."""
    text = typed.strip()
    european = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", text, re.ASCII)
    try:
        if european:
            day, month, year = (int(part) for part in european.groups())
            return date(year + 2000 if year < 100 else year, month, day).isoformat()
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    return typed


def show_day(value: Value, _: Language) -> str:
    """A day as 01/04/2026, the form that all three languages read alike here."""
    try:
        return date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    except ValueError:
        return str(value)
