"""The plan drawn off the window's thread, by the code that draws it in the PDF."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, Signal

from sif_desktop.document.content import PlanChart
from sif_desktop.document.plan import Area, PlanLook
from sif_desktop.language import Words
from sif_desktop.ui.worker import Job, run

SOON = 40
"""Milliseconds after the last wish when drawing begins again; the first begins at once.

What draws is loaded with the first drawing: half a second on an old laptop, during which the
window goes on.
"""


@dataclass(frozen=True)
class Wish:
    """A plan to draw in a width, in points."""

    chart: PlanChart
    words: Words
    width: float
    look: PlanLook

    def same(self, other: Wish | None) -> bool:
        """Whether another drawing would be the same; each language has words of its own."""
        return (
            other is not None
            and self.words is other.words
            and (self.chart, self.width, self.look) == (other.chart, other.width, other.look)
        )


@dataclass(frozen=True)
class Picture:
    """A drawn plan as SVG, the legend beside it, and where its bars and milestones lie."""

    wish: Wish
    svg: bytes
    legend: bytes
    areas: tuple[Area, ...]


class Drawer(QObject):
    """Draws the plan that was wished for last; what was overtaken is drawn no more."""

    drawn = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.picture: Picture | None = None
        self._wish: Wish | None = None
        self._job: Job | None = None
        self._begin = QTimer(self, singleShot=True)
        self._begin.timeout.connect(self._start)

    def draw(self, wish: Wish) -> None:
        """Asks for a drawing; several wishes in a row become one."""
        if not wish.same(self._wish):
            self._wish = wish
            self._begin.start(SOON if self.picture else 0)

    def finish(self) -> None:
        """Waits until the last wish is drawn: for pictures and tests."""
        while self._begin.isActive() or self._job is not None:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _start(self) -> None:
        wish = self._wish
        if self._job is None and wish is not None:
            self._job = run(lambda _: _drawn(wish))
            self._job.done.connect(self._arrived)
            self._job.ended.connect(self._ended)
            self._job.failed.connect(self._failed)

    def _arrived(self, picture: Picture) -> None:
        self.picture = picture
        self.drawn.emit()

    def _ended(self) -> None:
        self._job = None
        if self.picture and not self.picture.wish.same(self._wish):
            self._start()

    def _failed(self, error: BaseException) -> None:
        raise error  # a fault of the program is told as any other


def _drawn(wish: Wish) -> Picture:
    from sif_desktop.document.charts import svg
    from sif_desktop.document.gantt import gantt_drawing, legend_drawing, plan_areas

    return Picture(
        wish,
        svg(gantt_drawing(wish.chart, wish.words, wish.width, wish.look)),
        svg(legend_drawing(wish.words, wish.look)),
        plan_areas(wish.chart, wish.width, wish.look),
    )
