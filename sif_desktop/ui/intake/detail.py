"""One bundle of an intake, opened: its row at once, then its verification in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.intake.listing import COLUMNS, Entry, Names
from sif_desktop.app.looking import Seen
from sif_desktop.language import money, number
from sif_desktop.ui.bundles.answers import Answers
from sif_desktop.ui.bundles.parts import plain
from sif_desktop.ui.folders import show_folder
from sif_desktop.ui.intake.model import ICONS
from sif_desktop.ui.intake.strip import Strip
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import clear
from sif_desktop.ui.speech import Speech

_FACTS = (
    *("file", "call", "theme", "priority", "start", "duration"),
    *("asked", "own_means", "cost", "foreign_share", "subcontracting_share"),
    *("signer", "signer_of", "identity", "claimed", "replaced_by"),
)
"""The columns that are told of an opened bundle; those without a value are left out."""

_MOST_PARTNERS = 60


class Detail(QWidget):
    """An opened bundle. `closed`: back to the table. `moved` asks for the next or the one before.

    `wants_draft` asks for its proposal as a draft of its own.
    """

    closed = Signal()
    moved = Signal(int)
    wants_draft = Signal()

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self.one: Entry | None = None
        self.seen: Seen | None = None
        self.path = Path()
        self._names = Names(speech.words, {})
        self.back, self.before, self.after = QPushButton(), QPushButton(), QPushButton()
        role(self.back, "link")
        for button in (self.before, self.after):
            role(button, "quiet")
        self.back.clicked.connect(lambda _=False: self.closed.emit())
        self.before.clicked.connect(lambda _=False: self.moved.emit(-1))
        self.after.clicked.connect(lambda _=False: self.moved.emit(1))
        self.icon, self.title = QLabel(), plain(part="title", selectable=True)
        self.state = plain(part="label")
        self.reasons = QVBoxLayout()
        self.draft, self.folder = QPushButton(), QPushButton()
        self.draft.clicked.connect(lambda _=False: self.wants_draft.emit())
        self.folder.clicked.connect(lambda _=False: self._open_folder())
        self.facts, self.partners = QGridLayout(), QVBoxLayout()
        self.notice = Strip(look)
        self.busy = plain(part="muted")
        self.answers = Answers(speech, look)
        self.scroller = QScrollArea()
        self._arrange()

    def show_entry(self, one: Entry, path: Path, names: Names, places: tuple[bool, bool]) -> None:
        """Shows what the table knows; `places` tells whether there is one before and after it."""
        self.one, self.path, self._names, self.seen = one, path, names, None
        self.before.setEnabled(places[0])
        self.after.setEnabled(places[1])
        self.notice.say("good", "")
        self.answers.hide()
        self.scroller.verticalScrollBar().setValue(0)
        self.refresh()

    def show_seen(self, seen: Seen) -> None:
        """Shows what its verification came to."""
        self.seen = seen
        self.answers.show_seen(seen)
        self.answers.show()
        self.refresh()

    def show_trouble(self, sentence: str) -> None:
        """Says why something could not be done; "" where its reasons say it already."""
        self.notice.say("error", sentence)
        self.busy.hide()

    def use_names(self, names: Names) -> None:
        """Says everything in other words."""
        self._names = names
        self.refresh()

    def refresh(self) -> None:
        """Says everything in the language and the colours of the interface."""
        say = self._speech.say
        self.back.setText(say("window.intake.detail.back"))
        self.before.setText(say("window.intake.detail.before"))
        self.after.setText(say("window.intake.detail.after"))
        self.draft.setText(say("window.intake.detail.draft"))
        self.folder.setText(say("window.intake.folder_open"))
        self.busy.setText(say("window.intake.detail.busy"))
        self.busy.setVisible(self.seen is None)
        self._tint()
        self.answers.refresh()
        if self.one is not None:
            self._tell(self.one)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    # -- what is told -----------------------------------------------------------------------

    def _tell(self, one: Entry) -> None:
        row, names = one.row, self._names
        self.title.setText(row.title or row.file)
        self.state.setText(names.state(one.state))
        clear(self.reasons)
        for reason in row.reasons:
            said = plain(names.reasons([reason]), "error" if one.faulty else "warning")
            self.reasons.addWidget(said)
        self.draft.setVisible(bool(row.proposal))
        self.draft.setEnabled(self.seen is not None)
        clear(self.facts)
        for place, (label, value) in enumerate(self._facts(one)):
            at = place // 2, place % 2 * 2
            top = Qt.AlignmentFlag.AlignTop
            self.facts.addWidget(plain(label, "muted"), *at, top)
            self.facts.addWidget(plain(value, selectable=True), at[0], at[1] + 1, top)
        clear(self.partners)
        for line in self._partners(one):
            self.partners.addWidget(line)

    def _facts(self, one: Entry) -> Iterator[tuple[str, str]]:
        columns = {column.name: column for column in COLUMNS}
        for name in _FACTS:
            said = self._names.cell(one, columns[name])
            if said:
                yield self._speech.say(columns[name].heading), said
        for name, value in (one.row.numbers or {}).items():
            yield self._names.field(one.row.call, name), number(value, self._speech.language)

    def _partners(self, one: Entry) -> Iterator[QWidget]:
        """The organisations, each on a line: role, number, what it asks, whether it is screened."""
        row, say = one.row, self._speech.say
        if row.organisations:
            yield plain(say("window.intake.detail.partners"), "label")
        for organisation in row.organisations[:_MOST_PARTNERS]:
            asked = f"€\u00a0{money(organisation.asked, self._speech.language)}"
            parts = [
                organisation.name or say("window.intake.nothing"),
                self._names.choice(row.call, "roles", organisation.role),
                self._names.choice(row.call, "seats", organisation.seat),
                organisation.number,
                asked,
            ]
            parts += [say("intake.columns.screening")] if organisation.screening else []
            yield plain(" · ".join(filter(None, parts)), selectable=True)
        left = len(row.organisations) - _MOST_PARTNERS
        if left > 0:
            yield plain(say("window.intake.detail.more", count=left), "muted")

    def _open_folder(self) -> None:
        show_folder(self.path.parent)

    def _tint(self) -> None:
        look = self._look
        self.back.setIcon(look.icon("back", "accent"))
        self.before.setIcon(look.icon("up", "accent"))
        self.after.setIcon(look.icon("down", "accent"))
        self.draft.setIcon(look.icon("open", "text"))
        self.folder.setIcon(look.icon("folder", "text"))
        if self.one is not None:
            self.icon.setPixmap(look.icon(*ICONS[self.one.state]).pixmap(28, 28))

    # -- how it is put together -------------------------------------------------------------

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(gap(1))
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        head = QHBoxLayout()
        head.setSpacing(gap(1.5))
        head.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(gap(0.5))
        texts.addWidget(self.title)
        texts.addWidget(self.state)
        texts.addLayout(self.reasons)
        head.addLayout(texts, 1)
        acts = QHBoxLayout()
        acts.setSpacing(gap(1))
        acts.addWidget(self.draft)
        acts.addWidget(self.folder)
        acts.addStretch(1)
        self.facts.setHorizontalSpacing(gap(3))
        self.facts.setVerticalSpacing(gap(0.75))
        for place, share in enumerate((2, 3, 2, 3)):
            self.facts.setColumnStretch(place, share)
        self.partners.setSpacing(gap(0.5))
        frame = QFrame()
        role(frame, "card")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(gap(3), gap(2), gap(3), gap(2.5))
        inner.setSpacing(gap(1.5))
        for part in (head, acts, self.facts, self.partners):
            inner.addLayout(part)
        holder = QWidget()
        role(holder, "column")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, gap(0.5), gap(1.5), gap(1))
        column.setSpacing(gap(2))
        for widget in (frame, self.notice, self.busy, self.answers):
            column.addWidget(widget)
        column.addStretch(1)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addLayout(top)
        layout.addWidget(self.scroller, 1)
