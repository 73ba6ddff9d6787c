"""A coordinator and two partners at work in any order, for long: is an edit ever lost?

    python packaging/campaigns/soak_merge.py [--count 5000] [--seed 1]

Each of `--count` runs has up to 30 steps of editing, undoing, sending, returning and merging. After
each merge: every edit of either side is in the tree or in a choice that is shown; the same packet
again changes nothing; undone, it brings the same again; two packets give the same in either order;
and the draft is valid in structure. The tests run 200 of these.
"""

from __future__ import annotations

import sys
import time
import traceback
import warnings
from collections import Counter

import campaign
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.errors import HypothesisWarning
from hypothesis.stateful import run_state_machine_as_test
from teamwork.consortium import Consortium
from teamwork.memory import Memory

from sif_desktop.app.joint import Plan

STEPS = 30


def watched(counts: Counter[str]) -> type[Consortium]:
    """The three parties, with counts of what they come to."""

    class Watched(Consortium):
        def nothing_is_lost(self, done: Plan, theirs: Memory) -> None:
            counts["merges"] += 1
            counts["merges with edits"] += bool(done.merge.edits)
            counts["merges with choices"] += bool(done.merge.choices)
            counts["merges after an earlier one"] += bool(done.on)
            counts.update(f"choice: {choice.kind}" for choice in done.merge.choices)
            super().nothing_is_lost(done, theirs)

        def teardown(self) -> None:
            counts["runs"] += 1
            counts["edits"] += self.count
            counts["acts at home"] += self.home.seq

    return Watched


def main() -> int:
    """Runs, tells the counts, and gives 1 where a law was broken."""
    given = campaign.parser(__doc__, 5000).parse_args()
    counts: Counter[str] = Counter()
    faults: list[str] = []
    parties = seed(given.seed)(watched(counts))
    how = settings(
        max_examples=given.count,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    warnings.simplefilter("ignore", HypothesisWarning)
    start = time.monotonic()
    try:
        run_state_machine_as_test(parties, settings=how)
    except BaseException as error:  # an assertion, or several of them in a group
        if isinstance(error, KeyboardInterrupt):
            raise
        faults.append("".join(traceback.format_exception(error))[-6000:])
    campaign.tell("merging", {**dict(sorted(counts.items())), "seconds": time.monotonic() - start})
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
