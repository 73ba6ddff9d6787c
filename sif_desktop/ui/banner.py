"""A bar above the pages that tells of something lasting: read-only, trouble with the disk."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap


class Banner(QFrame):
    """A sentence with an icon, and at most one thing to do about it."""

    def __init__(self, look: Look, severity: str, act: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._look, self._severity = look, severity
        role(self, f"banner-{severity}")
        self._icon = QLabel()
        self.text = QLabel(wordWrap=True)
        self.button = QPushButton()
        if act:
            self.button.clicked.connect(lambda _=False: act())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2), gap(1), gap(2), gap(1))
        layout.setSpacing(gap(1.5))
        layout.addWidget(self._icon)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        self.button.setVisible(act is not None)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def say(self, sentence: str, button: str = "") -> None:
        """Shows a sentence, or nothing for an empty one."""
        self.text.setText(sentence)
        self.button.setText(button)
        self.setVisible(bool(sentence))

    def _tint(self) -> None:
        self._icon.setPixmap(self._look.icon(self._severity, self._severity).pixmap(20, 20))
