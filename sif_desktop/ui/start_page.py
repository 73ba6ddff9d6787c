"""The first page: go on with a draft, begin one, open one, look at the example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.recent import RecentDraft, forget, left_open, recent
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.registry import APART
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.tile import Tile

NO_FOCUS = 0
"""`Qt.FocusPolicy.NoFocus`; the namespace Qt and its many enumerations are not loaded at start."""

SHOWN = 6
"""Recent drafts that the page shows."""


class StartPage(QFrame):
    """Where a session of work begins. It opens nothing itself: it says what is wanted.

    `wants_new(path, call, language, title, origin)`, `wants_open(path)`, `wants_file()`,
    `wants_example()`, `wants_apart(key)` for a page that needs no draft.
    """

    wants_new = Signal(object, str, str, str, object)
    wants_open = Signal(object)
    wants_file = Signal()
    wants_example = Signal()
    wants_apart = Signal(str)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self.speech, self.look = speech, look
        role(self, "page")
        self.title, self.lead = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "display")
        role(self.lead, "muted")
        self.recovered, self.recent_title = QLabel(wordWrap=True), QLabel()
        role(self.recent_title, "title")
        role(self.recovered, "title")
        self.new = Tile(look, "new", "accent")
        self.open = Tile(look, "open", "accent")
        self.example = Tile(look, "example", "accent")
        self.new.clicked.connect(self.show_new)
        self.open.clicked.connect(self.wants_file)
        self.example.clicked.connect(self.wants_example)
        self.apart = {key: Tile(look, f"apart-{key}", "muted") for key in APART}
        for key, tile in self.apart.items():
            tile.clicked.connect(lambda _=False, key=key: self.wants_apart.emit(key))
        self.more_title = QLabel()
        role(self.more_title, "title")
        self.drafts = QVBoxLayout()
        self.left_open = QVBoxLayout()
        self.stack = QStackedWidget()
        self._panel: QWidget | None = None
        self._arrange()
        look.changed.connect(self.refresh)
        self.retranslate()

    def show_new(self) -> None:
        """Shows the calls to choose from; they are read only now."""
        if self._panel is None:
            from sif_desktop.ui.new_proposal import NewProposal

            panel = NewProposal(self.speech, self.look)
            panel.wanted.connect(self.wants_new)
            panel.back.clicked.connect(self.show_home)
            self._panel = panel
            self.stack.addWidget(panel)
        self.stack.setCurrentWidget(self._panel)
        self._panel.setFocus()

    def show_home(self) -> None:
        """Shows recent drafts and where to begin."""
        self.refresh()
        self.stack.setCurrentIndex(0)
        self.new.setFocus()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.speech.say
        self.title.setText(say("window.start.title"))
        self.lead.setText(say("window.start.lead"))
        self.recent_title.setText(say("window.start.recent"))
        self.recovered.setText(say("window.start.left_open"))
        for name, tile in (("new", self.new), ("open", self.open), ("example", self.example)):
            tile.say(say(f"window.start.{name}"), say(f"window.start.{name}_about"))
        self.more_title.setText(say("window.start.more"))
        for key, tile in self.apart.items():
            tile.say(say(f"window.apart.{key}.title"), say(f"window.apart.{key}.about"))
        self.refresh()

    def refresh(self) -> None:
        """Reads the list of recent drafts anew."""
        open_before = left_open()
        self._fill(self.left_open, open_before)
        self.recovered.setVisible(bool(open_before))
        shown = tuple(draft for draft in recent() if draft not in open_before)[:SHOWN]
        self._fill(self.drafts, shown)
        self.recent_title.setVisible(bool(shown))

    def _fill(self, layout: QVBoxLayout, drafts: tuple[RecentDraft, ...]) -> None:
        while item := layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for draft in drafts:
            layout.addWidget(self._tile(draft))

    def _tile(self, draft: RecentDraft) -> QWidget:
        from sif_desktop.language import moment

        say = self.speech.say
        tile = Tile(self.look, "file", "muted", share=draft.completeness)
        when = draft.moment
        changed = moment(when, self.speech.language) if when else "–"
        about = say("window.start.changed", moment=changed, share=draft.completeness)
        if not draft.exists:
            about = say("window.start.gone")
        name = draft.title or Path(draft.path).stem
        tile.say(name, f"{about}\n{draft.path}")
        if draft.exists:
            tile.clicked.connect(lambda: self.wants_open.emit(Path(draft.path)))
        else:
            tile.clicked.connect(lambda: self._forget(draft))
        return tile

    def _forget(self, draft: RecentDraft) -> None:
        forget(draft.path)
        self.refresh()

    def _arrange(self) -> None:
        column = QWidget()
        role(column, "column")
        inner = QVBoxLayout(column)
        inner.setContentsMargins(gap(4), gap(5), gap(4), gap(4))
        inner.setSpacing(gap(1))
        inner.addWidget(self.title)
        inner.addWidget(self.lead)
        inner.addSpacing(gap(2))
        begin = QHBoxLayout()
        begin.setSpacing(gap(2))
        for tile in (self.new, self.open, self.example):
            begin.addWidget(tile, 1)
        inner.addLayout(begin)
        inner.addSpacing(gap(2))
        inner.addWidget(self.recovered)
        inner.addLayout(self.left_open)
        inner.addWidget(self.recent_title)
        inner.addLayout(self.drafts)
        inner.addSpacing(gap(2))
        inner.addWidget(self.more_title)
        more = QHBoxLayout()
        more.setSpacing(gap(2))
        for tile in self.apart.values():
            more.addWidget(tile, 1)
        inner.addLayout(more)
        inner.addStretch(1)
        column.setMaximumWidth(gap(120))
        holder = QWidget()
        role(holder, "column")
        middle = QHBoxLayout(holder)
        middle.addStretch(1)
        middle.addWidget(column, 1000)
        middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setProperty("focusPolicy", NO_FOCUS)
        scroll.setWidget(holder)
        self.stack.addWidget(scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
