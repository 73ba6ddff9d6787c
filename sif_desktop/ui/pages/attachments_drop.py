"""Where files are dropped, and what is told there about those that were refused or taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.attaching import LARGEST
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear


class DropZone(QFrame):
    """A place that says what can be dropped, with a button for whoever does not drag.

    `wanted` gives the files. The whole page takes what is dropped; it calls `show_over`.
    """

    wanted = Signal(list)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        role(self, "drop")
        self.icon = QLabel()
        self.head, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.head, "label")
        role(self.about, "small")
        self.choose = QPushButton()
        self.choose.clicked.connect(lambda _=False: self._choose())
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.25))
        texts.addWidget(self.head)
        texts.addWidget(self.about)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2.5), gap(2), gap(2.5), gap(2))
        layout.setSpacing(gap(2))
        layout.addWidget(self.icon)
        layout.addLayout(texts, 1)
        layout.addWidget(self.choose)
        desk.tinted.connect(self._tint)
        self._tint()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.head.setText(say("window.attachments.drop"))
        self.about.setText(say("window.attachments.limits", limit=LARGEST // 1024**2))
        self.choose.setText(say("window.attachments.choose"))

    def show_over(self, over: bool) -> None:
        """Shows that files are held over the page."""
        role(self, "drop-over" if over else "drop")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.desk.speech.say("window.attachments.choose_title"), str(Path.home())
        )
        if chosen:
            self.wanted.emit([Path(one) for one in chosen])

    def _tint(self) -> None:
        self.icon.setPixmap(self.desk.look.icon("drop", "accent").pixmap(32, 32))
        self.choose.setIcon(self.desk.look.icon("add", "text"))


def files_in(data: QMimeData) -> list[Path]:
    """The files of this machine in what is dragged; an address elsewhere is not one of them."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


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
