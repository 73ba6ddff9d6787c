"""The dossier of a proposal, described as a document in the order of its call's form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sif_desktop.calls.call import Call, Section, View
from sif_desktop.document.answers import section_blocks
from sif_desktop.document.budget import budget_blocks
from sif_desktop.document.closing import attachment_blocks, finding_blocks, signatory_blocks
from sif_desktop.document.content import Block, Contents, Document, Heading, PageBreak
from sif_desktop.document.front import cover
from sif_desktop.document.material import Material
from sif_desktop.document.partners import partner_blocks
from sif_desktop.document.prose import line
from sif_desktop.document.workplan import work_plan_blocks
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Findings

_VIEWS: dict[View, Callable[[Material, Section], Iterator[Block]]] = {
    "fields": section_blocks,
    "partners": partner_blocks,
    "work_plan": work_plan_blocks,
    "budget": budget_blocks,
    "attachments": attachment_blocks,
}


def describe(
    proposal: Proposal, call: Call, findings: Findings, *, draft: bool, digest: str
) -> Document:
    """The dossier in the proposal's language; `digest` is the SHA-256 of its proposal.json.

    Pure: the same proposal, call and findings always give the same document. It raises on no
    proposal, however damaged.
    """
    m = Material(proposal, call, findings, draft, digest)
    project = proposal.project
    title = line(project.title) or m.say("untitled")
    coordinators = [line(one.name) for one in proposal.partners if one.role == "coordinator"]
    return Document(
        language=proposal.language,
        title=title,
        author=", ".join(name for name in coordinators if name),
        subject=m.say("subject", call=line(m.text("call.title", call.id)), edition=call.edition),
        short_title=line(project.acronym) or title,
        digest=digest,
        draft=draft,
        blocks=tuple(_numbered(_blocks(m))),
    )


def _blocks(m: Material) -> Iterator[Block]:
    yield cover(m)
    yield Contents(m.say("contents"))
    yield PageBreak()
    for section in m.call.sections:
        yield Heading(line(m.text(f"sections.{section.id}.title", section.id)), 1, "section")
        yield from _VIEWS[section.view](m, section)
    yield from finding_blocks(m)
    yield from signatory_blocks(m)


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings of the first two levels get their number, and all of them their anchor."""
    section = part = question = 0
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        if block.level == 1:
            section, part, question = section + 1, 0, 0
            yield replace(block, number=f"{section}", anchor=f"s{section}")
        elif block.level == 2:
            part, question = part + 1, 0
            number = f"{section}.{part}"
            yield replace(block, number=number, anchor=f"s{number}", listed=True)
        else:
            question += 1
            yield replace(block, anchor=f"s{section}.{part}.{question}")
