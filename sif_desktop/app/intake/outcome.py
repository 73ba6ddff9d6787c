"""What a window keeps of an intake: the entries as they come, then what all of them come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sif_desktop.app.intake.across import (
    Overview,
    Recurring,
    Repeated,
    Screening,
    overview,
    recurring,
    repeated,
    screenings,
)
from sif_desktop.app.intake.desk import Given, Held, held, take_in
from sif_desktop.app.intake.ledger import NAME, Ledger, open_ledger
from sif_desktop.app.intake.listing import Entry, entry
from sif_desktop.app.intake.row import from_text
from sif_desktop.app.intake.running import Rows, Stoppable
from sif_desktop.app.work import UNWATCHED, StoppedError, Work
from sif_desktop.calls.call import Call
from sif_desktop.errors import FileError, SifError
from sif_desktop.language import Words


@dataclass(frozen=True)
class Outcome:
    """An intake that came to its end. `entries` are by the name of the file."""

    given: Given
    overview: Overview
    entries: tuple[Entry, ...]
    recurring: tuple[Recurring, ...]
    screenings: tuple[Screening, ...]
    repeated: tuple[Repeated, ...]

    @property
    def calls(self) -> dict[str, Call]:
        """The calls of bundles that count."""
        return {one.call.id: one.call for one in self.overview.calls}


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that came while the intake runs, and those of their calls that are new."""

    entries: tuple[Entry, ...]
    calls: dict[str, Call]


@dataclass
class Intake:
    """One intake beside a window: `judge` in a thread of its own, `stop` from any other.

    `came` is called in that thread with what was judged, also before this run.
    """

    given: Given
    came: Callable[[Batch], None] = lambda batch: None
    workers: Stoppable = field(default_factory=Stoppable)
    _calls: dict[str, Call | None] = field(default_factory=dict, init=False)

    def judge(self, work: Work = UNWATCHED) -> Outcome:
        """Takes all bundles in. Raises as `take_in`, and StoppedError once it was stopped."""
        looked = 0

        def passing() -> None:
            nonlocal looked
            looked += 1
            self.workers.check()
            work.at("looking", looked)

        def tell(done: int, whole: int) -> None:
            self.workers.check()
            work.at("judging", done, whole)

        def kept(rows: Rows) -> None:
            self.came(self._batch(rows))

        for ledger, found in take_in(
            self.given,
            make=self.workers.make,
            tell=tell,
            kept=kept,
            passing=passing,
        ):
            return _outcome(self.given, ledger, found)
        raise StoppedError  # pragma: no cover - the round above is always gone through

    def stop(self) -> None:
        """Ends the processes at once. What is written down stays, and the next one goes on."""
        self.workers.stop()

    def _batch(self, rows: Rows) -> Batch:
        entries = tuple(entry(from_text(text)) for _, text in rows)
        before = set(self._calls)
        for one in entries:
            if one.row.call not in self._calls:
                self._calls[one.row.call] = _known(one.row.call)
        calls = {name: call for name, call in self._calls.items() if call and name not in before}
        return Batch(entries, calls)


def _known(call_id: str) -> Call | None:
    from sif_desktop.calls.folder import find
    from sif_desktop.rules.audit import usable

    try:
        return usable(find(call_id)) if call_id else None
    except SifError:
        return None


def _outcome(given: Given, ledger: Ledger, found: Overview) -> Outcome:
    return Outcome(
        given,
        found,
        tuple(entry(row, other) for row, other in ledger.rows()),
        tuple(recurring(ledger)),
        tuple(screenings(ledger)),
        tuple(repeated(ledger)),
    )


def write_results(given: Given, words: Words) -> list[Path]:
    """Writes workbook, CSV, JSON and report of an intake that was judged, as the command does.

    Raises FileError, also where its ledger is no longer there.
    """
    from sif_desktop.app.intake.outputs import write_all

    if not (given.out / NAME).is_file():
        raise FileError("intake_gone", file=str(given.out))
    with open_ledger(given.out) as ledger:
        return write_all(given.out, ledger, overview(ledger, given.folder), words)


# ------------------------------------------------------------------------------------ places
def suggested(folder: Path, ending: str) -> Path:
    """A folder for the results beside that of the bundles: new, empty, or of an earlier intake."""
    name = f"{folder.name or 'sif'}{ending}"
    first = folder.parent / name
    for place in (first, *(folder.parent / f"{name}-{number}" for number in range(2, 100))):
        if looks(place) in ("nothing", "earlier"):
            return place
    return first


def looks(out: Path) -> Held | None:
    """What a folder holds, as `held`; None where it cannot be looked into."""
    try:
        return held(out)
    except OSError:
        return None


def bundle_of(given: Given, one: Entry) -> Path:
    """The file of an entry."""
    return given.folder / one.row.file


def themes(entries: Iterable[Entry], call: str = "") -> list[tuple[str, str]]:
    """The themes that occur, each with a call that has it; of one call, or of all."""
    found: dict[str, str] = {}
    for one in entries:
        if one.row.theme and call in ("", one.row.call):
            found.setdefault(one.row.theme, one.row.call)
    return sorted(found.items())
