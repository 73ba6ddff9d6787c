"""The charts as drawings: what stands where, and the same as SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from reportlab.graphics.shapes import Line, Polygon, Rect, String

from sif_desktop.document import style
from sif_desktop.document.charts import cost_drawing, svg
from sif_desktop.document.content import CostBar, CostChart, Milestone, PlanBar, PlanChart
from sif_desktop.document.fonts import face
from sif_desktop.document.gantt import (
    MOST_MONTHS,
    gantt_drawing,
    legend_drawing,
    plan_areas,
)
from sif_desktop.document.plan import PlanLook
from sif_desktop.language import LANGUAGES, words

WIDTH = 470.0
PLAN = PlanChart(
    (
        PlanBar("WP1 Begin", 1, 6, (Milestone(3, "Kaart"), Milestone(6, "Uitspraak", True))),
        PlanBar("WP2 Vervolg & <meer>", 7, 12),
        PlanBar("WP3 Nog zonder maanden", 0, 0),
    ),
    12,
    "2013-11-15",
)
COSTS = CostChart((CostBar("Eén", 30_000, 10_000), CostBar("Twee", 0, 20_000)), 40_000)


def shapes(drawing: object, kind: type) -> list:
    return [shape for shape in drawing.contents if isinstance(shape, kind)]  # type: ignore[attr-defined]


def strings(drawing: object) -> list[str]:
    return [shape.text for shape in shapes(drawing, String)]


def test_bars_stand_under_their_months() -> None:
    drawing = gantt_drawing(PLAN, words("nl"), WIDTH)
    bars = [r for r in shapes(drawing, Rect) if r.fillColor.hexval()[2:] == style.ACCENT[1:]]
    first, second = (bar for bar in bars if bar.height == 9)
    month = (WIDTH - 150) / 12
    assert (first.x, first.width) == (pytest.approx(150), pytest.approx(6 * month))
    assert (second.x, second.width) == (pytest.approx(150 + 6 * month), pytest.approx(6 * month))
    diamonds = shapes(drawing, Polygon)[:2]
    assert diamonds[0].points[0] == pytest.approx(150 + 3 * month)
    # The one that the call asks for differs in size and in lightness, not in hue alone.
    assert max(diamonds[1].points[::2]) - min(diamonds[1].points[::2]) > 10
    assert diamonds[0].fillColor != diamonds[1].fillColor


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_is_told(language: str) -> None:
    found = strings(gantt_drawing(PLAN, words(language), WIDTH))  # type: ignore[arg-type]
    assert {"2013", "2014", "1", "12"} <= set(found)
    assert {"nl": "nov", "en": "Nov", "fr": "nov"}[language] in found


@pytest.mark.parametrize("start", ["", "2013-02-30", "gisteren", "9999-12-01"])
def test_a_plan_without_a_usable_start_shows_its_months(start: str) -> None:
    chart = PlanChart(PLAN.bars, 12, start)
    assert "12" in strings(gantt_drawing(chart, words("nl"), WIDTH))


@pytest.mark.parametrize("months", [0, 1, 7, 36, 120, 10**15])
def test_any_number_of_months_stays_within_the_drawing(months: int) -> None:
    wild = PlanBar("x" * 500, -(10**15), 10**15, (Milestone(10**15, "x"), Milestone(0, "y")))
    drawing = gantt_drawing(PlanChart((wild,), months, "2013-01-01"), words("nl"), WIDTH)
    assert MOST_MONTHS >= 120
    for shape in drawing.contents:
        if isinstance(shape, Rect):
            assert shape.x >= 0
            assert shape.x + shape.width <= WIDTH + 0.01
        elif isinstance(shape, Line):
            assert max(shape.x1, shape.x2) <= WIDTH + 0.01
        elif isinstance(shape, String):
            letters = face(shape.fontName.removeprefix("NotoSans-"))
            width = letters.width(shape.text, shape.fontSize)
            left = shape.x - width / 2 if shape.textAnchor == "middle" else shape.x
            assert -0.01 <= left <= left + width <= WIDTH + 0.01, shape.text


def test_costs_are_on_one_scale_with_their_sums() -> None:
    drawing = cost_drawing(COSTS, words("nl"), WIDTH)
    bars = [rect for rect in shapes(drawing, Rect) if rect.strokeColor is not None]
    asked, own, own_of_two = bars
    assert asked.width == pytest.approx(3 * own.width)
    assert own_of_two.width == pytest.approx(2 * own.width)
    assert own.x == pytest.approx(asked.x + asked.width)
    assert {"400,00", "200,00", "Eén", "Twee"} <= set(strings(drawing))


@pytest.mark.parametrize(
    "bar", [CostBar("x", -5, -6), CostBar("x", 2**60, 2**60), CostBar("", 0, 0)]
)
def test_odd_costs_are_drawn_within_the_width(bar: CostBar) -> None:
    drawing = cost_drawing(
        CostChart((bar,), max(bar.subsidy + bar.own_means, 0)), words("fr"), WIDTH
    )
    for rect in shapes(drawing, Rect):
        assert rect.width >= 0
        assert rect.x + rect.width <= WIDTH


def test_svg_is_well_formed_says_the_texts_and_is_always_the_same() -> None:
    first, again = (svg(gantt_drawing(PLAN, words("nl"), WIDTH)) for _ in range(2))
    assert first == again
    text = first.decode("utf-8")
    tree = ET.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", text))
    said = " ".join(tree.itertext())
    assert "WP2 Vervolg & <meer>" in said
    assert "Verplicht resultaat" in said
    assert "'Noto Sans'" in text
    assert "NotoSans-" not in text


BESIDE = PlanLook(labels=0, legend=0, head=34, row=48, bar=11, accent="#123456", tint="#abcdef")


def test_a_plan_beside_a_list_has_no_names_and_the_measures_of_the_list() -> None:
    drawing = gantt_drawing(PLAN, words("nl"), 240, BESIDE)
    assert drawing.height == 34 + 3 * 48
    assert not [text for text in strings(drawing) if "WP" in text or text == "Werkpakket"]
    bars = [rect for rect in shapes(drawing, Rect) if rect.height == 11]
    assert [bar.fillColor.hexval() for bar in bars] == ["0x123456", "0x123456"]
    assert (bars[0].x, bars[0].width) == (0, pytest.approx(120))


@pytest.mark.parametrize("look", [PlanLook(), BESIDE], ids=["paper", "beside"])
def test_areas_lie_where_bars_and_milestones_are_drawn(look: PlanLook) -> None:
    drawing = gantt_drawing(PLAN, words("nl"), WIDTH, look)
    areas = plan_areas(PLAN, WIDTH, look)
    assert [(area.bar, area.milestone) for area in areas] == [(0, 0), (0, 1), (0, None), (1, None)]
    bars = [
        rect
        for rect in shapes(drawing, Rect)
        if rect.height == look.bar and rect.fillColor.hexval()[2:] == look.accent[1:]
    ]
    for rect, area in zip(bars, areas[2:], strict=False):
        assert (rect.x, rect.width) == (pytest.approx(area.x), pytest.approx(area.width))
        assert drawing.height - rect.y - rect.height == pytest.approx(area.y)
    for diamond, area in zip(shapes(drawing, Polygon), areas[:2], strict=False):
        assert min(diamond.points[::2]) == pytest.approx(area.x)
        assert drawing.height - max(diamond.points[1::2]) == pytest.approx(area.y)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_can_stand_apart(language: str) -> None:
    drawing = legend_drawing(words(language))  # type: ignore[arg-type]
    assert len(strings(drawing)) == 3
    ends = [
        shape.x + face("Regular").width(shape.text, shape.fontSize)
        for shape in shapes(drawing, String)
    ]
    assert max(ends) <= drawing.width
    diamonds = [min(shape.points[::2]) for shape in shapes(drawing, Polygon)]
    assert all(end < left for end, left in zip(ends, diamonds, strict=False))


def test_svg_has_nothing_that_qt_paints_black() -> None:
    drawn = svg(gantt_drawing(PLAN, words("nl"), WIDTH))
    assert b"clipPath" not in drawn
    assert b"clip-path" not in drawn
    assert ET.fromstring(drawn) is not None
