"""The work plan over months, as a drawing: bars for the work, diamonds for what is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from reportlab.graphics.shapes import Polygon
from reportlab.lib.colors import HexColor

from sif_desktop.document import style
from sif_desktop.document.charts import box, empty_drawing, rule, text
from sif_desktop.document.content import Milestone, PlanBar, PlanChart
from sif_desktop.document.fonts import face
from sif_desktop.document.plan import PAPER, Area, PlanLook
from sif_desktop.document.style import Type
from sif_desktop.language import Words

_MONTH = Type("Regular", 7, 10)
_MONTH_BOLD = Type("Bold", 7, 10)
_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}

MOST_MONTHS = 240
"""Months that a plan shows at most; a longer one is shown up to here."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """The months of a drawing: how many it shows, and where they lie."""

    months: int
    month: float
    left: float

    def span(self, bar: PlanBar) -> tuple[float, float] | None:
        """Where a bar begins and how long it is; None where nothing of it is seen."""
        first, last = max(bar.first, 1), min(bar.last, self.months)
        if not bar.first or first > last:
            return None
        return self.left + (first - 1) * self.month, (last - first + 1) * self.month

    def end_of(self, milestone: Milestone) -> float | None:
        """Where a milestone stands: at the end of its month; None where it is not seen."""
        if not 1 <= milestone.month <= self.months:
            return None
        return min(
            self.left + milestone.month * self.month, self.left + self.months * self.month - 6
        )


def gantt_drawing(chart: PlanChart, known: Words, width: float, look: PlanLook = PAPER) -> Any:
    """The plan: a row for each bar, a grid of months, a legend below."""
    scale = _scale(chart, width, look)
    drawing = empty_drawing(width, plan_height(chart, look))
    top = drawing.height - look.head
    for shape in _grid(chart, scale, top, known, look):
        drawing.add(shape)
    for place, bar in enumerate(chart.bars):
        y = top - (place + 1) * look.row
        drawing.add(rule(0, y, width, y, 0.4, look.rule))
        for shape in _label(bar.label, y, look) if look.labels else ():
            drawing.add(shape)
        for shape in _bar(bar, scale, y, look):
            drawing.add(shape)
    for shape in _legend(known, look) if look.legend else ():
        drawing.add(shape)
    return drawing


def plan_height(chart: PlanChart, look: PlanLook = PAPER) -> float:
    """How high a plan is drawn."""
    return look.head + len(chart.bars) * look.row + look.legend


def plan_areas(chart: PlanChart, width: float, look: PlanLook = PAPER) -> tuple[Area, ...]:
    """What lies where in the drawing of the same plan, width and look; what is on top first."""
    scale = _scale(chart, width, look)
    found = []
    for place, bar in enumerate(chart.bars):
        middle = look.head + (place + 0.5) * look.row
        for number, milestone in enumerate(bar.milestones):
            x = scale.end_of(milestone)
            if x is not None:
                half = _half(milestone.marked)
                found.append(Area(place, number, x - half, middle - half, 2 * half, 2 * half))
        span = scale.span(bar)
        if span:
            found.append(Area(place, None, span[0], middle - look.bar / 2, span[1], look.bar))
    return tuple(sorted(found, key=lambda area: area.milestone is None))


def _scale(chart: PlanChart, width: float, look: PlanLook) -> _Scale:
    months = min(max(chart.months, 1), MOST_MONTHS)
    return _Scale(months, (width - look.labels) / months, look.labels)


def _grid(
    chart: PlanChart, scale: _Scale, top: float, known: Words, look: PlanLook
) -> Iterator[Any]:
    """The months: a band every other one, their numbers, and the calendar's months and years."""
    bottom = top - len(chart.bars) * look.row
    month, months = scale.month, scale.months
    width = scale.left + months * month
    numbers, quiet = look.type(_MONTH_BOLD, quiet=True), look.type(_MONTH, quiet=True)
    step = next(size for size in (1, 2, 3, 6, 12, 24) if size * month >= 16 or size == 24)
    first = _day(chart.start)
    year = 0
    for place in range(0, months, step):
        x = scale.left + place * month
        wide = min(step, months - place) * month
        if place // step % 2 == 0 and bottom < top:
            yield box(x, bottom, wide, top - bottom, look.tint)
        middle = x + wide / 2
        yield text(str(place + 1), middle, top + 5, numbers, centred=True)
        if first:
            day = _later(first, place)
            name = str(format_date(day, "MMM", locale=_LOCALES[known.language])).rstrip(".")
            if step * month >= 18:
                yield text(name, middle, top + 14, quiet, centred=True)
            if day.year != year:
                year = day.year
                if x + 22 <= width:
                    yield text(str(year), x + 2, top + 23, numbers)
                yield rule(x, top, x, top + 30, 0.5, look.rule)
    if scale.left:
        yield text(known.say("charts.month"), 0, top + 5, numbers)
    yield rule(0, top, width, top, 0.9, look.accent)


