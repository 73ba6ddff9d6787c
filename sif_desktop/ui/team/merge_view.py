"""A merge before it is carried out: what is taken over, and what a person has to choose."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.deciding import Answer, Deciding
from sif_desktop.teamwork.choice import Pick
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.team.choice_card import ChoiceCard
from sif_desktop.ui.team.choices import ChoicesModel, ChoicesView
from sif_desktop.ui.team.marked import Reader, write_differences

CHOICES, TAKEN = 0, 1


class MergeView(QWidget):
    """The choices with a card for the chosen one, and what is taken over; each behind a tab.

    `wanted` asks to carry it out, `left` to leave it. Nothing is written here.
    """

    wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.deciding: Deciding | None = None
        self.notices = Notices(desk)
        self.about = QLabel(wordWrap=True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.tabs = QTabBar(drawBase=False, expanding=False)
        for _ in (CHOICES, TAKEN):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._turn)
        self.model = ChoicesModel(desk)
        self.list = ChoicesView(desk, self.model)
        self.card = ChoiceCard(desk)
        self.taken = Reader(desk)
        self.counter, self.later_note = QLabel(), QLabel(wordWrap=True)
        role(self.counter, "label")
        role(self.later_note, "small")
        self.rest: dict[Pick, QPushButton] = {"mine": QPushButton(), "theirs": QPushButton()}
        self.cancel, self.merge = QPushButton(), QPushButton()
        role(self.merge, "primary")
        self._arrange()
        self._connect()
        self._tint()

    # -- what is shown ----------------------------------------------------------------------

    def show_merge(self, deciding: Deciding, *, anew: bool = False) -> None:
        """Shows a merge; `anew` where it takes the place of an earlier look at the same file."""
        at = self.model.choice(self.list.currentIndex().row()) if anew else None
        self.deciding = deciding
        self.notices.clear()
        if anew:
            self.notices.tell("advice", self.desk.speech.say("window.team.merge.anew"))
        self.model.show(deciding)
        keys = [choice.key for choice in deciding.open]
        row = keys.index(at.key) if at and at.key in keys else 0
        self.list.setCurrentIndex(self.model.index(row))
        self.retranslate()
        if not anew:
            self.tabs.setCurrentIndex(CHOICES if keys else TAKEN)
        self._turn()

    def focus(self) -> None:
        """Puts the focus where one begins."""
        first = self.list if self.deciding and self.deciding.open else self.merge
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Lets go of the merge."""
        self.deciding = None
        self.model.show(None)
        self.taken.clear()
        self.notices.clear()

    def tell_trouble(self, sentence: str) -> None:
        """Tells why it could not be carried out."""
        self.notices.clear()
        self.notices.tell("error", sentence)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say, deciding = self.desk.speech.say, self.deciding
        self.list.setAccessibleName(say("window.team.merge.list"))
        self.list.setAccessibleDescription(say("window.team.merge.keys"))
        self.list.setToolTip(say("window.team.merge.keys"))
        self.tabs.setAccessibleName(say("window.team.merge.tabs"))
        self.taken.setAccessibleName(say("window.team.merge.taken_name"))
        self.later_note.setText(say("window.team.merge.later_note"))
        self.cancel.setText(say("window.team.cancel"))
        self.merge.setText(say("window.team.merge.do"))
        for pick, button in self.rest.items():
            button.setText(say(f"window.team.merge.rest_{pick}"))
            button.setToolTip(say(f"window.team.merge.rest_{pick}_tip"))
            button.setAccessibleDescription(button.toolTip())
        if deciding is None:
            return
        deciding.tell_in(self.desk.speech.language)
        self._say_about(deciding)
        self._write_taken()
        self._show_current()
        self.model.tell()
        self._count()

    def _say_about(self, deciding: Deciding) -> None:
        say, subject = self.desk.speech.say, deciding.plan.subject
        said = []
        if deciding.is_gone:
            said.append(say("window.team.merge.gone", subject=subject))
        if not deciding.taken and not deciding.open:
            said.append(say("window.team.merge.nothing"))
        if deciding.news:
            said.append(say("window.team.merge.news", subject=subject))
        if deciding.plan.settled:
            said.append(say("window.team.merge.settled", count=len(deciding.plan.settled)))
        self.about.setText(" ".join(said))
        self.about.setVisible(bool(said))

    def _count(self) -> None:
        """How many choices were made, in words and on the tabs."""
        deciding, say = self.deciding, self.desk.speech.say
        if deciding is None:
            return
        count, made = len(deciding.open), deciding.made
        key = "counter" if count else "nothing_to_choose"
        self.counter.setText(say(f"window.team.merge.{key}", made=made, count=count))
        self.tabs.setTabText(CHOICES, say("window.team.merge.tab_choices", made=made, count=count))
        self.tabs.setTabText(TAKEN, say("window.team.merge.tab_taken", count=len(deciding.taken)))
        self.tabs.setTabVisible(CHOICES, count > 0)
        self.later_note.setVisible(made < count)
        for button in self.rest.values():
            button.setVisible(count > 1)
            button.setEnabled(made < count)

    def _write_taken(self) -> None:
        if self.deciding:
            write_differences(self.taken, self.deciding.taken, self.desk)

    # -- choosing ---------------------------------------------------------------------------

    def answer(self, answer: Answer) -> None:
        """Answers the chosen choice."""
        row = self.list.currentIndex().row()
        choice = self.model.choice(row)
        if self.deciding and choice:
            self.deciding.pick(choice.key, answer)
            self.model.tell(row)
            self.card.point(answer)
            self._count()

    def answer_rest(self, pick: Pick) -> None:
        """Gives one answer to all choices that have none."""
        if self.deciding:
            self.deciding.pick_rest(pick)
            self.model.tell()
            self._show_current()
            self._count()
            self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Shows the next choice without an answer; with none left, the focus is on merging."""
        row = self.model.next_open(self.list.currentIndex().row())
        if row < 0:
            self.merge.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.list.setCurrentIndex(self.model.index(row))
        self.card.focus()

    def _current_changed(self, _: QModelIndex, __: QModelIndex) -> None:
        self._show_current()
        self.scroller.verticalScrollBar().setValue(0)

    def _show_current(self) -> None:
        choice = self.model.choice(self.list.currentIndex().row())
        if self.deciding and choice:
            self.card.show_choice(self.deciding, choice)

    def _turn(self, _: int = 0) -> None:
        choosing = bool(self.deciding and self.deciding.open)
        wanted = CHOICES if choosing and self.tabs.currentIndex() == CHOICES else TAKEN
        self.sides.setCurrentIndex(wanted)

    # -- how it is put together -------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The list takes its share of the width."""
        super().resizeEvent(event)
        self.list.setFixedWidth(min(max(self.width() * 3 // 10, 200), 420))

    def _arrange(self) -> None:
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        role(holder, "column")
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, gap(1), 0)
        inner.addWidget(self.card)
        inner.addStretch(1)
        self.scroller.setWidget(holder)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(2))
        row.addWidget(self.list)
        row.addWidget(self.scroller, 1)
        whole = QFrame()
        role(whole, "card")
        text = QVBoxLayout(whole)
        text.setContentsMargins(gap(2), gap(1.5), gap(1), gap(1.5))
        text.addWidget(self.taken)
        self.sides = QStackedWidget()
        self.sides.addWidget(both)
        self.sides.addWidget(whole)
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addWidget(self.counter)
        for button in self.rest.values():
            role(button, "quiet")
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.merge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        for widget in (self.notices, self.about, self.tabs):
            layout.addWidget(widget)
        layout.addWidget(self.sides, 1)
        layout.addWidget(self.later_note)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.answered.connect(self.answer)
        self.list.wants_in.connect(self.card.focus)
        self.card.answered.connect(self.answer)
        self.card.wants_next.connect(self.go_on)
        for pick, button in self.rest.items():
            button.clicked.connect(lambda _=False, pick=pick: self.answer_rest(pick))
        self.cancel.clicked.connect(lambda _=False: self.left.emit())
        self.merge.clicked.connect(lambda _=False: self.wanted.emit())
        self.desk.tinted.connect(self._tint)

    def _tint(self) -> None:
        self.merge.setIcon(self.desk.look.icon("side-team", "on_accent"))
        self._write_taken()
