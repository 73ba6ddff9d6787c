"""What a draft remembers of each file that was merged into it, so that the next time only news is
merged, and nothing is asked twice.

A merge that was undone is forgotten: whether it still stands is read from the history, not noted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from sif_desktop.model.edit import Change
from sif_desktop.model.values import Frozen, Id, Text, Whole, new_id
from sif_desktop.teamwork.packet import LONGEST_NOTE, PacketDamagedError, fitting
from sif_desktop.teamwork.turns import Placing


class Round(Frozen):
    """One merge: of which line of work, up to where, and what came of it.

    on       the id of the earlier round on which it built, "" for the first of its line
    line     what the other file is known by: a packet's id, or that of its first own change
    theirs   the id and number of the other file's last change that was merged; "" and 0 for none
    change   the id and number of the last change of this draft after it; "" and 0 before any
    made     whether that change is the act that the round was: not where nothing had to be changed
    whole    whether every choice was made: then the other file's state then is the next base
    asked    the addresses of the choices in which the other side's answer was not taken: until
             all is settled they stay choices, whoever may change what by then
    kept     the keys of the choices in which this side's answer was picked
    since    the number of the change of this draft from which the other file was made
    placings what it did to the order of lists, by their addresses
    """

    id: Id = Field(default_factory=new_id)
    on: Text = ""
    line: Id
    theirs: Text = ""
    theirs_seq: Whole = 0
    change: Text = ""
    seq: Whole = 0
    made: bool = False
    whole: bool = True
    asked: tuple[Text, ...] = ()
    kept: tuple[Text, ...] = ()
    since: Whole = 0
    placings: dict[Text, Placing] = Field(default_factory=dict)


_MOST_IDS = 40_000
"""Ids in the placings of a note: those of older rounds are forgotten, the rounds are not."""

_NOTE: TypeAdapter[tuple[Round, ...]] = TypeAdapter(tuple[Round, ...])


def to_note(rounds: Iterable[Round]) -> str:
    """Rounds as the text that a draft carries; the oldest are left out where it is too long."""
    held, left = [], _MOST_IDS
    for one in reversed(list(rounds)):
        left -= sum(len(ids) for placing in one.placings.values() for _, ids in placing)
        held.append(
            one if left >= 0 or not one.placings else one.model_copy(update={"placings": {}})
        )
    rounds = reversed(held)
    return fitting(rounds, lambda kept: _NOTE.dump_json(kept).decode())


def from_note(text: str, file: str) -> tuple[Round, ...]:
    """The rounds in such a text; none in an empty one. Raises PacketDamagedError."""
    if not text:
        return ()
    try:
        if len(text) > LONGEST_NOTE:
            raise ValueError("too long")
        return _NOTE.validate_json(text)
    except (ValueError, ValidationError, RecursionError) as error:
        raise PacketDamagedError("packet_damaged", file=file) from error


BACK = "back"
"""The label of an act by which somebody goes back to an earlier moment of a draft. Its subject
begins with the number of that moment, as in "12" or "12 sent to the partners"."""


class Done(NamedTuple):
    """A change of a draft, with its number and the session in which it was made."""

    seq: int
    session: str
    change: Change


def stands(one: Round, act: Done | None, later: Iterable[Done]) -> bool:
    """Whether what a round did still stands after the changes in `later`, all of those behind it.

    `act` is the act that it was, None where it changed nothing. It is taken back by undo, which
    takes back the acts of its session in turn, and by going back to a moment before it. Changing
    by hand what it changed is work that came after it.
    """
    stacks = _Stacks()
    # Whether it stood after each change, by the number of the change.
    stood = {one.seq: True}
    if act:
        stacks.follow(act)
    for done in later:
        moved = stacks.follow(done)
        before = stood[done.seq - 1]
        taken_back = done.change.label == "undo"
        if moved.change.label == BACK:
            stood[done.seq] = stood[moved.seq - 1] if taken_back else _stood_then(stood, moved)
        elif act and moved.change is act.change:
            stood[done.seq] = not taken_back
        else:
            stood[done.seq] = before
    return stood[max(stood)]


def _stood_then(stood: Mapping[int, bool], back: Done) -> bool:
    """Whether a round stood at the moment to which somebody went back.

    Where the moment is not told, it is taken for one before: what is merged once more is not lost.
    """
    number = back.change.subject.partition(" ")[0]
    return stood.get(int(number), False) if number.isascii() and number.isdigit() else False


class _Stacks:
    """The acts of each session that can be undone and done again, as a session keeps them."""

    def __init__(self) -> None:
        self._done: dict[str, list[Done]] = {}
        self._undone: dict[str, list[Done]] = {}

    def follow(self, new: Done) -> Done:
        """Goes along with a change; gives the act that it did, took back or did again.

        What was done before we began to look is nothing to us: taking that back gives the change
        itself.
        """
        done = self._done.setdefault(new.session, [])
        undone = self._undone.setdefault(new.session, [])
        if new.change.label == "undo":
            undone.append(done.pop() if done else new)
            return undone[-1]
        if new.change.label == "redo":
            done.append(undone.pop() if undone else new)
            return done[-1]
        done.append(new)
        undone.clear()
        return new
