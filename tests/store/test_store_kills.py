"""Killed at any moment, a draft opens and holds all that was committed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

KILLS = Path(__file__).parents[2] / "packaging" / "campaigns" / "kills.py"


def killed(*runs: tuple[str, int, int]) -> list[dict[str, Any]]:
    """What several runs find that go on side by side: each a writer, its kills and its seed."""
    running = [
        subprocess.Popen(
            [sys.executable, KILLS, "--writer", writer, "--count", str(kills), "--seed", str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for writer, kills, seed in runs
    ]
    return [json.loads(process.communicate(timeout=300)[0]) for process in running]


def test_300_kills_lose_nothing() -> None:
    found = killed(("draft", 150, 1), ("draft", 150, 2))
    assert sum(one["kills"] for one in found) == 300
    assert [(one["unreadable"], one["lost"], one["wrong"]) for one in found] == [(0, 0, 0)] * 2
    # The kills fell while something was being written, and not between writers that did nothing.
    assert sum(one["mid_write"] for one in found) > 30
    assert sum(one["changes"] for one in found) > 300


def test_a_draft_that_is_being_made_is_there_whole_or_not_at_all() -> None:
    (found,) = killed(("create", 40, 3))
    assert (found["kills"], found["unreadable"], found["lost"], found["wrong"]) == (40, 0, 0, 0)
    assert found["changes"] > 20


def test_a_naive_writer_is_caught() -> None:
    """The control: without it, the tests above would prove nothing."""
    (found,) = killed(("naive", 40, 4))
    assert found["unreadable"] + found["lost"] + found["wrong"] > 0
