"""The transfer sheet as lines: headings and fields, and the fields of a list as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sif_desktop.app.transfer import Entry
from sif_desktop.calls.call import Call, pattern

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A heading with the entries under it, or a field with its own entry alone."""

    kind: Literal["section", "item", "field"]
    text: str
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry | None:
        """The entry of a field."""
        return self.entries[0] if self.kind == "field" else None


def lines(entries: Iterable[Entry], wanted: Callable[[Entry], bool]) -> Iterator[Line]:
    """The fields that are wanted, by section and item. A heading has all its entries, and stands
    there only where a field under it is wanted."""
    for section, in_section in groupby(entries, lambda entry: entry.section):
        inner = tuple(in_section)
        below: list[Line] = []
        for item, of_item in groupby(inner, lambda entry: entry.item):
            own = tuple(of_item)
            fields = [Line("field", entry.label, (entry,)) for entry in own if wanted(entry)]
            if fields and item:
                below.append(Line("item", item, own))
            below += fields
        if below:
            yield Line("section", section, inner)
            yield from below


def list_of(entry: Entry) -> str:
    """The list whose item a field belongs to, as fields are declared; "" for a field in none."""
    return pattern(entry.address).rpartition("/*/")[0]


def row_of(entry: Entry, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The filled fields of the item that a field belongs to, within its section; none without."""
    item, _, _ = entry.address.rpartition("/")
    same = table_of(entry, entries)
    return tuple(one for one in same if one.address.rpartition("/")[0] == item)


def table_of(entry: Entry, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The filled fields of all items of the list that a field belongs to, within its section."""
    found = list_of(entry)
    if not found:
        return ()
    in_section = (one for one in entries if one.section == entry.section and one.text)
    return tuple(one for one in in_section if list_of(one) == found)


def cells(entries: Sequence[Entry], call: Call) -> Rows:
    """Entries of one list as rows with a cell for each field that any of them has, in the form's
    order; an item without a value there has an empty cell, so that columns stay columns."""
    if not entries:
        return []
    present = {entry.address.rpartition("/")[2] for entry in entries}
    names = [field.name for field in call.fields_of(list_of(entries[0])) if field.name in present]
    found: Rows = []
    for _, of_item in groupby(entries, lambda entry: entry.address.rpartition("/")[0]):
        texts = {entry.address.rpartition("/")[2]: entry.text for entry in of_item}
        found.append([texts.get(name, "") for name in names])
    return found
