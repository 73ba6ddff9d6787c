"""The intake in the window: pick a folder, see the table, filter, open one, write the results."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from sif_desktop.app import settings
from sif_desktop.app.intake.desk import Given
from sif_desktop.app.intake.listing import Entry
from sif_desktop.app.intake.outcome import (
    Batch,
    Intake,
    Outcome,
    bundle_of,
    write_results,
)
from sif_desktop.app.looking import Seen, look
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.paths import is_folder
from sif_desktop.ui.apart import ApartPage
from sif_desktop.ui.drop_zone import Dropping
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.intake.results import Results
from sif_desktop.ui.intake.setup import Setup, documents
from sif_desktop.ui.intake.strip import Elided, Strip
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_place import ask_place, free
from sif_desktop.ui.worker import Job, run

Told = tuple[str, str, dict[str, object]]
"""A tone, the key of a sentence and its figures: to be said again in another language."""


class IntakePage(ApartPage):
    """First the folders, then the table while it fills, then what all bundles come to.

    Nothing in a bundle is executed and no bundle is changed: an intake only reads, and writes in
    the folder for its results.
    """

    key = "intake"
    scrolls = False
    widest = gap(260)
    _arrived = Signal(object, object)

    def build(self) -> None:
        """The folders to begin with, and behind them the results with how they stand."""
        self._intake: Intake | None = None
        self._given: Given | None = None
        self._job: Job | None = None
        self._looking: Job | None = None
        self._writing: Job | None = None
        self._how: Told | None = None
        self._trouble: SifError | BaseException | None = None
        self._written: tuple[Path, ...] = ()
        self.setup = Setup(self.speech, self.look)
        self.setup.wanted.connect(self.begin)
        Dropping(
            self, self.setup.show_over, lambda: self.stack.currentIndex() == 0, self._choose_dropped
        )
        self.places = Elided()
        self.strip, self.wrote = Strip(self.look), Strip(self.look)
        self.stop = self.strip.add(self.cancel)
        self.go_on = self.strip.add(self._again, "primary")
        self.write = self.strip.add(self.write_all, "primary")
        self.anew, self.other = QPushButton(), QPushButton()
        for button, act in ((self.anew, self._again), (self.other, self._other)):
            role(button, "quiet")
            button.clicked.connect(lambda _=False, act=act: act())
        self.show_folder = self.wrote.add(self.open_folder)
        self.results = Results(self.speech, self.look)
        self.results.opened.connect(self.open_one)
        self.results.closed.connect(self._let_look_go)
        self.results.detail.wants_draft.connect(self.take_over)
        self._arrived.connect(self._batch_came)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.setup)
        self.stack.addWidget(self._running())
        self.body.addWidget(self.stack, 1)
        self.setFocusProxy(self.setup.fields["folder"].line)

    @property
    def busy(self) -> bool:
        """Whether an intake runs."""
        return self._job is not None

    # -- what one does ----------------------------------------------------------------------

    def begin(self, given: Given) -> None:
        """Takes a folder in, beside the window; the table fills while it runs."""
        if self._job:
            return
        kept = str(given.trust) if given.trust else ""
        if kept != settings.load().authorities:
            settings.save(authorities=kept)
        self._given, self._trouble, self._written = given, None, ()
        intake = self._intake = Intake(given)
        intake.came = partial(_pass_on, self._arrived.emit, intake)
        self.results.begin()
        self._show_running()
        job = self._job = run(intake.judge, apart=True, halt=intake.stop)
        job.progressed.connect(self._progress)
        job.done.connect(self._done)
        job.failed.connect(self._failed)
        job.ended.connect(self._ended)
        self._progress("looking", 0, 0)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Stops; what is judged stays, and starting again goes on from there."""
        if self._job:
            self.stop.setEnabled(False)
            self._job.cancel()

    def open_one(self, one: Entry) -> None:
        """Shows a bundle, and verifies it in full beside the window."""
        given = self._given
        if given is None:
            return
        self._let_look_go()
        path, detail = bundle_of(given, one), self.results.detail
        detail.show_entry(one, path, self.results.names, self.results.neighbours(one))
        self.results.show_detail(one)
        job = self._looking = run(lambda work: look(path, given.trust, work))
        job.done.connect(partial(self._seen, one))
        job.failed.connect(
            lambda error: detail.show_trouble("" if one.faulty else self._said(error))
        )

    def take_over(self) -> None:
        """The proposal of the bundle becomes a draft of its own, which is then opened."""
        from sif_desktop.app.taking_over import draft_name, take_over

        seen, say = self.results.detail.seen, self.speech.say
        if seen is None:
            return
        title, kind = say("window.bundle.draft_title"), say("window.bundle.draft_kind")
        out = ask_place(self, title, free(documents() / draft_name(seen).name), kind)
        if out is None:
            return
        chosen: Path = out

        def act(work: Work) -> Path:
            return take_over(seen, chosen, work)

        job = run(act)
        job.done.connect(self.wants_open.emit)
        job.failed.connect(lambda error: self.results.detail.show_trouble(self._said(error)))

    def write_all(self) -> None:
        """Writes the workbook, CSV, JSON and the report, as the command does."""
        given, words = self._given, self.speech.words
        if given is None or self._writing:
            return
        job = self._writing = run(lambda _: write_results(given, words))
        self.wrote.say("advice", self.speech.say("window.intake.writing"))
        self.show_folder.hide()
        self.write.setEnabled(False)
        job.done.connect(self._have_written)
        job.failed.connect(self._not_written)
        job.ended.connect(self._writing_ended)

    def open_folder(self) -> None:
        """Shows the results in the system's own window."""
        if self._given:
            show_folder(self._given.out)

    # -- what the window asks ---------------------------------------------------------------

    def shown(self) -> None:
        """Folders may hold something else than when they were looked at last."""
        trust = self.setup.fields["trust"].line
        if not trust.text():
            trust.setText(settings.load().authorities)
        self.setup.refresh()

    def let_go(self) -> None:
        """Ends the processes; what is judged is written down."""
        for job in (self._looking, self._writing, self._job):
            if job and job.running:
                job.cancel_and_wait()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        say = self.speech.say
        self.setup.retranslate()
        self.results.retranslate()
        for button, key in (
            (self.stop, "stop"),
            (self.go_on, "go_on"),
            (self.write, "write"),
            (self.anew, "anew"),
            (self.other, "other"),
            (self.show_folder, "folder_open"),
        ):
            button.setText(say(f"window.intake.{key}"))
        self._say_how()
        self._say_written()
        if self._trouble:
            self.setup.trouble.say("error", self._said(self._trouble))

    def tint(self) -> None:
        """Icons and colours are others."""
        super().tint()
        for button, name, colour in (
            (self.stop, "close", "text"),
            (self.go_on, "next", "on_accent"),
            (self.write, "save", "on_accent"),
            (self.anew, "refresh", "accent"),
            (self.other, "folder", "accent"),
            (self.show_folder, "folder", "text"),
        ):
            button.setIcon(self.look.icon(name, colour))

    def _choose_dropped(self, paths: list[Path]) -> None:
        """The folder that was dropped, or that of the file that was."""
        folder = paths[0] if is_folder(paths[0]) else paths[0].parent
        self.setup.choose(folder)
        self.setup.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what goes on -----------------------------------------------------------------------

    def _batch_came(self, intake: Intake, batch: Batch) -> None:
        if intake is self._intake and self._job:
            self.results.add(batch)

    def _progress(self, stage: str, done: int, whole: int) -> None:
        self._tell("advice", stage, done=done, whole=whole)
        self.strip.show_bar(done, whole)

    def _done(self, outcome: Outcome) -> None:
        found = outcome.overview
        self.results.show_outcome(outcome)
        counts: dict[str, object] = dict(found.counts.items())
        counts |= {"whole": found.whole, "replaced": found.replaced}
        self._tell("warning" if found.faulty else "good", "done", **counts)

    def _failed(self, error: BaseException) -> None:
        self._trouble = error
        self.setup.trouble.say("error", self._said(error))
        self._show_setup()

    def _ended(self) -> None:
        """Done, failed or stopped: what can be done now is another thing."""
        stopped = self._job is not None and self.results.outcome is None and not self._trouble
        self._job = None
        self.results.settle()
        self.strip.bar.hide()
        if stopped and self._how:
            whole = self._how[2]["whole"]
            self._tell("warning", "stopped", done=len(self.results.model.entries), whole=whole)
        self._offer()
        if self.stack.currentIndex() and self.isVisible():
            first = self.go_on if stopped else self.write
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _seen(self, one: Entry, seen: Seen) -> None:
        if self.results.detail.one is one:
            self.results.detail.show_seen(seen)

    def _let_look_go(self) -> None:
        if self._looking and self._looking.running:
            self._looking.cancel()
        self._looking = None

    def _have_written(self, files: list[Path]) -> None:
        self._written, self._trouble = tuple(files), None
        self._say_written()

    def _not_written(self, error: BaseException) -> None:
        self._written = ()
        self.wrote.say("error", self._said(error))

    def _writing_ended(self) -> None:
        self._writing = None
        self.write.setEnabled(True)

    def _again(self) -> None:
        if self._given:
            self.begin(self._given)

    def _other(self) -> None:
        self._show_setup()
        self.setup.refresh()
        self.setup.fields["folder"].line.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is told -----------------------------------------------------------------------

    def _show_setup(self) -> None:
        self.stack.setCurrentIndex(0)
        self.lead.show()

    def _show_running(self) -> None:
        given = self._given
        if given:
            self.places.show_text(f"{given.folder}  →  {given.out}")
        self.lead.hide()
        self.wrote.say("good", "")
        self.setup.trouble.say("error", "")
        self.stack.setCurrentIndex(1)
        self._offer()

    def _offer(self) -> None:
        """What can be done, as it stands now."""
        running, over = self.busy, self.results.outcome is not None
        self.stop.setEnabled(True)
        for button, offered in (
            (self.stop, running or not (over or self._how)),
            (self.go_on, not running and not over),
            (self.write, not running and over),
            (self.anew, not running and over),
            (self.other, not running),
        ):
            button.setVisible(offered)

    def _tell(self, tone: str, key: str, **figures: object) -> None:
        self._how = tone, key, figures
        self._say_how()

    def _say_how(self) -> None:
        if self._how:
            tone, key, figures = self._how
            self.strip.say(tone, self.speech.say(f"window.intake.how.{key}", **figures))

    def _say_written(self) -> None:
        if self._written:
            names = ", ".join(file.name for file in self._written)
            self.wrote.say("good", self.speech.say("window.intake.written", files=names))
            self.show_folder.show()

    def _said(self, error: object) -> str:
        if isinstance(error, SifError):
            return self.speech.error(error)
        return self.speech.say("window.trouble.unexpected")

    def _running(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        head = QHBoxLayout()
        head.setSpacing(gap(1))
        head.addWidget(self.places, 1)
        head.addWidget(self.anew)
        head.addWidget(self.other)
        layout.addLayout(head)
        for widget in (self.strip, self.wrote):
            layout.addWidget(widget)
        layout.addWidget(self.results, 1)
        return page


def _pass_on(emit: Callable[..., None], intake: Intake, batch: Batch) -> None:
    """Out of the thread of the intake, into the window's."""
    with suppress(RuntimeError):  # the page is gone: there is nobody to show it to
        emit(intake, batch)
