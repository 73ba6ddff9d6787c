"""The intake as a receiving desk uses it: a folder, its table, one bundle, the results."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from cut import cut_off
from dossiers import example_proposal
from forms_of_tests import action
from intake_bundles import FIRST, MAIN, Generated, bundle, generate, quick_identity
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from windows import jumps, unnamed

from sif_desktop.app import settings
from sif_desktop.app.intake import outputs, running
from sif_desktop.app.intake.desk import Given, take_in
from sif_desktop.app.intake.ledger import open_ledger
from sif_desktop.app.intake.listing import COLUMNS, Filter, Names, entry
from sif_desktop.app.intake.row import Row
from sif_desktop.language import LANGUAGES, Words, words
from sif_desktop.ui.intake.lists import RECURRING, ListModel
from sif_desktop.ui.intake.model import EntriesModel
from sif_desktop.ui.intake.page import IntakePage
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.speech import Speech

PICTURES = Path(__file__).parents[2] / "packaging" / "pictures.py"
COUNT, EXTRA = 40, 4
PLACES = {column.name: place for place, column in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def incoming(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Generated]:
    """Forty bundles, of which twelve are broken, and the example: sent twice, copied, and anew."""
    folder = tmp_path_factory.mktemp("intake") / "in"
    made = generate(folder, COUNT, broken=12)
    me, other, example = quick_identity(), quick_identity(), example_proposal()
    (folder / "noord").mkdir()
    bundle(folder / "noord" / "eerst.asice", example, me, FIRST)
    bundle(folder / "noord" / "later.asice", example, me, FIRST + timedelta(days=1))
    bundle(folder / "noord" / "vreemd.asice", example, other, FIRST + timedelta(days=2))
    number = example.partners[0].enterprise_number
    partner = action().partners[0].model_copy(update={"enterprise_number": number})
    bundle(folder / "zuid.asice", action(id="z", partners=[partner.model_dump()]), me, FIRST)
    return folder, made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread of this process judges: as quick as it gets for few bundles."""
    monkeypatch.setattr(running, "processes", _thread)


def _thread(workers: int | None = None) -> tuple[Executor, int]:
    return ThreadPoolExecutor(1), 1


@pytest.fixture
def page(window: MainWindow) -> Iterator[IntakePage]:
    """The page, opened from the start page."""
    window.start.apart["intake"].click()
    found = window.apart["intake"]
    assert isinstance(found, IntakePage)
    yield found
    found.let_go()


def begin(page: IntakePage, folder: Path, out: Path) -> None:
    """Types both folders, and begins."""
    page.setup.fields["folder"].line.setText(str(folder))
    page.setup.fields["out"].line.setText(str(out))
    page.setup.begin.click()


def over(qtbot: QtBot, page: IntakePage) -> None:
    qtbot.waitUntil(lambda: not page.busy, timeout=60_000)


@pytest.fixture
def taken(
    qtbot: QtBot, page: IntakePage, quick: None, incoming: tuple[Path, Generated], tmp_path: Path
) -> IntakePage:
    """The page after the whole folder was taken in."""
    begin(page, incoming[0], tmp_path / "uit")
    over(qtbot, page)
    return page


def cell(page: IntakePage, row: int, name: str) -> str:
    return page.results.model.index(row, PLACES[name]).data()


def files(page: IntakePage) -> list[str]:
    return [cell(page, row, "file") for row in range(page.results.model.rowCount())]


def click_row(qtbot: QtBot, page: IntakePage, row: int, twice: bool = False) -> None:
    table = page.results.table
    index = page.results.model.index(row, PLACES["file"])
    table.scrollTo(index)
    where = table.visualRect(index).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    if twice:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def click_head(qtbot: QtBot, page: IntakePage, name: str) -> None:
    header = page.results.table.horizontalHeader()
    page.results.table.scrollTo(page.results.model.index(0, PLACES[name]))
    where = QPoint(header.sectionViewportPosition(PLACES[name]) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)


