"""Places and values of a proposal as a person would say them.

"De begroting, partner Zorgcirkel, personeel, maand 1-6, gevraagde subsidie"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sif_desktop.calls.call import Call
from sif_desktop.calls.reading import shown
from sif_desktop.errors import EditError
from sif_desktop.language import Words
from sif_desktop.model.address import shapes, value_at
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.model.values import Item
from sif_desktop.rules.words import SEPARATOR, places

_NAMED_BY = ("title", "name", "filename")
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Naming:
    """The names of the places and values of one proposal, in the language of `words`."""

    proposal: Proposal
    call: Call
    words: Words

    def section(self, address: str) -> str:
        """The title of the section that an address belongs to."""
        section = self.call.section_at(address)
        title = self.words.find(f"sections.{section.id}.title") if section else None
        return title or self.words.say("compare.elsewhere")

    def place(self, address: str) -> str:
        """Where an address is within its section."""
        steps = address.split("/")
        if steps[0] == "budget" and len(steps) > 1:
            said = [self._line(steps[1])]
        elif steps[0] in ("project", "answers") or len(steps) == 1:
            return self._single(address)
        else:
            said = [self._item(f"{steps[0]}/{steps[1]}")]
            if len(steps) > 3:
                said.append(_within(self._item("/".join(steps[:4]))))
        if len(steps) % 2:
            said.append(self.label(address))
        return ", ".join(said)

    def label(self, address: str) -> str:
        """What the value at an address is called, as it stands within a sentence."""
        field = self.call.field_at(address)
        name = address.rpartition("/")[2]
        label = self.words.find(f"fields.{field.id}.label") if field else None
        for key in (f"lists.{name}.many", f"places.{name}", f"compare.fields.{name}"):
            label = label or self.words.find(key)
        return _within(label or name)

    def value(self, address: str, value: Any) -> str:
        """A leaf in words; "" where nothing is given."""
        field = self.call.field_at(address)
        if field is None:
            return ", ".join(value) if isinstance(value, tuple) else str(value)
        if field.kind == "period":
            return self._period(str(value))
        return shown(self.proposal, field, value, self.words)

    def holds_text(self, address: str) -> bool:
        """Whether a value is a text in which single words matter."""
        field = self.call.field_at(address)
        return field is None or field.kind in ("text", "paragraph")

    def details(self, address: str, item: Item) -> Iterator[tuple[str, str]]:
        """What is filled in of an item: labels and values, also of the lists within it."""
        for name, shape in shapes(type(item)).items():
            held = getattr(item, name)
            if shape.kind == "list":
                one = self.words.find(f"lists.{name}.one") or name
                for place, inner in enumerate(held, 1):
                    for label, value in self.details(f"{address}/{name}/{inner.id}", inner):
                        yield f"{one} {place}, {label}", value
            elif held not in ("", ()) and self._is_told(f"{address}/{name}"):
                yield self.label(f"{address}/{name}"), self.value(f"{address}/{name}", held)

    def _is_told(self, address: str) -> bool:
        """An id and what the program notes for itself are nothing to a reader."""
        return address.rpartition("/")[2] not in ("id", "sha256", "media_type")

    def _single(self, address: str) -> str:
        field = self.call.field_at(address)
        if field:
            return self.words.find(f"fields.{field.id}.label") or field.id
        said = self._places(address)
        key = address.partition("/")[2]
        return f"{said} ({key})" if address.startswith("answers/") else said

    def _item(self, address: str) -> str:
        """An item with its number and its title: "Werkpakket 2 (Samen ontwerpen)"."""
        said = self._places(address).rpartition(SEPARATOR)[2]
        if address.startswith("partners/"):
            return said
        name = self._name(address)
        return said if not name or name in said else f"{said} ({name})"

    def _name(self, address: str) -> str:
        try:
            item = value_at(self.proposal, address)
        except EditError:
            return ""
        for field in _NAMED_BY:
            words = str(getattr(item, field, ""))[:200].split()
            if words:
                name = " ".join(words)
                return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        return ""

    def _line(self, key: str) -> str:
        """A budget line by what it is for; its number too where others are for the same."""
        place, line = self._lines.get(key, (0, None))
        if line is None:
            return self._places(f"budget/{key}")
        said = self._purpose(line)
        number = self.words.say("compare.line", number=place)
        if not said:
            return number
        if self._purposes[said] > 1 and line.work_package:
            said = self._for_work_package(line)
        return f"{said} ({number})" if self._purposes[said] > 1 else said

    def _purpose(self, line: BudgetLine) -> str:
        partner = self._places(f"partners/{line.partner}") if line.partner else ""
        category = self.value(f"budget/{line.id}/category", line.category)
        parts = [part for part in (partner, category, self._period(line.period)) if part]
        return ", ".join((*parts[:1], *(_within(part) for part in parts[1:])))

    def _for_work_package(self, line: BudgetLine) -> str:
        return (
            f"{self._purpose(line)}, {_within(self._places(f'work_packages/{line.work_package}'))}"
        )

    def _period(self, key: str) -> str:
        for period in self.call.periods:
            if period.id == key:
                return self.words.say("compare.period", first=period.first, last=period.last)
        return key

    @cached_property
    def _lines(self) -> dict[str, tuple[int, BudgetLine]]:
        return {line.id: (place, line) for place, line in enumerate(self.proposal.budget, 1)}

    @cached_property
    def _purposes(self) -> Counter[str]:
        lines = self.proposal.budget
        found = Counter(self._purpose(line) for line in lines)
        found.update(self._for_work_package(line) for line in lines if line.work_package)
        return found

    @cached_property
    def _places(self) -> Callable[[str], str]:
        return places(self.proposal, self.call, self.words)


def _within(text: str) -> str:
    """A label as it stands within a sentence: no capital, unless it is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
