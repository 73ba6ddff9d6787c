"""A check keeps up with typing: a ratio to reading the same dossier, in one run."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "packaging" / "benchmarks" / "check.py"


def test_the_big_dossier_is_checked_within_the_bars(capsys: pytest.CaptureFixture[str]) -> None:
    assert runpy.run_path(str(BENCHMARK))["main"]() == 0, capsys.readouterr().out
