"""One choice of a merge: the question, what each side has, and the answer."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from sif_desktop.app.deciding import Answer, Deciding
from sif_desktop.teamwork.asking import Asked
from sif_desktop.teamwork.choice import Choice
from sif_desktop.teamwork.telling import in_short
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.team.marked import SideText

NARROW = 520
"""Below this width of the card, the two sides stand beneath one another."""

_LONGEST_SAID = 1_000
"""Characters of what differs that a screen reader is given at once."""


class _Side(QFrame):
    """What one side has: the button that picks it, who made it so and when, and the text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        role(self, "plain-side")
        self.pick = QRadioButton()
        self.by = QLabel(wordWrap=True)
        self.by.setTextFormat(Qt.TextFormat.PlainText)
        role(self.by, "small")
        self.text = SideText(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        for widget in (self.pick, self.by, self.text):
            layout.addWidget(widget)
        layout.addStretch(1)


class ChoiceCard(QFrame):
    """The card of a choice. `answered` gives what was picked, `wants_next` asks for another."""

    answered = Signal(str)
    wants_next = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: tuple[Deciding, Choice] | None = None
        role(self, "card")
        self.section, self.place, self.question, self.note = (
            QLabel(wordWrap=True) for _ in range(4)
        )
        for label in (self.section, self.place, self.question):
            label.setTextFormat(Qt.TextFormat.PlainText)
        role(self.section, "small")
        role(self.place, "title")
        role(self.note, "small")
        self.mine, self.theirs = _Side(desk), _Side(desk)
        self.later = QRadioButton()
        self.next = QPushButton()
        role(self.next, "quiet")
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next.clicked.connect(lambda _=False: self.wants_next.emit())
        self._group = QButtonGroup(self)
        self.buttons: dict[Answer, QRadioButton] = {
            "mine": self.mine.pick,
            "theirs": self.theirs.pick,
            "": self.later,
        }
        for button in self.buttons.values():
            self._group.addButton(button)
        self._group.buttonClicked.connect(self._clicked)
        self._arrange()
        desk.tinted.connect(self._tint)
        self._tint()

    def show_choice(self, deciding: Deciding, choice: Choice) -> None:
        """Shows a choice with the answer that it has."""
        self._shown = (deciding, choice)
        asked, say = deciding.ask(choice), self.desk.speech.say
        self.section.setText(asked.section)
        self.place.setText(f"{asked.place[:1].upper()}{asked.place[1:]}")
        self.question.setText(asked.question)
        subject = deciding.plan.subject
        self.mine.pick.setText(say("window.team.choice.mine"))
        self.theirs.pick.setText(
            say("window.team.choice.theirs", subject=_short(subject)).replace("&", "&&")
        )
        self.later.setText(say("window.team.choice.later"))
        self.next.setText(say("window.team.choice.next"))
        cut = [
            self._show_side(self.mine, asked, "out"),
            self._show_side(self.theirs, asked, "in"),
        ]
        notes = [say("window.team.choice.marked")] if asked.marks else []
        notes += [say("window.team.choice.shortened")] if any(cut) else []
        self.note.setText(" ".join(notes))
        self.note.setVisible(bool(notes))
        self.point(deciding.answer(choice.key))
        self._describe(asked)

    def point(self, answer: Answer) -> None:
        """Shows an answer."""
        self._group.setExclusive(False)
        for known, button in self.buttons.items():
            button.setChecked(known == answer)
        self._group.setExclusive(True)

    def focus(self) -> None:
        """Puts the focus on the answer."""
        for button in self.buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The sides stand beside one another where there is room."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wanted = way.LeftToRight if self.width() >= NARROW else way.TopToBottom
        if self.sides.direction() != wanted:
            self.sides.setDirection(wanted)

    def _show_side(self, side: _Side, asked: Asked, only: Literal["out", "in"]) -> bool:
        by = asked.mine_by if only == "out" else asked.theirs_by
        text = asked.mine if only == "out" else asked.theirs
        say = self.desk.speech.say
        key = "by" if by else "unknown" if asked.mine_by or asked.theirs_by else ""
        side.by.setText(say(f"window.team.choice.{key}", by=by) if key else "")
        side.by.setVisible(bool(key))
        return side.text.show_side(text, asked.marks, only)

    def _describe(self, asked: Asked) -> None:
        """What a screen reader says: the question at each answer, what differs at each text."""
        say = self.desk.speech.say
        for button in self.buttons.values():
            button.setAccessibleName(f"{button.text().replace('&&', '&')}: {asked.place}")
            button.setAccessibleDescription(asked.question)
        differs = in_short(asked.marks)[:_LONGEST_SAID] if asked.marks else ""
        for side, key, by in (
            (self.mine, "here", asked.mine_by),
            (self.theirs, "there", asked.theirs_by),
        ):
            name = ", ".join(filter(None, (say(f"window.team.choice.{key}"), asked.place, by)))
            side.text.setAccessibleName(name)
            side.text.setAccessibleDescription(differs)

    def _clicked(self, clicked: QRadioButton) -> None:
        for answer, button in self.buttons.items():
            if button is clicked:
                self.answered.emit(answer)

    def _arrange(self) -> None:
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.sides.setSpacing(gap(2))
        self.sides.addWidget(self.mine, 1)
        self.sides.addWidget(self.theirs, 1)
        # Above the sides, whose texts may be long: so it is always in sight.
        row = QHBoxLayout()
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(2.5), gap(2), gap(2.5), gap(2))
        layout.setSpacing(gap(1))
        for widget in (self.section, self.place, self.question):
            layout.addWidget(widget)
        layout.addLayout(row)
        layout.addLayout(self.sides)
        layout.addWidget(self.note)

    def _tint(self) -> None:
        self.next.setIcon(self.desk.look.icon("next", "accent"))
        if self._shown:
            self.show_choice(*self._shown)


def _short(name: str) -> str:
    said = " ".join(name[:200].split())
    return said if len(said) <= 40 else f"{said[:39]}…"
