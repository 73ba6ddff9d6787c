"""How long a check takes, against reading the same proposal: the bar is a ratio in one run.

    python packaging/benchmarks/check.py        prints the figures; 1 where a bar is not met

The dossier has 50 partners, 2,000 budget lines and 30 work packages. `check` may take three times
what `Proposal.model_validate` takes for it; after one key was typed, a `Checker` may take a
quarter of that in a text of the project, half of it in one of a partner, and one and a half times
it in an amount.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]

from dossiers import big_proposal, the_call  # noqa: E402

from sif_desktop.model.edit import Set, apply  # noqa: E402
from sif_desktop.model.proposal import Proposal  # noqa: E402
from sif_desktop.rules.check import Checker, check  # noqa: E402

ROUNDS = 25
BARS = {"check": 3.0, "key in a text": 0.25, "key of a partner": 0.5, "key in an amount": 1.5}
"""The most that each may take, in times of reading the proposal."""


def best(acts: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest time of each act in some rounds, in seconds.

    What disturbs a run only makes it longer; the acts take turns, so that a slow minute of the
    machine is one for all of them.
    """
    times: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            times[name].append(time.perf_counter() - start)
    return {name: min(taken) for name, taken in times.items()}


def typing(proposal: Proposal, at: str) -> Iterator[Proposal]:
    """The proposal after each key that is typed in one place."""
    amount = at.endswith("/subsidy")
    for count in range(ROUNDS):
        value = 1000 + count if amount else "typed " + "x" * count
        yield apply(proposal, Set(at=at, value=value))[0]


def retyping(proposal: Proposal, at: str) -> Callable[[], object]:
    """Checks again after the next key in one place, each time it is called."""
    checker = Checker(the_call())
    checker.check(proposal)
    typed = iter(list(typing(proposal, at)))
    return lambda: checker.check(next(typed))


def measure() -> dict[str, float]:
    """Each time as a multiple of that of reading the proposal."""
    proposal, call = big_proposal(), the_call()
    tree = proposal.model_dump(mode="json")
    check(proposal, call)
    times = best(
        {
            "reading": lambda: Proposal.model_validate(tree),
            "check": lambda: check(proposal, call),
            "key in a text": retyping(proposal, "project/summary"),
            "key of a partner": retyping(proposal, f"partners/{proposal.partners[7].id}/expertise"),
            "key in an amount": retyping(proposal, f"budget/{proposal.budget[900].id}/subsidy"),
        }
    )
    reading = times.pop("reading")
    print(f"reading: {reading * 1000:.2f} ms")
    return {name: taken / reading for name, taken in times.items()}


def main() -> int:
    """Prints the ratios, and 1 where one is over its bar."""
    found = measure()
    for name, ratio in found.items():
        print(f"{name}: {ratio:.2f} times (at most {BARS[name]})")
    return int(any(ratio > BARS[name] for name, ratio in found.items()))


if __name__ == "__main__":
    sys.exit(main())
