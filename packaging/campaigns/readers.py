"""Gives spoiled files to every reader: nothing but an error of ours may come out of one.

    python packaging/campaigns/readers.py [--count 100000] [--seed 1] [--reader NAME]

The inputs are shared out over the readers. Each is made from a real file by `mutations.py`. A
reader must give what it reads or raise a SifError whose sentence can be said in every language,
within `PATIENCE` seconds; it must leave the file as it is and nothing beside it. The highest
memory that the process held is told, and bounded.
"""

from __future__ import annotations

import hashlib
import random
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path
from types import FrameType

import campaign
import readers_home
import readers_joint
import readers_of
import readers_trust
from readers_of import Reader

from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, words

ALL = (*readers_of.ALL, *readers_joint.ALL, *readers_trust.ALL, *readers_home.ALL)
"""All readers, with their shares."""

PATIENCE = 20
MOST_MEMORY = 700 * 1024 * 1024


class SlowError(BaseException):
    """A reader took too long; not an Exception, so that no reader takes it for bad input."""


def slow(_: int, frame: FrameType | None) -> None:
    """The alarm."""
    raise SlowError("".join(traceback.format_stack(frame)[-3:]))


def said(error: SifError) -> None:
    """Says an error in every language; raises where its sentence cannot be said."""
    for language in LANGUAGES:
        sentence = words(language).say(f"errors.{error.key}", **error.figures)
        if "\n" in sentence or len(sentence) > 2000:
            raise ValueError(f"no plain sentence: {sentence[:300]!r}")


def one_input(reader: Reader, path: Path, data: bytes) -> str:
    """What a reader makes of an input: "read", or the key of its error. Anything else is raised."""
    reader.put(path, data)
    before = hashlib.sha256(data).digest()
    try:
        reader.read(path)
        outcome = "read"
    except SifError as error:
        said(error)
        outcome = error.key
    left = sorted(file.name for file in path.parent.iterdir())
    if left != [path.name]:
        raise ValueError(f"left behind: {left}")
    if reader.get(path, data) != before:
        raise ValueError("the file was changed")
    return outcome


def run(
    reader: Reader, count: int, seed: int, folder: Path, keep: Path
) -> tuple[Counter[str], list[str]]:
    """Gives `count` spoiled files to a reader: what came out, and what should not have."""
    chance = random.Random(f"{reader.name} {seed}")
    seeds = reader.seeds(folder)
    path = folder / "input" / reader.file
    path.parent.mkdir(exist_ok=True)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    for data in seeds:
        if (found := one_input(reader, path, data)) != "read":
            faults.append(f"{reader.name}: a good file is refused: {found}")
    for number in range(count):
        data = reader.bend(chance.choice(seeds), seeds, chance)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            outcomes[one_input(reader, path, data)] += 1
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            file = keep / f"{reader.name}-{seed}-{number}"
            file.write_bytes(data)
            where = traceback.extract_tb(error.__traceback__)[-1]
            faults.append(f"{file}: {error!r:.300} at {where.filename}:{where.lineno}")
            for stray in path.parent.iterdir():
                stray.unlink()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    readers_of.clear(path)
    return outcomes, faults


def peak() -> int:
    """The highest memory that this process held, in bytes; 0 where it cannot be told."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def main() -> int:
    """The command."""
    parser = campaign.parser(__doc__, 100_000)
    parser.add_argument("--reader", choices=[one.name for one in ALL], default="")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()))
    given = parser.parse_args()
    chosen = [one for one in ALL if given.reader in ("", one.name)]
    share = sum(one.share for one in chosen)
    signal.signal(signal.SIGALRM, slow)
    warnings.simplefilter("error")
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sif-readers-") as name:
        for reader in chosen:
            folder = Path(name) / reader.name
            folder.mkdir()
            count = -(-given.count * reader.share // share)
            outcomes, found = run(reader, count, given.seed, folder, given.keep)
            refused = outcomes.total() - outcomes["read"]
            counts = {"inputs": outcomes.total() + len(found), "read": outcomes["read"]}
            figures = {**counts, "refused": refused, "faults": len(found)}
            campaign.tell(reader.name, {**figures, "refused_as": dict(outcomes.most_common(12))})
            faults += found
        caught = run(readers_of.NAIVE, 200, given.seed, Path(name), Path(name))[1]
    campaign.tell("control: a reader that trusts its input", {"inputs": 200, "faults": len(caught)})
    if not caught:
        faults.append("the control was not caught")
    memory = peak()
    campaign.tell("all readers", {"highest_memory_mb": memory // 1024**2, "faults": len(faults)})
    if memory > MOST_MEMORY:
        faults.append(f"memory: {memory}")
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
