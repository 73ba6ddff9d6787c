"""A merge while a person decides on it: what is taken over, what is asked, what was answered.

Nothing is written before it is carried out; answers outlive a new plan, since a question has the
same key in any merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from sif_desktop.app import signoffs
from sif_desktop.app.joint import Plan, edits_of, plan_merge
from sif_desktop.app.sources import kind_of
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.calls.call import Call
from sif_desktop.errors import NotOursError
from sif_desktop.language import Language
from sif_desktop.model.edit import apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.teamwork.asking import Asked, Asking
from sif_desktop.teamwork.choice import Choice, Pick
from sif_desktop.teamwork.compare import Difference, compare

Answer = Literal["mine", "theirs", ""]
"""This side's, the other side's, or none yet: then it is asked again at the next merge."""


@dataclass
class Deciding:
    """A merge that is being decided on.

    `taken` is what is taken over without asking. `news` tells whether a sign-off comes along.
    """

    plan: Plan
    call: Call
    language: Language
    taken: list[Difference]
    news: bool = False
    picks: dict[str, Pick] = field(default_factory=dict)
    _asking: Asking | None = None
    _asked: dict[str, Asked] = field(default_factory=dict)

    @cached_property
    def open(self) -> tuple[Choice, ...]:
        """The choices that are to be made, in the order of the form."""
        turn = {section.id: place for place, section in enumerate(self.call.sections)}

        def place(choice: Choice) -> int:
            section = self.call.section_at(choice.at)
            return turn[section.id] if section else len(turn)

        return tuple(sorted(self.plan.open, key=place))

    @property
    def made(self) -> int:
        """How many of them were made."""
        return sum(choice.key in self.picks for choice in self.open)

    @property
    def is_gone(self) -> bool:
        """Whether it is of a partner that is no longer in the proposal: all of it is asked."""
        partners = self.plan.merge.mine.partners
        return bool(self.plan.partner) and all(one.id != self.plan.partner for one in partners)

    def answer(self, key: str) -> Answer:
        """What was answered to a question."""
        return self.picks.get(key, "")

    def pick(self, key: str, answer: Answer) -> None:
        """Answers a question, or takes the answer back."""
        if answer:
            self.picks[key] = answer
        else:
            self.picks.pop(key, None)

    def pick_rest(self, answer: Pick) -> None:
        """Gives one answer to all questions that have none yet."""
        for choice in self.open:
            self.picks.setdefault(choice.key, answer)

    def ask(self, choice: Choice) -> Asked:
        """A choice in words."""
        found = self._asked.get(choice.key)
        if found is None:
            found = self._asked[choice.key] = self._teller().ask(choice)
        return found

    def place(self, choice: Choice) -> str:
        """What a choice is about, in short."""
        asking = self._teller()
        naming = asking.theirs if choice.mine is None else asking.mine
        return naming.place(choice.at)

    def section(self, choice: Choice) -> str:
        """The section of the form that a choice belongs to."""
        return self._teller().mine.section(choice.at)

    def tell_in(self, language: Language) -> None:
        """Goes on in another language."""
        if language != self.language:
            self.language, self._asking, self._asked = language, None, {}
            self.taken = _taken(self.plan, self.call, language)

    def keep(self, picks: Mapping[str, Pick]) -> None:
        """Takes the answers that were given before, where the question is still there."""
        asked = {choice.key for choice in self.open}
        self.picks.update({key: pick for key, pick in picks.items() if key in asked})

    def _teller(self) -> Asking:
        if self._asking is None:
            plan = self.plan
            mine, theirs = plan.merge.mine, plan.theirs_tree
            self._asking = Asking.of(mine, theirs, self.call, self.language)
        return self._asking


def begin(
    draft: Draft,
    mine: Proposal,
    other: Path,
    *,
    call: Call,
    language: Language,
    work: Work = UNWATCHED,
) -> Deciding:
    """Looks at a file that came back. Raises as `joint.plan_merge` does, with nothing changed.

    NotOursError where it is the draft itself.
    """
    kind_of(other)  # says why a file cannot be read
    if other.samefile(draft.path):
        raise NotOursError("merge_with_itself", file=str(other))
    work.at("")
    plan = plan_merge(draft, mine, other)
    work.at("")
    known = {one.id for one in signoffs.read(draft)}
    news = any(one.id not in known for one in plan.signoffs)
    return Deciding(plan, call, language, _taken(plan, call, language), news)


def _taken(plan: Plan, call: Call, language: Language) -> list[Difference]:
    mine = plan.merge.mine
    merged, _ = apply_all(mine, edits_of(plan, {}))
    return compare(mine, merged, call, language)