def _label(label: str, y: float, look: PlanLook) -> Iterator[Any]:
    """The name of a bar, on at most two lines."""
    kind, room = look.type(style.CELL), look.labels - 12
    middle = y + look.row / 2
    first, *rest = face(kind.style).wrap(label, kind.size, room)
    if not rest:
        yield text(first, 0, middle - 3, kind)
        return
    yield text(first, 0, middle + 1.5, kind)
    yield text(" ".join(rest), 0, middle - 7.5, kind, room=room)


def _bar(bar: PlanBar, scale: _Scale, y: float, look: PlanLook) -> Iterator[Any]:
    span = scale.span(bar)
    if span:
        yield box(span[0], y + (look.row - look.bar) / 2, span[1], look.bar, look.accent)
    for milestone in bar.milestones:
        x = scale.end_of(milestone)
        if x is not None:
            yield diamond(x, y + look.row / 2, milestone.marked, look)


def diamond(x: float, y: float, marked: bool, look: PlanLook = PAPER) -> Any:
    """Something handed over: larger and filled where the call asks for it."""
    half = _half(marked)
    return Polygon(
        [x, y + half, x + half, y, x, y - half, x - half, y],
        fillColor=HexColor(look.outcome if marked else look.ground),
        strokeColor=HexColor(look.ink),
        strokeWidth=0.9,
    )


def _half(marked: bool) -> float:
    return 6.5 if marked else 4.5


def legend_drawing(known: Words, look: PlanLook = PAPER) -> Any:
    """The legend alone, as wide as it is, for where it stands apart from the plan."""
    shapes = list(_legend(known, look))
    drawing = empty_drawing(shapes[-1].x + _wide(shapes[-1].text) + 2, 14)
    for shape in shapes:
        drawing.add(shape)
    return drawing


def _legend(known: Words, look: PlanLook) -> Iterator[Any]:
    """What the shapes are, one behind the other."""
    caption = look.type(style.CAPTION, quiet=True)
    yield box(0, 3, 16, 7, look.accent)
    yield text(known.say("charts.work_package"), 22, 3.5, caption)
    x = max(look.labels - 24, 22 + _wide(known.say("charts.work_package")) + 20)
    yield diamond(x, 6.5, False, look)
    yield text(known.say("charts.deliverable"), x + 10, 3.5, caption)
    x = max(look.labels + 66, x + 10 + _wide(known.say("charts.deliverable")) + 20)
    yield diamond(x, 6.5, True, look)
    yield text(known.say("charts.outcome"), x + 11, 3.5, caption)


def _wide(said: str) -> float:
    return face(style.CAPTION.style).width(said, style.CAPTION.size)


def _day(start: str) -> date | None:
    try:
        day = date.fromisoformat(start)
    except ValueError:
        return None
    return day if day.year < 9900 else None


def _later(day: date, months: int) -> date:
    """The first of the month that lies some months later."""
    whole = day.year * 12 + day.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)
