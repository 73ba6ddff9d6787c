"""A proposal as readable lines: what is filled in, in the form's order and words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec, Section
from sif_desktop.calls.reading import shown
from sif_desktop.calls.targets import share_said
from sif_desktop.language import Language, Words
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal

LONG = 100
"""Characters from which a value stands on lines of its own."""


def outline(proposal: Proposal, call: Call, language: Language) -> Iterator[str]:
    """The lines of a proposal, section by section; a section with nothing in it is left out."""
    reader = _Reader(proposal, call, call.words(language))
    yield reader.words.say("call.title")
    for section in call.sections:
        lines = list(reader.section(section))
        if lines:
            yield from ("", reader.words.say(f"sections.{section.id}.title").upper(), *lines)


@dataclass(frozen=True)
class _Reader:
    proposal: Proposal
    call: Call
    words: Words

    def section(self, section: Section) -> Iterator[str]:
        """The fields of a section, and each of its lists once."""
        done: set[str] = set()
        for field in section.fields:
            root = field.list_at.partition("/")[0]
            if not root:
                yield from self.field(field, self.proposal, "")
            elif root not in done:
                done.add(root)
                ids = {other.id for other in section.fields}
                yield from self.items(root, getattr(self.proposal, root), ids, "")

    def items(self, at: str, items: Any, ids: set[str], indent: str) -> Iterator[str]:
        """The items of a list with the fields of it that are among `ids`, and its inner lists."""
        fields = [field for field in self.call.fields_of(at) if field.id in ids]
        inner = {
            field.list_at.removeprefix(f"{at}/*/"): None
            for field in self.call.fields.values()
            if field.id in ids and field.list_at.startswith(f"{at}/*/")
        }
        name = at.rpartition("/")[2]
        for place, item in enumerate(items, 1):
            yield f"{indent}{self.words.say(f'lists.{name}.one')} {place}"
            for field in fields:
                yield from self.field(field, item, indent + "  ")
            for child in inner:
                children = getattr(item, child)
                yield from self.items(f"{at}/*/{child}", children, ids, indent + "  ")

    def field(self, field: FieldSpec, item: Any, indent: str) -> Iterator[str]:
        """The label and value of a field; nothing where it is empty."""
        at = field.at
        value = getattr(item, field.name) if field.list_at else value_at(self.proposal, at)
        if value in ("", ()):
            return
        label = self.words.say(f"fields.{field.id}.label")
        text = shown(self.proposal, field, value, self.words)
        share = share_said(self.call, field, value, self.words)
        text += f" ({share})" if share else ""
        if "\n" in text or len(text) > LONG:
            yield f"{indent}{label}:"
            yield from (f"{indent}  {line}" for line in text.splitlines())
        else:
            yield f"{indent}{label}: {text}"
