"""Small samples of the campaigns against bundles and readers, as their commands do them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

CAMPAIGNS = Path(__file__).parents[2] / "packaging" / "campaigns"


def done(name: str, *words: object) -> dict[str, dict[str, Any]]:
    """What a campaign counted, by part; it must have found nothing."""
    command = [sys.executable, str(CAMPAIGNS / f"{name}.py"), *map(str, words)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr + ended.stdout
    assert ended.stderr.splitlines()[-1] == "nothing was found"
    parts = [json.loads(line) for line in ended.stdout.splitlines()]
    return {part["part"]: part for part in parts}


def test_no_changed_byte_that_a_signature_covers_is_missed() -> None:
    found = done("bundle_bytes", "--count", 100, "--step", 17, "--seed", 2)
    assert found.keys() == {"small", "of others", "example dossier"}
    assert found["small"]["tried"] > 450
    assert found["example dossier"]["tried"] == 200
    assert found["small"]["broken"] > 400
    # What nobody notices: hints for unpackers, and what others chose not to sign.
    where = set(found["small"]["unnoticed_where"])
    assert all("version" in one or "rights" in one or "hint" in one for one in where)
    foreign = "the last certificate of a chain that the signer did not name"
    assert set(found["of others"]["unnoticed_where"]) - where >= {foreign}


def test_crafted_containers_stay_within_their_memory_and_time() -> None:
    found = done("containers", "--count", 30, "--seed", 2)["crafted containers"]
    assert found["refused_for_their_reason"] == 30
    assert 0 < found["highest_memory_mb"] < 300
    assert found["longest_seconds"] < 10


def test_only_errors_of_ours_come_out_of_a_reader() -> None:
    found = done("readers", "--count", 5000, "--seed", 3)
    total = found.pop("all readers")
    assert 0 < total["highest_memory_mb"] < 300
    control = found.pop("control: a reader that trusts its input")
    assert control["faults"] > 20
    assert sum(one["inputs"] for one in found.values()) >= 5000
    assert len(found) == 19
    # Of these files what makes no sense is passed over.
    lenient = {"attachment", "settings.json", "recent.json"}
    for name, one in found.items():
        # Both ends were reached: files spoiled beyond reading, and files that are read after all.
        assert one["read"] > 3, name
        assert one["refused"] > 20 or name in lenient, name
