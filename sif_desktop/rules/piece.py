"""A piece of a check: something that reads parts and facts, and gives findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sif_desktop.rules.finding import Finding
from sif_desktop.rules.rule import Rule, Use


@dataclass(frozen=True, slots=True)
class Kept:
    """What a piece found, and what it read for that. `detail` is the piece's own."""

    inputs: tuple[Any, ...]
    findings: tuple[Finding, ...]
    detail: Any = None


class Piece(Protocol):
    """What a check consists of. It holds no state: what it found last time is handed to it."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the parts and facts that it needs, in the order of its inputs."""

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """What it finds now; `before` may spare it work and never changes the outcome."""


@dataclass(frozen=True, slots=True)
class RulePiece:
    """A rule of the catalogue as the call uses it."""

    rule: Rule
    use: Use

    @property
    def reads(self) -> tuple[str, ...]:
        """What the rule names in its arguments."""
        return self.rule.reads

    def run(self, inputs: tuple[Any, ...], before: Kept | None) -> Kept:
        """Runs the rule anew."""
        return Kept(inputs, tuple(self.rule.run(*inputs, self.use)))
