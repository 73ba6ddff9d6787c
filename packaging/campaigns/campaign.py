"""What the campaigns share: their options, and how they tell their counts.

A campaign is a command that does harm, many times, and looks at what comes of it:

    python packaging/campaigns/NAME.py [--count N] [--seed S]

It prints its counts as JSON, a line for each part; the exit code is 1 where anything was found.
The same seed does the same harm. Small samples of all of them are in the tests.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # what the tests make bundles and dossiers with


def parser(doc: str | None, count: int) -> argparse.ArgumentParser:
    """The options of a campaign: how much of the harm, and which."""
    made = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    made.add_argument("--count", type=int, default=count, help=f"{count} where not given")
    made.add_argument("--seed", type=int, default=1)
    return made


def tell(part: str, counts: dict[str, Any]) -> None:
    """Prints the counts of a part as one line of JSON."""
    print(json.dumps({"part": part, **counts}, ensure_ascii=False), flush=True)


def spread(values: Iterable[str]) -> dict[str, int]:
    """How often each value came, the most frequent first."""
    return dict(Counter(values).most_common())


def end(faults: list[str]) -> int:
    """Tells the first faults on standard error; gives the exit code."""
    for fault in faults[:20]:
        print(fault, file=sys.stderr)
    print("nothing was found" if not faults else f"{len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0
