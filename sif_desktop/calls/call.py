"""A call: its sections and fields, its parameters with their sources, and the rules it uses.

This is the whole vocabulary of `call.toml`. There are no expressions in it and no code: what a
form needs beyond it becomes a general capability here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field as Declared

from sif_desktop.language import Language, Words, words
from sif_desktop.model.values import Frozen, Id, Whole

Severity = Literal["error", "warning", "advice"]
"""error: blocks the export; warning: a wish of the call is not met; advice: would help."""

Origin = Literal["call", "ours"]
"""Whether a figure or rule is the call's own, or a reading or addition of this project."""

FieldKind = Literal[
    "text",  # one line
    "paragraph",  # more lines
    "choice",  # one of `choices`
    "choices",  # any of `choices`
    "money",  # whole cents
    "number",  # a whole number, not below zero
    "month",  # a month of the project, counted from 1
    "date",  # a day, ISO 8601
    "country",  # two letters, ISO 3166
    "enterprise_number",
    "iban",
    "email",
    "website",
    "partner",  # the id of a partner
    "partners",  # ids of partners
    "work_package",  # the id of a work package
    "period",  # the id of a period of the call
    "file",  # what the program itself knows of an attachment: shown, never typed
]

View = Literal["fields", "partners", "work_plan", "budget", "attachments"]
"""How a section is shown: as its fields one by one, or by a page made for its list."""

Name = Id


class Parameter(Frozen):
    """A figure of the call and where it was read.

    `value` is in cents (money), basis points (share), months, a number, an ISO 8601 moment with
    its offset (moment), or a text.
    """

    kind: Literal["money", "share", "months", "number", "moment", "text"]
    value: Whole | str
    source: str = Declared(min_length=1)
    origin: Origin


class Length(Frozen):
    """The most characters of a text. Over the call's own limit is an error, over ours advice."""

    characters: int = Declared(gt=0, strict=True)
    origin: Origin


class When(Frozen):
    """A field is asked for only where another field of the same item has one of these values."""

    at: str
    one_of: tuple[str, ...]


class FieldSpec(Frozen):
    """A field, declared once: the page, the check, the PDF and the schema follow from it.

    `at` is its address, with `*` for the id of an item. `needed` is the severity of leaving it
    empty; without it the field may be left empty. A number with a `target` adds to what the call
    as a whole is to reach, a parameter: it is shown as a share of that, and an intake adds it up.
    """

    id: Name
    at: str
    kind: FieldKind
    needed: Severity | None = None
    longest: Length | None = None
    choices: Name | None = None
    when: When | None = None
    target: Name | None = None
    group: Name | None = None

    @cached_property
    def list_at(self) -> str:
        """The address pattern of the list that the field belongs to, or ""."""
        return self.at.rpartition("/*/")[0]

    @cached_property
    def name(self) -> str:
        """The last step of the address: the name of the value within its item."""
        return self.at.rpartition("/")[2]


class Section(Frozen):
    """A part of the form, and a step of the wizard. A criterion's fields are wishes of the call."""

    id: Name
    view: View = "fields"
    criterion: bool = Declared(default=False, strict=True)
    fields: tuple[FieldSpec, ...]


class Period(Frozen):
    """A period that costs are planned in: months of the project, both included."""

    id: Name
    first: int = Declared(ge=1, strict=True)
    last: int = Declared(ge=1, strict=True)


class RuleUse(Frozen):
    """A rule of `rules/` that the call uses.

    `parameters` gives the rule's figures as names of the call's parameters; `values` gives its
    lists, of choices or of field ids. `severity` replaces the rule's own where it is set.
    """

    code: Name
    severity: Severity | None = None
    origin: Origin = "call"
    parameters: dict[str, Name] = {}
    values: dict[str, tuple[str, ...]] = {}


class Call(Frozen):
    """A call with everything that is needed to fill in, check and print a proposal for it."""

    format: Literal[1]
    id: Name
    edition: str
    parameters: dict[Name, Parameter] = {}
    choices: dict[Name, tuple[Name, ...]] = {}
    periods: tuple[Period, ...] = ()
    sections: tuple[Section, ...]
    rules: tuple[RuleUse, ...] = ()
    texts: dict[Language, dict[str, str]]

    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """All fields by their id, in the form's order."""
        return {field.id: field for section in self.sections for field in section.fields}

    @cached_property
    def _fields_by_pattern(self) -> dict[str, tuple[Section, FieldSpec]]:
        return {field.at: (section, field) for section in self.sections for field in section.fields}

    def field_at(self, address: str) -> FieldSpec | None:
        """The field that asks for the value at an address, or None where no field does."""
        found = self._fields_by_pattern.get(pattern(address))
        return found[1] if found else None

    def section_at(self, address: str) -> Section | None:
        """The section that an address belongs to: by its field, or by its list."""
        wanted = pattern(address)
        found = self._fields_by_pattern.get(wanted)
        if found:
            return found[0]
        for section in self.sections:
            if any(f"{field.at}/".startswith(f"{wanted}/") for field in section.fields):
                return section
        return None

    def section(self, section_id: str) -> Section | None:
        """The section with an id, or None where the form leaves it out."""
        return next((section for section in self.sections if section.id == section_id), None)

    def fields_of(self, list_at: str) -> Iterator[FieldSpec]:
        """The fields of a list (its address pattern, such as `partners`), over all sections."""
        return (field for field in self.fields.values() if field.list_at == list_at)

    def figure(self, name: str) -> int | None:
        """A parameter as a whole number; None where the call does not set it."""
        parameter = self.parameters.get(name)
        return parameter.value if parameter and isinstance(parameter.value, int) else None

    def words(self, language: Language) -> Words:
        """The sentences of a language, the call's own before the program's."""
        return words(language).over(self.texts[language])


def pattern(address: str) -> str:
    """An address with the ids of its items replaced by `*`, as fields are declared.

    `partners/k3m9/name` gives `partners/*/name`; an item gives `partners/*`.
    """
    steps = address.split("/")
    if steps[0] in ("project", "answers") or len(steps) < 2:
        return address
    return "/".join("*" if place % 2 else step for place, step in enumerate(steps))
