"""What a document consists of, said once and apart from how it is written.

A writer (the PDF now; a tagged PDF and a web page can follow) needs nothing but this tree: every
figure and table tells in words what it shows, headings carry their level and never skip one, and
all text is plain, without markup. Text here holds no control characters except line ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sif_desktop.language import Language

Align = Literal["left", "right"]

Tone = Literal["neutral", "good", "caution", "bad"]
"""How a statement is meant; a writer shows it by more than colour alone."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `anchor` is unique in the document; `number` is "" where it is not numbered.

    A question is the form's own question above its answer; a part is anything else below a
    section. `listed` tells whether it stands in the contents.
    """

    text: str
    level: int
    manner: Literal["section", "part", "question"] = "part"
    number: str = ""
    anchor: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line ends in it are kept. `quiet` is for what the program itself remarks."""

    text: str
    manner: Literal["body", "lead", "quiet"] = "body"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list. `markers` are the numbers or letters that its author typed, or empty for bullets."""

    items: tuple[str, ...]
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts: a label and its value, which may have several lines."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, and its alignment.

    A column without a share (0) is as wide as its content, which is short.
    """

    head: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, a cell for each column. A sum stands below what it adds up."""

    cells: tuple[str, ...]
    manner: Literal["body", "sum"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one row of heads, which a writer repeats where the table goes on.

    The first column heads the rows. `alt` tells what the table holds. In the column with the place
    `titled`, the first line of each cell is a title of what follows in it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    alt: str
    titled: int | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something handed over in a month; `marked` where the call asks for it."""

    month: int
    label: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class PlanBar:
    """A row of the plan: from `first` to `last` month, both included; 0 and 0 when not known."""

    label: str
    first: int
    last: int
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChart:
    """Work over months. `start` is the ISO day on which month 1 begins, or ""."""

    bars: tuple[PlanBar, ...]
    months: int
    start: str = ""


@dataclass(frozen=True, slots=True)
class CostBar:
    """A cost in cents: what is asked and what is paid with own means."""

    label: str
    subsidy: int
    own_means: int


@dataclass(frozen=True, slots=True)
class CostChart:
    """Costs side by side. `largest` is the length of the scale in cents, over all its parts."""

    bars: tuple[CostBar, ...]
    largest: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, as its data; `alt` tells in full what it shows, `caption` stands below it."""

    data: PlanChart | CostChart
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A share against its ceiling, both in basis points (10,000 is the whole)."""

    share: int
    ceiling: int


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that is seen at a glance, with what it is and what it is measured against."""

    label: str
    value: str
    note: str = ""
    meter: Meter | None = None
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures together."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that stands apart from the text."""

    title: str
    text: str
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for an organisation, and the labels of the lines to fill in by hand.

    `anchor` is unique in the document: it names the place of the signature for programs.
    """

    organisation: str
    name: str
    function: str
    role: str
    line_labels: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `state` says draft or final; `bottom_line` what the checks found."""

    call: str
    edition: str
    kicker: str
    title: str
    acronym: str
    coordinator: tuple[str, str]
    figures: KeyFigures
    bottom_line: Note
    state: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The place where the listed headings stand with their pages."""

    title: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = (
    Heading
    | Paragraph
    | BulletList
    | Facts
    | Table
    | Figure
    | KeyFigures
    | Note
    | Signatory
    | Cover
    | Contents
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `digest` is the SHA-256 of the proposal.json that it shows, or ""."""

    language: Language
    title: str
    author: str
    subject: str
    short_title: str
    digest: str
    draft: bool
    blocks: tuple[Block, ...]
