"""A sentence about how something stands, with an icon."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import gap

_ICON = 16


class State:
    """The icon and the text, for a layout that has them beside one another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looks = ("", "")
        self.icon, self.text = QLabel(), QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, sentence: str, icon: str, colour: str) -> None:
        """Shows a sentence."""
        if sentence != self.text.text():
            self.text.setText(sentence)
        self._looks = (icon, colour)
        self.tint()

    def show(self, shown: bool) -> None:
        """Shows it, or not."""
        self.icon.setVisible(shown)
        self.text.setVisible(shown)

    def tint(self) -> None:
        """The icon in the colours as they are now."""
        icon, colour = self._looks
        if icon:
            self.icon.setPixmap(self._desk.look.icon(icon, colour).pixmap(_ICON, _ICON))


class StateRow(QWidget):
    """The same as a row of its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.state = State(desk)
        self.say, self.tint = self.state.say, self.state.tint
        self.text = self.state.text
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.state.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.state.text, 1)
