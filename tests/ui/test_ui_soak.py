"""A small sample of working in the window at random, and the faults that longer ones found."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import example_proposal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sif_desktop.app.team import members
from sif_desktop.model.edit import Drop, Set
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.worker import Job, at_work

Opened = Callable[..., MainWindow]
KEY = Qt.Key
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SOAK = Path(__file__).parents[2] / "packaging" / "campaigns" / "soak_window.py"


@pytest.mark.parametrize(("start", "events", "seed"), [("example", 700, 11), ("empty", 500, 12)])
def test_random_work_raises_nothing_and_leaves_the_draft_as_it_was_seen(
    start: str, events: int, seed: int
) -> None:
    command = [sys.executable, "-X", "faulthandler", str(SOAK)]
    command += ["--events", str(events), "--seed", str(seed), "--from", start]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert ended.returncode == 0, ended.stderr[-6000:]
    assert ended.stderr.splitlines()[-1] == "nothing was found"
    counts = json.loads(ended.stdout)
    assert counts["events"] == events
    assert counts["edits on the disk"] > 20
    assert counts["compared"] > 2
    for kind in ("letters", "click", "drag", "page", "undo", "redo", "size", "close and open"):
        assert counts[kind] > 0


def test_sums_are_neither_emptied_nor_cut(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    window.workspace.go("budget")
    grid = window.workspace.page.grid
    before = window.desk.proposal
    total = grid.model().columnCount() - 1
    grid.show_cell(0, total)
    for key, held in ((KEY.Key_X, CTRL), (KEY.Key_Delete, PLAIN), (KEY.Key_F2, PLAIN)):
        qtbot.keyClick(grid, key, held)
    assert window.desk.proposal is before


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_text_that_no_cell_can_show_is_not_edited_and_qt_does_not_complain(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    line = window.desk.proposal.budget[0]
    window.desk.do(Set(at=f"budget/{line.id}/description", value="woord " * 9000))
    window.workspace.go("budget")
    grid = window.workspace.page.grid
    column = window.workspace.page.model.column_at("description")
    grid.show_cell(0, column)
    qtbot.keyClick(grid, KEY.Key_F2)
    assert grid.delegate.editor is None


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_name_chosen_while_its_cell_goes_away(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    window.workspace.go("budget")
    grid = window.workspace.page.grid
    grid.show_cell(0, 0)
    qtbot.keyClick(grid, KEY.Key_F2)
    box = grid.delegate.editor
    box.hidePopup()
    box.activated.emit(1)
    window.close_draft()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    with qtbot.captureExceptions() as raised:
        QApplication.processEvents()
    assert raised == []


def test_a_draft_that_closes_while_its_steps_are_laid_out_anew(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    steps = window.workspace.list
    with qtbot.captureExceptions() as raised:
        steps.scheduleDelayedItemsLayout()
        window.close_draft()
        steps.doItemsLayout()
        QApplication.processEvents()
    assert raised == []


@pytest.mark.parametrize("step", ["attachments", "effects"])
def test_guidance_never_belongs_to_a_field_that_is_gone(opened: Opened, step: str) -> None:
    window = opened(example_proposal())
    window.workspace.go(step)
    page = window.workspace.page
    (listed,) = page.lists if step == "effects" else (page.files,)
    for card in listed.cards.values():
        if step == "effects":
            card.open(True)
    name = "indicators" if step == "effects" else "attachments"
    keys = list(listed.cards)
    row = page.rows[f"{name}/{keys[0]}/{'name' if step == 'effects' else 'title'}"]
    row.focus()
    assert page._guided_row is row
    window.desk.do(*(Drop(at=f"{name}/{key}") for key in keys))
    # A window that becomes the active one again gives the focus back to what had it.
    QApplication.instance().focusChanged.emit(None, row.editor.inputs[0])
    assert page._guided_row is None or page._guided_row in page.rows.values()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    window.resize(900, 600)  # narrow: guidance goes into the row
    QApplication.processEvents()


@pytest.mark.parametrize("side", ["team", "history"])
def test_nothing_looks_into_a_draft_that_was_closed(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, side: str
) -> None:
    window = opened(example_proposal())
    window.show_side(side)
    qtbot.waitUntil(lambda: not at_work())
    begun: list[str] = []
    start = Job.start
    monkeypatch.setattr(Job, "start", lambda job: (begun.append(side), start(job))[1])
    page = window.workspace.page
    for _ in range(3):  # as changes in a row do
        page.look()
    window.close_draft()
    before = len(begun)
    qtbot.waitUntil(lambda: not at_work())
    QApplication.processEvents()
    assert len(begun) == before > 0


def test_nothing_is_typed_into_a_draft_that_was_closed(opened: Opened) -> None:
    window = opened(example_proposal())
    desk = window.desk
    window.close_draft()
    assert not desk.type("project/title", "Te laat")
    assert not desk.do(Set(at="project/title", value="Te laat"))
    desk.session.settle()


def test_what_is_gone_is_not_changed(opened: Opened) -> None:
    window = opened(example_proposal())
    window.workspace.go("partners")
    gone = window.desk.proposal.partners[-1].id
    window.desk.do(Drop(at=f"partners/{gone}"))
    before = window.desk.proposal
    assert not window.desk.do(Set(at=f"partners/{gone}/name", value="Te laat"))
    assert not window.desk.type(f"partners/{gone}/name", "Te laat")
    assert window.desk.proposal is before


def test_undo_waits_behind_a_page_that_needs_no_draft(opened: Opened) -> None:
    window = opened(example_proposal())
    window.desk.do(Set(at="project/title", value="Anders"))
    window.show_apart("keys")
    window.menus.acts["undo"].trigger()
    assert window.desk.proposal.project.title == "Anders"
    window.apart["keys"].back.click()
    window.menus.acts["undo"].trigger()
    assert window.desk.proposal.project.title != "Anders"


def test_a_partner_that_goes_while_the_team_is_looked_up(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    window.show_side("team")
    page = window.workspace.page
    qtbot.waitUntil(lambda: not at_work())
    gone = window.desk.proposal.partners[-1].id
    window.desk.do(
        *(Set(at=f"partners/{gone}/{name}", value="") for name in ("name", "short_name"))
    )
    found = members(window.desk.session.draft, window.desk.proposal)
    window.desk.do(Drop(at=f"partners/{gone}"))
    with qtbot.captureExceptions() as raised:
        page._show_members(found)
    assert raised == []
