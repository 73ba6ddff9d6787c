"""A proposal as readable lines: what is filled in, in the form's order and words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.calls.reading import shown
from sif_desktop.language import Language, Words
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal


def outline(proposal: Proposal, call: Call, language: Language) -> Iterator[str]:
    """The lines of a proposal, section by section."""
    words = call.words(language)
    yield words.say("call.title")
    for section in call.sections:
        yield ""
        yield words.say(f"sections.{section.id}.title").upper()
        done: set[str] = set()
        for field in section.fields:
            if not field.list_at:
                yield from _field(proposal, call, field, proposal, words, "")
            elif field.list_at.partition("/")[0] not in done:
                done.add(field.list_at.partition("/")[0])
                root = field.list_at.partition("/")[0]
                yield from _items(proposal, call, root, root, getattr(proposal, root), words, "")


def _items(
    proposal: Proposal, call: Call, at: str, name: str, items: Any, words: Words, indent: str
) -> Iterator[str]:
    for place, item in enumerate(items, 1):
        yield f"{indent}{words.say(f'lists.{name}.one')} {place}"
        for field in call.fields_of(at):
            yield from _field(proposal, call, field, item, words, indent + "  ")
        inner = {
            field.list_at.removeprefix(f"{at}/*/"): None
            for field in call.fields.values()
            if field.list_at.startswith(f"{at}/*/")
        }
        for child in inner:
            children = getattr(item, child)
            yield from _items(
                proposal, call, f"{at}/*/{child}", child, children, words, indent + "  "
            )


def _field(
    proposal: Proposal, call: Call, field: FieldSpec, item: Any, words: Words, indent: str
) -> Iterator[str]:
    value = getattr(item, field.name) if field.list_at else value_at(proposal, field.at)
    if value in ("", ()):
        return
    label = words.say(f"fields.{field.id}.label")
    text = shown(proposal, field, value, words)
    if "\n" in text or len(text) > 100:
        yield f"{indent}{label}:"
        yield from (f"{indent}  {line}" for line in text.splitlines())
    else:
        yield f"{indent}{label}: {text}"
