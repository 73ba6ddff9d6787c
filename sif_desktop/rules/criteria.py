"""The family of the criteria: wishes of the call, of which none is ever an error.

That a criterion was left empty wholly is told for every criterion of a form (`fields.py`); these
rules speak once something was given.
"""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.model.proposal import Actor, Answers, Indicator
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import FIELDS, Use, filled, rule

Empty = frozenset[str]


@rule("indicators_none", "warning", "indicators", wish=True)
def indicators_none(
    indicators: tuple[Indicator, ...], empty_criteria: Empty, use: Use
) -> Iterator[Finding]:
    """Effects that are to be measured have an indicator."""
    if not indicators and not _untouched("indicators", empty_criteria, use):
        yield use.found("indicators")


@rule("actors_none", "warning", "actors", wish=True)
def actors_none(actors: tuple[Actor, ...], empty_criteria: Empty, use: Use) -> Iterator[Finding]:
    """Actors that are to be connected are named."""
    if not actors and not _untouched("actors", empty_criteria, use):
        yield use.found("actors")


@rule("actors_one", "advice", "actors", wish=True)
def actors_one(actors: tuple[Actor, ...], use: Use) -> Iterator[Finding]:
    """It takes two to be connected."""
    if len(actors) == 1:
        yield use.found("actors")


@rule("empowerment_none", "warning", values={"fields": FIELDS}, speaks=True, wish=True)
def empowerment_none(answers: Answers, empty_criteria: Empty, use: Use) -> Iterator[Finding]:
    """One at least of emancipation, empowerment and participation is put first."""
    for field_id in use.listed(FIELDS):
        at = f"answers/{field_id}"
        if not filled(answers.get(field_id, "")) and not _untouched(at, empty_criteria, use):
            yield use.found(at)


def _untouched(at: str, empty_criteria: Empty, use: Use) -> bool:
    """Whether the criterion that asks for `at` was left empty wholly: that is told already."""
    section = use.call.section_at(at)
    return section is not None and section.id in empty_criteria
