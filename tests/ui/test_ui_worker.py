"""Work beside the window: outcomes, faults and stopping come back in the window's thread."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sif_desktop.app.work import Work
from sif_desktop.errors import FileError
from sif_desktop.ui import worker


def listen(job: worker.Job) -> list[tuple[str, object]]:
    """What a job tells, in its order; all of it in the window's thread."""
    told: list[tuple[str, object]] = []

    def note(name: str, value: object = None) -> None:
        assert QThread.currentThread() is QApplication.instance().thread()
        told.append((name, value))

    job.progressed.connect(lambda stage, done, whole: note("progressed", (stage, done, whole)))
    job.done.connect(lambda result: note("done", result))
    job.failed.connect(lambda error: note("failed", error))
    job.ended.connect(lambda: note("ended"))
    return told


def test_progress_and_outcome_come_back(qtbot: QtBot) -> None:
    threads: list[int] = []

    def act(work: Work) -> str:
        threads.append(threading.get_ident())
        work.at("writing", 3_000_000_000, 5_000_000_000)
        return "made"

    job = worker.run(act)
    told = listen(job)
    qtbot.waitUntil(lambda: ("ended", None) in told)
    assert told == [
        ("progressed", ("writing", 3_000_000_000, 5_000_000_000)),
        ("done", "made"),
        ("ended", None),
    ]
    assert threads != [threading.get_ident()]
    assert not worker.at_work()


@pytest.mark.parametrize("error", [FileError("disk_full", file="x"), ZeroDivisionError()])
def test_what_is_raised_is_told(qtbot: QtBot, error: Exception) -> None:
    def act(_: Work) -> None:
        raise error

    told = listen(worker.run(act))
    qtbot.waitUntil(lambda: ("ended", None) in told)
    assert told == [("failed", error), ("ended", None)]


def test_what_is_stopped_tells_nothing_more(qtbot: QtBot) -> None:
    began, go_on = threading.Event(), threading.Event()

    def act(work: Work) -> str:
        began.set()
        go_on.wait(10)
        work.at("too late")
        return "never"

    job = worker.run(act)
    told = listen(job)
    assert began.wait(10)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not job.running)
    assert told == [("ended", None)]


def test_what_was_not_begun_is_never_begun(qtbot: QtBot) -> None:
    go_on = threading.Event()
    first = worker.run(lambda _: go_on.wait(10))
    done: list[str] = []
    second = worker.run(lambda _: done.append("second"))
    second.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not (first.running or second.running))
    assert done == []


def test_waiting_for_the_end_comes_back_when_it_has_ended() -> None:
    ended: list[bool] = []
    began = threading.Event()

    def act(work: Work) -> None:
        began.set()
        try:
            while True:
                work.at("on")
        finally:
            ended.append(True)

    job = worker.run(act)
    assert began.wait(10)
    job.cancel_and_wait()
    assert ended == [True]


def test_a_job_is_kept_as_long_as_it_runs_and_no_longer(qtbot: QtBot) -> None:
    told: list[object] = []
    worker.run(lambda _: [1]).done.connect(told.append)
    gc.collect()
    qtbot.waitUntil(lambda: told == [[1]])
    gone = weakref.ref(worker.run(lambda _: None))
    qtbot.waitUntil(lambda: not worker.at_work())
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)


def test_what_nobody_needs_any_more_goes_in_the_windows_own_thread(qtbot: QtBot) -> None:
    went: list[bool] = []

    class Widgetlike:
        """In a circle with itself, as pages and what they listen to are."""

        def __init__(self) -> None:
            self.circle = self

        def __del__(self) -> None:
            went.append(threading.current_thread() is threading.main_thread())

    def act(_: Work) -> int:
        return len([[{}] for _ in range(300_000)])  # enough for Python to look what can go

    for _ in range(20):
        Widgetlike()
    job = worker.run(act)
    with qtbot.waitSignal(job.ended):
        pass
    gc.collect()
    assert went == [True] * 20
    assert gc.isenabled()
