"""All rules that a form may use, by their code, from the files of their families."""

from __future__ import annotations

from sif_desktop.rules import (
    attachments,
    budget,
    capacity,
    contribution,
    criteria,
    edition,
    kinds,
    partners,
    project,
    shares,
    workplan,
)
from sif_desktop.rules.rule import Rule

FAMILIES = {
    "edition": edition,
    "project": project,
    "partners": partners,
    "shares": shares,
    "workplan": workplan,
    "budget": budget,
    "criteria": criteria,
    "capacity": capacity,
    "contribution": contribution,
    "attachments": attachments,
}
"""The files of the families; `fields` is one more, which follows from the form itself."""

CATALOGUE: dict[str, Rule] = {
    found.code: found
    for family in FAMILIES.values()
    for found in vars(family).values()
    if isinstance(found, Rule)
}


def codes() -> tuple[str, ...]:
    """The codes of all findings that a check may give: each has a sentence in every language."""
    own = [code for found in CATALOGUE.values() for code in (found.code, *found.also)]
    return (*kinds.CODES, *own)
