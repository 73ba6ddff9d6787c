"""The history of the draft: its moments, what differs between two of them, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app import past
from sif_desktop.app.past import Past
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.past.comparison import Comparison
from sif_desktop.ui.past.head import MomentHead
from sif_desktop.ui.past.list import MomentsList
from sif_desktop.ui.past.model import MomentsModel
from sif_desktop.ui.past.returning import Returning
from sif_desktop.ui.worker import Job, run

_NARROW, _BROAD = gap(28), gap(56)


class HistoryPage(Page):
    """Who did what and when. The history is read beside the window, and then read on."""

    scrolls = False
    guided = False

    def build(self) -> None:
        """The list, and what is told and done about the moment that is chosen."""
        desk = self.desk
        self._past: Past | None = None
        self._job: Job | None = None
        self._again = False
        self._told_of: Proposal | None = None
        self.notices = Notices(desk)
        self.model = MomentsModel(desk)
        self.list = MomentsList(desk, self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.list.wants_in.connect(self._go_in)
        self.only_named = QCheckBox()
        self.only_named.toggled.connect(self._filter)
        self.nothing = QLabel(wordWrap=True)
        role(self.nothing, "muted")
        self.head = MomentHead(desk, self.model)
        self.returning = Returning(self)
        self.comparison = Comparison(desk, self.model, self.notices)
        self._lay_out()
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether something goes on beside the window."""
        return self._job is not None or self.comparison.busy or self.returning.busy

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The draft was changed: its history is read on."""
        super().refresh()
        if self._told_of is not None and self._told_of is not self.desk.proposal:
            self._told_of = None
            self.notices.clear()
        self.returning.forget()
        self.look()

    def retranslate(self) -> None:
        """The list too: it is all in words."""
        super().retranslate()
        say = self.desk.speech.say
        self.list.setAccessibleName(say("window.history.list"))
        self.list.setAccessibleDescription(say("window.history.keys"))
        self.model.retranslate()
        self.returning.forget()
        self.head.retranslate()
        self.comparison.retranslate()
        self._show_counts()
        self._tell_chosen()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Names and changes may be others than when it was shown last; the list takes the keys."""
        super().showEvent(event)
        if not event.spontaneous():
            self.look()
            QTimer.singleShot(0, self, self.list.setFocus)

    # -- the history ------------------------------------------------------------------------

    def look(self) -> None:
        """Reads the history beside the window, from where it is known."""
        if self._job:
            self._again = True
            return
        session = self.desk.session
        session.settle()
        if self._job:
            return  # settling told of a change, and that it is looked at already
        draft, call, known = session.draft, self.desk.call, self._past

        def act(work: Work) -> Past:
            return past.read(draft, call, known, work)

        job = self._job = run(act)
        job.done.connect(self._show_past)
        job.failed.connect(self._failed)
        job.ended.connect(lambda: self._looked(job))

    def _show_past(self, found: Past) -> None:
        """The rows as they are now; the one that was chosen stays so."""
        known, self._past = self._past, found
        chosen, top = self.list.chosen, self.list.verticalScrollBar().value()
        was_now = known is None or (chosen is not None and chosen.seq == known.last)
        self.model.retranslate()
        self.model.show_past(found)
        row = self.model.row_of(chosen)
        if row >= 0 and not (was_now and chosen and chosen.seq != found.last):
            self.list.choose(row)
            self.list.verticalScrollBar().setValue(top)
        elif self.model.lines:
            self.list.choose(min(1, len(self.model.lines) - 1) if known is None else 0)
        self._show_counts()
        self._chosen()
        if found.trouble and known is None:
            self._failed(found.trouble)

    def _looked(self, job: Job) -> None:
        if self._job is job:
            self._job = None
        again, self._again = self._again, False
        if again:
            self.look()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self.notices.clear()
        self.notices.tell("error", self.desk.speech.error(error))

    def _filter(self) -> None:
        chosen = self.list.chosen
        self.model.only_named = self.only_named.isChecked()
        self.model.renew()
        row = self.model.row_of(chosen)
        if self.model.lines:
            self.list.choose(row if row >= 0 else min(1, len(self.model.lines) - 1))
        self._show_counts()
        self._chosen()

    def _show_counts(self) -> None:
        say, found = self.desk.speech.say, self._past
        count = len(found.names) if found else 0
        self.only_named.setText(say("window.history.only_named", count=count))
        self.only_named.setEnabled(count > 0 or self.only_named.isChecked())
        said = ""
        if found and not self.model.lines:
            said = say("window.history.none_named")
        elif found and not found.acts:
            said = say("history.nothing")
        self.nothing.setText(said)
        self.nothing.setVisible(bool(said))

    # -- the moment that is chosen ----------------------------------------------------------

    def _chosen(self) -> None:
        self.returning.forget()
        self.head.ask_name.hide()
        self._tell_chosen()
        self.comparison.look_at(self.list.chosen)
        if self.scroller:
            self.scroller.verticalScrollBar().setValue(0)

    def _tell_chosen(self) -> None:
        self.head.show_moment(self.list.chosen, self.returning.why_not())

    def _go_in(self) -> None:
        """To what differs, where there is something to read."""
        goal = self.comparison.text
        if goal.isVisible():
            goal.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.comparison.against.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _begin_name(self) -> None:
        line = self.list.chosen
        if line is None:
            return
        self.returning.forget()
        self.notices.clear()
        self.head.ask_name.ask((self.model.past.names.get(line.seq) or ("",))[-1])
        self.reveal(self.head.ask_name)

    def _give_name(self) -> None:
        line, session = self.list.chosen, self.desk.session
        if line is None:
            return
        session.settle()
        try:
            if session.trouble:
                raise session.trouble
            kept = past.name_moment(session.draft, line.seq, self.head.ask_name.name)
        except SifError as error:
            self.head.ask_name.tell(self.desk.speech.error(error))
            self.head.ask_name.line.setFocus()
            return
        self.head.ask_name.leave()
        self.notices.clear()
        self.notices.tell("good", self.desk.speech.say("window.history.name_done", name=kept))
        self.look()

    def tell_done(self, said: str) -> None:
        """Tells that one went back, with the way to undo it, until something else is changed."""
        say = self.desk.speech.say
        self.notices.clear()
        self.notices.tell("good", said, self.desk.session.undo, say("window.history.undo"))
        self._told_of = self.desk.proposal
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- how it is put together -------------------------------------------------------------

    def _connect(self) -> None:
        self.head.wants_back.connect(self._begin_back)
        self.head.wants_name.connect(self._begin_name)
        self.head.ask_back.agreed.connect(self.returning.carry_out)
        self.head.ask_back.left.connect(self._back_left)
        self.head.ask_name.agreed.connect(self._give_name)
        self.head.ask_name.left.connect(
            lambda: self.head.name.setFocus(Qt.FocusReason.OtherFocusReason)
        )
        self.desk.tinted.connect(self.list.viewport().update)
        self.desk.closing.connect(self._let_go)

    def _begin_back(self) -> None:
        self.head.ask_name.hide()
        self.returning.begin(self.list.chosen)

    def _back_left(self) -> None:
        self.returning.forget()
        self.head.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go(self) -> None:
        """The draft closes: what reads it ends first."""
        self._again = False
        if self._job:
            self._job.cancel_and_wait()
        self._job = None
        self.returning.let_go()

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        left.setMinimumWidth(_NARROW)
        left.setMaximumWidth(_BROAD)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(1))
        column.addWidget(self.only_named)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(gap(1))
        beside.addWidget(self.head)
        beside.addWidget(self.comparison, 1)
        halves = QHBoxLayout()
        halves.setSpacing(gap(3))
        halves.addWidget(left, 2)
        self.scroller = _scroller(right)
        halves.addWidget(self.scroller, 3)
        self.body.addWidget(self.notices)
        self.body.addLayout(halves, 1)


def _scroller(widget: QWidget) -> QScrollArea:
    """In a small window, what is asked and what differs do not fit one above the other."""
    role(widget, "column")
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(widget)
    return scroller
