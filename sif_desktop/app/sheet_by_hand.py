"""Telling by hand how a partner's own spreadsheet is to be read: its columns, and its words.

What is told becomes a `Rename`, the mapping that an import reads by and that is remembered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sif_desktop.app import sheet
from sif_desktop.calls.call import Call
from sif_desktop.language import Words
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.cells import Cell, Grid, letters
from sif_desktop.sheets.changes import Changes
from sif_desktop.sheets.choices import labels, meanings
from sif_desktop.sheets.columns import AMOUNTS, CHOSEN, columns_of, fold, known_headings
from sif_desktop.sheets.mapping import Rename
from sif_desktop.sheets.read import Workbook
from sif_desktop.sheets.tables import find_table, key_of, rows_near_top

SAMPLES = 3
"""Different values of a column that are shown."""

MOST_WORDS = 40
"""Words that are not known here and are asked for."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A column of the other spreadsheet: its letters, its heading, and some of its values."""

    letters: str
    heading: str
    samples: tuple[str, ...]


@dataclass
class ByHand:
    """A mapping that is being told. `chosen` leads from a column of ours to a folded heading of
    theirs; `words` from a folded word, by column, to an id: "" is what empty cells stand for.

    `known` is whether it began with what was remembered.
    """

    proposal: Proposal
    call: Call
    book: Workbook
    sheet: str = ""
    row: int = 0
    chosen: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    known: bool = False

    def __post_init__(self) -> None:
        kept = sheet.remembered(self.book)
        self.known = bool(kept)
        key_place = self._place_of(kept) if kept else None
        self.sheet, self.row = key_place or self._likely_place()
        self._begin(kept)

    # -- what can be chosen -----------------------------------------------------------------

    @property
    def asked(self) -> tuple[str, ...]:
        """Our columns."""
        return columns_of(self.call)

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets with something in them that could be headings."""
        return tuple(one.name for one in self.book.visible if any(self._rows(one)))

    @property
    def rows(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The rows of the sheet that can be that of the headings, with their texts."""
        return tuple(self._rows(self._grid)) if self._grid else ()

    @property
    def theirs(self) -> tuple[Theirs, ...]:
        """The columns beneath the headings. One without a heading cannot be told."""
        grid = self._grid
        if grid is None:
            return ()
        return tuple(
            Theirs(letters(place), " ".join(cell.text.split()), tuple(self._samples(grid, place)))
            for place, cell in sorted(grid.rows.get(self.row, {}).items())
            if _is_heading(cell)
        )

    def options(self, column: str, words: Words) -> tuple[tuple[str, str], ...]:
        """What a column of ours can hold, by id, with its name; for columns with a list."""
        known = labels(self.proposal, self.call, self.call.words(words.language))
        return tuple(known[column].items()) if column in CHOSEN else ()

    @property
    def key(self) -> tuple[str, ...]:
        """The headings, by which the mapping is remembered."""
        grid = self._grid
        return key_of(grid.rows.get(self.row, {})) if grid else ()

    @property
    def is_enough(self) -> bool:
        """Whether a budget can be read: a column of amounts and another one."""
        return len(self.chosen) > 1 and bool(self.chosen.keys() & set(AMOUNTS))

    @property
    def twice(self) -> str:
        """The heading of a column of theirs that was chosen for several of ours; "" without one.
        Nothing can be read then."""
        counted = Counter(self.chosen.values())
        named = (one.heading for one in self.theirs if counted[fold(one.heading)] > 1)
        return next(named, "")

    # -- choosing ---------------------------------------------------------------------------

    def use_sheet(self, name: str) -> None:
        """Reads another sheet, from the row in which its headings are likely to stand."""
        if name != self.sheet and name in self.sheets:
            self.sheet, self.row = name, 0
            grid = self._grid
            self.row = self._likely_row(grid) if grid else 0
            self._begin(Rename())

    def use_row(self, number: int) -> None:
        """Takes another row for that of the headings."""
        if number != self.row:
            self.row = number
            self._begin(Rename())

    def choose(self, column: str, heading: str) -> None:
        """Reads a column of ours from one of theirs, "" for none.

        Another one that is read from it stays so: whoever goes through a list by keys passes by
        what is taken. See `twice`.
        """
        if fold(heading):
            self.chosen[column] = fold(heading)
        else:
            self.chosen.pop(column, None)

    def mean(self, column: str, word: str, value: str) -> None:
        """Takes a word in one of their columns for an id of ours; the empty word for empty cells.

        An empty `value` takes that back.
        """
        known = self.words.setdefault(column, {})
        if value:
            known[fold(word)] = value
        else:
            known.pop(fold(word), None)

    def forget(self) -> None:
        """Begins anew, and remembers nothing of these headings."""
        sheet.forget(self.key)
        self.known, self.words = False, {}
        self._begin(Rename())

    @property
    def rename(self) -> Rename:
        """The mapping as it is told now."""
        headings = {title: ours for ours, title in self.chosen.items()}
        known = known_headings(self.call)
        for one in self.theirs:  # a heading that is ours by name, and was put aside by hand
            title = fold(one.heading)
            if title in known and title not in headings:
                headings[title] = ""
        words = {
            column: {word: self._word_for(column, value) for word, value in told.items()}
            for column, told in self.words.items()
            if told
        }
        return Rename(headings, words, (self.sheet, self.row))

    def keep(self) -> None:
        """Remembers the mapping, where it tells anything that would not be read by itself."""
        known = known_headings(self.call)
        by_itself = {
            known[title]: title for one in self.theirs if (title := fold(one.heading)) in known
        }
        plain = {ours: by_itself[ours] for ours in self.asked if ours in by_itself} == self.chosen
        place = (self.sheet, self.row) == self._likely_place()
        if not (plain and place) or any(self.words.values()):
            sheet.remember(self.key, self.rename)

    def unknown(self, found: Changes, rename: Rename) -> list[tuple[str, str]]:
        """The words that mean nothing here, each with its column, as they were typed; `found` is
        what was read by `rename`."""
        missing = {(one.row, one.column) for one in found.unreadable if one.reason == "not_in_list"}
        if not missing:
            return []
        table = find_table(self.book, self.call, rename)
        seen: dict[tuple[str, str], str] = {}
        for row in table.rows:
            for column, cell in row.cells.items():
                if (row.number, column) in missing:
                    seen.setdefault((column, fold(cell.shown)), cell.shown)
        return [(column, text) for (column, _), text in seen.items()]

    # -- behind it --------------------------------------------------------------------------

    @property
    def _grid(self) -> Grid | None:
        return next((one for one in self.book.visible if one.name == self.sheet), None)

    def _rows(self, grid: Grid) -> Iterator[tuple[int, tuple[str, ...]]]:
        for number in rows_near_top(grid):
            cells = grid.rows[number]
            texts = (" ".join(cells[at].text.split()) for at in sorted(cells) if cells[at].text)
            if any(map(_is_heading, cells.values())):
                yield number, tuple(text for text in texts if text)

    def _samples(self, grid: Grid, place: int) -> Iterator[str]:
        seen: set[str] = set()
        for number in sorted(grid.rows):
            cell = grid.rows[number].get(place)
            text = " ".join(cell.shown.split()) if cell else ""
            if number > self.row and text and text not in seen:
                seen.add(text)
                yield text
                if len(seen) == SAMPLES:
                    return

    def _place_of(self, kept: Rename) -> tuple[str, int] | None:
        """Where the headings stand that a remembered mapping is for."""
        if kept.place:
            return kept.place
        for grid in self.book.visible:
            for number in rows_near_top(grid):
                titles = {fold(cell.text) for cell in grid.rows[number].values()}
                if kept.headings and kept.headings.keys() <= titles:
                    return grid.name, number
        return None

    def _likely_place(self) -> tuple[str, int]:
        """The sheet and row with the most headings of ours, else with the most texts."""
        found = [
            (*self._likeliness(grid, number), -place, -number)
            for place, grid in enumerate(self.book.visible)
            for number, _ in self._rows(grid)
        ]
        if not found:
            return "", 0
        *_, place, number = max(found)
        return self.book.visible[-place].name, -number

    def _likely_row(self, grid: Grid) -> int:
        found = [(*self._likeliness(grid, number), -number) for number, _ in self._rows(grid)]
        return -max(found)[-1] if found else 0

    def _likeliness(self, grid: Grid, number: int) -> tuple[int, int]:
        known = known_headings(self.call)
        titles = [fold(cell.text) for cell in grid.rows[number].values() if _is_heading(cell)]
        return len({known[one] for one in titles if one in known}), len(titles)

    def _begin(self, kept: Rename) -> None:
        """The choices as they were remembered, else by the headings that are ours."""
        known = {**known_headings(self.call), **kept.headings}
        self.chosen = {}
        for one in self.theirs:
            title = fold(one.heading)
            ours = known.get(title, "")
            by_hand = title in kept.headings
            if ours in self.asked and (by_hand or ours not in self.chosen):
                self.chosen[ours] = title
        if kept:
            means = meanings(self.proposal, self.call)
            self.words = {
                column: {
                    word: means[column][fold(told)]
                    for word, told in said.items()
                    if fold(told) in means[column]
                }
                for column, said in kept.words.items()
                if column in means
            }

    def _word_for(self, column: str, value: str) -> str:
        """A word for an id that holds in other proposals too, where there is one."""
        if column == "partner":
            partner = next((one for one in self.proposal.partners if one.id == value), None)
            known = meanings(self.proposal, self.call)[column]
            for name in (partner.short_name, partner.name) if partner else ():
                if known.get(fold(name)) == value:
                    return name
        return value


def _is_heading(cell: Cell) -> bool:
    return cell.kind == "text" and bool(cell.text.strip())
