"""The transfer sheet: every field of a proposal in the form's order, ready to copy elsewhere.

For a call that is submitted through a web form: each value with its length against the limit, to
be copied and ticked. A tick belongs to the text that was copied: once the text changes, it is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec, Origin, Section
from sif_desktop.calls.reading import shown
from sif_desktop.language import Words, money
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.words import places


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to transfer. `text` is what is copied; `length` counts its characters.

    `item` says which item of a list it belongs to ("Partner Zorgcirkel"), or is "". `longest` and
    `origin` are the limit and whose it is; None and "" without one. `mark` changes with the text.
    """

    address: str
    section: str
    item: str
    label: str
    text: str
    length: int
    longest: int | None
    origin: Origin | None
    mark: str

    @property
    def over(self) -> int:
        """By how many characters the text is longer than its limit."""
        return max(0, self.length - self.longest) if self.longest is not None else 0


def entries(proposal: Proposal, call: Call, words: Words) -> Iterator[Entry]:
    """The fields that were filled in, in the form's order; lists item by item.

    What the program itself knows of an attachment (its digest, its size) is left out.
    """
    maker = _Maker(proposal, call, words)
    for section in call.sections:
        yield from maker.section(section)


class _Maker:
    def __init__(self, proposal: Proposal, call: Call, words: Words) -> None:
        self._proposal = proposal
        self._call = call
        self._words = words
        self._place = places(proposal, call, words)

    def section(self, section: Section) -> Iterator[Entry]:
        """The fields of a section; a list stands where its first field does."""
        title = self._words.say(f"sections.{section.id}.title")
        done: set[str] = set()
        for field in section.fields:
            root = field.list_at.partition("/")[0]
            if field.kind == "file":
                continue
            if not root:
                yield from self._entry(
                    field, field.at, value_at(self._proposal, field.at), title, ""
                )
            elif root not in done:
                done.add(root)
                own = [other for other in section.fields if other.kind != "file"]
                yield from self._items(root, root, self._proposal, own, title)

    def _items(
        self, pattern: str, address: str, holder: Any, fields: list[FieldSpec], title: str
    ) -> Iterator[Entry]:
        """The items of a list with those of its fields, and the lists within them."""
        own = [field for field in fields if field.list_at == pattern]
        prefix = f"{pattern}/*/"
        inner = dict.fromkeys(
            field.list_at.removeprefix(prefix)
            for field in fields
            if field.list_at.startswith(prefix)
        )
        for item in getattr(holder, pattern.rpartition("/")[2]):
            at = f"{address}/{item.id}"
            called = self._place(at)
            for field in own:
                value = getattr(item, field.name)
                yield from self._entry(field, f"{at}/{field.name}", value, title, called)
            for name in inner:
                yield from self._items(f"{prefix}{name}", f"{at}/{name}", item, fields, title)

    def _entry(
        self, field: FieldSpec, address: str, value: Any, title: str, item: str
    ) -> Iterator[Entry]:
        if value in ("", ()):
            return
        text = self._text(field, value)
        yield Entry(
            address=address,
            section=title,
            item=item,
            label=self._words.say(f"fields.{field.id}.label"),
            text=text,
            length=len(text),
            longest=field.longest.characters if field.longest else None,
            origin=field.longest.origin if field.longest else None,
            mark=hashlib.sha256(text.encode("utf-8")).hexdigest()[:16],
        )

    def _text(self, field: FieldSpec, value: Any) -> str:
        """A value as a web form takes it: amounts without a sign, days as ISO dates."""
        if field.kind == "money" and isinstance(value, int):
            return money(value, self._words.language)
        if field.kind == "date" or not isinstance(value, str | tuple):
            return str(value)
        return shown(self._proposal, field, value, self._words)
