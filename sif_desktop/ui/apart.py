"""What every page that needs no draft is: a way back, a heading, a body. Bundles, keys, an intake.

To make one, subclass `ApartPage`, build the body in `build`, add one line to `APART` in
`ui/registry.py`, and give its texts under `window.apart.<key>`: `title`, `lead`, and `about`, what
the start page tells of it.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

NO_FOCUS = 0
"""`Qt.FocusPolicy.NoFocus`."""


class ApartPage(QFrame):
    """A page in place of the start page or of the draft, until one goes back.

    `left`: one goes back. `wants_open(path)`: a draft is to be opened. A page is made when it is
    shown first, and kept. `shown` is called each time it comes into sight, `let_go` when the
    window closes: work that goes on has to end then.
    """

    left = Signal()
    wants_open = Signal(object)

    key = ""
    scrolls = True
    widest = gap(120)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self.speech, self.look = speech, look
        role(self, "page")
        self.back = QPushButton()
        role(self.back, "link")
        self.back.clicked.connect(lambda _=False: self.left.emit())
        self.heading, self.lead = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.heading, "display")
        role(self.lead, "muted")
        self.body = QVBoxLayout()
        self.body.setSpacing(gap(2))
        self._arrange()
        self.build()
        look.changed.connect(self.tint)
        speech.changed.connect(self.retranslate)
        self.tint()
        self.retranslate()

    def build(self) -> None:
        """Makes what is in the body. The heading is there already."""

    def shown(self) -> None:
        """Shows what holds now: files and settings may be others than when it was shown last."""

    def let_go(self) -> None:
        """Ends what goes on."""

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.speech.say
        self.back.setText(say("window.apart.back"))
        self.heading.setText(say(f"window.apart.{self.key}.title"))
        self.lead.setText(say(f"window.apart.{self.key}.lead"))

    def tint(self) -> None:
        """Icons and colours are others."""
        self.back.setIcon(self.look.icon("back", "accent"))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Only now do all widgets have their place: the Tab key goes through them as they stand."""
        super().showEvent(event)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Makes the Tab key go through the page as it stands; after widgets were put in between."""
        from sif_desktop.ui.pages.base import in_order

        for one, other in pairwise(in_order(self._column)):
            QWidget.setTabOrder(one, other)

    def _arrange(self) -> None:
        column = self._column = QWidget()
        role(column, "column")
        column.setMaximumWidth(self.widest)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(gap(4), gap(2), gap(4), gap(3))
        inner.setSpacing(gap(1))
        way_back = QHBoxLayout()
        way_back.setContentsMargins(-gap(1.25), 0, 0, 0)  # its icon stands above the heading
        way_back.addWidget(self.back)
        way_back.addStretch(1)
        inner.addLayout(way_back)
        inner.addWidget(self.heading)
        inner.addWidget(self.lead)
        inner.addSpacing(gap(1))
        inner.addLayout(self.body, 0 if self.scrolls else 1)
        if self.scrolls:
            inner.addStretch(1)
        holder = QWidget()
        role(holder, "column")
        middle = QHBoxLayout(holder)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(column, 1000)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if not self.scrolls:
            layout.addWidget(holder)
            return
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setProperty("focusPolicy", NO_FOCUS)
        scroll.setWidget(holder)
        layout.addWidget(scroll)
