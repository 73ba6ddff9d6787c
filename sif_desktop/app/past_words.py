"""The history in words: what an act did and where, and what a session of work was about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sif_desktop.app.act_words import act_words
from sif_desktop.app.past import Act, Past, Stint
from sif_desktop.calls.call import Call
from sif_desktop.language import Words, moment
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork.naming import Naming
from sif_desktop.teamwork.rounds import BACK

_MOST_SECTIONS = 4


@dataclass(frozen=True)
class PastWords:
    """Says the acts of a history. Places are named as the proposal of today has them."""

    naming: Naming

    @classmethod
    def of(cls, proposal: Proposal, call: Call, words: Words) -> PastWords:
        """The words for the history of a proposal; `words` are those of its call."""
        return cls(Naming(proposal, call, words))

    @property
    def words(self) -> Words:
        """The sentences that it says."""
        return self.naming.words

    def act(self, act: Act) -> str:
        """What an act did: "Titel wijzigen", "Ongedaan gemaakt: Titel wijzigen"."""
        if act.of[0]:
            said = act_words(self.words, act.of[0], _plain(act.of[1]))
            return self.words.say(f"history.{act.label}", act=said)
        if act.label == BACK:
            number, _, name = _plain(act.subject).partition(" ")
            key = "back_named" if name else "back"
            return self.words.say(f"history.{key}", number=number, name=name)
        said = act_words(self.words, act.label, _plain(act.subject))
        return said[:1].upper() + said[1:]

    def where(self, act: Act) -> str:
        """The place of its first edit, and how many more there are."""
        if not act.first:
            return ""
        said, section = self.naming.place(act.first), act.sections[0]
        if section:  # what stands in none is told by its place alone
            said = self.words.say("history.place_in", section=self.section(section), place=said)
        if act.count == 1:
            return said
        if len(act.sections) > 1:
            return self.words.say(
                "history.places_in", count=act.count, sections=self.sections(act.sections)
            )
        return self.words.say("history.and_more", place=said, count=act.count - 1)

    def section(self, key: str) -> str:
        """The title of a section."""
        title = self.words.find(f"sections.{key}.title") if key else None
        return title or self.words.say("compare.elsewhere")

    def sections(self, keys: Iterable[str]) -> str:
        """Titles of sections, in the order of the form; of many the first, and how many more."""
        order = {section.id: place for place, section in enumerate(self.naming.call.sections)}
        wanted = sorted(keys, key=lambda one: order.get(one, len(order)))
        shown = wanted if len(wanted) <= _MOST_SECTIONS else wanted[: _MOST_SECTIONS - 1]
        said = ", ".join(map(self.section, shown))
        left = len(wanted) - len(shown)
        return self.words.say("history.and_more", place=said, count=left) if left else said

    def about(self, stint: Stint) -> str:
        """How much was done in a session of work, and in which sections."""
        key = "change" if len(stint.acts) == 1 else "changes"
        return self.words.say(
            f"history.{key}", count=len(stint.acts), sections=self.sections(stint.sections)
        )

    def span(self, stint: Stint) -> str:
        """From when to when a session of work lasted."""
        begun, ended = stint.begun.astimezone(), stint.ended.astimezone()
        first = moment(begun, self.words.language)
        if begun.date() != ended.date():
            return f"{first} – {moment(ended, self.words.language)}"
        return first if clock(begun) == clock(ended) else f"{first}–{clock(ended)}"

    def author(self, name: str) -> str:
        """Who did something; said where nobody gave a name."""
        return _plain(name) or self.words.say("history.somebody")

    def moment(self, past: Past, seq: int) -> str:
        """What a moment is called: by its name, else its number, and when it was."""
        act, names = past.act(seq), past.names.get(seq)
        if seq == past.start:
            said = self.words.say("history.made" if seq == 0 else "history.begins")
        else:
            said = self.words.say("history.moment", number=seq)
        if names:
            said = self.words.say("history.moment_named", name=names[-1])
        if act is None:
            return said
        when = moment(act.at.astimezone(), self.words.language)
        return self.words.say("history.moment_at", moment=said, when=when)


def clock(at: datetime) -> str:
    """The time of day, in the time zone of this machine."""
    return at.astimezone().strftime("%H:%M")


def _plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text[:400].split())
