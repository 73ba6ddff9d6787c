"""The verification of a bundle on paper: the three answers as a PDF, to be kept with a dossier.

The sheet says what was found on one day on one machine; it proves nothing by itself, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop import __version__
from sif_desktop.app.answers import Answer, answers, not_checked
from sif_desktop.app.files import write_whole
from sif_desktop.app.verification import Examination
from sif_desktop.document.content import (
    Block,
    BulletList,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    Tone,
)
from sif_desktop.document.prose import clean, line
from sif_desktop.language import Words, moment

if TYPE_CHECKING:
    from sif_desktop.app.answers import Part

_TONES: dict[str, Tone] = {"good": "good", "warning": "caution", "error": "bad"}
_MOST_MEMBERS = 500
_SHORT_DIGEST = 16


def write_sheet(examination: Examination, words: Words, bundle: Path, out: Path) -> None:
    """Writes the sheet about a bundle as PDF. Raises FileError where it cannot be written."""
    from sif_desktop.document.pdf import write

    stream = BytesIO()
    write(
        describe(examination, words, bundle.name, datetime.now().astimezone()),
        stream,
        proposal_json=None,
    )
    write_whole(out, stream.getvalue())


def describe(examination: Examination, words: Words, name: str, at: datetime) -> Document:
    """The sheet as a document: what was verified at `at`, and what came of it."""
    title = words.say("verification_sheet.title")
    return Document(
        language=words.language,
        title=f"{title}: {line(name)}",
        author="",
        subject=title,
        short_title=title,
        digest=_digest_of(examination, "proposal.json"),
        draft=False,
        blocks=tuple(_blocks(examination, words, name, at)),
    )


def _blocks(examination: Examination, words: Words, name: str, at: datetime) -> Iterator[Block]:
    yield Heading(words.say("verification_sheet.title"), 1, "section", anchor="sheet")
    yield Facts(tuple(_facts(examination, words, name, at)))
    for number, answer in enumerate(answers(examination, words), 1):
        yield Heading(line(answer.question), 2, anchor=f"answer{number}")
        yield from _answer(answer, words)
    yield Heading(words.say("verification_sheet.unchecked"), 2, anchor="unchecked")
    yield BulletList(tuple(map(clean, not_checked(examination, words))) or ("-",))
    yield Heading(words.say("verification_sheet.members"), 2, anchor="members")
    yield _members(examination, words)
    yield Paragraph(words.say("verification_sheet.proves_nothing"), "quiet")


def _facts(
    examination: Examination, words: Words, name: str, at: datetime
) -> Iterator[tuple[str, str]]:
    def label(key: str) -> str:
        return words.say(f"verification_sheet.{key}")

    yield label("file"), line(name)
    proposal = examination.proposal
    if proposal is not None:
        yield label("proposal"), line(proposal.project.title) or "-"
    yield label("at"), moment(at, words.language)
    yield label("program"), f"SIF Desktop {__version__}"


def _answer(answer: Answer, words: Words) -> Iterator[Block]:
    """An answer: what is said stands out, and below it who it is about and what speaks against."""
    for part in answer.parts:
        yield Note(line(part.said), clean(_below(part, words)), _TONES[answer.tone])
        if part.problems:
            yield BulletList(tuple(map(clean, part.problems)))


def _below(part: Part, words: Words) -> str:
    lines = [part.about] if part.about else []
    if part.fingerprint:
        lines.append(words.say("commands.fingerprint", fingerprint=part.fingerprint))
    return "\n".join(lines)


def _members(examination: Examination, words: Words) -> Table:
    members = examination.verdict.members
    rows = [
        Row(
            (
                line(member.name),
                f"{member.size}",
                member.sha256[:_SHORT_DIGEST] or "-",
                words.say(f"verification_sheet.{'good' if member.ok else 'bad'}"),
            )
        )
        for member in members[:_MOST_MEMBERS]
    ]
    if len(members) > _MOST_MEMBERS:
        rows.append(Row((f"(+{len(members) - _MOST_MEMBERS})", "", "", "")))
    columns = (
        Column(words.say("verification_sheet.member"), 3),
        Column(words.say("verification_sheet.bytes"), 1, "right"),
        Column("SHA-256", 1.5),
        Column(words.say("verification_sheet.state"), 1.5),
    )
    return Table(columns, tuple(rows), words.say("verification_sheet.alt", count=len(members)))


def _digest_of(examination: Examination, name: str) -> str:
    found = (one.sha256 for one in examination.verdict.members if one.name == name)
    return next(found, "")
