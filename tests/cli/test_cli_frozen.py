"""The program as one file: a worker of an intake is the same file, and must not open a window."""

from __future__ import annotations

import multiprocessing
import sys

import pytest

from sif_desktop.cli import main as entry


def test_a_worker_of_the_installed_program_works_and_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []

    def worker() -> None:
        told.append("worker")
        raise SystemExit

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(multiprocessing, "freeze_support", worker)
    monkeypatch.setattr(entry, "main", lambda arguments: told.append("main"))
    with pytest.raises(SystemExit):
        entry.run()
    assert told == ["worker"]
