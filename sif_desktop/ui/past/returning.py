"""Going back to a moment: looked up beside the window, asked, and then done as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sif_desktop.app.going_back import Back, go_back_in, plan_back, why_not
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.teamwork.compare import Difference, compare
from sif_desktop.ui.past.model import Line
from sif_desktop.ui.worker import Job, run

if TYPE_CHECKING:
    from sif_desktop.ui.past.page import HistoryPage

_MOST_SECTIONS = 6


class Returning:
    """What the page does about it. A plan holds for the draft as it was when it was made."""

    def __init__(self, page: HistoryPage) -> None:
        self._page, self._desk = page, page.desk
        self._job: Job | None = None
        self._plan: Back | None = None
        # Neither changes while a draft is open, and asking waits for whoever reads it just now.
        self._obstacle = why_not(self._desk.session.draft)

    @property
    def busy(self) -> bool:
        """Whether it is looked up what would change."""
        return self._job is not None

    def why_not(self) -> str:
        """Why nobody can go back here, in words; "" where one can."""
        error = self._obstacle
        if error is None:
            return ""
        speech = self._desk.speech
        return speech.find(f"window.history.why.{error.key}") or speech.error(error)

    def begin(self, line: Line | None) -> None:
        """Looks up what going back to a moment would change, and asks."""
        self.forget()
        if line is None:
            return
        session = self._desk.session
        session.settle()
        self._page.notices.clear()
        if session.trouble:
            self._failed(session.trouble)
            return
        draft, now, seq = session.draft, self._desk.proposal, line.seq
        call, language = self._desk.call, self._desk.speech.language

        def act(work: Work) -> tuple[Back, list[Difference]]:
            plan = plan_back(draft, now, seq, work)
            heed = lambda: work.at("compare")  # noqa: E731
            return plan, compare(now, plan.then, call, language, heed)

        job = self._job = run(act)
        job.done.connect(lambda found: self._ask(*found))
        job.failed.connect(self._failed)
        job.ended.connect(lambda: self._ended(job))

    def carry_out(self) -> None:
        """Goes back, as was asked; where the draft was changed since, it is asked anew."""
        plan, page = self._plan, self._page
        page.head.ask_back.hide()
        if plan is None:
            return
        session = self._desk.session
        session.settle()
        if plan.now is not self._desk.proposal:
            self.begin(Line("act", plan.seq, plan.seq))
            return
        self._plan = None
        go_back_in(session, plan)
        say = self._desk.speech.say
        page.tell_done(say("window.history.back_done", moment=page.model.moment(plan.seq)))

    def forget(self) -> None:
        """Nothing is asked any more."""
        job, self._job = self._job, None
        if job:
            job.cancel()
        self._plan = None
        self._page.head.ask_back.hide()

    def let_go(self) -> None:
        """The draft closes: what reads it ends first."""
        if self._job:
            self._job.cancel_and_wait()
        self.forget()

    def _ask(self, plan: Back, found: Sequence[Difference]) -> None:
        page, say = self._page, self._desk.speech.say
        if not plan.edits:
            page.notices.tell("advice", say("window.history.back_same"))
            return
        self._plan = plan
        key = "back_one" if len(found) == 1 else "back_many"
        what = say(f"window.history.{key}", count=len(found), sections=_sections(found))
        page.head.ask_back.ask(page.model.moment(plan.seq), what)
        page.reveal(page.head.ask_back)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self._page.notices.clear()
        self._page.notices.tell("error", self._desk.speech.error(error))

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None


def _sections(found: Sequence[Difference]) -> str:
    """The sections in which something changes, with how much."""
    counts = Counter(one.section for one in found)
    said = [f"{section} ({count})" for section, count in counts.items()]
    return ", ".join(said[:_MOST_SECTIONS]) + (" …" if len(said) > _MOST_SECTIONS else "")
