"""The steps of the wizard as data: which there are, in what state each is, how far a draft is.

A step is a section of the call, in the call's order; then come the check and the export. Nothing
here shows anything: titles and sentences are keys of the texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import is_
from typing import Any, Literal

from sif_desktop.calls.call import Call, FieldSpec, Section, pattern
from sif_desktop.errors import EditError
from sif_desktop.model.address import value_at
from sif_desktop.model.difference import changed_places
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Findings

StateKind = Literal["not_started", "incomplete", "blocked", "complete"]

CHECK = "check"
EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: a section of the call, or the check or export that follow on the sections.

    `view` says what kind of page shows it: the section's own, or `check` or `export`. `title` is
    the key of its name.
    """

    id: str
    view: str
    title: str
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class StepState:
    """How far a step is. `filled` of the `asked` values were given; `sentence` is a key.

    The figures of the sentence are `missing` (values still asked for) and `blocking` (findings
    of the step that stand in the way of an export, apart from values not given).
    """

    kind: StateKind
    sentence: str
    filled: int = 0
    asked: int = 0
    blocking: int = 0

    @property
    def missing(self) -> int:
        """Values that are asked for and were not given."""
        return self.asked - self.filled


def steps(call: Call) -> tuple[Step, ...]:
    """The steps for a call, in order."""
    sections = tuple(
        Step(section.id, section.view, f"sections.{section.id}.title", section)
        for section in call.sections
    )
    return (
        *sections,
        Step(CHECK, CHECK, "window.steps.check"),
        Step(EXPORT, EXPORT, "window.steps.export"),
    )


def step_after(all_steps: tuple[Step, ...], step_id: str) -> Step | None:
    """The step that follows on another, or None behind the last."""
    return _beside(all_steps, step_id, 1)


def step_before(all_steps: tuple[Step, ...], step_id: str) -> Step | None:
    """The step before another, or None before the first."""
    return _beside(all_steps, step_id, -1)


def _beside(all_steps: tuple[Step, ...], step_id: str, way: int) -> Step | None:
    places = {step.id: place for place, step in enumerate(all_steps)}
    place = places[step_id] + way
    return all_steps[place] if 0 <= place < len(all_steps) else None


def step_at(call: Call, address: str) -> str:
    """The id of the step that shows the value, item or list at an address; the first otherwise."""
    section = call.section_at(address)
    return section.id if section else call.sections[0].id


def state(step: Step, proposal: Proposal, call: Call, findings: Findings) -> StepState:
    """The state of one step; for all steps after every change, keep a `Progress`."""
    return Progress(call).states(proposal, findings)[step.id]


@dataclass(frozen=True, slots=True)
class _Count:
    """What a field or list asks and has: `given` counts every value, asked for or not."""

    filled: int = 0
    asked: int = 0
    given: int = 0

    def __add__(self, other: _Count) -> _Count:
        return _Count(
            self.filled + other.filled, self.asked + other.asked, self.given + other.given
        )

    def times(self, sign: int) -> _Count:
        """The same to be added, or with -1 to be taken off."""
        return _Count(sign * self.filled, sign * self.asked, sign * self.given)


