"""The moments of a draft as rows of a list, the newest first, under the session of their work."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.app.past import Act, Past, Stint
from sif_desktop.app.past_words import PastWords, clock
from sif_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a session of work, an act of it, or the start of the history.

    `seq` is the number of the moment behind it, and `before` that of the moment before it: for a
    session of work that is the one from which it began.
    """

    kind: Literal["stint", "act", "start"]
    seq: int
    before: int
    stint: Stint | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says: two lines, the time of day of an act, and the name of its moment."""

    first: str
    second: str
    time: str = ""
    name: str = ""


class MomentsModel(QAbstractListModel):
    """The history. Words are looked for when a row is painted: a history may be long."""

    LINE = Qt.ItemDataRole.UserRole
    TOLD = Qt.ItemDataRole.UserRole + 1
    PINNED = Qt.ItemDataRole.UserRole + 2
    NOW = Qt.ItemDataRole.UserRole + 3

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.past = Past(0, (), ())
        self.lines: list[Line] = []
        self.only_named = False
        self.pinned: int | None = None
        self._told: dict[tuple[str, int], Told] = {}
        self._answers: dict[int, Callable[[Line], Any]] = {
            self.LINE: lambda line: line,
            self.TOLD: self.told,
            self.PINNED: lambda line: line.kind != "stint" and line.seq == self.pinned,
            self.NOW: lambda line: line.kind != "stint" and line.seq == self.past.last,
            Qt.ItemDataRole.DisplayRole: lambda line: self.told(line).first,
            Qt.ItemDataRole.AccessibleTextRole: lambda line: ", ".join(self._parts(line)),
            Qt.ItemDataRole.ToolTipRole: self._tip,
        }
        self.retranslate()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Sessions, acts and the start together."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says; all of it for a screen reader."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == self.LINE:
            return line
        ask = self._answers.get(role)
        return ask(line) if ask else None

    def show_past(self, past: Past) -> None:
        """Shows a history."""
        self.past = past
        self.renew()

    def renew(self) -> None:
        """Makes the rows anew, of all moments or of those with a name."""
        self.beginResetModel()
        self._told.clear()
        self.lines = list(self._lines())
        self.endResetModel()

    def retranslate(self) -> None:
        """Says everything in the language of the interface, of the proposal as it is now."""
        desk = self._desk
        self.said = PastWords.of(desk.proposal, desk.call, desk.speech.words)
        self._told.clear()
        self.paint_all()

    def paint_all(self) -> None:
        """Paints all rows anew."""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def row_of(self, line: Line | None) -> int:
        """The row of a moment, or -1; that of its act where its session is not there."""
        if line is None:
            return -1
        rows = {(one.kind, one.seq): row for row, one in enumerate(self.lines)}
        return rows.get((line.kind, line.seq), rows.get(("act", line.seq), -1))

    def told(self, line: Line) -> Told:
        """What a row says."""
        key = (line.kind, line.seq)
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = self._tell(line)
        return found

    def moment(self, seq: int) -> str:
        """What a moment is called."""
        return self.said.moment(self.past, seq)

    def _lines(self) -> Iterator[Line]:
        named = self.past.names
        for stint in reversed(self.past.stints):
            acts = [one for one in stint.acts if not self.only_named or one.seq in named]
            if acts:
                yield Line("stint", stint.last, stint.before, stint)
            for act in reversed(acts):
                yield Line("act", act.seq, act.seq - 1, stint, act)
        if not self.only_named or self.past.start in named:
            yield Line("start", self.past.start, self.past.start)

    def _tell(self, line: Line) -> Told:
        said, names = self.said, self.past.names.get(line.seq, ())
        if line.kind == "stint" and line.stint:
            about = f"{said.author(line.stint.author)} · {said.about(line.stint)}"
            return Told(said.span(line.stint), about)
        name = names[-1] if names else ""
        if line.act is None:
            key = "made" if line.seq == 0 else "begins"
            first = said.words.say(f"history.{key}")
            return Told(first[:1].upper() + first[1:], "", name=name)
        return Told(said.act(line.act), said.where(line.act), clock(line.act.at), name)

    def _tip(self, line: Line) -> str:
        """As plain text: what looks like a tag in a name is none."""
        return f"<p>{'<br>'.join(map(html.escape, self._parts(line)))}</p>"

    def _parts(self, line: Line) -> list[str]:
        """All that is known of a row."""
        told, say = self.told(line), self._desk.speech.say
        number = say("history.moment", number=line.seq) if line.kind == "act" else ""
        named = say("window.history.named", name=told.name) if told.name else ""
        now = line.kind == "act" and line.seq == self.past.last
        parts = (
            named,
            told.time,
            told.first,
            told.second,
            number,
            say("window.history.now") if now else "",
            say("window.history.pinned") if line.seq == self.pinned else "",
        )
        return [part for part in parts if part]
