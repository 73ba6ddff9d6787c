"""How long merging a packet takes, against opening both files: the bar is a ratio in one run.

    python packaging/benchmarks/merge.py        prints the figures; 1 where the bar is not met

The dossier has 50 partners, 2,000 budget lines and 30 work packages. Meanwhile 300 acts were done
in it; the packet comes back with all lines of its partner changed and one added. Opening both files
and merging, up to the edits, may take twice what opening alone takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]

from dossiers import big_proposal  # noqa: E402
from teamwork.desks import act, made, tree  # noqa: E402

from sif_desktop.app import joint  # noqa: E402
from sif_desktop.app.packets import send  # noqa: E402
from sif_desktop.model.edit import Add, Set  # noqa: E402
from sif_desktop.store.draft import Draft  # noqa: E402

ROUNDS = 15
BAR = 2.0
"""The most that opening and merging may take together, in times of opening alone."""


def prepared(folder: Path) -> tuple[Path, Path]:
    """The coordinator's draft and the packet that came back."""
    home, packet = made(folder / "home.sif", big_proposal()), folder / "packet.sif"
    proposal = tree(home)
    act(home, "An", Set(at="project/acronym", value="GROOT"))
    partner = proposal.budget[0].partner
    send(home, partner, packet, "An")
    own = [line for line in proposal.budget if line.partner == partner]
    act(packet, "Bo", *(Set(at=f"budget/{one.id}/subsidy", value=7) for one in own))
    act(packet, "Bo", Add(at="budget", item={"id": "new", "partner": partner}))
    for line in proposal.budget[-300:]:
        act(home, "An", Set(at=f"budget/{line.id}/description", value="Anders"))
    return home, packet


def timed(home: Path, packet: Path) -> tuple[float, float, int]:
    """Seconds for opening both files, for merging after that, and the number of edits."""
    start = time.perf_counter()
    with Draft.open(home, author="An") as mine, Draft.open(packet, read_only=True) as theirs:
        opened = time.perf_counter()
        edits = joint.edits_of(joint.plan_between(mine, mine.proposal, theirs), {})
        merged = time.perf_counter()
    return opened - start, merged - opened, len(edits)


def main() -> int:
    """Measures, prints and judges."""
    with tempfile.TemporaryDirectory() as folder:
        files = prepared(Path(folder))
        rounds = [timed(*files) for _ in range(ROUNDS)]
    opening, merging = (min(one[place] for one in rounds) for place in (0, 1))
    ratio = (opening + merging) / opening
    print(f"opening both files   {opening * 1000:7.1f} ms")
    print(f"merging, {rounds[0][2]:3} edits   {merging * 1000:7.1f} ms")
    print(f"together             {ratio:7.2f} times opening (at most {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
