"""What just happened, told in the place where it happened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear


class Notices(QWidget):
    """Sentences about what just happened, in the place where it happened; each can be put away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._told: dict[QFrame, str] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(gap(0.5))
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What is told now."""
        return list(self._told.values())

    def clear(self) -> None:
        """Tells nothing any more."""
        self._told.clear()
        clear(self._rows)
        self.hide()

    def tell(
        self,
        severity: str,
        sentence: str,
        act: Callable[[], object] | None = None,
        name: str = "",
        icon_of_act: str = "undo",
    ) -> None:
        """Tells a sentence; with `act`, a button of that name does something about it."""
        row = QFrame()
        role(row, f"summary-{severity}")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(gap(1.5), gap(0.75), gap(1), gap(0.75))
        layout.setSpacing(gap(1))
        icon = QLabel()
        icon.setPixmap(self.desk.look.icon(severity, severity).pixmap(20, 20))
        text = QLabel(sentence, wordWrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(icon)
        layout.addWidget(text, 1)
        if act:
            button = QPushButton(name)
            button.setIcon(self.desk.look.icon(icon_of_act, "text"))
            button.clicked.connect(lambda _=False: act())
            layout.addWidget(button)
        layout.addWidget(self._close(row, sentence))
        self._told[row] = sentence
        self._rows.addWidget(row)
        self.show()

    def _close(self, row: QFrame, sentence: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(self.desk.look.icon("close", "muted"))
        button.setToolTip(self.desk.speech.say("window.attachments.put_away"))
        button.setAccessibleName(f"{button.toolTip()}: {sentence}")
        button.clicked.connect(lambda _=False: self._put_away(row))
        return button

    def _put_away(self, row: QFrame) -> None:
        del self._told[row]
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._told))
