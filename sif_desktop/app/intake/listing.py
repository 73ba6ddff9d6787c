"""The table of an intake as a window shows it: columns, what each cell says, filters and order.

A bundle without a readable proposal has no title: its reason stands there instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sif_desktop.app.intake.row import Reason, Row
from sif_desktop.app.intake.tables import said
from sif_desktop.calls.call import Call
from sif_desktop.language import Words, day, moment, money, number, percent

Kind = Literal["text", "number", "money", "share", "moment", "day", "key"]
Shown = Literal["good", "blocked", "broken", "unreadable", "replaced"]
STATES: tuple[Shown, ...] = ("good", "blocked", "broken", "unreadable", "replaced")
"""The states as they are told, in order: what a newer bundle replaced counts no more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bundle in the table: its row, the file that replaces it or "", and what a search reads."""

    row: Row
    replaced_by: str = ""
    searched: str = field(default="", compare=False)

    @property
    def state(self) -> Shown:
        """Its state as it is told."""
        return "replaced" if self.replaced_by else self.row.state

    @property
    def faulty(self) -> bool:
        """Whether the bundle is broken or cannot be read."""
        return self.row.state in ("broken", "unreadable")

    @property
    def screened(self) -> int:
        """How many of its partners are to be screened."""
        return sum(one.screening for one in self.row.organisations)


def entry(row: Row, replaced_by: str = "") -> Entry:
    """The entry of a row."""
    parts = [row.file, row.title, row.acronym, row.signer, row.signer_of, row.proposal]
    parts += [f"{one.name}\n{one.number}" for one in row.organisations]
    return Entry(row, replaced_by, plain("\n".join(parts)))


def plain(text: str) -> str:
    """A text without capitals and accents, to search in and to sort by."""
    spread = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in spread if not unicodedata.combining(sign)).casefold()


# ---------------------------------------------------------------------------------- columns
@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of its heading under `heading`, its kind, and the value of an entry.

    Money is in cents, a share in basis points; a cell without a value is None or "". The value of
    a `key` is said in words by the name of the column.
    """

    name: str
    heading: str
    kind: Kind
    get: Callable[[Entry], Any]

    @property
    def right(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind in ("number", "money", "share")


def _share(part: int, row: Row) -> int | None:
    return part * 10_000 // row.cost if row.proposal and row.cost > 0 else None


def _lead(one: Entry, name: str) -> str:
    found = one.row.coordinator
    return str(getattr(found, name)) if found else ""


def _filled(get: Callable[[Row], Any]) -> Callable[[Entry], Any]:
    """A value that only a bundle with a readable proposal has."""
    return lambda one: get(one.row) if one.row.proposal else None


_COLUMNS: tuple[tuple[str, Kind, Callable[[Entry], Any]], ...] = (
    ("state", "key", lambda one: one.state),
    ("file", "text", lambda one: one.row.file),
    ("title", "key", lambda one: one.row.title),
    ("coordinator", "text", lambda one: _lead(one, "name")),
    ("asked", "money", _filled(lambda row: row.asked)),
    ("theme", "key", lambda one: one.row.theme),
    ("priority", "key", lambda one: one.row.priority),
    ("call", "key", lambda one: one.row.call),
    ("partners", "number", _filled(lambda row: len(row.organisations))),
    ("screening", "number", lambda one: one.screened if one.row.proposal else None),
    ("cost", "money", _filled(lambda row: row.cost)),
    ("own_means", "money", _filled(lambda row: row.own_means)),
    ("foreign_share", "share", lambda one: _share(one.row.foreign, one.row)),
    ("subcontracting_share", "share", lambda one: _share(one.row.subcontracting, one.row)),
    ("errors", "number", _filled(lambda row: row.errors)),
    ("warnings", "number", _filled(lambda row: row.warnings)),
    ("signer", "text", lambda one: one.row.signer),
    ("signer_of", "text", lambda one: one.row.signer_of),
    ("identity", "key", lambda one: one.row.identity),
    ("claimed", "moment", lambda one: one.row.claimed),
    ("number", "text", lambda one: _lead(one, "number")),
    ("start", "day", lambda one: one.row.start),
    ("duration", "number", lambda one: one.row.duration),
    ("replaced_by", "text", lambda one: one.replaced_by),
    ("reasons", "key", lambda one: one.row.reasons),
)
_OWN_HEADINGS = ("title", "priority", "foreign_share", "subcontracting_share", "identity")
"""Columns that the written tables do not have, or have otherwise."""

COLUMNS = tuple(
    Column(name, f"{'window.' if name in _OWN_HEADINGS else ''}intake.columns.{name}", kind, get)
    for name, kind, get in _COLUMNS
)


# ------------------------------------------------------------------------------------ words
class Names:
    """What values are called in a language, with the calls of which bundles are there."""

    def __init__(self, words: Words, calls: Mapping[str, Call]) -> None:
        self.words = words
        self._of = {call_id: call.words(words.language) for call_id, call in calls.items()}
        self._themes = {call_id: _theme_list(call) for call_id, call in calls.items()}

    def cell(self, one: Entry, column: Column) -> str:
        """What a cell says; "" for one without a value."""
        value = column.get(one)
        if column.kind == "key":
            return self._key(one, column.name)
        if value is None or value == "":
            return ""
        return _KINDS[column.kind](value, self.words)

    def state(self, state: str) -> str:
        """A state in a few words."""
        return self.words.say(f"intake.states.{state}")

    def call(self, call_id: str) -> str:
        """The title of a call, or its name where it is not known here."""
        found = self._of.get(call_id)
        return found.say("call.title") if found else call_id

    def theme(self, call_id: str, theme: str) -> str:
        """A theme in words; what is none of the call's as it stands."""
        found = self._of.get(call_id)
        key = f"choices.{self._themes.get(call_id, '')}.{theme}"
        return (found.find(key) if found else None) or theme

    def choice(self, call_id: str, choices: str, value: str) -> str:
        """What the form calls one of its choices."""
        found = self._of.get(call_id)
        return (found.find(f"choices.{choices}.{value}") if found else None) or value

    def field(self, call_id: str, field_id: str) -> str:
        """What the form calls one of its fields."""
        found = self._of.get(call_id)
        return (found.find(f"fields.{field_id}.label") if found else None) or field_id

    def reasons(self, reasons: Iterable[Reason]) -> str:
        """Reasons as sentences on one line."""
        return " ".join(said(reason, self.words) for reason in reasons)

    def _key(self, one: Entry, name: str) -> str:
        """What the program or a form calls a value."""
        row = one.row
        if name == "title":
            return row.title if row.proposal else self.reasons(row.reasons[:1])
        if name == "priority":
            return "" if row.priority is None else self._own(f"priority.{_YES[row.priority]}")
        if name == "identity":
            return self._own(f"identity.{row.identity}") if row.identity else ""
        return {
            "state": lambda: self.state(one.state),
            "theme": lambda: self.theme(row.call, row.theme),
            "call": lambda: self.call(row.call),
            "reasons": lambda: self.reasons(row.reasons),
        }[name]()

    def _own(self, key: str) -> str:
        return self.words.find(f"window.intake.{key}") or key.rpartition(".")[2]


_YES = {True: "yes", False: "no"}

_KINDS: dict[Kind, Callable[[Any, Words], str]] = {
    "text": lambda value, words: str(value),
    "number": lambda value, words: number(value, words.language),
    "money": lambda value, words: money(value, words.language),
    "share": lambda value, words: percent(value, words.language),
    "day": lambda value, words: day(value, words.language),
    "moment": lambda value, words: _moment(value, words),  # noqa: PLW0108 - it stands below
}


def _moment(text: str, words: Words) -> str:
    """A time that a signer claims, on the clock of this machine."""
    try:
        return moment(datetime.fromisoformat(text).astimezone(), words.language)
    except (ValueError, OverflowError, OSError):
        return text


def _theme_list(call: Call) -> str:
    field_ = call.field_at("project/theme")
    return (field_.choices if field_ else None) or ""


# -------------------------------------------------------------------------- filters and order
@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are shown. What is "" or False leaves nothing out.

    Each word of `search` has to stand somewhere in the file's name, the title, or the names and
    numbers of organisations and signer.
    """

    search: str = ""
    state: str = ""
    call: str = ""
    theme: str = ""
    faulty: bool = False
    screened: bool = False

    def shows(self, one: Entry) -> bool:
        """Whether an entry is shown."""
        return (
            (not self.state or one.state == self.state)
            and (not self.call or one.row.call == self.call)
            and (not self.theme or one.row.theme == self.theme)
            and (not self.faulty or one.faulty)
            and (not self.screened or one.screened > 0)
            and all(word in one.searched for word in plain(self.search).split())
        )


_ORDER: dict[str, int] = {state: place for place, state in enumerate(reversed(STATES))}


def sort_key(column: Column, names: Names) -> Callable[[Entry], Any]:
    """By what entries are put in the order of a column: words as they are read, the rest as it is.

    States go from the gravest on. Of equals the name of the file decides.
    """
    if column.name == "state":
        return lambda one: (_ORDER["replaced" if one.replaced_by else one.state], one.row.file)
    if column.kind in ("text", "key"):
        return lambda one: (plain(names.cell(one, column)), one.row.file)
    return lambda one: (column.get(one), one.row.file)


def in_order(
    entries: Iterable[Entry], column: Column, names: Names, *, falling: bool
) -> list[Entry]:
    """Entries in the order of a column; those without a value come last, whichever way it goes."""
    filled: list[Entry] = []
    empty: list[Entry] = []
    for one in entries:
        (empty if column.get(one) in (None, "", ()) else filled).append(one)
    filled.sort(key=sort_key(column, names), reverse=falling)
    empty.sort(key=lambda one: one.row.file)
    return filled + empty
