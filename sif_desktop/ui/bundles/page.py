"""Bundles and PDFs that were handed over: look at them, sign along, unite copies, take over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from sif_desktop.app.looking import Seen, look
from sif_desktop.ui.apart import ApartPage
from sif_desktop.ui.bundles.beside import Beside
from sif_desktop.ui.bundles.copies import Copies
from sif_desktop.ui.bundles.drop import Authorities, BundleZone
from sif_desktop.ui.bundles.parts import Notice, Working
from sif_desktop.ui.bundles.result import Result
from sif_desktop.ui.bundles.saving import draft_of, sheet_of
from sif_desktop.ui.bundles.uniting import Uniting
from sif_desktop.ui.drop_zone import Dropping

if TYPE_CHECKING:
    from sif_desktop.app.signing_along import Along
    from sif_desktop.app.work import Work
    from sif_desktop.bundle.identity import Identity
    from sif_desktop.model.partners import Partner
    from sif_desktop.ui.bundles.signing import SigningAlong


class BundlePage(ApartPage):
    """One file is looked at; several are the copies of one bundle.

    Nothing in a file is opened or executed: taking its proposal over makes a new draft.
    """

    key = "bundle"

    def build(self) -> None:
        """Where files are dropped, how far it is, what was told, the list and the outcome."""
        self.zone = BundleZone(self.speech, self.look)
        self.authorities = Authorities(self.speech)
        self.working = Working(self.speech)
        self.notice = Notice(self.speech, self.look)
        self.copies = Copies(self.speech, self.look)
        self.result = Result(self.speech, self.look)
        self.signing: SigningAlong | None = None
        for part in (self.zone, self.authorities, self.working, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(self.copies)
        self.body.addWidget(self.result)
        self.beside = Beside(self.working, self.notice, self._begun_at)
        self.beside.changed.connect(self._busy_changed)
        self.uniting = Uniting(self.copies, self.beside, lambda: self.authorities.folder)
        self.uniting.listed.connect(self._list_shown)
        self.uniting.united.connect(self._united)
        self.uniting.closed.connect(self._list_closed)
        self.zone.wanted.connect(self.take)
        Dropping(self, self.zone.show_over, lambda: not self.busy, self.take)
        self.authorities.changed.connect(self._trust_changed)
        self.result.wanted.connect(self._act)
        self.copies.wants_add.connect(self.zone.ask)
        self.setFocusProxy(self.zone.choose)

    @property
    def busy(self) -> bool:
        """Whether work goes on."""
        return self.beside.busy

    # -- what is handed over ----------------------------------------------------------------

    def take(self, paths: Iterable[Path]) -> None:
        """Looks at one file; several, or more beside the list that is shown, are copies."""
        new = list(paths)
        if not new or self.busy:
            return
        if len(new) > 1 or self.uniting.shown:
            self._forget_result()
            self.uniting.add(new)
        else:
            self.look_at(new[0])

    def look_at(self, path: Path) -> None:
        """Looks at a file, beside the window."""
        trust = self.authorities.folder
        self._forget_result()
        self.beside.run(lambda work: look(path, trust, work), self._show_seen)

    def shown(self) -> None:
        """The folder of authorities may be another now."""
        self.authorities.refresh()

    def let_go(self) -> None:
        """What goes on ends first; no key stays open."""
        self.beside.stop_and_wait()
        if self.signing:
            self.signing.lock()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        for part in (self.zone, self.working, self.copies):
            part.retranslate()
        for told in (self.authorities, self.notice, self.result):
            told.refresh()
        if self.signing:
            self.signing.retranslate()

    def tint(self) -> None:
        """Icons and colours are others."""
        super().tint()
        for part in (self.zone, self.copies):
            part.tint()
        for told in (self.notice, self.result):
            told.refresh()
        if self.signing:
            self.signing.tint()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves the page leaves no open key behind."""
        super().hideEvent(event)
        if self.signing and not self.busy:
            self.signing.lock()

    # -- what was seen, and what can be done with it ------------------------------------------

    def _show_seen(self, seen: Seen) -> None:
        self.result.show_seen(seen)
        self.order_tabs()
        self._allow_acts(True)
        acts = [one for one in self.result.acts.values() if not one.isHidden()]
        if self.isVisible() and acts:
            acts[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(self.result.head)

    def _show_written(self, seen: Seen) -> None:
        """Shows what was just written; what one does next is to pass it on."""
        self._show_seen(seen)
        if self.isVisible():
            self.result.acts["folder"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_result(self) -> None:
        self.result.hide()
        self._close_signing()

    def _trust_changed(self) -> None:
        """Whom one trusts is another question now: what is shown is asked anew."""
        if self.uniting.shown:
            self.uniting.look_again()
        elif self.result.seen and not self.result.isHidden():
            self.look_at(self.result.seen.path)

    def _act(self, key: str) -> None:
        seen = self.result.seen
        if seen is None:
            return
        if key == "folder":
            self.result.open_folder()
        elif key == "sheet":
            self._save_sheet(seen)
        elif key == "draft":
            self._take_over(seen)
        elif key == "sign":
            self._open_signing(seen)
        elif key == "unite":
            self._begin_list(seen)

    def _save_sheet(self, seen: Seen) -> None:
        act = sheet_of(self, self.speech, seen)
        if act:
            self.beside.run(act, lambda out: self.notice.say("sheet_saved", file=str(out)))

    def _take_over(self, seen: Seen) -> None:
        """The proposal of the file becomes a new draft, which is then opened."""
        act = draft_of(self, self.speech, seen)
        if act:
            self.beside.run(act, self.wants_open.emit)

    # -- signing along ------------------------------------------------------------------------

    def _open_signing(self, seen: Seen) -> None:
        if self.signing is None:
            from sif_desktop.ui.bundles.signing import SigningAlong

            self.signing = SigningAlong(self.speech, self.look)
            self.signing.tint()
            self.signing.wanted.connect(self._sign)
            self.signing.closed.connect(self._signing_closed)
            self.result.under.addWidget(self.signing)
        self.signing.show_for(seen)
        self._allow_acts(True)
        self.order_tabs()
        self.signing.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._reveal(self.signing.first)

    def _sign(self, out: Path, identity: Identity, partner: Partner) -> None:
        from sif_desktop.app.signing_along import sign_along

        seen, trust = self.result.seen, self.authorities.folder
        if seen is None or self.signing is None or self.busy:
            return

        def act(work: Work) -> Along:
            return sign_along(seen, out, identity, partner, trust=trust, work=work)

        def done(along: Along) -> None:
            self._signed(along, identity.name)

        self.beside.run(act, done, self.signing.tell_trouble)

    def _signed(self, along: Along, name: str) -> None:
        self._close_signing()
        if along.seen is None:
            self._forget_result()
            self.notice.tell(along.trouble)
            return
        self._show_written(along.seen)
        if along.seen.standing == "good":
            self.notice.say(f"signed_{along.seen.kind}", name=name, file=str(along.path))
        else:
            self.notice.say("signed_wrong", "error", file=str(along.path))

    def _close_signing(self) -> None:
        if self.signing:
            self.signing.lock()
            self.signing.hide()

    def _signing_closed(self) -> None:
        self._allow_acts(True)
        self.result.acts["sign"].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- copies -------------------------------------------------------------------------------

    def _begin_list(self, seen: Seen) -> None:
        """The file that is shown is the first of the copies."""
        self._forget_result()
        self.uniting.add([seen.path])

    def _list_shown(self) -> None:
        self.order_tabs()
        if self.isVisible():
            self.copies.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(self.copies.title)

    def _list_closed(self) -> None:
        self.notice.tell(None)
        self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _united(self, seen: Seen) -> None:
        self._show_written(seen)
        count = len(seen.examination.verdict.signatures)
        if seen.standing == "good":
            self.notice.say("united", count=count, file=str(seen.path))
        else:
            self.notice.say("united_wrong", "error", file=str(seen.path))

    # -- while work goes on -------------------------------------------------------------------

    def _busy_changed(self) -> None:
        busy = self.busy
        self.zone.choose.setEnabled(not busy)
        self.authorities.setEnabled(not busy)
        self._allow_acts(not busy)
        self.copies.set_busy(busy)
        if self.signing:
            self.signing.set_busy(busy)
            if not busy and not self.isVisible():
                self.signing.lock()

    def _allow_acts(self, allowed: bool) -> None:
        """What can be done with the file; signing along only where that is not open already."""
        signs = self.signing is not None and not self.signing.isHidden()
        for key, button in self.result.acts.items():
            button.setEnabled(allowed and not (signs and key == "sign"))

    def _begun_at(self) -> QWidget:
        """Where one tries again."""
        if self.signing and not self.signing.isHidden():
            return self.signing.sign
        return self.copies.table if self.uniting.shown else self.zone.choose

    # -- how it stands ------------------------------------------------------------------------

    def _reveal(self, widget: QWidget) -> None:
        QApplication.sendPostedEvents()
        for area in self.findChildren(QScrollArea):
            within = area.widget()
            if within and within.isAncestorOf(widget):
                area.ensureWidgetVisible(widget, 8, 40)
