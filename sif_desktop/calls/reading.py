"""A value as people read it: names for ids, amounts and days in the language's form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sif_desktop.calls.call import FieldSpec
from sif_desktop.language import Words, country, day, money
from sif_desktop.model.proposal import Proposal


def shown(proposal: Proposal, field: FieldSpec, value: Any, words: Words) -> str:
    """The value of a field in words; what is wrong or unknown is shown as it was typed."""
    if isinstance(value, tuple):
        return ", ".join(shown(proposal, field, part, words) for part in value)
    if value == "":
        return ""
    if field.choices:
        return words.find(f"choices.{field.choices}.{value}") or str(value)
    by_kind = _BY_KIND.get(field.kind)
    return by_kind(proposal, value, words) if by_kind else str(value)


def partner_name(proposal: Proposal, partner: str) -> str:
    """The short name of a partner by its id, or its name; the id itself where there is none."""
    for item in proposal.partners:
        if item.id == partner:
            return item.short_name or item.name or partner
    return partner


def work_package_name(proposal: Proposal, work_package: str) -> str:
    """The number and title of a work package by its id; the id itself where there is none."""
    for place, item in enumerate(proposal.work_packages, 1):
        if item.id == work_package:
            return f"{place}. {item.title}" if item.title else str(place)
    return work_package


def _money(_: Proposal, value: Any, words: Words) -> str:
    return f"{money(value, words.language)} euro" if isinstance(value, int) else str(value)


_BY_KIND: Mapping[str, Callable[[Proposal, Any, Words], str]] = {
    "money": _money,
    "date": lambda _, value, words: day(str(value), words.language),
    "country": lambda _, value, words: country(str(value), words.language),
    "partner": lambda proposal, value, _: partner_name(proposal, str(value)),
    "partners": lambda proposal, value, _: partner_name(proposal, str(value)),
    "work_package": lambda proposal, value, _: work_package_name(proposal, str(value)),
}
