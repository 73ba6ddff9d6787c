"""The family of the contribution: numbers that add to a target of the call as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sif_desktop.calls.targets import target_of
from sif_desktop.model.proposal import Answers
from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import FIELDS, Use, rule


@rule("contribution_none", "error", values={"fields": FIELDS})
def contribution_none(answers: Answers, use: Use) -> Iterator[Finding]:
    """One number at least is above zero.

    Silent while one of them cannot be read, or is left empty where the form does not allow it:
    that is told already.
    """
    for field_id in use.listed(FIELDS):
        field, value = use.call.fields.get(field_id), answers.get(field_id, "")
        if value == "" and field and field.needed != "error":
            continue
        if not isinstance(value, int) or value > 0:
            return
    yield use.found(f"answers/{use.listed(FIELDS)[0]}")


@rule("contribution_over", "advice", values={"fields": FIELDS})
def contribution_over(answers: Answers, use: Use) -> Iterator[Finding]:
    """A number over the target of all proposals together is a slip more often than a promise."""
    for field_id in use.listed(FIELDS):
        field, value = use.call.fields.get(field_id), answers.get(field_id, "")
        target = target_of(use.call, field) if field else None
        if target and isinstance(value, int) and value > target:
            yield use.found(f"answers/{field_id}", number=value, target=target)


@rule("contribution_order", "warning", values={"fields": FIELDS})
def contribution_order(answers: Answers, use: Use) -> Iterator[Finding]:
    """Of numbers that are each a part of the one before, none is larger than that."""
    listed = use.listed(FIELDS)
    for earlier, later in pairwise(listed):
        before, number = answers.get(earlier, ""), answers.get(later, "")
        if isinstance(before, int) and isinstance(number, int) and number > before >= 0:
            yield use.found(f"answers/{later}", number=number, before=before)
