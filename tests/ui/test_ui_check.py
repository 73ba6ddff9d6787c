"""The check page and the preview as a person uses them: from a finding to its field and back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dossiers import big_proposal, example_proposal, the_call
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from sif_desktop.app import payload
from sif_desktop.model.edit import Set
from sif_desktop.rules.check import check
from sif_desktop.rules.finding import Findings
from sif_desktop.rules.words import sentence
from sif_desktop.ui import worker
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.check import CheckPage
from sif_desktop.ui.pages.check_model import FindingsModel, Line
from sif_desktop.ui.pages.preview import Preview

Opened = Callable[..., MainWindow]


def check_page(window: MainWindow) -> CheckPage:
    window.workspace.go("check")
    QApplication.processEvents()
    page = window.workspace.page
    assert isinstance(page, CheckPage)
    return page


def lines(page: CheckPage) -> list[Line]:
    return page.list.findings.lines


def click(qtbot: QtBot, page: CheckPage, row: int) -> None:
    index = page.list.findings.index(row)
    page.list.scrollTo(index)
    where = page.list.visualRect(index).topLeft() + QPoint(60, 12)
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_everything_is_told_by_gravity_and_section_in_the_same_words(opened: Opened) -> None:
    window = opened()
    page = check_page(window)
    told = [line for line in lines(page) if line.finding]
    assert len(told) == len(window.desk.findings)
    for line in told:
        assert line.said == sentence(line.finding, window.speech.words)
    grades = [line.severity for line in lines(page) if line.kind == "severity"]
    assert grades == ["error", "warning", "advice"]
    counts = [line.count for line in lines(page) if line.kind == "severity"]
    assert counts == [len(window.desk.findings.of(severity)) for severity in grades]
    assert "fouten houden de export tegen" in page.summary.head.text()
    aloud = page.list.findings.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert aloud.startswith("Fout, Het project: ")


def test_a_click_goes_to_the_field_and_a_bar_leads_back_to_the_same_finding(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened()
    page = check_page(window)
    row = next(
        at
        for at, line in enumerate(lines(page))
        if line.finding and line.finding.address == "project/summary"
    )
    click(qtbot, page, row)
    assert window.workspace.step.id == "project"
    field = window.workspace.page.rows["project/summary"]
    assert field.editor.text.hasFocus()
    assert field.findings.isVisible()
    bar = window.workspace.return_bar
    assert "Nakijken" in bar.button.text()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert window.workspace.step.id == "check"
    qtbot.waitUntil(page.list.hasFocus)
    assert page.list.chosen.address == "project/summary"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_keyboard_goes_from_finding_to_finding_and_into_the_field(
    opened: Opened, qtbot: QtBot, key: Qt.Key
) -> None:
    window = opened()
    page = check_page(window)
    page.list.setFocus()
    first = page.list.chosen
    assert first is not None
    for _ in range(8):
        qtbot.keyClick(page.list, Qt.Key.Key_Down)
        assert page.list.chosen is not None  # headings are passed over
    for _ in range(8):
        qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.chosen == first
    qtbot.keyClick(page.list, key)
    assert window.workspace.step.id != "check"


def test_a_visit_shows_all_findings_everywhere(opened: Opened) -> None:
    window = opened()
    row = window.workspace.page.rows["project/summary"]
    assert row.findings.isHidden()
    check_page(window)
    window.workspace.go("project")
    assert not row.findings.isHidden()


def test_where_nothing_blocks_that_is_what_is_said(opened: Opened) -> None:
    window = opened(example_proposal())
    page = check_page(window)
    assert page.summary.head.text() == "Niets houdt de export tegen"
    assert page.summary.property("role") == "summary-good"
    window.desk.findings = Findings(())
    page.show_findings()
    assert "Alles is ingevuld" in page.summary.about.text()
    assert not page.list.isVisible()
    assert not page.filter.isVisible()


def test_kinds_are_hidden_and_shown_again(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    page = check_page(window)
    error = page.filter.buttons["error"]
    assert error.text() == f"{len(window.desk.findings.blocking)} fouten"
    qtbot.mouseClick(error, Qt.MouseButton.LeftButton)
    assert {line.severity for line in lines(page)} == {"warning", "advice"}
    for severity in ("warning", "advice"):
        button = page.filter.buttons[severity]
        button.setFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert lines(page) == []
    assert page.nothing.isVisible()
    qtbot.mouseClick(error, Qt.MouseButton.LeftButton)
    assert {line.severity for line in lines(page)} == {"error"}
    assert page.list.isVisible()


def test_an_undo_on_the_page_is_seen_there(opened: Opened) -> None:
    window = opened(example_proposal())
    page = check_page(window)
    window.desk.do(Set(at="project/summary", value=""))
    window.desk.check_now()
    assert page.summary.head.text() == "1 fout houdt de export tegen"
    window.undo()
    window.desk.check_now()
    assert page.summary.head.text() == "Niets houdt de export tegen"


def test_the_language_changes_every_word_of_it(opened: Opened) -> None:
    window = opened()
    page = check_page(window)
    before = [line.said for line in lines(page)]
    window.speech.use_language("fr")
    assert "erreurs" in page.summary.head.text()
    after = [line.said for line in lines(page) if line.finding]
    assert after and not set(after) & set(filter(None, before))


def test_the_model_keeps_to_the_rules_of_models(opened: Opened) -> None:
    window = opened()
    page = check_page(window)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(page.list.findings, mode)
    page.filter.buttons["error"].click()
    page.list.refresh()
    del tester


def many_findings() -> Iterator[Set]:
    for line in big_proposal().budget:
        yield Set(at=f"budget/{line.id}/subsidy", value="veel")


def test_two_thousand_findings_take_no_widgets_and_little_time(opened: Opened) -> None:
    window = opened(big_proposal())
    page = check_page(window)
    widgets = len(page.findChildren(QWidget))
    started = time.perf_counter()
    window.desk.do(*many_findings())
    window.desk.check_now()
    worked_out = time.perf_counter() - started
    QApplication.processEvents()
    started = time.perf_counter()
    page.show_findings()
    QApplication.processEvents()
    shown = time.perf_counter() - started
    assert len(window.desk.findings.blocking) >= 2000
    assert page.list.findings.rowCount() > 2000
    assert len(page.findChildren(QWidget)) == widgets
    # Against the act itself in the same run: 2,000 edits carried out, kept and checked.
    assert shown < worked_out


# -- the preview ----------------------------------------------------------------------------


def preview_of(qtbot: QtBot, page: CheckPage) -> Preview:
    page.tabs.setFocus()
    if page.preview is None:
        qtbot.keyClick(page.tabs, Qt.Key.Key_Right)
    found = page.preview
    assert found is not None
    qtbot.waitUntil(lambda: bool(found.data) and not found.busy)
    return found


def test_the_preview_is_the_very_pdf_of_the_export(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    preview = preview_of(qtbot, check_page(window))
    proposal, call = window.desk.proposal, the_call()
    assert preview.data == payload.pdf(proposal, call, check(proposal, call), draft=False)
    assert not preview.is_draft
    assert preview.mark_box.isHidden()
    assert preview.document.pageCount() > 10
    assert preview.tools.of.text() == f"van {preview.document.pageCount()}"


def test_one_goes_from_page_to_page_and_nearer(opened: Opened, qtbot: QtBot) -> None:
    preview = preview_of(qtbot, check_page(opened(example_proposal())))
    tools, count = preview.tools, preview.document.pageCount()
    assert not tools.buttons["before"].isEnabled()
    qtbot.mouseClick(tools.buttons["after"], Qt.MouseButton.LeftButton)
    assert tools.number.text() == "2"
    for typed, shown in (("7", 7), ("9999", count), ("x", count), ("0", 1), ("", 1)):
        tools.number.setFocus()
        tools.number.selectAll()
        qtbot.keyClick(tools.number, Qt.Key.Key_Delete)
        qtbot.keyClicks(tools.number, typed)
        qtbot.keyClick(tools.number, Qt.Key.Key_Return)
        assert tools.page == shown
        assert tools.number.text() == str(shown)
    fitted = preview.view.zoomMode()
    qtbot.mouseClick(tools.buttons["larger"], Qt.MouseButton.LeftButton)
    near = preview.view.zoomFactor()
    qtbot.mouseClick(tools.buttons["smaller"], Qt.MouseButton.LeftButton)
    assert preview.view.zoomFactor() == pytest.approx(near / 1.25)
    for _ in range(20):
        tools.zoom(0.5)
    assert preview.view.zoomFactor() == pytest.approx(0.4)
    qtbot.mouseClick(tools.buttons["fit"], Qt.MouseButton.LeftButton)
    assert preview.view.zoomMode() == fitted


def test_a_change_makes_it_stale_and_a_button_makes_it_new(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    preview = preview_of(qtbot, check_page(window))
    assert preview.stale_box.isHidden()
    preview.tools.go_to(5)
    before = preview.data
    window.desk.do(Set(at="project/summary", value=""))
    assert preview.stale
    assert preview.stale_box.isVisible()
    qtbot.mouseClick(preview.refresh, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not preview.busy)
    assert preview.data != before
    assert preview.stale_box.isHidden()
    assert preview.tools.page == 5
    assert preview.is_draft
    assert preview.mark_box.isVisible()
    assert "ONTWERP" in preview.mark.text()


def test_leaving_the_page_lets_go_of_what_is_being_made(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[worker.Job] = []

    def run(act: worker.Act) -> worker.Job:
        jobs.append(worker.run(act))
        return jobs[-1]

    monkeypatch.setattr("sif_desktop.ui.pages.preview.run", run)
    window = opened(example_proposal())
    page = check_page(window)
    page.show_preview()
    preview = page.preview
    window.workspace.go("project")
    assert not preview.busy
    qtbot.waitUntil(lambda: not jobs[0].running)
    assert preview.data == b""
    window.workspace.go("check")
    qtbot.waitUntil(lambda: bool(preview.data))
    assert len(jobs) == 2
    window.workspace.go("project")
    window.workspace.go("check")
    assert len(jobs) == 2  # what stands there is still right


def test_a_failure_is_told_in_place_and_can_be_tried_again(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sif_desktop.errors import FileError

    def fail(*_: object, **__: object) -> bytes:
        raise FileError("disk_full", file="x")

    window = opened(example_proposal())
    page = check_page(window)
    with monkeypatch.context() as broken:
        broken.setattr(payload, "pdf", fail)
        page.show_preview()
        qtbot.waitUntil(page.preview.again.isVisible)
        assert "schijf is vol" in page.preview.trouble.text()
    qtbot.mouseClick(page.preview.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.preview.data))
    assert page.preview.view.isVisible()


def test_the_pdf_is_saved_by_itself(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = preview_of(qtbot, check_page(opened(example_proposal())))
    asked: list[str] = []

    def ask(_: object, __: str, suggested: str, ___: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "dossier"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    qtbot.mouseClick(preview.save, Qt.MouseButton.LeftButton)
    assert Path(asked[0]) == tmp_path / "DAKDELERS.pdf"
    assert (tmp_path / "dossier.pdf").read_bytes() == preview.data
    (tmp_path / "DAKDELERS.pdf").touch()
    qtbot.mouseClick(preview.save, Qt.MouseButton.LeftButton)
    assert Path(asked[1]) == tmp_path / "DAKDELERS-2.pdf"
    assert (tmp_path / "dossier-2.pdf").read_bytes() == preview.data


def test_both_sides_stand_beside_one_another_where_there_is_room(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    page = check_page(window)
    assert page.preview is None
    assert page.tabs.isVisible()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: page.preview is not None)
    qtbot.waitUntil(lambda: bool(page.preview.data))
    assert page.list.isVisible() and page.preview.view.isVisible()
    assert not page.tabs.isVisible()
    window.resize(1280, 720)
    qtbot.waitUntil(page.tabs.isVisible)
    assert not page.preview.isVisible()


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_no_part_of_a_page_is_a_window_for_a_moment(
    window: MainWindow, qapp: QApplication, opened: Opened
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    opened(example_proposal())
    for step in ("attachments", "check", "export"):
        window.workspace.go(step)
        QApplication.processEvents()
    qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_roles_of_the_model_are_there_for_every_row(opened: Opened) -> None:
    page = check_page(opened())
    model = page.list.findings
    for row in range(model.rowCount()):
        index = model.index(row)
        assert index.data() and index.data(Qt.ItemDataRole.AccessibleTextRole)
        chosen = bool(model.flags(index) & Qt.ItemFlag.ItemIsSelectable)
        assert chosen == (index.data(FindingsModel.LINE).finding is not None)
