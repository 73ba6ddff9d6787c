"""The transfer sheet as a web page: where it goes, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from sif_desktop.app.sources import Source
from sif_desktop.app.transfer_ticks import Ticks
from sif_desktop.app.work import Work
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_place import ask_place, suggestion
from sif_desktop.ui.worker import Job, run


class WebPage(QFrame):
    """Writes the page beside the window, and then tells where it is. `failed` gives the error."""

    failed = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.path: Path | None = None
        self.job: Job | None = None
        role(self, "summary-good")
        self.icon, self.text = QLabel(), QLabel(wordWrap=True)
        self.folder, self.close_it = QPushButton(), QPushButton()
        role(self.close_it, "quiet")
        self.folder.clicked.connect(lambda _=False: self._open_folder())
        self.close_it.clicked.connect(lambda _=False: self.hide())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(1.5), gap(0.75), gap(1.5), gap(0.75))
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.folder)
        layout.addWidget(self.close_it)
        desk.tinted.connect(self.refresh)
        desk.closing.connect(self._stop)
        self.hide()

    def ask(self, ticks: Ticks) -> bool:
        """Asks where the page goes, and begins to write it; whether that was done."""
        say = self._desk.speech.say
        place = suggestion(self._desk, "html")
        title = say("window.transfer.web_title")
        path = ask_place(self, title, place, say("window.transfer.web_kind"))
        if path is None:
            return False
        self.hide()
        self.path = path
        session, language = self._desk.session, self._desk.speech.language
        source = Source("draft", session.draft.path, session.proposal, session.call)
        kept = dict(ticks)

        def act(_: Work) -> None:
            from sif_desktop.app.transfer_page import write_page

            write_page(source, path, language, kept)

        self.job = run(act)
        self.job.done.connect(self._written)
        self.job.failed.connect(self.failed)
        self.job.ended.connect(self._ended)
        return True

    def refresh(self) -> None:
        """Says it in the language and colours of the interface."""
        say, look = self._desk.speech.say, self._desk.look
        self.icon.setPixmap(look.icon("state-complete", "good").pixmap(22, 22))
        file = str(self.path) if self.path else ""
        self.text.setText(say("window.transfer.web_made", file=file))
        self.folder.setText(say("window.export.folder"))
        self.folder.setIcon(look.icon("folder", "text"))
        self.close_it.setText(say("window.transfer.close"))

    def _written(self) -> None:
        self.refresh()
        self.show()

    def _ended(self) -> None:
        self.job = None
        self.ended.emit()

    def _stop(self) -> None:
        if self.job:
            self.job.cancel()

    def _open_folder(self) -> None:
        if self.path:
            show_folder(self.path.parent)
