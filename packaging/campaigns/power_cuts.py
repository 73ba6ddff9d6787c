"""Simulates power cuts during saves: writes that were not synced are dropped, torn or reordered.

    python packaging/campaigns/power_cuts.py [--count 1000] [--seed 1]

strace records what a save asks of the system. Each trial takes a moment in that record and builds
a disk as it may then be found: what was synced is there; of everything else any part is, in any
order, whole or only some of its sectors; a name that was made, changed or taken away without its
folder being synced is so or not. The draft must open whole, with every change that was reported,
and at most the one under way besides. A naive writer is the control. Needs strace (Linux).
"""

from __future__ import annotations

import random
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import campaign
import saver
import traced
from traced import Call, unhexed

from sif_desktop.errors import SifError
from sif_desktop.store.draft import Draft

SECTOR = 512
TIMES = {"commit": 8, "attach": 3, "create": 1, "copy": 1, "naive": 6}
_FD = re.compile(r"^(\d+)<")
_NAME = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass
class File:
    """The bytes of a file as they are on the disk, and what was asked since the last sync."""

    disk: bytes = b""
    pending: list[tuple[int, bytes]] = field(default_factory=list)  # a length where it is negative

    def sync(self) -> None:
        """All that was asked is on the disk."""
        for change in self.pending:
            self.disk = applied(self.disk, change)
        self.pending.clear()

    def now(self) -> bytes:
        """The bytes as programs see them."""
        data = self.disk
        for change in self.pending:
            data = applied(data, change)
        return data

    def after_cut(self, chance: random.Random) -> bytes:
        """The bytes as they may be found."""
        way = chance.randrange(4)
        if way == 0:
            return self.disk
        if way == 1:
            return self.now()
        chosen = [one for one in self.pending if chance.random() < 0.5]
        if way == 2:
            chance.shuffle(chosen)
        data = self.disk
        for change in chosen:
            for part in torn(change, chance):
                data = applied(data, part)
        return data


def applied(data: bytes, change: tuple[int, bytes]) -> bytes:
    """The bytes after a write, or after a change of length, told as `-1 - length`."""
    at, new = change
    if at < 0:
        length = -1 - at
        return data[:length] + bytes(max(0, length - len(data)))
    return data[:at] + bytes(max(0, at - len(data))) + new + data[at + len(new) :]


def torn(change: tuple[int, bytes], chance: random.Random) -> list[tuple[int, bytes]]:
    """A write, or some of its sectors."""
    at, new = change
    if at < 0 or len(new) <= SECTOR or chance.random() < 0.7:
        return [change]
    parts = [(at + start, new[start : start + SECTOR]) for start in range(0, len(new), SECTOR)]
    return [part for part in parts if chance.random() < 0.6]


class Disk:
    """A folder that is written to by recorded calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = {file.name: File(file.read_bytes()) for file in folder.iterdir()}
        self.durable = dict(self.names)
        self.asked: list[tuple[str, File | None]] = []
        self.open: dict[str, tuple[File | None, int]] = {}
        self.reported: list[str] = []

    def do(self, call: Call) -> None:
        """Carries out a call of the record."""
        if call.result.startswith("-") or call.kind not in _CALLS:
            return
        handle = _FD.match(call.arguments)
        if handle and handle[1] == "1" and call.kind == "write":
            self.reported.append(self._text(call, 0).decode().strip())
            return
        _CALLS[call.kind](self, call, handle[1] if handle else "")

    def _text(self, call: Call, number: int) -> bytes:
        return unhexed(_NAME.findall(call.arguments)[number])

    def _name(self, call: Call, number: int = 0) -> str:
        place = Path(self._text(call, number).decode())
        return place.name if place.parent == self.folder else ""

    def opened(self, call: Call, _: str) -> None:
        """A file that is opened, and made or emptied thereby."""
        name = self._name(call)
        if not name:
            self.open[call.result] = (None, 0)
            return
        if name not in self.names:
            self._set(name, File())
        file = self.names[name]
        if "O_TRUNC" in call.arguments:
            file.pending.append((-1, b""))
        self.open[call.result] = (file, 0)

    def closed(self, _: Call, handle: str) -> None:
        """A file that is closed: that writes nothing."""
        self.open.pop(handle, None)

    def placed(self, call: Call, handle: str) -> None:
        """A write at a place."""
        file, _ = self.open.get(handle, (None, 0))
        if file:
            at = int(call.arguments.rpartition(",")[2])
            file.pending.append((at, self._text(call, 0)[: int(call.result)]))

    def written(self, call: Call, handle: str) -> None:
        """A write where the last one ended."""
        file, at = self.open.get(handle, (None, 0))
        if file:
            data = self._text(call, 0)[: int(call.result)]
            file.pending.append((at, data))
            self.open[handle] = (file, at + len(data))

    def sought(self, call: Call, handle: str) -> None:
        """Another place to write at."""
        file, _ = self.open.get(handle, (None, 0))
        self.open[handle] = (file, int(call.result))

    def cut(self, call: Call, handle: str) -> None:
        """Another length."""
        file, _ = self.open.get(handle, (None, 0))
        if file:
            file.pending.append((-1 - int(call.arguments.rpartition(",")[2]), b""))

    def synced(self, _: Call, handle: str) -> None:
        """A file, or the folder, that is synced."""
        if handle not in self.open:
            return
        file, _at = self.open[handle]
        if file:
            file.sync()
        else:
            self.durable = dict(self.names)
            self.asked.clear()

    def unlinked(self, call: Call, _: str) -> None:
        """A name that is taken away."""
        if name := self._name(call):
            self._set(name, None)

    def renamed(self, call: Call, _: str) -> None:
        """A name that becomes another one."""
        old, new = self._name(call, 0), self._name(call, 1)
        file = self.names[old]
        self._set(new, file)
        self._set(old, None)

    def linked(self, call: Call, _: str) -> None:
        """A second name."""
        self._set(self._name(call, 1), self.names[self._name(call, 0)])

    def _set(self, name: str, file: File | None) -> None:
        self.asked.append((name, file))
        if file is None:
            self.names.pop(name, None)
        else:
            self.names[name] = file

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The folder as it may be found: names in the order in which they were asked, some of
        them, or all; and the bytes of each file."""
        names = dict(self.durable)
        share = chance.choice((0.0, 0.5, 1.0))
        for name, file in self.asked:
            if chance.random() < share or share == 1.0:
                if file is None:
                    names.pop(name, None)
                else:
                    names[name] = file
        return {name: file.after_cut(chance) for name, file in names.items()}


