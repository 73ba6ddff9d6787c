"""What differs between a moment and what it is compared with, worked out beside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import comparing
from sif_desktop.app.comparing import Compared
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.export_place import ask_place, suggestion
from sif_desktop.ui.past.against import Against, Question
from sif_desktop.ui.past.differences import DifferencesText
from sif_desktop.ui.past.model import Line, MomentsModel
from sif_desktop.ui.worker import Job, run

SOON = 120
"""Milliseconds after a choice when the comparison begins: one walks through the list by key."""

PATIENCE = 350
"""Milliseconds after which it is told that a comparison takes a while."""


class Comparison(QWidget):
    """The comparison and what is asked of it. It is one of the page's two halves."""

    def __init__(self, desk: Desk, model: MomentsModel, notices: Notices) -> None:
        super().__init__()
        self.desk, self.notices = desk, notices
        self.against = Against(desk, model)
        self.against.changed.connect(self.refresh)
        self.found: Compared | None = None
        self.question: Question | None = None
        self._job: Job | None = None
        self._saving: Job | None = None
        self._told_trouble = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._begin)
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE)
        self._slow.timeout.connect(self._tell_slow)
        self.count, self.signs = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.count, "label")
        role(self.signs, "small")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.save = QPushButton()
        self.save.clicked.connect(lambda _=False: self._save())
        self.progress = QWidget()
        self.waiting, self.bar, self.stop = QLabel(), QProgressBar(textVisible=False), QPushButton()
        self.bar.setMaximum(0)
        self.stop.clicked.connect(lambda _=False: self._stop())
        self.text = DifferencesText(desk)
        self._arrange()
        desk.tinted.connect(self.tint)
        desk.closing.connect(self._let_go)
        self.tint()

    @property
    def busy(self) -> bool:
        """Whether a comparison is asked for or being written."""
        return self._soon.isActive() or self._job is not None or self.text.busy

    def look_at(self, line: Line | None) -> None:
        """Another moment was chosen, or it is another by now."""
        self.against.look_at(line)
        self.refresh()

    def refresh(self) -> None:
        """Compares anew, soon."""
        self._cancel()
        if self._told_trouble:
            self._told_trouble = False
            self.notices.clear()
        self.question = self.against.question()
        if self.question is None:
            self._soon.stop()
            self._show(None)
        else:
            self._soon.start()

    def retranslate(self) -> None:
        """Differences are in words: they are worked out anew."""
        say = self.desk.speech.say
        self.against.retranslate()
        self.save.setText(say("window.history.save"))
        self.waiting.setText(say("window.history.comparing"))
        self.bar.setAccessibleName(say("window.history.comparing"))
        self.stop.setText(say("window.export.stop"))
        self.text.setAccessibleName(say("window.history.what"))
        self.signs.setText(say("window.history.signs"))
        self.refresh()

    def tint(self) -> None:
        """Icons in other colours."""
        self.save.setIcon(self.desk.look.icon("save", "text"))
        self.stop.setIcon(self.desk.look.icon("close", "text"))

    # -- comparing --------------------------------------------------------------------------

    def _begin(self) -> None:
        question = self.question
        if question is None:
            return
        draft, language = self.desk.session.draft, self.desk.speech.language

        def act(work: Work) -> Compared:
            return comparing.compared(draft, question.sides, language=language, work=work)

        job = self._job = run(act)
        job.done.connect(self._compared)
        job.failed.connect(self._failed)
        job.ended.connect(lambda: self._ended(job))
        self._slow.start()

    def _tell_slow(self) -> None:
        self.progress.setVisible(self._job is not None)

    def _compared(self, found: Compared) -> None:
        self._show(found)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self._show(None)
        self.notices.clear()
        self.notices.tell("error", self.desk.speech.error(error))
        self._told_trouble = True

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self._slow.stop()
            self.progress.hide()

    def _stop(self) -> None:
        """Whoever stops it sees no differences until something else is chosen."""
        self._cancel()
        self._show(None)
        self.count.setText(self.desk.speech.say("window.history.stopped"))
        self.count.show()
        self.against.box.setFocus()

    def _cancel(self) -> None:
        job, self._job = self._job, None
        if job:
            job.cancel()
        self._slow.stop()
        self.progress.hide()

    def _show(self, found: Compared | None) -> None:
        """Shows what was found; nothing while nothing is compared."""
        say, question = self.desk.speech.say, self.question
        self.found = found
        some = found is not None and bool(found.differences)
        self.count.setVisible(found is not None)
        self.save.setVisible(some)
        self.signs.setVisible(some)
        self.text.setVisible(some)
        self.text.show_differences(found.differences if found else ())
        if found and question:
            count = len(found.differences)
            key = {0: "none", 1: "one"}.get(count, "many")
            old, new = question.names
            said = say(f"window.history.found_{key}", count=count, old=old, new=new)
            if found.foreign:
                said = f"{said} {say('window.history.foreign')}"
            self.count.setText(said)

    # -- as a web page ----------------------------------------------------------------------

    def _save(self) -> None:
        if not (self.found and self.question) or self._saving:
            return
        say = self.desk.speech.say
        place = suggestion(self.desk, "html", say("window.history.file_word"))
        path = ask_place(self, say("window.history.save"), place, say("window.history.page_kind"))
        if path is None:
            return
        found, words, names = self.found.differences, self.desk.speech.words, self.question.names

        def act(_: Work) -> None:
            comparing.write_page(found, words, names, path)

        job = self._saving = run(act)
        job.done.connect(lambda _: self._saved(path))
        job.failed.connect(self._not_saved)
        job.ended.connect(self._saving_ended)

    def _saved(self, path: Path) -> None:
        say = self.desk.speech.say
        self.notices.clear()
        self.notices.tell(
            "good",
            say("window.history.saved", file=path.name),
            lambda: show_folder(path.parent),
            say("window.export.folder"),
            "folder",
        )

    def _not_saved(self, error: BaseException) -> None:
        if not isinstance(error, SifError):
            raise error
        self.notices.clear()
        self.notices.tell("error", self.desk.speech.error(error))

    def _saving_ended(self) -> None:
        self._saving = None

    def _let_go(self) -> None:
        """The draft closes: what reads it ends first."""
        self._soon.stop()
        for job in (self._job, self._saving):
            if job:
                job.cancel_and_wait()
        self._job = self._saving = None

    def _arrange(self) -> None:
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(1.5))
        row.addWidget(self.waiting)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.progress.hide()
        self.against.flow.addWidget(self.save)
        said = QVBoxLayout()
        said.setSpacing(gap(0.25))
        said.addWidget(self.count)
        said.addWidget(self.signs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(1))
        column.addWidget(self.against)
        column.addWidget(self.against.hint)
        column.addWidget(self.progress)
        column.addLayout(said)
        column.addWidget(self.text, 1)
        column.addStretch(0)
