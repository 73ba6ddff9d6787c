"""A call made ready for checking: the pieces of its check, in the order of its form."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop.calls.call import Call, FieldSpec, Parameter, RuleUse, Section
from sif_desktop.errors import EditError
from sif_desktop.model.address import parse
from sif_desktop.rules.catalogue import CATALOGUE
from sif_desktop.rules.fields import (
    CriterionPiece,
    FieldCheck,
    ListPiece,
    SinglesPiece,
    UnaskedPiece,
    lowered,
)
from sif_desktop.rules.kinds import kind_of
from sif_desktop.rules.piece import Piece, RulePiece
from sif_desktop.rules.rule import FIELDS, Rule, Use

Plan = tuple[Piece, ...]

_MOST_CALLS = 8
_made: tuple[tuple[Call, Plan], ...] = ()


def plan(call: Call) -> Plan:
    """The pieces of a call's check; made once for a call object, and kept for the last few."""
    global _made  # noqa: PLW0603 - a call cannot be hashed, so it is looked up by identity
    for known, pieces in _made:
        if known is call:
            return pieces
    pieces = tuple(_pieces(call))
    _made = ((call, pieces), *_made[: _MOST_CALLS - 1])
    return pieces


def _pieces(call: Call) -> Iterator[Piece]:
    """The rules without a section first, then each section: its fields, and the rules on it."""
    pieces = list(_rule_pieces(call))
    spoken = _spoken_for(call)
    yield from (piece for section, piece in pieces if section is None)
    yield UnaskedPiece(
        frozenset(field.name for field in call.fields.values() if field.at.startswith("answers/"))
    )
    for section in call.sections:
        if section.criterion and section.fields:
            yield CriterionPiece(section)
        yield from _field_pieces(call, section, spoken)
        yield from (piece for home, piece in pieces if home is section)


def _rule_pieces(call: Call) -> Iterator[tuple[Section | None, Piece]]:
    """The rules that the call uses, with their sections.

    A rule is silent where the form does not set its figures or does not ask for its subject.
    """
    for used in call.rules:
        rule = CATALOGUE.get(used.code)
        if rule is None:
            continue
        made = use(call, used, rule)
        at = home(call, used, rule)
        section = call.section_at(at) if at else None
        if made is not None and (section is not None or not at):
            yield section, RulePiece(rule, made)


def home(call: Call, used: RuleUse, rule: Rule) -> str:
    """The address pattern of what a rule is about, or ""; of its first field where it has some."""
    for field_id in used.values.get(FIELDS, ()) if not rule.at else ():
        if field_id in call.fields:
            return call.fields[field_id].at
    return rule.at


def use(call: Call, used: RuleUse, rule: Rule) -> Use | None:
    """A rule with its figures from the call, or None where the call does not set them."""
    figures: dict[str, int] = {}
    texts: dict[str, str] = {}
    for name, kind in rule.parameters.items():
        parameter = call.parameters.get(used.parameters.get(name, ""))
        if parameter is None or not fits(parameter, kind):
            return None
        if isinstance(parameter.value, int):
            figures[name] = parameter.value
        else:
            texts[name] = parameter.value
    severity = used.severity or rule.severity
    severity = lowered(severity) if rule.wish else severity
    return Use(call, rule.code, severity, figures, texts, used.values)


def fits(parameter: Parameter, kind: str) -> bool:
    """Whether a parameter of a call is of the kind that a rule takes."""
    textual = kind in ("moment", "text")
    return parameter.kind == kind and isinstance(parameter.value, str) == textual


def _spoken_for(call: Call) -> frozenset[str]:
    """The ids of the fields for which a rule has its own words when they are empty."""
    found: set[str] = set()
    for used in call.rules:
        rule = CATALOGUE.get(used.code)
        if rule is None or use(call, used, rule) is None:
            continue
        found.update(field.id for field in call.fields.values() if field.at in rule.speaks_for)
        if rule.speaks:
            found.update(used.values.get(FIELDS, ()))
    return frozenset(found)


def _field_pieces(call: Call, section: Section, spoken: frozenset[str]) -> Iterator[Piece]:
    """The fields of a section, those of a list together, in the order in which they begin."""
    groups: dict[str, list[FieldCheck]] = {}
    for field in section.fields:
        if not _exists(field):
            continue
        needed = None if field.id in spoken else field.needed
        if needed and section.criterion:
            needed = lowered(needed)
        check = FieldCheck(field, kind_of(field, call), needed, section.criterion)
        groups.setdefault(field.list_at, []).append(check)
    for list_at, checks in groups.items():
        if list_at:
            top, _, inner = list_at.partition("/*/")
            yield ListPiece(top, inner, tuple(checks))
        else:
            ats = [check.spec.at for check in checks]
            ats += [check.spec.when.at for check in checks if check.spec.when]
            parts = tuple(dict.fromkeys(at.partition("/")[0] for at in ats))
            yield SinglesPiece(section, parts, tuple(checks))


def _exists(field: FieldSpec) -> bool:
    """Whether a proposal has the values that a field names; a form that was audited has them."""
    try:
        for at in (field.at, field.when.at if field.when else field.at):
            if parse(at.replace("*", "x")).kind not in ("leaf", "answer"):
                return False
    except EditError:
        return False
    return field.when is None or field.when.at.rpartition("/*/")[0] == field.list_at
