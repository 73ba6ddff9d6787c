"""The work plan as a user meets it: the list with its chart beside it, fields, outcomes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import big_proposal, empty_proposal, example_proposal
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from windows import jumps, open_with, tab_chain, unnamed

from sif_desktop.app.importing import empty
from sif_desktop.calls.folder import find
from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Add, Drop, Move, Set
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.work_plan import WorkPlanPage

Opened = Callable[..., MainWindow]


def plan_of(window: MainWindow) -> WorkPlanPage:
    window.workspace.go("work_plan")
    settle(window)
    page = window.workspace.page
    assert isinstance(page, WorkPlanPage)
    drawn(page)
    return page


def settle(window: MainWindow) -> None:
    window.desk.check_now()
    for _ in range(5):
        QApplication.processEvents()


def drawn(page: WorkPlanPage) -> None:
    """Waits for the drawing of what is there when all layouts came to rest."""
    for _ in range(5):
        QApplication.processEvents()
    page.chart.drawer.finish()


def middle_of(page: WorkPlanPage, bar: int, milestone: int | None = None) -> QPoint:
    """The middle of a bar or milestone of the chart, on the screen."""
    area = next(
        area
        for area in page.chart.drawer.picture.areas
        if (area.bar, area.milestone) == (bar, milestone)
    )
    return page.chart.place_of(area).center().toPoint()


def colour_at(page: WorkPlanPage, at: QPoint) -> QColor:
    seen = page.grab().toImage().pixel(page.chart.mapTo(page, at))
    return QColor(seen)


def alike(one: QColor, other: QColor) -> bool:
    """Whether two colours are the same but for rounding: SVG has whole percents."""
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return max(abs(part - of_other) for part, of_other in pairs) <= 3


def test_what_is_asked_of_the_whole_comes_first(opened: Opened, qtbot: QtBot) -> None:
    page = plan_of(opened(example_proposal()))
    assert list(page.rows) == ["answers/approach"]
    assert page.whole.isChecked()
    assert page.whole.text() == "Aanpak"
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert "answers/approach" not in page.rows
    assert not page.whole.isChecked()
    qtbot.mouseClick(page.whole, Qt.MouseButton.LeftButton)
    assert list(page.rows) == ["answers/approach"]
    assert page.chosen == ""


def test_bars_stand_beside_their_rows_and_under_their_months(opened: Opened) -> None:
    page = plan_of(opened(example_proposal()))
    bar = page.desk.look.colour("accent")
    for place, package in enumerate(page.items):
        row = page.view.visualRect(page.model.index(place))
        row_middle = page.view.viewport().mapTo(page, row.center()).y()
        at = middle_of(page, place)
        assert abs(page.chart.mapTo(page, at).y() - row_middle) <= 2
        month = page.chart.width() / 12
        inside = QPoint(round((package.first_month - 1) * month + month / 3), at.y())
        assert alike(colour_at(page, inside), bar)
        if package.first_month > 1:
            before = QPoint(round((package.first_month - 1) * month - month / 2), at.y())
            assert not alike(colour_at(page, before), bar)


def test_a_month_that_is_typed_moves_the_bar(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    package = page.items[2]
    assert page.focus_on(f"work_packages/{package.id}/last_month")
    line = page.rows[f"work_packages/{package.id}/last_month"].editor.line
    line.selectAll()
    qtbot.keyClicks(line, "6")
    drawn(page)
    assert page.chart.chart.bars[2].last == 6
    month = page.chart.width() / 12
    y = middle_of(page, 2).y()
    bar = page.desk.look.colour("accent")
    assert colour_at(page, QPoint(round(4.5 * month), y)).value() <= bar.value() + 40
    assert colour_at(page, QPoint(round(8.5 * month), y)).value() > bar.value() + 60
    assert "Maand 4–6" in page.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    window.undo()
    drawn(page)
    assert page.chart.chart.bars[2].last == package.last_month


def test_many_keys_make_few_drawings(opened: Opened, qtbot: QtBot) -> None:
    page = plan_of(opened(example_proposal()))
    package = page.items[0].id
    made: list[int] = []
    page.chart.drawer.drawn.connect(lambda: made.append(1))
    for month in range(1, 13):
        page.desk.type(f"work_packages/{package}/last_month", month)
    page.desk.type(f"work_packages/{package}/objective", "Geen andere tekening")
    qtbot.waitUntil(lambda: bool(made))
    drawn(page)
    assert len(made) <= 2
    assert page.chart.drawer.picture.wish.chart.bars[0].last == 12


def test_a_click_on_a_bar_chooses_and_one_on_a_diamond_goes_there(
    opened: Opened, qtbot: QtBot
) -> None:
    page = plan_of(opened(example_proposal()))
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=middle_of(page, 3))
    assert page.chosen == page.items[3].id
    assert page.view.hasFocus()
    package = page.items[2]
    at = middle_of(page, 2, 1)
    assert package.deliverables[1].title in page.chart.told_at(at)
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=at)
    settle(page.window())
    assert page.chosen == package.id
    row = page.rows[f"work_packages/{package.id}/deliverables/{package.deliverables[1].id}/month"]
    assert row.editor.line.hasFocus()
    assert "maand 2 tot 11" in page.chart.told_at(middle_of(page, 3))
    assert page.chart.told_at(QPoint(5, page.chart.height() - 1)) == ""


def test_the_chart_goes_with_the_list_when_it_scrolls(opened: Opened) -> None:
    page = plan_of(opened(big_proposal()))
    before = middle_of(page, 0).y()
    wheel = QWheelEvent(
        QPointF(5, 90),
        QPointF(5, 90),
        QPoint(0, 0),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.chart, wheel)
    moved = page.view.verticalScrollBar().value()
    assert moved > 0
    assert abs(middle_of(page, 0).y() - before + moved) <= 1
    page.choose(page.items[29].id)
    last = page.view.visualRect(page.model.index(29)).center()
    on_chart = page.chart.mapFrom(page, page.view.viewport().mapTo(page, last))
    assert abs(middle_of(page, 29).y() - on_chart.y()) <= 2


def test_the_chart_is_told_in_words(opened: Opened) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    said = page.chart.accessibleDescription()
    assert "12 maanden" in said
    for place, package in enumerate(page.items, 1):
        assert f"WP{place} {package.title}: maand {package.first_month} tot" in said
    window.desk.do(Set(at=f"work_packages/{page.items[1].id}/first_month", value=""))
    assert "nog zonder maanden" in page.chart.accessibleDescription()
    window.speech.use_language("en")
    assert "no months yet" in page.chart.accessibleDescription()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_has_the_colours_of_the_window(opened: Opened, qtbot: QtBot, scheme: str) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    try:
        window.look.use(scheme)
        drawn(page)
        colour = window.look.colour
        assert alike(colour_at(page, middle_of(page, 0)), colour("accent"))
        month = page.chart.width() / 12
        for column, ground in ((0.5, "page"), (3, "card")):
            at = QPoint(round(column * month), middle_of(page, 4).y() + 20)
            assert alike(colour_at(page, at), colour(ground))
    finally:
        window.look.use("light")


def test_adding_moving_and_removing_work_packages(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    page = plan_of(window)
    for title in ("Ontwerp", "Proef"):
        qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
        line = page.rows[f"work_packages/{page.chosen}/title"].editor.line
        assert line.hasFocus()
        qtbot.keyClicks(line, title)
    assert [one.title for one in window.desk.proposal.work_packages] == ["Ontwerp", "Proef"]
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.title for one in window.desk.proposal.work_packages] == ["Proef", "Ontwerp"]
    assert page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("1, Proef")
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert [one.title for one in window.desk.proposal.work_packages] == ["Ontwerp"]
    assert page.acts.notice.isVisible()
    qtbot.mouseClick(page.acts.notice.button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 2
    page.acts.remove()
    page.acts.remove()
    assert list(page.rows) == ["answers/approach"]
    assert page.add.hasFocus()


def test_removing_a_work_package_tells_which_costs_stay(opened: Opened) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    package = page.items[1]
    lines = sum(line.work_package == package.id for line in window.desk.proposal.budget)
    page.choose(package.id)
    page.acts.remove()
    assert f"{lines} in de begroting" in page.acts.notice.text.text()
    settle(window)
    assert window.desk.states["budget"].kind == "blocked"


def test_activities_and_deliverables_are_added_within(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    page.choose(page.items[0].id)
    activities, deliverables = page.detail.lists
    count = len(page.items[0].deliverables)
    qtbot.mouseClick(deliverables.add, Qt.MouseButton.LeftButton)
    package = window.desk.proposal.work_packages[0]
    new = package.deliverables[count]
    row = page.rows[f"work_packages/{package.id}/deliverables/{new.id}/title"]
    row.focus()
    qtbot.keyClicks(row.editor.line, "Draaiboek")
    assert window.desk.proposal.work_packages[0].deliverables[count].title == "Draaiboek"
    assert len(activities.cards) == len(package.activities)
    month = page.rows[f"work_packages/{package.id}/deliverables/{new.id}/month"]
    month.focus()
    qtbot.keyClicks(month.editor.line, "7")
    drawn(page)
    assert any(stone.label == "Draaiboek" for stone in page.chart.chart.bars[0].milestones)


def test_the_strip_tells_which_outcome_is_marked_and_leads_there(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    strip = page.outcomes
    assert list(strip.shown) == ["feasibility_statement", "rollout_plan"]
    package = page.items[4]
    first = strip.shown["feasibility_statement"]
    assert first.link.text() == "WP5, maand 11"
    qtbot.mouseClick(first.link, Qt.MouseButton.LeftButton)
    settle(window)
    assert page.chosen == package.id
    one = next(one for one in package.deliverables if one.outcome == "feasibility_statement")
    combo = page.rows[f"work_packages/{package.id}/deliverables/{one.id}/outcome"].editor.combo
    assert combo.hasFocus()
    combo.setCurrentIndex(0)
    settle(window)
    assert first.looks == ("error", "error")
    assert "Aanduiden" in first.link.text()
    told = first.link.accessibleDescription()
    assert told
    assert told not in page.findings.text
    assert told in [window.desk.sentence(one) for one in window.desk.findings.blocking]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_an_outcome_is_marked_from_the_strip(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    for package in page.items:
        for one in package.deliverables:
            at = f"work_packages/{package.id}/deliverables/{one.id}/outcome"
            window.desk.do(Set(at=at, value=""))
    settle(window)
    shown = page.outcomes.shown["rollout_plan"]
    qtbot.mouseClick(shown.link, Qt.MouseButton.LeftButton)
    menu = shown.link.findChild(QMenu)
    packages = [act.menu() for act in menu.actions()]
    assert len(packages) == 5
    acts = packages[1].actions()
    assert acts[0].text() == page.items[1].deliverables[0].title
    acts[0].trigger()
    assert window.desk.proposal.work_packages[1].deliverables[0].outcome == "rollout_plan"
    assert shown.link.text().startswith("WP2, maand ")
    menu.close()
    page.outcomes.add(page.items[3].id, "feasibility_statement")
    new = window.desk.proposal.work_packages[3].deliverables[-1]
    assert (new.outcome, new.title) == ("feasibility_statement", "Uitspraak over de haalbaarheid")
    month = page.rows[f"work_packages/{page.items[3].id}/deliverables/{new.id}/month"]
    assert month.editor.line.hasFocus()
    assert page.outcomes.shown["feasibility_statement"].link.text() == "WP4"
    window.undo()
    window.undo()
    settle(window)
    assert page.outcomes.shown["rollout_plan"].looks[0] == "error"


def test_nothing_is_loud_in_a_plan_that_was_only_begun(opened: Opened) -> None:
    window = opened()
    page = plan_of(window)
    assert not any(shown.link.isVisible() for shown in page.outcomes.shown.values())
    page.add_item()
    settle(window)
    assert all(shown.looks[1] == "muted" for shown in page.outcomes.shown.values())
    assert not page.findings.isVisible()
    assert not [row for row in page.rows.values() if row.findings.isVisible()]
    window.desk.expose()
    settle(window)
    assert all(shown.looks[1] == "error" for shown in page.outcomes.shown.values())


@pytest.mark.parametrize("name", ["month", "outcome", "title", "partner"])
def test_a_jump_opens_the_deliverable_and_focuses_the_field(opened: Opened, name: str) -> None:
    window = opened(example_proposal())
    package = window.desk.proposal.work_packages[2]
    at = f"work_packages/{package.id}/deliverables/{package.deliverables[-1].id}/{name}"
    window.desk.jump.emit(at)
    settle(window)
    page = window.workspace.page
    assert page.chosen == package.id
    row = page.rows[at]
    assert any(one.hasFocus() for one in row.editor.inputs)
    view = page.scroller.viewport()
    assert 0 <= row.mapTo(view, QPoint(0, 0)).y() < view.height()


@pytest.mark.parametrize(
    "tail", ["activities", "deliverables/{}", "", "deliverables/nothing/month"]
)
def test_jumps_to_lists_and_items_come_as_near_as_they_can(opened: Opened, tail: str) -> None:
    window = opened(example_proposal())
    package = window.desk.proposal.work_packages[2]
    tail = tail.format(package.deliverables[0].id)
    window.desk.jump.emit(f"work_packages/{package.id}/{tail}".rstrip("/"))
    settle(window)
    page = window.workspace.page
    assert page.chosen == package.id
    assert page.isAncestorOf(QApplication.focusWidget())
    window.desk.jump.emit("answers/approach")
    assert page.rows["answers/approach"].editor.text.hasFocus()
    window.desk.jump.emit("work_packages")
    assert page.view.hasFocus()


def test_a_change_elsewhere_keeps_editors_cursor_and_open_cards(opened: Opened) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    package = page.items[2]
    at = f"work_packages/{package.id}"
    page.focus_on(f"{at}/activities/{package.activities[1].id}/description")
    settle(window)
    row = page.rows[f"{at}/activities/{package.activities[1].id}/description"]
    cursor = row.editor.text.textCursor()
    cursor.setPosition(5)
    row.editor.text.setTextCursor(cursor)
    detail, rows = page.detail, dict(page.rows)
    scrolled = page.scroller.verticalScrollBar().value()
    window.desk.do(Set(at=f"work_packages/{page.items[0].id}/title", value="Elders"))
    window.desk.do(Move(at=at, after=""))
    window.desk.do(Drop(at=f"work_packages/{page.items[-1].id}"))
    window.desk.do(Set(at=f"partners/{package.lead}/short_name", value="Nieuwe trekker"))
    settle(window)
    assert page.detail is detail
    assert page.rows == rows
    assert row.editor.text.hasFocus()
    assert row.editor.text.textCursor().position() == 5
    assert page.scroller.verticalScrollBar().value() == scrolled
    assert "Nieuwe trekker" in page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_model_holds_while_work_packages_come_go_and_move(opened: Opened) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(page.model, mode)
    keys = page.model.keys
    window.desk.do(
        Move(at=f"work_packages/{keys[4]}", after=""),
        Drop(at=f"work_packages/{keys[0]}"),
        Add(at="work_packages", item={"id": "nieuw"}, after=keys[2]),
    )
    assert page.model.keys == [keys[4], keys[1], keys[2], "nieuw", keys[3]]
    window.undo()
    window.redo()
    window.undo()
    assert page.model.keys == keys
    assert tester.model() is page.model


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (900, 560)])
def test_all_has_a_name_tab_does_not_jump_and_nothing_is_cut_off(
    opened: Opened, size: tuple[int, int]
) -> None:
    window = opened(example_proposal())
    window.resize(*size)
    page = plan_of(window)
    package = page.items[4]
    for language in LANGUAGES:
        window.speech.use_language(language)
        for at in ("answers/approach", f"deliverables/{package.deliverables[0].id}/title"):
            whole = at.startswith("answers")
            page.focus_on(at if whole else f"work_packages/{package.id}/{at}")
            settle(window)
            page.scroller.verticalScrollBar().setValue(0)
            assert not unnamed(page)
            assert not jumps(page)
            assert page.detail.width() <= page.scroller.viewport().width()
    chain = tab_chain(page)
    assert chain.index(page.add) < chain.index(page.whole) < chain.index(page.view)


def test_a_narrow_page_has_its_chart_above_the_fields(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    wide = page.chart.mapTo(page, QPoint(0, 0)).x()
    window.resize(900, 640)
    settle(window)
    drawn(page)
    assert page.scroller.isAncestorOf(page.chart)
    assert page.chart.height() == page.chart.sizeHint().height()
    qtbot.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=middle_of(page, 3))
    assert page.chosen == page.items[3].id
    window.resize(1280, 720)
    settle(window)
    drawn(page)
    assert not page.scroller.isAncestorOf(page.chart)
    assert page.chart.mapTo(page, QPoint(0, 0)).x() == wide


@pytest.mark.parametrize("typed", ["gisteren", -3, 0, 10**12, "", "1e9"])
def test_wild_months_are_kept_and_drawn_as_far_as_they_can(opened: Opened, typed: object) -> None:
    window = opened(example_proposal())
    page = plan_of(window)
    at = f"work_packages/{page.items[1].id}"
    window.desk.do(
        Set(at=f"{at}/first_month", value=typed),
        Set(at=f"{at}/last_month", value=typed),
        Set(at=f"{at}/deliverables/{page.items[1].deliverables[0].id}/month", value=typed),
        Set(at="project/duration", value=typed),
        Set(at="project/start", value=str(typed)),
    )
    settle(window)
    drawn(page)
    assert window.desk.proposal.work_packages[1].first_month == typed
    assert page.chart.grab().width() > 0
    assert page.chart.chart.months == 12


def test_the_form_of_the_factory_has_a_plan_without_outcomes(
    window: MainWindow, tmp_path: Path
) -> None:
    open_with(window, tmp_path / "actie.sif", empty(find("fabriek-actie"), "nl"))
    page = plan_of(window)
    assert page.outcomes.isHidden()
    assert page.whole.isHidden()
    assert page.nothing.isVisible()
    page.nothing.button.click()
    assert page.chosen
    window.desk.do(
        Set(at=f"work_packages/{page.chosen}/first_month", value=3),
        Set(at=f"work_packages/{page.chosen}/last_month", value=30),
    )
    drawn(page)
    assert page.chart.chart.months == 30
    row = page.view.visualRect(page.model.index(0)).center()
    on_chart = page.chart.mapFrom(page, page.view.viewport().mapTo(page, row))
    assert abs(middle_of(page, 0).y() - on_chart.y()) <= 2


def test_a_draft_that_is_only_looked_at_is_not_changed(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from sif_desktop.app.session import Session

    window = opened(example_proposal())
    monkeypatch.setattr(Session, "read_only", property(lambda _: True))
    page = plan_of(window)
    before = window.desk.proposal
    page.choose(page.items[1].id)
    assert not page.add.isVisible()
    assert not any(tool.isVisible() for tool in page.detail.tools.values())
    page.acts.remove()
    page.acts.move(1)
    qtbot.mouseClick(
        page.outcomes.shown["rollout_plan"].link,
        Qt.MouseButton.LeftButton,
    )
    assert window.desk.proposal is before


def test_opening_the_plan_loads_what_draws_it_later(tmp_path: Path) -> None:
    """The page stands before ReportLab is there: it is loaded by the drawing, off the window."""
    program = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
from dossiers import example_proposal
from pathlib import Path
from sif_desktop.ui.main import application, make_window
from windows import open_with
app = application(["x"])
window = make_window(app, "nl", "light")
window.show()
open_with(window, Path({str(tmp_path)!r}) / "draft.sif", example_proposal())
window.workspace.go("work_plan")
page = window.workspace.page
assert page.isVisible()
assert "reportlab" not in sys.modules
page.chart.drawer.finish()
assert "reportlab" in sys.modules
assert page.chart.drawer.picture.svg.startswith(b"<?xml")
window.close()
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_an_empty_plan_has_a_hint_where_its_rows_will_stand(opened: Opened) -> None:
    window = opened(empty_proposal())
    page = plan_of(window)
    assert page.view.hint == "Nog geen werkpakketten."
    assert page.chart.drawer.picture is None
    assert page.chart.grab().width() > 0
