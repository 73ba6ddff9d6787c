"""What differs between two proposals, by section, in words that a person would use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sif_desktop.calls.call import Call
from sif_desktop.language import Language
from sif_desktop.model.address import value_at
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set
from sif_desktop.model.proposal import Attachment, Proposal
from sif_desktop.teamwork.naming import Naming
from sif_desktop.teamwork.word_marks import Mark, marks

_OF_THE_FILE = ("media_type", "size", "pages", "sha256")


@dataclass(frozen=True)
class Difference:
    """One difference, in words.

    section     the title of the section, and `place` where it is within it
    kind        whether a value changed, or an item was added, removed or moved
    old, new    the value before and after; for a move the places in the list, counted from 1
    details     what is filled in of an item that was added or removed: labels and values
    marks       the word-level difference, for texts
    """

    section: str
    place: str
    address: str
    kind: Literal["changed", "added", "removed", "moved"]
    old: str = ""
    new: str = ""
    details: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()


def compare(
    old: Proposal,
    new: Proposal,
    call: Call,
    language: Language,
    heed: Callable[[], None] = lambda: None,
) -> list[Difference]:
    """What differs, in the order of the form's sections. `call` is that of `new`.

    `heed` is called before each difference is told: whoever waits may stop it by raising.
    """
    words = call.words(language)
    teller = _Teller(Naming(old, call, words), Naming(new, call, words))
    found: list[Difference] = []
    for edit in difference(old, new):
        heed()
        found += teller.tell(edit)
    turn = {title: place for place, title in enumerate(_titles(call, teller.new))}
    return sorted(found, key=lambda one: turn.get(one.section, len(turn)))


def _titles(call: Call, naming: Naming) -> Iterator[str]:
    for section in call.sections:
        yield naming.words.find(f"sections.{section.id}.title") or section.id


@dataclass(frozen=True)
class _Teller:
    old: Naming
    new: Naming

    def tell(self, edit: Edit) -> Iterator[Difference]:
        """An edit in words; what describes a file is told once, with its name."""
        match edit:
            case Set():
                yield from self._set(edit)
            case Add():
                address = f"{edit.at}/{edit.item['id']}"
                item = value_at(self.new.proposal, address)
                details = tuple(self.new.details(address, item))
                yield self._one(self.new, address, "added", details=details)
            case Drop():
                item = value_at(self.old.proposal, edit.at)
                details = tuple(self.old.details(edit.at, item))
                yield self._one(self.old, edit.at, "removed", details=details)
            case Move():
                before, after = (_number(side.proposal, edit.at) for side in (self.old, self.new))
                yield self._one(self.new, edit.at, "moved", old=before, new=after)

    def _set(self, edit: Set) -> Iterator[Difference]:
        list_at, _, name = edit.at.rpartition("/")
        if list_at.startswith("attachments/") and name in _OF_THE_FILE:
            if name == "sha256":
                yield self._file(list_at)
            return
        value = value_at(self.old.proposal, edit.at)
        before, after = self.old.value(edit.at, value), self.new.value(edit.at, edit.value)
        texts = isinstance(value, str) and isinstance(edit.value, str) and value and edit.value
        marked = texts and self.new.holds_text(edit.at)
        found = marks(str(value), str(edit.value)) if marked else ()
        if not any(mark.kind == "same" for mark in found):
            found = ()  # Another text altogether: no word of it is told better than the whole.
        yield self._one(self.new, edit.at, "changed", old=before, new=after, marks=found)

    def _file(self, address: str) -> Difference:
        """A file that was replaced by another; its names may well be the same."""
        files: list[Attachment] = [value_at(n.proposal, address) for n in (self.old, self.new)]
        before, after = (
            self.new.words.say("compare.file", name=one.filename, digest=one.sha256[:8])
            for one in files
        )
        return self._one(self.new, address, "changed", old=before, new=after)

    def _one(
        self,
        naming: Naming,
        address: str,
        kind: Literal["changed", "added", "removed", "moved"],
        **rest: Any,
    ) -> Difference:
        return Difference(naming.section(address), naming.place(address), address, kind, **rest)


def _number(proposal: Proposal, address: str) -> str:
    """The place of an item in its list, counted from 1."""
    list_at, _, key = address.rpartition("/")
    items = value_at(proposal, list_at)
    return str(1 + next(place for place, item in enumerate(items) if item.id == key))