_CALLS = {
    "openat": Disk.opened,
    "close": Disk.closed,
    "pwrite64": Disk.placed,
    "write": Disk.written,
    "lseek": Disk.sought,
    "ftruncate": Disk.cut,
    "fsync": Disk.synced,
    "fdatasync": Disk.synced,
    "unlink": Disk.unlinked,
    "rename": Disk.renamed,
    "link": Disk.linked,
}
_UNKNOWN = ("pwritev", "writev", "sendfile", "copy_file_range", "fallocate", "renameat2", "mmap")


def look(act: str, folder: Path, reported: list[str]) -> str:
    """What is wrong with what a power cut left; "" where all is well."""
    done = [int(line.split()[1]) for line in reported if line.startswith("did")]
    if act == "naive":
        return look_naively(folder, max(done, default=0))
    try:
        wrong = look_at_draft(act, folder, max([*done, saver.BEFORE]), bool(done))
        return wrong or look_at_new(folder / saver.NEW, bool(done) and act in ("create", "copy"))
    except SifError as error:
        return f"unreadable: {error.key}"


def look_naively(folder: Path, seq: int) -> str:
    """The same for the control."""
    try:
        found, tree = saver.read_naively(folder / saver.DRAFT)
    except (OSError, ValueError, KeyError):
        return "unreadable"
    whole = found >= seq and tree == saver.tree_after(found).model_dump(mode="json")
    return "" if whole else "lost"


def look_at_draft(act: str, folder: Path, seq: int, done: bool) -> str:
    """What is wrong with the draft, of which change `seq` was reported. Raises SifError."""
    with Draft.open(folder / saver.DRAFT, author="looker") as draft:
        if draft.recovered or draft.read_only:
            return "damaged"
        if not seq <= draft.seq <= seq + (act == "commit"):
            return "lost"
        if draft.proposal != saver.tree_after(draft.seq) or len(draft.history()) != draft.seq:
            return "wrong"
        held = draft.attachment_digests()
        for digest in held:
            with draft.open_attachment(digest) as stream:
                stream.read()
        draft.commit(saver.next_change(draft))
    return "lost" if act == "attach" and done and not held else ""


def look_at_new(new: Path, reported: bool) -> str:
    """What is wrong with a new file: it is there whole, or not at all."""
    if not new.exists():
        return "lost" if reported else ""
    with Draft.open(new, author="looker") as draft:
        whole = not draft.recovered and draft.proposal == saver.tree_after(saver.BEFORE)
    return "" if whole else "the new file is damaged"


def run(
    act: str, count: int, chance: random.Random, home: Path
) -> tuple[dict[str, int], list[str]]:
    """Cuts the power `count` times during an act."""
    pattern, folder, log = home / "pattern", home / "folder", home / "log"
    if not pattern.exists():
        pattern.mkdir()
        saver.prepare(pattern)
    shutil.copytree(pattern, folder)
    calls = traced.recorded(act, folder, log, TIMES[act])
    unknown = {call.kind for call in calls if call.kind in _UNKNOWN}
    assert not unknown, f"calls that are not understood: {unknown}"
    written = {file.name: file.read_bytes() for file in folder.iterdir()}
    shutil.rmtree(folder)
    shutil.copytree(pattern, folder)
    counts = {"calls": len(calls), "cuts": count, "with_something_unsynced": 0}
    faults = []
    disk = Disk(folder)
    for call in calls:
        disk.do(call)
    assert {name: file.now() for name, file in disk.names.items()} == written, "misunderstood"
    for number in range(count):
        shutil.rmtree(folder)
        shutil.copytree(pattern, folder)
        disk = Disk(folder)
        for call in calls[: chance.randrange(len(calls) + 1)]:
            disk.do(call)
        files = disk.names.values()
        counts["with_something_unsynced"] += bool(disk.asked or any(one.pending for one in files))
        shutil.rmtree(folder)
        folder.mkdir()
        for name, data in disk.after_cut(chance).items():
            (folder / name).write_bytes(data)
        if trouble := look(act, folder, disk.reported):
            faults.append(f"{act}, cut {number} after {disk.reported[-1:]}: {trouble}")
    shutil.rmtree(folder)
    return counts, faults


def main() -> int:
    """The command."""
    given = campaign.parser(__doc__, 1000).parse_args()
    if missing := traced.available():
        print(f"Not done: {missing}.", file=sys.stderr)
        return 2
    chance = random.Random(given.seed)
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sif-cuts-") as name:
        for act in TIMES:
            count = -(-given.count // 2) if act == "commit" else -(-given.count // 6)
            counts, found = run(act, count, chance, Path(name))
            campaign.tell(act, {**counts, "faults": len(found)})
            faults += found if act != "naive" else []
            if act == "naive" and not found:
                faults.append("the naive writer was not caught")
    return campaign.end(faults)


if __name__ == "__main__":
    sys.exit(main())
