"""What an intake costs: linear in time, level in memory, quicker on two cores, beside OpenSSL.

    python packaging/benchmarks/intake.py [BUNDLES]

Prints ratios of one run on one machine. The bundles (2,000 without a number) are made first, five
in a hundred broken in ten ways; each measurement is a process of its own. Beside it stands what
`openssl cms -verify` and `unzip` cost on the same bundles, one after the other.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

COMPARED = 200
ROUNDS = 3


def one(folder: Path, out: Path, workers: int) -> None:
    """A whole intake in this process and its workers; prints seconds and memory as JSON."""
    from sif_desktop.app.intake import running
    from sif_desktop.app.intake.desk import Given, take_in
    from sif_desktop.app.intake.outputs import write_all
    from sif_desktop.language import words

    begin = judged = time.perf_counter()
    busy = time.process_time()
    for ledger, overview in take_in(Given(folder, out), make=lambda: running.processes(workers)):
        judged, busy = time.perf_counter(), time.process_time() - busy
        write_all(out, ledger, overview, words("nl"))
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - begin,
                "judging": judged - begin,
                "busy": busy,
                "work": sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]),
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "workers": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
                "asked": {one.call.id: one.asked for one in overview.calls},
                "faulty": overview.faulty,
            }
        )
    )


def measure(folder: Path, out: Path, workers: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(folder), str(out), str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def part(whole: Path, folder: Path, count: int) -> Path:
    """A folder with the first bundles of another, as links that are no links to the intake."""
    folder.mkdir()
    for path in islice(sorted(whole.iterdir()), count):
        (folder / path.name).hardlink_to(path)
    return folder


def beside_openssl(bundles: list[Path], work: Path) -> float:
    """Seconds that other programs take for each bundle: unpacked, then its signature verified."""
    signer = "META-INF/signature001.p7s"
    begin = time.perf_counter()
    for place, path in enumerate(bundles):
        out = work / str(place)
        subprocess.run(["unzip", "-q", "-o", str(path), "-d", str(out)], check=True)
        command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
        command += ["-in", str(out / signer), "-content", str(out / "META-INF/ASiCManifest001.xml")]
        command += ["-CAfile", str(work / "root.pem"), "-purpose", "any", "-out", "/dev/null"]
        subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - begin) / len(bundles)


def root_of(path: Path, file: Path) -> None:
    """Writes the certificate of a bundle's signer as PEM."""
    with zipfile.ZipFile(path) as archive:
        signature = archive.read("META-INF/signature001.p7s")
    command = ["openssl", "pkcs7", "-inform", "DER", "-print_certs", "-out", str(file)]
    subprocess.run(command, input=signature, check=True)


def _two_beside_one(folder: Path, work: Path) -> None:
    """How much quicker two processes are: the best of some rounds, in which the two take turns.

    The bound is what the processor time allows on two cores that nobody else uses: what this
    process does is done beside one worker, and takes away from two.
    """
    found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    for place in range(ROUNDS):
        for workers, runs in found.items():
            runs.append(measure(folder, work / f"r{place}-{workers}", workers))
    one_, two = (min(run["judging"] for run in found[workers]) for workers in (1, 2))
    busy = min(run["busy"] for run in found[2])
    worked = min(run["work"] for run in found[1])
    print(f"two processes beside one: {one_ / two:.2f} times as fast")
    print(f"  by processor time alone it could be {2 / (1 + busy / worked):.2f}; load {load()}")


def load() -> str:
    """How busy the machine is, where that can be asked."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"


def main(count: int) -> None:
    from intake_bundles import generate

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        begin = time.perf_counter()
        made = generate(work / "all", count)
        spent = time.perf_counter() - begin
        print(f"{count} bundles made in {spent:.0f} s, {len(made.broken)} broken")
        quarter = part(work / "all", work / "quarter", count // 4)
        half = part(work / "all", work / "half", count // 2)
        runs = {
            "a quarter": measure(quarter, work / "o1", 1),
            "half": measure(half, work / "o2", 1),
            "all": measure(work / "all", work / "o3", 1),
        }
        for label, run in runs.items():
            print(
                f"{label:>20}: {run['seconds']:6.2f} s (judging {run['judging']:6.2f} s), "
                f"memory {run['memory']} MB, of a worker {run['workers']} MB"
            )
        whole = runs["all"]
        right = whole["asked"] == made.asked and whole["faulty"] == len(made.broken)
        print(f"sums agree with the generator's: {right}")
        print(f"all beside half, in time: {whole['seconds'] / runs['half']['seconds']:.2f}")
        memory = whole["memory"] / runs["a quarter"]["memory"]
        print(f"all beside a quarter, in memory: {memory:.2f}")
        _two_beside_one(work / "all", work)
        good = [path for path in sorted((work / "all").iterdir()) if path.name not in made.broken]
        root_of(good[0], work / "root.pem")
        others = beside_openssl(good[:COMPARED], work)
        ours = whole["judging"] / count
        print(f"a bundle: {ours * 1000:.2f} ms; openssl and unzip: {others * 1000:.2f} ms")
        print(f"ours beside theirs: {ours / others:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
