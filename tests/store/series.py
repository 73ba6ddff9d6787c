"""Drafts for the tests: trees that grow by known changes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from sif_desktop.model.edit import Add, Change, Drop, Edit, Move, Set, apply_all, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft

BLANK = Proposal(id="a-draft", call="a-call")
MOMENT = datetime(2013, 4, 1, 16, 0, tzinfo=UTC)
FILE = bytes(range(256)) * 200


def edits_of(seq: int) -> list[Edit]:
    """What change `seq` of the known series does."""
    edits: list[Edit] = [Set(at="project/summary", value=f"wijk {seq} é " * (seq % 9 + 1))]
    if seq % 2:
        edits.append(Add(at="partners", item={"id": f"p{seq}", "name": f"Vzw {seq}"}))
    if seq % 6 == 0:
        edits.append(Drop(at=f"partners/p{seq - 3}"))
    if seq % 10 == 0:
        edits.append(Move(at="partners/p1", after=f"p{seq - 1}"))
    return edits


def change(before: Proposal, *edits: Edit, author: str = "An", label: str = "edit") -> Change:
    """A change that makes some edits."""
    return make_change(before, edits, author=author, label=label, at=MOMENT)[1]


def typed(before: Proposal, text: str) -> Change:
    """A change that gives the summary another text."""
    return change(before, Set(at="project/summary", value=text))


def grow(draft: Draft, count: int) -> list[Proposal]:
    """Commits `count` changes of the series; the trees from before the first to the last."""
    trees = [draft.proposal]
    for seq in range(draft.seq + 1, draft.seq + count + 1):
        draft.commit(change(draft.proposal, *edits_of(seq)))
        trees.append(draft.proposal)
    return trees


def unsynced(draft: Draft) -> None:
    """Spares the disk, where a test is about something else than what survives a power cut."""
    draft._db.execute("PRAGMA synchronous = OFF")


def grown(path: Path, count: int, file: bytes = b"") -> list[Proposal]:
    """Makes a draft of `count` changes, with a file in it where one is given."""
    with Draft.create(path, BLANK, author="An") as draft:
        unsynced(draft)
        if file:
            draft.add_attachment(io.BytesIO(file))
        return grow(draft, count)


# What the committed draft of version 1 holds; made by `make_v1` with the program of that version.
CHANGES_OF_V1 = 12
FILE_OF_V1 = b"%PDF-1.7\nvoorbeeld\n" * 50


def tree_of_v1(seq: int) -> Proposal:
    """The tree of the committed draft after change `seq`."""
    tree = BLANK
    for number in range(1, seq + 1):
        tree, _ = apply_all(tree, edits_of(number))
    return tree


def make_v1(path: Path) -> None:
    """Makes a draft as the committed ones are."""
    with Draft.create(path, BLANK, author="An") as draft:
        draft.add_attachment(io.BytesIO(FILE_OF_V1))
        grow(draft, CHANGES_OF_V1)
        draft.name_moment(3, "verstuurd naar de partners")
