"""The attachments of a draft: adding, ordering, removing and opening files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from sif_desktop.app import attaching
from sif_desktop.app.attaching import UNKNOWN, Outcome, attach_all, may_open
from sif_desktop.app.work import Work
from sif_desktop.calls.call import FieldSpec
from sif_desktop.errors import SifError
from sif_desktop.model.edit import Add, Drop, Move
from sif_desktop.model.proposal import Attachment, Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.attachments_card import AttachmentCard
from sif_desktop.ui.pages.attachments_drop import FilesZone
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.waiting import Waiting
from sif_desktop.ui.worker import Job, run

AT = "attachments"


class AttachmentList(QWidget):
    """The files of the proposal, a card each, with the place to drop more."""

    def __init__(self, page: Page, specs: Sequence[FieldSpec]) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.specs = tuple(specs)
        self.cards: dict[str, AttachmentCard] = {}
        self._items: tuple[Attachment, ...] | None = None
        self._here: frozenset[str] = frozenset()
        self._job: Job | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._taken_away: Proposal | None = None
        self.zone, self.notices = FilesZone(self.desk), Notices(self.desk)
        self.zone.wanted.connect(self.add_files)
        if not self.desk.may_change(AT):
            self.zone.hide()
        self.findings = FindingsList(self.desk)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(gap(1.5))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        for widget in (self.zone, self.notices, self.findings):
            layout.addWidget(widget)
        layout.addLayout(self._stack)
        self.desk.closing.connect(self._let_go)
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether files are being read in or out."""
        return self._job is not None

    def refresh(self) -> None:
        """Makes cards for new files, lets go of those that went, and puts them in order."""
        if self._taken_away is not None and self.desk.proposal is not self._taken_away:
            self._taken_away = None
            self.notices.clear()
        items = self.desk.proposal.attachments
        if items is self._items:
            return
        before = list(self.cards)
        self._look_what_is_here(items)
        self._items = items
        self.zone.setMinimumHeight(0 if items else gap(22))
        wanted = [item.id for item in items]
        for gone in [key for key in self.cards if key not in set(wanted)]:
            self.page.drop_rows(f"{AT}/{gone}")
            card = self.cards.pop(gone)
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, item in enumerate(items):
            card = self.cards.get(item.id) or self._new_card(item)
            if self._stack.indexOf(card) != place:
                self._stack.removeWidget(card)
                self._stack.insertWidget(place, card)
            card.refresh(item, place, len(items), item.sha256 in self._here)
        if before != wanted:
            self.cards = {key: self.cards[key] for key in wanted}
            self.page.order_tabs()

    def show_findings(self) -> None:
        """About the files together, and on each card."""
        touched = bool(self.cards) or self.desk.is_touched(AT)
        self.findings.show_findings(self.desk.findings_at(AT) if touched else ())
        for card in self.cards.values():
            card.show_findings()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        self.zone.retranslate()
        self.findings.retranslate()
        for card in self.cards.values():
            card.retranslate()

    def focus_on(self, address: str) -> bool:
        """Puts the focus on the list, a file, or a value of it that is only shown."""
        if address == AT:
            self.desk.touch(address)
            self.show_findings()
            self.zone.choose.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.reveal(self.zone)
            return True
        steps = address.split("/")
        card = self.cards.get(steps[1]) if steps[0] == AT and len(steps) > 1 else None
        if card is None:
            return False
        card.focus()
        self.page.reveal(card)
        return True

    # -- adding -----------------------------------------------------------------------------

    def add_files(self, paths: Sequence[Path]) -> None:
        """Reads files into the draft, beside the window, and adds those that were taken."""
        if not self.desk.may_change(AT) or self._job or not paths:
            return
        self.notices.clear()
        session = self.desk.session
        session.settle()  # nothing waits for the disk while it is busy with the files
        draft, known = session.draft, self.desk.proposal.attachments

        def act(work: Work) -> list[Outcome]:
            return attach_all(draft, paths, known, work)

        job = self._start(act)
        job.done.connect(self._added)

    def _added(self, outcomes: list[Outcome]) -> None:
        taken = [one.attachment for one in outcomes if one.attachment]
        behind = [item.id for item in self.desk.proposal.attachments][-1:]
        edits = []
        for attachment in taken:
            after = behind[-1] if behind else ""
            edits.append(Add(at=AT, item=attachment.model_dump(mode="json"), after=after))
            behind.append(attachment.id)
        if edits:
            say = self.desk.speech.say
            several = say("window.attachments.several", count=len(taken))
            subject = taken[0].title if len(taken) == 1 else several
            self.desk.do(*edits, label="add", subject=subject)
        if taken and taken[0].id in self.cards:
            card = self.cards[taken[0].id]
            card.focus()
            self.page.reveal(card)
        self._tell_outcomes(outcomes)

    def _tell_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        speech = self.desk.speech
        for one in outcomes:
            if one.error:
                again = one.error.key == "attachment_again"
                self.notices.tell("advice" if again else "error", speech.error(one.error))
            elif one.attachment and one.attachment.media_type == UNKNOWN:
                said = speech.say("window.attachments.unknown", file=one.file)
                self.notices.tell("warning", said)
        if self.notices.texts:
            self.page.reveal(self.notices)

    # -- what is done with one --------------------------------------------------------------

    def _move(self, key: str, by: int) -> None:
        keys = [item.id for item in self.desk.proposal.attachments]
        place = keys.index(key)
        rest = [other for other in keys if other != key]
        before = place + by
        after = rest[before - 1] if before > 0 else ""
        self.desk.do(Move(at=f"{AT}/{key}", after=after), label="move", subject=self._called(key))

    def _remove(self, key: str) -> None:
        """Takes a file out of the proposal; a sentence in its place offers to undo that."""
        called = self._called(key)
        keys = list(self.cards)
        place = keys.index(key)
        self.notices.clear()
        self.desk.do(Drop(at=f"{AT}/{key}"), label="remove", subject=called)
        self._taken_away = self.desk.proposal
        say = self.desk.speech.say
        said = say("window.attachments.removed", name=called)
        self.notices.tell("advice", said, self.desk.session.undo, say("window.attachments.undo"))
        left = list(self.cards)
        if left:
            self.cards[left[min(place, len(left) - 1)]].tools["remove"].setFocus()
        else:
            self.zone.choose.setFocus()

    def _open(self, key: str) -> None:
        """Opens a file with the system's program; a type that we do not know is only saved."""
        attachment = self.cards[key].attachment
        path, sha256 = self.desk.session.draft.path, attachment.sha256
        if self._job:
            return
        if not may_open(attachment):
            self._save(attachment)
            return
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="sif-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)

        def act(_: Work) -> Path:
            return attaching.extract(
                lambda: Draft.stream_attachment(path, sha256), attachment, folder
            )

        self._start(act).done.connect(self._show_file)

    def _show_file(self, file: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            self.notices.clear()
            said = self.desk.speech.say("window.attachments.no_program")
            self.notices.tell("error", said)

    def _save(self, attachment: Attachment) -> None:
        say = self.desk.speech.say
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("window.attachments.save"), str(Path.home() / attachment.filename)
        )
        if not chosen:
            return
        path, sha256 = self.desk.session.draft.path, attachment.sha256

        def act(_: Work) -> None:
            attaching.save_copy(lambda: Draft.stream_attachment(path, sha256), Path(chosen))

        self._start(act)

    # -- behind it --------------------------------------------------------------------------

    def _start(self, act: object) -> Job:
        assert callable(act)  # noqa: S101 - one of the functions above
        job = self._job = run(act)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        sentence = self.desk.speech.say("window.attachments.working")
        Waiting(self.window(), self.desk.speech, job, sentence)
        return job

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self.notices.clear()
        self.notices.tell("error", self.desk.speech.error(error))

    def _ended(self) -> None:
        self._job = None

    def _let_go(self) -> None:
        """The draft closes: what reads or writes it ends first, and no copy is left behind."""
        job, self._job = self._job, None
        if job:
            job.cancel_and_wait()
        folder, self._folder = self._folder, None
        if folder:
            folder.cleanup()

    def _called(self, key: str) -> str:
        return self.cards[key].called

    def _new_card(self, item: Attachment) -> AttachmentCard:
        card = self.cards[item.id] = AttachmentCard(self.page, item, self.specs)
        card.opened.connect(lambda: self._open(item.id))
        card.moved.connect(lambda by: self._move(item.id, by))
        card.removed.connect(lambda: self._remove(item.id))
        card.show_findings()
        return card

    def _look_what_is_here(self, items: tuple[Attachment, ...]) -> None:
        """Which files the draft holds; asked again only where there may be another."""
        known = frozenset(item.sha256 for item in self._items or ())
        if self._items is not None and frozenset(item.sha256 for item in items) <= known:
            return
        try:
            self._here = frozenset(self.desk.session.draft.attachment_digests())
        except SifError:
            self._here = frozenset(item.sha256 for item in items)  # opening one will tell why
