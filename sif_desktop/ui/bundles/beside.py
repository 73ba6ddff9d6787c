"""Work beside the page: one job at a time, with how far it is, and what went wrong in its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from sif_desktop.errors import SifError
from sif_desktop.ui.bundles.parts import Notice, Working
from sif_desktop.ui.worker import Act, Job, run


class Beside(QObject):
    """`changed` tells that a job begins or has ended. `begun_at` gives where one tries again: the
    focus goes back there where nothing came of a job."""

    changed = Signal()

    def __init__(self, working: Working, notice: Notice, begun_at: Callable[[], QWidget]) -> None:
        super().__init__()
        self._working, self._notice, self._begun_at = working, notice, begun_at
        self._job: Job | None = None
        working.stopped.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether work goes on."""
        return self._job is not None

    def run(
        self,
        act: Act,
        done: Callable[..., None],
        failed: Callable[[SifError], None] | None = None,
    ) -> None:
        """Begins a job; what went wrong is told above the page, or by `failed`."""
        self._notice.tell(None)
        job = self._job = run(act)
        self._working.begin(job)
        self.changed.emit()
        self._working.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        job.done.connect(done)
        job.failed.connect(lambda error: self._failed(error, failed or self._notice.tell))
        job.ended.connect(self._ended)

    def stop(self) -> None:
        """Lets go of the outcome."""
        if self._job:
            self._job.cancel()

    def stop_and_wait(self) -> None:
        """Lets go of the outcome, and comes back when the work has ended."""
        if self._job:
            self._job.cancel_and_wait()

    @staticmethod
    def _failed(error: BaseException, told: Callable[[SifError], None]) -> None:
        if not isinstance(error, SifError):
            raise error
        told(error)

    def _ended(self) -> None:
        waiting = self._working.stop.hasFocus()  # else whatever came of it has the focus now
        self._job = None
        self.changed.emit()
        if waiting:
            self._begun_at().setFocus(Qt.FocusReason.OtherFocusReason)
        self._working.end()
