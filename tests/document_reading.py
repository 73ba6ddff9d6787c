"""Reading a PDF of ours with programs that are not ours, for the tests of the document."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from sif_desktop.calls.call import Call
from sif_desktop.document import style
from sif_desktop.document.content import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Signatory,
    Table,
)
from sif_desktop.document.dossier import describe
from sif_desktop.document.pdf import write
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.check import check


def described(proposal: Proposal, call: Call, *, draft: bool = False) -> Document:
    """The document of a proposal."""
    digest = canonical.digest(canonical.to_json(proposal))
    return describe(proposal, call, check(proposal, call), draft=draft, digest=digest)


def written(proposal: Proposal, call: Call, *, draft: bool = False) -> bytes:
    """The PDF of a proposal."""
    out = BytesIO()
    document = described(proposal, call, draft=draft)
    write(document, out, proposal_json=canonical.to_json(proposal))
    return out.getvalue()


def run(*command: str) -> str:
    """What a program prints; a failing one fails the test."""
    # Titles in the heads of some programs' answers are not in UTF-8.
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode("utf-8", "replace")


@cache
def page_texts(file: Path, *, whole: bool = False) -> list[str]:
    """The text of each page in the order in which it is drawn; without head and foot unless whole.

    Without head and foot, a text that goes on over a page's end is found in one piece.
    """
    crop = ["-r", "72", "-x", "0", "-y", "50", "-W", "596", "-H", f"{style.HEIGHT + 46:.0f}"]
    text = run("pdftotext", "-raw", "-enc", "UTF-8", *([] if whole else crop), str(file), "-")
    return text.split("\f")[:-1]


_UNSEEN = re.compile(r"\s+")


def closed(text: str) -> str:
    """A text without its spaces and line ends, in composed characters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def told(block: Block) -> list[str]:  # noqa: PLR0911 - one way for each kind
    """The texts of a block, each of which stands in one piece on its page."""
    match block:
        case Heading():
            return [block.text, block.number]
        case Paragraph():
            return [block.text]
        case BulletList():
            return list(block.items)
        case Facts():
            return [text for row in block.rows for text in row]
        case Table():
            return [
                *(column.head for column in block.columns),
                *(cell for row in block.rows for cell in row.cells),
            ]
        case Note():
            return [block.title, block.text]
        case Signatory():
            return [block.organisation, block.name, block.function, block.role]
    return []


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


@cache
def words_on(file: Path) -> list[Word]:
    """All words of a PDF with their places."""
    found, page = [], 0
    for row in run("pdftotext", "-bbox", str(file), "-").splitlines():
        if _PAGE.search(row):
            page += 1
        word = _WORD.search(row)
        if word:
            left, top, right, bottom = (float(word[place]) for place in range(1, 5))
            found.append(Word(page, left, top, right, bottom, word[5]))
    return found


@cache
def contrast(some: str, other: str) -> float:
    """The contrast of two colours, as WCAG reckons it."""
    lighter, darker = sorted((_luminance(some), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(code: str) -> float:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
