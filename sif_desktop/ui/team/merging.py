"""From a file that came back to a merge, one act of the session that undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import deciding as decisions
from sif_desktop.app import joint
from sif_desktop.app.deciding import Deciding
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError

if TYPE_CHECKING:
    from sif_desktop.ui.team.page import TeamPage


class Merging:
    """What the page does about merging. A plan holds for the draft as it was when it was made:
    where that was changed since, all is planned anew, and what was answered is kept."""

    def __init__(self, page: TeamPage) -> None:
        self._page, self._desk = page, page.desk

    def bring(self, paths: Sequence[Path]) -> None:
        """Looks at a file that came back, beside the window; nothing is changed by that."""
        page = self._page
        if not page.may_merge or page.at_work:
            return
        page.notices.clear()
        if len(paths) != 1:
            page.tell("advice", self._desk.speech.say("window.team.bring.one_only"))
            return
        self._plan(paths[0], self._planned)

    def refresh(self) -> None:
        """The draft may have been changed since the merge that is shown was planned."""
        found = self._page.merge.deciding
        if found and not self._page.at_work and self._is_stale(found):
            self._look_anew(found)

    def carry_out(self) -> None:
        """Merges: attachments are brought first, beside the window, and then all as one act."""
        page, found = self._page, self._page.merge.deciding
        if found is None or page.at_work:
            return
        session = self._desk.session
        session.settle()
        if page.at_work:  # what was written down just now made it be looked at anew
            return
        if session.trouble:
            self._not_carried(session.trouble)
            return
        if self._is_stale(found):
            self._look_anew(found)
            return
        draft, picks = session.draft, dict(found.picks)

        def act(work: Work) -> None:
            joint.bring(draft, found.plan, picks, work)

        job = page.start(act, "window.team.bring.carrying")
        job.done.connect(lambda _: self._brought(found))
        job.failed.connect(self._not_carried)

    # -- planning ---------------------------------------------------------------------------

    def _plan(self, path: Path, done: Callable[[Deciding], None]) -> None:
        page, session = self._page, self._desk.session
        session.settle()
        if page.at_work:
            return
        if session.trouble:
            page.tell_error(session.trouble)
            return
        draft, mine = session.draft, self._desk.proposal
        call, language = self._desk.call, self._desk.speech.language

        def act(work: Work) -> Deciding:
            return decisions.begin(draft, mine, path, call=call, language=language, work=work)

        def planned(found: Deciding) -> None:
            page.forget_job()
            if self._desk.proposal is mine:
                done(found)
            else:
                self._plan(path, done)

        def failed(error: BaseException) -> None:
            page.forget_job()
            if self._desk.proposal is mine or not isinstance(error, SifError):
                page.go()
                page.tell_error(error)
            else:
                self._plan(path, done)

        job = page.start(act, "window.team.bring.looking")
        job.done.connect(planned)
        job.failed.connect(failed)

    def _planned(self, found: Deciding) -> None:
        self._page.merge.show_merge(found)
        self._page.go(self._page.merge)

    def _look_anew(self, before: Deciding) -> None:
        merge = self._page.merge

        def done(found: Deciding) -> None:
            if merge.deciding is before:
                found.keep(before.picks)
                merge.show_merge(found, anew=True)
                self._page.order_tabs()

        self._plan(before.plan.other, done)

    def _is_stale(self, found: Deciding) -> bool:
        return found.plan.merge.mine is not self._desk.proposal

    # -- carrying out -----------------------------------------------------------------------

    def _brought(self, found: Deciding) -> None:
        page, before = self._page, self._desk.proposal
        page.forget_job()
        if self._is_stale(found):
            self._look_anew(found)
            return
        try:
            joint.carry_out_in(self._desk.session, found.plan, found.picks)
        except SifError as error:
            if self._desk.proposal is before:
                self._not_carried(error)
                return
            page.tell_error(error)  # merged, but not noted: it can be merged once more
        page.done.show_done(found, before, self._desk.proposal)
        page.go(page.done)
        page.look()

    def _not_carried(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self._page.merge.tell_trouble(self._desk.speech.error(error))
        self._page.order_tabs()
