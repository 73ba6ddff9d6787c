"""The fields of the chosen item, in groups as the form has them, and its lists as cards."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.steps import Step
from sif_desktop.calls.call import FieldSpec
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import COLUMN, gap
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.pages.items import ItemCards
from sif_desktop.ui.step_list import icon_of

if TYPE_CHECKING:
    from sif_desktop.ui.pages.chosen import ChosenPage

NARROW = frozenset({"month", "number", "date"})
"""Kinds of fields that stand beside one another where they follow on one another."""

Part = Callable[[], None]


class Detail(QWidget):
    """All that is shown of one item; with the key "", the section's own fields.

    Parts that a page adds register what they do in `refreshers`, `checkers` and `tellers`: called
    when the proposal changed, when it was checked, and when the language changed.
    """

    def __init__(self, page: ChosenPage, key: str) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.key = key
        self.address = f"{page.list_at}/{key}" if key else ""
        self.lists: list[ItemCards] = []
        self.refreshers: list[Part] = []
        self.checkers: list[Part] = []
        self.tellers: list[Part] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, gap(1.5), gap(3))
        self.column.setSpacing(gap(1.5))
        if key:
            self._make_title()

    def add_group(self, group: str, specs: tuple[FieldSpec, ...]) -> None:
        """A card with fields; a group has a title of the form."""
        title = QLabel() if group else None
        frame, layout = card(title)
        if title is not None:
            self.tellers.append(lambda: title.setText(self.desk.speech.say(f"groups.{group}")))
        for side_by_side, fields in groupby(specs, key=lambda spec: spec.kind in NARROW):
            place: QVBoxLayout | QHBoxLayout = layout
            if side_by_side:
                place = QHBoxLayout()
                place.setSpacing(gap(3))
                layout.addLayout(place)
            for spec in fields:
                self.page.add_row(place, spec, self._at(spec))
        self.column.addWidget(frame)

    def add_lists(self, specs: tuple[FieldSpec, ...]) -> None:
        """The lists within the item, each with its items as cards."""
        for pattern in dict.fromkeys(spec.list_at for spec in specs):
            name = pattern.rpartition("/")[2]
            mine = tuple(spec for spec in specs if spec.list_at.startswith(pattern))
            at = f"{self.address}/{name}"
            cards = ItemCards(self.page, pattern, at, mine, owned=True)
            self.lists.append(cards)
            self.column.addWidget(cards)

    def refresh(self) -> None:
        """Shows what the proposal holds now."""
        if self.key:
            self._say_title()
        for cards in self.lists:
            cards.refresh()
        for refresh in self.refreshers:
            refresh()

    def show_findings(self) -> None:
        """Shows the findings on the item itself and in its lists."""
        if self.key:
            self.findings.show_findings(self.desk.findings_at(self.address))
        for cards in self.lists:
            cards.show_findings()
        for check in self.checkers:
            check()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        for tell in self.tellers:
            tell()
        for cards in self.lists:
            cards.retranslate()
        if self.key:
            self._say_title()
            self.findings.retranslate()

    def open_to(self, address: str) -> None:
        """Opens the cards down to an address."""
        for cards in self.lists:
            cards.open_to(address)

    def focus_on(self, address: str) -> bool:
        """Puts the focus on a list within the item, or an item of it."""
        return any(cards.focus_on(address) for cards in self.lists)

    def _at(self, spec: FieldSpec) -> str:
        return f"{self.address}/{spec.name}" if self.key else spec.at

    def _make_title(self) -> None:
        """The item's name, and what can be done to it."""
        self.title = QLabel(wordWrap=True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        role(self.title, "title")
        row = QHBoxLayout()
        row.setSpacing(gap(0.5))
        row.addWidget(self.title, 1)
        self.tools: dict[str, QToolButton] = {}
        page = self.page
        acts: tuple[tuple[str, Part], ...] = (
            ("up", lambda: page.acts.move(-1)),
            ("down", lambda: page.acts.move(1)),
            ("remove", page.acts.remove),
        )
        for name, act in acts:
            button = self.tools[name] = QToolButton()
            button.clicked.connect(lambda _=False, act=act: act())
            if not self.desk.may_change(self.address):
                button.hide()
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.findings = FindingsList(self.desk)
        self.column.addWidget(self.findings)
        self.desk.tinted.connect(self._tint)
        self._tint()

    def _say_title(self) -> None:
        name = self.page.called(self.key)
        if name != self.title.text():
            self.title.setText(name)
        place, count = self.page.model.place_of(self.key), len(self.page.items)
        self.tools["up"].setEnabled(place > 0)
        self.tools["down"].setEnabled(place < count - 1)
        for tool, button in self.tools.items():
            said = self.desk.speech.say(f"window.items.{tool}")
            button.setToolTip(said)
            button.setAccessibleName(f"{said}: {name}")

    def _tint(self) -> None:
        for name, button in self.tools.items():
            button.setIcon(self.desk.look.icon(name, "muted"))


class Nothing(QFrame):
    """What stands in the place of the fields while the list is empty: where to begin."""

    def __init__(self, desk: Desk, step: Step, list_at: str, add: Part) -> None:
        super().__init__()
        self._desk, self._step, self._list_at = desk, step, list_at
        role(self, "card")
        self._icon = QLabel()
        self._head, self._text = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self._head, "title")
        role(self._text, "muted")
        self.button = QPushButton()
        role(self.button, "primary")
        self.button.clicked.connect(lambda _=False: add())
        if not desk.may_change(list_at):
            self.button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(4), gap(4), gap(4), gap(4))
        layout.setSpacing(gap(1.5))
        for widget in (self._icon, self._head, self._text):
            layout.addWidget(widget)
        layout.addSpacing(gap(1))
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        desk.tinted.connect(self._tint)
        self._tint()

    def retranslate(self) -> None:
        """Says where to begin."""
        say = self._desk.speech.say
        many = say(f"lists.{self._list_at}.many")
        self._head.setText(say("window.items.empty", many=many))
        self._text.setText(say(f"window.{self._list_at}.begin"))
        self.button.setText(say(f"lists.{self._list_at}.add"))

    def _tint(self) -> None:
        look = self._desk.look
        self._icon.setPixmap(look.icon(icon_of(self._step), "accent").pixmap(32, 32))
        self.button.setIcon(look.icon("add", "on_accent"))


def detail_area() -> tuple[QScrollArea, QVBoxLayout]:
    """What scrolls the fields, and the layout that they go into."""
    holder = QWidget()
    role(holder, "column")
    holder.setMaximumWidth(COLUMN + gap(8))
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap(2))
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroller.setWidget(holder)
    return scroller, layout
