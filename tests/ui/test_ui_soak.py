"""A small sample of working in the window at random, as the campaign does it for longer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOAK = Path(__file__).parents[2] / "packaging" / "campaigns" / "soak_window.py"


@pytest.mark.parametrize(("start", "events", "seed"), [("example", 700, 11), ("empty", 500, 12)])
def test_random_work_raises_nothing_and_leaves_the_draft_as_it_was_seen(
    start: str, events: int, seed: int
) -> None:
    command = [sys.executable, "-X", "faulthandler", str(SOAK)]
    command += ["--events", str(events), "--seed", str(seed), "--from", start]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert ended.returncode == 0, ended.stderr[-6000:]
    assert ended.stderr.splitlines()[-1] == "nothing was found"
    counts = json.loads(ended.stdout)
    assert counts["events"] == events
    assert counts["edits on the disk"] > 50
    assert counts["compared"] > 2
    for kind in ("letters", "click", "drag", "page", "undo", "redo", "size", "close and open"):
        assert counts[kind] > 0
