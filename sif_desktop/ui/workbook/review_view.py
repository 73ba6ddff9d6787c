"""What a workbook would do, before it is done: the differences, what cannot be read, the sums."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.sheet_review import Review, entries
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.team.state import StateRow
from sif_desktop.ui.workbook.lines import EntriesModel, EntriesView
from sif_desktop.ui.workbook.said import say_review
from sif_desktop.ui.workbook.sums import SumsModel, SumsTable


class ReviewView(QWidget):
    """`wanted` asks to take over, `left` to leave it, `wants_columns` to choose columns anew."""

    wanted = Signal()
    left = Signal()
    wants_columns = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.found: Review | None = None
        self.notices = Notices(desk)
        self.summary = StateRow(desk)
        self.model, self.sums = EntriesModel(desk), SumsModel(desk)
        self.list, self.table = EntriesView(desk, self.model), SumsTable(self.sums)
        self.list_title, self.sums_title = QLabel(), QLabel(wordWrap=True)
        for label, view in ((self.list_title, self.list), (self.sums_title, self.table)):
            role(label, "label")
            label.setBuddy(view)
        self.cancel, self.columns, self.take = QPushButton(), QPushButton(), QPushButton()
        role(self.take, "primary")
        self.cancel.clicked.connect(lambda _=False: self.left.emit())
        self.columns.clicked.connect(lambda _=False: self.wants_columns.emit())
        self.take.clicked.connect(lambda _=False: self.wanted.emit())
        self._arrange()

    def show_review(self, found: Review, *, by_hand: bool, anew: bool = False) -> None:
        """Shows what was seen; `anew` where it takes the place of an earlier look."""
        at = self.list.currentIndex().row() if anew else 0
        self.found = found
        self.notices.clear()
        if anew:
            self.notices.tell("advice", self._desk.speech.say("window.sheet.review.anew"))
        self.columns.setVisible(by_hand)
        self.retranslate()
        self.list.setCurrentIndex(self.model.index(min(at, self.model.rowCount() - 1)))

    def forget(self) -> None:
        """Lets go of what was seen."""
        self.found = None
        self.model.show((), "")
        self.sums.show(())
        self.notices.clear()

    def tell_trouble(self, sentence: str) -> None:
        """Tells why it could not be done."""
        self.notices.clear()
        self.notices.tell("error", sentence)

    def focus(self) -> None:
        """Puts the focus where one begins to read."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say, found = self._desk.speech.say, self.found
        self.list_title.setText(say("window.sheet.review.list"))
        self.sums_title.setText(say("window.sheet.sums.title"))
        self.cancel.setText(say("window.sheet.cancel"))
        self.columns.setText(say("window.sheet.review.columns"))
        self.take.setText(say("window.sheet.review.take"))
        self.list.hint = say("window.sheet.review.nothing")
        self.list.setAccessibleDescription(say("window.sheet.review.keys"))
        if found is None:
            return
        self.summary.say(*say_review(self._desk, found))
        self.take.setEnabled(found.can_be_done)
        row = self.list.currentIndex().row()
        told = entries(found, self._desk.speech.words)
        self.model.show(told, found.seen.changes.sheet)
        self.list.setCurrentIndex(self.model.index(max(row, 0)))
        self.sums.show(found.sums)

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        look = self._desk.look
        self.take.setIcon(look.icon("import", "on_accent"))
        self.columns.setIcon(look.icon("back", "text"))
        self.summary.tint()
        self.list.viewport().update()

    def _arrange(self) -> None:
        sides = QHBoxLayout()
        sides.setSpacing(gap(2))
        for label, view, share in (
            (self.list_title, self.list, 3),
            (self.sums_title, self.table, 2),
        ):
            column = QVBoxLayout()
            column.setSpacing(gap(0.75))
            column.addWidget(label)
            column.addWidget(view, 1)
            sides.addLayout(column, share)
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addWidget(self.cancel)
        foot.addWidget(self.columns)
        foot.addStretch(1)
        foot.addWidget(self.take)
        frame = QFrame()
        role(frame, "card")
        said = QVBoxLayout(frame)
        said.setContentsMargins(gap(1.5), gap(1), gap(1.5), gap(1))
        said.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.notices)
        layout.addWidget(frame)
        layout.addLayout(sides, 1)
        layout.addLayout(foot)
        self.tint()
