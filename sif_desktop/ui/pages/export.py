"""Sign and export: what is signed, who signs, where it goes, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from sif_desktop.app.signing import Prepared, prepare, sign, signer_of, source_of
from sif_desktop.app.steps import CHECK
from sif_desktop.app.verification import Examination
from sif_desktop.app.work import Work
from sif_desktop.errors import BlockedError, SifError
from sif_desktop.ui.keys.chooser import IdentityChooser
from sif_desktop.ui.pages.base import Page, card
from sif_desktop.ui.pages.export_answers import Result
from sif_desktop.ui.pages.export_bottom_line import BottomLine
from sif_desktop.ui.pages.export_members import SignedParts
from sif_desktop.ui.pages.export_sign import SignPanel
from sif_desktop.ui.worker import Job, run


class ExportPage(Page):
    """The last step. What a signature will cover is made when the page is shown, beside the window,
    and that is what is signed: nothing is made anew at the last moment."""

    guided = False

    def build(self) -> None:
        """A card for each question, and one for the outcome."""
        self.prepared: Prepared | None = None
        self._preparing: Job | None = None
        self._exporting: Job | None = None
        self.titles = {key: QLabel() for key in ("parts", "who", "where")}
        self.result = Result(self.desk)
        self.bottom_line = BottomLine(self.desk)
        self.bottom_line.check.clicked.connect(lambda _=False: self.desk.visit.emit(CHECK))
        self.parts = SignedParts(self.desk)
        self.chooser = IdentityChooser(self.desk.speech)
        self.chooser.suggest(*signer_of(self.desk.proposal))
        self.signing = SignPanel(self.desk)
        self.signing.wanted.connect(self.export)
        self.signing.stopped.connect(self._stop_export)
        self.body.addWidget(self.result)
        for key, within in (
            ("parts", [self.bottom_line, self.parts]),
            ("who", [self.chooser]),
            ("where", [self.signing]),
        ):
            frame, layout = card(self.titles[key])
            layout.setSpacing(12)
            for widget in within:
                layout.addWidget(widget)
            self.body.addWidget(frame)
        self.chooser.changed.connect(self._tell)
        self.desk.closing.connect(self._let_go)

    @property
    def busy(self) -> bool:
        """Whether an export is going on."""
        return self._exporting is not None

    def show_findings(self) -> None:
        """Makes ready what is signed, where nothing blocks."""
        super().show_findings()
        self.bottom_line.refresh()
        blocked = bool(self.desk.findings.blocking)
        if blocked:
            self._forget_prepared()
        elif self.prepared is None or self.prepared.proposal is not self.desk.proposal:
            self._prepare()
        self._tell()

    def retranslate(self) -> None:
        """All cards."""
        super().retranslate()
        say = self.desk.speech.say
        for key, label in self.titles.items():
            label.setText(say(f"window.export.title.{key}"))
        self.chooser.retranslate()
        self.bottom_line.refresh()
        self.parts.retranslate()
        self.signing.retranslate()
        self.result.refresh()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """There may be a key now, and other files beside the draft."""
        super().showEvent(event)
        self.chooser.suggest(*signer_of(self.desk.proposal))
        self.chooser.refresh()
        self.signing.suggest()
        self.show_findings()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves the page leaves no open key behind, but for an export that is under way:
        its card may still have to ask for the PIN."""
        super().hideEvent(event)
        if not self.busy:
            self.chooser.lock()

    # -- making ready -----------------------------------------------------------------------

    def _prepare(self) -> None:
        self._forget_prepared()
        self.bottom_line.tell_trouble(None)
        try:
            source = source_of(self.desk.session)
        except SifError as error:
            self.bottom_line.tell_trouble(error)
            return

        def act(work: Work) -> Prepared:
            return prepare(source, work)

        job = self._preparing = run(act)
        job.done.connect(self._show_prepared)
        job.failed.connect(self._not_prepared)

    def _show_prepared(self, prepared: Prepared) -> None:
        self._preparing = None
        self.prepared = prepared
        self.parts.show_prepared(prepared)
        if prepared.proposal is not self.desk.proposal:
            return  # it is made anew once the rules had their say
        self._tell()

    def _not_prepared(self, error: BaseException) -> None:
        self._preparing = None
        if not isinstance(error, SifError):
            raise error
        if not isinstance(error, BlockedError):
            self.bottom_line.tell_trouble(error)
        self._tell()

    def _forget_prepared(self) -> None:
        job, self._preparing = self._preparing, None
        if job:
            job.cancel()
        self.prepared = None

    # -- signing ----------------------------------------------------------------------------

    def export(self, path: Path) -> None:
        """Signs what was made ready, writes it and verifies it, beside the window."""
        prepared, identity = self.prepared, self.chooser.identity
        if prepared is None or identity is None or self.busy:
            return

        def act(work: Work) -> Examination:
            return sign(prepared, path, identity, work)

        job = self._exporting = run(act)
        self.signing.begin(job)
        job.done.connect(lambda found: self._exported(path, prepared, found))
        job.failed.connect(self._not_exported)
        job.ended.connect(self._export_ended)
        self._tell()

    def _exported(self, path: Path, prepared: Prepared, examination: Examination) -> None:
        self.result.show_result(path, prepared, examination)
        if self.isVisible():
            self.result.folder.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal(self.result)

    def _not_exported(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self.signing.tell_trouble(error)

    def _export_ended(self) -> None:
        self._exporting = None
        if not self.isVisible():
            self.chooser.lock()
        self.signing.end()
        self._tell()

    def _stop_export(self) -> None:
        if self._exporting:
            self._exporting.cancel()

    def _let_go(self) -> None:
        """The draft closes: what reads its attachments ends first, with the question for a PIN."""
        self.chooser.lock()
        self._forget_prepared()
        if self._exporting:
            self._exporting.cancel_and_wait()

    def _tell(self) -> None:
        """Which cards are shown, and why the button cannot be used where that is so."""
        blocked = bool(self.desk.findings.blocking)
        self.parts.setVisible(self.prepared is not None and not blocked)
        self.bottom_line.set_busy(self._preparing is not None)
        self.chooser.setEnabled(not self.busy)
        missing = ""
        if blocked:
            missing = "blocked"
        elif self.chooser.identity is None:
            missing = "locked"
        elif self.bottom_line.trouble:
            missing = "failed"
        elif self.prepared is None or self.prepared.proposal is not self.desk.proposal:
            missing = "preparing"
        self.signing.tell(missing)
