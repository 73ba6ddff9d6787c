"""What the rules say before an export: it may be, or what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.errors import SifError
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap


class BottomLine(QFrame):
    """A sentence on a ground of its colour, and the way to the check page where it helps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.icon, self.text = QLabel(), QLabel(wordWrap=True)
        self.check = QPushButton()
        self.busy = QWidget()
        self.busy_text = QLabel(wordWrap=True)
        self.trouble: SifError | None = None
        self._arrange()
        desk.tinted.connect(self.refresh)

    def refresh(self) -> None:
        """Says how it stands now."""
        speech, findings = self.desk.speech, self.desk.findings
        blocking = len(findings.blocking)
        wishes = len(findings.of("warning"))
        if self.trouble and not blocking:
            self._show("error", speech.error(self.trouble))
        elif blocking:
            key = "blocked_one" if blocking == 1 else "blocked"
            self._show("error", speech.say(f"window.export.{key}", count=blocking))
        else:
            key = "free_wishes" if wishes else "free"
            self._show("good", speech.say(f"window.export.{key}", count=wishes))
        self.check.setText(speech.say("window.export.to_check"))
        self.check.setVisible(blocking > 0 or wishes > 0)
        self.busy_text.setText(speech.say("window.export.preparing"))

    def tell_trouble(self, error: SifError | None) -> None:
        """Says why what is signed could not be made; None when that is tried anew."""
        self.trouble = error
        self.refresh()

    def set_busy(self, busy: bool) -> None:
        """Shows that what is signed is being made."""
        self.busy.setVisible(busy)

    def _show(self, tone: str, said: str) -> None:
        role(self.ground, f"summary-{tone}")
        name = "state-complete" if tone == "good" else "state-blocked"
        self.icon.setPixmap(self.desk.look.icon(name, tone).pixmap(22, 22))
        self.text.setText(said)

    def _arrange(self) -> None:
        self.ground = QFrame()
        row = QHBoxLayout(self.ground)
        row.setContentsMargins(gap(1.5), gap(1), gap(1.5), gap(1))
        row.setSpacing(gap(1.5))
        row.addWidget(self.icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.check)
        moving = QProgressBar(textVisible=False, maximum=0)
        moving.setFixedWidth(gap(14))
        waiting = QHBoxLayout(self.busy)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.addWidget(moving, 0, Qt.AlignmentFlag.AlignVCenter)
        waiting.addWidget(self.busy_text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.ground)
        layout.addWidget(self.busy)
        self.busy.hide()
