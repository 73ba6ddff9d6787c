"""A large button with an icon, a name and a few words about it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap

PLAIN = 0
"""`Qt.TextFormat.PlainText`; the namespace Qt and its many enumerations are not loaded at start."""


class Tile(QPushButton):
    """A button as a card. `share` (percent) adds a bar that shows how far something is."""

    def __init__(self, look: Look, icon: str, colour: str, share: int | None = None) -> None:
        super().__init__()
        self._look, self._icon, self._colour = look, icon, colour
        role(self, "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._picture = QLabel()
        self._name, self._about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self._name, "lead")
        role(self._about, "small")
        for label in (self._name, self._about):
            label.setProperty("textFormat", PLAIN)
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.5))
        texts.addWidget(self._name)
        texts.addWidget(self._about)
        if share is not None:
            bar = QProgressBar(textVisible=False, maximum=100, value=share)
            bar.setMaximumWidth(gap(30))
            texts.addWidget(bar)
        texts.addStretch(1)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(gap(2), gap(1.75), gap(2), gap(1.75))
        self._layout.setSpacing(gap(1.5))
        head = QVBoxLayout()
        head.addWidget(self._picture)
        head.addStretch(1)
        self._layout.addLayout(head)
        self._layout.addLayout(texts, 1)
        look.changed.connect(self._tint)
        self._tint()

    def say(self, name: str, about: str) -> None:
        """Its name and what is told about it."""
        self._name.setText(name)
        self._about.setText(about)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As large as what is in it."""
        return self._layout.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As small as what is in it can be."""
        return self._layout.minimumSize()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Its texts break into lines."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """How high it is at a width."""
        return self._layout.heightForWidth(width)

    def _tint(self) -> None:
        self._picture.setPixmap(self._look.pixmap(self._icon, self._colour, 24))
