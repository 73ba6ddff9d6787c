"""Where an intake begins: which folder, where its results go, and whom it trusts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop import paths
from sif_desktop.app.intake.desk import Given
from sif_desktop.app.intake.outcome import looks, suggested
from sif_desktop.ui.intake.strip import Strip
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

FIELDS = ("folder", "out", "trust")


class FolderField(QWidget):
    """A folder: its path to type, a button to choose it, and a note about it."""

    def __init__(self, speech: Speech, look: Look, name: str) -> None:
        super().__init__()
        self._speech, self._look, self._name = speech, look, name
        self.label, self.note = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.label, "label")
        role(self.note, "small")
        self.note.hide()
        self.line, self.browse = QLineEdit(), QPushButton()
        self.browse.clicked.connect(lambda _=False: self._browse())
        row = QHBoxLayout()
        row.setSpacing(gap(1))
        row.addWidget(self.line, 1)
        row.addWidget(self.browse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        layout.addWidget(self.label)
        layout.addLayout(row)
        layout.addWidget(self.note)
        look.changed.connect(self.tint)
        self.tint()

    @property
    def path(self) -> Path | None:
        """The folder that stands there, or None."""
        return paths.typed(self.line.text())

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.label.setText(say(f"window.intake.{self._name}"))
        self.label.setBuddy(self.line)
        self.line.setAccessibleName(self.label.text())
        self.browse.setText(say("window.intake.browse"))
        self.browse.setAccessibleName(f"{self.browse.text()} {self.label.text()}")

    def tell(self, sentence: str, tone: str = "small") -> None:
        """Says something about the folder that stands there."""
        role(self.note, tone)
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def tint(self) -> None:
        """Icons are others."""
        self.browse.setIcon(self._look.icon("folder", "text"))

    def _browse(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        begin = self.line.text().strip() or str(documents())
        chosen = QFileDialog.getExistingDirectory(self, self.label.text(), begin)
        if chosen:
            self.line.setText(chosen)


class Setup(QWidget):
    """The folders of an intake. `wanted` gives them when it is to begin."""

    wanted = Signal(object)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._own_place = self._suggesting = False
        self.trouble = Strip(look)
        self.fields = {name: FolderField(speech, look, name) for name in FIELDS}
        self.drop = QFrame()
        role(self.drop, "drop")
        self.icon, self.hint = QLabel(), QLabel(wordWrap=True)
        role(self.hint, "lead")
        self.promise = QLabel(wordWrap=True)
        role(self.promise, "muted")
        self.begin = QPushButton()
        role(self.begin, "primary")
        self.begin.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.begin.clicked.connect(lambda _=False: self._begin())
        self.fields["folder"].line.textChanged.connect(lambda _: self._folder_changed())
        self.fields["out"].line.textChanged.connect(lambda _: self._out_changed())
        for field in self.fields.values():
            field.line.returnPressed.connect(self._begin)
        self._arrange()
        look.changed.connect(self.tint)
        self.tint()

    def choose(self, folder: Path) -> None:
        """Takes a folder of bundles, as one that was dropped."""
        self._own_place = False
        self.fields["folder"].line.setText(str(folder))

    def show_over(self, over: bool) -> None:
        """Shows that a folder is held over the page."""
        role(self.drop, "drop-over" if over else "drop")

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.hint.setText(say("window.intake.drop"))
        self.promise.setText(say("window.intake.promise"))
        self.begin.setText(say("window.intake.begin"))
        for field in self.fields.values():
            field.retranslate()
        self.fields["trust"].tell(say("window.intake.trust_about"))
        self.refresh()

    def refresh(self) -> None:
        """Looks anew at what the folder for the results holds."""
        say, out = self._speech.say, self.fields["out"]
        holds = looks(out.path) if out.path else "nothing"
        key, tone = {
            "nothing": ("out_about", "small"),
            "earlier": ("out_earlier", "good"),
            "other": ("out_other", "warning"),
        }.get(holds or "", ("out_closed", "warning"))
        out.tell(say(f"window.intake.{key}"), tone)
        folder = self.fields["folder"]
        there = folder.path is None or paths.is_folder(folder.path)
        folder.tell("" if there else say("window.intake.folder_missing"), "warning")
        self.begin.setEnabled(bool(folder.path and out.path))

    def tint(self) -> None:
        """Icons are others."""
        self.icon.setPixmap(self._look.icon("drop", "accent").pixmap(32, 32))
        self.begin.setIcon(self._look.icon("next", "on_accent"))

    def _folder_changed(self) -> None:
        self.trouble.say("error", "")
        folder = self.fields["folder"].path
        if folder and not self._own_place:
            self._suggesting = True
            ending = self._speech.say("window.intake.out_ending")
            self.fields["out"].line.setText(str(suggested(folder, ending)))
            self._suggesting = False
        self.refresh()

    def _out_changed(self) -> None:
        """A place that was typed or chosen stays, whatever the folder of bundles becomes."""
        if not self._suggesting:
            self._own_place = bool(self.fields["out"].path)
        self.trouble.say("error", "")
        self.refresh()

    def _begin(self) -> None:
        folder, out, trust = (self.fields[name].path for name in FIELDS)
        if folder and out:
            self.wanted.emit(Given(folder, out, trust))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(gap(2))
        head.addWidget(self.icon)
        head.addWidget(self.hint, 1)
        inner = QVBoxLayout(self.drop)
        inner.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        inner.setSpacing(gap(2))
        inner.addLayout(head)
        inner.addWidget(self.fields["folder"])
        rest = QFrame()
        role(rest, "card")
        others = QVBoxLayout(rest)
        others.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        others.setSpacing(gap(2))
        others.addWidget(self.fields["out"])
        others.addWidget(self.fields["trust"])
        foot = QHBoxLayout()
        foot.setSpacing(gap(2))
        foot.addWidget(self.promise, 1)
        foot.addWidget(self.begin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(2))
        for widget in (self.trouble, self.drop, rest):
            layout.addWidget(widget)
        layout.addLayout(foot)
        layout.addStretch(1)


def documents() -> Path:
    """The user's own folder for documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())
