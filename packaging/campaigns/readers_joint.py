"""The readers of packets that come back, and of the notes that a draft carries beside its proposal.

A packet may come from anybody. So may the draft into which it is merged: it was opened here, and
is worked on since.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import mutations
import readers_of
from dossiers import the_call
from readers_of import Reader, by_chance
from teamwork.desks import act, made, tree
from teamwork.small import small

from sif_desktop.app import joint, packets, signoffs, transfer_ticks
from sif_desktop.app.transfer import entries
from sif_desktop.errors import SifError
from sif_desktop.model.edit import Add, Drop, Move, Set, apply_all, make_change
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.asking import Asking
from sif_desktop.teamwork.choice import Pick
from sif_desktop.teamwork.naming import Naming

FILE = b"%PDF-1.7\neen bijlage\n%%EOF\n"
_PICKS: tuple[Pick | None, ...] = ("mine", "theirs", None)


@cache
def _desk(folder: Path) -> Path:
    """The folder of a coordinator who sent packets to two partners, and went on working.

    `home.sif` is the draft, `p1.sif` the packet of the first, which was merged once already, and
    `p2.sif` that of the second; `copy.sif` is a copy of the draft that went its own way.
    """
    desk = folder / "desk"
    desk.mkdir()
    home = made(desk / "home.sif", small())
    with Draft.open(home, author="An") as draft:
        sha256, size = draft.add_attachment(BytesIO(FILE))
        edits = [Set(at="attachments/a1/sha256", value=sha256)]
        edits.append(Set(at="attachments/a1/size", value=size))
        draft.commit(make_change(draft.proposal, edits, author="An")[1])
    for partner in ("p1", "p2"):
        packets.send(home, partner, desk / f"{partner}.sif", "An", ["answers/vision_future"])
    shutil.copy(home, desk / "copy.sif")
    act(desk / "p1.sif", "Bo", Set(at="budget/b0/subsidy", value=9), Drop(at="budget/b3"))
    _sign_off(desk / "p1.sif", "p1")
    _merge(home, desk / "p1.sif", "theirs")
    act(home, "An", Set(at="project/title", value="Hier"), Set(at="budget/b1/subsidy", value=3))
    _sign_off(home, "p3")
    with Draft.open(home, author="An") as draft:
        words = the_call().words("nl")
        found = list(entries(draft.proposal, the_call(), words))
        transfer_ticks.write(draft, transfer_ticks.with_ticks({}, found[:5]))
    for file in ("p1.sif", "p2.sif", "copy.sif"):
        act(desk / file, "Bo", Set(at="project/title", value="Daar"), Move(at="budget/b2"))
        act(desk / file, "Bo", Add(at="budget", item={"id": "n", "partner": file[:2]}))
        act(desk / file, "Bo", Set(at="budget/b1/subsidy", value=8))
    _sign_off(desk / "p2.sif", "p2")
    return desk


def _sign_off(file: Path, partner: str) -> None:
    with Draft.open(file, author="Bo") as draft:
        signoffs.sign_off(draft, partner, "Bo")


def _merge(home: Path, other: Path, pick: Pick | None) -> None:
    with Draft.open(home, author="An") as draft:
        plan = joint.plan_merge(draft, draft.proposal, other)
        _asked(plan)
        joint.carry_out(draft, plan, {one.key: pick for one in plan.open} if pick else {}, "An")


def _asked(plan: joint.Plan) -> None:
    """Puts all choices in words."""
    asking = Asking.of(plan.merge.mine, plan.theirs_tree, the_call(), "nl")
    for choice in plan.merge.choices:
        asking.ask(choice)


def _note_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A draft with another note in the place of one of its own."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(data)
        found = db.execute("SELECT name, value FROM meta WHERE name LIKE 'note:%'").fetchall()
        name, text = chance.choice(found)
        texts = [one.encode() for _, one in found]
        bent: Any = mutations.json_bent(text.encode(), texts, chance)
        if chance.random() < 0.95:
            bent = bent.decode("utf-8", "replace")
        with suppress(sqlite3.Error):
            db.execute("UPDATE meta SET value = ? WHERE name = ?", (bent, name))
        return db.serialize()


def _packet_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A draft of which the notes, the rows or the bytes are spoiled."""
    luck = chance.random()
    bend = _note_bent if luck < 0.4 else readers_of.draft_bent
    try:
        return bend(data, others, chance)
    except sqlite3.Error:
        return mutations.spoiled(data, others, chance)


def _packets(folder: Path) -> list[bytes]:
    return [(_desk(folder) / f"{name}.sif").read_bytes() for name in ("p1", "p2", "copy")]


def _homes(folder: Path) -> list[bytes]:
    return [(_desk(folder) / "home.sif").read_bytes()]


def _read_packet(path: Path) -> None:
    """Merges it into a copy of the coordinator's draft, in one of the ways of choosing."""
    pick = by_chance(path, _PICKS)
    _merged_whole_or_not(_desk(path.parent.parent) / "home.sif", path, pick)


def _read_home(path: Path) -> None:
    """Reads all notes of a draft, and merges a good packet into a copy of it."""
    errors: list[SifError] = []
    for read in (_told, by_chance(path, _merging(path))):
        try:
            read(path)
        except SifError as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _merging(path: Path) -> list[Callable[[Path], None]]:
    desk = _desk(path.parent.parent)
    others = [desk / f"{name}.sif" for name in ("p1", "p2", "copy")]
    return [
        lambda home, other=other: _merged_whole_or_not(home, other, "theirs") for other in others
    ]


def _told(path: Path) -> None:
    """The sign-offs and ticks of a draft in words, and another packet of it."""
    with Draft.open(path, read_only=True) as draft:
        words = the_call().words("nl")
        naming = Naming(draft.proposal, the_call(), words)
        for one in signoffs.standings(draft):
            for at in one.differing:
                naming.place(at)
            one.signoff.at.astimezone()
        ticks = transfer_ticks.read(draft)
        transfer_ticks.to_transfer(draft.proposal, the_call(), words, ticks)


def _merged_whole_or_not(home: Path, other: Path, pick: Pick | None) -> None:
    """Merges into a copy: refused, the copy is as it was; done, a second time changes nothing."""
    folder = home.parent.parent / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copy = Path(shutil.copy(home, folder / "copy.sif"))
    before = copy.read_bytes()
    try:
        _merge(copy, other, pick)
    except SifError:
        assert copy.read_bytes() == before, "refused, and written all the same"
        raise
    else:
        merged = tree(copy)
        _merge(copy, other, None)
        assert tree(copy) == merged, "merged twice, it changes something"
        with Draft.open(copy, read_only=True) as draft:
            assert not draft.recovered
            whole, _ = apply_all(
                draft.proposal_at(0), [e for c in draft.history() for e in c.edits]
            )
            assert whole == draft.proposal
    finally:
        left = {one.name for one in folder.iterdir()} - {"copy.sif"}
        shutil.rmtree(folder)
        assert not left, left


ALL = (
    Reader("packet", "a.sif", _packets, _packet_bent, _read_packet, 1),
    Reader("notes of a draft", "a.sif", _homes, _note_bent, _read_home, 1),
)
"""These readers, with their shares."""
