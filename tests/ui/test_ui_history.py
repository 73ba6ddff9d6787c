"""The history in the window: who did what, what differs, and the way back to any moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from cut import cut_off
from dossiers import empty_proposal, example_proposal
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from windows import jumps, unnamed

from sif_desktop.app import comparing
from sif_desktop.app.comparing import Compared
from sif_desktop.app.opening import open_session
from sif_desktop.app.packets import send
from sif_desktop.app.work import Work
from sif_desktop.language import LANGUAGES
from sif_desktop.model import canonical
from sif_desktop.model.edit import Drop, Edit, Set, make_change
from sif_desktop.store.draft import Draft
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.past import comparison
from sif_desktop.ui.past.model import MomentsModel
from sif_desktop.ui.past.page import HistoryPage

Opened = Callable[..., MainWindow]
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
SUMMARY = "Een huis in de straat. Daar wonen jong en oud samen."


def act(file: Path, author: str, *edits: Edit, subject: str = "") -> None:
    """One act of somebody in a file that is not open."""
    with Draft.open(file, author=author) as draft:
        draft.commit(make_change(draft.proposal, edits, author=author, subject=subject)[1])


def settled(qtbot: QtBot, page: HistoryPage) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def history(qtbot: QtBot, window: MainWindow) -> HistoryPage:
    """The page, with all read and compared."""
    qtbot.mouseClick(window.workspace.sides["history"], LEFT)
    page = window.workspace.page
    assert isinstance(page, HistoryPage)
    settled(qtbot, page)
    qtbot.waitUntil(page.list.hasFocus)
    return page


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def choose(qtbot: QtBot, page: HistoryPage, seq: int, kind: str = "") -> None:
    """Clicks the row of a moment, or of the session of work that ends with it."""
    kinds = (kind,) if kind else ("act", "start")
    row = next(
        row for row, one in enumerate(page.model.lines) if one.kind in kinds and one.seq == seq
    )
    index = page.model.index(row)
    page.list.scrollTo(index)
    at: QPoint = page.list.visualRect(index).center()
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=at)
    settled(qtbot, page)
    assert page.list.chosen.seq == seq


def said(page: HistoryPage) -> str:
    return page.comparison.text.toPlainText() if page.comparison.text.isVisible() else ""


def told(page: HistoryPage) -> list[str]:
    """What a screen reader says of the rows, the newest first."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.model.index(row).data(role) for row in range(page.model.rowCount())]


def form_of(page: HistoryPage, word: str) -> QTextCharFormat:
    """How a word stands in the text."""
    found = page.comparison.text.document().find(word)
    assert not found.isNull()
    return found.charFormat()


def typed(qtbot: QtBot, window: MainWindow, address: str, text: str) -> None:
    """Types a text in a field of the first page, in the place of what stands there."""
    window.workspace.go("project")
    editor = window.workspace.page.rows[address].editor
    editor = getattr(editor, "line", None) or editor.text
    qtbot.mouseClick(getattr(editor, "viewport", lambda: editor)(), LEFT)
    qtbot.keyClick(editor, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, text)


@pytest.fixture
def worked(qtbot: QtBot, opened: Opened) -> MainWindow:
    """A draft in which a person typed a title, a summary, and then another of each."""
    window = opened(empty_proposal())
    for address, text in (
        ("project/title", "Samen wonen"),
        ("project/summary", SUMMARY),
        ("project/title", "Samen huizen"),
        ("project/summary", SUMMARY.replace("jong en oud", "buren van elke leeftijd")),
    ):
        typed(qtbot, window, address, text)
    return window


