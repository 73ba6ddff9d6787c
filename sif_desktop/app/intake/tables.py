"""The tables of an intake as headings and cells, apart from the kind of file they go into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sif_desktop.app.intake.across import Overview, recurring, repeated, screenings
from sif_desktop.app.intake.ledger import Ledger
from sif_desktop.app.intake.row import Reason, Row
from sif_desktop.language import Words

Kind = Literal["text", "number", "money"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, its heading for people, and the kind of its cells.

    A cell of money is in cents; a cell without a value is None.
    """

    name: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows come one by one, and only once."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterator[tuple[Any, ...]]


Get = Callable[[Row], Any]

_COLUMNS: tuple[tuple[str, Kind, Get], ...] = (
    ("file", "text", lambda row: row.file),
    ("call", "text", lambda row: row.call),
    ("edition", "text", lambda row: row.edition),
    ("title", "text", lambda row: row.title),
    ("acronym", "text", lambda row: row.acronym),
    ("coordinator", "text", lambda row: row.coordinator.name if row.coordinator else ""),
    ("number", "text", lambda row: row.coordinator.number if row.coordinator else ""),
    ("partners", "number", lambda row: len(row.organisations) if row.proposal else None),
    ("screening", "number", lambda row: _screened(row)),  # noqa: PLW0108 - it stands below
    ("theme", "text", lambda row: row.theme),
    ("asked", "money", lambda row: row.asked if row.proposal else None),
    ("own_means", "money", lambda row: row.own_means if row.proposal else None),
    ("cost", "money", lambda row: row.cost if row.proposal else None),
    ("foreign", "money", lambda row: row.foreign if row.proposal else None),
    ("subcontracting", "money", lambda row: row.subcontracting if row.proposal else None),
    ("start", "text", lambda row: row.start),
    ("duration", "number", lambda row: row.duration),
    ("errors", "number", lambda row: row.errors if row.proposal else None),
    ("warnings", "number", lambda row: row.warnings if row.proposal else None),
    ("signer", "text", lambda row: row.signer),
    ("signer_of", "text", lambda row: row.signer_of),
    ("claimed", "text", lambda row: row.claimed),
    ("fingerprint", "text", lambda row: row.fingerprint),
    ("proposal", "text", lambda row: row.proposal),
    ("sha256", "text", lambda row: row.sha256),
)


def _screened(row: Row) -> int | None:
    return sum(one.screening for one in row.organisations) if row.proposal else None


def said(reason: Reason, words: Words) -> str:
    """A reason as a sentence on one line; its key where the texts have none."""
    if words.find(reason.key) is None:
        return reason.key
    return " ".join(words.say(reason.key, **reason.figures).split())


def state_said(row: Row, replaced_by: str, words: Words) -> str:
    """What state a bundle is in, in a few words."""
    key = "replaced" if replaced_by else row.state
    return words.say(f"intake.states.{key}")


def bundles(ledger: Ledger, overview: Overview, words: Words) -> Table:
    """The one table: a row for each bundle, by the name of its file."""
    targets = {
        target.field: call.call.words(words.language).say(f"fields.{target.field}.label")
        for call in overview.calls
        for target in call.targets
    }
    columns = [Column("state", words.say("intake.columns.state"))]
    columns += [
        Column(name, words.say(f"intake.columns.{name}"), kind) for name, kind, _ in _COLUMNS
    ]
    columns += [Column(f"number_{name}", label, "number") for name, label in targets.items()]
    columns += [
        Column("replaced_by", words.say("intake.columns.replaced_by")),
        Column("reasons", words.say("intake.columns.reasons")),
    ]

    def rows() -> Iterator[tuple[Any, ...]]:
        themes = _themes(overview, words)
        for row, replaced_by in ledger.rows():
            cells = [get(row) for _, _, get in _COLUMNS]
            cells[_THEME] = themes.get((row.call, row.theme), row.theme)
            numbers = [(row.numbers or {}).get(name) for name in targets]
            reasons = " ".join(said(reason, words) for reason in row.reasons)
            state = state_said(row, replaced_by, words)
            yield (state, *cells, *numbers, replaced_by, reasons)

    title = words.say("intake.tables.bundles")
    return Table("bundles", title, tuple(columns), rows())