@dataclass
class Progress:
    """The states of all steps, kept up to date at little cost: what did not change is not
    counted again.
    """

    call: Call
    _known: dict[str, tuple[Any, _Count]] = field(default_factory=dict, init=False)
    _patterns: dict[str, str] = field(default_factory=dict, init=False)
    _items: dict[str, tuple[Any, dict[str, Any]]] = field(default_factory=dict, init=False)
    _sections: dict[str, tuple[list[Any], _Count]] = field(default_factory=dict, init=False)
    _singles: dict[str, tuple[Any, Any, _Count]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._steps = steps(self.call)
        self._lists = {
            section.id: tuple(_trees(self.call, section)) for section in self.call.sections
        }
        self._parts = {section.id: tuple(_parts(section)) for section in self.call.sections}

    def states(self, proposal: Proposal, findings: Findings) -> Mapping[str, StepState]:
        """The state of every step by its id."""
        blocking, blank = self._blocking(proposal, findings)
        counts = {
            step.id: self._count(step.section, proposal) for step in self._steps if step.section
        }
        found = {
            step_id: _section_state(count, blocking.get(step_id, 0), blank.get(step_id, 0))
            for step_id, count in counts.items()
        }
        begun = any(count.given for count in counts.values())
        found[CHECK] = _check_state(findings, begun)
        found[EXPORT] = _export_state(findings, begun)
        return found

    def completeness(self, proposal: Proposal) -> int:
        """How much of what the form asks was given, in whole percent rounded down."""
        whole = _Count()
        for section in self.call.sections:
            whole += self._count(section, proposal)
        return whole.filled * 100 // whole.asked if whole.asked else 0

    def _blocking(
        self, proposal: Proposal, findings: Findings
    ) -> tuple[dict[str, int], dict[str, int]]:
        """The findings that block by step: those about what was given, and about what was not."""
        wrong: dict[str, int] = {}
        blank: dict[str, int] = {}
        for finding in findings.blocking:
            counts = blank if self._is_blank(proposal, finding.address) else wrong
            step_id = self.step_of(finding.address)
            counts[step_id] = counts.get(step_id, 0) + 1
        return wrong, blank

    def _is_blank(self, proposal: Proposal, address: str) -> bool:
        """Whether nothing was given yet at an address: an empty value, or a list without items."""
        steps = address.split("/")
        if len(steps) != 3:
            return is_empty(_value(proposal, address))
        items = getattr(proposal, steps[0], ())
        known = self._items.get(steps[0])
        if known is None or known[0] is not items:
            known = self._items[steps[0]] = (items, {item.id: item for item in items})
        return is_empty(getattr(known[1].get(steps[1]), steps[2], ""))

    def step_of(self, address: str) -> str:
        """As `step_at`, remembered by the pattern of the address."""
        wanted = pattern(address)
        if wanted not in self._patterns:
            self._patterns[wanted] = step_at(self.call, address)
        return self._patterns[wanted]

    def _count(self, section: Section | None, proposal: Proposal) -> _Count:
        assert section is not None  # noqa: S101 - only steps of sections are counted
        parts = [getattr(proposal, name) for name in self._parts[section.id]]
        known = self._sections.get(section.id)
        if known and all(map(is_, known[0], parts)):
            return known[1]
        whole = _Count()
        for tree in self._lists[section.id]:
            if tree.at == "":
                for spec in tree.fields:
                    whole += self._single(spec, proposal)
            else:
                whole += self._list_count(section, tree, proposal)
        self._sections[section.id] = (parts, whole)
        return whole

    def _single(self, spec: FieldSpec, proposal: Proposal) -> _Count:
        """What a field that stands alone asks and has."""
        value = _value(proposal, spec.at)
        when = _value(proposal, spec.when.at) if spec.when else None
        known = self._singles.get(spec.id)
        if known and known[0] is value and known[1] is when:
            return known[2]
        count = _field_count(spec, value, proposal, None)
        self._singles[spec.id] = (value, when, count)
        return count

    def _list_count(self, section: Section, tree: _Tree, proposal: Proposal) -> _Count:
        items = getattr(proposal, tree.at)
        key = f"{section.id}/{tree.at}"
        known = self._known.get(key)
        if known and known[0] is items:
            return known[1]
        places = changed_places(known[0], items) if known else None
        if known and places is not None and len(places) == 1 and items:
            before, now = known[0][places[0]], items[places[0]]
            count = known[1] + self._one(key, tree, before).times(-1) + self._one(key, tree, now)
        else:
            count = self._items_count(key, tree, items)
        self._known[key] = (items, count)
        return count

    def _items_count(self, key: str, tree: _Tree, items: tuple[Any, ...]) -> _Count:
        if not items:
            return _Count(
                asked=sum(spec.needed == "error" and not spec.when for spec in tree.fields)
            )
        filled = asked = given = 0
        for item in items:
            count = self._one(key, tree, item)
            filled, asked, given = filled + count.filled, asked + count.asked, given + count.given
        return _Count(filled, asked, given)

    def _one(self, key: str, tree: _Tree, item: Any) -> _Count:
        """What one item of a list asks and has."""
        known = self._known.get(f"{key}/{item.id}")
        if known and known[0] is item:
            return known[1]
        count = _item_count(tree, item)
        self._known[f"{key}/{item.id}"] = (item, count)
        return count


@dataclass(frozen=True, slots=True)
class _Tree:
    """A list with the fields of its items and the lists within them; `at` "" is no list.

    Where the list belongs to another section (`owned`), its items are nothing given in this one.
    """

    at: str
    fields: tuple[FieldSpec, ...]
    inner: tuple[_Tree, ...] = ()
    owned: bool = True


def _parts(section: Section) -> set[str]:
    """The parts of a proposal that hold the values of a section, or say whether they are asked."""
    ats = [spec.at for spec in section.fields]
    ats += [spec.when.at for spec in section.fields if spec.when]
    return {at.partition("/")[0] for at in ats} & set(Proposal.model_fields)


def _trees(call: Call, section: Section) -> Iterator[_Tree]:
    """Fields gathered by their lists: those in no list first, then each list with its own."""
    typed = [spec for spec in section.fields if spec.kind != "file"]
    by_list: dict[str, list[FieldSpec]] = {}
    for spec in typed:
        by_list.setdefault(spec.list_at, []).append(spec)
    yield _Tree("", tuple(by_list.pop("", [])))
    for at in [at for at in by_list if "*" not in at]:
        inner = [other for other in by_list if other.startswith(f"{at}/*/")]
        within = tuple(_Tree(other.rpartition("/")[2], tuple(by_list[other])) for other in inner)
        yield _Tree(at, tuple(by_list[at]), within, owned=call.section_at(at) is section)


def _item_count(tree: _Tree, item: Any) -> _Count:
    count = _Count(given=int(tree.owned))
    for spec in tree.fields:
        count += _field_count(spec, getattr(item, spec.name), None, item)
    for within in tree.inner:
        for other in getattr(item, within.at):
            count += _item_count(within, other)
    return count


def _field_count(spec: FieldSpec, value: Any, proposal: Proposal | None, item: Any) -> _Count:
    given = int(not is_empty(value))
    if spec.needed is None or not _is_asked(spec, proposal, item):
        return _Count(given=given)
    return _Count(given, 1, given)


def _is_asked(spec: FieldSpec, proposal: Proposal | None, item: Any) -> bool:
    """Whether the field that this one depends on has a value for which it is asked."""
    when = spec.when
    if when is None:
        return True
    if item is not None:
        value = getattr(item, when.at.rpartition("/")[2], "")
    else:
        value = _value(proposal, when.at) if proposal else ""
    values = value if isinstance(value, tuple) else (value,)
    return any(one in when.one_of for one in values)


def _value(proposal: Proposal, at: str) -> Any:
    part, _, name = at.partition("/")
    if part == "answers":
        return proposal.answers.get(name, "")
    if part == "project":
        return getattr(proposal.project, name, "")
    try:
        return value_at(proposal, at)
    except EditError:
        return ""


def is_empty(value: object) -> bool:
    """Whether a leaf holds nothing: no text but white space, no number, no choice."""
    return value == () or (isinstance(value, str) and not value.strip())


def _section_state(count: _Count, blocking: int, blank: int) -> StepState:
    asked = max(count.asked, count.filled + blank)
    kind: StateKind = "complete"
    if not count.given:
        kind = "not_started"
    elif blocking:
        kind = "blocked"
    elif count.filled < asked:
        kind = "incomplete"
    return StepState(kind, f"window.states.{kind}", count.filled, asked, blocking)


def _check_state(findings: Findings, begun: bool) -> StepState:
    blocking = len(findings.blocking)
    if not begun:
        return StepState("not_started", "window.states.not_started")
    if blocking:
        return StepState("blocked", "window.states.blocked", blocking=blocking)
    kind: StateKind = "incomplete" if findings.of("warning") else "complete"
    sentence = "window.states.wishes_left" if kind == "incomplete" else "window.states.complete"
    return StepState(kind, sentence, asked=len(findings.of("warning")))


def _export_state(findings: Findings, begun: bool) -> StepState:
    if begun and not findings.blocking:
        return StepState("not_started", "window.states.ready")
    return StepState("not_started", "window.states.later")
