"""A strip that tells how something stands: a sentence, a bar, and what one can do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap

_ICONS = {
    "good": "state-complete",
    "warning": "warning",
    "error": "state-blocked",
    "advice": "advice",
}
_THOUSAND = 1000


class Strip(QFrame):
    """A sentence with an icon; its buttons stand at the right, in the order of `add`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._tone = look, "advice"
        self.icon, self.text = QLabel(), QLabel(wordWrap=True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(textVisible=False)
        self.bar.hide()
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.75))
        texts.addWidget(self.text)
        texts.addWidget(self.bar)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(gap(2), gap(1), gap(1.5), gap(1))
        self._layout.setSpacing(gap(1.25))
        self._layout.addWidget(self.icon)
        self._layout.addLayout(texts, 1)
        look.changed.connect(self._tint)
        self.hide()

    def add(self, act: Callable[[], None], kind: str = "") -> QPushButton:
        """A button at its end."""
        button = QPushButton()
        if kind:
            role(button, kind)
        button.clicked.connect(lambda _=False: act())
        self._layout.addWidget(button)
        return button

    def say(self, tone: str, sentence: str) -> None:
        """Shows a sentence in a tone: good, warning, error or advice. Nothing for an empty one."""
        self._tone = tone
        self.text.setText(sentence)
        self.setVisible(bool(sentence))
        role(self, f"summary-{tone}")
        self._tint()

    def show_bar(self, done: int, whole: int) -> None:
        """How far it is; a bar that only moves where the whole is not known."""
        self.bar.setMaximum(_THOUSAND if whole else 0)
        self.bar.setValue(done * _THOUSAND // whole if whole else 0)
        self.bar.setAccessibleName(self.text.text())
        self.bar.show()

    def _tint(self) -> None:
        self.icon.setPixmap(self._look.icon(_ICONS[self._tone], self._tone).pixmap(22, 22))


class Elided(QLabel):
    """A text on one line, such as a path, cut in its middle where there is too little room."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(gap(10))

    def show_text(self, text: str) -> None:
        """Shows a text; the whole of it when one points at it, and for a screen reader."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width shows more of it, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        if shown != self.text():
            self.setText(shown)
