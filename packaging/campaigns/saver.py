"""One act on a draft, for campaigns that watch or disturb its system calls from outside.

    python packaging/campaigns/saver.py ACT FOLDER [TIMES]

Reports on standard output, a line each: `begin`; `did N` once change N is committed (or a new file
stands); `refused KEY` for an error of ours, after which the act is tried again, so `again N` or
`again refused KEY` follows; `end`. Any other error ends it with a traceback.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import shake_128
from pathlib import Path

from sif_desktop.errors import SifError
from sif_desktop.model.edit import Add, Change, Edit, Set, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store import snapshots
from sif_desktop.store.draft import Draft

BLANK = Proposal(id="calls", call="a-call")
BEFORE = 5
DRAFT, NEW = "draft.sif", "new.sif"
FILE = shake_128(b"file").digest(30_000)
MOMENT = datetime(2013, 4, 1, tzinfo=UTC)


def edits_of(seq: int) -> tuple[Edit, ...]:
    """What change `seq` does: a text of another length each time, and now and then a line."""
    edits: list[Edit] = [Set(at="project/summary", value=f"{seq} " + "wijk " * (seq * 61 % 1700))]
    if seq % 2:
        edits.append(Add(at="budget", item={"id": f"line-{seq}", "subsidy": seq}))
    return tuple(edits)


def tree_after(seq: int) -> Proposal:
    """The tree after change `seq`."""
    tree = BLANK
    for number in range(1, seq + 1):
        tree, _ = apply_all(tree, edits_of(number))
    return tree


def next_change(draft: Draft) -> Change:
    """The change that follows in the series."""
    return make_change(draft.proposal, edits_of(draft.seq + 1), author="writer", at=MOMENT)[1]


def prepare(folder: Path) -> None:
    """Makes the draft that the acts are done to."""
    with Draft.create(folder / DRAFT, BLANK, author="writer") as draft:
        for _ in range(BEFORE):
            draft.commit(next_change(draft))
    write_naively(folder / DRAFT, BEFORE)


def say(text: str) -> None:
    """Reports, at once."""
    os.write(1, f"{text}\n".encode())


def commit(folder: Path, times: int) -> Iterator[Callable[[], int]]:
    """Changes, one after another; a snapshot at the last."""
    with Draft.open(folder / DRAFT, author="writer") as draft:
        for number in range(times):
            change = next_change(draft)  # the same one, when it is tried again

            def act(change: Change = change) -> int:
                draft.commit(change)
                return draft.seq

            if number == times - 1:
                snapshots.EVERY = 1
            yield act


def attach(folder: Path, times: int) -> Iterator[Callable[[], int]]:
    """A file that is put into the draft, and a change after it."""
    with Draft.open(folder / DRAFT, author="writer") as draft:
        for _ in range(times):

            def act() -> int:
                draft.add_attachment(io.BytesIO(FILE))
                return draft.seq

            yield act


def create(folder: Path, _: int) -> Iterator[Callable[[], int]]:
    """A new draft."""

    def act() -> int:
        Draft.create(folder / NEW, tree_after(BEFORE), author="writer").close()
        return 0

    yield act


def copy(folder: Path, _: int) -> Iterator[Callable[[], int]]:
    """A copy under another name."""
    with Draft.open(folder / DRAFT, author="writer") as draft:

        def act() -> int:
            draft.save_copy(folder / NEW)
            return 0

        yield act


def naive(folder: Path, times: int) -> Iterator[Callable[[], int]]:
    """The control: a file that is rewritten in place."""
    seq = read_naively(folder / DRAFT)[0]
    for number in range(seq + 1, seq + times + 1):

        def act(number: int = number) -> int:
            write_naively(folder / DRAFT, number)
            return number

        yield act


def write_naively(draft: Path, seq: int) -> None:
    """The whole tree into the same file."""
    tree = {"seq": seq, "tree": tree_after(seq).model_dump(mode="json")}
    with draft.with_suffix(".json").open("w", encoding="utf-8") as stream:
        json.dump(tree, stream)


def read_naively(draft: Path) -> tuple[int, object]:
    """What the control's file holds. Raises ValueError, OSError or KeyError."""
    told = json.loads(draft.with_suffix(".json").read_text(encoding="utf-8"))
    return told["seq"], told["tree"]


ACTS = {"commit": commit, "attach": attach, "create": create, "copy": copy, "naive": naive}


def main() -> None:
    """The command."""
    name, folder, *times = sys.argv[1:]
    say("begin")
    try:
        for act in ACTS[name](Path(folder), int(times[0]) if times else 1):
            try:
                say(f"did {act()}")
            except SifError as error:
                say(f"refused {error.key}")
                try:
                    say(f"again {act()}")
                except SifError as again:
                    say(f"again refused {again.key}")
    except SifError as error:
        say(f"refused {error.key}")
    say("end")


if __name__ == "__main__":
    main()
