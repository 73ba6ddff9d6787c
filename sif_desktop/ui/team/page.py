"""The page on working together: an overview, and from it a packet, a merge, a sign-off.

In a draft that is a packet it shows what its partner fills in, and lets it sign that off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sif_desktop.app import signoffs
from sif_desktop.app.team import Member, last_assigned, members
from sif_desktop.app.work import Work
from sif_desktop.calls.reading import partner_name
from sif_desktop.errors import SifError
from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.drop_zone import Dropping
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import COLUMN, gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.team.bring import BringZone
from sif_desktop.ui.team.done_view import DoneView
from sif_desktop.ui.team.heading import said
from sif_desktop.ui.team.members import Members
from sif_desktop.ui.team.merge_view import MergeView
from sif_desktop.ui.team.merging import Merging
from sif_desktop.ui.team.own_view import OwnView
from sif_desktop.ui.team.packet_view import PacketView
from sif_desktop.ui.team.packing import Packing
from sif_desktop.ui.team.sign_view import SignView
from sif_desktop.ui.waiting import Waiting
from sif_desktop.ui.worker import Job, run

View = PacketView | SignView | MergeView | DoneView


class TeamPage(Page):
    """One view at a time: the overview, and those that lead back to it."""

    scrolls = False
    guided = False

    def build(self) -> None:
        """The overview and the other views, of which none is shown yet."""
        self._job: Job | None = None
        self._looking: Job | None = None
        self._again = False
        self._told_of: Proposal | None = None
        self.packing, self.merging = Packing(self), Merging(self)
        self.notices = Notices(self.desk)
        self.zone, self.members = BringZone(self.desk), Members(self.desk)
        self.own = OwnView(self.desk)
        self.packet, self.sign = PacketView(self.desk), SignView(self.desk)
        self.merge, self.done = MergeView(self.desk), DoneView(self.desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._overview())
        for view in (self.packet, self.merge, self.done):
            self.stack.addWidget(view)
        self.stack.addWidget(_scrolling(self.sign))
        self.body.addWidget(self.stack, 1)
        self._connect()
        if self.may_merge:
            bring = self.merging.bring
            Dropping(self, self.zone.show_over, lambda: self.view is self, bring)
        self.zone.setVisible(self.may_merge)
        self.members.setVisible(self.desk.own is None)
        self.own.setVisible(self.desk.own is not None)

    @property
    def may_merge(self) -> bool:
        """Whether a file can be brought in: not in a packet, nor where nothing can be written."""
        return self.desk.own is None and not self.desk.read_only

    @property
    def busy(self) -> bool:
        """Whether something is going on beside the window."""
        return self.at_work or self._looking is not None

    @property
    def at_work(self) -> bool:
        """Whether a packet is being made, or a file looked at or taken over."""
        return self._job is not None

    @property
    def view(self) -> QWidget:
        """What is shown: the overview where it is none of the others."""
        shown = self.stack.currentWidget()
        return next((one for one in self._views() if one is shown or _holds(shown, one)), self)

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The draft was changed: a merge is looked at anew, and how the partners stand."""
        super().refresh()
        if self._told_of is not None and self._told_of is not self.desk.proposal:
            self._told_of = None
            self.notices.clear()
        self.merging.refresh()
        self.done.refresh()
        if self.desk.own and self.own.refresh():
            self.order_tabs()
        self.look()

    def show_findings(self) -> None:
        """What is wrong with the own parts."""
        super().show_findings()
        if self.desk.own:
            self.own.parts.show_findings()

    def retranslate(self) -> None:
        """All views."""
        super().retranslate()
        self.zone.retranslate()
        self.members.retranslate()
        if self.desk.own:
            self.own.retranslate()
        for view in self._views():
            view.retranslate()
        self._say_heading()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Sign-offs and packets may be others than when it was shown last."""
        super().showEvent(event)
        if not event.spontaneous():
            self.refresh()

    # -- the overview -----------------------------------------------------------------------

    def go(self, view: View | None = None) -> None:
        """Shows a view; the overview without one."""
        if view is not self.merge:
            self.merge.forget()
        if view is not self.done:
            self.done.forget()
        came_from = self.view
        place = 1 + self._views().index(view) if view else 0
        self.stack.setCurrentIndex(place)
        self._say_heading()
        self.order_tabs()
        if view:
            view.focus()
        else:
            self._button_of(came_from).setFocus(Qt.FocusReason.OtherFocusReason)

    def _button_of(self, view: QWidget) -> QWidget:
        """What led to a view: it has the focus again when one comes back."""
        rows = self.members.rows
        if view is self.packet and self.packet.member and self.packet.member.partner in rows:
            return rows[self.packet.member.partner].packet
        if view is self.sign:
            return rows[self.sign.partner].sign if self.sign.partner in rows else self.own.sign
        return self.zone.choose if self.may_merge else self

    def look(self) -> None:
        """Looks up how the partners stand, beside the window: the history may be long."""
        session = self.desk.session
        session.settle()  # which tells of a change, and so may come here on its way
        if self._looking:
            self._again = True
            return
        draft, proposal = session.draft, self.desk.proposal

        def act(_: Work) -> list[Member]:
            return members(draft, proposal)

        job = self._looking = run(act)
        job.done.connect(self._show_members)
        job.failed.connect(self._not_looked)
        job.ended.connect(self._looked)

    def _show_members(self, found: Sequence[Member]) -> None:
        if self.desk.own:
            partner = self.own.partner
            self.own.show_member(next((one for one in found if one.partner == partner), None))
        elif self.members.show_members(found):
            self.order_tabs()

    def _not_looked(self, error: BaseException) -> None:
        if self._again and self._looking:
            return  # the draft was changed meanwhile: it is looked at once more
        self.tell_error(error)

    def _looked(self) -> None:
        self._looking = None
        again, self._again = self._again, False
        if again:
            self.look()

    # -- a sign-off -------------------------------------------------------------------------

    def begin_sign(self, partner: str) -> None:
        """Shows what a partner would sign off."""
        member = self.members.member(partner)
        assigned = self.own.assigned if self.desk.own else ()
        if member and not self.desk.own:
            assigned = last_assigned(member)
        self.notices.clear()
        self.sign.show_parts(partner, assigned)
        self.go(self.sign)

    def _sign_off(self) -> None:
        session, by = self.desk.session, " ".join(self.sign.by.text().split())
        partner = self.sign.partner
        session.settle()
        try:
            if session.trouble:
                raise session.trouble
            session.draft.require_writing()
            signoffs.sign_off(session.draft, partner, by)
        except SifError as error:
            self.sign.notices.clear()
            self.sign.notices.tell("error", self.desk.speech.error(error))
            return
        self.go()
        name = partner_name(self.desk.proposal, partner)
        said = self.desk.speech.say("window.team.sign.done", partner=name, by=by)
        self.tell("good", said)
        self.look()

    # -- behind it --------------------------------------------------------------------------

    def start(self, act: Callable[[Work], object], sentence: str) -> Job:
        """Begins work beside the window, with a sentence that tells of it."""
        job = self._job = run(act)
        job.ended.connect(lambda: self._ended(job))
        Waiting(self.window(), self.desk.speech, job, self.desk.speech.say(sentence))
        return job

    def forget_job(self) -> None:
        """What was going on came to an outcome: something else may be begun."""
        self._job = None

    def tell(
        self,
        severity: str,
        sentence: str,
        act: Callable[[], object] | None = None,
        name: str = "",
    ) -> None:
        """Tells in the overview what was done, until something else is."""
        self.notices.clear()
        self.notices.tell(severity, sentence, act, name, "folder")
        self.order_tabs()
        self._told_of = self.desk.proposal

    def tell_error(self, error: BaseException) -> None:
        """Tells why something could not be done, where it was asked for."""
        if not isinstance(error, SifError):
            raise error
        notices = self.packet.notices if self.view is self.packet else self.notices
        notices.clear()
        notices.tell("error", self.desk.speech.error(error))
        self.order_tabs()

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _let_go(self) -> None:
        """The draft closes: what reads or writes it ends first."""
        self._again = False
        for job in (self._job, self._looking):
            if job:
                job.cancel_and_wait()
        self._job = self._looking = None

    def _views(self) -> list[Any]:
        return [self.packet, self.merge, self.done, self.sign]

    def _say_heading(self) -> None:
        """The page's own name, or what the view is about."""
        heading, lead = said(self)
        self.heading.setText(heading)
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))

    def _overview(self) -> QWidget:
        inside = QWidget()
        role(inside, "column")
        inside.setMaximumWidth(COLUMN + gap(30))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, gap(1), 0)
        column.setSpacing(gap(2))
        for widget in (self.notices, self.zone, self.own, self.members):
            column.addWidget(widget)
        column.addStretch(1)
        return _scrolling(inside)

    def _connect(self) -> None:
        self.zone.wanted.connect(self.merging.bring)
        self.members.wants_packet.connect(self.packing.begin)
        self.members.wants_sign.connect(self.begin_sign)
        self.members.wants_partners.connect(lambda: self.desk.jump.emit("partners"))
        self.own.wants_sign.connect(self.begin_sign)
        self.own.wanted.connect(self.desk.jump)
        self.packet.wanted.connect(self.packing.write)
        self.merge.wanted.connect(self.merging.carry_out)
        self.sign.wanted.connect(self._sign_off)
        for view in self._views():
            view.left.connect(self.go)
        self.desk.tinted.connect(self._tint)
        self.desk.closing.connect(self._let_go)

    def _tint(self) -> None:
        self.zone.tint()
        self.members.tint()
        self.own.tint()


def _scrolling(widget: QWidget) -> QScrollArea:
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(widget)
    return scroller


def _holds(shown: QWidget | None, view: QWidget) -> bool:
    return isinstance(shown, QScrollArea) and shown.widget() is view
