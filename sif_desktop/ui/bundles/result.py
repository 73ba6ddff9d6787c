"""What came of looking at a file: the verdict in one line, what can be done, and the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.looking import Seen, title_of
from sif_desktop.app.sizes import size_in_words
from sif_desktop.ui.bundles.answers import Answers
from sif_desktop.ui.bundles.parts import ICONS, plain
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

TONES = {"good": "good", "unsigned": "warning", "broken": "error"}
_ACTS = {
    "sign": "step-export",
    "sheet": "print",
    "draft": "open",
    "unite": "side-team",
    "folder": "folder",
}


class Result(QWidget):
    """The card at the top with the acts, and beneath it the answers. `wanted` names an act."""

    wanted = Signal(str)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self.seen: Seen | None = None
        self.icon = QLabel()
        self.head, self.title = plain(part="title"), plain(part="label")
        self.file = plain(part="muted", selectable=True)
        self.careful = plain(part="warning")
        self.acts = {key: QPushButton() for key in _ACTS}
        role(self.acts["sign"], "primary")
        for key, button in self.acts.items():
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
        self.under = QVBoxLayout()
        self.answers = Answers(speech, look)
        self._arrange()
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """Shows what was seen in a file."""
        self.seen = seen
        self.answers.show_seen(seen)
        self.refresh()
        self.show()

    def refresh(self) -> None:
        """Says everything in the language and the colours of the interface."""
        say, seen = self._speech.say, self.seen
        for key, button in self.acts.items():
            button.setText(say(f"window.bundle.act.{key}"))
            colour = "on_accent" if key == "sign" else "text"
            button.setIcon(self._look.icon(_ACTS[key], colour))
        if seen is None:
            return
        tone = TONES[seen.standing]
        count = len(seen.examination.verdict.signatures)
        key = f"{seen.standing}_one" if seen.standing == "good" and count == 1 else seen.standing
        self.head.setText(say(f"window.bundle.head.{seen.kind}.{key}", count=count))
        self.icon.setPixmap(self._look.icon(ICONS[tone], tone).pixmap(32, 32))
        self.title.setText(title_of(seen))
        self.title.setVisible(bool(self.title.text()))
        size = size_in_words(seen.size, self._speech.words)
        self.file.setText(say("window.export.file", file=str(seen.path), size=size))
        can_open = seen.examination.proposal is not None and seen.examination.call is not None
        bundle = seen.kind == "bundle"
        self._offer(
            sign=seen.may_cosign(),
            sheet=bundle,
            draft=can_open,
            unite=bundle and seen.examination.good,
            folder=True,
        )
        careful = can_open and seen.standing == "broken"
        self.careful.setText(say("window.bundle.careful") if careful else "")
        self.careful.setVisible(careful)
        self.answers.refresh()

    def open_folder(self) -> None:
        """Shows the folder of the file. The file itself is never opened."""
        if self.seen:
            show_folder(self.seen.path.parent)

    def _offer(self, **acts: bool) -> None:
        """Shows the buttons that make sense for a file, without gaps between them."""
        while self._buttons.takeAt(0):
            pass
        for key, button in self.acts.items():
            button.setVisible(acts[key])
            if acts[key]:
                self._buttons.addWidget(button)
        self._buttons.invalidate()

    def _arrange(self) -> None:
        frame = QFrame()
        role(frame, "card")
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.5))
        for text in (self.head, self.title, self.file):
            texts.addWidget(text)
        top = QHBoxLayout()
        top.setSpacing(gap(1.5))
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        self._buttons = FlowLayout(None, gap(0.5))
        for button in self.acts.values():
            self._buttons.addWidget(button)
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        inner.setSpacing(gap(1.5))
        inner.addLayout(top)
        inner.addLayout(self._buttons)
        inner.addWidget(self.careful)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(2))
        layout.addWidget(frame)
        layout.addLayout(self.under)
        layout.addWidget(self.answers)
