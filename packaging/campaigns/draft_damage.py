"""Damages a draft file, and looks whether it is recovered, refused, or passed over.

    python packaging/campaigns/draft_damage.py [--count 10000] [--seed 1]

`--count` bytes changed, one at a time and over the whole file; a twentieth as many cuts, and as
many sectors of zeros. Each is opened for reading and for writing: what it gives must be right, or
told to be lost; a refusal must be a plain error with the file's name; the file must be as it was.
A file that nobody checks (the same tree as JSON) is the control: there, damage is passed over.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import campaign
from store.series import FILE, grown

from sif_desktop.errors import SifError
from sif_desktop.language import words
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import snapshots
from sif_desktop.store.draft import Draft

CHANGES = 45
DIGEST = hashlib.sha256(FILE).hexdigest()

Harm = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """One byte is another one."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def blotted(data: bytes, chance: random.Random) -> bytes:
    """A sector came back as zeros."""
    at = chance.randrange(len(data) // 512) * 512
    return data[:at] + bytes(512) + data[at + 512 :]


def look(path: Path, data: bytes, trees: list[Proposal], *, read_only: bool) -> str:
    """What became of a damaged draft: "whole", "recovered" or "refused". Raises ValueError where
    something wrong was passed over."""
    try:
        with Draft.open(path, read_only=read_only, author="An") as draft:
            if draft.recovered is None and draft.seq != CHANGES:
                raise ValueError(f"change {draft.seq} is said to be the last")
            if draft.proposal != trees[draft.seq]:
                raise ValueError("another tree")
            ask(lambda: same(draft.proposal_at(17), trees[17]))
            ask(lambda: same(len(draft.history()), draft.seq))
            ask(lambda: same(draft.open_attachment(DIGEST).read(), FILE))
            found = "recovered" if draft.recovered else "whole"
    except SifError as error:
        plain(path, error)
        found = "refused"
    if path.read_bytes() != data:
        raise ValueError("the file was changed")
    if [file.name for file in path.parent.iterdir()] != [path.name]:
        raise ValueError("something was left beside it")
    return found


def ask(act: Callable[[], None]) -> None:
    """What can be read is right; what cannot be read is refused."""
    try:
        act()
    except SifError as error:
        words("nl").say(f"errors.{error.key}", **error.figures)


def same(found: object, wanted: object) -> None:
    """Raises ValueError where they differ."""
    if found != wanted:
        raise ValueError("something else than was written")


def plain(path: Path, error: SifError) -> None:
    """A refusal is one sentence with the name of the file."""
    sentence = words("nl").say(f"errors.{error.key}", **error.figures)
    if path.name not in sentence or "\n" in sentence:
        raise ValueError(f"no plain sentence: {sentence}")


def passed_over(tree: Proposal, count: int, chance: random.Random) -> int:
    """How often the control gives another tree and says nothing."""
    data = tree.model_dump_json().encode()
    missed = 0
    for _ in range(count):
        try:
            missed += json.loads(flipped(data, chance)) != json.loads(data)
        except ValueError:
            continue
    return missed


def main() -> int:
    """The command."""
    given = campaign.parser(__doc__, 10_000).parse_args()
    chance = random.Random(given.seed)
    part = -(-given.count // 20)
    kinds: tuple[tuple[str, Harm, int], ...] = (
        ("flipped bytes", flipped, given.count),
        ("cuts", cut, part),
        ("sectors of zeros", blotted, part),
    )
    faults: list[str] = []
    snapshots.EVERY = 10
    with tempfile.TemporaryDirectory(prefix="sif-damage-") as name:
        path = Path(name) / "a.sif"
        trees = grown(path, CHANGES, FILE)
        data = path.read_bytes()
        for kind, harm, count in kinds:
            seen: Counter[str] = Counter()
            for number in range(count):
                harmed = harm(data, chance)
                path.write_bytes(harmed)
                for read_only in (True, False):
                    try:
                        seen[look(path, harmed, trees, read_only=read_only)] += 1
                    except Exception as error:
                        faults.append(f"{kind} {number}: {error!r}")
            campaign.tell(kind, {"bytes": len(data), "files": count, "opened_twice": dict(seen)})
    missed = passed_over(trees[-1], 200, chance)
    campaign.tell("control without checks", {"files": 200, "passed_over": missed})
    if not missed:
        faults.append("the control was not caught")
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
