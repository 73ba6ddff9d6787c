"""The same for one reader as `readers.py`, led by which code an input reaches. Needs atheris.

    python packaging/campaigns/guided.py --reader sheet [--count 20000] [--seed 1]

atheris is not among the locked packages: `pip install atheris` brings it (Linux, Python 3.11). An
input that reaches new lines of this program is kept and spoiled further. It stops at the first
input that brings out anything but an error of ours, and leaves that input behind.
"""

from __future__ import annotations

import random
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

import campaign

try:
    import atheris
except ImportError:
    sys.exit("Not done: atheris is not installed (pip install atheris).")

with atheris.instrument_imports(include=["sif_desktop"]):
    import readers


def main() -> None:
    """The command; libFuzzer ends the process, with 0 where nothing was found."""
    parser = campaign.parser(__doc__, 20_000)
    names = [one.name for one in readers.ALL]
    parser.add_argument("--reader", choices=names, required=True)
    given = parser.parse_args()
    reader = next(one for one in readers.ALL if one.name == given.reader)
    home = Path(tempfile.mkdtemp(prefix="sif-guided-"))
    (home / reader.name).mkdir()
    seeds = reader.seeds(home / reader.name)
    corpus, place = home / "corpus", home / "input"
    corpus.mkdir()
    place.mkdir()
    for number, data in enumerate(seeds):
        (corpus / str(number)).write_bytes(data)
    path = place / reader.file
    signal.signal(signal.SIGALRM, readers.slow)
    warnings.simplefilter("error")

    def one_input(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_REAL, 3 * readers.PATIENCE)
        readers.one_input(reader, path, data)
        signal.setitimer(signal.ITIMER_REAL, 0)

    def bend(data: bytes, largest: int, seed: int) -> bytes:
        chance = random.Random(seed)
        try:
            return reader.bend(data, seeds, chance)[:largest]
        except Exception:  # spoiled too far for its own kind of harm
            return atheris.Mutate(data, largest)

    longest = 2 * max(map(len, seeds)) + 4096
    words = [sys.argv[0], f"-runs={given.count}", f"-seed={given.seed}", f"-max_len={longest}"]
    words += ["-print_final_stats=1", "-verbosity=0", "-handle_alrm=0", "-timeout=0"]
    words += [f"-artifact_prefix={tempfile.gettempdir()}/sif-guided-", str(corpus)]
    atheris.Setup(words, one_input, custom_mutator=bend)
    try:
        atheris.Fuzz()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
