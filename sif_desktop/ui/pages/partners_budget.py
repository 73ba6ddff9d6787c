"""What a partner costs: its total, the subsidy in it, and its share of the whole, as it is now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sif_desktop.language import percent
from sif_desktop.rules.totals import NOTHING
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

FIGURES = ("total", "subsidy", "own_means", "share")


class PartnerBudget(QFrame):
    """Figures of a partner's budget in a row, and the way to its lines."""

    def __init__(self, desk: Desk, key: str) -> None:
        super().__init__()
        self._desk, self._key = desk, key
        self.setObjectName("partner-budget")
        self._seen: object = None
        self.figures: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        role(self, "panel")
        row = QHBoxLayout(self)
        row.setContentsMargins(gap(2), gap(1), gap(1), gap(1))
        row.setSpacing(gap(2))
        flow = FlowLayout(space=gap(1.5))
        for name in FIGURES:
            flow.addWidget(self._figure(name))
        row.addLayout(flow, 1)
        self.link = QPushButton()
        role(self.link, "link")
        self.link.clicked.connect(lambda _=False: desk.jump.emit("budget"))
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """The figures as the budget adds up now; only its lines count."""
        budget = self._desk.proposal.budget
        if budget is self._seen:
            return
        self._seen = budget
        totals = self._desk.session.totals
        mine = totals.by_partner.get(self._key, NOTHING)
        language = self._desk.speech.language
        whole = totals.whole.total
        share = (
            percent((mine.total * 20_000 + whole) // (2 * whole), language) if whole > 0 else "–"
        )
        amounts = {name: getattr(mine, name) for name in ("total", "subsidy", "own_means")}
        say = self._desk.speech.say
        said = {
            name: say("window.partners.budget.euro", amount=cents)
            for name, cents in amounts.items()
        }
        said["share"] = share
        for name, text in said.items():
            if self.figures[name].text() != text:
                self.figures[name].setText(text)

    def retranslate(self) -> None:
        """The names of the figures, and the figures in the form of the language."""
        say = self._desk.speech.say
        for name, label in self._names.items():
            label.setText(say(f"window.partners.budget.{name}"))
            self.figures[name].setAccessibleName(label.text())
        self.link.setText(say("window.partners.budget.link"))
        self._seen = None
        self.refresh()

    def _figure(self, name: str) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        caption, figure = QLabel(), QLabel()
        role(caption, "small")
        role(figure, "label")
        figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._names[name], self.figures[name] = caption, figure
        layout.addWidget(caption)
        layout.addWidget(figure)
        return holder
