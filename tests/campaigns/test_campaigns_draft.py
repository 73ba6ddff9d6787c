"""Small samples of the campaigns against the draft file, as their commands do them.

Two of them need strace, which the test command brings on Linux. Where the system does not let it
trace, they say so and end with 2: then the kills of `tests/store` stand alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CAMPAIGNS = Path(__file__).parents[2] / "packaging" / "campaigns"


def done(name: str, *words: object) -> dict[str, dict[str, Any]]:
    """What a campaign counted, by part; it must have found nothing. Empty without strace."""
    command = [sys.executable, str(CAMPAIGNS / f"{name}.py"), *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if ended.returncode == 2 and ended.stderr.startswith("Not done: strace"):
        return {}
    assert ended.returncode == 0, ended.stderr + ended.stdout
    parts = [json.loads(line) for line in ended.stdout.splitlines()]
    return {part["part"]: part for part in parts}


def test_damage_to_a_draft_is_never_passed_over() -> None:
    found = done("draft_damage", "--count", 250, "--seed", 2)
    for kind in ("flipped bytes", "cuts", "sectors of zeros"):
        assert sum(found[kind]["opened_twice"].values()) == 2 * found[kind]["files"]
        assert found[kind]["opened_twice"]["recovered"] > 5
    assert found["control without checks"]["passed_over"] > 20


def test_a_power_cut_during_a_save_takes_nothing_that_was_saved() -> None:
    found = done("power_cuts", "--count", 150, "--seed", 2)
    for act in ("commit", "attach", "create", "copy") if found else ():
        assert found[act]["faults"] == 0
        assert found[act]["with_something_unsynced"] > 10
    assert not found or found["naive"]["faults"] > 5


def test_a_disturbed_system_call_of_a_save_takes_nothing_that_was_saved() -> None:
    found = done("draft_calls", "--count", 2, "--seed", 2)
    ours = {part: one for part, one in found.items() if not part.startswith("naive")}
    assert len(ours) in (0, 12)
    assert all(one["tried"] == 2 and one["faults"] == 0 for one in ours.values())