def test_one_types_looks_back_and_goes_back(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)
    rows = told(page)
    assert rows[0].endswith("4 wijzigingen · Het project")
    assert [row.split(", ")[1] for row in rows[1:5]] == [
        "Samenvatting wijzigen",
        "Titel van het project wijzigen",
        "Samenvatting wijzigen",
        "Titel van het project wijzigen",
    ]
    assert rows[1].endswith(", moment 4, nu")
    assert rows[5] == "Het begin van het concept"
    assert page.list.chosen.seq == 4
    assert not page.head.back.isEnabled()
    choose(qtbot, page, 2)
    assert page.comparison.count.text().startswith("2 verschillen, van moment 2 (")
    text = said(page)
    assert text.startswith("Het project\nTitel van het project\n")
    assert "Samen wonen huizen" in text
    old, new, same = (form_of(page, word) for word in ("jong en oud", "van elke", "Daar wonen"))
    assert old.fontStrikeOut()
    assert not old.fontUnderline()
    assert new.fontUnderline()
    assert not new.fontStrikeOut()
    assert not (same.fontUnderline() or same.fontStrikeOut())
    click(qtbot, page.head.back)
    settled(qtbot, page)
    assert page.head.ask_back.what.text().startswith("Er veranderen 2 waarden: Het project (2).")
    assert worked.desk.proposal.project.title == "Samen huizen"
    click(qtbot, page.head.ask_back.yes)
    settled(qtbot, page)
    assert worked.desk.proposal.project.title == "Samen wonen"
    assert worked.desk.proposal.project.summary == SUMMARY
    assert told(page)[1].split(", ")[1] == "Teruggegaan naar moment 2"
    assert page.comparison.count.text().startswith("Geen verschil tussen moment 2 (")
    worked.workspace.go("project")
    row = worked.workspace.page.rows["project/title"]
    assert row.editor.line.text() == "Samen wonen"
    assert worked.menus.acts["undo"].text().endswith("teruggaan naar moment 2")
    worked.menus.acts["undo"].trigger()
    assert row.editor.line.text() == "Samen huizen"
    page = history(qtbot, worked)
    assert told(page)[1].split(", ")[1] == "Ongedaan gemaakt: teruggaan naar moment 2"
    assert worked.desk.session.draft.seq == 6


def test_the_notice_of_going_back_undoes_it(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)
    choose(qtbot, page, 0)
    click(qtbot, page.head.back)
    settled(qtbot, page)
    click(qtbot, page.head.ask_back.yes)
    settled(qtbot, page)
    assert worked.desk.proposal == empty_proposal()
    (notice,) = page.notices.texts
    assert notice.startswith("Het voorstel is weer zoals bij het begin van het concept")
    undo = next(one for one in page.notices.findChildren(QPushButton) if one.text())
    click(qtbot, undo)
    settled(qtbot, page)
    assert worked.desk.proposal.project.title == "Samen huizen"
    assert page.notices.texts == []


def test_nothing_happens_before_yes_and_a_change_in_between_is_asked_anew(
    qtbot: QtBot, worked: MainWindow
) -> None:
    page = history(qtbot, worked)
    choose(qtbot, page, 1)
    click(qtbot, page.head.back)
    settled(qtbot, page)
    assert page.head.ask_back.isVisible()
    qtbot.keyClick(page.head.ask_back.yes, KEY.Key_Escape)
    assert not page.head.ask_back.isVisible()
    assert page.head.back.hasFocus()
    click(qtbot, page.head.back)
    settled(qtbot, page)
    worked.desk.do(Set(at="project/acronym", value="SH"))
    settled(qtbot, page)
    assert not page.head.ask_back.isVisible()
    assert worked.desk.session.draft.seq == 5
    click(qtbot, page.head.back)
    settled(qtbot, page)
    assert page.head.ask_back.what.text().startswith("Er veranderen 3 waarden")
    choose(qtbot, page, 2)  # another moment is not what was asked about
    assert not page.head.ask_back.isVisible()
    assert worked.desk.session.draft.seq == 5


def test_a_moment_gets_a_name_that_stands_out(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)
    assert not page.only_named.isEnabled()
    choose(qtbot, page, 2)
    click(qtbot, page.head.name)
    assert page.head.ask_name.line.hasFocus()
    qtbot.keyClick(page.head.ask_name.line, KEY.Key_Return)
    assert page.head.ask_name.trouble.text().startswith("Geef het moment een naam")
    qtbot.keyClicks(page.head.ask_name.line, "12")
    qtbot.keyClick(page.head.ask_name.line, KEY.Key_Return)
    assert "'12'" in page.head.ask_name.trouble.text()
    qtbot.keyClicks(page.head.ask_name.line, " partners klaar")
    qtbot.keyClick(page.head.ask_name.line, KEY.Key_Return)
    settled(qtbot, page)
    assert not page.head.ask_name.isVisible()
    assert page.head.title.text().startswith("‘12 partners klaar’ (")
    assert told(page)[3].startswith("Genaamd 12 partners klaar, ")
    assert page.only_named.text() == "Alleen met een naam (1)"
    choose(qtbot, page, 4)
    page.only_named.click()
    settled(qtbot, page)
    assert [(one.kind, one.seq) for one in page.model.lines] == [("stint", 4), ("act", 2)]
    page.only_named.click()
    settled(qtbot, page)
    assert len(page.model.lines) == 6
    path = worked.path
    worked.close_draft()
    worked.open_path(path)
    page = history(qtbot, worked)
    assert page.only_named.text() == "Alleen met een naam (1)"
    choose(qtbot, page, 2)
    click(qtbot, page.head.back)
    settled(qtbot, page)
    assert "‘12 partners klaar’" in page.head.ask_back.title.text()
    click(qtbot, page.head.ask_back.yes)
    settled(qtbot, page)
    assert worked.desk.session.undo_next == ("back", "2 12 partners klaar")
    assert worked.desk.proposal.project.title == "Samen wonen"


