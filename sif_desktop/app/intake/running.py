"""All bundles through an executor of `concurrent.futures`: processes here, or a cluster.

A few parcels are under way at a time, and rows are kept as they come: memory does not grow, and
whatever ends the run loses at most the parcels under way. A worker that dies takes down only the
bundle that killed it: what was under way is judged again, one by one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import Any

from sif_desktop.app.intake.judging import judge_all
from sif_desktop.app.intake.ledger import Ledger
from sif_desktop.app.intake.row import Reason, Row, to_text
from sif_desktop.app.work import StoppedError

PARCEL = 16
"""Bundles in one parcel: enough to make sending it cheap, few enough to show progress."""

_UNDER_WAY = 3
"""Parcels for each worker."""

Rows = list[tuple[str, str]]
Tell = Callable[[int, int], None]
Kept = Callable[[Rows], None]


@dataclass
class Run:
    """A run over the pending bundles of a ledger. `make` gives a new executor and its workers.

    `tell` is called with the number of bundles judged, of how many; `kept` with rows (file, row as
    JSON) once they are written down.
    """

    ledger: Ledger
    tell: Tell
    folder: str
    trust: str | None
    pinned: Sequence[str]
    make: Callable[[], tuple[Executor, int]]
    kept: Kept
    _suspects: deque[str] = field(default_factory=deque, init=False)
    _judged: int = field(default=0, init=False)
    _whole: int = field(default=0, init=False)

    def judge(self) -> None:
        """Judges what is pending."""
        self._whole, self._judged = self.ledger.count()
        self.tell(self._judged, self._whole)
        parcels = _parcels(self.ledger.pending())
        parcel = next(parcels, None)
        while parcel is not None or self._suspects:
            executor, workers = self.make()
            try:
                parcel = self._with(executor, workers, parcel, parcels)
            finally:
                executor.shutdown(wait=True, cancel_futures=True)

    def _with(
        self,
        executor: Executor,
        workers: int,
        parcel: list[str] | None,
        parcels: Iterator[list[str]],
    ) -> list[str] | None:
        """Goes on with one executor until all is done or it breaks; gives the parcel to go on with.

        Suspects go first and alone, so that it is known which of them breaks a worker.
        """
        while self._suspects:
            file = self._suspects.popleft()
            rows, broke = self._alone(executor, file)
            self._keep(rows)
            if broke:
                return parcel
        under_way: dict[Future[Rows], list[str]] = {}
        broken = False
        while under_way or (parcel is not None and not broken):
            while parcel is not None and not broken and len(under_way) < workers * _UNDER_WAY:
                try:
                    under_way[self._send(executor, parcel)] = parcel
                except RuntimeError:  # it broke while nobody looked: the parcel goes to the next
                    broken = True
                    break
                parcel = next(parcels, None)
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                files = under_way.pop(future)
                try:
                    rows = future.result()
                except Exception:  # whatever ends a worker, and however an executor tells it
                    self._suspects.extend(files)
                    broken = True
                else:
                    self._keep(rows)
        return parcel

    def _alone(self, executor: Executor, file: str) -> tuple[Rows, bool]:
        """One bundle by itself; what still breaks a worker has that as its reason."""
        try:
            return self._send(executor, [file]).result(), False
        except Exception:
            # Whoever looks on may have ended it: then nothing is said against the bundle.
            self.tell(self._judged, self._whole)
            row = Row(file, reasons=(Reason("intake.reasons.crashed", {}),))
            return [(file, to_text(row))], True

    def _send(self, executor: Executor, files: list[str]) -> Future[Rows]:
        return executor.submit(judge_all, self.folder, files, self.trust, tuple(self.pinned))

    def _keep(self, rows: Rows) -> None:
        self.ledger.keep(rows)
        self._judged += len(rows)
        self.kept(rows)
        self.tell(self._judged, self._whole)


def _parcels(files: Iterator[str]) -> Iterator[list[str]]:
    while parcel := list(islice(files, PARCEL)):
        yield parcel


def processes(workers: int | None = None) -> tuple[Executor, int]:
    """Processes on all cores of this machine, or as many as are given."""
    import multiprocessing
    import os
    from concurrent.futures import ProcessPoolExecutor

    from sif_desktop.app.intake.worker import begin

    affinity: Any = getattr(os, "sched_getaffinity", None)  # what this process may use, on Linux
    count = max(1, workers or (len(affinity(0)) if affinity else os.cpu_count()) or 1)
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=begin)
    with _without_interruptions():
        for _ in range(count):
            executor.submit(os.getpid)  # each piece of work starts one, until all are there
    return executor, count


class Stoppable:
    """Processes that can be ended at once, from another thread: by a window that closes.

    Its `make` is for one run. Once stopped it makes nothing more and raises StoppedError, so the
    run ends; what was under way is judged the next time.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers
        self._lock = Lock()
        self._stopped = False
        self._executor: Executor | None = None

    def make(self) -> tuple[Executor, int]:
        """As `processes`. Raises StoppedError."""
        with self._lock:
            if self._stopped:
                raise StoppedError
            self._executor, count = processes(self._workers)
            return self._executor, count

    def check(self) -> None:
        """Raises StoppedError once it was stopped."""
        if self._stopped:
            raise StoppedError

    def stop(self) -> None:
        """Ends the processes, in the middle of what they do: they only read."""
        with self._lock:
            self._stopped = True
            # An executor has no way of its own to do this before Python 3.14.
            running: Any = getattr(self._executor, "_processes", None)
        for process in list((running or {}).values()):
            process.kill()


@contextmanager
def _without_interruptions() -> Iterator[None]:
    """What is started within never sees an interruption from the keyboard: it is for this process.

    A worker that was interrupted while it starts would say so with a traceback.
    """
    import signal

    mask: Any = getattr(signal, "pthread_sigmask", None)  # not on Windows
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def cluster(address: str) -> tuple[Executor, int]:
    """The workers of a Dask cluster, by the address of its scheduler.

    They must see the folder of bundles under the same path, and have this program installed.
    Raises FileError where `distributed` is not installed or nothing answers at the address.
    """
    from sif_desktop.errors import FileError

    try:
        import distributed
    except ImportError as error:
        raise FileError("intake_no_distributed", file=address) from error
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise FileError("intake_no_scheduler", file=address) from error
    return _ClusterExecutor(client), max(1, sum(client.nthreads().values()))


class _ClusterExecutor(Executor):
    """A client's executor that also closes the client."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor: Executor = client.get_executor(pure=False)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As every executor."""
        return self._executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As every executor."""
        self._executor.shutdown(wait=wait)
        self._client.close()
