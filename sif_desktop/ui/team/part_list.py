"""A partner's own parts, section by section: to read, or as links to fill them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.app.own_words import Part
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.team.state import StateRow

MOST = 6
"""Parts of one section that are told one by one where they are only to read."""


def told(desk: Desk, parts: Iterable[Part]) -> str:
    """Parts in lines, a line for each section."""
    lines = []
    for section, found in groupby(parts, key=lambda part: part.section):
        names = [part.said for part in found]
        said = "; ".join(names[:MOST])
        if len(names) > MOST:
            said += f"; {desk.speech.say('window.team.more', count=len(names) - MOST)}"
        lines.append(desk.speech.say("window.team.pair", name=section, value=said))
    return "\n".join(lines)


def findings_in(desk: Desk, part: Part) -> list[Finding]:
    """The findings about a part."""
    whole = frozenset(part.addresses)
    # A work package that it leads is told value by value: not all that is in it is its own.
    heads = tuple(f"{at}/" for at in part.addresses if f"{at}/title" not in whole)
    return [one for one in desk.findings if one.address in whole or one.address.startswith(heads)]


class PartLinks(QWidget):
    """The own parts as links, each with what is still wrong with it. `wanted` gives an address."""

    wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._parts: Sequence[Part] = ()
        self.links: list[QPushButton] = []
        self._states: list[StateRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(gap(1))

    def show_parts(self, parts: Sequence[Part]) -> bool:
        """Shows parts; whether other links are there now."""
        anew = parts != self._parts
        if anew:
            self._parts = parts
            self._rebuild()
        self.show_findings()
        return anew

    def show_findings(self) -> None:
        """What is still wrong with each part."""
        say = self._desk.speech.say
        for part, state in zip(self._parts, self._states, strict=True):
            found = findings_in(self._desk, part)
            blocking = sum(one.severity == "error" for one in found)
            warnings = sum(one.severity == "warning" for one in found)
            if blocking:
                said = say("window.team.own.blocking", count=blocking)
                state.say(said, "state-blocked", "error")
            elif warnings:
                said = say("window.team.own.warnings", count=warnings)
                state.say(said, "warning", "warning")
            else:
                state.say(say("window.team.own.complete"), "state-complete", "good")

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        for state in self._states:
            state.tint()

    def _rebuild(self) -> None:
        clear(self._column)
        self.links, self._states = [], []
        for section, found in groupby(self._parts, key=lambda part: part.section):
            head = QLabel(section, wordWrap=True)
            head.setTextFormat(Qt.TextFormat.PlainText)
            role(head, "label")
            self._column.addWidget(head)
            for part in found:
                self._column.addWidget(self._row(part))

    def _row(self, part: Part) -> QFrame:
        row, link, state = QFrame(), QPushButton(), StateRow(self._desk)
        role(link, "link")
        link.setText(_short(part.said).replace("&", "&&"))
        link.setAccessibleName(f"{part.section}: {part.said}")
        link.setToolTip(part.said)
        link.clicked.connect(lambda _=False: self.wanted.emit(part.at))
        self.links.append(link)
        self._states.append(state)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(gap(1), 0, 0, 0)
        layout.setSpacing(gap(2))
        layout.addWidget(link)
        layout.addWidget(state, 1, Qt.AlignmentFlag.AlignVCenter)
        return row


def _short(text: str) -> str:
    return text if len(text) <= 70 else f"{text[:69]}…"
