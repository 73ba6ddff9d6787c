"""The window: the start page, or an open draft; its menus and its status bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget

from sif_desktop.app import settings
from sif_desktop.errors import SifError
from sif_desktop.language import Language
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.menus import Menus
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.start_page import StartPage

if TYPE_CHECKING:
    from sif_desktop.app.session import Session
    from sif_desktop.ui.apart import ApartPage
    from sif_desktop.ui.desk import Desk
    from sif_desktop.ui.workspace import Workspace

TICK = 200
"""Milliseconds between two looks at whether typing is to be written down."""


class MainWindow(QMainWindow):
    """One window, one draft. What a draft needs is loaded when the first one is opened."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self.speech = speech
        self.look = look
        self.desk: Desk | None = None
        self.workspace: Workspace | None = None
        self.path: Path | None = None
        self.apart: dict[str, ApartPage] = {}
        self.start = StartPage(speech, look)
        self.start.wants_new.connect(self.create_draft)
        self.start.wants_open.connect(self.open_path)
        self.start.wants_file.connect(self.ask_open)
        self.start.wants_example.connect(self.open_example)
        self.start.wants_apart.connect(self.show_apart)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.saved = QLabel()
        self.statusBar().addPermanentWidget(self.saved)
        self.statusBar().setSizeGripEnabled(False)
        self.menus = Menus(self)
        self._tick = QTimer(self, interval=TICK)
        self._tick.timeout.connect(self._on_tick)
        speech.changed.connect(self.retranslate)
        look.changed.connect(self._look_changed)
        self.resize(1280, 800)
        self.setMinimumSize(880, 560)
        self.retranslate()

    # -- drafts -----------------------------------------------------------------------------

    def open_path(self, path: Path | str) -> bool:
        """Opens a draft in place of what is open; a plain message where that cannot be."""
        from sif_desktop.app.opening import open_session

        try:
            session = open_session(Path(path))
        except SifError as error:
            self.tell(error)
            self.start.refresh()
            return False
        self.show_session(session, Path(path))
        return True

    def create_draft(
        self,
        path: Path | str,
        call_id: str,
        language: Language,
        title: str = "",
        origin: Path | None = None,
    ) -> bool:
        """Makes a draft for a call and opens it; the working title is its first value.

        It is empty, or begins from an earlier proposal in `origin`.
        """
        from sif_desktop.app.importing import follow_up, new_draft
        from sif_desktop.app.opening import author
        from sif_desktop.model.edit import Set
        from sif_desktop.ui.call_facts import carried_in_words

        said = ""
        try:
            if origin is None:
                new_draft(Path(path), call_id, language, author())
            else:
                carried, beside = follow_up(Path(path), call_id, origin, language, author())
                said = carried_in_words(carried, beside, self.speech)
        except SifError as error:
            self.tell(error)
            return False
        opened = self.open_path(path)
        if opened and said:
            self.say(said)
        if opened and self.desk and title:
            subject = self.speech.find("fields.title.label")
            self.desk.do(Set(at="project/title", value=title), subject=subject)
        return opened

    def show_session(self, session: Session, path: Path) -> None:
        """Shows a draft that was opened."""
        from sif_desktop.app.opening import note
        from sif_desktop.ui.desk import Desk
        from sif_desktop.ui.workspace import Workspace

        self.close_draft()
        self.path = path
        self.speech.use_call(session.call)
        self.desk = Desk(session, self.speech, self.look)
        self.desk.changed.connect(self._session_changed)
        self.workspace = Workspace(self.desk, self.save_elsewhere)
        self.stack.addWidget(self.workspace)
        self.stack.setCurrentWidget(self.workspace)
        note(session, path, still_open=True)
        self._tick.start()
        self._session_changed()

    def close_draft(self) -> None:
        """Lets go of the open draft, which is saved already, and shows the start page."""
        if self.desk is None or self.workspace is None:
            return
        from sif_desktop.app.opening import note

        self._tick.stop()
        self.desk.closing.emit()
        self.desk.let_go()  # what is written down last begins no work on a draft that closes
        session = self.desk.session
        session.settle()
        if self.path:
            note(session, self.path, still_open=bool(session.unsaved))
        session.close()
        self.stack.removeWidget(self.workspace)
        self.workspace.deleteLater()
        self.desk.deleteLater()
        self.desk = self.workspace = self.path = None
        self.speech.use_call(None)
        self.start.refresh()
        self.stack.setCurrentWidget(self.start)
        self._session_changed()

    def new_draft(self) -> None:
        """Shows where a new draft is made."""
        self.close_draft()
        self.start.show_new()

    def ask_open(self) -> None:
        """Asks which draft to open."""
        from PySide6.QtWidgets import QFileDialog

        say = self.speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.open.title"), str(Path.home()), say("window.open.filter")
        )
        if chosen:
            self.open_path(Path(chosen))

    def open_example(self) -> None:
        """Makes a draft of the example dossier in the user's folder and opens it."""
        from sif_desktop import paths
        from sif_desktop.app.demo import example_draft
        from sif_desktop.app.opening import author

        path = paths.user_data() / "example.sif"
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                example_draft(path, author())
        except SifError as error:
            self.tell(error)
            return
        self.open_path(path)

    def save_elsewhere(self) -> None:
        """Writes a copy of the draft at a place that is asked for."""
        if self.desk is None:
            return
        from PySide6.QtWidgets import QFileDialog

        say = self.speech.say
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("window.trouble.elsewhere"), str(Path.home()), say("window.open.filter")
        )
        if not chosen:
            return
        path = Path(chosen)
        try:
            self.desk.session.save_elsewhere(path if path.suffix else path.with_suffix(".sif"))
        except SifError as error:
            self.tell(error)
        else:
            self.statusBar().showMessage(say("window.status.copied", file=path.name), 8000)

    def show_side(self, key: str) -> None:
        """Shows a page beside the steps of the open draft."""
        if self.workspace:
            self.leave_apart()
            self.workspace.go(key)

    # -- pages that need no draft -----------------------------------------------------------

    def show_apart(self, key: str) -> None:
        """Shows a page that needs no draft; an open one stays open behind it."""
        from sif_desktop.ui.registry import make_apart

        if key not in self.apart:
            page = self.apart[key] = make_apart(key, self.speech, self.look)
            page.left.connect(self.leave_apart)
            page.wants_open.connect(self.open_path)
            self.stack.addWidget(page)
        if self.desk:
            self.desk.session.settle()
        self.stack.setCurrentWidget(self.apart[key])
        self.apart[key].shown()
        self.apart[key].setFocus()

    def leave_apart(self) -> None:
        """Goes back to the open draft, or to the start page."""
        self.start.refresh()
        self.stack.setCurrentWidget(self.workspace or self.start)

    @property
    def _at_hand(self) -> Session | None:
        """The draft, where it can be changed and is in sight, not behind another page."""
        shown = self.stack.currentWidget() is self.workspace
        return self.desk.session if shown and self.desk and not self.desk.read_only else None

    # -- acts -------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes the last act back, where it can be seen."""
        if session := self._at_hand:
            session.undo()

    def redo(self) -> None:
        """Does again what was taken back."""
        if session := self._at_hand:
            session.redo()

    def use_language(self, language: Language) -> None:
        """Changes the language of the interface, now and for the next time."""
        settings.save(language=language)
        self.speech.use_language(language)

    def use_scheme(self, scheme: str) -> None:
        """Changes to light, dark or what the system has, now and for the next time."""
        settings.save(scheme=scheme)
        self.look.use(scheme)

    def tell(self, error: SifError) -> None:
        """Shows what went wrong and what to do, in a plain message."""
        self.say(self.speech.error(error), wrong=True)

    def say(self, message: str, *, wrong: bool = False) -> None:
        """Shows a message until it is put away."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning if wrong else QMessageBox.Icon.Information)
        box.setWindowTitle(self.speech.say("window.title"))
        box.setText(message)
        box.open()

    # -- what goes on -----------------------------------------------------------------------

    def retranslate(self) -> None:
        """Says menus, title and status anew."""
        self.menus.retranslate()
        self.start.retranslate()
        self._session_changed()

    def _look_changed(self) -> None:
        """As a method of the window, it is let go of with the window: a look may outlive it."""
        self.menus.update()

    def _on_tick(self) -> None:
        if self.desk and self.desk.session.waiting:
            self.desk.session.tick()
            self._session_changed()

    def _session_changed(self) -> None:
        self.menus.update()
        say = self.speech.say
        if self.desk is None or self.path is None:
            self.setWindowTitle(say("window.title"))
            self.saved.clear()
            return
        project = self.desk.proposal.project
        title = " ".join((project.acronym or project.title)[:80].split()) or self.path.stem
        self.setWindowTitle(f"{title} – {say('window.title')}")
        self.saved.setText(self._saved_words())

    def _saved_words(self) -> str:
        assert self.desk is not None  # noqa: S101 - asked for an open draft only
        session, say = self.desk.session, self.speech.say
        if session.read_only:
            return say("window.status.read_only")
        if session.trouble:
            return say("window.status.trouble")
        if session.waiting:
            return say("window.status.saving")
        if session.saved_at is None:
            return say("window.status.unchanged")
        return say("window.status.saved", time=session.saved_at.astimezone().strftime("%H:%M"))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing asks nothing: everything is written down."""
        for page in self.apart.values():
            page.let_go()
        self.close_draft()
        super().closeEvent(event)
