"""The proposal: the whole tree of values that a dossier consists of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sif_desktop.model.partners import Partner
from sif_desktop.model.values import Choices, Frozen, Id, Item, Items, Leaf, Number, Text, new_id
from sif_desktop.model.workplan import WorkPackage

FORMAT = 1
"""The version of the tree's shape, in every proposal.json; a higher one is from a newer program."""


class Project(Frozen):
    """What the project is, when it runs, and how it meets the definition of the call."""

    title: Text = ""
    acronym: Text = ""
    summary: Text = ""
    theme: Text = ""
    second_node: Text = ""
    start: Text = ""
    duration: Number = ""
    exclusions: Choices = ()
    exclusions_note: Text = ""
    need: Text = ""
    innovation_kinds: Choices = ()
    innovation: Text = ""


class BudgetLine(Item):
    """One cost: what is asked as subsidy and what is paid with own means, both in cents.

    `partner` and `work_package` are ids of the proposal, `category` and `period` of the call. The
    cost of the line is the sum of the two amounts, so that they cannot contradict it.
    """

    partner: Text = ""
    category: Text = ""
    work_package: Text = ""
    period: Text = ""
    description: Text = ""
    subsidy: Number = ""
    own_means: Number = ""


class Indicator(Item):
    """How an effect is measured: from a baseline to a target, how, and until when it is kept."""

    name: Text = ""
    baseline: Text = ""
    target: Text = ""
    measuring: Text = ""
    term: Text = ""


class Actor(Item):
    """A human actor that the project connects with others."""

    name: Text = ""
    part: Text = ""
    connection: Text = ""


class Attachment(Item):
    """A file of the dossier: what it is, and the digest by which its bytes are found.

    `size` is in bytes, `sha256` in small hexadecimal. `filename` is what the author called it; it
    is shown, and never used as a name on a disk.
    """

    title: Text = ""
    kind: Text = ""
    filename: Text = ""
    media_type: Text = ""
    size: Number = ""
    pages: Number = ""
    sha256: Text = ""


def _without_empty(answers: dict[str, Leaf]) -> dict[str, Leaf]:
    """An answer that is empty is the same as one not given: only the latter is kept."""
    return {key: value for key, value in answers.items() if value not in ("", ())}


Answers = Annotated[dict[Id, Leaf], AfterValidator(_without_empty)]


class Proposal(Frozen):
    """A proposal for a call. `answers` hold what only the call's form asks, by the field's id."""

    format: Literal[1] = 1
    id: Id = Field(default_factory=new_id)
    call: Id
    edition: Text = ""
    language: Literal["nl", "en", "fr"] = "nl"
    project: Project = Project()
    partners: Items[Partner] = ()
    work_packages: Items[WorkPackage] = ()
    budget: Items[BudgetLine] = ()
    answers: Answers = Field(default_factory=dict)
    indicators: Items[Indicator] = ()
    actors: Items[Actor] = ()
    attachments: Items[Attachment] = ()
