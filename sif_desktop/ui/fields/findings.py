"""Findings beneath what they are about: an icon and a word for how grave, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role

_ICON = 16


class FindingsList(QWidget):
    """The findings that it is given; nothing at all where there are none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._findings: tuple[Finding, ...] = ()
        self._said: tuple[tuple[str, str], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        desk.tinted.connect(self._again)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says, for a screen reader."""
        return " ".join(sentence for _, sentence in self._said)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Shows these findings in place of those before."""
        self._findings = tuple(findings)
        said = tuple((finding.severity, self._sentence(finding)) for finding in self._findings)
        if said != self._said:
            self._said = said
            self._fill()

    def retranslate(self) -> None:
        """Says the findings anew."""
        self.show_findings(self._findings)

    def _sentence(self, finding: Finding) -> str:
        say = self._desk.speech.say
        word = say(f"severities.{finding.severity}")
        return say("window.fields.finding", word=word, sentence=self._desk.sentence(finding))

    def _again(self) -> None:
        self._fill()

    def _fill(self) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for row, (severity, sentence) in enumerate(self._said):
            icon = QLabel()
            icon.setPixmap(self._desk.look.icon(severity, severity).pixmap(_ICON, _ICON))
            text = QLabel(sentence, wordWrap=True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            role(text, severity)
            self._grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
        self.setVisible(bool(self._said))
