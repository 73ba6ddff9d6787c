"""The plan as a chart beside the list of work packages: its rows stand beside the list's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from sif_desktop.document.content import PlanBar, PlanChart
from sif_desktop.document.plan import Area, PlanLook, bar_said, chart_of, plan_bar
from sif_desktop.model.workplan import WorkPackage
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.items_view import ItemsView
from sif_desktop.ui.pages.work_plan_drawing import Drawer, Wish
from sif_desktop.ui.pages.work_plan_painted import POINTS, LegendView, Painted

OUTCOME = "#f2a33a"
"""What the call asks for, as in the PDF: it has an edge in the colour of text."""


class PlanView(QWidget):
    """The plan, drawn for its width. A click on a row chooses a work package.

    Beside a list (`list_view`) it has no names and scrolls with the list; without one it stands
    by itself with names and a legend. `chosen` gives the place of a work package, `asked` the
    places of one and of its deliverable.
    """

    chosen = Signal(int)
    asked = Signal(int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._painted = Painted()
        self._list: ItemsView | None = None
        self._head = 0
        self._row = -1
        self.chart = PlanChart((), 1)
        self._bars: dict[str, tuple[WorkPackage, PlanBar]] = {}
        self.drawer = Drawer(self)
        self.drawer.drawn.connect(self._show)
        self.legend = LegendView()
        self.setMouseTracking(True)
        self.setMinimumWidth(120)
        desk.tinted.connect(self.draw)

    def stand_beside(self, list_view: ItemsView | None, head: int) -> None:
        """Goes along with a list whose rows begin `head` pixels below the upper edge."""
        if list_view is not self._list:
            if self._list is not None:
                self._list.verticalScrollBar().valueChanged.disconnect(self.update)
            if list_view is not None:
                list_view.verticalScrollBar().valueChanged.connect(self.update)
        self._list, self._head = list_view, head
        high = QSizePolicy.Policy.Fixed if list_view is None else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Expanding, high)
        self.legend.setVisible(list_view is not None)
        self.draw()

    def refresh(self) -> None:
        """Draws the plan anew where the proposal has another one now."""
        chart = chart_of(self._desk.proposal, self._make_bars())
        if chart != self.chart:
            self.chart = chart
            self.draw()
            self.retranslate()

    def retranslate(self) -> None:
        """The plan in words, for whoever cannot see it, and its months in the language."""
        say, words = self._desk.speech.say, self._desk.speech.words
        bars = " ".join(bar_said(bar, words) for bar in self.chart.bars)
        self.setAccessibleName(say("window.work_packages.chart"))
        self.setAccessibleDescription(say("document.alt_plan", months=self.chart.months, bars=bars))
        self.draw()

    def draw(self) -> None:
        """Asks for the drawing in the width, language and colours of now."""
        if self.width() > 0 and self.chart.bars:
            look, chart = self._plan_look(), self.chart
            if not look.labels:  # another name is no other drawing then
                chart = replace(chart, bars=tuple(replace(bar, label="") for bar in chart.bars))
            width = round(self.width() * POINTS, 1)
            self.drawer.draw(Wish(chart, self._desk.speech.words, width, look))
        self.updateGeometry()
        if not self.chart.bars:
            self.update()

    def _make_bars(self) -> Iterator[PlanBar]:
        """The bars; those of work packages that did not change are the same as before."""
        code = self._desk.speech.say("document.wp", number="{}")
        known, self._bars = self._bars, {}
        for place, package in enumerate(self._packages, 1):
            name = (
                f"{code.replace('{}', str(place))} {' '.join(package.title[:300].split())}".strip()
            )
            made = known.get(package.id)
            if made is None or made[0] is not package or made[1].label != name:
                made = (package, plan_bar(package, name))
            self._bars[package.id] = made
            yield made[1]

    def point_at(self, row: int) -> None:
        """Shows which work package is chosen; -1 for none."""
        if row != self._row:
            self._row = row
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its rows where it stands by itself."""
        look = self._plan_look()
        high = look.head + len(self.chart.bars) * look.row + look.legend
        return QSize(300, round(high / POINTS) if self.chart.bars else 0)

    def place_of(self, area: Area) -> QRectF:
        """Where something of the plan is on the screen."""
        place = QRectF(area.x, area.y, area.width, area.height)
        scaled = QRectF(place.topLeft() / POINTS, place.size() / POINTS)
        return scaled.translated(0, -self._offset)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The months stay where they are; the rows go with the list."""
        picture = self.drawer.picture
        if picture is None or not self.chart.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head, ratio = round(picture.wish.look.head / POINTS), self.devicePixelRatioF()
        painter.setClipRect(QRect(0, head, self.width(), self.height() - head))
        self._painted.put(painter, -self._offset, self.width(), ratio)
        row = picture.wish.look.row / POINTS
        if 0 <= self._row < len(self.chart.bars):
            ground = QColor(self._desk.look.colour("accent"))
            ground.setAlpha(30)
            top = head + self._row * row - self._offset
            painter.fillRect(QRectF(0, top, self.width(), row), ground)
        painter.setClipRect(QRect(0, 0, self.width(), head + 1))
        self._painted.put(painter, 0, self.width(), ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width is another drawing."""
        super().resizeEvent(event)
        self.draw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A hand where a click does something."""
        row = self._row_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Chooses the work package, or goes to the deliverable."""
        at = event.position().toPoint()
        area, row = self._area_at(at), self._row_at(at)
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            super().mousePressEvent(event)
        elif area is not None and area.milestone is not None:
            self.asked.emit(area.bar, self._deliverable(area))
        else:
            self.chosen.emit(row)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls the list that it goes along with."""
        if self._list is not None:
            QApplication.sendEvent(self._list.viewport(), event)
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tells what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self)
            return True
        return super().event(event)

    def told_at(self, at: QPoint) -> str:
        """What stands at a place, in words."""
        area, row = self._area_at(at), self._row_at(at)
        if row < 0:
            return ""
        bar = self.chart.bars[row]
        if area is None or area.milestone is None:
            return bar_said(bar, self._desk.speech.words)
        milestone = bar.milestones[area.milestone]
        key = "outcome" if milestone.marked else "deliverable"
        say = self._desk.speech.say
        return say(
            "window.work_packages.milestone",
            kind=say(f"charts.{key}"),
            title=milestone.label,
            month=milestone.month,
        )

    @property
    def _packages(self) -> tuple[WorkPackage, ...]:
        return self._desk.proposal.work_packages

    @property
    def _offset(self) -> int:
        return self._list.verticalScrollBar().value() if self._list else 0

    def _plan_look(self) -> PlanLook:
        colours = self._desk.look.colours.named()
        look = PlanLook(
            labels=110,
            ink=colours["text"],
            quiet=colours["muted"],
            accent=colours["accent"],
            outcome=OUTCOME,
            ground=colours["card"],
            rule=colours["line"],
            tint=colours["page" if self._list else "side"],
        )
        if self._list is None:
            return look
        head, row = self._head * POINTS, self._list.row * POINTS
        return replace(look, labels=0, legend=0, head=head, row=row, bar=11)

    def _show(self) -> None:
        picture = self.drawer.picture
        if picture is not None:
            self._painted.load(picture.svg)
            self.legend.load(picture.legend)
            self.update()

    def _area_at(self, at: QPoint) -> Area | None:
        picture = self.drawer.picture
        if picture is None or self._row_at(at) < 0:
            return None
        areas = (area for area in picture.areas if area.bar < len(self.chart.bars))
        return next((area for area in areas if self.place_of(area).contains(QPointF(at))), None)

    def _row_at(self, at: QPoint) -> int:
        """The row at a place, or -1."""
        look = self._plan_look()
        below = at.y() - look.head / POINTS
        row = int((below + self._offset) // (look.row / POINTS))
        return row if below >= 0 and 0 <= row < len(self.chart.bars) else -1

    def _deliverable(self, area: Area) -> int:
        """The place of a milestone's deliverable among all of its work package."""
        package = self._packages[area.bar]
        shown = [
            place for place, one in enumerate(package.deliverables) if isinstance(one.month, int)
        ]
        milestone = area.milestone or 0
        return shown[milestone] if milestone < len(shown) else -1
