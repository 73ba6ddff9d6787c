"""What is kept of one bundle: plain values, small, the same for every call."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

State = Literal["good", "blocked", "broken", "unreadable"]
"""good: intact, signed, and nothing blocks. blocked: intact and signed, but a rule of the call does
not hold. broken: it is a bundle, and something was changed, is missing or is not signed.
unreadable: it is no bundle, or its proposal cannot be read."""

INTACT: tuple[State, ...] = ("good", "blocked")
"""The states in which a bundle counts: its content is what its signer signed."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A partner of a proposal. `number` is ten digits, or "" without a well-formed number.

    `screening`: the call has partners like this one screened. `asked` is in cents.
    """

    name: str
    number: str
    role: str
    seat: str
    screening: bool
    asked: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a bundle is not good: the key of a sentence of the texts, and its figures as text."""

    key: str
    figures: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One bundle. `file` is its path within the folder, with `/`. Amounts are in cents.

    `claimed` is the time that the signer claims (ISO 8601, UTC), `fingerprint` the SHA-256 of the
    signer's certificate; both are of the co-ordinator's signature where there is one. `priority`
    is None where the call knows no priority themes. `own_form`: the call is not known here, so
    the bundle was checked by the form that it carries. `numbers` are those that add to a target.
    """

    file: str
    size: int = 0
    sha256: str = ""
    state: State = "unreadable"
    reasons: tuple[Reason, ...] = ()
    call: str = ""
    edition: str = ""
    own_form: bool = False
    proposal: str = ""
    digest: str = ""
    title: str = ""
    acronym: str = ""
    theme: str = ""
    priority: bool | None = None
    start: str = ""
    duration: int | None = None
    asked: int = 0
    own_means: int = 0
    foreign: int = 0
    subcontracting: int = 0
    errors: int = 0
    warnings: int = 0
    signer: str = ""
    signer_of: str = ""
    identity: str = ""
    fingerprint: str = ""
    claimed: str = ""
    organisations: tuple[Organisation, ...] = ()
    numbers: dict[str, int] | None = None

    @property
    def coordinator(self) -> Organisation | None:
        """The partner that co-ordinates, or the first where none does."""
        leads = [one for one in self.organisations if one.role == "coordinator"]
        return next(iter(leads or self.organisations), None)

    @property
    def cost(self) -> int:
        """What is asked and the own means together."""
        return self.asked + self.own_means


def to_text(row: Row) -> str:
    """A row as one line of JSON."""
    return json.dumps(asdict(row), ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Row:
    """A row from what `to_text` wrote."""
    tree: dict[str, Any] = json.loads(text)
    tree["reasons"] = tuple(Reason(**one) for one in tree["reasons"])
    tree["organisations"] = tuple(Organisation(**one) for one in tree["organisations"])
    return Row(**tree)
