"""Bundles and PDFs that were handed over: look at them, sign along, unite copies, take over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from sif_desktop.app.looking import Seen, look
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.apart import ApartPage
from sif_desktop.ui.bundles.copies import Copies
from sif_desktop.ui.bundles.drop import Authorities, DropZone
from sif_desktop.ui.bundles.parts import Notice, Working
from sif_desktop.ui.bundles.result import Result
from sif_desktop.ui.pages.attachments_drop import files_in
from sif_desktop.ui.pages.base import in_order
from sif_desktop.ui.pages.export_place import ask_place, free
from sif_desktop.ui.worker import Job, run

if TYPE_CHECKING:
    from sif_desktop.app.signing_along import Along
    from sif_desktop.app.uniting import Copy
    from sif_desktop.bundle.identity import Identity
    from sif_desktop.model.partners import Partner
    from sif_desktop.ui.bundles.signing import SigningAlong


class BundlePage(ApartPage):
    """One file is looked at; several are the copies of one bundle. One job goes on at a time.

    Nothing in a file is opened or executed: taking its proposal over makes a new draft.
    """

    key = "bundle"

    def build(self) -> None:
        """Where files are dropped, how far it is, what was told, the list and the outcome."""
        self._job: Job | None = None
        self._notice: tuple[str, str, dict[str, object]] | SifError | None = None
        self.setAcceptDrops(True)
        self.zone = DropZone(self.speech, self.look)
        self.authorities = Authorities(self.speech)
        self.working = Working(self.speech)
        self.notice = Notice(self.look)
        self.copies = Copies(self.speech, self.look)
        self.result = Result(self.speech, self.look)
        self.signing: SigningAlong | None = None
        for part in (self.zone, self.authorities, self.working, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(self.copies)
        self.body.addWidget(self.result)
        self.zone.wanted.connect(self.take)
        self.authorities.changed.connect(self._trust_changed)
        self.working.stopped.connect(self._stop)
        self.result.wanted.connect(self._act)
        self.copies.wants_add.connect(self.zone.ask)
        self.copies.without.connect(self._take_out)
        self.copies.wants_unite.connect(self._unite)
        self.copies.closed.connect(self._close_list)
        self.setFocusProxy(self.zone.choose)

    @property
    def busy(self) -> bool:
        """Whether work goes on."""
        return self._job is not None

    # -- what is handed over ----------------------------------------------------------------

    def take(self, paths: Iterable[Path]) -> None:
        """Looks at one file; several, or more beside the list that is shown, are copies."""
        new = list(paths)
        if not new or self.busy:
            return
        if len(new) > 1 or not self.copies.isHidden():
            kept = [] if self.copies.isHidden() else self.copies.paths
            self._list([*kept, *new])
        else:
            self.look_at(new[0])

    def look_at(self, path: Path) -> None:
        """Looks at a file, beside the window."""
        trust = self.authorities.folder
        self._forget_result()
        self._run(lambda work: look(path, trust, work), self._show_seen)

    def shown(self) -> None:
        """The folder of authorities may be another now."""
        self.authorities.refresh()

    def let_go(self) -> None:
        """What goes on ends first; no key stays open."""
        if self._job:
            self._job.cancel_and_wait()
        if self.signing:
            self.signing.lock()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        for part in (self.zone, self.working, self.copies):
            part.retranslate()
        self.authorities.refresh()
        self.result.refresh()
        if self.signing:
            self.signing.retranslate()
        self._say_notice()

    def tint(self) -> None:
        """Icons and colours are others."""
        super().tint()
        for part in (self.zone, self.notice, self.copies):
            part.tint()
        self.result.refresh()
        if self.signing:
            self.signing.tint()

    def hideEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves the page leaves no open key behind."""
        super().hideEvent(event)  # type: ignore[arg-type]
        if self.signing and not self.busy:
            self.signing.lock()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files of this machine can be dropped."""
        if files_in(event.mimeData()) and not self.busy:
            event.acceptProposedAction()
            self.zone.show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        """They are taken elsewhere."""
        self.zone.show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """They are dropped."""
        self.zone.show_over(False)
        event.acceptProposedAction()
        self.take(files_in(event.mimeData()))

    # -- work beside the window ---------------------------------------------------------------

    def _run(
        self,
        act: Callable[[Work], object],
        done: Callable[..., None],
        failed: Callable[[SifError], None] | None = None,
    ) -> None:
        """Does work beside the window; what went wrong is told in its place."""
        self._tell(None)
        job = self._job = run(act)
        self.working.begin(job)
        self._set_busy(True)
        job.done.connect(done)
        job.failed.connect(lambda error: self._failed(error, failed or self._tell))
        job.ended.connect(self._ended)

    def _failed(self, error: BaseException, told: Callable[[SifError], None]) -> None:
        if not isinstance(error, SifError):
            raise error
        told(error)

    def _ended(self) -> None:
        """Nothing came of it where the focus is still where it was while one waited."""
        waiting = self.working.stop.hasFocus()
        self._job = None
        self._set_busy(False)
        if waiting:
            self._begun_at().setFocus(Qt.FocusReason.OtherFocusReason)
        self.working.end()

    def _begun_at(self) -> QWidget:
        """Where one tries again."""
        if self.signing and not self.signing.isHidden():
            return self.signing.sign
        if not self.copies.isHidden():
            return self.copies.table
        return self.zone.choose

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()

    def _set_busy(self, busy: bool) -> None:
        self.zone.choose.setEnabled(not busy)
        self.authorities.setEnabled(not busy)
        for button in self.result.acts.values():
            button.setEnabled(not busy)
        self.copies.set_busy(busy)
        if self.signing:
            self.signing.set_busy(busy)
        if busy:
            self.working.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what was seen, and what can be done with it ------------------------------------------

    def _show_seen(self, seen: Seen) -> None:
        self.result.show_seen(seen)
        self._order_tabs()
        acts = [one for one in self.result.acts.values() if not one.isHidden()]
        for button in acts:
            button.setEnabled(True)
        if self.isVisible() and acts:
            acts[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(self.result.head)

    def _forget_result(self) -> None:
        self.result.hide()
        self._close_signing()

    def _close_signing(self) -> None:
        if self.signing:
            self.signing.lock()
            self.signing.hide()

    def _trust_changed(self) -> None:
        """Whom one trusts is another question now: what is shown is asked anew."""
        if not self.copies.isHidden():
            self._list(self.copies.paths)
        elif self.result.seen and not self.result.isHidden():
            self.look_at(self.result.seen.path)

    def _act(self, key: str) -> None:
        acts = {
            "sheet": self._save_sheet,
            "draft": self._take_over,
            "sign": self._open_signing,
            "unite": self._begin_list,
            "folder": self.result.open_folder,
        }
        acts[key]()

    def _save_sheet(self) -> None:
        from sif_desktop.app.verification_sheet import write_sheet

        seen, say, words = self.result.seen, self.speech.say, self.speech.words
        if seen is None:
            return
        name = f"{seen.path.stem}-{say('window.bundle.sheet_ending')}.pdf"
        at = free(seen.path.with_name(name))
        out = ask_place(self, say("window.bundle.sheet_title"), at, "PDF")
        if out is None:
            return

        def act(work: Work) -> None:
            work.at("sheet")
            write_sheet(seen.examination, words, seen.path, out)

        self._run(act, lambda _: self._say("sheet_saved", file=str(out)))

    def _take_over(self) -> None:
        """The proposal of the file becomes a new draft, which is then opened."""
        from sif_desktop.app.taking_over import draft_name, take_over

        seen, say = self.result.seen, self.speech.say
        if seen is None:
            return
        title = say("window.bundle.draft_title")
        out = ask_place(self, title, free(draft_name(seen)), say("window.bundle.draft_kind"))
        if out is None:
            return

        def act(work: Work) -> Path:
            return take_over(seen, out, work)

        self._run(act, self.wants_open.emit)

    # -- signing along ------------------------------------------------------------------------

    def _open_signing(self) -> None:
        if self.signing is None:
            from sif_desktop.ui.bundles.signing import SigningAlong

            self.signing = SigningAlong(self.speech, self.look)
            self.signing.tint()
            self.signing.wanted.connect(self._sign)
            self.signing.closed.connect(self.result.acts["sign"].setFocus)
            self.result.under.addWidget(self.signing)
        if self.result.seen:
            self.signing.show_for(self.result.seen)
            self._order_tabs()
            first = self.signing.partner if self.signing.partner.count() else self.signing.own_name
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(self.signing)

    def _sign(self, out: Path, identity: Identity, partner: Partner) -> None:
        from sif_desktop.app.signing_along import sign_along

        seen, trust = self.result.seen, self.authorities.folder
        if seen is None or self.signing is None or self.busy:
            return

        def act(work: Work) -> Along:
            return sign_along(seen, out, identity, partner, trust=trust, work=work)

        self._run(act, lambda along: self._signed(along, identity.name), self.signing.tell_trouble)

    def _signed(self, along: Along, name: str) -> None:
        self._close_signing()
        if along.seen is None:
            self._forget_result()
            self._tell(along.trouble)
            return
        self._show_seen(along.seen)
        if along.seen.standing == "good":
            self._say("signed", name=name, file=str(along.path))
        else:
            self._say("signed_wrong", "error", file=str(along.path))

    # -- copies -------------------------------------------------------------------------------

    def _begin_list(self) -> None:
        """The file that is shown is the first of the copies."""
        if self.result.seen:
            self._list([self.result.seen.path])

    def _list(self, paths: list[Path]) -> None:
        from sif_desktop.app.uniting import copies

        trust = self.authorities.folder
        self._forget_result()
        self._run(lambda work: copies(paths, trust, work), self._show_copies)

    def _show_copies(self, found: tuple[Copy, ...]) -> None:
        self.copies.show_copies(found)
        self._order_tabs()
        if self.isVisible():
            self.copies.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(self.copies.title)

    def _take_out(self, row: int) -> None:
        paths = self.copies.paths
        if self.busy or not 0 <= row < len(paths):
            return
        del paths[row]
        if paths:
            self._list(paths)
        else:
            self._close_list()

    def _close_list(self) -> None:
        self.copies.hide()
        self.copies.place.forget()
        self._tell(None)
        self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unite(self, out: Path) -> None:
        from sif_desktop.app.uniting import unite

        paths, trust = self.copies.paths, self.authorities.folder

        def act(work: Work) -> Seen:
            return unite(paths, out, trust, work)

        self._run(act, self._united, self.copies.tell_trouble)

    def _united(self, seen: Seen) -> None:
        self.copies.hide()
        self.copies.place.forget()
        self._show_seen(seen)
        count = len(seen.examination.verdict.signatures)
        if seen.standing == "good":
            self._say("united", count=count, file=str(seen.path))
        else:
            self._say("united_wrong", "error", file=str(seen.path))

    # -- what is told -------------------------------------------------------------------------

    def _say(self, key: str, tone: str = "good", **figures: object) -> None:
        self._notice = (key, tone, figures)
        self._say_notice()

    def _tell(self, error: SifError | None) -> None:
        self._notice = error
        self._say_notice()

    def _say_notice(self) -> None:
        told = self._notice
        if told is None:
            self.notice.say("good", "")
        elif isinstance(told, SifError):
            self.notice.say("error", self.speech.error(told))
        else:
            key, tone, figures = told
            self.notice.say(tone, self.speech.say(f"window.bundle.told.{key}", **figures))

    def _order_tabs(self) -> None:
        """The Tab key goes through the page as it stands."""
        column = self.heading.parentWidget()
        inputs = list(in_order(column)) if column else []
        for one, other in pairwise(inputs):
            QWidget.setTabOrder(one, other)

    def _reveal(self, widget: QWidget) -> None:
        QApplication.sendPostedEvents()
        for area in self.findChildren(QScrollArea):
            within = area.widget()
            if within and within.isAncestorOf(widget):
                area.ensureWidgetVisible(widget, 8, 40)
