"""Looking at a file that somebody handed over: a signed bundle, or the PDF that was given out.

Nothing in it is trusted, opened or executed. What comes of it is data for a page to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sif_desktop.app import pins
from sif_desktop.app.answers import Answer, Part, answers
from sif_desktop.app.sources import call_of, kind_of
from sif_desktop.app.verification import Examination, examine
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError, SifError
from sif_desktop.language import Language, Words, words
from sif_desktop.model.partners import Partner
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Finding, Findings
from sif_desktop.rules.words import places, sentence

Kind = Literal["bundle", "pdf"]
Standing = Literal["good", "unsigned", "broken"]


@dataclass(frozen=True)
class Seen:
    """What was seen in a file. `size` is in bytes.

    `examination` holds the answers; that of a PDF has no members. `open_places` are the partners
    for whom a PDF can still be signed; a bundle leaves them empty, and so does a draft's PDF.
    """

    kind: Kind
    path: Path
    size: int
    examination: Examination
    open_places: tuple[Partner, ...] = ()

    @property
    def standing(self) -> Standing:
        """Whether it is as it was signed, nobody signed it, or something is wrong with it."""
        verdict = self.examination.verdict
        if self.examination.good:
            return "good"
        alone = {problem.code for problem in verdict.problems} <= {"unsigned"}
        whole = self.kind == "pdf" or all(member.sha256 for member in verdict.members)
        return "unsigned" if not verdict.signatures and alone and whole else "broken"

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners of its proposal; none where there is no proposal that can be read."""
        return self.examination.proposal.partners if self.examination.proposal else ()

    @property
    def digest(self) -> str:
        """The SHA-256 of proposal.json in hexadecimal; "" where there is none."""
        members = self.examination.verdict.members
        return next((one.sha256 for one in members if one.name == "proposal.json"), "")

    def may_cosign(self) -> bool:
        """Whether one more signature can be put to it."""
        if self.kind == "pdf":
            return self.standing != "broken" and bool(self.open_places)
        simple = any(not one.manifest for one in self.examination.verdict.signatures)
        return self.examination.good and not simple


def look(path: Path, trust: Path | None = None, work: Work = UNWATCHED) -> Seen:
    """Looks at a bundle or a PDF of ours, told apart by its content.

    `trust` is a folder with certificates of authorities. Raises FileError where the file or that
    folder cannot be read, NotOursError where it is neither, StoppedError when it is not wanted.
    """
    kind = kind_of(path)
    if kind == "draft":
        raise NotOursError("handed_draft", file=str(path))
    if kind == "pdf":
        return _pdf(path, trust, work)
    examination = examine(path, trust=trust, work=work)
    return Seen("bundle", path, _size(path), examination)


def three_answers(seen: Seen, said: Words) -> tuple[Answer, Answer, Answer]:
    """Is it intact, who signed, do the rules hold: those of a PDF are worded for a PDF."""
    whole, signed, rules = answers(seen.examination, said)
    if seen.kind == "bundle":
        return whole, signed, rules
    tone = whole.tone if seen.standing == "broken" else "good"
    if seen.standing == "unsigned":
        tone = "warning"
    told = said.say(f"window.bundle.pdf.{seen.standing}")
    whole = Answer(said.say("window.bundle.pdf.question"), tone, (Part(told),))
    if not seen.examination.verdict.signatures:
        nobody = Part(said.say("window.bundle.pdf.nobody"))
        signed = Answer(signed.question, "warning", (nobody,))
    return whole, signed, rules


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: how grave it is, where, and what it says."""

    severity: str
    where: str
    said: str


def told_findings(seen: Seen, language: Language, most: int) -> tuple[Told, ...]:
    """The first findings in the words of the call, the gravest first."""
    found, call, proposal = _checked(seen)
    if found is None or call is None or proposal is None:
        return ()
    try:
        said = call.words(language)
    except KeyError:  # a stranger's call may lack a language
        said = words(language)
    where = places(proposal, call, said)

    def told(finding: Finding) -> Told:
        return Told(finding.severity, where(finding.address), sentence(finding, said))

    return tuple(told(finding) for finding in found.items[:most])


def title_of(seen: Seen) -> str:
    """The acronym and title of its proposal on one line; "" where it cannot be read."""
    proposal = seen.examination.proposal
    if proposal is None:
        return ""
    parts = (proposal.project.acronym, proposal.project.title)
    return ": ".join(" ".join(part[:300].split()) for part in parts if part.strip())


def attachment_titles(seen: Seen) -> dict[str, str]:
    """The title of each attachment by the name of its member, as the proposal tells."""
    from sif_desktop.app.payload import attachment_name

    proposal = seen.examination.proposal
    return {
        attachment_name(place, one): " ".join((one.title or one.filename)[:300].split())
        for place, one in enumerate(proposal.attachments if proposal else (), 1)
    }


def changed_members(seen: Seen) -> frozenset[str]:
    """The members of a bundle that are other than they were when somebody signed them."""
    problems = seen.examination.verdict.problems
    return frozenset(
        str(one.figures.get("member")) for one in problems if one.code == "member_changed"
    )


def _checked(seen: Seen) -> tuple[Findings | None, Call | None, Proposal | None]:
    one = seen.examination
    return one.findings, one.call, one.proposal


def _pdf(path: Path, trust: Path | None, work: Work) -> Seen:
    """A PDF of ours: its proposal, and what its signatures are worth."""
    from sif_desktop.app.pdf_signing import applicants, proposal_in
    from sif_desktop.bundle.pades_verdict import signatures_in
    from sif_desktop.bundle.trust import load
    from sif_desktop.bundle.verdict import Verdict

    work.at("verifying")
    given = load(trust, pins.pinned())
    proposal = proposal_in(path)  # without one, signatures would tell nothing about a proposal
    call: Call | None = None
    unread: SifError | None = None
    try:
        call = call_of(proposal)
    except SifError as error:
        unread = error
    signatures = signatures_in(path, given)
    work.at("checking")
    intact = bool(signatures) and all(one.valid for one in signatures)
    findings = check(proposal, call) if call else None
    verdict = Verdict(intact, signatures=signatures)
    examination = Examination(verdict, proposal, call, findings, unread)
    return Seen("pdf", path, _size(path), examination, _left(path, applicants(proposal)))


def _left(path: Path, known: tuple[Partner, ...]) -> tuple[Partner, ...]:
    """The partners whose place is still empty."""
    from sif_desktop.bundle.pades import places_in
    from sif_desktop.document.closing import SIGNATORY

    try:
        found = {place.name: place.signed_by for place in places_in(path)}
    except NotOursError:
        return ()
    names = {f"{SIGNATORY}{number}": one for number, one in enumerate(known, 1)}
    return tuple(one for name, one in names.items() if name in found and not found[name])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
