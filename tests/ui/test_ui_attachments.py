"""The attachments page as a person uses it: dropping, choosing, naming, ordering, opening."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from dossiers import EXAMPLE, empty_proposal, example_proposal
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from sif_desktop.app.demo import example_draft
from sif_desktop.model.edit import Drop
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.attachments import AttachmentsPage
from sif_desktop.ui.waiting import Waiting

Opened = Callable[..., MainWindow]
FILES = sorted((EXAMPLE / "attachments").iterdir())


@pytest.fixture
def page(opened: Opened) -> AttachmentsPage:
    """The page on an empty draft."""
    window = opened(empty_proposal())
    window.workspace.go("attachments")
    found = window.workspace.page
    assert isinstance(found, AttachmentsPage)
    return found


@pytest.fixture
def example(window: MainWindow, tmp_path: Path) -> AttachmentsPage:
    """The page on the example dossier with its files."""
    example_draft(tmp_path / "example.sif")
    window.open_path(tmp_path / "example.sif")
    window.workspace.go("attachments")
    return window.workspace.page


def drop(qtbot: QtBot, page: AttachmentsPage, paths: Iterable[Path | str]) -> None:
    """Drags files over the page and lets go of them, and waits until they were looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = QPointF(page.rect().center())
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), actions, data, buttons, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    assert page.files.zone.property("role") == "drop-over"
    QApplication.sendEvent(page, QDropEvent(where, actions, data, buttons, keys))
    assert page.files.zone.property("role") == "drop"
    qtbot.waitUntil(lambda: not page.files.busy)


def titles(page: AttachmentsPage) -> list[str]:
    return [one.title for one in page.desk.proposal.attachments]


def card_at(page: AttachmentsPage, place: int):
    return page.files.cards[page.desk.proposal.attachments[place].id]


def test_files_are_dropped_named_and_undone(qtbot: QtBot, page: AttachmentsPage) -> None:
    drop(qtbot, page, FILES)
    assert titles(page) == ["Bevraging 2012", "Curricula vitae", "Intentieverklaring"]
    one = page.desk.proposal.attachments[0]
    assert (one.media_type, one.pages, one.size) == (
        "application/pdf",
        2,
        FILES[0].stat().st_size,
    )
    card = card_at(page, 0)
    assert card.facts.text() == "PDF · 32 kB · 2 bladzijden · bevraging-2012.pdf"
    line = card.rows[0].editor.line
    assert line.hasFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Wat de buurt zegt")
    kind = card.rows[1].editor.combo
    kind.setFocus()
    qtbot.keyClicks(kind, "Stud")
    assert page.desk.proposal.attachments[0].title == "Wat de buurt zegt"
    assert page.desk.proposal.attachments[0].kind == "study"
    window = page.window()
    assert not page.files.notices.isVisible()
    while window.desk.session.undo_next:  # a pause in typing may have made two acts of one
        window.undo()
    assert page.desk.proposal.attachments == ()
    assert not page.files.cards
    window.redo()
    assert len(titles(page)) == 3


def test_a_button_does_the_same_for_whoever_does_not_drag(
    qtbot: QtBot, page: AttachmentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(FILES[0])]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    page.files.zone.choose.setFocus()
    qtbot.keyClick(page.files.zone.choose, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not page.files.busy)
    assert titles(page) == ["Bevraging 2012"]
    chosen.clear()
    qtbot.mouseClick(page.files.zone.choose, Qt.MouseButton.LeftButton)
    assert titles(page) == ["Bevraging 2012"]


def test_what_is_refused_is_told_in_place_and_the_rest_is_added(
    qtbot: QtBot, page: AttachmentsPage, tmp_path: Path
) -> None:
    folder, empty, odd = tmp_path / "een map", tmp_path / "leeg.pdf", tmp_path / "raar.xyz"
    folder.mkdir()
    empty.touch()
    odd.write_bytes(b"\x00\x01")
    drop(qtbot, page, [folder, empty, tmp_path / "weg.pdf", odd, FILES[0], FILES[0]])
    assert titles(page) == ["Raar", "Bevraging 2012"]
    said = page.files.notices.texts
    for part, sentence in zip(
        ("een map is een map", "leeg.pdf is leeg", "weg.pdf bestaat niet"), said, strict=False
    ):
        assert sentence.startswith(part)
    assert len(said) == 5
    assert "raar.xyz" in said[3] and "als PDF" in said[3]
    assert "zit er al bij" in said[4] and "Bevraging 2012" in said[4]
    assert not [sentence for sentence in said if "{" in sentence or str(tmp_path) in sentence]
    assert page.files.notices.isVisible()
    away = page.files.notices.findChildren(QToolButton)[0]
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert len(page.files.notices.texts) == 4
    drop(qtbot, page, [FILES[1]])
    assert page.files.notices.texts == []
    assert not page.files.notices.isVisible()


