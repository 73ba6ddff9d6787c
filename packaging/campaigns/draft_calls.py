"""Disturbs every system call of a save, one at a time, and looks at what is left.

    python packaging/campaigns/draft_calls.py [--count 0] [--seed 1] [--act ACT]

The acts are a change, a file that is put in, a new draft, a copy; and a naive writer as control.
Each system call of each act on its folder is killed (SIGKILL just before it). Each that writes
fails once, and from then on, with ENOSPC, EIO and EACCES; and each finds its folder gone, which
comes back afterwards. Whatever was committed must be there, the file sound, the error one of ours,
nothing left beside, and the same act must work when tried again where the trouble was over. A
count other than 0 takes as many disturbances of each kind at random. Needs strace (Linux).
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import campaign
import saver
import traced
from traced import Call, Ended

from sif_desktop.errors import SifError
from sif_desktop.store.draft import Draft

ACTS = ("commit", "attach", "create", "copy")
WRITING = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link")
ERRORS = ("ENOSPC", "EIO", "EACCES")
BESIDE = (".tmp", ".tmp-journal", ".lock", ".sif-journal")
SHORT_WAIT = 0.002

Trial = tuple[str, Call, Callable[[str, Path, Path, Call], Ended]]


class Faults:
    """What was found, and how often something was tried."""

    def __init__(self) -> None:
        self.tried = 0
        self.refused = 0
        self.found: list[str] = []


def killed(act: str, folder: Path, log: Path, call: Call) -> Ended:
    """The call is not made, and nothing after it."""
    return traced.disturbed(act, folder, log, call, f"signal=KILL:when={call.number}")


def failing(error: str, lasting: str) -> Callable[[str, Path, Path, Call], Ended]:
    """The call fails, and with `lasting` "+" all others of its kind after it."""

    def disturb(act: str, folder: Path, log: Path, call: Call) -> Ended:
        how = f"error={error}:when={call.number}{lasting}"
        return traced.disturbed(act, folder, log, call, how)

    return disturb


def vanished(act: str, folder: Path, log: Path, call: Call) -> Ended:
    """The folder has another name from that call on, until the act has ended."""
    log.unlink(missing_ok=True)
    process = traced.started(act, folder, log, call, f"signal=STOP:when={call.number}")
    away = folder.with_name("away")
    pid = 0
    while process.poll() is None and not pid:
        text = log.read_text(encoding="ascii", errors="replace") if log.exists() else ""
        if "--- stopped by SIGSTOP ---" in text:
            pid = int(text.rstrip().splitlines()[-1].split()[0])
        time.sleep(SHORT_WAIT)
    if pid:
        folder.rename(away)
        os.kill(pid, signal.SIGCONT)
    out, errors = process.communicate(timeout=120)
    if pid:
        if folder.exists():  # made anew by the act: nothing may do that
            errors += "the folder was made anew"
            shutil.rmtree(folder)
        away.rename(folder)
    return Ended(out.splitlines(), process.returncode, errors)


def acked(reports: list[str]) -> tuple[int, bool]:
    """The last change that was reported, and whether anything was done at all."""
    done = [int(line.split()[-1]) for line in reports if line.split()[-1].isdigit()]
    return max(done, default=saver.BEFORE), bool(done)


def look(act: str, folder: Path, ended: Ended, *, after_kill: bool, may_leave: bool) -> list[str]:
    """What is wrong after a disturbed act.

    `may_leave`: what was written beside could not be taken away again, since just that was
    disturbed; it is hidden, and in nobody's way.
    """
    found = []
    if not after_kill and (ended.code or not ended.reports or ended.reports[-1] != "end"):
        found.append(f"ended with {ended.code}: {ended.errors[-400:]}")
    seq, done = acked(ended.reports)
    if act == "naive":
        return [*found, *look_naively(folder, seq)]
    try:
        found += look_at_draft(act, folder, seq, done)
    except SifError as error:
        found.append(f"unreadable: {error}")
    left = {file.name for file in folder.iterdir()} - {saver.DRAFT, saver.NEW, "draft.json"}
    if after_kill or may_leave:
        left = {name for name in left if not name.endswith(BESIDE)}
    if left:
        found.append(f"left behind: {sorted(left)}")
    return found


def look_at_draft(act: str, folder: Path, seq: int, done: bool) -> Iterator[str]:
    """What is wrong with the draft, and with the new file beside it. Raises SifError."""
    low = seq if act == "commit" else saver.BEFORE
    with Draft.open(folder / saver.DRAFT, author="looker") as draft:
        if draft.recovered or draft.read_only:
            yield "damaged"
        if not low <= draft.seq <= low + (act == "commit"):
            yield f"change {draft.seq}, and {seq} was reported"
        if draft.proposal != saver.tree_after(draft.seq) or len(draft.history()) != draft.seq:
            yield "another tree, or another history"
        held = draft.attachment_digests()
        for digest in held:
            with draft.open_attachment(digest) as stream:
                stream.read()
        if act == "attach" and done and not held:
            yield "the file that was put in is not there"
        draft.commit(saver.next_change(draft))
    new = folder / saver.NEW
    if new.exists():
        with Draft.open(new, author="looker") as other:
            if other.recovered or other.proposal != saver.tree_after(saver.BEFORE):
                yield "the new file holds something else"
    elif act in ("create", "copy") and done:
        yield "the new file is not there"


def look_naively(folder: Path, seq: int) -> Iterator[str]:
    """The same for the control."""
    try:
        found, tree = saver.read_naively(folder / saver.DRAFT)
    except (OSError, ValueError, KeyError) as error:
        yield f"unreadable: {error!r}"
        return
    if found < seq or tree != saver.tree_after(found).model_dump(mode="json"):
        yield f"change {found}, and {seq} was reported"


def trials(calls: list[Call]) -> dict[str, list[Trial]]:
    """All disturbances of an act, by kind."""
    writes = [call for call in calls if call.kind in WRITING or "O_CREAT" in call.arguments]
    writes = [call for call in writes if not call.arguments.startswith("1<")]
    return {
        "killed": [("killed", call, killed) for call in calls],
        "failing": [
            (f"{error}{lasting}", call, failing(error, lasting))
            for call in writes
            for error in ERRORS
            for lasting in ("", "+")
            if not (call.kind == "write" and lasting)  # its own reports are written so too
        ],
        "vanished": [("vanished", call, vanished) for call in writes],
    }


def run(act: str, count: int, chance: random.Random, home: Path) -> dict[str, Faults]:
    """Disturbs an act in all ways, or in `count` of each kind."""
    pattern, folder, log = home / "pattern", home / "folder", home / "log"
    if not pattern.exists():
        pattern.mkdir()
        saver.prepare(pattern)
    shutil.copytree(pattern, folder)
    calls = traced.recorded(act, folder, log)
    found: dict[str, Faults] = {}
    for kind, several in trials(calls).items():
        chosen = chance.sample(several, min(count, len(several))) if count else several
        faults = found[kind] = Faults()
        for name, call, disturb in chosen:
            shutil.rmtree(folder)
            shutil.copytree(pattern, folder)
            ended = disturb(act, folder, log, call)
            faults.tried += 1
            faults.refused += any("refused" in line for line in ended.reports)
            may_leave = kind == "vanished" or call.kind == "unlink"
            wrong = look(act, folder, ended, after_kill=kind == "killed", may_leave=may_leave)
            # Without its lock a draft is only looked at; all other trouble is over after once.
            once = name in ERRORS and traced.hexed(".lock") not in call.arguments
            if once and any("again refused" in line for line in ended.reports):
                wrong.append("refused again")
            where = f"{act}, {name} at {call.kind} {call.number}"
            faults.found += [f"{where}: {one}; {ended.reports}" for one in wrong]
    shutil.rmtree(folder)
    return found


def main() -> int:
    """The command."""
    parser = campaign.parser(__doc__, 0)
    parser.add_argument("--act", choices=ACTS, default="", help="one act alone, without control")
    given = parser.parse_args()
    if missing := traced.available():
        print(f"Not done: {missing}.", file=sys.stderr)
        return 2
    chance = random.Random(given.seed)
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sif-calls-") as name:
        for act in (given.act,) if given.act else (*ACTS, "naive"):
            # Of the control's few calls enough are taken for it to be caught.
            count = max(given.count, 6) if given.count and act == "naive" else given.count
            found = run(act, count, chance, Path(name))
            for kind, one in found.items():
                figures = {"tried": one.tried, "refused": one.refused, "faults": len(one.found)}
                campaign.tell(f"{act}, {kind}", figures)
                faults += one.found if act != "naive" else []
            if act == "naive" and not any(one.found for one in found.values()):
                faults.append("the naive writer was not caught")
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
