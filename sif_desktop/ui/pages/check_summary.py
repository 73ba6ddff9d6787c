"""What stands over the findings: whether anything blocks, in one glance, and how many there are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.calls.call import Severity
from sif_desktop.rules.finding import SEVERITIES
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

_ICON = 32


class Summary(QFrame):
    """The bottom line of the check as an icon and a sentence, on a ground of its colour."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.icon = QLabel()
        self.head, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.head, "lead")
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.25))
        texts.addWidget(self.head)
        texts.addWidget(self.about)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2), gap(1.5), gap(2), gap(1.5))
        layout.setSpacing(gap(2))
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(texts, 1)
        self._tone = ""
        desk.tinted.connect(self._tint)

    def refresh(self) -> None:
        """Says how it stands now."""
        say, findings = self.desk.speech.say, self.desk.findings
        blocking, wishes = len(findings.blocking), len(findings.of("warning"))
        self._tone = "error" if blocking else "good"
        key = "blocked" if blocking else "free"
        self.head.setText(
            say(f"window.check.{_number(key, blocking)}", count=blocking)
            if blocking
            else say("window.check.free")
        )
        if blocking:
            about = "blocked_about"
        elif wishes:
            about = "free_wishes"
        else:
            about = "free_advice" if len(findings) else "free_all"
        self.about.setText(say(f"window.check.{about}"))
        role(self, f"summary-{self._tone}")
        self._tint()

    def _tint(self) -> None:
        if self._tone:
            name = "state-complete" if self._tone == "good" else "state-blocked"
            icon = self.desk.look.icon(name, self._tone)
            self.icon.setPixmap(icon.pixmap(_ICON, _ICON))


class SeverityFilter(QWidget):
    """A button for each severity with its count; those that are pressed are shown."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.buttons: dict[Severity, QPushButton] = {}
        layout = FlowLayout(self, gap(0.5))
        for severity in SEVERITIES:
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(True)
            role(button, "chip")
            button.toggled.connect(lambda _: self.changed.emit())
            self.buttons[severity] = button
            layout.addWidget(button)
        desk.tinted.connect(self._tint)
        self._tint()

    @property
    def shown(self) -> frozenset[Severity]:
        """The severities that are asked for."""
        return frozenset(name for name, button in self.buttons.items() if button.isChecked())

    def refresh(self) -> None:
        """The counts as they are now; what does not occur cannot be asked for."""
        for severity, button in self.buttons.items():
            count = len(self.desk.findings.of(severity))
            key = _number(severity, count)
            text = self.desk.speech.say(f"window.check.count.{key}", count=count)
            button.setText(text)
            button.setEnabled(count > 0)
            button.setAccessibleDescription(self.desk.speech.say("window.check.filter"))

    def _tint(self) -> None:
        for severity, button in self.buttons.items():
            button.setIcon(self.desk.look.icon(severity, severity))


def _number(key: str, count: int) -> str:
    """The key of the sentence for one, or for another number."""
    return f"{key}_one" if count == 1 else key
