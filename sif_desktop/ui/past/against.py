"""What a moment is compared with: now, the moment before, another moment, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from sif_desktop.app.comparing import Side
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.past.model import Line, MomentsModel

Mode = Literal["now", "before", "moment", "file"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True)
class Question:
    """Two sides to compare, the old and the new one, with what they are called."""

    sides: tuple[Side, Side]
    names: tuple[str, str]


class Against(QWidget):
    """The choice. `changed` tells that another comparison is asked for."""

    changed = Signal()

    def __init__(self, desk: Desk, model: MomentsModel) -> None:
        super().__init__()
        self.desk, self._model = desk, model
        self.file: Path | None = None
        self.line: Line | None = None
        self._swapped = False
        self.label, self.box = QLabel(), QComboBox()
        role(self.label, "label")
        self.label.setBuddy(self.box)
        self.box.addItems([""] * len(MODES))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.box.currentIndexChanged.connect(lambda _: self._turned())
        self.choose, self.swap = QPushButton(), QPushButton()
        self.choose.clicked.connect(lambda _=False: self.ask_file())
        self.swap.clicked.connect(lambda _=False: self._swap())
        self.hint = QLabel(wordWrap=True)
        role(self.hint, "small")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        asked = QWidget()
        row = QHBoxLayout(asked)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(1))
        row.addWidget(self.label)
        row.addWidget(self.box)
        self.flow = FlowLayout(self, gap(1))
        for widget in (asked, self.choose, self.swap):
            self.flow.addWidget(widget)
        desk.tinted.connect(self.tint)
        self.tint()

    @property
    def mode(self) -> Mode:
        """What is compared with."""
        return MODES[max(self.box.currentIndex(), 0)]

    def use(self, mode: Mode) -> None:
        """Compares with something else."""
        self.box.setCurrentIndex(MODES.index(mode))

    def look_at(self, line: Line | None) -> None:
        """Another moment was chosen."""
        self.line = line
        self._show()

    def question(self) -> Question | None:
        """What is to be compared; None while something has to be chosen yet, as the hint tells."""
        line, model = self.line, self._model
        if line is None:
            return None
        here: tuple[Side, str] = (line.seq, model.moment(line.seq))
        there: tuple[Side, str] | None = None
        if self.mode == "now" and line.seq != model.past.last:
            there = (self.desk.proposal, self.desk.speech.say("window.history.now_long"))
        elif self.mode == "before" and line.before != line.seq:
            here, there = (line.before, model.moment(line.before)), here
        elif self.mode == "moment" and model.pinned not in (None, line.seq):
            first, last = sorted((line.seq, model.pinned or 0))
            here, there = (first, model.moment(first)), (last, model.moment(last))
        elif self.mode == "file" and self.file:
            there = (self.file, self.file.name)
            if self._swapped:
                here, there = there, here
        return Question((here[0], there[0]), (here[1], there[1])) if there else None

    def ask_file(self) -> None:
        """Asks which file to compare with."""
        say = self.desk.speech.say
        at = self.file.parent if self.file else self.desk.session.draft.path.parent
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.history.file_title"), str(at), say("window.history.file_filter")
        )
        if chosen:
            self.file, self._swapped = Path(chosen), False
            self._show()
            self.changed.emit()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.label.setText(say("window.history.against"))
        for place, mode in enumerate(MODES):
            self.box.setItemText(place, say(f"window.history.against_{mode}"))
        self.choose.setText(say("window.history.choose_file"))
        self.swap.setText(say("window.history.swap"))
        self.swap.setToolTip(say("window.history.swap_tip"))
        self._show()

    def tint(self) -> None:
        """Icons in other colours."""
        self.choose.setIcon(self.desk.look.icon("folder", "text"))
        self.swap.setIcon(self.desk.look.icon("refresh", "text"))

    def _turned(self) -> None:
        """With another moment: the one that is chosen now is held, the next is chosen freely."""
        pinned = self.line.seq if self.mode == "moment" and self.line else None
        if pinned != self._model.pinned:
            self._model.pinned = pinned
            self._model.paint_all()
        self._show()
        self.changed.emit()

    def _swap(self) -> None:
        self._swapped = not self._swapped
        self.changed.emit()

    def _show(self) -> None:
        """The buttons that belong to the choice, and what is to be done yet."""
        self.choose.setVisible(self.mode == "file")
        self.swap.setVisible(self.mode == "file" and self.file is not None)
        self.hint.setText(self._hint())
        self.hint.setVisible(bool(self.hint.text()))

    def _hint(self) -> str:
        say, line = self.desk.speech.say, self.line
        if line is None:
            return ""
        if self.mode == "moment":
            pinned = self._model.pinned
            if pinned is None:
                return ""
            key = "pick_other" if pinned == line.seq else "picked_other"
            return say(f"window.history.{key}", moment=self._model.moment(pinned))
        if self.question() is not None:
            return ""
        key = {"now": "is_now", "before": "is_first"}.get(self.mode, "no_file")
        return say(f"window.history.{key}")