def test_an_address_on_the_network_is_no_file(page: AttachmentsPage) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/x.pdf")])
    event = QDragEnterEvent(
        page.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(page, event)
    assert page.files.zone.property("role") == "drop"
    QApplication.sendEvent(page, QDragLeaveEvent())


def test_a_removed_file_can_be_had_back_until_something_else_is_done(
    qtbot: QtBot, example: AttachmentsPage
) -> None:
    before = example.desk.proposal.attachments
    qtbot.mouseClick(card_at(example, 1).tools["remove"], Qt.MouseButton.LeftButton)
    assert [one.id for one in example.desk.proposal.attachments] == [before[0].id, before[2].id]
    assert card_at(example, 1).tools["remove"].hasFocus()
    assert before[1].title in example.files.notices.texts[0]
    undo = example.files.notices.findChildren(QPushButton)[0]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert example.desk.proposal.attachments == before
    assert not example.files.notices.isVisible()
    qtbot.mouseClick(card_at(example, 0).tools["remove"], Qt.MouseButton.LeftButton)
    example.desk.type("project/acronym", "X")
    assert example.files.notices.texts == []


def test_the_order_goes_by_buttons(qtbot: QtBot, example: AttachmentsPage) -> None:
    first, second, third = example.desk.proposal.attachments
    up = example.files.cards[third.id].tools["up"]
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_Space)
    qtbot.keyClick(up, Qt.Key.Key_Space)
    assert example.desk.proposal.attachments == (third, first, second)
    assert not up.isEnabled()
    assert list(example.files.cards) == [third.id, first.id, second.id]
    qtbot.mouseClick(example.files.cards[third.id].tools["down"], Qt.MouseButton.LeftButton)
    assert example.desk.proposal.attachments == (first, third, second)
    assert "verplaatsen" in example.window().menus.acts["undo"].text()


def test_a_file_opens_with_the_systems_program_and_only_on_a_click(
    qtbot: QtBot, example: AttachmentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def open_url(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    QApplication.processEvents()
    assert opened == []
    qtbot.mouseClick(card_at(example, 0).open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened) and not example.files.busy)
    file = opened[0]
    name = example.desk.proposal.attachments[0].filename
    assert file.name == name
    assert file.read_bytes() == (EXAMPLE / "attachments" / name).read_bytes()
    if os.name == "posix":
        assert file.parent.stat().st_mode & 0o077 == 0
    qtbot.mouseClick(card_at(example, 0).open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 2 and not example.files.busy)
    assert "geen programma" in example.files.notices.texts[0]
    example.window().close_draft()
    assert not file.exists()


def test_a_type_that_is_not_known_is_saved_and_never_opened(
    qtbot: QtBot, page: AttachmentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, out = tmp_path / "raar.exe", tmp_path / "uit.bin"
    odd.write_bytes(b"MZ\x00")
    drop(qtbot, page, [odd])
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("opened"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    card = card_at(page, 0)
    assert card.open.text() == "Kopie bewaren…"
    qtbot.mouseClick(card.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.files.busy)
    assert out.read_bytes() == b"MZ\x00"


def test_a_file_that_did_not_come_along_is_told(opened: Opened) -> None:
    window = opened(example_proposal())
    window.workspace.go("attachments")
    card = card_at(window.workspace.page, 0)
    assert card.gone.isVisible()
    assert not card.open.isEnabled()


def test_findings_lead_to_a_file_and_to_the_list(example: AttachmentsPage) -> None:
    one = example.desk.proposal.attachments[1]
    assert example.focus_on(f"attachments/{one.id}/kind")
    assert example.files.cards[one.id].rows[1].editor.combo.hasFocus()
    for address in (f"attachments/{one.id}", f"attachments/{one.id}/sha256"):
        example.files.zone.choose.setFocus()
        assert example.focus_on(address)
        assert example.files.cards[one.id].rows[0].editor.line.hasFocus()
    assert example.focus_on("attachments")
    assert example.files.zone.choose.hasFocus()
    assert not example.focus_on("attachments/none")


def test_a_draft_to_look_at_takes_no_files(
    window: MainWindow, tmp_path: Path, example: AttachmentsPage
) -> None:
    from sif_desktop.store.draft import Draft

    window.close_draft()
    with Draft.open(tmp_path / "example.sif", author="An"):
        window.open_path(tmp_path / "example.sif")
        window.workspace.go("attachments")
        page = window.workspace.page
        assert not page.acceptDrops()
        assert not page.files.zone.isVisible()
        assert card_at(page, 0).tools["remove"].isHidden()
        assert card_at(page, 0).open.isEnabled()
        page.files.add_files([FILES[0]])
        assert not page.files.busy
        window.close_draft()


def test_reading_a_large_file_shows_itself_and_can_be_stopped(
    qtbot: QtBot, page: AttachmentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from sif_desktop.app import attaching

    held = threading.Event()

    def slowly(*_: object) -> str:
        held.wait(10)
        return "text/plain"

    monkeypatch.setattr(attaching, "media_type_of", slowly)
    large = tmp_path / "groot.txt"
    large.write_bytes(b"tekst\n" * 100_000)
    page.files.add_files([large])
    waiting = page.window().findChild(Waiting)
    qtbot.waitUntil(waiting.isVisible)
    assert waiting.isModal()
    qtbot.mouseClick(waiting.stop, Qt.MouseButton.LeftButton)
    held.set()
    qtbot.waitUntil(lambda: not page.files.busy)
    assert page.desk.proposal.attachments == ()
    assert page.desk.session.draft.attachment_digests() == {}
    assert page.files.notices.texts == []


def test_closing_the_draft_ends_the_reading(page: AttachmentsPage, tmp_path: Path) -> None:
    large = tmp_path / "groot.txt"
    large.write_bytes(b"tekst\n" * 2_000_000)
    window = page.window()
    page.files.add_files([large])
    window.close_draft()
    QApplication.processEvents()
    assert window.open_path(tmp_path / "draft.sif")
    assert window.desk.proposal.attachments == ()


def test_the_example_brings_its_files(window: MainWindow) -> None:
    window.open_example()
    window.workspace.go("attachments")
    page = window.workspace.page
    assert len(page.files.cards) == 3
    assert all(card.open.isEnabled() for card in page.files.cards.values())
    key = next(iter(page.files.cards))
    window.desk.do(Drop(at=f"attachments/{key}"))
    assert len(page.files.cards) == 2
