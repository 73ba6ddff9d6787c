"""What a rule is: a small pure function, and what a form can say about it.

A rule names in its arguments what it reads: parts of the proposal (`partners`, `budget`, ...) and
facts derived from them (`facts.py`). So it is run again only where one of those has changed, and
cannot read anything else. The last argument, `use`, is how the call uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sif_desktop.calls.call import Call, Severity
from sif_desktop.rules.finding import Figure, Finding

FIELDS = "fields"
"""What a list of a rule holds when it is no list of choices: ids of the form's fields."""


@dataclass(frozen=True, slots=True)
class Use:
    """A rule as one call uses it: its severity, its figures and its lists."""

    call: Call
    code: str
    severity: Severity
    figures: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def found(self, address: str, code: str = "", **figures: Figure) -> Finding:
        """A finding of this rule; `code` where it is another sentence than the rule's own."""
        return Finding(code or self.code, self.severity, address, figures)

    def listed(self, name: str) -> tuple[str, ...]:
        """One of the rule's lists, empty where the form does not give it."""
        return self.values.get(name, ())

    def choice(self, at: str, value: str) -> str:
        """The key of the text of a choice in the field declared at `at`."""
        spec = self.call.field_at(at)
        return f"choices.{spec.choices if spec else ''}.{value}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is called, what it reads, and what a form may set.

    `at` is the address pattern of what its findings are about; it gives the findings their place
    in the form's order, and a form that does not ask for it does not have the rule. `parameters`
    gives the kind of each figure, `values` what each list holds: the address pattern of a field
    with choices, or FIELDS. `also` are further sentences of the rule. It speaks for the fields
    in `speaks_for`, and for those of its list FIELDS where it `speaks`: an empty one then gives
    this rule's finding and not the general one. What is a `wish` of the call is never an error.
    """

    code: str
    severity: Severity
    at: str
    run: Callable[..., Iterator[Finding]]
    reads: tuple[str, ...]
    parameters: Mapping[str, str]
    values: Mapping[str, str]
    also: tuple[str, ...]
    speaks_for: tuple[str, ...]
    speaks: bool
    wish: bool


def rule(
    code: str,
    severity: Severity,
    at: str = "",
    *,
    parameters: Mapping[str, str] | None = None,
    values: Mapping[str, str] | None = None,
    also: tuple[str, ...] = (),
    speaks_for: tuple[str, ...] = (),
    speaks: bool = False,
    wish: bool = False,
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Makes a rule of a function; the arguments are those of `Rule`."""

    def made(run: Callable[..., Iterator[Finding]]) -> Rule:
        return Rule(
            code=code,
            severity=severity,
            at=at,
            run=run,
            reads=tuple(name for name in arguments(run) if name != "use"),
            parameters=parameters or {},
            values=values or {},
            also=also,
            speaks_for=speaks_for,
            speaks=speaks,
            wish=wish,
        )

    return made


def arguments(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's arguments."""
    code = function.__code__
    return code.co_varnames[: code.co_argcount]


def filled(value: object) -> bool:
    """Whether something was given; zero is, spaces alone are not."""
    return bool(value.strip()) if isinstance(value, str) else value != ()
