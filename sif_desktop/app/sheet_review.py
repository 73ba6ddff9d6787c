"""What a workbook would do to an open draft, laid out for a person to look at before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sif_desktop.app.own_parts import OwnParts
from sif_desktop.app.sheet import Seen
from sif_desktop.language import Words
from sif_desktop.model.edit import Add, Drop, Edit, Set, apply_all
from sif_desktop.rules.totals import Amount, totals
from sif_desktop.sheets.changes import Difference
from sif_desktop.sheets.telling import Teller

Kind = Literal["unreadable", "not_own", "changed", "added", "removed", "left_out"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the budget, or of the sheet: what it is, and what happens to it, in words.

    `row` is that in the sheet, 0 for a line that is not there. `not_own`: a difference that is
    not among the own parts of whose packet the draft is, and is left as it is.
    """

    kind: Kind
    row: int
    head: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sum:
    """The cost of a partner in cents, as it is and as it would be; `partner` is "" for all."""

    partner: str
    before: int
    after: int


@dataclass(frozen=True)
class Review:
    """What was seen in a workbook, with the edits of it that may be done.

    `sums` are those of the partners for whom they are others, and then of all together.
    """

    seen: Seen
    edits: tuple[Edit, ...]
    sums: tuple[Sum, ...]

    @property
    def can_be_done(self) -> bool:
        """Whether all could be read, and there is something to do."""
        return bool(self.edits) and not self.seen.changes.unreadable


def review(seen: Seen, own: OwnParts | None = None) -> Review:
    """What may be done of what was seen; `own` is what may be changed in a packet."""
    edits = seen.changes.edits
    if own is not None:
        edits = own_edits(seen, own)
    after, _ = apply_all(seen.proposal, edits)
    return Review(
        seen,
        edits,
        tuple(
            _sums(
                totals(seen.proposal, seen.call).by_partner,
                totals(after, seen.call).by_partner,
                [one.id for one in after.partners],
            )
        ),
    )


def own_edits(seen: Seen, own: OwnParts) -> tuple[Edit, ...]:
    """The edits that stay within the own parts; none where they cannot be told apart."""
    proposal, edits, partner = seen.proposal, seen.changes.edits, own.packet.partner
    if own.may_do(proposal, edits):
        return edits
    kept: list[Edit] = []
    behind: dict[str, str] = {}
    for edit in edits:
        if isinstance(edit, Add):
            after = behind.get(edit.after, edit.after)
            if edit.item.get("partner") == partner:
                kept.append(edit.model_copy(update={"after": after}))
            else:
                behind[edit.item["id"]] = after
        elif own.may_change(proposal, edit.at) and not (
            isinstance(edit, Set) and edit.at.endswith("/partner") and edit.value != partner
        ):
            kept.append(edit)
    return tuple(kept) if own.may_do(proposal, kept) else ()


def entries(found: Review, words: Words) -> list[Entry]:
    """All that was seen, in words: first what stands in the way, last what was passed over."""
    seen = found.seen
    teller = Teller(seen.proposal, seen.call, seen.call.words(words.language))
    done = {_key_of_edit(edit) for edit in found.edits}
    told = list(_told(seen.changes.differences, teller, words, done))
    return [
        *(Entry("unreadable", one.row, teller.unreadable(one)) for one in seen.changes.unreadable),
        *(one for one in told if one.kind == "not_own"),
        *(one for one in told if one.kind != "not_own"),
        *(
            Entry("left_out", row, words.say("sheet.left_out", row=row, text=text))
            for row, text in seen.changes.left_out
        ),
    ]


def _told(
    differences: Iterable[Difference], teller: Teller, words: Words, done: set[tuple[str, str]]
) -> Iterator[Entry]:
    """The differences of a line together, as they follow each other."""
    held: tuple[Kind, Difference] | None = None
    details: list[str] = []
    for one in differences:
        kind: Kind = one.kind if _key_of(one) in done else "not_own"
        alike = held and (held[0], held[1].row, held[1].line.id) == (kind, one.row, one.line.id)
        if held and not alike:
            yield _entry(*held, teller, details)
        if not alike:
            held, details = (kind, one), []
        details += [teller.change(one)] if one.column else teller.named_amounts(one.line)
        if one.meanwhile:
            details.append(words.say("sheet.meanwhile"))
    if held:
        yield _entry(*held, teller, details)


def _entry(kind: Kind, one: Difference, teller: Teller, details: Iterable[str]) -> Entry:
    return Entry(kind, one.row, teller.line(one.line), tuple(details))


def _key_of(one: Difference) -> tuple[str, str]:
    """What a difference and its edit have in common: the line, and its column if it is one."""
    return one.line.id, one.column


def _key_of_edit(edit: Edit) -> tuple[str, str]:
    if isinstance(edit, Add):
        return str(edit.item["id"]), ""
    _, line, *column = edit.at.split("/")
    return line, "" if isinstance(edit, Drop) else "".join(column)


def _sums(
    before: Mapping[str, Amount], after: Mapping[str, Amount], partners: Iterable[str]
) -> Iterator[Sum]:
    known = [*partners]
    known += [one for one in {**before, **after} if one not in known and one]
    for one in known:
        sums = [side[one].total if one in side else 0 for side in (before, after)]
        if sums[0] != sums[1]:
            yield Sum(one, *sums)
    whole = [sum(one.total for one in side.values()) for side in (before, after)]
    yield Sum("", *whole)
