"""The page on workbooks: the budget out, and a workbook in after one saw what it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sif_desktop.app.sheet_review import Review
from sif_desktop.app.work import Work
from sif_desktop.calls.reading import partner_name
from sif_desktop.errors import SifError
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.columns import columns_of
from sif_desktop.ui.drop_zone import Dropping
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import COLUMN, gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.waiting import Waiting
from sif_desktop.ui.workbook.bringing import Bringing
from sif_desktop.ui.workbook.hand_view import HandView
from sif_desktop.ui.workbook.overview import InZone, OutCard
from sif_desktop.ui.workbook.review_view import ReviewView
from sif_desktop.ui.workbook.said import shown_name
from sif_desktop.ui.worker import Job, run

View = ReviewView | HandView


class SheetPage(Page):
    """One view at a time: the two ways, the columns of a stranger's sheet, and what it changes."""

    scrolls = False
    guided = False

    def build(self) -> None:
        """The two ways, and the other views, of which none is shown yet."""
        desk = self.desk
        self._job: Job | None = None
        self._told_of: Proposal | None = None
        self._ending: Callable[[], None] | None = None
        self.bringing = Bringing(self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)  # the name of a file stands in it
        self.notices = Notices(desk)
        self.out, self.zone = OutCard(desk), InZone(desk)
        self.no_budget = QLabel(wordWrap=True)
        role(self.no_budget, "lead")
        self.by_hand, self.review = HandView(desk), ReviewView(desk)
        self.stack = QStackedWidget()
        self.overview = self._overview()
        self.stack.addWidget(self.overview)
        self.stack.addWidget(self.by_hand)
        self.stack.addWidget(self.review)
        self.body.addWidget(self.stack, 1)
        self._connect()
        if self.may_bring:
            bring = self.bringing.bring
            Dropping(self, self.zone.show_over, lambda: self.view is self, bring)
        asked = bool(columns_of(desk.call))
        self.no_budget.setVisible(not asked)
        for widget in (self.out, self.zone):
            widget.setVisible(asked)

    @property
    def may_bring(self) -> bool:
        """Whether a workbook can be brought in."""
        return not self.desk.read_only and bool(columns_of(self.desk.call))

    @property
    def busy(self) -> bool:
        """Whether something is going on beside the window."""
        return self._job is not None

    @property
    def view(self) -> QWidget:
        """What is shown: the page itself for the two ways."""
        shown = self.stack.currentWidget()
        return shown if shown in (self.by_hand, self.review) else self

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The draft was changed: a workbook is looked at anew, and partners may be others."""
        super().refresh()
        if self._told_of is not None and self._told_of is not self.desk.proposal:
            self._told_of = None
            self.notices.clear()
        self.out.refresh()
        self.bringing.refresh()

    def retranslate(self) -> None:
        """All views."""
        super().retranslate()
        self.no_budget.setText(self.desk.speech.say("window.sheet.no_budget"))
        for part in (self.out, self.zone, self.by_hand, self.review):
            part.retranslate()
        self._say_heading()

    # -- going from one to the other --------------------------------------------------------

    def go(self, view: View | None = None) -> None:
        """Shows a view; the two ways without one, and the workbook is let go of then."""
        self.stack.setCurrentWidget(view or self.overview)
        if view is None:
            self.let_go_of_job()
            self.bringing.forget()
            self.by_hand.forget()
        if view is not self.review:
            self.review.forget()
        self._say_heading()
        self.order_tabs()
        if view:
            view.focus()
        elif self.may_bring:
            self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, severity: str, sentence: str, act: object = None, key: str = "") -> None:
        """Tells what was done beneath the two ways, until something else is; with what can be
        done about it under a key of the texts."""
        self.notices.clear()
        if callable(act):
            icon = "undo" if key == "undo" else "folder"
            name = self.desk.speech.say(f"window.sheet.{key}")
            self.notices.tell(severity, sentence, act, name, icon)
        else:
            self.notices.tell(severity, sentence)
        self._told_of = self.desk.proposal
        self.order_tabs()

    def tell_error(self, error: BaseException) -> None:
        """Tells why something could not be done."""
        if not isinstance(error, SifError):
            raise error
        self.tell("error", self.desk.speech.error(error))

    def tell_taken(self, found: Review) -> None:
        """Tells what was taken over, with the way back."""
        count = len(
            {edit.at.split("/")[1] if edit.op != "add" else edit.item["id"] for edit in found.edits}
        )
        said = self.desk.speech.say("window.sheet.taken", count=count, file=found.seen.origin.name)
        self.tell("good", said, self._undo, "undo")

    def _undo(self) -> None:
        self.desk.session.undo()
        self.tell("advice", self.desk.speech.say("window.sheet.undone"))
        self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- a workbook out ---------------------------------------------------------------------

    def _write(self) -> None:
        from sif_desktop.app.sheet import write_sheet
        from sif_desktop.app.signing import source_of
        from sif_desktop.ui.pages.export_place import ask_place, suggestion

        if self.busy:
            return
        say, partner = self.desk.speech.say, self.out.chosen
        named = (
            partner_name(self.desk.proposal, partner) if partner else say("window.sheet.out.name")
        )
        at = suggestion(self.desk, "xlsx", named)
        out = ask_place(self, say("window.sheet.out.save_title"), at, say("window.sheet.out.kind"))
        if out is None:
            return
        try:
            source = source_of(self.desk.session)
        except SifError as error:
            self.tell_error(error)
            return
        language = self.desk.speech.language

        def act(_: Work) -> None:
            write_sheet(source, out, language, partner)

        self.notices.clear()
        self.start(act, lambda _: self._written(out), self.tell_error, "window.sheet.out.writing")

    def _written(self, out: Path) -> None:
        said = self.desk.speech.say("window.sheet.out.done", file=str(out))
        self.tell("good", said, lambda: show_folder(out.parent), "folder")

    # -- behind it --------------------------------------------------------------------------

    def start(
        self,
        act: Callable[[Work], object],
        done: Callable[[object], None],
        failed: Callable[[BaseException], None],
        sentence: str = "",
    ) -> None:
        """Begins work beside the window; with a sentence, a window tells of it and can stop it."""
        job = self._job = run(act)

        def over(tell: Callable[..., None], what: object) -> None:
            if self._job is job:
                self._job = None
                tell(what)

        job.done.connect(lambda found: over(done, found))
        job.failed.connect(lambda error: over(failed, error))
        job.ended.connect(lambda: self._ended(job))
        if sentence:
            Waiting(self.window(), self.desk.speech, job, self.desk.speech.say(sentence))

    def let_go_of_job(self) -> None:
        """What is going on is not wanted any more."""
        if self._job:
            self._job.cancel()
            self._job = None

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None

    def _close(self) -> None:
        """The draft closes: what reads it ends first."""
        if self._job:
            self._job.cancel_and_wait()
        self._job = None

    def _say_heading(self) -> None:
        """The page's own name, or what the view is about."""
        say, book, view = self.desk.speech.say, self.bringing.book, self.view
        if view is self or book is None:
            self.heading.setText(say("window.sheet.title"))
            self.lead.setText(self.lead_text())
        else:
            key = "review" if view is self.review else "hand"
            self.heading.setText(
                say(f"window.sheet.{key}.heading", file=shown_name(book.path.name))
            )
            self.lead.setText(say(f"window.sheet.{key}.lead"))
        self.lead.setVisible(bool(self.lead.text()))

    def _overview(self) -> QScrollArea:
        inside = QWidget()
        role(inside, "column")
        inside.setMaximumWidth(COLUMN + gap(8))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, gap(1), 0)
        column.setSpacing(gap(2))
        for widget in (self.notices, self.no_budget, self.out, self.zone):
            column.addWidget(widget)
        column.addStretch(1)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(inside)
        return scroller

    def _connect(self) -> None:
        self.out.wanted.connect(self._write)
        self.zone.wanted.connect(self.bringing.bring)
        self.by_hand.changed.connect(self.bringing.preview)
        self.by_hand.wanted.connect(self.bringing.go_on)
        self.by_hand.reordered.connect(self.order_tabs)
        self.review.wanted.connect(self.bringing.take_over)
        self.review.wants_columns.connect(self.bringing.back_to_columns)
        for view in (self.by_hand, self.review):
            view.left.connect(self.go)
        self.desk.tinted.connect(self._tint)
        self.desk.closing.connect(self._close)

    def _tint(self) -> None:
        for part in (self.out, self.zone, self.by_hand, self.review):
            part.tint()
