"""What a rule finds: a code, how grave it is, where, and the figures of its message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sif_desktop.calls.call import Severity

Figure = int | str
"""Cents, basis points, a count, a text: the placeholder in the sentence says which."""

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "advice")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a proposal that its authors should know.

    `code` names the rule and its sentence, `address` the value or item that it is about; where
    it is about the whole of a list, its address. `figures` fill the sentence.
    """

    code: str
    severity: Severity
    address: str
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class Findings:
    """All findings of one check, the gravest first and otherwise in the form's order."""

    items: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stand in the way of an export."""
        return self.of("error")

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(finding for finding in self.items if finding.severity == severity)

    @cached_property
    def by_address(self) -> Mapping[str, tuple[Finding, ...]]:
        """The findings by the address that they are about."""
        found: dict[str, list[Finding]] = {}
        for finding in self.items:
            found.setdefault(finding.address, []).append(finding)
        return {address: tuple(items) for address, items in found.items()}


def ordered(findings: Iterable[Finding]) -> Findings:
    """Findings with the gravest first, and for the rest in the order in which they came."""
    grave = {severity: place for place, severity in enumerate(SEVERITIES)}
    return Findings(tuple(sorted(findings, key=lambda finding: grave[finding.severity])))
