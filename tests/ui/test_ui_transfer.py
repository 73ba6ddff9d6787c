"""The page to copy each field from, as a person uses it: clicks, keys, and what the draft keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import big_proposal, example_proposal
from forms_of_tests import action
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from sif_desktop.app.opening import open_session
from sif_desktop.app.transfer import Entry
from sif_desktop.errors import FileError
from sif_desktop.model.edit import Drop, Set
from sif_desktop.store.draft import Draft
from sif_desktop.ui.budget.clip import to_rows
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.transfer.list import TransferDelegate
from sif_desktop.ui.transfer.page import TransferPage

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ODD = "\n  Eerste regel\r\nmet\ttab, \"tekens\" & 'haken' 😀 \u2028 <b>vet</b>\n\n einde \n"
Opened = Callable[..., MainWindow]


def shown(window: MainWindow) -> TransferPage:
    window.workspace.sides["transfer"].click()
    QApplication.processEvents()
    page = window.workspace.page
    assert isinstance(page, TransferPage)
    assert page.list.hasFocus()
    return page


def entry(page: TransferPage, address: str) -> Entry:
    return next(one for one in page.sheet.entries if one.address == address)


def click(page: TransferPage, address: str, part: str) -> None:
    """Clicks a part of a row: its `button`, its `tick`, or its `text`."""
    index = page.model.index(page.model.row_of(address))
    page.list.scrollTo(index)
    box: QRect = getattr(page.list.places(index), part)
    assert page.list.viewport().rect().contains(box.center())
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    QApplication.processEvents()


def press(page: TransferPage, key: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(page.list, key, with_ or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def pasted() -> str:
    return QGuiApplication.clipboard().text()


def told(page: TransferPage, address: str) -> str:
    """What a screen reader says of a row."""
    index = page.model.index(page.model.row_of(address))
    said: str = index.data(Qt.ItemDataRole.AccessibleTextRole)
    return said


def ticked(page: TransferPage) -> list[str]:
    """The addresses whose rows show a tick."""
    rows = [page.model.index(row) for row in range(page.model.rowCount())]
    return [
        one.data(page.model.LINE).entry.address
        for one in rows
        if one.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    ]


def test_a_click_copies_the_whole_text_exactly_and_ticks_it(opened: Opened) -> None:
    window = opened(action())
    window.desk.do(Set(at="project/summary", value=ODD))
    page = shown(window)
    click(page, "project/summary", "button")
    assert pasted() == ODD
    assert ticked(page) == ["project/summary"]
    assert page.list.chosen.address == "project/summary"
    assert page.told.text() == "Gekopieerd en afgevinkt: Samenvatting."
    assert page.count.text() == f"1 van {len(page.sheet.entries)} overgenomen"
    click(page, "budget/b1/subsidy", "button")
    assert pasted() == "20000,00"
    click(page, "budget/b1/subsidy", "tick")
    assert ticked(page) == ["project/summary"]
    click(page, "answers/approach", "text")
    assert page.list.chosen.address == "answers/approach"
    assert ticked(page) == ["project/summary"]


def test_the_keys_walk_from_field_to_field(opened: Opened) -> None:
    page = shown(opened(action()))
    order = [one.address for one in page.sheet.entries]
    assert page.list.chosen.address == order[0]
    press(page, KEY.Key_Return)
    assert pasted() == action().project.title
    assert page.list.chosen.address == order[1]
    press(page, KEY.Key_Space)
    assert pasted() == "AVOND"
    assert page.list.chosen.address == order[2]
    press(page, KEY.Key_Down)
    press(page, KEY.Key_Space, CONTROL)  # a tick alone
    assert pasted() == "AVOND"
    assert page.list.chosen.address == order[3]
    assert ticked(page) == [order[0], order[1], order[3]]
    press(page, KEY.Key_Space, CONTROL)
    assert ticked(page) == order[:2]
    press(page, KEY.Key_C, CONTROL)  # copies and stays
    assert page.list.chosen.address == order[3]
    press(page, KEY.Key_Up)
    press(page, KEY.Key_Return)  # what is ticked already is passed over
    assert page.list.chosen.address == order[4]
    press(page, KEY.Key_End)
    assert page.list.chosen.address == order[-1]
    press(page, KEY.Key_Return)  # behind the last, what is left
    assert page.list.chosen.address == order[4]
    QTest.keyClick(page.list, KEY.Key_Tab)
    assert page.copy.hasFocus()
    QTest.keyClick(page.copy, KEY.Key_Space)
    assert pasted() == entry(page, order[4]).text
    assert page.list.chosen.address == order[5]


def test_ticks_are_in_the_draft_and_nowhere_in_its_history(opened: Opened) -> None:
    window = opened(action())
    before, path = window.desk.proposal, window.path
    page = shown(window)
    for _ in range(3):
        press(page, KEY.Key_Return)
    there = ticked(page)
    assert len(there) == 3
    window.undo()
    assert window.desk.session.undo_next is None
    assert window.desk.proposal is before
    copy = path.with_name("elders.sif")
    window.desk.session.save_elsewhere(copy)
    for file in (path, copy):
        window.close_draft()
        window.open_path(file)
        assert window.desk.session.draft.history() == []
        page = shown(window)
        assert ticked(page) == there
        assert page.list.chosen.address == page.sheet.entries[3].address


def test_a_field_that_is_another_since_loses_its_tick_in_words(opened: Opened) -> None:
    window = opened(action())
    page = shown(window)
    for one in ("project/title", "project/acronym", "partners/buurt/name", "answers/approach"):
        click(page, one, "button")
    window.desk.do(Set(at="project/title", value="Dertien avonden"))
    window.desk.do(Set(at="project/acronym", value=""))
    window.desk.do(Drop(at="partners/buurt"))
    page = shown(window)
    assert ticked(page) == ["answers/approach"]
    assert "Gewijzigd sinds u het kopieerde." in told(page, "project/title")
    for gone in ("project/acronym", "partners/buurt/name"):
        assert "haal het ook uit het webformulier" in told(page, gone)
    assert page.sheet.entries[-1].address == "partners/buurt/name"
    window.speech.use_language("fr")  # the same content in other words
    assert ticked(page) == ["answers/approach"]
    assert "Modifié depuis que vous l’avez copié." in told(page, "project/title")
    window.undo()  # the partner is there again as it was
    assert "partners/buurt/name" in ticked(page)
    click(page, "project/title", "button")
    assert pasted() == "Dertien avonden"
    assert "project/title" in ticked(page)
    click(page, "project/acronym", "button")  # taken out there too: nothing is left to do
    assert page.model.row_of("project/acronym") < 0
    assert pasted() == "Dertien avonden"


def test_only_what_is_left(opened: Opened) -> None:
    page = shown(opened(action()))
    click(page, "project/title", "button")
    click(page, "answers/reach", "button")
    page.only_left.click()
    assert page.model.row_of("project/title") < 0
    assert page.model.row_of("answers/reach") < 0
    page.list.setFocus()
    first = page.list.model().index(1, 0).data(page.model.LINE).entry.address
    page.list.choose(first)
    press(page, KEY.Key_Return)
    assert page.model.row_of(first) < 0
    assert page.list.chosen.address != first
    for _ in range(len(page.sheet.entries)):
        press(page, KEY.Key_Return)
    assert page.sheet.done == len(page.sheet.entries)
    assert page.nothing.isVisible()
    assert page.nothing.text().startswith("Alles is overgenomen")
    assert not page.list.isVisible()
    page.only_left.click()
    assert page.list.isVisible()
    assert len(ticked(page)) == len(page.sheet.entries)


def test_a_row_and_a_table_go_as_cells(opened: Opened) -> None:
    window = opened(example_proposal())
    page = shown(window)
    lines = window.desk.proposal.budget
    page.list.choose(f"budget/{lines[1].id}/subsidy")
    page.row.click()
    (row,) = to_rows(pasted())
    assert row[-2:] == [
        entry(page, f"budget/{lines[1].id}/{name}").text for name in ("subsidy", "own_means")
    ]
    assert {one.split("/")[1] for one in ticked(page)} == {lines[1].id}
    assert page.list.chosen.address == f"budget/{lines[2].id}/partner"
    page.table.click()
    rows = to_rows(pasted())
    assert len(rows) == len(lines)
    assert {len(row) for row in rows} == {7}
    assert len({one.split("/")[1] for one in ticked(page)}) == len(lines)
    page.back.click()
    assert {one.split("/")[1] for one in ticked(page)} == {lines[1].id}
    page.list.choose("project/title")
    assert not page.row.isEnabled()
    assert not page.table.isEnabled()


def test_a_draft_that_is_read_only_shows_its_ticks(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "draft.sif"
    Draft.create(path, action(), author="Noëlla").close()
    window.open_path(path)
    page = shown(window)
    press(page, KEY.Key_Return)
    with_tick = ticked(page)
    window.close_draft()
    with open_session(path):  # somebody else has it open
        window.open_path(path)
        assert window.desk.read_only
        page = shown(window)
        assert ticked(page) == with_tick
        assert "niet afvinken" in page.lead.text()
        press(page, KEY.Key_Return)
        assert pasted() == "AVOND"
        click(page, "project/title", "tick")
        assert ticked(page) == with_tick


def test_a_tick_that_the_disk_refuses_stays_and_is_kept_later(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(action())
    page = shown(window)

    def refuse(*_: object) -> None:
        raise FileError("disk_full", file="draft.sif")

    with monkeypatch.context() as full:
        full.setattr(Draft, "put_note", refuse)
        press(page, KEY.Key_Return)
        assert page.trouble.isVisible()
        assert "De vinkjes blijven in dit venster" in page.trouble.text.text()
        assert ticked(page) == ["project/title"]
    page.trouble.button.click()
    assert not page.trouble.isVisible()
    path = window.path
    window.close_draft()
    window.open_path(path)
    assert ticked(shown(window)) == ["project/title"]


def test_a_note_that_nobody_can_read_is_told(opened: Opened) -> None:
    window = opened(action())
    window.desk.session.draft.put_note("transfer", '{"ticks": {"../x": 5}}')
    page = shown(window)
    assert page.trouble.isVisible()
    assert "onleesbaar" in page.trouble.text.text()
    press(page, KEY.Key_Return)
    assert not page.trouble.isVisible()
    assert ticked(page) == ["project/title"]


def test_the_web_page_begins_with_the_ticks(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: object
) -> None:
    page = shown(opened(action()))
    press(page, KEY.Key_Return)
    out = tmp_path / "blad.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.web.click()
    qtbot.waitUntil(page.written.isVisible)  # type: ignore[attr-defined]
    mark = entry(page, "project/title").mark
    written = out.read_text(encoding="utf-8")
    assert f'data-mark="{mark}" data-then="{mark}"' in written
    assert written.count("data-then=") == 1
    assert str(out) in page.written.text.text()
    assert page.web.isEnabled()
    assert page.written.folder.text() == "Map openen"


def test_the_largest_dossier_paints_what_is_seen(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = []
    paint, measure = TransferDelegate.paint, TransferDelegate.sizeHint
    monkeypatch.setattr(
        TransferDelegate, "paint", lambda *given: painted.append(1) or paint(*given)
    )
    monkeypatch.setattr(
        TransferDelegate, "sizeHint", lambda *given: painted.append(1) or measure(*given)
    )
    page = shown(opened(big_proposal()))
    assert page.model.rowCount() > 16_000
    for key in (KEY.Key_Return, KEY.Key_End, KEY.Key_PageUp, KEY.Key_Home, KEY.Key_Return):
        press(page, key)
    assert 0 < len(painted) < 500
    assert len(ticked(page)) == 2


def test_the_model_keeps_to_the_rules_of_qt(opened: Opened) -> None:
    page = shown(opened(action()))
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    press(page, KEY.Key_Return)
    page.only_left.click()
    press(page, KEY.Key_Return)
    page.only_left.click()
    page.desk.do(Set(at="project/title", value="x"))
    assert tester.model() is page.model


def test_nothing_filled_in_is_said_so(opened: Opened) -> None:
    window = opened()
    window.workspace.sides["transfer"].click()
    page = window.workspace.page
    assert page.nothing.text().startswith("Er is nog niets ingevuld.")
    assert not page.copy.isVisible()
    assert not page.web.isVisible()
    window.desk.type("project/title", "Een begin")
    assert page.list.chosen.address == "project/title"
    assert page.web.isVisible()


def test_the_button_that_is_pointed_at_shows_it(opened: Opened) -> None:
    page = shown(opened(action()))
    index = page.model.index(page.model.row_of("project/acronym"))
    box = page.list.places(index).button
    QTest.mouseMove(page.list.viewport(), box.center())
    QApplication.processEvents()
    assert page.list.over.row() == index.row()
    assert page.list.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(page.list.viewport(), box.center() - QPoint(200, 0))
    QApplication.processEvents()
    assert not page.list.over.isValid()
