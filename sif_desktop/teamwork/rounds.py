"""What a draft remembers of each file that was merged into it, so that the next time only news is
merged, and nothing is asked twice.

A merge that was undone is forgotten: whether it still stands is read from the history, not noted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from sif_desktop.errors import EditError
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Change, Edit, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen, Id, Text, Whole, new_id
from sif_desktop.teamwork.packet import LONGEST_NOTE, PacketDamagedError


class Round(Frozen):
    """One merge: of which line of work, up to where, and what came of it.

    on       the id of the earlier round on which it built, "" for the first of its line
    line     what the other file is known by: a packet's id, or that of its first own change
    theirs   the id and number of the other file's last change that was merged; "" and 0 for none
    change   the id and number of the act in this draft; "" and 0 where nothing had to be changed:
             such a round stands as long as the one that it built on
    whole    whether every choice was made: then the other file's state then is the next base
    left     the addresses of the choices that were left open: they stay questions
    kept     the keys of the choices in which this side's answer was picked
    """

    id: Id = Field(default_factory=new_id)
    on: Text = ""
    line: Id
    theirs: Text = ""
    theirs_seq: Whole = 0
    change: Text = ""
    seq: Whole = 0
    whole: bool = True
    left: tuple[Text, ...] = ()
    kept: tuple[Text, ...] = ()


_NOTE: TypeAdapter[tuple[Round, ...]] = TypeAdapter(tuple[Round, ...])


def to_note(rounds: Iterable[Round]) -> str:
    """Rounds as the text that a draft carries."""
    return _NOTE.dump_json(tuple(rounds)).decode()


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


def stands(before: Proposal, act: Change, later: Iterable[Change]) -> bool:
    """Whether an act still stands after the changes in `later`.

    It was taken back where one change put everything that it touched as it was in `before`: by
    undo, or by going back to an earlier moment; and done again where one brought all of it back.
    """
    tree, _ = apply_all(before, act.edits)
    touched = {_touched(edit) for edit in act.edits}
    lists = {edit.at if edit.op == "add" else edit.at.rpartition("/")[0] for edit in act.edits}
    old, new = _seen(before, touched), _seen(tree, touched)
    standing = True
    for change in later:
        tree, _ = apply_all(tree, change.edits)
        if not any(_meets(edit, touched, lists) for edit in change.edits):
            continue
        now = _seen(tree, touched)
        if now == old:
            standing = False
        elif now == new:
            standing = True
    return standing


def _touched(edit: Edit) -> str:
    """The address whose value tells whether an edit stands; a move's is the list."""
    if edit.op == "add":
        return f"{edit.at}/{edit.item.get('id', '')}"
    return edit.at.rpartition("/")[0] if edit.op == "move" else edit.at


def _meets(edit: Edit, touched: set[str], lists: set[str]) -> bool:
    """Whether an edit may have changed what was touched."""
    at = _touched(edit)
    return at in touched or at.rpartition("/")[0] in lists or at in lists


def _seen(tree: Proposal, addresses: Iterable[str]) -> dict[str, Any]:
    """What a tree has at addresses; of a list, its order."""
    found: dict[str, Any] = {}
    for address in addresses:
        try:
            value = value_at(tree, address)
        except EditError:
            value = None
        is_list = isinstance(value, tuple) and any(hasattr(item, "id") for item in value)
        found[address] = [item.id for item in value] if is_list else value
    return found
