"""The transfer sheet of an open draft at work: its fields, what was ticked, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sif_desktop.app import transfer_ticks
from sif_desktop.app.session import Session
from sif_desktop.app.transfer import Entry
from sif_desktop.app.transfer_ticks import State, with_ticks, without_ticks
from sif_desktop.errors import SifError
from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal


class TransferSheet:
    """What is to be brought into the web form. Each tick is kept in the draft at once.

    `entries` are as they were at the last `refresh`, with which it begins. `damaged` says why the
    ticks of the draft could not be read, `trouble` why the last could not be written: they are
    kept here, and written with the next one, or by `write`. A draft that can only be looked at
    gets no ticks.
    """

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words
        self._seen: tuple[Proposal, Words] | None = None
        self.entries: list[Entry] = []
        self.trouble: SifError | None = None
        self.damaged: SifError | None = None
        self._ticks: dict[str, str] = {}
        self._before: dict[str, str] | None = None
        self._done: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        try:
            self._ticks = transfer_ticks.read(session.draft)
        except SifError as error:
            self.damaged = error

    @property
    def read_only(self) -> bool:
        """Whether ticks are shown, and none can be set."""
        return self._session.read_only

    @property
    def can_take_back(self) -> bool:
        """Whether the last act can be taken back."""
        return self._before is not None and not self.read_only

    @property
    def ticks(self) -> dict[str, str]:
        """The ticks as they are now."""
        return self._ticks

    @property
    def done(self) -> int:
        """How many fields were copied as they are now."""
        return self._done.total()

    def refresh(self, words: Words) -> bool:
        """Takes the proposal as it is now, in these words; whether anything can be another."""
        seen = self._seen
        if seen and seen[0] is self._session.proposal and seen[1] is words:
            return False
        self._read(words)
        return True

    def _read(self, words: Words) -> None:
        self._words = words
        session = self._session
        self._seen = (session.proposal, words)
        self.entries = transfer_ticks.to_transfer(
            session.proposal, session.call, words, self._ticks
        )
        self._all = Counter(entry.section for entry in self.entries)
        self._count()

    def state(self, entry: Entry) -> State:
        """How far a field is."""
        return transfer_ticks.state(entry, self._ticks)

    def done_of(self, section: str) -> tuple[int, int]:
        """How many fields of a section were copied, and how many it has."""
        return self._done[section], self._all[section]

    def tick(self, copied: Sequence[Entry]) -> bool:
        """Ticks fields as they are now; whether that could be."""
        return self._keep(with_ticks(self._ticks, copied), copied)

    def untick(self, fields: Sequence[Entry]) -> bool:
        """Takes the ticks of fields away; whether that could be."""
        return self._keep(without_ticks(self._ticks, fields), fields)

    def take_back(self) -> bool:
        """Gives the ticks that stood before the last act; whether there was one."""
        before, self._before = self._before, None
        if before is None or self.read_only:
            return False
        self._ticks = before
        self.write()
        self._read(self._words)
        return True

    def write(self) -> None:
        """Keeps the ticks in the draft; `trouble` says why that could not be."""
        try:
            transfer_ticks.write(self._session.draft, self._ticks)
        except SifError as error:
            self.trouble = error
        else:
            self.trouble = self.damaged = None

    def next_left(self, address: str) -> Entry | None:
        """The field that is to be copied after the one at an address, and then from the first."""
        places = [place for place, one in enumerate(self.entries) if one.address == address]
        behind = places[0] + 1 if places else 0
        return self._first(self.entries[behind:]) or self._first(self.entries[:behind])

    def _first(self, entries: Iterable[Entry]) -> Entry | None:
        return next((entry for entry in entries if self.state(entry) != "done"), None)

    def _keep(self, ticks: dict[str, str], about: Sequence[Entry]) -> bool:
        if self.read_only:
            return False
        self._before, self._ticks = self._ticks, ticks
        self.write()
        if all(entry.text for entry in about):
            self._count()
        else:  # what was emptied, and is not asked for any more
            self._read(self._words)
        return True

    def _count(self) -> None:
        self._done = Counter(entry.section for entry in self.entries if self.state(entry) == "done")
