"""The keys of this user, as they are listed: whose, of what kind, until when, which fingerprint."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app import identities
from sif_desktop.app.identities import Known
from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.keys.parts import Unlock, column, figures, row
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import Job, run


class OwnList(QWidget):
    """The keys that are kept here, and where one from an authority is added. `changed` after that.

    Nothing is unlocked to list it. The card in the reader is among them, where there is one.
    """

    changed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._path: Path | None = None
        self._job: Job | None = None
        self._reading: Job | None = None
        self._card: Known | None = None
        self.none, self.about, self.told = (QLabel(wordWrap=True) for _ in range(3))
        role(self.none, "muted")
        self.list = QVBoxLayout()
        self.list.setSpacing(gap(2))
        self.copies: list[QPushButton] = []
        self.add = QPushButton()
        self.add.clicked.connect(lambda _=False: self._browse())
        self.unlock = Unlock(speech, "window.identity.opening_file")
        self.unlock.wanted.connect(self._import)
        self.setLayout(
            column(self.none, self.list, row(self.add), self.about, self.unlock, self.told)
        )
        self.retranslate()

    def refresh(self) -> None:
        """Lists them anew."""
        clear(self.list)
        self.copies = []
        known = [*identities.listed(), *([self._card] if self._card else [])]
        for one in known:
            self.list.addWidget(self._shown(one))
        self.none.setVisible(not known and not identities.has_default())
        self.about.setVisible(self._path is not None)
        self.unlock.setVisible(self._path is not None)
        self.told.setVisible(bool(self.told.text()))

    def look_for_card(self) -> None:
        """Looks in the reader, beside the window; where no card is found there is none to list."""
        if self._reading:
            self._reading.cancel()

        def act(_: Work) -> Known | None:
            with suppress(SifError):
                return identities.known_card()
            return None

        job = self._reading = run(act, apart=True)
        job.done.connect(self._card_seen)

    def forget(self) -> None:
        """Takes away what was typed and not used; a key that was to be added is so no more."""
        for job in (self._job, self._reading):
            if job:
                job.cancel()
        self._job = self._reading = self._card = None
        self._path = None
        self.unlock.forget()
        self.unlock.set_busy(False)
        self.told.clear()
        self.refresh()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.none.setText(say("window.keys.none"))
        self.add.setText(say("window.keys.add"))
        self.unlock.retranslate()
        self.told.clear()
        self._name_file()
        self.refresh()

    def _shown(self, one: Known) -> QWidget:
        """A key: its holder, its kind and its end, and its fingerprint with a button to copy it."""
        from sif_desktop.bundle.identity import fingerprint_groups

        say = self._speech.say
        who, kind, until = (QLabel(wordWrap=True) for _ in range(3))
        role(who, "lead")
        who.setText(", ".join(part for part in (one.name, one.organisation) if part) or "–")
        kind.setText(say(f"window.keys.kind.{one.kind}"))
        if one.kind != "embedded":
            key = "window.keys.self_issued" if one.self_issued else "window.keys.issuer"
            kind.setText(f"{kind.text()}. {say(key, issuer=one.issuer or '?')}")
        past = one.not_after < datetime.now(UTC)
        role(until, "error" if past else "muted")
        key = "window.keys.expired" if past else "window.keys.until"
        until.setText(say(key, until=one.not_after.date()))
        groups = figures()
        groups.setText(fingerprint_groups(one.fingerprint))
        groups.setAccessibleName(say("window.identity.fingerprint"))
        copy = QPushButton(say("window.keys.copy"))
        copy.setAccessibleName(f"{copy.text()}: {who.text()}")
        copy.clicked.connect(lambda _=False: QApplication.clipboard().setText(groups.text()))
        self.copies.append(copy)
        shown = QWidget()
        shown.setLayout(column(who, kind, until, row(groups, copy, stretch=0)))
        return shown

    def _card_seen(self, card: Known | None) -> None:
        self._reading, self._card = None, card
        self.refresh()

    def _browse(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        say = self._speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.keys.add"), str(Path.home()), say("window.identity.file_filter")
        )
        if chosen:
            self._path = Path(chosen)
            self.told.clear()
            self._name_file()
            self.refresh()
            self.unlock.passphrase.setFocus()

    def _name_file(self) -> None:
        name = self._path.name if self._path else ""
        self.about.setText(self._speech.say("window.keys.adding", file=name))

    def _import(self, passphrase: str) -> None:
        path = self._path
        if path is None:
            return

        def act(_: Work) -> str:
            return identities.import_file(path, lambda *_: passphrase).name

        self.unlock.set_busy(True)
        job = self._job = run(act)
        job.done.connect(self._imported)
        job.failed.connect(self._refused)

    def _imported(self, name: str) -> None:
        self._job = self._path = None
        self.unlock.set_busy(False)
        self._tell(self._speech.say("window.keys.added", name=name), "good")
        self.changed.emit()

    def _refused(self, error: BaseException) -> None:
        self._job = None
        self.unlock.set_busy(False)
        if not isinstance(error, SifError):
            raise error
        self._tell(self._speech.error(error), "error")
        self.unlock.passphrase.setFocus()

    def _tell(self, sentence: str, kind: str) -> None:
        self.told.setText(sentence)
        role(self.told, kind)
        self.unlock.passphrase.setAccessibleDescription(sentence if kind == "error" else "")
        self.refresh()
