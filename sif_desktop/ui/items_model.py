"""The items of a list as a Qt model: what each is called, what is told of it, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sif_desktop.app.item_states import ItemState, ItemStates
from sif_desktop.calls.call import Section
from sif_desktop.ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Told:
    """What a list tells of an item: its name, and facts with the weightiest first.

    A `badge` of a few signs stands before it, or else an icon.
    """

    title: str
    facts: tuple[str, ...] = ()
    icon: str = ""
    badge: str = ""


class ItemsModel(QAbstractListModel):
    """The items of a list of the proposal in their order, such as its partners.

    `tell` says what is told of an item at a place; where that takes more than the item, `also`
    gives the parts of the proposal that it reads. Rows come, go and move one by one, and only rows
    that tell something else are painted anew, so that a view keeps what is chosen.
    """

    TOLD = Qt.ItemDataRole.UserRole
    STATE = Qt.ItemDataRole.UserRole + 1
    WORDS = Qt.ItemDataRole.UserRole + 2

    def __init__(
        self,
        desk: Desk,
        section: Section,
        list_at: str,
        tell: Callable[[Any, int], Told],
        also: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._list_at = list_at
        self._tell, self._also = tell, also
        self._counting = ItemStates(section, list_at)
        self._items: list[Any] = []
        self._told: list[Told] = []
        self._read: dict[str, tuple[Any, int, object]] = {}
        self._states: Mapping[str, ItemState] = {}
        desk.tinted.connect(self._paint_all)
        self.sync()
        self.check()

    @property
    def keys(self) -> list[str]:
        """The ids of the items, in order."""
        return [item.id for item in self._items]

    def place_of(self, key: str) -> int:
        """The place of an item, or -1."""
        return next((place for place, item in enumerate(self._items) if item.id == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """As many as there are items."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of an item; name, facts and state together for a screen reader."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        told = self._told[index.row()]
        if role == self.TOLD:
            return told
        if role == self.STATE:
            return self._state(index.row())
        words = self._words(index.row())
        parts = (told.badge, told.title, *told.facts, words)
        return {
            Qt.ItemDataRole.DisplayRole: told.title,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(part for part in parts if part),
            Qt.ItemDataRole.ToolTipRole: "\n".join(part for part in parts[1:] if part),
            self.WORDS: words,
        }.get(role)

    def sync(self) -> None:
        """Brings the rows up to date with the proposal."""
        wanted: tuple[Any, ...] = getattr(self._desk.proposal, self._list_at)
        if [item.id for item in wanted] != self.keys:
            self._arrange(wanted)
        self._items = list(wanted)
        also = self._also()
        for place, item in enumerate(self._items):
            read = self._read.get(item.id)
            if not (read and read[0] is item and read[1] == place and read[2] is also):
                self._read[item.id] = (item, place, also)
                self._tell_anew(place)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        for place in range(len(self._items)):
            self._tell_anew(place)
        self._paint_all()

    def _tell_anew(self, place: int) -> None:
        told = self._tell(self._items[place], place)
        if told != self._told[place]:
            self._told[place] = told
            self._paint(place)

    def _arrange(self, wanted: tuple[Any, ...]) -> None:
        """Lets rows go, come and move until they stand as they are wanted."""
        kept = {item.id for item in wanted}
        for place in range(len(self._items) - 1, -1, -1):
            if self._items[place].id not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._items[place], self._told[place]
                self.endRemoveRows()
        for place, item in enumerate(wanted):
            at = self.place_of(item.id)
            if at < 0:
                self.beginInsertRows(QModelIndex(), place, place)
                self._items.insert(place, item)
                self._told.insert(place, self._tell(item, place))
                self.endInsertRows()
            elif at != place:
                self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), place)
                self._items.insert(place, self._items.pop(at))
                self._told.insert(place, self._told.pop(at))
                self.endMoveRows()

    def check(self) -> None:
        """Paints the rows that have another state now."""
        before = self._states
        self._states = self._counting.states(self._items, self._desk.findings)
        for place, item in enumerate(self._items):
            if self._states[item.id] != before.get(item.id):
                self._paint(place)

    def _state(self, place: int) -> ItemState | None:
        return self._states.get(self._items[place].id)

    def _words(self, place: int) -> str:
        state = self._state(place)
        if state is None:
            return ""
        return self._desk.speech.say(
            state.sentence,
            missing=state.missing,
            blocking=state.blocking,
            warnings=state.warnings,
        )

    def _paint(self, place: int) -> None:
        self.dataChanged.emit(self.index(place), self.index(place))

    def _paint_all(self) -> None:
        if self._items:
            self.dataChanged.emit(self.index(0), self.index(len(self._items) - 1))
