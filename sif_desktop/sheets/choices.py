"""What the lists of a workbook offer, and from a word in a cell back to the id that it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sif_desktop.calls.call import Call
from sif_desktop.calls.reading import work_package_name
from sif_desktop.language import LANGUAGES, Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.columns import fold, one_of_a_kind, writable

LONGEST_LABEL = 120
"""Characters of a label; a longer one is cut, and told apart by a number where need be."""

Labels = dict[str, dict[str, str]]
"""By column, the label of each id, in the order in which the list offers them."""

Pairs = Iterator[tuple[str, str]]


def labels(proposal: Proposal, call: Call, words: Words, partner: str = "") -> Labels:
    """The lists of a workbook in one language; `partner` leaves only that one to choose."""
    named = {
        "partner": (
            (one.id, one.short_name or one.name or one.id)
            for one in proposal.partners
            if partner in ("", one.id)
        ),
        "work_package": (
            (one.id, work_package_name(proposal, one.id)) for one in proposal.work_packages
        ),
        "category": ((one, _said(call, one, words)) for one in _categories(call)),
        "period": _period_pairs(call, words),
    }
    return {column: one_of_a_kind(_short(pairs)) for column, pairs in named.items()}


def meanings(proposal: Proposal, call: Call, partner: str = "") -> Labels:
    """By column, the id that a word means, in any language; the word is folded.

    What could mean two things means nothing: it is asked again. Labels go before plain names,
    those before numbers of work packages, and ids come last.
    """
    tiers: dict[str, list[dict[str, str]]] = {}
    for language in LANGUAGES:
        for column, known in labels(proposal, call, call.words(language), partner).items():
            tiers.setdefault(column, []).append({fold(text): key for key, text in known.items()})
    partners = [one for one in proposal.partners if partner in ("", one.id)]
    packages = list(enumerate(proposal.work_packages, 1))
    tiers["partner"] += [
        _clear((one.short_name, one.id) for one in partners),
        _clear((one.name, one.id) for one in partners),
        {one.id: one.id for one in partners},
    ]
    tiers["work_package"] += [
        _clear((one.title, one.id) for _, one in packages),
        {f"{sign}{number}": one.id for number, one in packages for sign in ("", "wp", "wp ")},
        {one.id: one.id for _, one in packages},
    ]
    tiers["category"].append({fold(one): one for one in _categories(call)})
    tiers["period"].append({fold(one.id): one.id for one in call.periods})
    return {column: _first_wins(found) for column, found in tiers.items()}


def _first_wins(tiers: list[dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tier in tiers:
        found = {**tier, **found}
    return {text: key for text, key in found.items() if text and key}


def _clear(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Ids by folded name, without the names that more than one has."""
    known = [(fold(name), key) for name, key in pairs]
    counted = Counter(name for name, _ in known)
    return {name: key for name, key in known if counted[name] == 1}


def _short(pairs: Pairs) -> Pairs:
    """Labels on one line, each of them not too long for a list."""
    for key, label in pairs:
        one_line = " ".join(writable(label).split()) or key
        cut = len(one_line) > LONGEST_LABEL
        yield key, one_line[: LONGEST_LABEL - 1] + "…" if cut else one_line


def _categories(call: Call) -> tuple[str, ...]:
    """The cost categories of a call: the choices of its field for them."""
    field = call.field_at("budget/x/category")
    return call.choices.get(field.choices, ()) if field and field.choices else ()


def _said(call: Call, category: str, words: Words) -> str:
    field = call.field_at("budget/x/category")
    return words.find(f"choices.{field.choices if field else ''}.{category}") or category


def _period_pairs(call: Call, words: Words) -> Pairs:
    for one in call.periods:
        yield one.id, words.say("sheet.period", first=one.first, last=one.last)


def shown_choice(value: str, known: Mapping[str, str]) -> str:
    """What a cell shows for an id: its label, or the id itself where the list has none."""
    return known.get(value, writable(value))
