"""What all parts of the dossier are made from: the proposal, its call, its sums and its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sif_desktop import language, money
from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.calls.targets import share_said
from sif_desktop.document.prose import clean, line
from sif_desktop.language import Words
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import BudgetLine, Proposal
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.rules.finding import Findings
from sif_desktop.rules.totals import Totals, totals

_ONE_LINE = 60
_ItemT = TypeVar("_ItemT")


@dataclass(frozen=True)
class Material:
    """A proposal with all that is needed to tell it, in the language of its dossier."""

    proposal: Proposal
    call: Call
    findings: Findings
    draft: bool
    digest: str

    @cached_property
    def words(self) -> Words:
        """The call's words, over the program's."""
        return self.call.words(self.proposal.language)

    @cached_property
    def sums(self) -> Totals:
        """What the budget adds up to."""
        return totals(self.proposal, self.call)

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """The partners by their id."""
        return {partner.id: partner for partner in self.proposal.partners}

    @cached_property
    def work_packages(self) -> dict[str, tuple[int, WorkPackage]]:
        """The work packages by their id, with their number, counted from 1."""
        return {one.id: (place, one) for place, one in enumerate(self.proposal.work_packages, 1)}

    def period_short(self, period_id: str) -> str:
        """A period in few signs, for tables: the months from and to."""
        for period in self.call.periods:
            if period.id == period_id:
                return f"{period.first}–{period.last}"
        return line(period_id)

    @cached_property
    def _short_names(self) -> dict[str, str]:
        return {
            partner.id: _short(partner.short_name)
            or _short(partner.name)
            or self.say("partner_number", number=place)
            for place, partner in enumerate(self.proposal.partners, 1)
        }

    @cached_property
    def period_names(self) -> dict[str, str]:
        """The periods of the call by their id."""
        return {
            period.id: self.say("period_name", first=period.first, last=period.last)
            for period in self.call.periods
        }

    def say(self, key: str, **figures: object) -> str:
        """A sentence of the document."""
        return self.words.say(f"document.{key}", **figures)

    def count(self, key: str, count: int) -> str:
        """A number of things, in the singular where it is one."""
        return self.say(f"{key}_one" if count == 1 else key, count=count)

    def text(self, key: str, otherwise: str) -> str:
        """A text of the form, or `otherwise` where it has none."""
        return self.words.find(key) or otherwise

    def label(self, field: FieldSpec) -> str:
        """What the form calls a field."""
        return self.text(f"fields.{field.id}.label", field.id)

    def short_name(self, partner_id: str) -> str:
        """What a partner is called in tables; the id itself where there is no such partner."""
        return self._short_names.get(partner_id) or _short(partner_id)

    def work_package_code(self, package_id: str) -> str:
        """What a work package is called in tables: its number."""
        known = self.work_packages.get(package_id)
        return self.say("wp", number=known[0]) if known else line(package_id)

    def work_package_name(self, package_id: str) -> str:
        """A work package by its number and title."""
        known = self.work_packages.get(package_id)
        if known is None:
            return line(package_id)
        title = line(known[1].title)
        code = self.work_package_code(package_id)
        return f"{code} {title}" if title else code

    def choice(self, name: str | None, value: str) -> str:
        """One of the call's choices in words; what is no choice is shown as it is."""
        return self.text(f"choices.{name}.{value}", line(value))

    def choice_at(self, pattern: str, value: Any) -> str:
        """A value in words, by the choices of the field at an address pattern."""
        field = self.call.field_at(pattern)
        return self.choice(field.choices if field else None, str(value))

    def money(self, cents: Any) -> str:
        """An amount without its sign; what is no number is shown as it was typed."""
        known = isinstance(cents, int)
        return language.money(cents, self.words.language) if known else line(str(cents))

    def share(self, part: int, whole: int, ceiling: int | None = None) -> str:
        """A part of a whole as a percentage, which never reads as the ceiling when it is over."""
        return language.percent(basis_points(part, whole, ceiling), self.words.language)

    def value(self, field: FieldSpec, value: Any) -> str:
        """A value of a field as it is read; "" where it was not given."""
        if value in ("", ()):
            return ""
        if isinstance(value, tuple):
            return "\n".join(self._one(field, str(part)) for part in value)
        return self._one(field, value)

    def _one(self, field: FieldSpec, value: Any) -> str:  # noqa: PLR0911 - one way for each kind
        if isinstance(value, int):
            if field.kind == "money":
                return self.say("euro", amount=value)
            if field.kind == "month":
                return self.say("month", month=value)
            share = share_said(self.call, field, value, self.words)
            number = language.number(value, self.words.language)
            return f"{number} ({share})" if share else number
        match field.kind:
            case "choice" | "choices":
                return self.choice(field.choices, value)
            case "partner" | "partners":
                return self.short_name(value)
            case "work_package":
                return self.work_package_name(value)
            case "period":
                return self.period_names.get(value) or line(value)
            case "date":
                return language.day(line(value), self.words.language)
            case "country":
                return language.country(line(value), self.words.language)
            case _:
                return clean(value)

    def ceiling(self, rule_code: str, figure: str) -> int | None:
        """The figure of a rule of the call; None where the call does not use the rule."""
        for rule in self.call.rules:
            if rule.code == rule_code and figure in rule.parameters:
                return self.call.figure(rule.parameters[figure])
        return None

    def asked(self, field: FieldSpec, item: Any) -> bool:
        """Whether the form asks for a field of this item (or of the proposal)."""
        if field.when is None:
            return True
        other = self.call.field_at(field.when.at)
        held = self.held(other, item) if other else ""
        return held in field.when.one_of

    def asks(self, at: str) -> bool:
        """Whether the form asks for the value at an address pattern, or for a list."""
        return self.call.section_at(at) is not None

    @cached_property
    def line_parts(self) -> frozenset[str]:
        """What budget lines tell: what the form asks of them, and what was filled in all the same.

        The names are those of the values of a line.
        """
        return frozenset(
            name
            for name in BudgetLine.model_fields
            if self.asks(f"budget/*/{name}")
            or any(getattr(one, name) != "" for one in self.proposal.budget)
        )

    def held(self, field: FieldSpec, item: Any) -> Any:
        """The value of a field: of an item where it belongs to a list, else of the proposal."""
        part, _, name = field.at.partition("/")
        if field.list_at:
            return getattr(item, field.name, "")
        if part == "answers":
            return self.proposal.answers.get(name, "")
        return getattr(self.proposal.project, name, "") if part == "project" else ""


def _short(text: str) -> str:
    """A name for tables and figures, in which it comes again and again."""
    name = line(text[: 10 * _ONE_LINE])
    return name if len(name) <= _ONE_LINE else f"{name[: _ONE_LINE - 1]}…"


def basis_points(part: int, whole: int, ceiling: int | None = None) -> int:
    """A share in basis points, rounded so that it stays on its side of the ceiling."""
    if whole <= 0:
        return 0
    share = (part * 20_000 + whole) // (2 * whole)
    if ceiling is not None:
        within = money.within_share(part, whole, ceiling)
        share = min(share, ceiling) if within else max(share, ceiling + 1)
    return share


def evenly(items: tuple[_ItemT, ...], most: int) -> Iterator[tuple[_ItemT, ...]]:
    """Items in parts of about the same length, none of them longer than `most`."""
    parts = -(-len(items) // most)
    for part in range(parts):
        yield items[len(items) * part // parts : len(items) * (part + 1) // parts]


def present(texts: Iterable[str]) -> Iterator[str]:
    """The texts that are not empty."""
    return (text for text in texts if text)