def test_what_an_act_and_a_session_of_work_did(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)
    choose(qtbot, page, 3)
    page.comparison.against.use("before")
    settled(qtbot, page)
    assert said(page).splitlines() == [
        "Het project",
        "Titel van het project",
        "Samen wonen huizen",
    ]
    choose(qtbot, page, 4, "stint")
    assert page.comparison.count.text().startswith("2 verschillen, van het begin van het concept")
    assert "(leeg) → Samen huizen" in said(page)
    choose(qtbot, page, 0)
    assert page.comparison.against.hint.text().startswith("Hier begint de geschiedenis")
    assert said(page) == ""


def test_two_moments_are_compared_in_the_order_of_time(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)
    choose(qtbot, page, 3)
    page.comparison.against.use("moment")
    settled(qtbot, page)
    assert "Kies nu links het moment" in page.comparison.against.hint.text()
    assert "vastgehouden om te vergelijken" in told(page)[2]
    choose(qtbot, page, 1)
    assert said(page).splitlines()[2] == "Samen wonen huizen"
    choose(qtbot, page, 4)
    assert page.comparison.count.text().startswith("1 verschil, van moment 3 (")
    assert "jong en oud" in said(page)
    page.comparison.against.use("now")
    settled(qtbot, page)
    assert "vastgehouden" not in "".join(told(page))


def test_a_draft_is_compared_with_files(
    qtbot: QtBot, worked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(qtbot, worked)
    draft = worked.desk.session.draft
    old, other, damaged = (tmp_path / name for name in ("oud.json", "ander.json", "stuk.asice"))
    old.write_bytes(canonical.to_json(draft.proposal_at(2)))
    other.write_bytes(canonical.to_json(example_proposal()))
    damaged.write_bytes(b"PK\x03\x04" + bytes(80))
    copy = tmp_path / "kopie.sif"
    worked.desk.session.save_elsewhere(copy)
    answers: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (answers.pop(0), ""))
    page.comparison.against.use("file")
    settled(qtbot, page)
    assert page.comparison.against.hint.text().startswith("Kies een concept, een bundel")
    assert not page.comparison.against.swap.isVisible()

    def with_file(answer: str) -> None:
        answers.append(answer)
        click(qtbot, page.comparison.against.choose)
        settled(qtbot, page)

    with_file("")  # thought better of it
    assert page.comparison.against.hint.isVisible()
    with_file(str(old))
    assert page.comparison.count.text().endswith(" naar oud.json.")
    assert "Samen huizen wonen" in said(page)
    click(qtbot, page.comparison.against.swap)
    settled(qtbot, page)
    assert "Samen wonen huizen" in said(page)
    with_file(str(copy))
    assert page.comparison.count.text().startswith("Geen verschil tussen moment 4 (")
    with_file(str(damaged))
    (notice,) = page.notices.texts
    assert "stuk.asice" in notice
    assert said(page) == ""
    with_file(str(tmp_path / "nergens.sif"))
    assert "nergens.sif" in page.notices.texts[0]
    with_file(str(other))
    assert "van een ander voorstel" in page.comparison.count.text()
    assert "Partner" in said(page)
    assert worked.desk.session.draft.seq == 4


