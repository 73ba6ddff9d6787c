"""What all bundles come to: a card for each call, with its money, its themes and its targets."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from sif_desktop.app.intake.across import CallOverview, Overview
from sif_desktop.app.intake.figures import money_figures, target_figures, theme_figures
from sif_desktop.document.content import KeyFigure
from sif_desktop.ui.intake.meter import Gauge
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import card, clear
from sif_desktop.ui.speech import Speech

_BESIDE = 4
"""Figures beside one another."""


class Overall(QScrollArea):
    """The cards, one beneath the other. They are made when they are shown first."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._overview: Overview | None = None
        self.cards: list[QFrame] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        role(holder, "column")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(gap(0.5), gap(2), gap(1.5), gap(2))
        self._column.setSpacing(gap(2))
        self.setWidget(holder)
        look.changed.connect(self.refresh)

    def show_overview(self, overview: Overview) -> None:
        """Shows what all come to."""
        self._overview = overview
        self.refresh()

    def refresh(self) -> None:
        """Says everything in the language and the colours of the interface."""
        self.setAccessibleName(self._speech.say("window.intake.tab.overall"))
        if self._overview is None:
            return
        clear(self._column)
        self.cards = [self._card(one) for one in self._overview.calls]
        for frame in self.cards:
            self._column.addWidget(frame)
        if not self.cards:
            none = QLabel(self._speech.say("window.intake.none_counts"), wordWrap=True)
            self._column.addWidget(none)
        note = QLabel(self._speech.say("intake.report.counted"), wordWrap=True)
        role(note, "small")
        self._column.addWidget(note)
        self._column.addStretch(1)

    def _card(self, one: CallOverview) -> QFrame:
        words = self._speech.words
        own = one.call.words(words.language)
        title = QLabel(f"{own.say('call.title')} · {one.call.edition}", wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        frame, layout = card(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap(4))
        grid.setVerticalSpacing(gap(2.5))
        self._fill(grid, money_figures(one, words))
        for key, figures in (
            ("themes", theme_figures(one, self._overview, words) if self._overview else ()),
            ("targets", target_figures(one, words)),
        ):
            head = QLabel(words.say(f"intake.report.{key}"), wordWrap=True)
            role(head, "lead")
            self._fill(grid, figures, head)
        for column in range(_BESIDE):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, gap(14))
        layout.addLayout(grid)
        return frame

    def _fill(
        self, grid: QGridLayout, figures: Iterable[KeyFigure], head: QLabel | None = None
    ) -> None:
        """Puts figures beneath what is there, with a heading where there are any."""
        shown, row = list(figures), grid.rowCount()
        if head is not None and shown:
            grid.addWidget(head, row, 0, 1, _BESIDE)
            row += 1
        for place, figure in enumerate(shown):
            at = row + place // _BESIDE, place % _BESIDE
            grid.addWidget(Gauge(self._look, figure), *at)
