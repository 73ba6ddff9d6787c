"""What differs, to be read: section by section, written a piece at a time however much it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor

from sif_desktop.teamwork.compare import Difference
from sif_desktop.teamwork.telling import move
from sif_desktop.teamwork.word_marks import Mark
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.team.marked import Reader

MOST = 2_000
"""Differences that are written out; of more the number is told."""

_PIECE = 25
_LONGEST = 20_000
_AROUND = 90
_DETAIL = 200


class DifferencesText(Reader):
    """The differences of a comparison. What is removed is struck through, what is new underlined.

    `written` tells that all of it stands there.
    """

    written = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.setUndoRedoEnabled(False)
        self._left: Sequence[Difference] = ()
        self._at = 0
        self._shown: Sequence[Difference] = ()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        desk.tinted.connect(lambda: self.show_differences(self._shown))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It takes what room there is, and does with a few lines where there is little."""
        return QSize(gap(20), gap(18))

    @property
    def busy(self) -> bool:
        """Whether more is to be written."""
        return self._timer.isActive()

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Writes differences; the first of them stand there at once."""
        self._shown, self._left, self._at = differences, differences[:MOST], 0
        self._timer.stop()
        self.begin()
        self._go_on()

    def _go_on(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for place in range(self._at, min(self._at + _PIECE, len(self._left))):
            self._write_one(cursor, place)
        self._at += _PIECE
        whole = self._at >= len(self._left)
        if whole and len(self._shown) > len(self._left):
            more = len(self._shown) - len(self._left)
            self._block(cursor, above=2)
            self.write(cursor, self.desk.speech.say("window.history.more", count=more), "name")
        cursor.endEditBlock()
        if whole:
            self.written.emit()
        else:
            self._timer.start()

    def _write_one(self, cursor: QTextCursor, place: int) -> None:
        one = self._left[place]
        if place == 0 or self._left[place - 1].section != one.section:
            self._block(cursor, above=2.5 if place else 0)
            self.write(cursor, one.section, "head")
        words = self.desk.speech.words
        self._block(cursor, above=1)
        if one.kind == "moved":
            self.write(cursor, move(one, words))
        elif one.kind == "changed":
            self.write(cursor, one.place, "name")
            self._block(cursor, inwards=1.5)
            self._write_change(cursor, one)
        else:
            self.write(cursor, words.say(f"compare.{one.kind}", place=one.place), "name")
            for label, value in one.details:
                self._block(cursor, inwards=1.5)
                self.write(cursor, words.say("window.history.pair", name=label), "quiet")
                self.write(cursor, " ")
                self.write(cursor, _short(value), "in" if one.kind == "added" else "out")

    def _write_change(self, cursor: QTextCursor, one: Difference) -> None:
        if one.marks:
            self._write_marks(cursor, one.marks)
            return
        empty = self.desk.speech.say("compare.empty")
        self.write(cursor, one.old[:_LONGEST] or empty, "out" if one.old else "quiet")
        self.write(cursor, " → ")
        self.write(cursor, one.new[:_LONGEST] or empty, "in" if one.new else "quiet")

    def _write_marks(self, cursor: QTextCursor, marks: Sequence[Mark]) -> None:
        out = ""
        for mark in marks:
            if mark.kind == "in" and out and not out[-1].isspace():
                self.write(cursor, " ")  # the old word and the new one are not one
            out = mark.text if mark.kind == "out" else ""
            if mark.kind == "same":
                self.write(cursor, _around(mark.text))
            else:
                self.write(cursor, mark.text[:_LONGEST], mark.kind)

    def _block(self, cursor: QTextCursor, above: float = 0, inwards: float = 0) -> None:
        """Begins a paragraph."""
        form = QTextBlockFormat()
        form.setTopMargin(gap(above))
        form.setLeftMargin(gap(inwards))
        if cursor.position():
            cursor.insertBlock(form)
        else:
            cursor.setBlockFormat(form)


def _short(text: str) -> str:
    flat = " ".join(text[:1000].split())
    return flat if len(flat) <= _DETAIL else f"{flat[: _DETAIL - 1]}…"


def _around(text: str) -> str:
    """The beginning and the end of a passage that stayed, cut between words."""
    if len(text) <= 2 * _AROUND + 5:
        return text
    head, _, _ = text[:_AROUND].rpartition(" ")
    _, _, tail = text[-_AROUND:].partition(" ")
    return f"{head or text[:_AROUND]} … {tail or text[-_AROUND:]}"
