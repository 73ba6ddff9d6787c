"""The transfer sheet: every field of a proposal in the form's order, ready to copy elsewhere.

For a call that is submitted through a web form: each value with its length against the limit, to
be copied and ticked. A tick belongs to the content that was copied: once that changes, it is gone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Call, FieldSpec, Origin, Section
from sif_desktop.calls.reading import shown
from sif_desktop.language import Language, Words
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.words import places

MARKING: Language = "nl"
"""The language whose texts are marked, whatever language is shown: any one would do."""

_IN_WORDS = frozenset({"choice", "choices", "country", "money", "period"})
"""The kinds of field whose text is another in another language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to transfer. `text` is what is copied; `length` counts its characters.

    `item` says which item of a list it belongs to ("Partner Zorgcirkel"), or is "". `longest` and
    `origin` are the limit and whose it is; both None without one. `mark` changes with the content,
    and not with the language that the text is in.
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


def entries(
    proposal: Proposal, call: Call, words: Words, also: Container[str] = ()
) -> Iterator[Entry]:
    """The fields that were filled in, in the form's order; lists item by item.

    The fields at the addresses in `also` come too when they are empty. What the program itself
    knows of an attachment (its digest, its size) is left out.
    """
    maker = _Maker(proposal, call, words, also)
    for section in call.sections:
        yield from maker.section(section)


class _Maker:
    def __init__(self, proposal: Proposal, call: Call, words: Words, also: Container[str]) -> None:
        self._proposal = proposal
        self._call = call
        self._words = words
        self._also = also
        self._place = places(proposal, call, words)
        self._marking = words if words.language == MARKING else call.words(MARKING)

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
        if value in ("", ()) and address not in self._also:
            return
        text = self._text(field, value, self._words)
        marked = text
        if self._marking is not self._words and field.kind in _IN_WORDS:
            marked = self._text(field, value, self._marking)
        yield Entry(
            address=address,
            section=title,
            item=item,
            label=self._words.say(f"fields.{field.id}.label"),
            text=text,
            length=len(text),
            longest=field.longest.characters if field.longest else None,
            origin=field.longest.origin if field.longest else None,
            mark=mark_of(marked),
        )

    def _text(self, field: FieldSpec, value: Any, words: Words) -> str:
        """A value as a web form takes it; no NUL, at which a clipboard would end."""
        if field.kind == "money" and isinstance(value, int):
            return _amount(value, words.language)
        if field.kind == "period":
            for period in self._call.periods:
                if period.id == value:
                    return words.say("transfer.period", first=period.first, last=period.last)
        if field.kind == "date" or not isinstance(value, str | tuple):
            return str(value)
        return shown(self._proposal, field, value, words).replace("\0", "\ufffd")


def mark_of(text: str) -> str:
    """What a tick keeps of a text, to know it again."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _amount(cents: int, language: Language) -> str:
    """An amount without a sign of currency, and with nothing between its thousands.

    An input for numbers takes a point between thousands for one between euros and cents, and
    refuses the narrow space that stands there in French.
    """
    euro, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euro}{'.' if language == 'en' else ','}{rest:02d}"
