"""A draft in memory: what joint work asks of a draft file, without a disk, for long series."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sif_desktop.errors import FileError
from sif_desktop.model.edit import Change, Edit, apply_all, make_change
from sif_desktop.model.proposal import Proposal


class Memory:
    """A draft with its history and notes; `undo` takes acts back as a session does."""

    def __init__(self, proposal: Proposal, name: str) -> None:
        self.path = Path(f"{name}.sif")
        self.author = name
        self.trees = [proposal]
        self.changes: list[Change] = []
        self.notes: dict[str, str] = {}
        self.done: list[Change] = []
        self.taken_back: list[Change] = []

    @property
    def proposal(self) -> Proposal:
        return self.trees[-1]

    @property
    def seq(self) -> int:
        return len(self.changes)

    def entries(self, after: int = 0, upto: int | None = None) -> Iterator[Any]:
        for seq, change in enumerate(self.changes[after:upto], after + 1):
            yield SimpleNamespace(seq=seq, change=change, session=self.author)

    def proposal_at(self, seq: int) -> Proposal:
        if not 0 <= seq <= self.seq:
            raise FileError("draft_no_such_moment", file=str(self.path), number=seq)
        return self.trees[seq]

    def commit(self, change: Change) -> None:
        tree, _ = apply_all(self.proposal, change.edits)
        self.trees.append(tree)
        self.changes.append(change)
        if change.label not in ("undo", "redo"):
            self.done.append(change)
            self.taken_back.clear()

    def note(self, name: str) -> str:
        return self.notes.get(name, "")

    def put_note(self, name: str, text: str) -> None:
        self.notes[name] = text

    def attachment_digests(self) -> dict[str, int]:
        return {}

    def act(self, *edits: Edit) -> None:
        self.commit(make_change(self.proposal, edits, author=self.author)[1])

    def undo(self) -> Change | None:
        if not self.done:
            return None
        last = self.done.pop()
        self.taken_back.append(last)
        self.commit(make_change(self.proposal, last.inverse, label="undo")[1])
        return last

    def redo(self) -> None:
        if self.taken_back:
            last = self.taken_back.pop()
            self.done.append(last)
            self.commit(make_change(self.proposal, last.edits, label="redo")[1])

    def sent_by_mail(self) -> Memory:
        """The file as it is now; what is done to the draft later does not change it."""
        found = copy(self)
        found.trees, found.changes = list(self.trees), list(self.changes)
        found.notes = dict(self.notes)
        return found
