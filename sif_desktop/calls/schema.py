"""The JSON Schema (2020-12) of proposal.json for a call, from the model and the call's form.

The shape comes from the model, the words and choices from the form, so that nothing is declared
twice. A draft keeps what was typed, even when it is wrong: the plain schema takes every tree that
the model takes, and tells in `x-` keywords what the form asks. The strict one takes only what a
proposal that can be exported may hold, as far as a schema can say it: totals, ceilings and what
one part says of another are for `rules/`.

    x-field    id, section and kind of the field, its severity when left empty, its longest
               text with whose limit that is, its condition
    x-choices  the values of a field with choices, each with its title
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from sif_desktop.calls.call import Call, FieldSpec, Section
from sif_desktop.calls.exportable import add_constraints
from sif_desktop.language import Language, Words
from sif_desktop.model.proposal import Proposal

Node = dict[str, Any]

_OWN_FIELDS = ("format", "id", "call", "edition", "language", "answers")


def schema(call: Call, language: Language, *, strict: bool = False) -> Node:
    """The JSON Schema of a proposal for a call, with its titles and guidance in a language."""
    words = call.words(language)
    tree = Proposal.model_json_schema()
    for node in (tree, *tree["$defs"].values()):
        _without_english(node)
    tree["required"] = ["format", "call"]
    # The names of answers are ids; pydantic says it in a way that refuses nothing.
    tree["properties"]["answers"] |= {"properties": {}, "additionalProperties": False}
    for name in _OWN_FIELDS:
        tree["properties"][name]["description"] = words.say(f"schema.{name}")
    tree["properties"]["call"]["examples"] = [call.id]
    for section in call.sections:
        for field in section.fields:
            node = holder(tree, field.at)["properties"].setdefault(field.name, {})
            node.update(_described(call, section, field, words))
            _name_list(tree, field.list_at, words)
    if strict:
        add_constraints(tree, call, words)
    return _head(call, words, strict) | tree


def holder(tree: Node, at: str) -> Node:
    """The part of a proposal's schema whose `properties` hold the value at a field's address."""
    node = tree
    for step in at.split("/")[:-1]:
        if step == "*":
            continue
        child = node["properties"][step]
        link = child.get("$ref") or child.get("items", {}).get("$ref")
        node = tree["$defs"][link.rpartition("/")[2]] if link else child
    return node


def _head(call: Call, words: Words, strict: bool) -> Node:
    """What the schema says of itself and of the call."""
    mode = "exportable" if strict else "draft"
    name = f"urn:sif-desktop:proposal:{call.id}:{quote(call.edition, safe='')}:{mode}"
    parameters = {
        name: {
            "title": words.say(f"parameters.{name}"),
            **parameter.model_dump(mode="json", include={"kind", "value", "source", "origin"}),
        }
        for name, parameter in call.parameters.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name,
        "title": f"{words.say('call.title')} {call.edition}".strip(),
        "description": f"{words.say('call.aim')} {words.say(f'schema.{mode}')}",
        "x-parameters": parameters,
    }


def _without_english(node: Node) -> None:
    """Takes away titles made of the model's names; its docstring stays as a comment."""
    node.pop("title", None)
    if "description" in node:
        node["$comment"] = " ".join(node.pop("description").split())
    for child in node["properties"].values():
        child.pop("title", None)


def _name_list(tree: Node, list_at: str, words: Words) -> None:
    """Gives a list and its items the names that the form has for them."""
    if list_at:
        name = list_at.rpartition("/")[2]
        many = words.say(f"lists.{name}.many")
        holder(tree, list_at)["properties"][name]["title"] = many[:1].upper() + many[1:]
        holder(tree, f"{list_at}/*/id")["title"] = words.say(f"lists.{name}.one")


def _described(call: Call, section: Section, field: FieldSpec, words: Words) -> Node:
    """What the form says of a field, for whoever reads the schema or makes a page of it."""
    about: Node = {"id": field.id, "section": section.id, "kind": field.kind}
    about |= field.model_dump(
        mode="json", include={"needed", "longest", "when", "target"}, exclude_none=True
    )
    described: Node = {
        "title": words.say(f"fields.{field.id}.label"),
        "description": " ".join(_guidance(field, words)),
        "x-field": about,
    }
    values = call.choices.get(field.choices or "", ())
    if values:
        titles = [words.say(f"choices.{field.choices}.{value}") for value in values]
        described["x-choices"] = [
            {"const": value, "title": title} for value, title in zip(values, titles, strict=True)
        ]
    examples: list[Any] = list(values) if field.kind == "choice" else []
    if field.kind == "choices":
        examples = [[value] for value in values]
    if field.kind == "period":
        examples = [period.id for period in call.periods]
    example = words.find(f"fields.{field.id}.example")
    if example:
        examples.append(example)
    return described | ({"examples": examples} if examples else {})


def _guidance(field: FieldSpec, words: Words) -> Iterator[str]:
    """The guidance of a field, with its longest length and whose limit that is."""
    yield words.say(f"fields.{field.id}.guidance")
    if field.longest:
        key = f"schema.longest_{field.longest.origin}"
        yield words.say(key, characters=field.longest.characters)
    if field.kind == "money":
        yield words.say("schema.money")
