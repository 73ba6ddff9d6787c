"""What is told of the moment that is chosen, what can be done with it, and what is asked first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.past.asking import AskBack, AskName
from sif_desktop.ui.past.model import Line, MomentsModel


class MomentHead(QWidget):
    """The moment. `wants_back` asks to go back to it, `wants_name` to give it a name."""

    wants_back = Signal()
    wants_name = Signal()

    def __init__(self, desk: Desk, model: MomentsModel) -> None:
        super().__init__()
        self.desk, self._model = desk, model
        self.title, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "title")
        role(self.about, "muted")
        for label in (self.title, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)  # what looks like a tag in it is none
        self.back, self.name, self.reason = QPushButton(), QPushButton(), QLabel(wordWrap=True)
        role(self.reason, "small")
        self.ask_back, self.ask_name = AskBack(desk), AskName(desk)
        self.back.clicked.connect(lambda _=False: self.wants_back.emit())
        self.name.clicked.connect(lambda _=False: self.wants_name.emit())
        self._arrange()
        desk.tinted.connect(self._tint)
        self._tint()

    def show_moment(self, line: Line | None, obstacle: str) -> None:
        """Tells of a moment; `obstacle` is why one cannot go back in this draft."""
        model = self._model
        now = line is not None and line.seq == model.past.last
        self.back.setEnabled(line is not None and not obstacle and not now)
        self.name.setEnabled(line is not None and not self.desk.session.read_only)
        self.reason.setText(obstacle)
        self.reason.setVisible(bool(obstacle))
        self.about.setVisible(line is not None and line.kind != "start")
        if line is None:
            self.title.setText(self.desk.speech.say("window.history.none_chosen"))
            return
        said = model.moment(line.seq)
        self.title.setText(said[:1].upper() + said[1:])
        told = model.told(line)
        author = model.said.author(line.act.author) if line.act else ""
        parts = (author, told.first, told.second)
        self.about.setText(" · ".join(part for part in parts if part))

    def retranslate(self) -> None:
        """Says the buttons; what is asked is put away."""
        say = self.desk.speech.say
        self.back.setText(say("window.history.back"))
        self.name.setText(say("window.history.name"))
        self.ask_back.hide()
        self.ask_name.hide()
        self.ask_back.retranslate()
        self.ask_name.retranslate()

    def _tint(self) -> None:
        look = self.desk.look
        self.back.setIcon(look.icon("undo", "text"))
        self.name.setIcon(look.icon("note", "text"))

    def _arrange(self) -> None:
        acts = FlowLayout(None, gap(1))
        acts.addWidget(self.back)
        acts.addWidget(self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(1))
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addLayout(acts)
        column.addWidget(self.reason)
        column.addWidget(self.ask_back)
        column.addWidget(self.ask_name)
