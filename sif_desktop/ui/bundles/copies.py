"""The card with copies of one bundle that were signed apart, and where their whole goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from sif_desktop.app.uniting import Copy, can_unite, united_name
from sif_desktop.errors import SifError
from sif_desktop.ui.bundles.copies_table import CopiesModel, CopiesTable
from sif_desktop.ui.bundles.parts import plain
from sif_desktop.ui.bundles.place import Place
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech


class Copies(QFrame):
    """The card with the list. `wants_add`: more are to be chosen; `without(row)`: one less;
    `wants_unite(out)`; `closed`: the list is done with."""

    wants_add = Signal()
    without = Signal(int)
    wants_unite = Signal(object)
    closed = Signal()

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._busy = False
        self._error: SifError | None = None
        role(self, "card")
        self.title, self.about = plain(part="title"), plain(part="muted")
        self.model = CopiesModel(speech, look)
        self.table = CopiesTable(self.model)
        self.add, self.remove, self.close_it = QPushButton(), QPushButton(), QPushButton()
        self.unite = QPushButton()
        role(self.unite, "primary")
        self.why, self.trouble = plain(part="error"), plain(part="error")
        self.place = Place(speech, look)
        self._arrange()
        self.add.clicked.connect(lambda _=False: self.wants_add.emit())
        self.remove.clicked.connect(lambda _=False: self._take_out())
        self.close_it.clicked.connect(lambda _=False: self.closed.emit())
        self.unite.clicked.connect(lambda _=False: self._want())
        self.table.unwanted.connect(self.without)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.hide()

    @property
    def paths(self) -> list[Path]:
        """The files in the list."""
        return [one.path for one in self.model.copies]

    def show_copies(self, copies: tuple[Copy, ...]) -> None:
        """Shows these copies; where their whole goes is suggested anew."""
        row = self.table.currentIndex().row()
        self._error = None
        self.model.show_copies(copies)
        if copies:
            self.table.selectRow(max(0, min(row, len(copies) - 1)))
            self._suggest()
        self.show()
        self.retranslate()

    def tell_trouble(self, error: SifError) -> None:
        """Says why they were not united, and that nothing was left half-written."""
        self._error = error
        self._tell()

    def set_busy(self, busy: bool) -> None:
        """While work goes on nothing else is begun."""
        self._busy = busy
        self._tell()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.title.setText(say("window.bundle.copies.title"))
        self.about.setText(say("window.bundle.copies.about"))
        self.table.setAccessibleName(say("window.bundle.copies.list"))
        self.add.setText(say("window.bundle.copies.add"))
        self.remove.setText(say("window.bundle.copies.remove"))
        self.close_it.setText(say("window.bundle.copies.close"))
        self.unite.setText(say("window.bundle.copies.unite"))
        self.model.retranslate()
        self.table.fit()
        self.place.retranslate()
        self._tell()

    def tint(self) -> None:
        """Icons and colours are others."""
        self.add.setIcon(self._look.icon("add", "text"))
        self.remove.setIcon(self._look.icon("remove", "text"))
        self.close_it.setIcon(self._look.icon("close", "text"))
        self.unite.setIcon(self._look.icon("side-team", "on_accent"))
        self.place.tint()
        self.table.viewport().update()

    def _tell(self) -> None:
        """Why they cannot be united, in words, with the file that stands in the way."""
        copies, say = self.model.copies, self._speech.say
        told = []
        for one in copies:
            if one.trouble is not None:
                told.append(self._speech.error(one.trouble))
            elif one.state != "ready":
                key = f"window.bundle.copies.why.{one.state}"
                told.append(say(key, file=one.path.name, members=one.members))
        if len(copies) < 2 and not told:
            told.append(say("window.bundle.copies.why.one"))
        self.why.setText("\n".join(told))
        self.why.setVisible(bool(told))
        error = self._error
        self.trouble.setVisible(error is not None)
        if error is not None:
            nothing = say("window.export.nothing_left")
            self.trouble.setText(f"{self._speech.error(error)} {nothing}")
        ready = can_unite(copies) and not self._busy
        self.unite.setEnabled(ready)
        self.unite.setAccessibleDescription(self.why.text())
        self.remove.setEnabled(self.table.currentIndex().isValid() and not self._busy)
        self.add.setEnabled(not self._busy)
        self.place.setEnabled(not self._busy)

    def _suggest(self) -> None:
        added = self._speech.say("window.bundle.copies.file_ending")
        self.place.suggest(united_name(self.paths[0], added), "kind_bundle")

    def _take_out(self) -> None:
        self.without.emit(self.table.currentIndex().row())

    def _want(self) -> None:
        self._suggest()  # somebody may have taken the name meanwhile
        if self.place.path:
            self.wants_unite.emit(self.place.path)

    def _arrange(self) -> None:
        buttons = FlowLayout(None, gap(0.5))
        for button in (self.add, self.remove, self.close_it):
            buttons.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.unite)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        layout.setSpacing(gap(1.5))
        for widget in (self.title, self.about, self.table):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addWidget(self.why)
        layout.addWidget(self.place)
        layout.addLayout(foot)
        layout.addWidget(self.trouble)