def test_a_comparison_is_saved_as_a_page(
    qtbot: QtBot, worked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(qtbot, worked)
    assert not page.comparison.save.isVisible()
    choose(qtbot, page, 2)
    out = tmp_path / "verschil.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    click(qtbot, page.comparison.save)
    qtbot.waitUntil(lambda: bool(page.notices.texts))
    assert page.notices.texts == ["De vergelijking is bewaard: verschil.html."]
    text = out.read_text(encoding="utf-8")
    assert "Samen <del>wonen</del><ins>huizen</ins>" in text
    assert "van moment 2 (" not in text
    assert "moment 2 (" in text
    out = tmp_path / "geen" / "map.html"
    click(qtbot, page.comparison.save)
    qtbot.waitUntil(lambda: "map.html" in "".join(page.notices.texts))


def test_by_keyboard_alone(qtbot: QtBot, worked: MainWindow) -> None:
    page = history(qtbot, worked)

    def press(key: Qt.Key, times: int = 1) -> None:
        for _ in range(times):
            at = QApplication.focusWidget()
            assert at is not None
            assert page.isAncestorOf(at)
            qtbot.keyClick(at, key)
        settled(qtbot, page)

    def tab_to(widget: QWidget) -> None:
        for _ in range(12):
            if widget.hasFocus():
                return
            press(KEY.Key_Tab)
        raise AssertionError(widget)

    press(KEY.Key_Down, 2)
    assert page.list.chosen.seq == 2
    press(KEY.Key_Return)
    assert page.comparison.text.hasFocus()
    page.list.setFocus()
    tab_to(page.head.name)
    press(KEY.Key_Space)
    qtbot.keyClicks(page.head.ask_name.line, "eerste versie")
    press(KEY.Key_Return)
    assert page.head.name.hasFocus()
    assert page.model.past.names == {2: ("eerste versie",)}
    tab_to(page.comparison.against.box)
    press(KEY.Key_Down)
    assert page.comparison.against.mode == "before"
    tab_to(page.comparison.text)
    page.list.setFocus()
    tab_to(page.head.back)
    press(KEY.Key_Space)
    assert page.head.ask_back.yes.hasFocus()
    press(KEY.Key_Space)
    assert page.list.hasFocus()
    assert worked.desk.proposal.project.title == "Samen wonen"


def test_a_draft_that_is_read_only_and_a_packet_say_why_one_cannot_go_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path, packet = tmp_path / "home.sif", tmp_path / "packet.sif"
    Draft.create(path, example_proposal(), author="An").close()
    partner = example_proposal().partners[1]
    act(path, "An", Set(at="project/title", value="Anders"), subject="Titel")
    send(path, partner.name, packet, "An")
    act(packet, "Bea", Set(at=f"partners/{partner.id}/short_name", value="Nieuw"))
    with open_session(path):
        window.open_path(path)
        page = history(qtbot, window)
        choose(qtbot, page, 0)
        assert not page.head.back.isEnabled()
        assert not page.head.name.isEnabled()
        assert page.head.reason.isVisible()
        assert page.head.reason.text().startswith("Iemand anders heeft dit concept open")
        assert "→ Anders" in said(page)
    window.open_path(packet)
    page = history(qtbot, window)
    choose(qtbot, page, 0)
    assert not page.head.back.isEnabled()
    assert page.head.name.isEnabled()
    assert page.head.reason.text().startswith("Dit is een pakket")
    assert "Nieuw" in said(page)


def test_a_moment_with_a_file_that_is_gone_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "draft.sif"
    Draft.create(path, example_proposal(), author="An").close()
    attachment = example_proposal().attachments[0]
    with Draft.open(path, author="An") as draft:
        sha256, _ = draft.add_attachment(BytesIO(b"inhoud"))
    act(path, "An", Set(at=f"attachments/{attachment.id}/sha256", value=sha256))
    act(path, "An", Drop(at=f"attachments/{attachment.id}"))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM pieces")
        db.execute("DELETE FROM attachments")
    window.open_path(path)
    page = history(qtbot, window)
    before = window.desk.proposal
    choose(qtbot, page, 1)
    click(qtbot, page.head.back)
    settled(qtbot, page)
    (notice,) = page.notices.texts
    assert attachment.filename in notice
    assert "Er is niets veranderd" in notice
    assert not page.head.ask_back.isVisible()
    assert window.desk.proposal is before


def test_a_long_comparison_is_told_of_and_stopped(
    qtbot: QtBot, worked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = history(qtbot, worked)

    def endless(*_: object, work: Work, **__: object) -> Compared:
        while True:
            work.at("compare")

    monkeypatch.setattr(comparing, "compared", endless)
    monkeypatch.setattr(comparison, "PATIENCE", 0)
    page.comparison.against.use("before")
    qtbot.waitUntil(page.comparison.progress.isVisible)
    click(qtbot, page.comparison.stop)
    settled(qtbot, page)
    assert page.comparison.count.text() == "Het vergelijken is gestopt."
    assert not page.comparison.progress.isVisible()
    monkeypatch.undo()
    page.comparison.against.use("now")
    choose(qtbot, page, 1)
    assert "Samen wonen huizen" in said(page)
    monkeypatch.setattr(comparing, "compared", endless)
    page.comparison.against.use("before")
    qtbot.waitUntil(page.comparison.progress.isVisible)
    worked.close_draft()  # waits for what reads it, which ends


def test_a_long_history_says_only_what_is_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "lang.sif"
    Draft.create(path, example_proposal(), author="An").close()
    lines = example_proposal().budget
    for author in ("An", "Bea", "Cas"):
        with Draft.open(path, author=author) as draft:
            for number in range(70):
                at = f"budget/{lines[number % len(lines)].id}/subsidy"
                edits = [Set(at=at, value=number * 100 + len(author))]
                draft.commit(make_change(draft.proposal, edits, author=author)[1])
    window.open_path(path)
    page = history(qtbot, window)
    window.grab()
    assert page.model.rowCount() == 3 * 71 + 1
    assert len(page.model._told) < 60
    qtbot.keyClick(page.list, KEY.Key_End)
    settled(qtbot, page)
    window.grab()
    assert page.list.chosen.kind == "start"
    assert len(page.model._told) < 100
    assert f"{len(lines)} verschillen" in page.comparison.count.text()
    assert said(page).count("→") == len(lines)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.model.renew()
    roles = (MomentsModel.PINNED, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.FontRole)
    assert all(page.model.index(0).data(role) in (False, None) or role for role in roles)


def test_typing_that_was_not_written_down_yet_is_in_the_history(
    qtbot: QtBot, opened: Opened
) -> None:
    window = opened(empty_proposal())
    typed(qtbot, window, "project/title", "Half")
    assert window.desk.session.waiting
    page = history(qtbot, window)
    assert told(page)[1].startswith(tuple("012"))
    assert "Titel van het project wijzigen" in told(page)[1]
    assert not window.desk.session.waiting


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_small_window_what_is_asked_is_seen(
    qtbot: QtBot, worked: MainWindow, language: str
) -> None:
    worked.speech.use_language(language)
    worked.resize(worked.minimumSize())
    page = history(qtbot, worked)
    choose(qtbot, page, 1)
    for button, asked in (
        (page.head.back, page.head.ask_back),
        (page.head.name, page.head.ask_name),
    ):
        page.reveal(button)
        click(qtbot, button)
        settled(qtbot, page)
        assert asked.isVisible()
        for one in (asked.yes, asked.no):
            assert one.visibleRegion().boundingRect() == one.rect()
        assert [one for one in cut_off(worked) if "HistoryPage" in one] == []
        click(qtbot, asked.no)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_fits_and_names_its_inputs(
    qtbot: QtBot, worked: MainWindow, language: str
) -> None:
    page = history(qtbot, worked)
    worked.speech.use_language(language)
    settled(qtbot, page)
    choose(qtbot, page, 1)

    def look(state: str) -> None:
        settled(qtbot, page)
        for _ in range(4):
            QApplication.processEvents()
        assert cut_off(worked) == [], state
        assert not unnamed(worked), state
        assert not jumps(page), state

    look("chosen")
    click(qtbot, page.head.back)
    look("asked")
    click(qtbot, page.head.ask_back.no)
    click(qtbot, page.head.name)
    look("named")
    click(qtbot, page.head.ask_name.no)
    for mode in ("before", "moment", "file", "now"):
        page.comparison.against.use(mode)
        look(mode)
    worked.look.use("dark")
    look("dark")
    worked.look.use("light")
    assert page.comparison.text.isVisible()
    cursor = QTextCursor(page.comparison.text.document())
    assert cursor.charFormat().fontWeight() == QFont.Weight.DemiBold
