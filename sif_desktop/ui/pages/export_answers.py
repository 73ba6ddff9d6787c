"""What came of an export: the file, and the three answers of its verification in plain words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.answers import Answer, answers, not_checked
from sif_desktop.app.signing import Prepared
from sif_desktop.app.sizes import size_in_words
from sif_desktop.app.verification import Examination
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.pages.export_place import save_pdf

_ICONS = {"good": "state-complete", "warning": "warning", "error": "state-blocked"}


class Result(QFrame):
    """The card of the result. It stays as it is when the proposal is changed, and says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.path: Path | None = None
        self.examination: Examination | None = None
        self._prepared: Prepared | None = None
        self._size = 0
        role(self, "card")
        self.icon = QLabel()
        self.head, self.file, self.since = (QLabel(wordWrap=True) for _ in range(3))
        role(self.head, "title")
        role(self.since, "muted")
        self.file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answers = QVBoxLayout()
        self.answers.setSpacing(gap(2))
        self.unseen = QLabel(wordWrap=True)
        role(self.unseen, "small")
        self.folder, self.pdf = QPushButton(), QPushButton()
        self.folder.clicked.connect(lambda _=False: self._open_folder())
        self.pdf.clicked.connect(lambda _=False: self._save_pdf())
        self._arrange()
        desk.tinted.connect(self.refresh)
        desk.changed.connect(self._tell_since)
        self.hide()

    def show_result(self, path: Path, prepared: Prepared, examination: Examination) -> None:
        """Shows what came of an export."""
        self.path, self.examination, self._prepared = path, examination, prepared
        try:
            self._size = path.stat().st_size
        except OSError:
            self._size = 0
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Says everything in the language and the colours of the interface."""
        if self.examination is None or self.path is None:
            return
        say, words, look = self.desk.speech.say, self.desk.speech.words, self.desk.look
        found = answers(self.examination, words)
        good = all(answer.tone != "error" for answer in found)
        self.head.setText(say("window.export.made" if good else "window.export.made_wrong"))
        tone = "good" if good else "error"
        self.icon.setPixmap(look.icon(_ICONS[tone], tone).pixmap(32, 32))
        size = size_in_words(self._size, words)
        self.file.setText(say("window.export.file", file=str(self.path), size=size))
        clear(self.answers)
        for answer in found:
            self.answers.addWidget(self._answer(answer))
        self.unseen.setText("\n".join(not_checked(self.examination, words)))
        self.folder.setText(say("window.export.folder"))
        self.folder.setIcon(look.icon("folder", "text"))
        self.pdf.setText(say("window.export.pdf"))
        self.pdf.setIcon(look.icon("pdf", "text"))
        self._tell_since()

    def _tell_since(self) -> None:
        """Whether the bundle holds what the draft holds now."""
        prepared = self._prepared
        changed = prepared is not None and prepared.proposal is not self.desk.proposal
        self.since.setText(self.desk.speech.say("window.export.since") if changed else "")
        self.since.setVisible(changed)

    def _answer(self, answer: Answer) -> QWidget:
        """A question with its answer; the icon says it too, and differs in shape."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(1.5))
        icon = QLabel()
        drawn = self.desk.look.icon(_ICONS[answer.tone], answer.tone)
        icon.setPixmap(drawn.pixmap(22, 22))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.5))
        row.addLayout(texts, 1)
        texts.addWidget(_text(answer.question, "label"))
        for part in answer.parts:
            texts.addWidget(_text(part.said))
            if part.about:
                texts.addWidget(_text(part.about, "muted"))
            if part.fingerprint:
                label = self.desk.speech.say("window.identity.fingerprint")
                texts.addWidget(_text(label, "small"))
                texts.addWidget(_text(part.fingerprint, "figures"))
            for problem in part.problems:
                texts.addWidget(_text(problem, "error" if answer.tone == "error" else "small"))
        return holder

    def _open_folder(self) -> None:
        if self.path:
            show_folder(self.path.parent)

    def _save_pdf(self) -> None:
        if self._prepared:
            save_pdf(self, self.desk, self._prepared.pdf)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(gap(1.5))
        top.addWidget(self.icon)
        top.addWidget(self.head, 1)
        buttons = FlowLayout(None, gap(0.5))
        buttons.addWidget(self.folder)
        buttons.addWidget(self.pdf)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(3))
        layout.setSpacing(gap(1.5))
        layout.addLayout(top)
        layout.addWidget(self.file)
        layout.addWidget(self.since)
        layout.addLayout(buttons)
        layout.addSpacing(gap(0.5))
        layout.addLayout(self.answers)
        layout.addWidget(self.unseen)


def _text(said: str, kind: str = "") -> QLabel:
    label = QLabel(said, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if kind:
        role(label, kind)
    return label
