"""The work plan: work packages in a list with their chart beside it, the chosen one's fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from sif_desktop.app.steps import is_empty
from sif_desktop.calls.reading import partner_name
from sif_desktop.errors import EditError
from sif_desktop.language import number
from sif_desktop.model.address import value_at
from sif_desktop.model.values import Number
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.items_model import Told
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.chosen import ChosenPage
from sif_desktop.ui.pages.work_plan_chart import PlanView
from sif_desktop.ui.pages.work_plan_outcomes import Outcomes

NARROW = 800
"""Below this width of a page, the chart stands above the fields and not beside the list."""

HEAD = 46
"""The height of the months above the rows, in pixels."""


class WorkPlanPage(ChosenPage):
    """The work packages of the proposal, and what the form asks of the plan as a whole."""

    list_at = "work_packages"

    def tell(self, item: Any, place: int) -> Told:
        """A work package by its title, with its months and who leads it."""
        package: WorkPackage = item
        title = " ".join(package.title[:300].split())[:120]
        if not title:
            title = self.desk.speech.say("window.work_packages.unnamed", place=place + 1)
        lead = partner_name(self.desk.proposal, package.lead) if package.lead else ""
        facts = (self._months(package), " ".join(lead[:100].split())[:60])
        return Told(title, tuple(fact for fact in facts if fact), badge=str(place + 1))

    def told_with(self) -> object:
        """The names of the partners who lead."""
        return self.desk.proposal.partners

    def add_above(self, layout: QVBoxLayout) -> None:
        """The outcomes that the call asks for."""
        self.outcomes = Outcomes(self.desk, self.focus_on)
        layout.addWidget(self.outcomes)

    def add_to_list(self, layout: QVBoxLayout, row: QHBoxLayout) -> None:
        """What is asked of the whole stands above the rows, the chart beside them."""
        self.whole = QPushButton()
        self.whole.setCheckable(True)
        self.whole.setFixedHeight(HEAD - 8)
        role(self.whole, "quiet")
        self.whole.setStyleSheet("text-align: left; font-weight: 600;")
        self.whole.clicked.connect(self._choose_whole)
        self.caption = QLabel()
        role(self.caption, "small")
        self.caption.setFixedHeight(HEAD - 8)
        self.caption.setContentsMargins(gap(1.25), 0, 0, 0)
        (self.caption if self.own else self.whole).hide()
        row.removeWidget(self.view)
        self.frame = QFrame()
        role(self.frame, "card")
        self.beside = QHBoxLayout(self.frame)
        self.beside.setContentsMargins(gap(0.5), gap(0.5), gap(0.5), gap(0.5))
        self.beside.setSpacing(gap(0.5))
        names = QVBoxLayout()
        names.setSpacing(gap(0.5))
        for widget in (self.whole, self.caption):
            names.addWidget(widget)
        names.addWidget(self.view, 1)
        self.beside.addLayout(names, 1)
        self.chart = PlanView(self.desk)
        self.chart.chosen.connect(self._chart_chosen)
        self.chart.asked.connect(self._chart_asked)
        row.addWidget(self.frame, 1)
        layout.addWidget(self.chart.legend, 0, Qt.AlignmentFlag.AlignRight)
        self.view.installEventFilter(self)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved):
            changed.connect(self._fit_frame)
        self._fit_frame()

    def list_width(self, width: int) -> int:
        """The list and the chart beside it; the list alone on a narrow page."""
        names = min(max(width * 24 // 100, 185), 330)
        return names if self._is_narrow() else names + min(width * 24 // 100, 520)

    # -- choosing ---------------------------------------------------------------------------

    def _choose_first(self) -> None:
        """What is asked of the whole comes first, as in the form."""
        if self.own:
            self._show_current()
        else:
            super()._choose_first()

    def _choose_whole(self) -> None:
        self.view.selectionModel().clear()
        self._show_current()
        self.whole.setChecked(True)

    def _show_current(self) -> None:
        super()._show_current()
        self.whole.setChecked(not self.chosen)
        self.chart.point_at(self.model.place_of(self.chosen))

    def _chart_chosen(self, place: int) -> None:
        self.choose(self.items[place].id)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)

    def _chart_asked(self, place: int, deliverable: int) -> None:
        package: WorkPackage = self.items[place]
        if deliverable < 0:
            self.choose(package.id)
            return
        one = package.deliverables[deliverable]
        self.focus_on(f"work_packages/{package.id}/deliverables/{one.id}/month")

    def go_to_own(self, address: str) -> bool:
        """Shows the fields of the whole first."""
        if all(spec.at != address for spec in self.own):
            return False
        self._choose_whole()
        return super().go_to_own(address)

    # -- what every page does ---------------------------------------------------------------

    def refresh(self) -> None:
        """The chart and the outcomes too."""
        super().refresh()
        self.chart.refresh()
        self.outcomes.refresh()
        self._tint_whole()

    def show_findings(self) -> None:
        """What is missing of the outcomes is told in their strip."""
        super().show_findings()
        self.outcomes.refresh()

    def general(self, found: Sequence[Finding]) -> Iterator[Finding]:
        """The findings on the list but those that the strip of outcomes tells."""
        yield from (one for one in found if not self.outcomes.about(one))

    def retranslate(self) -> None:
        """The names around the list, and the chart's months."""
        super().retranslate()
        say = self.desk.speech.say
        name = say("window.work_packages.whole")
        if len(self.own) == 1:
            name = self.desk.label(self.own[0])
        self.whole.setText(name.replace("&", "&&"))
        self.caption.setText(self.view.accessibleName())
        self.outcomes.retranslate()
        self.chart.refresh()
        self.chart.retranslate()
        self._tint_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The chart goes where there is room for it."""
        super().resizeEvent(event)
        narrow = self._is_narrow()
        if narrow and self.holder.indexOf(self.chart) < 0:
            self.beside.removeWidget(self.chart)
            self.holder.insertWidget(0, self.chart)
        elif not narrow and self.beside.indexOf(self.chart) < 0:
            self.holder.removeWidget(self.chart)
            self.beside.addWidget(self.chart, 1)
        self._align()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The chart's rows begin where the list's do."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._align()
        return super().eventFilter(watched, event)

    def _align(self) -> None:
        if self._is_narrow():
            self.chart.stand_beside(None, 0)
            return
        top = self.view.viewport().mapTo(self, QPoint(0, 0)).y()
        head = top - self.chart.mapTo(self, QPoint(0, 0)).y()
        self.chart.stand_beside(self.view, head if head > 0 else HEAD)

    def _fit_frame(self) -> None:
        """The list with its chart is no higher than its rows."""
        self.view.fit()
        self.frame.setHidden(not self.own and not self.items)
        self.frame.setMaximumHeight(self.view.maximumHeight() + HEAD + gap(1.5))

    def _is_narrow(self) -> bool:
        return self.width() < NARROW

    def _months(self, package: WorkPackage) -> str:
        first, last = self._month(package.first_month), self._month(package.last_month)
        if not first and not last:
            return ""
        return self.desk.speech.say(
            "window.work_packages.months", first=first or "?", last=last or "?"
        )

    def _month(self, typed: Number) -> str:
        if isinstance(typed, int):
            return number(typed, self.desk.speech.language)
        return " ".join(typed[:20].split())

    def _tint(self) -> None:
        super()._tint()
        self._tint_whole()

    def _tint_whole(self) -> None:
        """Whether what is asked of the whole was filled in."""
        given = all(not is_empty(self._given(spec.at)) for spec in self.own if spec.needed)
        icon, colour = ("state-complete", "good") if given else ("state-incomplete", "accent")
        self.whole.setIcon(self.desk.look.icon(icon, colour))

    def _given(self, at: str) -> object:
        try:
            value: object = value_at(self.desk.proposal, at)
        except EditError:
            return ""
        return value
