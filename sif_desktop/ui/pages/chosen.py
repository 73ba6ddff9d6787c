"""A page for a list of large items: the list at the left, the chosen item's fields at the right.

Only the chosen item has editors, so that fifty partners cost no more than one. A page says what
its list is and fills in what is told of an item (`tell`) and what stands above its fields
(`make_head`); fields and lists within an item follow from the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sif_desktop.model.edit import Add
from sif_desktop.model.values import new_id
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.items_model import ItemsModel, Told
from sif_desktop.ui.items_view import ItemsView
from sif_desktop.ui.look.tokens import COLUMN, PANEL, gap
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.pages.chosen_acts import Acts
from sif_desktop.ui.pages.chosen_detail import Detail, Nothing, detail_area

LOW = 540
"""Below this height of a page, what the form says of the section gives its room to the fields."""


class ChosenPage(Page):
    """The list of a section's items, and the fields of the one that is chosen."""

    scrolls = False
    list_at = ""

    # -- what a page fills in ---------------------------------------------------------------

    def tell(self, item: Any, place: int) -> Told:
        """What the list tells of an item."""
        raise NotImplementedError

    def told_with(self) -> object:
        """What else of the proposal `tell` reads: rows are told anew when it is another."""
        return None

    def make_head(self, detail: Detail) -> None:
        """Adds what stands above the fields of the chosen item."""

    def make_foot(self, detail: Detail) -> None:
        """Adds to the fields of the chosen item, which are there already."""

    def add_above(self, layout: QVBoxLayout) -> None:
        """Adds what stands above the list and the fields."""

    def add_to_list(self, layout: QVBoxLayout, row: QHBoxLayout) -> None:
        """Adds what stands beneath the list, or beside it in its row."""

    def new_item(self, key: str) -> dict[str, Any]:
        """The values of an item that is added."""
        return {"id": key}

    def list_width(self, width: int) -> int:
        """The width of the list's column on a page of a width."""
        return min(max(width * 3 // 10, 185), 380)

    def fact_lines(self, width: int) -> int:
        """In how many lines the list tells facts of an item, at a width of its column."""
        return 1

    # -- how it is put together -------------------------------------------------------------

    def build(self) -> None:
        """The list and what belongs to it; the fields come when an item is chosen."""
        section = self.step.section
        assert section is not None  # noqa: S101 - the registry gives this page sections only
        self.column.removeEventFilter(self)
        self.column.setMaximumWidth(self.list_width(10_000) + COLUMN + PANEL + gap(16))
        self.specs = tuple(spec for spec in section.fields if spec.list_at == self.list_at)
        within = f"{self.list_at}/*/"
        self.inner = tuple(spec for spec in section.fields if spec.list_at.startswith(within))
        self.own = tuple(spec for spec in section.fields if not spec.list_at)
        self.findings = FindingsList(self.desk)
        self.acts = Acts(self)
        self.model = ItemsModel(self.desk, section, self.list_at, self.tell, self.told_with)
        self.view = ItemsView(self.desk, self.model)
        self.add = QPushButton()
        self.add.clicked.connect(self.add_item)
        if not self.desk.may_change(self.list_at):
            self.add.hide()
        self.detail: Detail | None = None
        self.nothing = Nothing(self.desk, self.step, self.list_at, self.add_item)
        self._busy = False
        # An arrow that is held down passes by many items: fields are made when it rests.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_current)
        self._lay_out()
        self.view.wants_move.connect(self.acts.move)
        self.view.wants_remove.connect(self.acts.remove)
        self.view.wants_in.connect(self.go_in)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.desk.tinted.connect(self._tint)
        self._tint()
        self._choose_first()

    def _lay_out(self) -> None:
        self.body.addWidget(self.findings)
        self.body.addWidget(self.acts.notice)
        self.add_above(self.body)
        self.aside = QWidget()
        left = QVBoxLayout(self.aside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(gap(1))
        left.addWidget(self.add)
        self.list_row = QHBoxLayout()
        self.list_row.setSpacing(0)
        self.list_row.addWidget(self.view, 1)
        left.addLayout(self.list_row, 1)
        self.add_to_list(left, self.list_row)
        left.addStretch(0)
        self.scroller, self.holder = detail_area()
        split = QHBoxLayout()
        split.setSpacing(gap(3))
        split.addWidget(self.aside)
        split.addWidget(self.scroller, 1)
        if self.panel:
            split.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(gap(1))
        self.body.addLayout(split, 1)
        self.holder.addWidget(self.nothing)

    # -- which item is chosen ---------------------------------------------------------------

    @property
    def items(self) -> tuple[Any, ...]:
        """The items as the proposal has them."""
        found: tuple[Any, ...] = getattr(self.desk.proposal, self.list_at)
        return found

    @property
    def chosen(self) -> str:
        """The id of the chosen item, or "" where none is."""
        place = self.view.currentIndex().row()
        return self.model.keys[place] if place >= 0 else ""

    def item(self, key: str) -> Any:
        """An item by its id, or None."""
        return next((item for item in self.items if item.id == key), None)

    def choose(self, key: str) -> bool:
        """Shows an item; False without it."""
        place = self.model.place_of(key)
        if place < 0:
            return False
        self.view.setCurrentIndex(self.model.index(place))
        self._show_current()
        return True

    def go_in(self) -> None:
        """Puts the focus in the first field of the chosen item."""
        self._show_current()
        row = next((row for row in self.rows.values() if not row.isHidden()), None)
        if row:
            row.focus()

    def _choose_first(self) -> None:
        if self.items:
            self.view.setCurrentIndex(self.model.index(0))
        self._show_current()

    def _current_changed(self, _: QModelIndex, __: QModelIndex) -> None:
        if not self._busy:
            self._soon.start()

    def _show_current(self) -> None:
        """Makes the fields of what is chosen, where those of another are shown."""
        self._soon.stop()
        key = self.chosen
        if self.detail is None or self.detail.key != key:
            self._let_detail_go()
            self._make_detail(key)

    def _make_detail(self, key: str) -> None:
        specs = self.specs if key else self.own
        shown = bool(key) or bool(self.own)
        self.nothing.setVisible(not shown)
        if not shown:
            return
        self.detail = detail = Detail(self, key)
        if key:
            self.make_head(detail)
        for group, fields in groupby(specs, key=lambda spec: spec.group or ""):
            detail.add_group(group, tuple(fields))
        detail.add_lists(self.inner if key else ())
        if key:
            self.make_foot(detail)
        self.holder.addWidget(detail)
        detail.show()  # at once, not when Qt comes to it: only what is seen takes the focus
        detail.retranslate()
        detail.refresh()
        for row in self.rows.values():
            row.show_findings()
        detail.show_findings()
        assert self.scroller is not None  # noqa: S101 - made with the page
        self.scroller.verticalScrollBar().setValue(0)
        self.order_tabs()

    def _let_detail_go(self) -> None:
        detail, self.detail = self.detail, None
        if detail is None:
            return
        had_focus = detail.isAncestorOf(self.focusWidget() or self)
        for address in list(self.rows):
            self.drop_rows(address)
        if had_focus and self.isVisible():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.holder.removeWidget(detail)
        detail.hide()
        detail.deleteLater()

    # -- what is done to items --------------------------------------------------------------

    def add_item(self) -> None:
        """Adds an item behind the others, and goes to its first field."""
        key = new_id()
        one = self.desk.speech.say(f"lists.{self.list_at}.one")
        self.add_one(key, self.new_item(key), one)

    def add_one(self, key: str, values: dict[str, Any], subject: str) -> None:
        """Adds an item with values, chooses it and goes to its first field."""
        items = self.items
        behind = items[-1].id if items else ""
        self.desk.do(Add(at=self.list_at, item=values, after=behind), label="add", subject=subject)
        if self.choose(key):
            self.go_in()

    def called(self, key: str) -> str:
        """What the list calls an item."""
        place = self.model.place_of(key)
        return str(self.model.index(place).data()) if place >= 0 else key

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The list first: the fields of an item that is gone go too."""
        self._busy = True
        self.model.sync()
        self._busy = False
        self._show_current()
        super().refresh()
        if self.detail:
            self.detail.refresh()
        self.acts.tell_removed()

    def show_findings(self) -> None:
        """On the whole list above it, and for the chosen item."""
        self.model.check()
        touched = bool(self.items) or self.desk.is_touched(self.list_at)
        found = self.desk.findings_at(self.list_at) if touched else ()
        self.findings.show_findings(tuple(self.general(found)))
        super().show_findings()
        if self.detail:
            self.detail.show_findings()

    def general(self, found: Sequence[Finding]) -> Iterator[Finding]:
        """The findings on the list that are told above it."""
        yield from found

    def retranslate(self) -> None:
        """The names of the list and all that is in it."""
        super().retranslate()
        self._lead_fits()
        say = self.desk.speech.say
        self.add.setText(say(f"lists.{self.list_at}.add"))
        many = say(f"lists.{self.list_at}.many")
        self.view.setAccessibleName(many[:1].upper() + many[1:])
        self.view.setAccessibleDescription(say("window.lists.keys"))
        self.view.hint = say("window.items.empty", many=many) if self.own else ""
        self.model.retranslate()
        self.findings.retranslate()
        self.nothing.retranslate()
        if self.detail:
            self.detail.retranslate()
        self.acts.tell_removed()

    def focus_on(self, address: str) -> bool:
        """Chooses the item, opens what holds the value, and puts the focus there."""
        steps = address.split("/")
        if address == self.list_at:
            self.desk.touch(address)
            self.show_findings()
            (self.view if self.items else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if steps[0] != self.list_at:
            return self.go_to_own(address)
        if not self.choose(steps[1]) or self.detail is None:
            return False
        if len(steps) == 2:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        self.detail.open_to(address)
        return self._focus_row(address) or self.detail.focus_on(address)

    def go_to_own(self, address: str) -> bool:
        """Puts the focus on a field of the section that belongs to no item."""
        return self._focus_row(address)

    def _focus_row(self, address: str) -> bool:
        row = self.rows.get(address)
        return row is not None and not row.isHidden() and super().focus_on(address)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls so that a widget can be seen; once more when cards that were opened have room."""
        super().reveal(widget)
        QTimer.singleShot(0, widget, lambda: super(ChosenPage, self).reveal(widget))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """What was removed is told until one goes elsewhere."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.acts.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Shares the width out: the list, the fields, and guidance where there is room."""
        QWidget.resizeEvent(self, event)
        width = min(self.width(), self.column.maximumWidth()) - gap(6)
        aside = self.list_width(width)
        self.aside.setFixedWidth(aside)
        self.view.use_lines(self.fact_lines(aside))
        if self.panel:
            wide = width - aside - PANEL - gap(6) >= COLUMN * 4 // 5
            self.panel.setVisible(wide)
            if self._guided_row:
                self._guided_row.show_guidance(not wide)
        self._lead_fits()

    def _lead_fits(self) -> None:
        low = self.height() < LOW
        self.lead.setVisible(bool(self.lead.text()) and not low)
        self.heading.setToolTip(self.lead.text() if low else "")

    def _tint(self) -> None:
        self.add.setIcon(self.desk.look.icon("add", "accent"))
