"""What the strict schema adds to the plain one: what a proposal that can be exported may hold.

Nothing here is stricter than the findings that block an export, and much is looser: a schema
knows no check digits, no sums, and not which partners there are. In a criterion nothing blocks,
so nothing is added there.
"""

from __future__ import annotations

from typing import Any

from sif_desktop import money
from sif_desktop.calls.call import Call, FieldSpec
from sif_desktop.language import Words

Node = dict[str, Any]

_BLANK: Node = {"type": "string", "pattern": r"^\s*$"}
_GIVEN: Node = {"type": "string", "pattern": r"\S"}
_APART = r"[\s./-]*"

_FORMS: dict[str, Node] = {
    "money": {"type": "integer", "minimum": 0, "maximum": money.LARGEST},
    "number": {"type": "integer", "minimum": 0},
    "month": {"type": "integer", "minimum": 1},
    "date": {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "country": {"type": "string", "pattern": "^[A-Za-z]{2}$"},
    "enterprise_number": {
        "type": "string",
        "pattern": f"^{_APART}([Bb]{_APART}[Ee])?{_APART}[01]({_APART}[0-9]){{9}}{_APART}$",
    },
    "iban": {"type": "string", "pattern": f"^({_APART}[A-Za-z0-9]){{12,34}}{_APART}$"},
    "email": {"type": "string", "pattern": r"^\s*[^\s@]+@[^\s@]+\s*$"},
}
"""The kinds of field whose values have a form; an empty value is no matter of theirs."""


def add_constraints(tree: Node, call: Call, words: Words) -> None:
    """Adds to a proposal's schema what the form's fields demand of an export."""
    tree["properties"]["call"] |= {"const": call.id}
    for section in call.sections:
        for field in section.fields:
            demand = None if section.criterion else _demand(call, field, words)
            if demand is not None:
                base = _base(tree, field)
                base.setdefault("allOf", []).append(_placed(field, demand))


def _base(tree: Node, field: FieldSpec) -> Node:
    """The part of the schema that a field and its condition are both within."""
    node = tree
    for step in field.list_at.replace("/*", "").split("/") if field.list_at else ():
        link = node["properties"][step]["items"]["$ref"]
        node = tree["$defs"][link.rpartition("/")[2]]
    return node


def _placed(field: FieldSpec, demand: Node) -> Node:
    """A demand on a field, seen from its base, and only where its condition holds."""
    needed = field.needed == "error"
    placed = _nested(_steps(field, field.at), demand, required=needed)
    if field.when is None:
        return placed
    condition = {"enum": list(field.when.one_of)}
    return {"if": _nested(_steps(field, field.when.at), condition, required=True), "then": placed}


def _steps(field: FieldSpec, at: str) -> list[str]:
    return at.removeprefix(f"{field.list_at}/*/").split("/") if field.list_at else at.split("/")


def _nested(steps: list[str], inner: Node, *, required: bool) -> Node:
    node = inner
    for step in reversed(steps):
        node = {"properties": {step: node}} | ({"required": [step]} if required else {})
    return node


def _demand(call: Call, field: FieldSpec, words: Words) -> Node | None:
    """What the value of a field must be; None where any value of the model will do."""
    needed = field.needed == "error"
    if field.kind == "choices":
        one_of = {"enum": list(call.choices[field.choices or ""])}
        return {"type": "array", "items": one_of} | ({"minItems": 1} if needed else {})
    form = _form(call, field, words)
    if needed:
        return form or (_GIVEN if field.kind != "partners" else {"type": "array", "minItems": 1})
    return {"anyOf": [form, _BLANK]} if form else None


def _form(call: Call, field: FieldSpec, words: Words) -> Node | None:
    """The form of a value that is given; None where it has none, or where none blocks."""
    if field.kind == "choice":
        values = call.choices[field.choices or ""]
        titles = [words.say(f"choices.{field.choices}.{value}") for value in values]
        pairs = zip(values, titles, strict=True)
        return {"oneOf": [{"const": value, "title": title} for value, title in pairs]}
    if field.kind == "period":
        return {"enum": [period.id for period in call.periods]}
    if field.kind in ("text", "paragraph"):
        limit = field.longest
        if limit is None or limit.origin == "ours":
            return None
        return {"type": "string", "pattern": r"\S", "maxLength": limit.characters}
    return _FORMS.get(field.kind)
