"""Kills a writer at random moments, and looks at what it leaves behind.

    python packaging/campaigns/kills.py [--count 1000] [--seed 1] [--writer draft|create|naive]

A child writes and reports every change once it is committed; SIGKILL ends it at a random moment.
Then the file has to open, hold every change that was reported, and at most the one that was under
way besides. The naive writer rewrites a file in place: it shows that such a fault would be seen.
Prints what was found as JSON; the exit code is 1 where anything was lost. POSIX only.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sif_desktop.errors import SifError
from sif_desktop.model.edit import Add, Change, Drop, Edit, Set, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft

BLANK = Proposal(id="kills", call="a-call")
MOMENT = datetime(2013, 4, 1, tzinfo=UTC)
MARKS = ("-journal", ".tmp")
PER_FILE = 30
LONGEST = 0.04
PATIENCE = 30.0
WORDS = "wijk zorg buurt samen leren werken delen bouwen "


class Trees:
    """What the tree has to be after each change: the writer makes the same changes from seq."""

    def __init__(self) -> None:
        self.trees = [BLANK]

    def after(self, seq: int) -> Proposal:
        """The tree after change `seq`."""
        while len(self.trees) <= seq:
            edits = edits_of(len(self.trees))
            self.trees.append(apply_all(self.trees[-1], edits)[0])
        return self.trees[seq]


def edits_of(seq: int) -> tuple[Edit, ...]:
    """The edits of change `seq`: typing of all lengths, lines that come and go, a large paste."""
    length = 20_000 if seq % 40 == 0 else seq * 37 % 900
    edits: list[Edit] = [Set(at="project/summary", value=f"{seq} " + (WORDS * 500)[:length])]
    if seq % 3 == 0:
        edits.append(Add(at="budget", item={"id": f"line-{seq}", "subsidy": seq}))
    if seq % 6 == 0:
        edits.append(Drop(at=f"budget/line-{seq - 3}"))
    return tuple(edits)


def change_of(seq: int, before: Proposal) -> Change:
    """Change `seq` as a writer commits it."""
    return make_change(before, edits_of(seq), author="writer", at=MOMENT)[1]


def file_of(seq: int) -> bytes:
    """The attachment that is added before change `seq`."""
    return hashlib.shake_128(str(seq).encode()).digest(150_000 + seq)


def brings_file(seq: int) -> bool:
    """Whether an attachment is added before change `seq`."""
    return seq % 25 == 10


def write_draft(path: Path, report: Callable[[int], None]) -> None:
    """The child of the draft: opens it and goes on where it ends."""
    draft = Draft.open(path, author="writer")
    while True:
        seq = draft.seq + 1
        if brings_file(seq):
            draft.add_attachment(io.BytesIO(file_of(seq)))
        draft.commit(change_of(seq, draft.proposal))
        report(seq)


def look_at_draft(path: Path, acked: int, trees: Trees) -> str:
    """What is wrong with a draft after a kill; "" where all is well."""
    try:
        with Draft.open(path, author="looker") as draft:
            if draft.read_only or draft.recovered:
                return "unreadable"
            if not acked <= draft.seq <= acked + 1:
                return "lost"
            if draft.proposal != trees.after(draft.seq):
                return "wrong"
            if acked % 5 == 0 and [one.edits for one in draft.history()] != [
                edits_of(seq) for seq in range(1, draft.seq + 1)
            ]:
                return "wrong"
            wanted = {
                hashlib.sha256(file_of(seq)).hexdigest()
                for seq in range(1, acked + 1)
                if brings_file(seq)
            }
            held = draft.attachment_digests()
            for digest in sorted(held)[:2]:
                with draft.open_attachment(digest) as stream:
                    stream.read()
            return "" if wanted <= held.keys() else "lost"
    except SifError:
        return "unreadable"


def write_new(path: Path, report: Callable[[int], None]) -> None:
    """The child of `create`: makes one draft after another."""
    seq = 1 + sum(1 for _ in path.parent.glob("*.sif"))
    while True:
        name = path.with_name(f"{path.stem}-{seq}.sif")
        if not name.exists():
            Draft.create(name, Trees().after(3), author="writer").close()
        report(seq)
        seq += 1


def look_at_new(path: Path, acked: int, trees: Trees) -> str:
    """What is wrong with the drafts that were made up to a kill."""
    names = [path.with_name(f"{path.stem}-{seq}.sif") for seq in range(1, acked + 2)]
    if not all(name.exists() for name in names[:-1]):
        return "lost"
    try:
        for name in names[-3:]:
            if name.exists():
                with Draft.open(name) as draft:
                    if draft.proposal != trees.after(3) or draft.read_only or draft.recovered:
                        return "wrong"
    except SifError:
        return "unreadable"
    return ""


def write_naive(path: Path, report: Callable[[int], None]) -> None:
    """The control: a writer that rewrites its file in place."""
    trees = Trees()
    seq = naive_seq(path)
    while True:
        seq += 1
        with path.open("w", encoding="utf-8") as stream:
            json.dump({"seq": seq, "tree": trees.after(seq).model_dump(mode="json")}, stream)
        report(seq)


def naive_seq(path: Path) -> int:
    """Where the control's file ends; 0 where there is none."""
    return int(json.loads(path.read_text(encoding="utf-8"))["seq"]) if path.exists() else 0


