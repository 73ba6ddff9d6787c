"""The names of what a budget line refers to, and from a typed name back to the identity."""

from __future__ import annotations

from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.choices import Labels, labels, meanings
from sif_desktop.sheets.columns import fold
from sif_desktop.ui.desk import Desk


class Names:
    """Names of partners, work packages, categories and periods, in the interface's language.

    What was typed is understood in all three languages, and as the workbook understands it; so a
    partner can answer in French what was asked in Dutch.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made_of: tuple[object, object, object] | None = None
        self._labels: Labels = {}
        self._meanings: Labels | None = None
        self.refresh()

    def refresh(self) -> frozenset[str]:
        """Takes the names as they are now; gives the columns in which one is another."""
        proposal, words = self._desk.proposal, self._desk.speech.words
        made_of = (proposal.partners, proposal.work_packages, words)
        before = self._made_of
        if before is not None and all(
            one is other for one, other in zip(made_of, before, strict=True)
        ):
            return frozenset()
        self._made_of = made_of
        now = self._named(proposal, words)
        changed = frozenset(column for column in now if now[column] != self._labels.get(column))
        if changed:
            self._labels = now
            self._meanings = None
        return changed

    def choices(self, column: str) -> dict[str, str]:
        """What can be chosen in a column: each id with its name."""
        return self._labels.get(column, {})

    def label(self, column: str, value: str) -> str:
        """The name for an id; what is no id of anything is shown as it was typed."""
        return self._labels.get(column, {}).get(value, value)

    def meaning(self, column: str, text: str) -> str:
        """The id that a name means, whatever its case and in whichever language.

        A text without a meaning is given back as it was typed: nothing that was typed is lost.
        """
        word = fold(text)
        if not word:
            return ""
        if self._meanings is None:
            known = meanings(self._desk.proposal, self._desk.call)
            self._meanings = {
                name: {**known.get(name, {}), **{fold(shown): key for key, shown in here.items()}}
                for name, here in self._labels.items()
            }
        return self._meanings.get(column, {}).get(word, text.strip())

    def _named(self, proposal: Proposal, words: Words) -> Labels:
        found = labels(proposal, self._desk.call, words)
        for place, partner in enumerate(proposal.partners, 1):
            if not (partner.short_name or partner.name).strip():
                nameless = self._desk.speech.say("window.fields.unnamed", place=place)
                found["partner"][partner.id] = nameless
        return found
