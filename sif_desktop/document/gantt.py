"""The work plan over months, as a drawing: bars for the work, diamonds for what is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from babel.dates import format_date
from reportlab.graphics.shapes import Polygon
from reportlab.lib.colors import HexColor

from sif_desktop.document import style
from sif_desktop.document.charts import box, empty_drawing, rule, text
from sif_desktop.document.content import PlanBar, PlanChart
from sif_desktop.document.fonts import face
from sif_desktop.document.style import Type
from sif_desktop.language import Words

_LABELS = 150.0
_HEAD = 30.0
_ROW = 24.0
_BAR = 9.0
_LEGEND = 24.0
_MONTH = Type("Regular", 7, 10, style.QUIET)
_MONTH_BOLD = Type("Bold", 7, 10, style.QUIET)
_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}

MOST_MONTHS = 240
"""Months that a plan shows at most; a longer one is shown up to here."""


def gantt_drawing(chart: PlanChart, known: Words, width: float) -> Any:
    """The plan: a row for each bar, a grid of months, a legend below."""
    months = min(max(chart.months, 1), MOST_MONTHS)
    month = (width - _LABELS) / months
    drawing = empty_drawing(width, _HEAD + len(chart.bars) * _ROW + _LEGEND)
    top = drawing.height - _HEAD
    bottom = top - len(chart.bars) * _ROW
    for shape in _grid(chart, months, (top, bottom), width, known):
        drawing.add(shape)
    for place, bar in enumerate(chart.bars):
        y = top - (place + 1) * _ROW
        drawing.add(rule(0, y, width, y, 0.4, style.RULE))
        for shape in _label(bar.label, y):
            drawing.add(shape)
        for shape in _bar(bar, months, month, y):
            drawing.add(shape)
    for shape in _legend(known):
        drawing.add(shape)
    return drawing


def _grid(
    chart: PlanChart, months: int, between: tuple[float, float], width: float, known: Words
) -> Iterator[Any]:
    """The months: a band every other one, their numbers, and the calendar's months and years."""
    top, bottom = between
    month = (width - _LABELS) / months
    step = next(size for size in (1, 2, 3, 6, 12, 24) if size * month >= 16 or size == 24)
    first = _day(chart.start)
    year = 0
    for place in range(0, months, step):
        x = _LABELS + place * month
        wide = min(step, months - place) * month
        if place // step % 2 == 0 and bottom < top:
            yield box(x, bottom, wide, top - bottom, style.TINT)
        middle = x + wide / 2
        yield text(str(place + 1), middle, top + 5, _MONTH_BOLD, centred=True)
        if first:
            day = _later(first, place)
            name = str(format_date(day, "MMM", locale=_LOCALES[known.language])).rstrip(".")
            if step * month >= 22:
                yield text(name, middle, top + 14, _MONTH, centred=True)
            if day.year != year:
                year = day.year
                if x + 22 <= width:
                    yield text(str(year), x + 2, top + 23, _MONTH_BOLD)
                yield rule(x, top, x, top + 30, 0.5, style.RULE)
    yield text(known.say("charts.month"), 0, top + 5, _MONTH_BOLD)
    yield rule(0, top, width, top, 0.9, style.ACCENT)


def _label(label: str, y: float) -> Iterator[Any]:
    """The name of a bar, on at most two lines."""
    kind, room = style.CELL, _LABELS - 12
    first, *rest = face(kind.style).wrap(label, kind.size, room)
    if not rest:
        yield text(first, 0, y + 9, kind)
        return
    yield text(first, 0, y + 13.5, kind)
    yield text(" ".join(rest), 0, y + 4.5, kind, room=room)


def _bar(bar: PlanBar, months: int, month: float, y: float) -> Iterator[Any]:
    first, last = max(bar.first, 1), min(bar.last, months)
    if bar.first and first <= last:
        x = _LABELS + (first - 1) * month
        yield box(x, y + (_ROW - _BAR) / 2, (last - first + 1) * month, _BAR, style.ACCENT)
    for milestone in bar.milestones:
        if 1 <= milestone.month <= months:
            x = _LABELS + milestone.month * month
            yield diamond(min(x, _LABELS + months * month - 6), y + _ROW / 2, milestone.marked)


def diamond(x: float, y: float, marked: bool) -> Any:
    """Something handed over: larger and filled where the call asks for it."""
    half = 6.5 if marked else 4.5
    return Polygon(
        [x, y + half, x + half, y, x, y - half, x - half, y],
        fillColor=HexColor(style.OUTCOME if marked else style.WHITE),
        strokeColor=HexColor(style.INK),
        strokeWidth=0.9,
    )


def _legend(known: Words) -> Iterator[Any]:
    yield box(0, 3, 16, 7, style.ACCENT)
    yield text(known.say("charts.work_package"), 22, 3.5, style.CAPTION)
    yield diamond(_LABELS - 24, 6.5, False)
    yield text(known.say("charts.deliverable"), _LABELS - 14, 3.5, style.CAPTION)
    yield diamond(_LABELS + 66, 6.5, True)
    yield text(known.say("charts.outcome"), _LABELS + 77, 3.5, style.CAPTION)


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
