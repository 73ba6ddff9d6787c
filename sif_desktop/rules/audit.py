"""What is wrong with the rules of a form: names that are not known here, figures that do not fit.

What a form says apart from its rules is looked at by `calls/audit.py`, which knows no rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import ValidationError

from sif_desktop.calls.call import Call, FieldSpec, RuleUse
from sif_desktop.errors import CallError, EditError
from sif_desktop.model.address import parse
from sif_desktop.rules import formats
from sif_desktop.rules.catalogue import CATALOGUE
from sif_desktop.rules.plan import fits, home
from sif_desktop.rules.rule import FIELDS, Rule


def usable(call: Call) -> Call:
    """The call itself, when its rules can be used. Raises CallError with the first fault."""
    for fault in audit(call):
        raise CallError("call_fault", file=call.id, fault=fault)
    return call


def audit(call: Call) -> Iterator[str]:
    """The faults of a call's rules, one line each."""
    for code, count in Counter(used.code for used in call.rules).items():
        if count > 1:
            yield f"rule {code} is used twice"
    for used in call.rules:
        rule = CATALOGUE.get(used.code)
        if rule is None:
            near = get_close_matches(used.code, CATALOGUE, 1)
            yield f"rule {used.code}: no such rule" + (f"; {near[0]}?" if near else "")
            continue
        at = home(call, used, rule)
        if at and call.section_at(at) is None:
            yield f"rule {rule.code}: the form asks for nothing at {at}"
        if rule.wish and used.severity == "error":
            yield f"rule {rule.code}: a wish of the call is never an error"
        yield from _parameters(call, used, rule)
        yield from _values(call, used, rule)
    yield from _fields(call)


def _parameters(call: Call, used: RuleUse, rule: Rule) -> Iterator[str]:
    for name in used.parameters.keys() - rule.parameters.keys():
        yield f"rule {rule.code}: takes no parameter {name}"
    for name, kind in rule.parameters.items():
        if name not in used.parameters:
            yield f"rule {rule.code}: needs a parameter {name} ({kind})"
            continue
        parameter = call.parameters.get(used.parameters[name])
        if parameter is None:
            yield f"rule {rule.code}: no parameter {used.parameters[name]}"
        elif not fits(parameter, kind):
            yield f"rule {rule.code}: {used.parameters[name]} is no {kind}"
        elif kind == "moment" and formats.moment(parameter.value) is None:
            yield f"rule {rule.code}: {used.parameters[name]} is no moment with its offset"
        elif isinstance(parameter.value, int) and parameter.value < 0:
            yield f"rule {rule.code}: {used.parameters[name]} is below zero"


def _values(call: Call, used: RuleUse, rule: Rule) -> Iterator[str]:
    for name in used.values.keys() - rule.values.keys():
        yield f"rule {rule.code}: takes no list {name}"
    for name, source in rule.values.items():
        if not used.values.get(name):
            yield f"rule {rule.code}: needs a list {name}"
            continue
        strange = [value for value in used.values[name] if value not in _known(call, source)]
        yield from (f"rule {rule.code}: {name} has no {value}" for value in strange)


def _known(call: Call, source: str) -> tuple[str, ...]:
    """What a list of a rule may hold: fields that stand alone, or the choices of a field."""
    if source == FIELDS:
        return tuple(field.id for field in call.fields.values() if field.at.startswith("answers/"))
    field = call.field_at(source)
    return call.choices.get(field.choices or "", ()) if field else ()


def _fields(call: Call) -> Iterator[str]:
    """Fields whose kind does not fit what the proposal keeps, or whose severity does not hold."""
    for section in call.sections:
        for field in section.fields:
            if section.criterion and field.needed == "error":
                yield f"field {field.id}: a wish of the call is never an error"
            if not _keeps(field):
                yield f"field {field.id}: a proposal does not keep a {field.kind} at {field.at}"


def _keeps(field: FieldSpec) -> bool:
    """Whether the place of a field takes a value of its kind."""
    samples: dict[str, object] = dict.fromkeys(("money", "number", "month"), 1)
    samples |= dict.fromkeys(("choices", "partners"), ("x",))
    try:
        place = parse(field.at.replace("*", "x"))
        if field.kind != "file" and place.field != "language":
            place.shape.adapter.validate_python(samples.get(field.kind, "x"))
    except (EditError, ValidationError):
        return False
    return place.kind in ("leaf", "answer")
