"""The family of the fields: what follows from a form's declarations, without a rule of its own.

Lists are looked at by column: most columns are clean, and that is seen without looking at each
value. Items that are the same objects as last time are not looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

from sif_desktop.calls.call import FieldSpec, Section, Severity
from sif_desktop.model.difference import changed_places
from sif_desktop.model.values import Item
from sif_desktop.rules.facts import same
from sif_desktop.rules.finding import Figure, Finding
from sif_desktop.rules.kinds import SEVERITIES, Kind
from sif_desktop.rules.piece import Kept
from sif_desktop.rules.rule import filled

Trouble = tuple[str, Severity, dict[str, Figure]]
"""Code, severity and figures of a finding that has no address yet."""


@dataclass(frozen=True, slots=True)
class FieldCheck:
    """A field ready for checking. `needed` is None where an empty one is no matter of ours."""

    spec: FieldSpec
    kind: Kind | None
    needed: Severity | None
    wish: bool

    @property
    def refers(self) -> str | None:
        """The fact that gives the identities which the value may name."""
        return self.kind.known if self.kind and isinstance(self.kind.known, str) else None

    def known(self, facts: dict[str, frozenset[str]]) -> frozenset[str]:
        """The identities that the value may name."""
        known = self.kind.known if self.kind else frozenset()
        return facts[known] if isinstance(known, str) else known

    def is_clean(self, column: Sequence[Any], known: frozenset[str]) -> bool:
        """Whether nothing is wrong with any value of a column."""
        if not column:
            return True
        try:
            return (self.kind is None or self.kind.clean(column, known)) and (
                self.needed is None or all(map(str.strip, column))
            )
        except TypeError:
            # Not all texts, or not all numbers: each is looked at by itself.
            return False

    def look(self, value: Any, known: frozenset[str]) -> Trouble | None:
        """What is wrong with one value."""
        if not filled(value):
            if self.needed is None:
                return None
            code = "needed_choice" if self.kind and self.kind.chosen else "needed"
            return code, self.needed, {}
        fault = self.kind.judge(value, known) if self.kind else None
        if fault is None:
            return None
        severity = SEVERITIES.get(fault[0], "error")
        return fault[0], lowered(severity) if self.wish else severity, fault[1]


def lowered(severity: Severity) -> Severity:
    """The severity for what is a wish of the call: never an error."""
    return "warning" if severity == "error" else severity


def _differing(
    before: tuple[Item, ...], now: tuple[Item, ...]
) -> tuple[Sequence[Item], Sequence[Item], bool]:
    """The items that went and those that came, as objects, and whether all others stay in place.

    An item that only moved is neither.
    """
    places = changed_places(before, now)
    if places is not None and len(places) <= 1:
        return [before[place] for place in places], [now[place] for place in places], True
    old, new = set(map(id, before)), set(map(id, now))
    return (
        [item for item in before if id(item) not in new],
        [item for item in now if id(item) not in old],
        False,
    )


def _references(checks: Iterable[FieldCheck]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(check.refers for check in checks if check.refers))


@dataclass(frozen=True)
class ListPiece:
    """The fields of one list in one section. `inner` is the list within the items, or ""."""

    top: str
    inner: str
    checks: tuple[FieldCheck, ...]

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The list, and the identities that its values may name."""
        return (self.top, *_references(self.checks))

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """Looks at the items that are new; the others have what they had."""
        tops: tuple[Item, ...] = inputs[0]
        facts = dict(zip(self.reads[1:], inputs[1:], strict=True))
        if before is None or not same(before.inputs[1:], inputs[1:]):
            return self._told(inputs, self._look(tops, facts))
        # The items of last time are still held by `before`, so no identity is used again.
        old: dict[int, tuple[Finding, ...]] = before.detail
        gone, fresh, in_place = _differing(before.inputs[0], tops)
        found = self._look(fresh, facts)
        went = {id(item) for item in gone if id(item) in old}
        if in_place and not found and not went:
            return Kept(inputs, before.findings, old)
        stay = {key: told for key, told in old.items() if key not in went} if went else old
        return self._told(inputs, {**stay, **found})

    def _told(self, inputs: tuple[Any, ...], faulty: dict[int, tuple[Finding, ...]]) -> Kept:
        """The findings in the order of the items."""
        found = (faulty[id(item)] for item in inputs[0] if id(item) in faulty) if faulty else ()
        return Kept(inputs, tuple(chain.from_iterable(found)), faulty)

    def _look(
        self, tops: Sequence[Item], facts: dict[str, frozenset[str]]
    ) -> dict[int, tuple[Finding, ...]]:
        """What is wrong with items, by the identity of the item of the outer list."""
        owners, items = tops, tops
        if self.inner:
            inner = attrgetter(self.inner)
            pairs = [(top, item) for top in tops for item in inner(top)]
            owners, items = [top for top, _ in pairs], [item for _, item in pairs]
        placed: dict[int, list[Finding]] = {}
        for check in self.checks:
            for place, finding in self._column(check, owners, items, check.known(facts)):
                placed.setdefault(place, []).append(finding)
        if not self.inner:
            return {id(items[place]): tuple(found) for place, found in placed.items()}
        by_owner: dict[int, tuple[Finding, ...]] = {}
        for place in sorted(placed):
            owner = id(owners[place])
            by_owner[owner] = by_owner.get(owner, ()) + tuple(placed[place])
        return by_owner

    def _column(
        self,
        check: FieldCheck,
        owners: Sequence[Item],
        items: Sequence[Item],
        known: frozenset[str],
    ) -> Iterator[tuple[int, Finding]]:
        """What is wrong with one field of the items, with the place of the item."""
        name = check.spec.name
        column = list(map(attrgetter(name), items))
        places: Sequence[int] = range(len(items))
        when = check.spec.when
        if when is not None:
            asked = map(attrgetter(when.at.rpartition("/")[2]), items)
            places = [place for place, value in enumerate(asked) if value in when.one_of]
            column = [column[place] for place in places]
        if check.is_clean(column, known):
            return
        for place, value in zip(places, column, strict=True):
            trouble = check.look(value, known)
            if trouble is not None:
                code, severity, figures = trouble
                address = self._address(owners[place], items[place], name)
                yield place, Finding(code, severity, address, figures)

    def _address(self, owner: Item, item: Item, name: str) -> str:
        if self.inner:
            return f"{self.top}/{owner.id}/{self.inner}/{item.id}/{name}"
        return f"{self.top}/{item.id}/{name}"


