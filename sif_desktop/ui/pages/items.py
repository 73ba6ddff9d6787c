"""A list of items as cards that open: add, remove, move, and lists within items alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.calls.call import FieldSpec
from sif_desktop.errors import EditError
from sif_desktop.model.address import value_at
from sif_desktop.model.edit import Add, Drop, Move
from sif_desktop.model.values import Item, new_id
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import Page


class ItemCards(QWidget):
    """The items of a list, a card each.

    `pattern` is the list as fields are declared (`work_packages/*/activities`), `address` the
    list itself. `specs` are the fields to show, those of lists within included. Where the list is
    not `owned` by the page, items are neither added nor removed here.
    """

    def __init__(
        self, page: Page, pattern: str, address: str, specs: Sequence[FieldSpec], *, owned: bool
    ) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.pattern = pattern
        self.address = address
        self.name = pattern.rpartition("/")[2]
        self.specs = tuple(spec for spec in specs if spec.list_at == pattern)
        self.inner = tuple(spec for spec in specs if spec.list_at.startswith(f"{pattern}/"))
        self.owned = owned
        self.cards: dict[str, ItemCard] = {}
        self.title = QLabel()
        role(self.title, "title" if "*" not in pattern else "lead")
        self.findings = FindingsList(self.desk)
        self.empty = QLabel(wordWrap=True)
        role(self.empty, "muted")
        self._stack = QVBoxLayout()
        self._stack.setSpacing(gap(1))
        self.add = QPushButton()
        self.add.clicked.connect(self._add)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, gap(1), 0, 0)
        layout.setSpacing(gap(1))
        for widget in (self.title, self.findings, self.empty):
            layout.addWidget(widget)
        layout.addLayout(self._stack)
        layout.addLayout(foot)
        self.desk.tinted.connect(self._tint)
        self._tint()
        self.refresh()
        self.retranslate()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items as the proposal has them."""
        try:
            found: tuple[Item, ...] = value_at(self.desk.proposal, self.address)
        except EditError:
            return ()
        return found

    def refresh(self) -> None:
        """Makes cards for new items, lets go of those that went, and puts them in order."""
        items = self.items
        wanted = [item.id for item in items]
        before = list(self.cards)
        for gone in [key for key in self.cards if key not in set(wanted)]:
            self.page.drop_rows(f"{self.address}/{gone}")
            card = self.cards.pop(gone)
            self._stack.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, item in enumerate(items):
            if item.id not in self.cards:
                self.cards[item.id] = ItemCard(self, item.id)
            card = self.cards[item.id]
            if self._stack.indexOf(card) != place:
                self._stack.removeWidget(card)
                self._stack.insertWidget(place, card)
            card.refresh(item, place, len(items))
        self.empty.setVisible(not items)
        self.add.setVisible(self.owned and self.desk.may_change(self.address))
        if before != wanted:
            self.cards = {key: self.cards[key] for key in wanted}
            self.page.order_tabs()
        self.findings.setVisible(self.findings.text != "")

    def show_findings(self) -> None:
        """At the head of the list, and at the head of each card."""
        touched = bool(self.cards) or self.desk.is_touched(self.address)
        self.findings.show_findings(self.desk.findings_at(self.address) if touched else ())
        for card in self.cards.values():
            card.show_findings()

    def retranslate(self) -> None:
        """The list's names, and its cards."""
        speech = self.desk.speech
        many = speech.say(f"lists.{self.name}.many")
        self.title.setText(many[:1].upper() + many[1:])
        self.add.setText(speech.say(f"lists.{self.name}.add"))
        self.empty.setText(speech.say("window.items.empty", many=many))
        self.findings.retranslate()
        for card in self.cards.values():
            card.retranslate()

    def open_to(self, address: str) -> bool:
        """Opens the cards down to an address beneath this list."""
        if not address.startswith(f"{self.address}/"):
            return False
        card = self.cards.get(address[len(self.address) + 1 :].partition("/")[0])
        if card is None:
            return False
        card.open(True)
        for cards in card.inner:
            cards.open_to(address)
        return True

    def focus_on(self, address: str) -> bool:
        """Puts the focus on this list, an item of it, or one within an item."""
        if address == self.address:
            self.desk.touch(address)
            self.show_findings()
            (self.add if self.add.isVisible() else self).setFocus()
            self.page.reveal(self)
            return True
        for key, card in self.cards.items():
            if address == f"{self.address}/{key}":
                card.head.setFocus()
                self.page.reveal(card)
                return True
            if any(cards.focus_on(address) for cards in card.inner):
                return True
        return False

    def _add(self) -> None:
        items, key = self.items, new_id()
        one = self.desk.speech.say(f"lists.{self.name}.one")
        behind = items[-1].id if items else ""
        item = {"id": key, **self.desk.fresh(self.address)}
        self.desk.do(Add(at=self.address, item=item, after=behind), label="add", subject=one)
        card = self.cards.get(key)
        if card:
            card.open(True)
            first = self.specs[0] if self.specs else None
            row = self.page.rows.get(f"{self.address}/{key}/{first.name}") if first else None
            if row:
                row.focus()
                self.page.reveal(card)

    def _tint(self) -> None:
        self.add.setIcon(self.desk.look.icon("add", "accent"))


