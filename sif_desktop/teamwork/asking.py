"""A choice in words: where it is, what the question is, and what each side has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sif_desktop.calls.call import Call
from sif_desktop.language import Language, moment
from sif_desktop.model.proposal import Proposal
from sif_desktop.model.values import Item
from sif_desktop.teamwork.choice import Choice, Trace
from sif_desktop.teamwork.naming import Naming
from sif_desktop.teamwork.word_marks import Mark, marks


@dataclass(frozen=True)
class Asked:
    """A choice as it is put to a person.

    `mine` and `theirs` are what each side has, `mine_by` and `theirs_by` who made it so and when,
    "" where that is not known. `marks` lead from this side's text to the other's.
    """

    key: str
    section: str
    place: str
    question: str
    mine: str
    theirs: str
    mine_by: str
    theirs_by: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Asking:
    """Puts the choices of one merge in words."""

    mine: Naming
    theirs: Naming

    @classmethod
    def of(cls, mine: Proposal, theirs: Proposal, call: Call, language: Language) -> Asking:
        """For the trees of both sides, in a language."""
        words = call.words(language)
        return cls(Naming(mine, call, words), Naming(theirs, call, words))

    def ask(self, choice: Choice) -> Asked:
        """A choice in words."""
        words = self.mine.words
        # An item that is gone on one side has its name on the other.
        naming = self.theirs if choice.mine is None else self.mine
        texts = isinstance(choice.mine, str) and isinstance(choice.theirs, str)
        marked = texts and choice.mine and choice.theirs and naming.holds_text(choice.at)
        return Asked(
            key=choice.key,
            section=naming.section(choice.at),
            place=naming.place(choice.at),
            question=words.say(f"merge.{_question(choice)}"),
            mine=self._side(self.mine, choice, choice.mine),
            theirs=self._side(self.theirs, choice, choice.theirs),
            mine_by=self._by(choice.mine_by),
            theirs_by=self._by(choice.theirs_by),
            marks=marks(choice.mine, choice.theirs) if marked else (),
        )

    def _side(self, naming: Naming, choice: Choice, value: Any) -> str:
        words = naming.words
        if value is None:
            # Before there was anything, a side that has nothing did not remove it.
            return words.say("merge.not_there" if choice.base is None else "merge.removed")
        if isinstance(value, Item):
            told = [f"{label}: {said}" for label, said in naming.details(choice.at, value)]
            return "\n".join(told) or words.say("merge.empty_item")
        if isinstance(value, list):
            return "\n".join(naming.place(f"{choice.at}/{key}") for key in value)
        return naming.value(choice.at, value) or words.say("compare.empty")

    def _by(self, trace: Trace | None) -> str:
        if trace is None:
            return ""
        when = moment(trace.at.astimezone(), self.mine.words.language)
        key = "by" if trace.author else "when"
        return self.mine.words.say(f"merge.{key}", author=trace.author, when=when)


def _question(choice: Choice) -> str:
    """The key of the question; what a partner did outside its parts is asked by what it did."""
    if choice.kind != "outside":
        return choice.kind
    if isinstance(choice.mine, list):
        return "outside_order"
    if choice.theirs is None:
        return "outside_removed"
    return "outside_added" if choice.mine is None else "outside_changed"
