"""What stands at the end of the dossier: attachments, findings that remain, signatories."""

from __future__ import annotations

from collections.abc import Iterator

from sif_desktop import language
from sif_desktop.calls.call import Section
from sif_desktop.document.answers import answered
from sif_desktop.document.content import (
    Block,
    Column,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Signatory,
    Table,
    Tone,
)
from sif_desktop.document.material import Material
from sif_desktop.document.prose import clean, line
from sif_desktop.model.values import Number
from sif_desktop.rules.finding import SEVERITIES
from sif_desktop.rules.words import places, sentence

_TONES: dict[str, Tone] = {"error": "bad", "warning": "caution", "advice": "neutral"}


SIGNATORY = "signatory"
"""What the anchors of the places for signatures begin with; the applicants' numbers follow."""


def attachment_blocks(m: Material, section: Section) -> Iterator[Block]:
    """The section of the attachments, with the digests by which their files are known."""
    yield from answered(m, (spec for spec in section.fields if not spec.list_at), None, 2)
    if not m.proposal.attachments:
        yield Paragraph(m.say("none"), "quiet")
        return
    rows = []
    for place, one in enumerate(m.proposal.attachments, 1):
        kind = m.choice_at("attachments/*/kind", one.kind) if one.kind else ""
        told = [line(one.title) or "–", kind, line(one.filename)]
        told += [m.say("sha256", digest=line(one.sha256))] if one.sha256 else []
        rows.append(
            Row(
                (
                    str(place),
                    "\n".join(part for part in told if part),
                    _pages(m, one.pages),
                    _size(m, one.size),
                )
            )
        )
    columns = (
        Column(m.say("number"), 0),
        Column(m.say("attachment"), 3.6),
        Column(m.say("pages"), 0, "right"),
        Column(m.say("size"), 0, "right"),
    )
    yield Table(columns, tuple(rows), m.say("alt_attachments", count=len(rows)), titled=1)


def _pages(m: Material, pages: Number) -> str:
    if isinstance(pages, int):
        return language.number(pages, m.words.language)
    return line(pages) or "–"


def _size(m: Material, size: Number) -> str:
    """A size in kilobytes of a thousand bytes, rounded up: nothing is shown as 0."""
    if isinstance(size, int):
        return f"{language.number(-(-size // 1000), m.words.language)}\u00a0kB"
    return line(size) or "–"


def bottom_line(m: Material) -> Note:
    """What the checks found, in one remark."""
    counts = {severity: len(m.findings.of(severity)) for severity in SEVERITIES}
    worst = next((severity for severity in SEVERITIES if counts[severity]), "")
    text = m.say("counts", **counts) if worst else m.say("nothing_found_text")
    title = m.say(f"bottom_{worst}") if worst else m.say("nothing_found")
    return Note(title, text, _TONES.get(worst, "good"))


def finding_blocks(m: Material) -> Iterator[Block]:
    """The findings that remain: the gravest first, each with its place."""
    yield Heading(m.say("findings"), 1, "section")
    yield Paragraph(m.say("findings_intro"), "quiet")
    yield bottom_line(m)
    if not len(m.findings):
        return
    where = places(m.proposal, m.call, m.words)
    for severity in SEVERITIES:
        found = m.findings.of(severity)
        if not found:
            continue
        yield Heading(m.say(f"{severity}_many", count=len(found)), 2)
        rows = tuple(
            Row((clean(where(one.address)), clean(sentence(one, m.words)))) for one in found
        )
        columns = (Column(m.say("place"), 1.5), Column(m.say("found"), 3))
        yield Table(columns, rows, m.say("alt_findings", count=len(rows)))


def signatory_blocks(m: Material) -> Iterator[Block]:
    """The page on which the applicants sign by hand."""
    if not m.proposal.partners and not m.asks("partners"):
        return
    applicants = [one for one in m.proposal.partners if one.role != "subcontractor"]
    yield PageBreak()
    yield Heading(m.say("signatories"), 1, "section")
    yield Paragraph(m.say("signatories_intro"))
    yield Paragraph(m.say("sha256", digest=m.digest), "quiet")
    if not applicants:
        yield Paragraph(m.say("none"), "quiet")
    labels = (m.say("place_and_date"), m.say("signature"))
    for number, one in enumerate(applicants, 1):
        yield Signatory(
            organisation=line(one.name) or m.short_name(one.id),
            name=line(one.signatory_name) or m.say("signatory_unknown"),
            function=line(one.signatory_function),
            role=m.choice_at("partners/*/role", one.role) if one.role else "",
            line_labels=labels,
            anchor=f"{SIGNATORY}{number}",
        )
