"""An open draft at work: edits that are kept at once, undo and redo, findings and totals.

Typing makes many small edits. The session holds them as one act until the author pauses or turns
to another field; `tick` writes it to the draft. A window calls `tick` from a timer, so that what
was typed is on the disk at the latest a second after the last key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sif_desktop.calls.call import Call
from sif_desktop.errors import FileError
from sif_desktop.model.edit import Change, Edit, Set, apply, make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import Checker
from sif_desktop.rules.finding import Findings
from sif_desktop.rules.totals import Totals
from sif_desktop.store.draft import Draft

PAUSE = 0.8
"""Seconds without a key after which typing is written down."""

LONGEST_ACT = 5.0
"""Seconds after which typing is written down even when it goes on."""

Listener = Callable[[], None]


@dataclass
class _Typing:
    """An act that is still going on: one leaf that gets new values."""

    at: str
    label: str
    subject: str
    before: Set
    value: Set
    begun: float
    last: float


@dataclass
class Session:
    """A draft that is open. `proposal` is what its author sees, written down already or not.

    `unsaved` holds the acts that the disk refused, and `trouble` why; they are tried again at
    each `tick`, and `save_elsewhere` takes them along.
    """

    draft: Draft
    call: Call
    author: str = ""
    now: Callable[[], float] = time.monotonic
    proposal: Proposal = field(init=False)
    unsaved: list[Change] = field(default_factory=list)
    trouble: FileError | None = None
    saved_at: datetime | None = None

    def __post_init__(self) -> None:
        self.proposal = self.draft.proposal
        self._typing: _Typing | None = None
        self._undo: list[Change] = []
        self._redo: list[Change] = []
        self._listeners: list[Listener] = []
        self._checker = Checker(self.call)
        self._checked: tuple[Proposal, Findings] | None = None
        self._added: tuple[Proposal, Totals] | None = None
        self._opened = datetime.now(UTC)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether the draft can only be looked at."""
        return self.draft.read_only

    @property
    def findings(self) -> Findings:
        """What the rules say of the proposal as it is now."""
        if self._checked is None or self._checked[0] is not self.proposal:
            found = self._checker.check(self.proposal, self._opened)
            self._checked = (self.proposal, found)
        return self._checked[1]

    @property
    def totals(self) -> Totals:
        """What the budget adds up to as it is now; the same object as long as it is the same."""
        if self._added is None or self._added[0] is not self.proposal:
            self._added = (self.proposal, self._checker.totals(self.proposal))
        return self._added[1]

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` after every change; gives the function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def type(self, at: str, value: object, *, label: str = "edit", subject: str = "") -> None:
        """Gives a leaf a new value as part of typing: one act with the keys before it.

        Raises EditError where the address or the kind of value does not fit.
        """
        edit = Set.model_validate({"at": at, "value": value})
        new, before = apply(self.proposal, edit)
        assert isinstance(before, Set)  # noqa: S101 - what undoes a Set is a Set
        if before.value == edit.value and type(before.value) is type(edit.value):
            return
        typing, moment = self._typing, self.now()
        if typing is None or typing.at != at:
            self._end_typing()  # nobody is told before the new value is there
            typing = _Typing(at, label, subject, before, edit, moment, moment)
            self._typing = typing
        typing.value, typing.last = edit, moment
        self._redo.clear()
        self._show(new)

    def do(self, edits: Iterable[Edit], *, label: str = "edit", subject: str = "") -> None:
        """Carries out edits as one act and writes it down.

        Raises EditError, with nothing done, where one does not fit.
        """
        self.settle()
        new, change = make_change(
            self.proposal, edits, author=self.author, label=label, subject=subject
        )
        if not change.edits:
            return
        self._undo.append(change)
        self._redo.clear()
        self._keep(new, change)

    @property
    def undo_next(self) -> tuple[str, str] | None:
        """The label and subject of what `undo` would take back, or None."""
        if self._typing:
            return self._typing.label, self._typing.subject
        return (self._undo[-1].label, self._undo[-1].subject) if self._undo else None

    @property
    def redo_next(self) -> tuple[str, str] | None:
        """The label and subject of what `redo` would do again, or None."""
        return (self._redo[-1].label, self._redo[-1].subject) if self._redo else None

    def undo(self) -> None:
        """Takes back the last act, by an act of its own: history keeps both."""
        self.settle()
        if self._undo:
            done = self._undo.pop()
            self._redo.append(done)
            self._again(done, done.inverse, "undo")

    def redo(self) -> None:
        """Does again what was last taken back."""
        self.settle()
        if self._redo:
            done = self._redo.pop()
            self._undo.append(done)
            self._again(done, done.edits, "redo")

    def _again(self, done: Change, edits: tuple[Edit, ...], label: str) -> None:
        subject = done.subject or done.label
        new, change = make_change(
            self.proposal, edits, author=self.author, label=label, subject=subject
        )
        self._keep(new, change)

    def settle(self) -> None:
        """Ends the act of typing that is going on, and writes it down."""
        if self._end_typing():
            self._tell()

    def _end_typing(self) -> bool:
        """Writes down the act of typing that is going on; whether there was one."""
        typing, self._typing = self._typing, None
        if typing is None:
            return False
        change = Change(
            at=datetime.now(UTC),
            author=self.author,
            label=typing.label,
            subject=typing.subject,
            edits=(typing.value,),
            inverse=(typing.before,),
        )
        self._undo.append(change)
        self.unsaved.append(change)
        self._write()
        return True

    def tick(self) -> None:
        """Writes down what waits: typing after a pause, and what the disk refused before."""
        typing, moment = self._typing, self.now()
        if typing and (moment - typing.last >= PAUSE or moment - typing.begun >= LONGEST_ACT):
            self.settle()
        elif self.unsaved:
            self._write()
            self._tell()

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not on the disk yet."""
        return self._typing is not None or bool(self.unsaved)

    def save_elsewhere(self, path: Path) -> None:
        """Writes a whole copy of the draft with all that was typed. Raises FileError."""
        self.settle()
        self.draft.save_copy(path, self.proposal, self.unsaved)

    def close(self) -> None:
        """Writes down what waits and lets go of the draft. Raises nothing that hides an act."""
        self.settle()
        self.draft.close()

    def _keep(self, new: Proposal, change: Change) -> None:
        self.unsaved.append(change)
        self._write()
        self._show(new)

    def _write(self) -> None:
        """Commits what is unsaved, in order, until the disk refuses."""
        while self.unsaved:
            try:
                self.draft.commit(self.unsaved[0])
            except FileError as error:
                self.trouble = error
                return
            self.unsaved.pop(0)
        self.trouble = None
        self.saved_at = datetime.now(UTC)

    def _show(self, new: Proposal) -> None:
        self.proposal = new
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
