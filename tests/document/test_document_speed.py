"""The bar on speed: a ratio within one run, against the same text on a raw canvas."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[2] / "packaging" / "benchmarks" / "pdf.py"


def test_the_big_dossier_costs_at_most_two_and_a_half_times_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spec = importlib.util.spec_from_file_location("benchmark_pdf", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    monkeypatch.setattr("sys.path", list(__import__("sys").path))
    spec.loader.exec_module(benchmark)
    ratio, ours, theirs = benchmark.ratio(rounds=2)
    assert ratio <= benchmark.BAR, (ours, theirs)
