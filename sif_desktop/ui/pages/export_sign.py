"""Where the bundle goes, the button that signs, and how far it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.errors import SifError
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.keys.parts import named
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_place import ask_place, suggestion
from sif_desktop.ui.worker import Job

_THOUSAND = 1000


class SignPanel(QWidget):
    """`wanted` gives the file to write when somebody presses the button; `stopped` that it is not
    wanted after all."""

    wanted = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.path: Path | None = None
        self._chosen = False
        self._missing = ""
        self._error: SifError | None = None
        self._stage = ("", 0, 0)
        self.label, self.where = QLabel(), QLineEdit(readOnly=True)
        self.browse, self.sign, self.stop = QPushButton(), QPushButton(), QPushButton()
        role(self.sign, "primary")
        self.sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.why, self.trouble, self.stage = (QLabel(wordWrap=True) for _ in range(3))
        role(self.why, "muted")
        role(self.trouble, "error")
        self.bar = QProgressBar(textVisible=False, maximum=_THOUSAND)
        self.offline, self.offline_icon = QLabel(wordWrap=True), QLabel()
        role(self.offline, "small")
        self._arrange()
        self.browse.clicked.connect(lambda _=False: self._browse())
        self.sign.clicked.connect(lambda _=False: self._want())
        self.stop.clicked.connect(lambda _=False: self._stop())
        desk.tinted.connect(self._tint)
        self._tint()

    def suggest(self) -> None:
        """A file beside the draft that is not there yet, unless somebody chose another."""
        if not self._chosen:
            self._show_path(suggestion(self.desk, "asice"))

    def tell(self, missing: str) -> None:
        """Whether it can be signed now; otherwise `missing` is why not."""
        self._missing = missing
        self._refresh()

    def tell_trouble(self, error: SifError) -> None:
        """Says why it failed, that nothing was left half-written, and what to do."""
        self._error = error
        self._refresh()

    def begin(self, job: Job) -> None:
        """Shows how far a job is."""
        self._error = None
        self._stage = ("signing", 0, 0)
        self._working = True
        job.progressed.connect(self._progress)
        self._refresh()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """The job is over: the next one goes into another file."""
        self._working = False
        self._chosen = False
        self.suggest()
        self._refresh()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        named(self.label, self.where, say("window.export.where"))
        self.browse.setText(say("window.export.browse"))
        self.sign.setText(say("window.export.sign"))
        self.stop.setText(say("window.export.stop"))
        self.offline.setText(say("window.export.offline"))
        self.bar.setAccessibleName(say("window.export.progress"))
        self._refresh()

    _working = False

    def _refresh(self) -> None:
        say = self.desk.speech.say
        ready = not self._missing and not self._working
        self.sign.setEnabled(ready)
        self.browse.setEnabled(not self._working)
        for widget in (self.bar, self.stage, self.stop):
            widget.setVisible(self._working)
        self.sign.setVisible(not self._working)
        self.why.setText(say(f"window.export.missing.{self._missing}") if self._missing else "")
        self.why.setVisible(bool(self._missing) and not self._working)
        self.sign.setAccessibleDescription(self.why.text())
        error = self._error
        self.trouble.setVisible(error is not None)
        if error is not None:
            told = self.desk.speech.error(error)
            self.trouble.setText(f"{told} {say('window.export.nothing_left')}")
        name, done, whole = self._stage
        self.bar.setMaximum(_THOUSAND if whole else 0)
        self.bar.setValue(done * _THOUSAND // whole if whole else 0)
        if name:
            self.stage.setText(say(f"window.export.stage.{name}"))
        self.stop.setEnabled(name != "verifying")

    def _progress(self, stage: str, done: int, whole: int) -> None:
        self._stage = (stage, done, whole)
        self._refresh()

    def _want(self) -> None:
        if not self._chosen:
            self.suggest()  # somebody may have taken the name meanwhile
        if self.path:
            self.wanted.emit(self.path)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()

    def _browse(self) -> None:
        say = self.desk.speech.say
        at = self.path or suggestion(self.desk, "asice")
        path = ask_place(self, say("window.export.where"), at, say("window.export.kind"))
        if path:
            self._chosen = True
            self._show_path(path)

    def _show_path(self, path: Path) -> None:
        self.path = path
        self.where.setText(str(path))
        self.where.setToolTip(str(path))

    def _tint(self) -> None:
        look = self.desk.look
        self.browse.setIcon(look.icon("folder", "text"))
        self.sign.setIcon(look.icon("step-export", "on_accent"))
        self.offline_icon.setPixmap(look.icon("lock", "muted").pixmap(16, 16))

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.where, 1)
        place.addWidget(self.browse)
        act = QHBoxLayout()
        act.setSpacing(gap(2))
        act.addWidget(self.sign)
        act.addWidget(self.why, 1)
        act.addWidget(self.bar, 1)
        act.addWidget(self.stop)
        act.addStretch(0)
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addWidget(self.offline_icon, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.offline, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.label)
        layout.addLayout(place)
        layout.addSpacing(gap(0.5))
        layout.addLayout(act)
        layout.addWidget(self.stage)
        layout.addWidget(self.trouble)
        layout.addLayout(foot)
