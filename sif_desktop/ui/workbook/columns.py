"""Our columns, each with the one of theirs that it is read from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from sif_desktop.app.sheet_by_hand import ByHand, Theirs
from sif_desktop.sheets.columns import CHOSEN, fold, heading
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.workbook.choice import Choice
from sif_desktop.ui.workbook.said import shown_name

_LONGEST = 28
_SEPARATOR = " · "


class ColumnRow:
    """One of our columns: which of theirs, some of its values, and what empty cells stand for."""

    def __init__(self, desk: Desk, column: str, grid: QGridLayout, at: int) -> None:
        self._desk, self.column = desk, column
        self.name, self.samples = QLabel(wordWrap=True), QLabel(wordWrap=True)
        for label in (self.name, self.samples):
            label.setTextFormat(Qt.TextFormat.PlainText)
        role(self.name, "label")
        role(self.samples, "small")
        self.theirs = Choice()
        self.name.setBuddy(self.theirs)
        self.empty = Choice() if column in CHOSEN else None
        rule = QFrame()
        role(rule, "rule")
        grid.addWidget(rule, at, 0, 1, 3)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, at + 1, 0)
        grid.addWidget(self.theirs, at + 1, 1)
        grid.addWidget(self.samples, at + 2, 1, top)
        if self.empty:
            grid.addWidget(self.empty, at + 1, 2)

    def show(self, hand: ByHand) -> None:
        """Shows what is chosen, and what can be."""
        say, words = self._desk.speech.say, self._desk.speech.words
        name = heading(hand.call, self.column, hand.call.words(words.language))
        self.name.setText(name.replace("&", "&&"))  # a letter behind one would be a key
        theirs = {fold(one.heading): one for one in hand.theirs}
        offered = [("", say("window.sheet.hand.no_column"))]
        offered += [(title, _named(one)) for title, one in theirs.items()]
        chosen = hand.chosen.get(self.column, "")
        self.theirs.offer(offered, chosen)
        self.theirs.setAccessibleName(say("window.sheet.hand.column_of", column=name))
        samples = theirs[chosen].samples if chosen in theirs else ()
        told = _SEPARATOR.join(_short(one) for one in samples)
        self.samples.setText(shown_name(told, len(told)))
        self.samples.setVisible(bool(told))
        self.theirs.setAccessibleDescription(told)
        if self.empty:
            none = "empty_stays" if chosen else "always_none"
            always = "empty_is" if chosen else "always"
            options = hand.options(self.column, words)
            named = [(key, say(f"window.sheet.hand.{always}", value=said)) for key, said in options]
            held = hand.words.get(self.column, {}).get("", "")
            self.empty.offer([("", say(f"window.sheet.hand.{none}")), *named], held)
            self.empty.setAccessibleName(say("window.sheet.hand.empty_of", column=name))


class Columns(QWidget):
    """All our columns. `chosen` gives one and a heading, `emptied` one and what empty means."""

    chosen = Signal(str, str)
    emptied = Signal(str, str)

    def __init__(self, desk: Desk, asked: tuple[str, ...]) -> None:
        super().__init__()
        self._desk = desk
        self.heads = {"theirs": QLabel(wordWrap=True), "where_empty": QLabel(wordWrap=True)}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(1))
        grid.setVerticalSpacing(gap(0.5))
        for place, share in ((0, 4), (1, 6), (2, 9)):
            grid.setColumnStretch(place, share)
        for place, head in enumerate(self.heads.values(), 1):
            role(head, "small")
            grid.addWidget(head, 0, place)
        self.rows = {
            column: ColumnRow(desk, column, grid, place * 3 + 1)
            for place, column in enumerate(asked)
        }
        for column, row in self.rows.items():
            row.theirs.picked.connect(lambda title, c=column: self.chosen.emit(c, title))
            if row.empty:
                row.empty.picked.connect(lambda value, c=column: self.emptied.emit(c, value))

    def show_hand(self, hand: ByHand) -> None:
        """Shows what is told by hand."""
        for key, head in self.heads.items():
            head.setText(self._desk.speech.say(f"window.sheet.hand.{key}"))
        for row in self.rows.values():
            row.show(hand)


class Words(QWidget):
    """Words of theirs that mean nothing here, each with what it is to mean. `meant` tells that."""

    meant = Signal(str, str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: list[tuple[str, str]] = []
        self.boxes: dict[tuple[str, str], Choice] = {}
        self._names: dict[tuple[str, str], QLabel] = {}
        self.title, self.about = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "label")
        role(self.about, "small")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(gap(1.5))
        self._grid.setVerticalSpacing(gap(0.75))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap(1), 0, 0)
        layout.setSpacing(gap(0.5))
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(self._grid)

    @property
    def first_open(self) -> Choice | None:
        """The box of the first word without a meaning."""
        return next((box for box in self.boxes.values() if not box.value), None)

    def show_words(self, hand: ByHand, words: list[tuple[str, str]], more: int) -> bool:
        """Shows words with their columns; `more` are not shown. Whether there are others now."""
        say, said = self._desk.speech.say, self._desk.speech.words
        others = words != self._shown
        if others:
            self._make(words)
        self.title.setText(say("window.sheet.hand.words"))
        key = "words_more" if more else "words_about"
        self.about.setText(say(f"window.sheet.hand.{key}", count=more))
        for (column, word), box in self.boxes.items():
            name = heading(hand.call, column, hand.call.words(said.language))
            told = say("window.sheet.hand.word", word=_short(word), column=name)
            self._names[column, word].setText(shown_name(told, len(told)).replace("&", "&&"))
            box.setAccessibleName(told)
            held = hand.words.get(column, {}).get(fold(word), "")
            options = hand.options(column, said)
            box.offer([("", say("window.sheet.hand.word_none")), *options], held)
        self.setVisible(bool(words))
        return others

    def _make(self, words: list[tuple[str, str]]) -> None:
        clear(self._grid)
        self._shown = list(words)
        self.boxes, self._names = {}, {}
        for place, (column, word) in enumerate(words):
            label, box = QLabel(wordWrap=True), Choice()
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(box)
            box.picked.connect(lambda value, c=column, w=word: self.meant.emit(c, w, value))
            self._grid.addWidget(label, place, 0)
            self._grid.addWidget(box, place, 1)
            self.boxes[column, word], self._names[column, word] = box, label


def _named(one: Theirs) -> str:
    return f"{one.letters}: {_short(one.heading)}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