@dataclass(frozen=True)
class SinglesPiece:
    """The fields of a section that stand alone, not in a list."""

    section: Section
    parts: tuple[str, ...]
    checks: tuple[FieldCheck, ...]

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The criteria without anything, the parts that hold the values, what they may name."""
        return ("empty_criteria", *self.parts, *_references(self.checks))

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """Looks at each field; in a criterion left empty wholly, an empty one is not told."""
        held = dict(zip(self.reads, inputs, strict=True))
        untouched = self.section.id in held["empty_criteria"]
        findings = []
        for check in self.checks:
            spec = check.spec
            if spec.when is not None and single(held, spec.when.at) not in spec.when.one_of:
                continue
            trouble = check.look(single(held, spec.at), check.known(held))
            if trouble is not None and not (untouched and trouble[0] in _EMPTY):
                code, severity, figures = trouble
                findings.append(Finding(code, severity, spec.at, figures))
        return Kept(inputs, tuple(findings))


_EMPTY = ("needed", "needed_choice")


def single(parts: dict[str, Any], at: str) -> Any:
    """The value at an address outside the lists, among parts of the proposal by their name."""
    part, _, name = at.partition("/")
    held = parts[part]
    if not name:
        return held
    return held.get(name, "") if isinstance(held, dict) else getattr(held, name)


@dataclass(frozen=True, slots=True)
class CriterionPiece:
    """One warning for a criterion in which nothing was given; it stands at the first field."""

    section: Section
    reads: tuple[str, ...] = ("empty_criteria",)

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """Asks whether the criterion was left empty wholly."""
        field = self.section.fields[0]
        address = field.at if not field.list_at else field.at.partition("/")[0]
        empty = self.section.id in inputs[0]
        figures: dict[str, Figure] = {"criterion": f"sections.{self.section.id}.title"}
        finding = Finding("criterion_empty", "warning", address, figures)
        return Kept(inputs, (finding,) if empty else ())


@dataclass(frozen=True, slots=True)
class UnaskedPiece:
    """Answers that no field of the form asks for: nobody sees them, and they would be signed."""

    asked: frozenset[str]
    reads: tuple[str, ...] = ("answers",)

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """Compares the answers with the form's fields."""
        strange = sorted(inputs[0].keys() - self.asked)
        findings = (Finding("answer_unasked", "advice", f"answers/{key}", {}) for key in strange)
        return Kept(inputs, tuple(findings))
