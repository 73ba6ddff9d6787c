"""What every kind of identity is: it is opened in a panel of its own, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.ui.keys.parts import Opened
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import Job, run

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity


class IdentityPanel(QWidget):
    """A kind of identity: it is opened here, and let go of when the page is left.

    `changed` tells that it was opened or let go of, or that it is at work. A kind has a `key`, by
    which it is named where there is a choice. `shut` is what is shown until it is open.
    """

    key = ""
    changed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self.speech = speech
        self.identity: Identity | None = None
        self._job: Job | None = None
        self.shut = self.make_shut()
        self.opened = Opened(speech, f"window.identity.note.{self.key}")
        self.opened.closed.connect(self.lock)
        self.trouble = QLabel(wordWrap=True)
        role(self.trouble, "error")
        self.working = QProgressBar(textVisible=False, maximum=0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        for part in (*self.shut, self.opened, self.trouble, self.working):
            layout.addWidget(part)
        self.refresh()
        self.retranslate()

    # -- what a kind fills in ---------------------------------------------------------------

    def make_shut(self) -> tuple[QWidget, ...]:
        """Makes what is shown until the identity is open; which of them is for `shut_now`."""
        raise NotImplementedError

    def shut_now(self) -> QWidget:
        """Which part is shown, as things stand."""
        return self.shut[0]

    def asked(self) -> QWidget:
        """What takes the focus again when it could not be opened."""
        raise NotImplementedError

    def forget(self) -> None:
        """Takes away secrets that were typed and not used."""

    # -- what a page uses -------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether it is being opened or made."""
        return self._job is not None

    def lock(self) -> None:
        """Lets go of the identity, and with it of its key; forgets what was typed and not used."""
        self.forget()
        job, self._job = self._job, None
        if job:
            job.cancel()
        self.identity = None
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Shows how it stands now."""
        if self.identity:
            self.opened.show_identity(self.identity)
        self.opened.setVisible(self.identity is not None)
        now = None if self.identity else self.shut_now()
        for part in self.shut:
            part.setVisible(part is now)
            part.setEnabled(not self.busy)
        self.trouble.hide()
        self.working.setVisible(self.busy)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        self.opened.retranslate()
        self.working.setAccessibleName(self.speech.say("window.identity.working"))

    # -- opening ----------------------------------------------------------------------------

    def begin(self, act: Callable[[], Identity]) -> None:
        """Opens or makes the identity beside the window: that takes a moment by intent."""

        def work(_: Work) -> Identity:
            return act()

        job = self._job = run(work)
        job.done.connect(self._opened)
        job.failed.connect(self._failed)
        self.refresh()
        self.changed.emit()

    def refused(self, error: SifError) -> None:
        """Says why it could not be opened, beneath what has the focus to try again."""
        self.trouble.setText(self.speech.error(error))
        self.trouble.show()
        asked = self.asked()
        asked.setAccessibleDescription(self.trouble.text())
        if self.isVisible():
            asked.setFocus()

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