_THEME = next(place for place, column in enumerate(_COLUMNS) if column[0] == "theme")


def _themes(overview: Overview, words: Words) -> dict[tuple[str, str], str]:
    """The themes of the calls in words."""
    found = {}
    for one in overview.calls:
        field = one.call.field_at("project/theme")
        choices = (field.choices if field else None) or ""
        for value in one.call.choices.get(choices, ()):
            text = one.call.words(words.language).find(f"choices.{choices}.{value}")
            found[one.call.id, value] = text or value
    return found


def theme_said(overview: Overview, call_id: str, theme: str, words: Words) -> str:
    """A theme in words; what is none of the call's as it is."""
    return _themes(overview, words).get((call_id, theme), theme) or words.say("intake.no_theme")


def sums(overview: Overview, words: Words) -> Table:
    """What each call comes to: money, priority themes, targets."""

    def rows() -> Iterator[tuple[Any, ...]]:
        for one in overview.calls:
            title = one.call.words(words.language).say("call.title")

            def line(key: str, number: Any, cents: Any, title: str = title) -> tuple[Any, ...]:
                return (title, words.say(f"intake.sums.{key}"), number, cents)

            yield line("bundles", one.bundles, None)
            yield line("asked", None, one.asked)
            yield line("own_means", None, one.own_means)
            if one.money is not None:
                yield line("money", None, one.money)
                yield line("over", None, one.asked - one.money)
            if one.priority_asked is not None:
                yield line("priority", None, one.priority_asked)
            for theme in one.themes:
                name = theme_said(overview, one.call.id, theme.theme, words)
                yield (title, name, theme.bundles, theme.asked)
            for target in one.targets:
                label = one.call.words(words.language).say(f"fields.{target.field}.label")
                yield (title, label, target.sum, None)
                yield (title, words.say("intake.sums.target", name=label), target.target, None)

    columns = columns_of(words, ("call", "what"), ("count", "number"), ("amount", "money"))
    return Table("sums", words.say("intake.tables.sums"), columns, rows())


def organisations(ledger: Ledger, words: Words) -> Table:
    """Organisations in several proposals."""
    rows = (
        (one.number, one.name, one.proposals, one.asked, ", ".join(one.files))
        for one in recurring(ledger)
    )
    columns = columns_of(
        words, ("number", "organisation"), ("proposals", "number"), ("asked", "money"), ("files",)
    )
    return Table("organisations", words.say("intake.tables.organisations"), columns, rows)


def screening(ledger: Ledger, words: Words) -> Table:
    """Partners that are to be screened."""
    rows = ((one.file, one.name, one.number, one.asked) for one in screenings(ledger))
    columns = columns_of(words, ("file", "organisation", "number"), ("asked", "money"))
    return Table("screening", words.say("intake.tables.screening"), columns, rows)


def twice(ledger: Ledger, words: Words) -> Table:
    """Proposals that came more than once."""
    rows = (
        (
            one.newest,
            ", ".join(one.older),
            words.say("intake.same" if one.same_content else "intake.differs") if one.older else "",
            ", ".join(one.strangers),
        )
        for one in repeated(ledger)
    )
    columns = columns_of(words, ("newest", "older", "content", "strangers"))
    return Table("repeated", words.say("intake.tables.repeated"), columns, rows)


def columns_of(words: Words, *groups: Iterable[str]) -> tuple[Column, ...]:
    """Columns with their headings; a group that ends with a kind has that for its one column."""
    found: list[Column] = []
    for group in map(tuple, groups):
        kind: Kind = "text"
        names = group
        if len(group) == 2 and group[1] in ("number", "money"):
            kind, names = group[1], group[:1]  # type: ignore[assignment]
        for name in names:
            found.append(Column(name, words.say(f"intake.columns.{name}"), kind))
    return tuple(found)
