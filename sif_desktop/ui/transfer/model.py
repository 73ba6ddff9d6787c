"""The fields to bring into a web form as rows of a list, under headings."""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.app.transfer import Entry
from sif_desktop.app.transfer_lines import Line, lines
from sif_desktop.app.transfer_sheet import TransferSheet
from sif_desktop.language import number
from sif_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

PREVIEW = 400
"""Signs of a text of which the beginning is shown in its row; it is copied whole."""

_TIP = 1500


class TransferModel(QAbstractListModel):
    """The lines of a sheet; a field under `LINE`, with its check. Headings cannot be chosen."""

    LINE = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk, sheet: TransferSheet) -> None:
        super().__init__()
        self._desk = desk
        self.sheet = sheet
        self.only_left = False
        self.lines: list[Line] = []
        self.renew()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Headings and fields together."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A field can be chosen, a heading cannot."""
        if not index.isValid() or self.lines[index.row()].entry is None:
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of the field; all about it for a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == self.LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(line)
        return self._of_field(line.entry, role) if line.entry else None

    def _of_field(self, entry: Entry, role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            done = self.sheet.state(entry) == "done"
            return Qt.CheckState.Checked if done else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole and entry.text:
            # As plain text: what looks like a tag in it is none.
            return f'<p style="white-space: pre-wrap">{html.escape(entry.text[:_TIP])}</p>'
        return None

    def renew(self) -> None:
        """Takes the lines of the sheet as it is now."""
        self.beginResetModel()
        sheet = self.sheet
        self.lines = list(
            lines(
                sheet.entries,
                lambda entry: not self.only_left or sheet.state(entry) != "done",
            )
        )
        self.endResetModel()

    def paint_all(self) -> None:
        """Paints all rows anew: ticks and counts are others."""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def row_of(self, address: str) -> int:
        """The row of the field at an address, or -1."""
        return next(
            (
                row
                for row, line in enumerate(self.lines)
                if line.entry is not None and line.entry.address == address
            ),
            -1,
        )

    def count_words(self, line: Line) -> str:
        """How many fields under the heading of a section were brought over."""
        done, count = self.sheet.done_of(line.text)
        return self._desk.speech.say("window.transfer.counted", done=done, count=count)

    def length_words(self, entry: Entry) -> str:
        """The length of a text against its limit; nothing of a field that was emptied."""
        if not entry.text:
            return ""
        speech = self._desk.speech
        count = number(entry.length, speech.language)
        if entry.longest is None:
            return speech.say("transfer.length", count=count)
        most = number(entry.longest, speech.language)
        key = f"{'over' if entry.over else 'within'}_{entry.origin}"
        return speech.say(f"transfer.{key}", count=count, most=most, excess=entry.over)

    def state_words(self, entry: Entry) -> str:
        """What is told of a field that is another since it was copied; else nothing."""
        if self.sheet.state(entry) != "changed":
            return ""
        return self._desk.speech.say("transfer.changed" if entry.text else "transfer.emptied")

    def _aloud(self, line: Line) -> str:
        if line.entry is None:
            counts = self.count_words(line) if line.kind == "section" else ""
            return ", ".join(filter(None, (line.text, counts)))
        entry = line.entry
        parts = (entry.item, entry.label, self.length_words(entry), self.state_words(entry))
        return ", ".join(filter(None, (*parts, preview(entry))))


def preview(entry: Entry) -> str:
    """The beginning of a text on one line."""
    return " ".join(entry.text[:PREVIEW].split())
