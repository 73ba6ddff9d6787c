"""All findings of the draft as links to what they are about."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from sif_desktop.rules.finding import SEVERITIES
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.pages.base import Page, card, clear

MOST = 60
"""Findings of one severity that are listed."""


class PlainCheckPage(Page):
    """What blocks and what is advised, each with a link."""

    guided = False

    def build(self) -> None:
        """The list is made when the page is shown."""
        self.list = QVBoxLayout()
        self.body.addLayout(self.list)

    def show_findings(self) -> None:
        """A card for each severity that occurs."""
        super().show_findings()
        self.desk.expose()
        clear(self.list)
        for severity in SEVERITIES:
            found = self.desk.findings.of(severity)
            if not found:
                continue
            title = QLabel(f"{self.desk.speech.say(f'severities.{severity}')} ({len(found)})")
            frame, layout = card(title)
            layout.setSpacing(4)
            for finding in found[:MOST]:
                link = QPushButton(self.desk.place(finding.address))
                role(link, "link")
                address = finding.address
                link.clicked.connect(lambda _=False, at=address: self.desk.jump.emit(at))
                layout.addWidget(link)
                text = QLabel(self.desk.sentence(finding), wordWrap=True)
                text.setContentsMargins(8, 0, 0, 8)
                layout.addWidget(text)
            self.list.addWidget(frame)

    def retranslate(self) -> None:
        """The findings too."""
        super().retranslate()
        if self.isVisible():
            self.show_findings()
