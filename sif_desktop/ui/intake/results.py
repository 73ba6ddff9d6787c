"""An intake that runs or is over: how it stands, its table, what all come to, one bundle opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from sif_desktop.app.intake.listing import COLUMNS, Entry, Names
from sif_desktop.app.intake.outcome import Batch, Outcome
from sif_desktop.calls.call import Call
from sif_desktop.language import number
from sif_desktop.ui.intake.detail import Detail
from sif_desktop.ui.intake.filters import Filters
from sif_desktop.ui.intake.lists import RECURRING, REPEATED, SCREENINGS, ListPage
from sif_desktop.ui.intake.model import EntriesModel
from sif_desktop.ui.intake.overall import Overall
from sif_desktop.ui.intake.table import LongTable, keep_chosen
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

SOON = 250
"""Milliseconds in which what comes is put in the table together, at least."""

_A_MILLISECOND = 10
"""Entries for which a millisecond is added: it takes longer to put what comes in a long table."""

TABS = ("bundles", "overall", "screenings", "recurring", "repeated")

_LETTERS = {
    **{"state": 27, "file": 20, "title": 40, "coordinator": 30, "asked": 15, "theme": 16},
    **{"priority": 11, "call": 28, "partners": 9, "screening": 11, "cost": 15, "own_means": 15},
    **{"foreign_share": 12, "subcontracting_share": 16, "errors": 8, "warnings": 16},
    **{"signer": 24, "signer_of": 26, "identity": 16, "claimed": 24, "number": 14, "start": 18},
    **{"duration": 9, "replaced_by": 22, "reasons": 90},
}
"""Letters of each column."""

_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


class Results(QStackedWidget):
    """The tables in tabs, or one bundle in their place.

    `opened` gives the bundle that is asked for; `closed`: one went back to the table.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech = speech
        self._calls: dict[str, Call] = {}
        self._coming: list[Entry] = []
        self.outcome: Outcome | None = None
        self.model = EntriesModel(speech, look)
        widths = {_PLACES[name]: letters for name, letters in _LETTERS.items()}
        self.table = LongTable(self.model, widths, self.model.whole)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(_PLACES["file"], Qt.SortOrder.AscendingOrder)
        self.table.activated.connect(lambda index: self.opened.emit(self.model.shown[index.row()]))
        keep_chosen(self.table, lambda row: self.model.shown[row].row.file, self.model.place_of)
        self.filters = Filters(speech, look)
        self.filters.changed.connect(self._filter)
        self.overall = Overall(speech, look)
        self.lists = {
            "screenings": ListPage(speech, "screenings", SCREENINGS),
            "recurring": ListPage(speech, "recurring", RECURRING),
            "repeated": ListPage(speech, "repeated", REPEATED),
        }
        self.lists["screenings"].opened.connect(lambda one: self._open_file(one.file))
        self.lists["repeated"].opened.connect(
            lambda one: self._open_file(one.newest or next(iter(one.strangers), ""))
        )
        self.lists["recurring"].opened.connect(lambda one: self.look_for(one.number))
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.pages = QStackedWidget()
        for page in (self._bundles(), self.overall, *self.lists.values()):
            self.tabs.addTab("")
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.detail = Detail(speech, look)
        self.detail.closed.connect(self.close_detail)
        self.detail.moved.connect(self._move)
        self.tables = self._tables()
        self.addWidget(self.tables)
        self.addWidget(self.detail)
        self._spread = QTimer(self, singleShot=True, interval=0)
        self._spread.timeout.connect(self._spread_reasons)
        for signal in (self.model.modelReset, self.model.layoutChanged, self.model.rowsInserted):
            signal.connect(lambda *_: self._spread.start())
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._take_in)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find)
        look.changed.connect(self.tint)

    # -- what is shown ----------------------------------------------------------------------

    @property
    def names(self) -> Names:
        """What values are called now."""
        return self.model.names

    def begin(self) -> None:
        """A new intake: nothing is there yet."""
        self._coming.clear()
        self._calls = {}
        self.outcome = None
        self.close_detail()
        self.tabs.setCurrentIndex(0)
        self.model.use((), self._new_names())
        self.filters.clear()
        self._tell()

    def add(self, batch: Batch) -> None:
        """Entries that came; they are shown before long, together with what comes after."""
        self._coming += batch.entries
        self._calls.update(batch.calls)
        if not self._soon.isActive():
            self._soon.start(max(SOON, len(self.model.entries) // _A_MILLISECOND))

    def settle(self) -> None:
        """Shows at once what came."""
        if self._soon.isActive():
            self._soon.stop()
            self._take_in()

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows an intake that is over; it replaces all that came while it ran."""
        self._soon.stop()
        self._coming.clear()
        self.outcome = outcome
        self._calls |= outcome.calls
        self.model.use(outcome.entries, self._new_names())
        self.overall.show_overview(outcome.overview)
        for key in self.lists:
            self.lists[key].use(getattr(outcome, key))
        self._tell()

    def look_for(self, text: str) -> None:
        """Shows the bundles that a search finds."""
        self.close_detail()
        self.tabs.setCurrentIndex(0)
        self.filters.look_for(text)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_detail(self, one: Entry) -> None:
        """Puts one bundle in the place of the tables."""
        outcome = self.model.place_of(one.row.file)
        self.table.setCurrentIndex(self.model.index(outcome, 0))
        self.setCurrentWidget(self.detail)
        self.detail.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_detail(self) -> None:
        """Back to the tables, with the focus where it was."""
        if self.currentWidget() is self.detail:
            self.setCurrentWidget(self.tables)
            if self.tabs.currentIndex() == 0:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()

    def neighbours(self, one: Entry) -> tuple[bool, bool]:
        """Whether the table has a bundle before an entry, and one after it."""
        place = self.model.place_of(one.row.file)
        return place > 0, 0 <= place < len(self.model.shown) - 1

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        names = self._new_names()
        self.model.use(self.model.entries, names)
        self.table.setAccessibleName(self._speech.say("window.intake.tab.bundles"))
        self.filters.retranslate()
        self.overall.refresh()
        for page in self.lists.values():
            page.retranslate()
        self.detail.use_names(names)
        self._tell()

    def tint(self) -> None:
        """Icons and colours are others."""
        self.model.tint()
        self.detail.refresh()

    # -- how it goes ------------------------------------------------------------------------

    def _bundles(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, gap(1.5), 0, 0)
        layout.setSpacing(gap(1))
        layout.addWidget(self.filters)
        layout.addWidget(self.table, 1)
        return page

    def _tables(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.pages, 1)
        return page

    def _spread_reasons(self) -> None:
        """A bundle without a title has its reason written across the cells that it leaves empty."""
        first, last = (_PLACES[name] for name in ("title", "call"))
        self.table.clearSpans()
        for row, one in enumerate(self.model.shown):
            if one.faulty:
                self.table.setSpan(row, first, 1, last - first + 1)

    def _new_names(self) -> Names:
        return Names(self._speech.words, self._calls)

    def _take_in(self) -> None:
        coming, self._coming = self._coming, []
        self.model.add(coming, self._new_names())
        self._tell()

    def _filter(self) -> None:
        self.model.use_filter(self.filters.wanted)
        self._tell_count()

    def _tell(self) -> None:
        """Tabs, filters and counts as they are now."""
        say, outcome = self._speech.say, self.outcome
        self.filters.refresh(self.model.entries, self.names)
        counts = {"bundles": len(self.model.entries)}
        if outcome:
            counts |= {key: len(getattr(outcome, key)) for key in self.lists}
        for place, key in enumerate(TABS):
            text = say(f"window.intake.tab.{key}")
            if key in counts:
                text = f"{text} ({number(counts[key], self._speech.language)})"
            self.tabs.setTabText(place, text)
            self.tabs.setTabEnabled(place, place == 0 or outcome is not None)
        self._tell_count()

    def _tell_count(self) -> None:
        shown, whole = len(self.model.shown), len(self.model.entries)
        self.filters.tell(shown, whole)
        key = "none_found" if whole else "none_yet" if self.outcome is None else "none_there"
        self.table.hint = self._speech.say(f"window.intake.{key}")
        self.table.viewport().update()

    def _find(self) -> None:
        self.close_detail()
        self.tabs.setCurrentIndex(0)
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def _open_file(self, file: str) -> None:
        found = next((one for one in self.model.entries if one.row.file == file), None)
        if found:
            self.opened.emit(found)

    def _move(self, way: int) -> None:
        one = self.detail.one
        place = self.model.place_of(one.row.file) + way if one else -1
        if 0 <= place < len(self.model.shown):
            self.opened.emit(self.model.shown[place])
