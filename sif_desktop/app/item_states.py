"""How far each item of a list is, such as each partner: what is missing, what stands in the way.

Counted as for the steps (`app/steps.py`): an item's missing values are part of its step's. Nothing
here shows anything: sentences are keys of the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sif_desktop.app.steps import is_empty
from sif_desktop.calls.call import FieldSpec, Section, pattern
from sif_desktop.rules.finding import Finding

ItemKind = Literal["incomplete", "blocked", "warned", "complete"]


@dataclass(frozen=True, slots=True)
class ItemState:
    """How far an item is. `missing` values that are asked were not given; `blocking` errors are
    about what was; `warnings` count too. `sentence` is a key, with these as its figures.
    """

    missing: int = 0
    blocking: int = 0
    warnings: int = 0

    @property
    def kind(self) -> ItemKind:
        """The gravest that there is to tell."""
        if self.blocking:
            return "blocked"
        if self.missing:
            return "incomplete"
        return "warned" if self.warnings else "complete"

    @property
    def sentence(self) -> str:
        """The key of the sentence that tells it."""
        return f"window.item_states.{self.kind}"


@dataclass
class ItemStates:
    """The states of a list's items; what did not change is not counted again.

    `list_at` is the list's address, such as `partners`; only fields of `section` count, and those
    of lists within the items.
    """

    section: Section
    list_at: str
    _missing: dict[str, tuple[Any, int]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._fields: dict[str, list[FieldSpec]] = {}
        for spec in self.section.fields:
            if spec.needed is not None and spec.kind != "file":
                self._fields.setdefault(spec.list_at, []).append(spec)
        self._patterns = {spec.at for spec in self.section.fields}

    def states(self, items: Iterable[Any], findings: Iterable[Finding]) -> Mapping[str, ItemState]:
        """The state of every item by its id."""
        known = {item.id: item for item in items}
        wrong = dict.fromkeys(known, 0)
        warned = dict.fromkeys(known, 0)
        for finding in self._about(findings):
            key = finding.address.split("/")[1]
            if key not in known or self._is_blank(known[key], finding.address):
                continue
            counts = wrong if finding.severity == "error" else warned
            counts[key] += 1
        return {
            key: ItemState(self._missing_in(item), wrong[key], warned[key])
            for key, item in known.items()
        }

    def _about(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The errors and warnings about items of this list, in fields of this section."""
        start = f"{self.list_at}/"
        for finding in findings:
            address = finding.address
            if finding.severity != "advice" and address.startswith(start):
                wanted = pattern(address)
                if wanted in self._patterns or wanted.endswith("*"):
                    yield finding

    def _is_blank(self, item: Any, address: str) -> bool:
        """Whether a finding is about a value that was not given; those count as missing."""
        steps = address.split("/")[2:]
        part = item
        while len(steps) > 1:
            name, key = steps[0], steps[1]
            part = next((one for one in getattr(part, name, ()) if one.id == key), None)
            steps = steps[2:]
        return bool(steps) and part is not None and is_empty(getattr(part, steps[0], ""))

    def _missing_in(self, item: Any) -> int:
        known = self._missing.get(item.id)
        if known is None or known[0] is not item:
            known = self._missing[item.id] = (item, self._count(self.list_at, item))
        return known[1]

    def _count(self, at: str, item: Any) -> int:
        missing = sum(
            is_empty(getattr(item, spec.name, "")) and _is_asked(spec, item)
            for spec in self._fields.get(at, ())
        )
        for inner in self._fields:
            if inner.rpartition("/*/")[0] == at:
                within = getattr(item, inner.rpartition("/")[2], ())
                missing += sum(self._count(inner, one) for one in within)
        return missing


def _is_asked(spec: FieldSpec, item: Any) -> bool:
    """Whether the field of the item on which this one depends has a value for which it is asked."""
    if spec.when is None:
        return True
    value = getattr(item, spec.when.at.rpartition("/")[2], "")
    values = value if isinstance(value, tuple) else (value,)
    return any(one in spec.when.one_of for one in values)