class ItemCard(QFrame):
    """One item: a head that opens it, and its fields, made when it is opened first."""

    def __init__(self, cards: ItemCards, key: str) -> None:
        super().__init__()
        self.cards = cards
        self.desk = cards.desk
        self.key = key
        self.address = f"{cards.address}/{key}"
        self.inner: list[ItemCards] = []
        self.body: QWidget | None = None
        self._item: Item | None = None
        self._place = 0
        role(self, "card")
        self.head = Head()
        role(self.head, "quiet")
        self.head.setCheckable(True)
        self.head.setStyleSheet("text-align: left; font-weight: 600;")
        self.head.toggled.connect(self.open)
        self.mark = QLabel()
        role(self.mark, "small")
        self.tools: dict[str, QToolButton] = {}
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.head, 1)
        top.addWidget(self.mark)
        for name, act in (("up", self._up), ("down", self._down), ("remove", self._remove)):
            button = QToolButton()
            button.clicked.connect(act)
            self.tools[name] = button
            top.addWidget(button)
        self.findings = FindingsList(self.desk)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(gap(1), gap(0.75), gap(1), gap(0.75))
        self._layout.setSpacing(gap(0.5))
        self._layout.addLayout(top)
        self._layout.addWidget(self.findings)
        self.desk.tinted.connect(self._tint)
        self._tint()
        self.retranslate()

    def open(self, opened: bool) -> None:
        """Shows or hides the fields."""
        if opened and self.body is None:
            self._make_body()
        if self.body:
            self.body.setVisible(opened)
        if self.head.isChecked() != opened:
            self.head.setChecked(opened)
        self._tint()

    def refresh(self, item: Item, place: int, count: int) -> None:
        """Shows the item as it is now, at its place among the others."""
        self.tools["up"].setEnabled(place > 0)
        self.tools["down"].setEnabled(place < count - 1)
        writes = self.cards.owned and self.desk.may_change(self.address)
        for button in self.tools.values():
            button.setVisible(writes)
        if item is not self._item or place != self._place:
            self._item, self._place = item, place
            self._say_name()
        for cards in self.inner:
            cards.refresh()

    def show_findings(self) -> None:
        """Those of the item as a whole, and how many there are on its values."""
        self.findings.show_findings(self.desk.findings_at(self.address))
        blocking = sum(
            finding.address.startswith(f"{self.address}/")
            for finding in self.desk.findings.blocking
        )
        shown = blocking and (self.desk.show_all or self.body is not None)
        self.mark.setText(
            self.desk.speech.say("window.items.blocking", count=blocking) if shown else ""
        )
        role(self.mark, "error")
        for cards in self.inner:
            cards.show_findings()

    def retranslate(self) -> None:
        """The names of the item and its buttons."""
        for name, button in self.tools.items():
            text = self.desk.speech.say(f"window.items.{name}")
            button.setToolTip(text)
        self._say_name()
        for cards in self.inner:
            cards.retranslate()

    @property
    def called(self) -> str:
        """What the item goes by: its first text that is filled in, or its number."""
        one = self.desk.speech.say(f"lists.{self.cards.name}.one")
        for spec in _naming(self.cards, self.desk.call.fields_of(self.cards.pattern)):
            text = getattr(self._item, spec.name, "")
            if isinstance(text, str) and text.strip():
                return " ".join(text[:200].split())[:90]
        return f"{one[:1].upper()}{one[1:]} {self._place + 1}"

    def _say_name(self) -> None:
        name = self.called
        self.head.say(name)
        for tool, button in self.tools.items():
            button.setAccessibleName(f"{self.desk.speech.say(f'window.items.{tool}')}: {name}")

    def _make_body(self) -> None:
        self.body = QWidget()
        layout = QVBoxLayout(self.body)
        layout.setContentsMargins(gap(2), gap(1), gap(2), gap(2))
        layout.setSpacing(gap(2.5))
        page = self.cards.page
        for spec in self.cards.specs:
            page.add_row(layout, spec, f"{self.address}/{spec.name}").show_findings()
        for pattern in dict.fromkeys(spec.list_at for spec in self.cards.inner):
            name = pattern.rpartition("/")[2]
            specs = tuple(spec for spec in self.cards.inner if spec.list_at == pattern)
            owned = self.cards.owned
            inner = ItemCards(page, pattern, f"{self.address}/{name}", specs, owned=owned)
            self.inner.append(inner)
            layout.addWidget(inner)
        self._layout.addWidget(self.body)
        page.order_tabs()

    def _up(self) -> None:
        self._move(-2)

    def _down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        """Moves behind the item that stands `by` places further."""
        items = self.cards.items
        behind = self._place + by
        after = items[behind].id if 0 <= behind < len(items) else ""
        self.desk.do(Move(at=self.address, after=after), label="move", subject=self.called)

    def _remove(self) -> None:
        cards = self.cards
        self.desk.do(Drop(at=self.address), label="remove", subject=self.called)
        cards.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tint(self) -> None:
        look = self.desk.look
        self.head.setIcon(
            look.icon("open-down" if self.head.isChecked() else "open-right", "accent")
        )
        for name, button in self.tools.items():
            button.setIcon(look.icon(name, "muted"))


class Head(QPushButton):
    """The head of a card: a name of any length, cut short where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, name: str) -> None:
        """Takes a name."""
        self._name = name
        self.setAccessibleName(name)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few letters can always be read."""
        return QSize(gap(12), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shows as much of the name as fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.iconSize().width() - gap(3)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        shown = QFontMetrics(font).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self._name if shown != self._name else "")
        self.setText(shown.replace("&", "&&"))


def _naming(cards: ItemCards, all_specs: Any) -> list[FieldSpec]:
    """The fields that an item can go by: its texts of one line, in the form's order."""
    specs = [spec for spec in all_specs if spec.kind == "text"]
    return specs or [spec for spec in cards.specs if spec.kind == "text"]
