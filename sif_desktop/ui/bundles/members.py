"""The members of a bundle in a table: what each is, whether signatures cover it, how it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView

from sif_desktop.app.looking import Seen, attachment_titles, changed_members
from sif_desktop.app.sizes import size_in_words
from sif_desktop.bundle.verdict import MemberVerdict
from sif_desktop.ui.bundles.parts import ICONS, RowDelegate, tip
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS = 8
"""Rows that the table is high; more are scrolled."""

_COLUMNS = ("what", "name", "size", "covered", "state")
_KINDS = {"proposal.json": "proposal", "proposal.pdf": "pdf", "call.json": "call"}
_MEASURED = 50


class MembersModel(QAbstractTableModel):
    """A row for each member, as the verification found it."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._titles: dict[str, str] = {}
        self._changed: frozenset[str] = frozenset()
        self._members: tuple[MemberVerdict, ...] = ()

    def show_seen(self, seen: Seen) -> None:
        """Shows the members of a bundle."""
        self.beginResetModel()
        self._members = seen.examination.verdict.members
        self._titles, self._changed = attachment_titles(seen), changed_members(seen)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's form
        """A row for each member."""
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802
        """What it is, its name, its size, whether it is covered, how it is."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self._speech.say(f"window.bundle.column.{_COLUMNS[section]}")
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell; the state has an icon too."""
        if not index.isValid():
            return None
        member, column = self._members[index.row()], _COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            tone = "good" if member.ok else "error"
            return self._look.icon(ICONS[tone], tone)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._said(member, column))
        return self._said(member, column) if role == Qt.ItemDataRole.DisplayRole else None

    def retranslate(self) -> None:
        """Says cells and heads anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_COLUMNS) - 1)
        if self._members:
            last = self.index(len(self._members) - 1, len(_COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _said(self, member: MemberVerdict, column: str) -> str:
        say = self._speech.say
        if column == "name":
            return member.name
        if column == "size":
            return size_in_words(member.size, self._speech.words)
        if column == "covered":
            return say(f"window.bundle.covered.{'yes' if member.covered else 'no'}")
        if column == "state":
            return say(f"window.bundle.member.{self._state(member)}")
        return self._what(member)

    def _what(self, member: MemberVerdict) -> str:
        say = self._speech.say
        kind = _KINDS.get(member.name)
        if kind:
            return say(f"window.export.what.{kind}")
        title = self._titles.get(member.name)
        if title:
            return say("window.export.what.attachment", title=title)
        return say("window.bundle.other_file")

    def _state(self, member: MemberVerdict) -> str:
        if member.ok:
            return "good"
        if not member.sha256:
            return "unread"
        return "changed" if member.covered or member.name in self._changed else "unsigned"


class MembersTable(QTableView):
    """The table, as high as its rows up to a bound."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__(showGrid=False, wordWrap=False)
        self._speech = speech
        self.members = MembersModel(speech, look)
        self.setModel(self.members)
        role(self, "members")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(RowDelegate(self))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + gap(1.75))

    def show_seen(self, seen: Seen) -> None:
        """Shows the members of a bundle."""
        self.members.show_seen(seen)
        self.fit()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        self.setAccessibleName(self._speech.say("window.bundle.members"))
        self.members.retranslate()
        self.fit()

    def fit(self) -> None:
        """As high as its rows, up to a bound; columns as wide as they need be."""
        metrics, model = self.fontMetrics(), self.members
        rows = model.rowCount()
        for column in range(1, len(_COLUMNS)):
            head = str(model.headerData(column, Qt.Orientation.Horizontal)) + "  "
            texts = [str(model.index(row, column).data()) for row in range(min(rows, _MEASURED))]
            width = max(metrics.horizontalAdvance(text) for text in (head, *texts))
            icon = gap(3) if _COLUMNS[column] == "state" else 0
            self.setColumnWidth(column, min(width, gap(32)) + icon + gap(3))
        height = min(max(rows, 1), MOST_ROWS) * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(height + self.horizontalHeader().sizeHint().height() + 4)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft
    if _COLUMNS[column] == "size":
        side = Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
