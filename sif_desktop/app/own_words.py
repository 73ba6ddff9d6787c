"""A partner's own parts, and what can be assigned to it beside them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sif_desktop.calls.call import Call, Section
from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.teamwork.naming import Naming
from sif_desktop.teamwork.parts import INNER, Parts

_PARTED = ("partners", "work_packages", "budget")
"""The lists of which a partner has rows of its own; others are assigned as a whole."""


@dataclass(frozen=True)
class Part:
    """Something that a partner fills in: in which section, where, and what it is called.

    `addresses` are all that it stands for, such as a partner's budget lines; `at` leads there.
    """

    section: str
    at: str
    said: str
    addresses: tuple[str, ...]


def own(
    proposal: Proposal, partner: str, assigned: tuple[str, ...], call: Call, words: Words
) -> list[Part]:
    """A partner's own parts, in the order of the form's sections."""
    teller = _Teller(Naming(proposal, call, words), Parts(proposal, partner, assigned))
    return [part for section in call.sections for part in teller.own(section)]


def offers(proposal: Proposal, partner: str, call: Call, words: Words) -> list[Part]:
    """What can be assigned to a partner beside its own parts, in the order of the form."""
    teller = _Teller(Naming(proposal, call, words), Parts(proposal, partner))
    return [part for section in call.sections for part in teller.offers(section)]


@dataclass(frozen=True)
class _Teller:
    naming: Naming
    parts: Parts

    def own(self, section: Section) -> Iterator[Part]:
        """What of a section is the partner's own."""
        call, parts, title = self.naming.call, self.parts, self._title(section)
        at = f"partners/{parts.partner}"
        fields = [spec for spec in section.fields if spec.list_at == "partners"]
        if fields and any(one.id == parts.partner for one in parts.proposal.partners):
            said = self.naming.words.say("window.team.own.entry")
            addresses = tuple(f"{at}/{spec.name}" for spec in fields)
            yield Part(title, addresses[0], said, addresses)
        if call.section_at("budget") is section:
            mine = (one for one in parts.proposal.budget if one.partner == parts.partner)
            lines = tuple(f"budget/{one.id}" for one in mine)
            key = "line" if len(lines) == 1 else "lines"
            said = self.naming.words.say(f"window.team.own.{key}", count=len(lines))
            yield Part(title, lines[0] if lines else "budget", said, lines)
        if call.section_at("work_packages") is section:
            yield from self._own_plan(title)
        for one in parts.assigned:
            if call.section_at(one) is section and not self._is_told(one):
                yield self._part(title, one)

    def offers(self, section: Section) -> Iterator[Part]:
        """What of a section can be assigned: its fields, its lists, others' parts of the plan."""
        call, title = self.naming.call, self._title(section)
        for spec in section.fields:
            if not spec.list_at:
                yield self._part(title, spec.at)
        for name in dict.fromkeys(spec.list_at for spec in section.fields if spec.list_at):
            if "*" not in name and name not in _PARTED and call.section_at(name) is section:
                yield self._part(title, name)
        if call.section_at("work_packages") is section:
            yield from (self._part(title, one) for one in self._plan() if not self.parts.own(one))

    def _own_plan(self, title: str) -> Iterator[Part]:
        """Work packages that it leads with what is its own in them, then its parts of others."""
        own = [one for one in self._plan() if self.parts.own(one)]
        led = {one for one in own if one.count("/") == 1}
        for one in own:
            if one in led:
                inner = [at for at in own if at.startswith(f"{one}/")]
                values = [f"{one}/{name}" for name in WorkPackage.model_fields if name not in INNER]
                yield replace(self._part(title, one), addresses=(one, *values, *inner))
            elif "/".join(one.split("/")[:2]) not in led:
                yield self._part(title, one)

    def _plan(self) -> Iterator[str]:
        """The addresses of the work packages and of what is in them."""
        for package in self.parts.proposal.work_packages:
            at = f"work_packages/{package.id}"
            yield at
            for name in INNER:
                yield from (f"{at}/{name}/{one.id}" for one in getattr(package, name))

    def _is_told(self, address: str) -> bool:
        """Whether an address is told already, as a part that is the partner's own anyway."""
        return Parts(self.parts.proposal, self.parts.partner).own(address)

    def _part(self, title: str, address: str) -> Part:
        list_name = None if "/" in address else self.naming.words.find(f"lists.{address}.many")
        said = list_name or self.naming.place(address)
        return Part(title, address, said[:1].upper() + said[1:], (address,))

    def _title(self, section: Section) -> str:
        return self.naming.words.find(f"sections.{section.id}.title") or section.id
