"""From a workbook to what it changes, and from there to one act of the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.app import sheet
from sif_desktop.app.own_parts import own_parts_of
from sif_desktop.app.sheet_by_hand import ByHand
from sif_desktop.app.sheet_review import Review, review
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.sheets.mapping import Rename

if TYPE_CHECKING:
    from sif_desktop.sheets.read import Workbook
    from sif_desktop.ui.workbook.page import SheetPage

Looked = tuple[Review, list[tuple[str, str]]]


class Bringing:
    """What the page does about a workbook that is brought in. What was seen holds for the draft as
    it was then: where that was changed since, the workbook is looked at anew."""

    def __init__(self, page: SheetPage) -> None:
        self._page, self._desk = page, page.desk
        self.book: Workbook | None = None
        self.hand: ByHand | None = None

    def bring(self, paths: Sequence[Path]) -> None:
        """Reads a workbook beside the window; nothing is changed by that."""
        page, path = self._page, paths[0] if paths else None
        if not page.may_bring or page.busy or path is None:
            return
        page.notices.clear()
        if len(paths) != 1:
            page.tell("advice", self._desk.speech.say("window.sheet.in.one_only"))
            return

        def act(_: Work) -> Workbook:
            from sif_desktop.sheets.read import read

            return read(path)

        page.start(act, self._read, page.tell_error, "window.sheet.in.looking")

    def forget(self) -> None:
        """Lets go of the workbook."""
        self.book = self.hand = None

    def refresh(self) -> None:
        """The draft may have been changed since the workbook was looked at."""
        if self.hand and self._page.view is self._page.by_hand:
            if self.hand.proposal is not self._desk.proposal:
                self.hand.proposal = self._desk.proposal
                self.preview()
        elif self._page.view is self._page.review and self._is_stale() and not self._page.busy:
            self._look(lambda looked: self._show(looked, anew=True), self._given_up)

    # -- looking ----------------------------------------------------------------------------

    def preview(self) -> None:
        """Looks at the spreadsheet as it is told by hand now."""
        page, hand = self._page, self.hand
        if hand is None:
            return
        page.let_go_of_job()
        if hand.twice or not hand.is_enough:
            key = "twice" if hand.twice else "too_few"
            said = self._desk.speech.say(f"window.sheet.hand.{key}", heading=hand.twice[:60])
            page.by_hand.show_trouble(said)
            return
        self._look(lambda looked: page.by_hand.show_review(*looked), self._no_preview)

    def go_on(self) -> None:
        """Shows what the spreadsheet changes as it is told by hand, and remembers that."""
        page, found = self._page, self._page.by_hand.found
        if self.hand and found and not page.busy:
            self.hand.keep()
            page.review.show_review(found, by_hand=True)
            page.go(page.review)

    def back_to_columns(self) -> None:
        """Shows again what is told by hand."""
        page = self._page
        if self.hand:
            page.go(page.by_hand)
            self.refresh()

    def take_over(self) -> None:
        """Does what was shown, as one act."""
        page, found = self._page, self._page.review.found
        if found is None or page.busy or not found.can_be_done:
            return
        session = self._desk.session
        session.settle()
        if self._is_stale():
            self.refresh()
            return
        if not self._desk.may_do(*found.edits):
            page.review.tell_trouble(self._desk.speech.say("window.sheet.review.not_now"))
            return
        page.go()
        try:
            sheet.carry_out(session, found.seen, found.edits)
        except SifError as error:
            page.tell_error(error)
            return
        page.tell_taken(found)

    def _read(self, book: object) -> None:
        """What is ours is looked at; of what is not, the columns are told by hand first."""
        page, desk = self._page, self._desk
        self.book = book  # type: ignore[assignment]
        assert self.book is not None  # noqa: S101 - it was read just now
        if self.book.hidden:
            self._look(self._show, page.tell_error)
            return
        hand = ByHand(desk.proposal, desk.call, self.book)
        if not hand.sheet:
            error = SifError("sheet_nothing_in", file=str(self.book.path))
            self.forget()
            page.tell_error(error)
            return
        self.hand = hand
        page.by_hand.show_hand(hand)
        page.go(page.by_hand)
        self.preview()

    def _look(
        self, done: Callable[[Looked], None], failed: Callable[[BaseException], None]
    ) -> None:
        page, desk, book, hand = self._page, self._desk, self.book, self.hand
        if book is None:
            return
        proposal, call = desk.proposal, desk.call
        draft = desk.session.draft if desk.own else None
        rename = hand.rename if hand else Rename()
        partner = page.by_hand.partner if hand else ""

        def act(_: Work) -> Looked:
            seen = sheet.look_at(proposal, call, book, partner, rename)
            own = own_parts_of(draft) if draft else None
            return review(seen, own), hand.unknown(seen.changes, rename) if hand else []

        def looked(found: object) -> None:
            if desk.proposal is proposal:
                done(found)  # type: ignore[arg-type]
            else:
                self._look(done, failed)

        page.start(act, looked, failed, "window.sheet.in.looking" if not hand else "")

    def _show(self, looked: Looked, *, anew: bool = False) -> None:
        page = self._page
        page.review.show_review(looked[0], by_hand=self.hand is not None, anew=anew)
        if not anew:
            page.go(page.review)

    def _given_up(self, error: BaseException) -> None:
        """What was shown can be done no more, since the draft is another now."""
        self._page.go()
        self._page.tell_error(error)

    def _no_preview(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        key = error.key
        said = self._desk.speech.error(error)
        if key == "sheet_headings":
            said = self._desk.speech.say("window.sheet.hand.too_few")
        self._page.by_hand.show_trouble(said)

    def _is_stale(self) -> bool:
        found = self._page.review.found
        return found is not None and found.seen.proposal is not self._desk.proposal