# --------------------------------------------------------------------------------- folders
def test_a_place_for_the_results_is_suggested_and_told_about(
    qtbot: QtBot, page: IntakePage, tmp_path: Path
) -> None:
    setup = page.setup
    assert not setup.begin.isEnabled()
    assert QApplication.focusWidget() is setup.fields["folder"].line
    (tmp_path / "in").mkdir()
    qtbot.keyClicks(setup.fields["folder"].line, str(tmp_path / "in"))
    out = setup.fields["out"]
    assert out.line.text() == str(tmp_path / "in-resultaat")
    assert "gemaakt" in out.note.text() and setup.begin.isEnabled()
    (tmp_path / "oud").mkdir()
    (tmp_path / "oud" / "intake.ledger").touch()
    out.line.setText(str(tmp_path / "oud"))
    assert "eerdere ontvangst" in out.note.text()
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "brief.txt").touch()
    out.line.setText(str(tmp_path / "vol"))
    assert "andere bestanden" in out.note.text()
    setup.fields["folder"].line.setText(str(tmp_path))
    assert out.line.text() == str(tmp_path / "vol")  # what was chosen stays
    setup.fields["folder"].line.setText(str(tmp_path / "weg"))
    assert "is er niet" in setup.fields["folder"].note.text()


def test_folders_are_chosen_in_a_dialog_or_dropped(
    qtbot: QtBot, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.setup.fields["folder"].browse.click()
    assert page.setup.fields["folder"].path == folder
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.setup.fields["folder"].browse.click()
    assert page.setup.fields["folder"].path == folder
    other = tmp_path / "ander"
    other.mkdir()
    drop(page, other)
    assert page.setup.fields["folder"].path == other
    assert page.setup.fields["out"].path == tmp_path / "ander-resultaat"
    (other / "een.asice").touch()
    drop(page, other / "een.asice")
    assert page.setup.fields["folder"].path == other


def drop(page: IntakePage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where = QPointF(page.rect().center())
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), actions, data, buttons, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted() and page.setup.drop.property("role") == "drop-over"
    QApplication.sendEvent(page, QDropEvent(where, actions, data, buttons, keys))
    assert page.setup.drop.property("role") == "drop"


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_taken_in_gives_a_sentence(
    qtbot: QtBot, page: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "brief.txt").write_text("van mij")
    (tmp_path / "nep").mkdir()
    (tmp_path / "nep" / "intake.ledger").write_bytes(b"geen tabel" * 200)
    real = os.scandir

    def scandir(place: Any) -> Any:
        if Path(place).name == "dicht":
            raise PermissionError(13, "dicht", str(place))
        return real(place)

    monkeypatch.setattr("sif_desktop.app.intake.desk.os.scandir", scandir)
    (tmp_path / "dicht").mkdir()
    for folder, out, said in (
        ("weg", "uit", "is geen map"),
        ("in", "vol", "andere bestanden"),
        ("in", "nep", "kan niet gebruikt worden"),
        ("dicht", "uit", "dicht"),
    ):
        begin(page, tmp_path / folder, tmp_path / out)
        over(qtbot, page)
        assert page.setup.isVisible()
        assert said in page.setup.trouble.text.text(), (folder, out)
    assert [path.name for path in (tmp_path / "vol").iterdir()] == ["brief.txt"]
    page.setup.fields["out"].line.setText(str(tmp_path / "nieuw"))
    assert not page.setup.trouble.isVisible()


def test_a_name_that_no_disk_takes_gives_a_sentence(
    qtbot: QtBot, page: IntakePage, tmp_path: Path
) -> None:
    page.setup.fields["folder"].line.setText("woord " * 900)
    page.setup.fields["out"].line.setText(str(tmp_path / "uit"))
    page.setup.begin.click()
    qtbot.waitUntil(lambda: not page.busy)
    assert "woord" in page.setup.trouble.text.text()


def test_the_folder_of_authorities_is_kept(
    qtbot: QtBot, page: IntakePage, window: MainWindow, quick: None, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    page.setup.fields["trust"].line.setText(str(tmp_path / "instanties"))
    begin(page, tmp_path / "in", tmp_path / "uit")
    over(qtbot, page)
    assert settings.load().authorities == str(tmp_path / "instanties")
    assert page.results.table.hint == "In deze map staan geen bundels."
    assert "Bundels: 0." in page.strip.text.text()


# ------------------------------------------------------------------------------- the table
def test_each_bundle_is_in_the_table_and_a_broken_one_stands_out_with_its_reason(
    taken: IntakePage, incoming: tuple[Path, Generated]
) -> None:
    names = sorted(
        path.relative_to(incoming[0]).as_posix() for path in incoming[0].rglob("*.asice")
    )
    assert files(taken) == names and len(names) == COUNT + EXTRA
    assert taken.results.filters.count.text() == "44 van 44"
    model = taken.results.model
    for row, one in enumerate(model.shown):
        assert one.faulty == (one.row.file in incoming[1].broken)
        if one.faulty:
            reason = incoming[1].broken[one.row.file]
            assert reason in {found.key for found in one.row.reasons}
            said = cell(taken, row, "title")
            assert said and said in cell(taken, row, "reasons")
            index = model.index(row, PLACES["title"])
            assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
            assert taken.results.table.columnSpan(row, PLACES["title"]) > 1
    assert {cell(taken, 0, "state"), cell(taken, 3, "state")} <= {
        words("nl").say(f"intake.states.{state}")
        for state in ("good", "blocked", "broken", "unreadable")
    }
    later = files(taken).index("noord/eerst.asice")
    assert cell(taken, later, "replaced_by") == "noord/later.asice"
    assert cell(taken, later, "foreign_share") == "14,05\u00a0%"
    assert cell(taken, later, "theme") == "Sociale inclusie"
    assert cell(taken, later, "identity") == "Zelf gemaakt"


def test_filters_show_less_and_say_how_much(
    qtbot: QtBot, taken: IntakePage, incoming: tuple[Path, Generated]
) -> None:
    filters = taken.results.filters
    assert filters.wishes["faulty"].text() == "Opnieuw op te vragen (12)"
    qtbot.mouseClick(filters.wishes["faulty"], Qt.MouseButton.LeftButton)
    assert set(files(taken)) == set(incoming[1].broken)
    assert filters.count.text() == "12 van 44"
    qtbot.mouseClick(filters.wipe, Qt.MouseButton.LeftButton)
    assert len(files(taken)) == 44 and not filters.wipe.isEnabled()
    taken.setFocus()
    qtbot.keyClick(taken.results.tabs, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is filters.search
    qtbot.keyClicks(filters.search, "NOORD dakdel")
    assert files(taken) == ["noord/eerst.asice", "noord/later.asice", "noord/vreemd.asice"]
    filters.boxes["state"].setCurrentIndex(filters.boxes["state"].findData("replaced"))
    assert files(taken) == ["noord/eerst.asice"]
    filters.clear()
    filters.boxes["call"].setCurrentIndex(filters.boxes["call"].findData(MAIN))
    filters.boxes["theme"].setCurrentIndex(filters.boxes["theme"].findData("urbanisation"))
    assert files(taken) and {cell(taken, row, "theme") for row in range(len(files(taken)))} == {
        "Verstedelijking"
    }
    filters.clear()
    filters.wishes["screened"].click()
    assert len(files(taken)) == sum(one.screened > 0 for one in taken.results.model.entries) > 0
    filters.search.setText("dit staat nergens")
    assert taken.results.table.hint.startswith("Geen enkele bundel")


def test_a_click_on_a_heading_sorts_and_what_is_chosen_stays_chosen(
    qtbot: QtBot, taken: IntakePage
) -> None:
    click_row(qtbot, taken, 5)
    file = cell(taken, 5, "file")
    for falling in (False, True):
        click_head(qtbot, taken, "asked")
        asked = [one.row.asked for one in taken.results.model.shown if one.row.proposal]
        assert asked == sorted(asked, reverse=falling)
        assert all(one.faulty for one in taken.results.model.shown[-12:])
        chosen = taken.results.table.selectionModel().selectedRows()
        assert [cell(taken, index.row(), "file") for index in chosen] == [file]
    taken.results.filters.wishes["screened"].click()
    taken.results.filters.wishes["screened"].click()
    assert cell(taken, taken.results.table.currentIndex().row(), "file") == file


def test_rows_are_copied_with_the_keys_of_copying(qtbot: QtBot, taken: IntakePage) -> None:
    click_row(qtbot, taken, 1)
    qtbot.keyClick(taken.results.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().split("\t")
    assert len(copied) == len(COLUMNS) and copied[1] == "b000001.asice"


# -------------------------------------------------------------------- what all come to
def test_what_all_come_to_is_shown_in_words_and_bars(
    taken: IntakePage, incoming: tuple[Path, Generated]
) -> None:
    taken.results.tabs.setCurrentIndex(1)
    said = " ".join(label.text() for label in taken.results.overall.findChildren(QLabel))
    overview = taken.results.outcome.overview
    by_call = {one.call.id: one for one in overview.calls}
    assert by_call[MAIN].asked > incoming[1].asked[MAIN]
    for text in (
        Words("nl", {"k": "{a:money}"}).say("k", a=by_call[MAIN].asked),
        "van € 1.000.000,00 voor de oproep",
        "33,33\u00a0% van het geld gaat eerst naar deze thema’s",
        "van het doel van 5.000",
        "van het doel van 18",
        "prioritair thema",
    ):
        assert text in said, text
    assert len(taken.results.overall.cards) == 2


def test_the_other_tables_lead_to_their_bundles(qtbot: QtBot, taken: IntakePage) -> None:
    results = taken.results
    assert [results.tabs.tabText(place) for place in range(5)] == [
        "Bundels (44)",
        "Geld en doelen",
        f"Te screenen ({len(results.outcome.screenings)})",
        "In meer voorstellen (1)",
        "Meermaals ingestuurd (2)",
    ]
    results.tabs.setCurrentIndex(3)
    recurring = results.lists["recurring"]
    recurring.table.setFocus()
    recurring.table.setCurrentIndex(recurring.model.index(0, 0))
    qtbot.keyClick(recurring.table, Qt.Key.Key_Return)
    assert results.tabs.currentIndex() == 0
    assert "zuid.asice" in files(taken) and "noord/later.asice" in files(taken)
    results.tabs.setCurrentIndex(2)
    screening = results.lists["screenings"]
    where = screening.table.visualRect(screening.model.index(0, 1)).center()
    viewport = screening.table.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert results.detail.isVisible()
    assert results.detail.one.row.file == results.outcome.screenings[0].file
    qtbot.waitUntil(lambda: results.detail.seen is not None, timeout=20_000)
    results.detail.back.click()
    results.tabs.setCurrentIndex(4)
    click_last = results.lists["repeated"]
    click_last.table.activated.emit(click_last.model.index(0, 0))
    assert results.detail.one.row.file in ("noord/later.asice", "noord/vreemd.asice")


# ---------------------------------------------------------------------------------- one opened
def test_one_is_opened_with_its_verification_in_full(qtbot: QtBot, taken: IntakePage) -> None:
    results, detail = taken.results, taken.results.detail
    click_row(qtbot, taken, files(taken).index("noord/later.asice"), twice=True)
    assert detail.isVisible() and detail.busy.isVisible()
    qtbot.waitUntil(lambda: detail.seen is not None, timeout=20_000)
    said = " ".join(label.text() for label in detail.findChildren(QLabel) if label.isVisible())
    for text in (
        example_proposal().project.title,
        "noord/later.asice",
        "49.911,43",
        *(one.name for one in example_proposal().partners),
        "Te screenen",
        "ongeschonden",
        "Ontvangst",
    ):
        assert text in said, text
    qtbot.keyClick(detail, Qt.Key.Key_Escape)
    assert results.table.isVisible() and QApplication.focusWidget() is results.table
    assert cell(taken, results.table.currentIndex().row(), "file") == "noord/later.asice"
    results.filters.wishes["faulty"].click()
    results.table.setCurrentIndex(results.model.index(0, 0))
    qtbot.keyClick(results.table, Qt.Key.Key_Return)
    assert detail.isVisible() and not detail.before.isEnabled()
    assert not detail.draft.isVisible()
    told = [label.text() for label in detail.findChildren(QLabel)]
    assert detail.one.row.reasons and all(
        results.names.reasons([reason]) in told for reason in detail.one.row.reasons
    )
    first = detail.one.row.file
    detail.after.click()
    assert detail.one.row.file == files(taken)[1] != first
    detail.before.click()
    assert detail.one.row.file == first
    qtbot.waitUntil(lambda: not detail.busy.isVisible(), timeout=20_000)


def test_one_is_opened_as_a_draft_of_its_own(
    qtbot: QtBot,
    taken: IntakePage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "kopie.sif"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    row = files(taken).index("zuid.asice")
    taken.open_one(taken.results.model.shown[row])
    assert not taken.results.detail.draft.isEnabled()
    qtbot.waitUntil(lambda: taken.results.detail.seen is not None, timeout=20_000)
    before = (taken._given.folder / "zuid.asice").read_bytes()
    qtbot.mouseClick(taken.results.detail.draft, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)
    assert window.desk.proposal.project.title == action().project.title
    assert out.is_file() and (taken._given.folder / "zuid.asice").read_bytes() == before


# --------------------------------------------------------------------------------- results
def test_the_results_are_those_of_the_command(
    qtbot: QtBot,
    taken: IntakePage,
    incoming: tuple[Path, Generated],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    qtbot.mouseClick(taken.write, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: taken._writing is None, timeout=30_000)
    assert "intake.xlsx, intake.csv, intake.json, intake.pdf" in taken.wrote.text.text()
    taken.show_folder.click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "uit")]
    other = tmp_path / "opdracht"
    for ledger, overview in take_in(Given(incoming[0], other), make=_thread):
        outputs.write_all(other, ledger, overview, words("nl"))
    for name in (outputs.CSV, outputs.JSON, outputs.REPORT):
        assert (tmp_path / "uit" / name).read_bytes() == (other / name).read_bytes()
    (tmp_path / "uit" / "intake.ledger").unlink()
    taken.write.click()
    qtbot.waitUntil(lambda: taken._writing is None, timeout=30_000)
    assert "geen ontvangst meer" in taken.wrote.text.text()


# ----------------------------------------------------------------- stopping and going on
@pytest.mark.usefixtures("quick")
def test_it_is_stopped_and_goes_on_where_it_was(
    qtbot: QtBot,
    page: IntakePage,
    incoming: tuple[Path, Generated],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[str] = []
    held, real = Event(), running.judge_all

    def slowly(folder: str, names: Any, trust: Any, pinned: Any) -> Any:
        if len(judged) >= 12:
            held.wait(30)
        judged.extend(names)
        return real(folder, names, trust, pinned)

    monkeypatch.setattr(running, "PARCEL", 4)
    monkeypatch.setattr(running, "judge_all", slowly)
    begin(page, incoming[0], tmp_path / "uit")
    qtbot.waitUntil(lambda: len(files(page)) == 12, timeout=30_000)
    assert page.stop.isVisible() and not page.write.isVisible()
    assert page.strip.bar.value() == 12 * 1000 // 44
    assert not page.results.tabs.isTabEnabled(1)
    page.open_one(page.results.model.shown[0])  # while it runs
    qtbot.waitUntil(lambda: page.results.detail.seen is not None, timeout=30_000)
    page.results.detail.back.click()
    qtbot.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    held.set()
    over(qtbot, page)
    kept = len(files(page))  # what was under way when one stopped may be kept too
    assert kept in (12, 16)
    assert page.strip.text.text().startswith(f"Gestopt. Nagekeken: {kept} van 44.")
    assert page.go_on.isVisible() and not page.write.isVisible()
    judged.clear()
    monkeypatch.setattr(
        running, "judge_all", lambda *given: judged.extend(given[1]) or real(*given)
    )
    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    over(qtbot, page)
    assert len(judged) == 44 - kept and len(files(page)) == 44
    assert page.write.isVisible() and not page.stop.isVisible()


def test_processes_judge_beside_the_window(
    qtbot: QtBot, page: IntakePage, incoming: tuple[Path, Generated], tmp_path: Path
) -> None:
    """Real ones, started from within a program with a window."""
    begin(page, incoming[0], tmp_path / "uit")
    over(qtbot, page)
    faulty = {one.row.file for one in page.results.model.entries if one.faulty}
    assert faulty == set(incoming[1].broken)
    assert len(files(page)) == 44 and multiprocessing.active_children() == []
    qtbot.mouseClick(page.anew, Qt.MouseButton.LeftButton)
    over(qtbot, page)
    assert len(files(page)) == 44


def test_closing_the_window_leaves_no_process_and_a_ledger_to_go_on_from(
    qtbot: QtBot,
    page: IntakePage,
    window: MainWindow,
    incoming: tuple[Path, Generated],
    tmp_path: Path,
) -> None:
    begin(page, incoming[0], tmp_path / "uit")
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()), timeout=30_000)
    window.close()
    assert multiprocessing.active_children() == []
    qtbot.waitUntil(lambda: not page.busy)
    with open_ledger(tmp_path / "uit") as ledger:
        assert ledger.count()[0] in (0, 44)
        rows = [row for row, _ in ledger.rows()]
    assert not [row.file for row in rows if row.reasons and "crashed" in row.reasons[0].key]


# ---------------------------------------------------------------------------- words and looks
@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.spec_from_file_location("pictures", PICTURES)
    pictures = importlib.util.module_from_spec(found)
    found.loader.exec_module(pictures)
    monkeypatch.setattr(Words, "find", pictures.stretched(Words.find))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_with_longer_words(
    qtbot: QtBot, longer: None, taken: IntakePage, window: MainWindow, language: str
) -> None:
    results = taken.results
    window.speech.use_language(language)
    taken.write_all()
    qtbot.waitUntil(lambda: taken._writing is None, timeout=30_000)
    for place in range(results.tabs.count()):
        results.tabs.setCurrentIndex(place)
        _settle()
        assert cut_off(window) == [], place
        assert not unnamed(taken), place
    one = next(one for one in results.model.entries if one.row.file == "noord/later.asice")
    taken.open_one(one)
    qtbot.waitUntil(lambda: results.detail.seen is not None, timeout=20_000)
    _settle()
    assert cut_off(window) == []
    assert not unnamed(taken)
    assert not [label for label in taken.findChildren(QLabel) if "{" in label.text()]
    assert not jumps(taken)


def test_all_is_said_anew_in_another_language_and_colours(
    taken: IntakePage, window: MainWindow, look: Look
) -> None:
    before = taken.strip.text.text(), cell(taken, 0, "state")
    window.speech.use_language("fr")
    assert taken.strip.text.text().startswith("Paquets\u00a0: 44.")
    assert cell(taken, 0, "state") != before[1]
    assert taken.results.model.headerData(0, Qt.Orientation.Horizontal) == "État"
    try:
        window.use_scheme("dark")
        _settle()
    finally:
        look.use("light")
    window.speech.use_language("nl")
    assert (taken.strip.text.text(), cell(taken, 0, "state")) == before


def _settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


# ---------------------------------------------------------------------------------- models
def rows(count: int) -> list[Row]:
    states = ("good", "blocked", "broken", "unreadable")
    return [
        Row(
            f"b{place:06}", state=states[place % 4], proposal="p" * (place % 4 < 2), asked=place % 7
        )
        for place in range(count)
    ]


def test_the_table_keeps_the_rules_of_a_model(look: Look) -> None:
    model = EntriesModel(Speech("nl"), look)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    names = Names(words("nl"), {})
    made = [entry(row) for row in rows(300)]
    model.use(made[::3], names)
    held = model.index(50, 1)
    chosen = model.shown[50].row.file
    assert held.data() == chosen
    for part in (made[1:40:3], made[2:40:3], made[40::3], made[41:][1::3]):
        model.add([one for one in part if one not in model.entries], names)
    model.sort(PLACES["asked"], Qt.SortOrder.DescendingOrder)
    model.use_filter(Filter(faulty=True))
    assert model.shown and all(one.faulty for one in model.shown)
    model.add([entry(Row("zzz", state="broken")), entry(Row("a", state="good"))], names)
    assert model.place_of("zzz") >= 0 > model.place_of("a")
    model.use_filter(Filter())
    model.sort(PLACES["file"])
    found = [one.row.file for one in model.shown]
    assert found == sorted(found) and len(found) == len(model.entries)
    for role in range(15):
        model.index(0, 0).data(role)
    assert model.data(model.index(0, PLACES["file"]), Qt.ItemDataRole.AccessibleTextRole)


def test_a_persistent_row_moves_along_with_the_order(look: Look) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    model = EntriesModel(Speech("nl"), look)
    model.use([entry(row) for row in rows(50)], Names(words("nl"), {}))
    kept = QPersistentModelIndex(model.index(10, PLACES["file"]))
    file = kept.data()
    model.sort(PLACES["file"], Qt.SortOrder.DescendingOrder)
    assert kept.row() == 39 and kept.data() == file


def test_a_list_keeps_the_rules_of_a_model_and_its_order(look: Look) -> None:
    from sif_desktop.app.intake.across import Recurring

    model = ListModel(Speech("nl"), RECURRING)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made = [Recurring(str(n), f"Org {n % 3}", n % 5, n, ("a", "b")) for n in range(20)]
    model.use(made)
    assert model.rows == made
    model.sort(3, Qt.SortOrder.DescendingOrder)
    assert [one.asked for one in model.rows] == list(range(19, -1, -1))
    model.use(made)
    assert model.rows[0].asked == 19
    assert model.index(0, 4).data() == "a, b"
