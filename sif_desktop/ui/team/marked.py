"""Texts to read, with the words that differ marked: by a line beneath or through, and a ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from sif_desktop.teamwork.compare import Difference
from sif_desktop.teamwork.word_marks import Mark
from sif_desktop.ui.desk import Desk

LONGEST = 30_000
"""Characters of a text up to which it is shown whole; of a longer one what differs."""

MOST_LINES = 1_500
"""Differences that are written out; of more the number is told."""

_AROUND = 300
_LONG = 80

Form = Literal["plain", "only", "out", "in", "head", "name", "quiet"]


class Reader(QTextEdit):
    """A text that can be read, chosen and copied. Tab leads on; it scrolls what is around it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def begin(self) -> QTextCursor:
        """Takes out what was shown, and gives where to write."""
        self.clear()
        return QTextCursor(self.document())

    def write(self, cursor: QTextCursor, text: str, form: Form = "plain") -> None:
        """Writes a text in a form."""
        cursor.insertText(text, self._form(form))

    def _form(self, form: Form) -> QTextCharFormat:
        found, look = QTextCharFormat(), self._desk.look
        found.setForeground(look.colour("text"))
        if form in ("only", "in"):
            found.setFontUnderline(True)
            found.setBackground(look.colour("accent_soft" if form == "only" else "good_soft"))
        elif form == "out":
            found.setFontStrikeOut(True)
            found.setBackground(look.colour("error_soft"))
        elif form in ("head", "name"):
            found.setFontWeight(QFont.Weight.DemiBold)
            found.setForeground(look.colour("accent" if form == "head" else "text"))
        elif form == "quiet":
            found.setForeground(look.colour("muted"))
        return found


class SideText(Reader):
    """What one side has, as high as it is: two of them beside one another scroll together."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())

    def show_side(self, text: str, marks: Sequence[Mark], only: Literal["out", "in"]) -> bool:
        """Shows a text, of which `marks` tell what the other side has not; whether it was cut."""
        cut = len(text) > LONGEST
        cursor = self.begin()
        if not marks:
            self.write(cursor, f"{text[:LONGEST]} …" if cut else text)
        for mark in marks:
            if mark.kind == "same":
                self.write(cursor, _around(mark.text, _AROUND) if cut else mark.text)
            elif mark.kind == only:
                shown = mark.text if len(mark.text) <= LONGEST else f"{mark.text[:LONGEST]} …"
                self.write(cursor, shown, "only")
        self._grow()
        return cut

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls what is around it."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that scroll are for what is around it."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lines break elsewhere now."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another type has lines of another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """No wider than there is room."""
        return QSize(100, self.height())

    def _grow(self) -> None:
        high = round(self.document().size().height()) + 2 * self.frameWidth() + 8
        if high != self.height() or self.minimumHeight() != high:
            self.setFixedHeight(high)


def write_differences(reader: Reader, differences: Sequence[Difference], desk: Desk) -> None:
    """Writes differences section by section, as a person reads them."""
    say, cursor, section = desk.speech.say, reader.begin(), ""
    cursor.beginEditBlock()
    for one in differences[:MOST_LINES]:
        if one.section != section:
            section = one.section
            reader.write(cursor, f"\n{section}\n" if cursor.position() else f"{section}\n", "head")
        _write(reader, cursor, one, desk)
    if len(differences) > MOST_LINES:
        more = say("window.team.merge.taken_more", count=len(differences) - MOST_LINES)
        reader.write(cursor, f"\n{more}", "name")
    if not differences:
        reader.write(cursor, say("window.team.merge.nothing"))
    cursor.endEditBlock()
    reader.moveCursor(QTextCursor.MoveOperation.Start)


def _write(reader: Reader, cursor: QTextCursor, one: Difference, desk: Desk) -> None:
    say, write = desk.speech.say, reader.write
    if one.kind == "moved":
        write(cursor, say("compare.moved", place=one.place, old=one.old, new=one.new) + "\n")
    elif one.kind != "changed":
        write(cursor, say(f"compare.{one.kind}", place=one.place) + "\n", "name")
        for label, value in one.details:
            said = say("window.team.pair", name=label, value=_short(value))
            write(cursor, f"    {said}\n", "quiet")
    else:
        write(cursor, say("window.team.pair", name=one.place, value=""), "name")
        _write_change(reader, cursor, one, say("compare.empty"))
        write(cursor, "\n")


def _write_change(reader: Reader, cursor: QTextCursor, one: Difference, empty: str) -> None:
    if one.marks:
        _write_marks(reader, cursor, one.marks)
        return
    reader.write(cursor, one.old or empty, "out" if one.old else "quiet")
    reader.write(cursor, " → ")
    reader.write(cursor, one.new or empty, "in" if one.new else "quiet")


def _write_marks(reader: Reader, cursor: QTextCursor, marks: Iterable[Mark]) -> None:
    for mark in marks:
        if mark.kind == "same":
            text = mark.text
            reader.write(cursor, _around(text, _LONG))
        else:
            reader.write(cursor, mark.text[:LONGEST], mark.kind)


def _short(text: str) -> str:
    flat = " ".join(text[:1000].split())
    return flat if len(flat) <= 2 * _LONG else f"{flat[: 2 * _LONG - 1]}…"


def _around(text: str, most: int) -> str:
    """The beginning and the end of a text, cut between words."""
    if len(text) <= 2 * most + 5:
        return text
    head, _, _ = text[:most].rpartition(" ")
    _, _, tail = text[-most:].partition(" ")
    return f"{head or text[:most]} … {tail or text[-most:]}"
