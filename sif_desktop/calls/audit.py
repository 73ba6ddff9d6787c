"""What is wrong with a form: names without a declaration, fields without a text.

Each fault is a short English line for whoever makes a form. Whether the rules that it uses exist
is asked in `rules/`, which this package does not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.errors import EditError
from sif_desktop.language import FIGURE_KINDS, LANGUAGES, placeholders
from sif_desktop.model.address import parse

_WITH_CHOICES = ("choice", "choices")
_IN_WORDS = ("moment", "text")
_LARGEST = {"share": 10_000}


def audit(call: Call) -> Iterator[str]:
    """The faults of a call, one line each."""
    yield from _names(call)
    yield from _figures(call)
    for field in call.fields.values():
        yield from _field(call, field)
    for rule in call.rules:
        for name in rule.parameters.values():
            if name not in call.parameters:
                yield f"rule {rule.code}: no parameter {name}"
    for language in LANGUAGES:
        told = {key for key, text in call.texts[language].items() if text.strip()}
        missing = sorted(set(texts_needed(call)) - told)
        yield from (f"texts/{language}.toml: {key} is missing" for key in missing)
    yield from _translations(call)


def _names(call: Call) -> Iterator[str]:
    named = [field.id for section in call.sections for field in section.fields]
    named += [f"section {section.id}" for section in call.sections]
    named += [f"period {period.id}" for period in call.periods]
    yield from (f"{name} is declared twice" for name, count in Counter(named).items() if count > 1)
    placed = Counter(field.at for section in call.sections for field in section.fields)
    yield from (f"{at} is asked twice" for at, count in placed.items() if count > 1)


def _figures(call: Call) -> Iterator[str]:
    """Parameters whose value is not of their kind, and periods that end before they begin."""
    for name, parameter in call.parameters.items():
        value = parameter.value
        if isinstance(value, int) == (parameter.kind in _IN_WORDS):
            yield f"parameter {name}: its value is no {parameter.kind}"
        elif isinstance(value, int) and not 0 <= value <= _LARGEST.get(parameter.kind, value):
            yield f"parameter {name}: {value} is out of bounds"
        elif parameter.kind == "moment" and not _is_moment(str(value)):
            yield f"parameter {name}: its value is no moment with its offset"
    for period in call.periods:
        if period.last < period.first:
            yield f"period {period.id} ends before it begins"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _field(call: Call, field: FieldSpec) -> Iterator[str]:
    try:
        parse(field.at.replace("*", "x"))
    except EditError:
        yield f"field {field.id}: a proposal has no {field.at}"
    if field.kind in _WITH_CHOICES and field.choices not in call.choices:
        yield f"field {field.id}: no choices {field.choices}"
    if field.kind not in _WITH_CHOICES and field.choices:
        yield f"field {field.id}: a {field.kind} has no choices"
    if field.kind == "period" and not call.periods:
        yield f"field {field.id}: the call has no periods"
    if field.target:
        yield from _target(call, field)
    if field.at.startswith("answers/") and field.at != f"answers/{field.id}":
        yield f"field {field.id}: an answer is kept under the id of its field"
    if field.when:
        asked = next((other for other in call.fields.values() if other.at == field.when.at), None)
        if asked is None or asked.list_at != field.list_at or not asked.choices:
            yield f"field {field.id}: no choice at {field.when.at} to depend on"
        elif set(field.when.one_of) - set(call.choices.get(asked.choices, ())):
            yield f"field {field.id}: depends on a value that {asked.id} does not have"


def _target(call: Call, field: FieldSpec) -> Iterator[str]:
    """Only a whole number that stands alone adds to a target, and only to one above zero."""
    parameter = call.parameters.get(field.target or "")
    if parameter is None:
        yield f"field {field.id}: no parameter {field.target}"
    elif parameter.kind != "number" or not isinstance(parameter.value, int) or not parameter.value:
        yield f"field {field.id}: {field.target} is no number above zero"
    if field.kind != "number" or field.list_at:
        yield f"field {field.id}: only a number that stands alone adds to a target"


def texts_needed(call: Call) -> Iterator[str]:
    """The keys of the texts that a form must have in every language."""
    yield from ("call.title", "call.aim")
    for section in call.sections:
        yield from (f"sections.{section.id}.title", f"sections.{section.id}.guidance")
    lists: dict[str, None] = {}
    groups: dict[str, None] = {}
    for field in call.fields.values():
        yield from (f"fields.{field.id}.label", f"fields.{field.id}.guidance")
        if field.list_at:
            lists[field.list_at.rpartition("/")[2]] = None
        if field.group:
            groups[field.group] = None
    for name in lists:
        yield from (f"lists.{name}.one", f"lists.{name}.many", f"lists.{name}.add")
    yield from (f"groups.{name}" for name in groups)
    for name, parameter in call.parameters.items():
        yield f"parameters.{name}"
        if parameter.kind == "text":
            yield f"parameter_values.{name}"
    for name, values in call.choices.items():
        yield from (f"choices.{name}.{value}" for value in values)


def _translations(call: Call) -> Iterator[str]:
    """Texts that one language has alone, or with other placeholders than Dutch."""
    dutch = call.texts["nl"]
    for language in LANGUAGES:
        for key, text in call.texts[language].items():
            if key not in dutch:
                yield f"texts/nl.toml: {key} is missing"
                continue
            try:
                mine, theirs = placeholders(text), placeholders(dutch[key])
            except ValueError:
                yield f"texts/{language}.toml: {key} has a brace that does not match"
                continue
            for name, _ in mine:
                if not name.isidentifier():
                    yield f"texts/{language}.toml: {key} has a placeholder without a plain name"
            if mine != theirs or any(kind not in FIGURE_KINDS for _, kind in mine):
                yield f"texts/{language}.toml: {key} has other placeholders than in Dutch"
