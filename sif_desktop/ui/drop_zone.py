"""A place where files are dropped, or chosen by whoever does not drag."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap


class DropZone(QFrame):
    """Says what can be dropped, with a button beside it. `wanted` gives the files, as paths.

    The whole page takes what is dropped; it calls `show_over` while files are held over it. A page
    says what the zone is for (`say`), and fills in how files are asked for (`chosen`).
    """

    wanted = Signal(list)

    def __init__(self, look: Look, *, picture: str = "drop", button: str = "open") -> None:
        super().__init__()
        self._look, self._picture, self._button = look, picture, button
        role(self, "drop")
        self.icon = QLabel()
        self.head, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.head, "label")
        role(self.about, "small")
        self.choose = QPushButton()
        self.choose.clicked.connect(lambda _=False: self.ask())
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
        self.tint()

    def chosen(self) -> list[str]:
        """The files that somebody chooses; an empty list for none."""
        raise NotImplementedError

    def say(self, head: str, about: str, choose: str) -> None:
        """What can be dropped, more about it, and the name of the button."""
        self.head.setText(head)
        self.about.setText(about)
        self.choose.setText(choose)

    def show_over(self, over: bool) -> None:
        """Shows that files are held over the page."""
        role(self, "drop-over" if over else "drop")

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        self.icon.setPixmap(self._look.icon(self._picture, "accent").pixmap(32, 32))
        self.choose.setIcon(self._look.icon(self._button, "text"))

    def ask(self) -> None:
        """Asks for files, as the button does."""
        chosen = self.chosen()
        if chosen:
            self.wanted.emit([Path(one) for one in chosen])


def files_in(data: QMimeData) -> list[Path]:
    """The files of this machine in what is dragged; an address elsewhere is not one of them."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
