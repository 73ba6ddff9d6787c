"""The plan drawn off the window's thread, by the code that draws it in the PDF."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from sif_desktop.document.content import PlanChart
from sif_desktop.document.plan import Area, PlanLook
from sif_desktop.language import Words

SOON, LOOK = 40, 12
"""Milliseconds after the last wish when drawing begins, and between two looks whether it is done.

What draws is loaded with the first drawing: half a second on an old laptop, during which the
window goes on.
"""

_drawers = ThreadPoolExecutor(1, thread_name_prefix="plan")


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
    """Draws the plan that was wished for last; what was overtaken is not shown."""

    drawn = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.picture: Picture | None = None
        self._wish: Wish | None = None
        self._future: Future[Picture] | None = None
        self._begin = QTimer(self, singleShot=True, interval=SOON)
        self._begin.timeout.connect(self._start)
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self._look_for_it)

    def draw(self, wish: Wish) -> None:
        """Asks for a drawing; several wishes in a row become one."""
        if not wish.same(self._wish):
            self._wish = wish
            self._begin.start()

    def finish(self) -> None:
        """Waits until the last wish is drawn: for pictures and tests."""
        if self._begin.isActive():
            self._begin.stop()
            self._start()
        while self._future is not None:
            self._future.exception()
            self._look_for_it()

    def _start(self) -> None:
        if self._future is None and self._wish is not None:
            self._future = _drawers.submit(_drawn, self._wish)
            self._look.start()

    def _look_for_it(self) -> None:
        future = self._future
        if future is None or not future.done():
            return
        self._future = None
        self._look.stop()
        self.picture = future.result()
        self.drawn.emit()
        if not self.picture.wish.same(self._wish):
            self._start()


def _drawn(wish: Wish) -> Picture:
    from sif_desktop.document.charts import svg
    from sif_desktop.document.gantt import gantt_drawing, legend_drawing, plan_areas

    return Picture(
        wish,
        svg(gantt_drawing(wish.chart, wish.words, wish.width, wish.look)),
        svg(legend_drawing(wish.words, wish.look)),
        plan_areas(wish.chart, wish.width, wish.look),
    )
