"""The window around the pages: starting, saving, closing, steps, trouble, reading only."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import CALL, example_proposal
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from sif_desktop.app import recent
from sif_desktop.app.opening import open_session
from sif_desktop.errors import FileError
from sif_desktop.model import canonical
from sif_desktop.store.draft import Draft
from sif_desktop.ui.crash import CrashDialog, report_of
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[..., MainWindow]
HEAVY = ("reportlab", "pyhanko", "lxml", "openpyxl", "cryptography", "pikepdf", "pydantic")


def test_from_nothing_to_a_draft_that_opens_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.start.new, Qt.MouseButton.LeftButton)
    panel = window.start.stack.currentWidget()
    panel.where.setText(str(tmp_path / "mine.sif"))
    panel.name.setFocus()
    panel._own_place = True
    qtbot.keyClicks(panel.name, "Zorgcirkel")
    qtbot.mouseClick(panel.begin, Qt.MouseButton.LeftButton)
    assert window.desk.proposal.project.title == "Zorgcirkel"
    row = window.workspace.page.rows["project/summary"]
    row.focus()
    qtbot.keyClicks(row.editor.text, "Buren zorgen voor buren.")
    window.close_draft()
    assert window.stack.currentWidget() is window.start
    assert recent.recent()[0].title == "Zorgcirkel"
    assert not recent.recent()[0].open
    tile = window.start.drafts.itemAt(0).widget()
    assert tile.accessibleName() == "Zorgcirkel"
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert window.desk.proposal.project.summary == "Buren zorgen voor buren."


def test_steps_tell_their_state_in_words_and_models_hold(opened: Opened) -> None:
    window = opened(example_proposal())
    model = window.workspace.list.steps
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    texts = [
        model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
        for place in range(model.rowCount())
    ]
    assert all(", " in text for text in texts)
    assert texts[1].endswith("Volledig")
    window.desk.type("project/duration", "een jaar")
    window.desk.check_now()
    assert "Blokkeert" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    del tester


def test_the_list_walks_by_keyboard_and_so_do_back_and_next(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    workspace = window.workspace
    workspace.list.setFocus()
    qtbot.keyClick(workspace.list, Qt.Key.Key_Down)
    assert workspace.step.id == "partners"
    qtbot.mouseClick(workspace.next, Qt.MouseButton.LeftButton)
    assert workspace.step.id == "work_plan"
    qtbot.mouseClick(workspace.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(workspace.back, Qt.MouseButton.LeftButton)
    assert workspace.step.id == "project"
    assert not workspace.back.isEnabled()


def test_a_jump_focuses_the_field_and_a_bar_leads_back(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    window.workspace.go("check")
    partner = window.desk.proposal.partners[2]
    window.desk.jump.emit(f"partners/{partner.id}/capacity")
    assert window.workspace.step.id == "capacity"
    row = window.workspace.page.rows[f"partners/{partner.id}/capacity"]
    assert row.editor.text.hasFocus()
    bar = window.workspace.return_bar
    assert bar.isVisible()
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert window.workspace.step.id == "check"
    assert not bar.isVisible()


@pytest.mark.parametrize("address", ["partners/none/name", "budget", "answers/nothing", "xyz"])
def test_a_jump_to_nothing_shows_a_page_all_the_same(opened: Opened, address: str) -> None:
    window = opened(example_proposal())
    window.desk.jump.emit(address)
    assert window.workspace.page.isVisible()


def test_a_second_opener_reads_only_and_is_told_who(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "held.sif"
    Draft.create(path, example_proposal(), author="An").close()
    with Draft.open(path, author="An"):
        window = opened()
        assert window.open_path(path)
        assert window.desk.read_only
        assert window.workspace.read_only.isVisible()
        assert "An" in window.workspace.read_only.text.text()
        row = window.workspace.page.rows["project/title"]
        assert row.editor.line.isReadOnly()
        before = window.desk.proposal
        window.desk.type("project/title", "No")
        window.undo()
        assert window.desk.proposal is before
        window.close_draft()


def test_a_failing_disk_keeps_what_is_typed_and_offers_a_copy(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = opened()
    session = window.desk.session

    def refuse(_: object) -> None:
        raise FileError("disk_full", file="draft.sif")

    with monkeypatch.context() as broken:
        broken.setattr(session.draft, "commit", refuse)
        window.desk.type("project/title", "Kept")
        session.settle()
        assert window.workspace.trouble.isVisible()
        assert window.workspace.trouble.button.isVisible()
        assert window.saved.text() == "Niet opgeslagen"
        session.save_elsewhere(tmp_path / "copy.sif")
    session.tick()
    assert not window.workspace.trouble.isVisible()
    with open_session(tmp_path / "copy.sif") as copy:
        assert copy.proposal.project.title == "Kept"


@pytest.mark.parametrize("name", ["missing", "folder", "foreign", "empty"])
def test_a_file_that_is_none_of_ours_gives_a_plain_message(
    window: MainWindow, tmp_path: Path, name: str
) -> None:
    path = tmp_path / f"{name}.sif"
    if name == "folder":
        path.mkdir()
    elif name != "missing":
        path.write_bytes(b"PK\x03\x04 nothing" if name == "foreign" else b"")
    assert not window.open_path(path)
    box = window.findChild(QMessageBox)
    assert name in box.text()
    assert "{" not in box.text()
    assert window.stack.currentWidget() is window.start
    box.close()


def test_what_is_typed_is_on_the_disk_soon(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened()
    row = window.workspace.page.rows["project/title"]
    row.focus()
    qtbot.keyClicks(row.editor.line, "Zorgcirkel")
    qtbot.waitUntil(lambda: not window.desk.session.waiting, timeout=5000)
    with Draft.open(tmp_path / "draft.sif", read_only=True) as draft:
        assert draft.proposal.project.title == "Zorgcirkel"
    assert window.saved.text().startswith("Opgeslagen om ")


def test_a_crash_is_told_with_a_report(window: MainWindow, qtbot: QtBot) -> None:
    try:
        raise RuntimeError("unforeseen")
    except RuntimeError as error:
        dialog = CrashDialog(window.speech, report_of(error))
    qtbot.addWidget(dialog)
    assert "unforeseen" in dialog.report
    assert "SIF Desktop 0" in dialog.report


def test_adding_moving_and_removing_items_can_be_undone(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    window.workspace.go("effects")
    cards = window.workspace.page.lists[0]
    for _ in range(2):
        qtbot.mouseClick(cards.add, Qt.MouseButton.LeftButton)
    first, second = window.desk.proposal.indicators
    assert list(cards.cards) == [first.id, second.id]
    qtbot.mouseClick(cards.cards[second.id].tools["up"], Qt.MouseButton.LeftButton)
    assert [item.id for item in window.desk.proposal.indicators] == [second.id, first.id]
    qtbot.mouseClick(cards.cards[second.id].tools["remove"], Qt.MouseButton.LeftButton)
    assert list(cards.cards) == [first.id]
    assert "verwijderen" in window.menus.acts["undo"].text()
    for _ in range(4):
        window.undo()
    assert window.desk.proposal.indicators == ()
    assert not cards.cards


def test_nothing_heavy_is_loaded_once_the_window_stands(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom sif_desktop.ui.main import application, make_window\n"
        "app = application(['x']); window = make_window(app); window.show()\n"
        "app.processEvents()\nprint('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "PySide6" in loaded
    assert not loaded & set(HEAVY)


def test_a_call_is_shown_with_its_closing_date_and_ceilings(window: MainWindow) -> None:
    window.start.show_new()
    panel = window.start.stack.currentWidget()
    assert panel.chosen.id == CALL
    from PySide6.QtWidgets import QLabel

    said = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Sociale inclusie, Verstedelijking, Open categorie" in said
    for figure in ("50.000,00 euro", "12 maanden", "1 april 2013", "20\u00a0%"):
        assert figure in said


@pytest.mark.parametrize("call_id", [CALL, "fabriek-actie"])
def test_a_proposal_begins_from_an_earlier_one(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, call_id: str
) -> None:
    earlier, path = tmp_path / "eerder.json", tmp_path / "nieuw.sif"
    earlier.write_bytes(canonical.to_json(example_proposal()))
    window.start.show_new()
    panel = window.start.stack.currentWidget()
    panel.choices[[call.id for call in panel.calls].index(call_id)].click()
    qtbot.keyClicks(panel.origin, str(earlier))
    panel.where.setText(str(path))
    panel.begin.click()
    assert window.desk.call.id == call_id
    assert len(window.desk.proposal.partners) == len(example_proposal().partners)
    said = window.findChild(QMessageBox).text()
    beside = list(tmp_path.glob("nieuw*.txt"))
    if call_id == CALL:
        assert beside == []
        assert "Alles" in said
    else:
        assert beside[0].name in said
        assert example_proposal().answers["vision_future"] in beside[0].read_text("utf-8")


def test_a_proposal_does_not_begin_from_what_is_none(window: MainWindow, tmp_path: Path) -> None:
    stranger = tmp_path / "brief.txt"
    stranger.write_text("Geachte", "utf-8")
    window.start.show_new()
    panel = window.start.stack.currentWidget()
    panel.origin.setText(str(stranger))
    panel.where.setText(str(tmp_path / "nieuw.sif"))
    panel.begin.click()
    assert window.desk is None
    assert "brief.txt" in window.findChild(QMessageBox).text()
    assert not (tmp_path / "nieuw.sif").exists()
