"""Who signs: what every kind of identity is on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.worker import Job, run

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


class IdentityPanel(QWidget):
    """A kind of identity: it is opened here, and let go of when the page is left.

    `changed` tells that it was opened or let go of, or that it is at work. A kind has a `key`, by
    which the page names it where there is a choice.
    """

    key = ""
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.identity: Identity | None = None
        self._job: Job | None = None
        desk.closing.connect(self.lock)

    @property
    def busy(self) -> bool:
        """Whether it is being opened or made."""
        return self._job is not None

    def lock(self) -> None:
        """Lets go of the identity, and with it of its key."""
        job, self._job = self._job, None
        if job:
            job.cancel()
        self.identity = None
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Shows how it stands now."""

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""

    def refused(self, error: SifError) -> None:
        """Tells in place why it could not be opened."""

    def begin(self, act: Callable[[], Identity]) -> None:
        """Opens or makes the identity beside the window: that takes a moment by intent."""

        def work(_: Work) -> Identity:
            return act()

        job = self._job = run(work)
        job.done.connect(self._opened)
        job.failed.connect(self._failed)
        self.refresh()
        self.changed.emit()

    def _opened(self, identity: Identity) -> None:
        self._job = None
        self.identity = identity
        self.refresh()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        self.refresh()
        self.changed.emit()
        if not isinstance(error, SifError):
            raise error
        self.refused(error)


def secret_line() -> QLineEdit:
    """A line in which a passphrase is typed."""
    line = QLineEdit(maxLength=1000)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def named(label: QLabel, line: QLineEdit, text: str) -> None:
    """Gives a line its name, on the screen and aloud."""
    role(label, "label")
    label.setText(text)
    label.setBuddy(line)
    line.setAccessibleName(text)


def column(*parts: QWidget | QLayout) -> QVBoxLayout:
    """Parts beneath one another, on the grid."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap(1))
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