def look_at_naive(path: Path, acked: int, trees: Trees) -> str:
    """What is wrong with the control's file after a kill."""
    if not path.exists():
        return "lost" if acked else ""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return "unreadable"
    if not acked <= told["seq"] <= acked + 1:
        return "lost"
    return "" if told["tree"] == trees.after(told["seq"]).model_dump(mode="json") else "wrong"


WRITERS: dict[str, tuple[Callable[..., None], Callable[[Path, int, Trees], str]]] = {
    "draft": (write_draft, look_at_draft),
    "create": (write_new, look_at_new),
    "naive": (write_naive, look_at_naive),
}


def child(write: Callable[..., None], path: Path, pipe: int) -> None:
    """Runs a writer until it is killed. Never returns."""
    try:
        write(path, lambda seq: os.write(pipe, seq.to_bytes(8, "big")))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(3)


def trial(write: Callable[..., None], path: Path, chance: random.Random) -> tuple[int, bool]:
    """Kills one writer: the last change that it reported, and whether it was writing just then."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        child(write, path, writing)
    os.close(writing)
    try:
        if chance.random() < 0.8:
            select.select([reading], [], [], PATIENCE)
        # Nothing is read in between: a pipe holds thousands of reports.
        select.select([], [], [], chance.uniform(0, LONGEST))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the writer ended by itself")
        with os.fdopen(os.dup(reading), "rb") as reports:
            told = reports.read()
    finally:
        os.close(reading)
    last = int.from_bytes(told[-8:], "big") if told else 0
    return last, any(file.stat().st_size for file in under_way(path))


def under_way(path: Path) -> list[Path]:
    """The files that stand beside a draft only while something is written."""
    return [file for file in path.parent.iterdir() if file.name.endswith(MARKS)]


def run(kills: int, seed: int, writer: str, folder: Path) -> dict[str, Any]:
    """Kills a writer many times; gives how often it went wrong, and how."""
    write, look = WRITERS[writer]
    chance = random.Random(seed)
    found = {"kills": 0, "changes": 0, "mid_write": 0, "unreadable": 0, "lost": 0, "wrong": 0}
    path, acked, trees = begun(folder, writer, 0), 0, Trees()
    for number in range(1, kills + 1):
        last, writing = trial(write, path, chance)
        found["kills"] += 1
        found["changes"] += max(last - acked, 0)
        found["mid_write"] += writing
        acked = max(acked, last)
        trouble = look(path, acked, trees)
        if trouble:
            found[trouble] += 1
        if trouble or number % PER_FILE == 0:
            shutil.rmtree(path.parent)
            path, acked = begun(folder, writer, number), 0
        else:
            # The change under way at the kill may have come through.
            acked = reached(path, writer, acked)
            for left in path.parent.glob("*.tmp"):
                left.unlink()
    return found


def begun(folder: Path, writer: str, number: int) -> Path:
    """A new file for a writer to go on with, in a folder of its own."""
    path = folder / f"{writer}-{number}" / "draft.sif"
    path.parent.mkdir()
    if writer == "draft":
        Draft.create(path, BLANK, author="writer").close()
    return path


def reached(path: Path, writer: str, acked: int) -> int:
    """The change that a file ends with, which was found to be in order."""
    if writer == "draft":
        with Draft.open(path, read_only=True) as draft:
            return draft.seq
    return naive_seq(path) if writer == "naive" else acked


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writer", choices=sorted(WRITERS), default="draft")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sif-kills-") as folder:
        found = run(given.count, given.seed, given.writer, Path(folder))
    print(json.dumps(found))
    return 1 if found["unreadable"] or found["lost"] or found["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
