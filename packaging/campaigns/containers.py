"""Verifies every crafted container of the tests in a child with little memory and little time.

    python packaging/campaigns/containers.py [--count 0] [--seed 1] [--memory 300] [--seconds 10]

Each container must be refused for its own reason, below `--memory` MB (the highest that the child
ever held, and a hard limit on its address space besides) and `--seconds` of processor time. A
count other than 0 takes as many at random. Linux only.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import campaign
from bundle import craft, crafted_attributes, crafted_manifest, crafted_signature, crafted_zip
from bundle.crafted import CASES

from sif_desktop.bundle.identity import Identity, ephemeral
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import NotOursError

_ = (crafted_attributes, crafted_manifest, crafted_signature, crafted_zip)
MEGA = 1024 * 1024


def codes_of(path: Path) -> list[str]:
    """All problems of a container, and "intact" where it is held for good."""
    try:
        verdict = verify(path)
    except NotOursError as error:
        return [f"error:{error.key}"]
    found = ["intact"] if verdict.intact else []
    found += [problem.code for problem in verdict.problems]
    return found + [one.code for each in verdict.signatures for one in each.problems]


def child(path: Path, out: int, memory: int, seconds: int) -> None:
    """Verifies under limits and reports. Never returns."""
    code = 3
    try:
        # The highest so far starts anew, so that what the parent held does not count.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before = status("VmRSS")
        # Address space is more than memory: threads and mapped libraries reserve it unused.
        used = status("VmSize")
        resource.setrlimit(resource.RLIMIT_AS, (used + memory * MEGA,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 2))
        start = time.process_time()
        codes = codes_of(path)
        took = time.process_time() - start
        told = {"codes": codes, "seconds": took, "peak": status("VmHWM"), "before": before}
        os.write(out, json.dumps(told).encode())
        code = 0
    except BaseException as error:
        os.write(out, json.dumps({"raised": repr(error)[:500]}).encode())
    finally:
        os._exit(code)


def status(name: str) -> int:
    """A figure of this process, in bytes, as Linux tells it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def verified(path: Path, memory: int, seconds: int) -> dict[str, Any]:
    """What a child of its own tells of a container; how it died where it tells nothing."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        child(path, writing, memory, seconds)
    os.close(writing)
    with os.fdopen(reading, "rb") as reports:
        told = reports.read()
    _, code = os.waitpid(pid, 0)
    return dict(json.loads(told)) if told else {"raised": f"ended with {code}"}


def main() -> int:
    """The command."""
    parser = campaign.parser(__doc__, 0)
    parser.add_argument("--memory", type=int, default=300, help="megabytes")
    parser.add_argument("--seconds", type=int, default=10)
    given = parser.parse_args()
    cases = list(CASES)
    if given.count:
        cases = random.Random(given.seed).sample(cases, min(given.count, len(cases)))
    faults, peak, longest, reasons = [], 0, 0.0, []
    with tempfile.TemporaryDirectory(prefix="sif-crafted-") as name:
        path = Path(name) / "a.asice"
        jan: Identity = ephemeral("Jan Peeters", "Zorgcirkel vzw")
        craft.bundle(path, jan)
        verify(path)
        parts = craft.contents(path)
        for case in cases:
            build, wanted = CASES[case]
            path.write_bytes(build(dict(parts), jan))
            told = verified(path, given.memory, given.seconds)
            peak, longest = max(peak, told.get("peak", 0)), max(longest, told.get("seconds", 0))
            codes = told.get("codes", [])
            reasons.append(wanted)
            large = told.get("peak", 0) > given.memory * MEGA
            if wanted not in codes or "intact" in codes or large:
                faults.append(f"{case}: {wanted} was expected, {told}")
            if told.get("seconds", 0) > given.seconds:
                faults.append(f"{case}: {told['seconds']:.1f} s")
    campaign.tell(
        "crafted containers",
        {
            "containers": len(cases),
            "refused_for_their_reason": len(cases) - len(faults),
            "reasons": len(set(reasons)),
            "highest_memory_mb": round(peak / MEGA, 1),
            "longest_seconds": round(longest, 2),
        },
    )
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
