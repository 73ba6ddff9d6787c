"""Long work beside the window: in a thread of its own, with progress, and to be stopped.

One thread does all of it in turn: what makes PDFs is not for two at once, and the machines of our
users have few cores. Work that for long only waits for other processes has a thread of its own
(`apart`), so that the rest need not wait for it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, QTimer, Signal

from sif_desktop.app.work import StoppedError, Work

LONGEST_WAIT = 10_000
"""Milliseconds that closing a draft waits for work that uses it to stop."""

COLLECT = 500
"""Milliseconds between two looks for what nobody needs any more, while jobs run."""

Act = Callable[[Work], object]


class Job(QObject):
    """Work that goes on beside the window. All signals come in the window's own thread.

    `progressed` gives a stage with what is done of it and the whole; `done` the outcome; `failed`
    the exception that ended it; `ended` comes last, whatever happened. After `cancel` comes
    nothing but `ended`.
    """

    progressed = Signal(str, object, object)  # sizes beyond 2 GB do not fit in an int of Qt
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _moved = Signal(str, object, object)
    _left = Signal(object, object)

    def __init__(
        self, act: Act, *, apart: bool = False, halt: Callable[[], None] | None = None
    ) -> None:
        """`halt` ends at once what the work waits for; `cancel` calls it."""
        super().__init__()
        self._act: Act | None = act
        self._apart, self._halt = apart, halt
        self._stop = threading.Event()
        # Told by way of this object: what comes before anybody listens waits for its thread.
        self._moved.connect(self._pass_on)
        self._left.connect(self._arrive)

    @property
    def running(self) -> bool:
        """Whether it has begun and its end was not told yet."""
        return self in _RUNNING

    def start(self) -> Job:
        """Begins, when what was begun before is over. Gives itself."""
        _RUNNING.add(self)
        _collect_here()
        _pool(self._apart).start(self._work)
        return self

    def cancel(self) -> None:
        """Lets go of the outcome. The work ends at the next moment at which it can."""
        self._stop.set()
        if self._halt:
            self._halt()

    def cancel_and_wait(self) -> None:
        """Lets go of the outcome, and comes back when the work has ended."""
        self.cancel()
        if self.running:
            _pool(self._apart).waitForDone(LONGEST_WAIT)

    def _work(self) -> None:
        """In the other thread. Whatever it raises is told to the window."""
        act, self._act = self._act, None
        _HERE.stop = self._stop
        result: object = None
        error: BaseException | None = None
        try:
            if act and not self._stop.is_set():
                result = act(Work(self._tell, lambda: not self._stop.is_set()))
        except BaseException as raised:  # a thread has nobody else to tell
            error = raised
        _HERE.stop = None
        act = None  # and with it a passphrase that it may hold
        with suppress(RuntimeError):  # Qt went down before: there is no window to tell
            self._left.emit(result, error)

    def _tell(self, stage: str, done: int, whole: int) -> None:
        if not self._stop.is_set():
            with suppress(RuntimeError):
                self._moved.emit(stage, done, whole)

    def _pass_on(self, stage: str, done: object, whole: object) -> None:
        """In the window's thread."""
        if not self._stop.is_set():
            self.progressed.emit(stage, done, whole)

    def _arrive(self, result: object, error: BaseException | None) -> None:
        """In the window's thread again."""
        _RUNNING.discard(self)
        try:
            if self._stop.is_set() or isinstance(error, StoppedError):
                return
            if error is None:
                self.done.emit(result)
            else:
                self.failed.emit(error)
        finally:
            if not _RUNNING:
                gc.enable()
            self.ended.emit()


def run(act: Act, *, apart: bool = False, halt: Callable[[], None] | None = None) -> Job:
    """A job that is begun when the caller has connected its signals: at the next turn of events.

    Nothing is lost when it is quicker: its signals wait for the window's thread.
    """
    return Job(act, apart=apart, halt=halt).start()


def wanted_here() -> bool:
    """Whether somebody still waits for what this thread does. True outside of a job.

    For what waits for the window, which may itself wait for the end of the job.
    """
    stop: threading.Event | None = getattr(_HERE, "stop", None)
    return stop is None or not stop.is_set()


def at_work() -> bool:
    """Whether anything is under way."""
    return bool(_RUNNING)


def _collect_here() -> None:
    """Python frees what nobody needs any more in whatever thread is at work, and a widget may only
    go in the window's own: so while jobs run, that is done here alone, from time to time."""
    gc.disable()
    if not _TIMERS:
        timer = QTimer(QCoreApplication.instance(), interval=COLLECT)
        timer.timeout.connect(_collect)
        _TIMERS.append(timer)
    _TIMERS[0].start()


def _collect() -> None:
    """In the window's thread; it ends when nothing is under way."""
    if _RUNNING:
        gc.collect(1)
    else:
        _TIMERS[0].stop()


_TIMERS: list[QTimer] = []

_RUNNING: set[Job] = set()
"""What is under way; here it is kept alive, whatever becomes of the page that began it."""

_HERE = threading.local()
"""In the thread of a job: `stop`, which is set when it is let go of."""

_POOLS: dict[bool, QThreadPool] = {}


def _pool(apart: bool) -> QThreadPool:
    if apart not in _POOLS:
        pool = QThreadPool()
        pool.setMaxThreadCount(1)
        app = QCoreApplication.instance()
        if app and not _POOLS:
            app.aboutToQuit.connect(stop_all)
        _POOLS[apart] = pool
    return _POOLS[apart]


def stop_all() -> None:
    """Stops all work, at the end of the program."""
    for job in tuple(_RUNNING):
        job.cancel()
    for pool in _POOLS.values():
        pool.waitForDone(LONGEST_WAIT)
