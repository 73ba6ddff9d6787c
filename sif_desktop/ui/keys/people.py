"""The people whose fingerprint one compared: whoever is known so counts as known everywhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import pins
from sif_desktop.app.pins import Candidate, Pin
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.keys.parts import column, figures, named, row
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import Job, run

_LONGEST_GROUPS = 80


class People(QWidget):
    """Who is known; and somebody more, when the figures that were read out are those of a file.

    `changed` tells that there are other people in the list.
    """

    changed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._found: tuple[Candidate, ...] = ()
        self._job: Job | None = None
        self.about, self.none, self.names, self.told = (QLabel(wordWrap=True) for _ in range(4))
        role(self.about, "muted")
        role(self.none, "muted")
        self.list = QVBoxLayout()
        self.list.setSpacing(gap(2))
        self.removes: dict[str, QPushButton] = {}
        self.add = QPushButton()
        self.add.clicked.connect(lambda _=False: self._browse())
        self.label, self.groups = QLabel(), QLineEdit(maxLength=_LONGEST_GROUPS)
        self.compare = QPushButton()
        self.groups.textChanged.connect(lambda text: self.compare.setEnabled(bool(text.strip())))
        self.groups.returnPressed.connect(self._compare)
        self.compare.clicked.connect(lambda _=False: self._compare())
        self.asking = QWidget()
        line = row(self.groups, self.compare, stretch=0)
        self.asking.setLayout(column(self.names, self.label, line))
        self.compare.setEnabled(False)
        self.setLayout(
            column(self.about, self.none, self.list, row(self.add), self.asking, self.told)
        )
        self.retranslate()

    def refresh(self) -> None:
        """Lists them anew."""
        clear(self.list)
        self.removes = {}
        known = pins.pinned()
        for fingerprint, pin in sorted(known.items(), key=lambda one: one[1].name.casefold()):
            self.list.addWidget(self._shown(fingerprint, pin))
        self.none.setVisible(not known)
        self.asking.setVisible(bool(self._found))
        self.told.setVisible(bool(self.told.text()))

    def forget(self) -> None:
        """Whoever was about to be compared is so no more."""
        job, self._job = self._job, None
        if job:
            job.cancel()
        self._found = ()
        self.groups.clear()
        self.told.clear()
        self.refresh()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.about.setText(say("window.keys.people_about"))
        self.none.setText(say("window.keys.nobody"))
        self.add.setText(say("window.keys.add_person"))
        self.compare.setText(say("window.keys.compare"))
        named(self.label, self.groups, say("window.keys.groups"))
        self.told.clear()
        self._name_found()
        self.refresh()

    def _shown(self, fingerprint: str, pin: Pin) -> QWidget:
        from sif_desktop.bundle.identity import fingerprint_groups

        say = self._speech.say
        who, since, groups = QLabel(wordWrap=True), QLabel(), figures()
        role(who, "lead")
        role(since, "muted")
        who.setText(pin.name or "–")
        since.setText(say("window.keys.since", since=pin.since))
        groups.setText(fingerprint_groups(fingerprint))
        groups.setAccessibleName(say("window.identity.fingerprint"))
        remove = QPushButton(say("window.keys.remove"))
        remove.setAccessibleName(f"{remove.text()}: {who.text()}")
        remove.clicked.connect(lambda _=False: self._remove(fingerprint, pin))
        self.removes[fingerprint] = remove
        shown = QWidget()
        shown.setLayout(column(who, since, row(groups, remove, stretch=0)))
        return shown

    def _browse(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        say = self._speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.keys.add_person"), str(Path.home()), say("window.keys.person_filter")
        )
        if chosen:
            self._look(Path(chosen))

    def _look(self, path: Path) -> None:
        """Reads who is in a file, beside the window: a bundle may be large."""

        def act(_: Work) -> tuple[Candidate, ...]:
            return pins.candidates(path)

        self.forget()
        self.add.setEnabled(False)
        job = self._job = run(act)
        job.done.connect(self._ask)
        job.failed.connect(self._refused)
        job.ended.connect(lambda: self.add.setEnabled(True))

    def _ask(self, found: tuple[Candidate, ...]) -> None:
        self._job, self._found = None, found
        self._name_found()
        self.refresh()
        self.groups.setFocus()

    def _refused(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, SifError):
            raise error
        self._tell(self._speech.error(error), "error")

    def _name_found(self) -> None:
        """Whose certificates there are. Their figures are not shown: they have to be read out."""
        who = "; ".join(_who(one) for one in self._found)
        self.names.setText(self._speech.say("window.keys.in_file", who=who))

    def _compare(self) -> None:
        if not self.compare.isEnabled():
            return
        try:
            one = pins.chosen(self._found, self.groups.text())
            pins.pin(one.fingerprint, _who(one))
        except SifError as error:
            self._tell(self._speech.error(error), "error")
            self.groups.setFocus()
            return
        self.forget()
        self._tell(self._speech.say("window.keys.known_now", name=_who(one)), "good")
        self.changed.emit()

    def _remove(self, fingerprint: str, pin: Pin) -> None:
        try:
            pins.unpin(fingerprint)
        except SifError as error:
            self._tell(self._speech.error(error), "error")
            return
        self._tell(self._speech.say("window.keys.removed", name=pin.name or "–"), "muted")
        self.add.setFocus()
        self.changed.emit()

    def _tell(self, sentence: str, kind: str) -> None:
        self.told.setText(sentence)
        role(self.told, kind)
        self.groups.setAccessibleDescription(sentence if kind == "error" else "")
        self.refresh()


def _who(one: Candidate) -> str:
    return ", ".join(part for part in (one.name, one.organisation) if part) or "–"
