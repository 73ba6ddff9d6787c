"""The ticks of the transfer sheet, as a draft keeps them: what was copied into a web form.

A tick stands at the address of a field, and holds the mark of the content that was copied. Ticks
are no part of the proposal: they stand in a note of the draft, and neither undo nor history knows
them. A draft may come from a stranger, and so may its note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import StringConstraints, ValidationError

from sif_desktop.app.sources import Source
from sif_desktop.app.transfer import Entry, entries, mark_of
from sif_desktop.calls.call import Call
from sif_desktop.errors import EditError, NotOursError
from sif_desktop.language import Words
from sif_desktop.model.address import parse
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Frozen
from sif_desktop.store.draft import Draft
from sif_desktop.store.reading import Reading

NOTE = "transfer"
"""The note of a draft in which its ticks stand."""

LARGEST = 4_000_000
"""Characters of that note; the largest dossier has 16,000 fields, which take one million."""

State = Literal["left", "done", "changed"]
"""left: not copied yet; done: copied as it is now; changed: copied, and another since."""

Ticks = Mapping[str, str]
"""The mark of what was copied, by the address of its field; the oldest tick first."""

_Address = Annotated[str, StringConstraints(max_length=200, pattern=r"^[a-z0-9_/-]+$", strict=True)]
_Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$", strict=True)]


class _Note(Frozen):
    format: Literal[1] = 1
    ticks: dict[_Address, _Mark]


def read(draft: Reading) -> dict[str, str]:
    """The ticks that a draft keeps. Raises NotOursError where its note about them is unreadable."""
    text = draft.note(NOTE)
    if not text:
        return {}
    try:
        if len(text) > LARGEST:
            raise ValueError("too long")
        return dict(_Note.model_validate_json(text).ticks)
    except (ValueError, ValidationError, RecursionError) as error:
        raise NotOursError("ticks_damaged", file=str(draft.path)) from error


def of_source(source: Source) -> dict[str, str]:
    """The ticks that come with a proposal: those of a draft, none otherwise. Raises FileError."""
    if source.kind != "draft":
        return {}
    with Draft.open(source.path, read_only=True) as draft:
        return read(draft)


def write(draft: Draft, ticks: Ticks) -> None:
    """Keeps these ticks in a draft, in the place of those it had. Raises FileError.

    Where there are more than a note can hold, the oldest are forgotten.
    """
    kept = dict(ticks)
    text = _Note(ticks=kept).model_dump_json()
    while len(text) > LARGEST:
        kept = dict(list(kept.items())[len(kept) // 10 + 1 :])
        text = _Note(ticks=kept).model_dump_json()
    draft.put_note(NOTE, text)


def state(entry: Entry, ticks: Ticks) -> State:
    """How far a field is."""
    mark = ticks.get(entry.address)
    if mark is None:
        return "left"
    return "done" if mark == entry.mark and entry.text else "changed"


def with_ticks(ticks: Ticks, copied: Iterable[Entry]) -> dict[str, str]:
    """The ticks with those of fields that were copied as they are now.

    A field that is empty by now needs none any more: it was emptied in the web form too.
    """
    found = dict(ticks)
    for entry in copied:
        found.pop(entry.address, None)
        if entry.text:
            found[entry.address] = entry.mark
    return found


def without_ticks(ticks: Ticks, of: Iterable[Entry]) -> dict[str, str]:
    """The ticks without those of some fields."""
    gone = {entry.address for entry in of}
    return {address: mark for address, mark in ticks.items() if address not in gone}


def to_transfer(proposal: Proposal, call: Call, words: Words, ticks: Ticks) -> list[Entry]:
    """All that is to be brought into the web form, in the form's order.

    What was copied and is no longer there has an entry without text: it is to be taken out of the
    web form. The fields of items that are gone come last.
    """
    found = list(entries(proposal, call, words, ticks))
    there = {entry.address for entry in found}
    return [*found, *_gone((at for at in ticks if at not in there), call, words)]


def _gone(addresses: Iterable[str], call: Call, words: Words) -> Iterator[Entry]:
    """An entry without text for each address at which the form has a field."""
    for address in addresses:
        field = call.field_at(address)
        if field is None or not _is_leaf(address):
            continue
        one = words.find(f"lists.{field.list_at.rpartition('/')[2]}.one") or ""
        yield Entry(
            address=address,
            section=words.say("transfer.vanished"),
            item=one[:1].upper() + one[1:],
            label=words.say(f"fields.{field.id}.label"),
            text="",
            length=0,
            longest=None,
            origin=None,
            mark=mark_of(""),
        )


def _is_leaf(address: str) -> bool:
    try:
        return parse(address).kind in ("leaf", "answer")
    except EditError:
        return False
