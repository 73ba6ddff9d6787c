"""What every page of the wizard is: a heading, a body, fields in rows, guidance beside them.

To make a page, subclass `Page`, build the body in `build`, and add one line to `ui/registry.py`:

    class PartnersPage(Page):
        scrolls = True                                # the body scrolls as a column of fields
        guided = True                                 # guidance of the focused field beside it

        def build(self) -> None:
            self.body.addWidget(...)                  # a QVBoxLayout
            self.add_row(self.body, spec, address)    # a field with all that belongs to it

        def refresh(self) -> None:
            super().refresh()                         # the rows
            ...                                       # the rest, from self.desk.proposal

        def retranslate(self) -> None: ...            # super() says heading and rows
        def show_findings(self) -> None: ...          # super() does the rows
        def focus_on(self, address: str) -> bool: ... # super() knows the rows

`refresh` and `show_findings` are only called while the page is shown, and once when it is shown
again after something changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.steps import Step
from sif_desktop.calls.call import FieldSpec
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.guidance import GuidancePanel
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import COLUMN, PANEL, WIDE, gap


class Page(QWidget):
    """A page for one step. It shows the draft of its desk and sends edits there."""

    scrolls = True
    guided = True
    widest = COLUMN

    def __init__(self, desk: Desk, step: Step) -> None:
        super().__init__()
        self.desk = desk
        self.step = step
        self.rows: dict[str, FieldRow] = {}
        self.panel: GuidancePanel | None = None
        self.scroller: QScrollArea | None = None
        self._guided_row: FieldRow | None = None
        self._stale = False
        self._unchecked = True
        self._ordered = False
        self._told: tuple[object, ...] = (None,)
        role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = QLabel(wordWrap=True)
        role(self.heading, "display")
        self.lead = QLabel(wordWrap=True)
        role(self.lead, "muted")
        self.body = QVBoxLayout()
        self.body.setSpacing(gap(2))
        self._arrange()
        self.build()
        self._listen()
        self.retranslate()

    # -- what a page fills in ---------------------------------------------------------------

    def build(self) -> None:
        """Makes what is in the body. The heading is there already."""

    def refresh(self) -> None:
        """Shows what the proposal holds now."""
        for row in self.rows.values():
            row.refresh()

    def show_findings(self) -> None:
        """Shows the findings and states as they are now."""
        told = (self.desk.findings, self.desk.exposure, len(self.rows))
        if told[0] is self._told[0] and told[1:] == self._told[1:]:
            return
        self._told = told
        for row in self.rows.values():
            row.show_findings()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        speech = self.desk.speech
        self.heading.setText(speech.say(self.step.title))
        self.lead.setText(self.lead_text())
        self.lead.setVisible(bool(self.lead.text()))
        if self.panel:
            self.panel.retranslate()
        for row in self.rows.values():
            row.retranslate()

    def lead_text(self) -> str:
        """What stands beneath the heading: what the form says about the section."""
        if self.step.section is None:
            return self.desk.speech.find(f"window.{self.step.id}.lead")
        return self.desk.speech.find(f"sections.{self.step.id}.guidance")

    def focus_on(self, address: str) -> bool:
        """Puts the focus on the value at an address, and shows its findings; False without it."""
        row = self.rows.get(address)
        if row is None:
            return False
        self.desk.touch(address)
        row.show_findings()
        row.focus()
        self.reveal(row)
        return True

    # -- what a page uses -------------------------------------------------------------------

    def add_row(self, layout: QBoxLayout, spec: FieldSpec, address: str) -> FieldRow:
        """Adds the row of a field to a layout, kept up to date from now on."""
        row = FieldRow(self.desk, spec, address)
        self.rows[address] = row
        layout.addWidget(row)
        return row

    def drop_rows(self, prefix: str) -> None:
        """Forgets the rows beneath an address, whose widgets go away."""
        for address in [at for at in self.rows if at == prefix or at.startswith(f"{prefix}/")]:
            row = self.rows.pop(address)
            if self._guided_row is row:
                self._guided_row = None
                if self.panel:
                    self.panel.show_row(None)

    def order_tabs(self) -> None:
        """Makes the Tab key go through the body as it stands; after widgets were put in between."""
        inputs = list(in_order(self.column))
        for one, other in pairwise(inputs):
            QWidget.setTabOrder(one, other)

    def reveal(self, widget: QWidget) -> None:
        """Scrolls so that a widget can be seen."""
        if self.scroller:
            QApplication.sendPostedEvents()
            self.scroller.ensureWidgetVisible(widget, gap(2), gap(8))

    # -- how it is put together -------------------------------------------------------------

    def _arrange(self) -> None:
        self.column = QWidget()
        role(self.column, "column")
        inner = QVBoxLayout(self.column)
        wide, high = (gap(4), gap(3)) if self.scrolls else (gap(3), gap(2))
        inner.setContentsMargins(wide, high, wide, high)
        inner.setSpacing(gap(1))
        inner.addWidget(self.heading)
        inner.addWidget(self.lead)
        inner.addSpacing(gap(1))
        inner.addLayout(self.body, 0 if self.scrolls else 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if self.scrolls:
            inner.addStretch(1)
            outer.addWidget(self._scrolling())
        else:
            outer.addWidget(self.column)
        if self.guided:
            self.panel = GuidancePanel(self.desk, self)
            self.column.installEventFilter(self)

    def _scrolling(self) -> QScrollArea:
        """The column in the middle, with room for the guidance to its right."""
        self.column.setMaximumWidth(self.widest + gap(8))
        holder = QWidget()
        role(holder, "column")
        layout = self._beside = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self.column, 1000)
        self._room = QSpacerItem(0, 0, QSizePolicy.Policy.Fixed)
        layout.addSpacerItem(self._room)
        layout.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(holder)
        return self.scroller

    def _listen(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.checked.connect(self._checked)
        self.desk.exposed.connect(self._checked)
        self.desk.retold.connect(self.retranslate)
        app = QApplication.instance()
        if isinstance(app, QApplication) and self.guided:
            app.focusChanged.connect(self._focus_moved)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _checked(self) -> None:
        if self.isVisible():
            self.show_findings()
        else:
            self._unchecked = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Catches up with what changed while another page was shown."""
        if self._stale:
            self._stale = False
            self.refresh()
        if self._unchecked:
            self._unchecked = False
            self.show_findings()
        super().showEvent(event)
        if not self._ordered:  # only now do all widgets have their place in the window
            self._ordered = True
            self.order_tabs()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Guidance stands beside the fields where there is room, else within the row."""
        super().resizeEvent(event)
        if self.panel is None or self.scroller is None:
            return
        wide = self.width() >= WIDE - PANEL
        self._room.changeSize(PANEL + gap(3) if wide else 0, 0, QSizePolicy.Policy.Fixed)
        self._beside.invalidate()
        self.panel.setVisible(wide)
        if self._guided_row:
            self._guided_row.show_guidance(not wide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The guidance goes where the column ends."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.panel:
            right = self.column.mapTo(self, self.column.rect().topRight()).x()
            self.panel.move(right - gap(1), gap(3))
        return super().eventFilter(watched, event)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        row = _row_of(now) if now is not None and self.isAncestorOf(now) else None
        if row is None or row is self._guided_row or self.panel is None:
            return
        if self.rows.get(row.address) is not row:
            return  # it is about to go, and the focus passes through it
        if self._guided_row:
            self._guided_row.show_guidance(False)
        self._guided_row = row
        self.panel.show_row(row)
        row.show_guidance(self.panel.isHidden())


def card(title: QLabel | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A card and the layout in it; a title stands at its top."""
    frame = QFrame()
    role(frame, "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(3))
    layout.setSpacing(gap(2.5))
    if title is not None:
        role(title, "title")
        layout.addWidget(title)
    return frame, layout


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """The widgets within a widget that take the Tab key, in the order of their layouts."""
    layout = widget.layout()
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if layout is not None:
        yield from _laid_out(layout)


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item else None
        inner = item.layout() if item else None
        if widget is not None:
            within = widget.widget() if isinstance(widget, QScrollArea) else widget
            yield from in_order(within) if within else ()
        elif inner is not None:
            yield from _laid_out(inner)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    at: QWidget | None = widget
    while at is not None:
        yield at
        at = at.parentWidget()


def _row_of(widget: QWidget) -> FieldRow | None:
    return next((one for one in _ancestors(widget) if isinstance(one, FieldRow)), None)
