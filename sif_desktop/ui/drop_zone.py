"""A place where files are dropped, or chosen by whoever does not drag."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

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


class Dropping(QObject):
    """Lets a whole page take files that are dropped anywhere on it.

    `over` is told whether some are held over it, `may` whether they are welcome now, and `take`
    gets them.
    """

    def __init__(
        self,
        page: QWidget,
        over: Callable[[bool], None],
        may: Callable[[], bool],
        take: Callable[[list[Path]], object],
    ) -> None:
        super().__init__(page)
        self._over, self._may, self._take = over, may, take
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What is dragged over the page, goes elsewhere, or is dropped."""
        if isinstance(event, QDropEvent):  # entering and moving are of that kind too
            self._dragged(event)
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._over(False)
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> None:
        files = files_in(event.mimeData())
        welcome = bool(files) and self._may()
        dropped = event.type() == QEvent.Type.Drop
        self._over(welcome and not dropped)
        if not welcome:
            event.ignore()
            return
        event.acceptProposedAction()
        if dropped:
            self._take(files)


def files_in(data: QMimeData) -> list[Path]:
    """The files of this machine in what is dragged; an address elsewhere is not one of them."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
