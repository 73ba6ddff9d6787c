"""What came of a merge: in numbers and in words, with the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.deciding import Deciding
from sif_desktop.app.joint import LABEL
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.compare import compare
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.team.marked import Reader, write_differences
from sif_desktop.ui.team.state import StateRow


class DoneView(QWidget):
    """`left` asks to go back to the overview."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._done: tuple[Deciding, Proposal, Proposal] | None = None
        self._undone = False
        self._count = 0
        self.summary = StateRow(desk)
        self.title = QLabel()
        self.what = Reader(desk)
        self.back, self.undo = QPushButton(), QPushButton()
        role(self.back, "primary")
        self.back.clicked.connect(lambda _=False: self.left.emit())
        self.undo.clicked.connect(lambda _=False: desk.session.undo())
        self._arrange()
        desk.tinted.connect(self._tint)
        self._tint()

    def show_done(self, deciding: Deciding, before: Proposal, after: Proposal) -> None:
        """Shows what a merge changed."""
        self._done, self._undone = (deciding, before, after), False
        self.retranslate()

    @property
    def deciding(self) -> Deciding | None:
        """The merge that was carried out."""
        return self._done[0] if self._done else None

    def forget(self) -> None:
        """Lets go of the merge."""
        self._done = None
        self.what.clear()

    def focus(self) -> None:
        """Puts the focus where one goes on."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Whether it still stands, and whether undo would take it back next."""
        if self._done is None:
            return
        deciding, before, after = self._done
        act = (LABEL, deciding.plan.subject)
        session = self.desk.session
        if session.redo_next == act and self.desk.proposal is not after:
            self._undone = True
        elif session.undo_next == act:
            self._undone = False
        had_focus = self.undo.hasFocus()
        self.undo.setVisible(
            after is not before and session.undo_next == act and not self.desk.read_only
        )
        if had_focus and not self.undo.isVisible():
            self.focus()
        self._say()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.title.setText(say("window.team.done.what"))
        self.what.setAccessibleName(say("window.team.done.what"))
        self.back.setText(say("window.team.done.back"))
        self.undo.setText(say("window.team.done.undo"))
        self._write()
        self.refresh()

    def _say(self) -> None:
        if self._done is None:
            return
        deciding = self._done[0]
        self.changes.setVisible(not self._undone and self._count > 0)
        say = self.desk.speech.say
        if self._undone:
            self.summary.say(say("window.team.done.undone"), "undo", "advice")
            return
        picks = list(deciding.picks.values())
        key = "changes" if self._count else "change_none"
        said = [say(f"window.team.done.{key}", count=self._count)]
        if picks:
            mine, theirs = picks.count("mine"), picks.count("theirs")
            said.append(say("window.team.done.picked", mine=mine, theirs=theirs))
        left = len(deciding.open) - len(picks)
        if left:
            said.append(say("window.team.done.left", count=left))
        if deciding.news:
            said.append(say("window.team.merge.news", subject=deciding.plan.subject))
        icon = "warning" if left else "good"
        self.summary.say(" ".join(said), icon, icon)

    def _write(self) -> None:
        if self._done:
            deciding, before, after = self._done
            differences = compare(before, after, deciding.call, self.desk.speech.language)
            self._count = len(differences)
            write_differences(self.what, differences, self.desk)

    def _arrange(self) -> None:
        self.changes, inside = card(self.title)
        inside.setSpacing(gap(1))
        inside.addWidget(self.what, 1)
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addWidget(self.undo)
        foot.addStretch(1)
        foot.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.summary)
        layout.addWidget(self.changes, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

    def _tint(self) -> None:
        self.undo.setIcon(self.desk.look.icon("undo", "text"))
        self.back.setIcon(self.desk.look.icon("side-team", "on_accent"))
        self.summary.tint()
        self._write()
