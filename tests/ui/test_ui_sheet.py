"""The page for workbooks in the window: out, in with the differences first, columns by hand."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from cut import cut_off
from dossiers import big_proposal, example_proposal
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sheets.test_sheets_libreoffice import resaved
from sheets.workbooks import (
    CATEGORY,
    DESCRIPTION,
    HEADS,
    OWN_MEANS,
    PARTNER,
    SUBSIDY,
    by_hand,
    changed,
    end_of,
    example_workbook,
    plain,
    row_of,
    sheet_xml,
    written,
)
from windows import jumps, unnamed

from sif_desktop.app import sheet
from sif_desktop.app.packets import send_from
from sif_desktop.language import LANGUAGES, Words
from sif_desktop.model.edit import Drop, Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.read import read
from sif_desktop.store.draft import Draft
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.workbook.page import SheetPage

Opened = Callable[..., MainWindow]
KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
EXAMPLE = example_proposal()
FIRST, SECOND, THIRD, FOURTH = (line.id for line in EXAMPLE.budget[:4])
OTHER = EXAMPLE.partners[1]
FOREIGN: list[list[object]] = [
    ["Onze begroting"],
    [],
    ["Kost", "Soort", "WP", "Bedrag", "Opmerking"],
    ["Medewerker", "loon", "WP1", 1000.5, "zie bijlage"],
    ["Zaal", "Werking", "WP2", 250, None],
    ["TOTAAL:", None, None, 1250.5, None],
]


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences as long as a translation may be; words that are read back stay as they are."""
    find = Words.find

    def more(self: Words, key: str) -> str | None:
        text = find(self, key)
        if text is None or len(text) < 4 or not key.startswith("window.sheet."):
            return text
        return f"{text}{' langer' * len(text)}"[: len(text) * 135 // 100].rstrip()

    monkeypatch.setattr(Words, "find", more)


def settle(window: MainWindow) -> None:
    """Findings and states are there, and texts that break have their height."""
    window.desk.check_now()
    for _ in range(6):
        QApplication.processEvents()


def sheet_page(qtbot: QtBot, window: MainWindow) -> SheetPage:
    """The page, reached by its button."""
    qtbot.mouseClick(window.workspace.sides["sheet"], LEFT)
    page = window.workspace.page
    assert isinstance(page, SheetPage)
    return page


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def settled(qtbot: QtBot, page: SheetPage) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def drop(qtbot: QtBot, page: SheetPage, *paths: Path) -> None:
    """Drops files on the page, and waits until they were read."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, keys = QPointF(page.rect().center()), Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, LEFT, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(page, QDropEvent(where, Qt.DropAction.CopyAction, data, LEFT, keys))
    settled(qtbot, page)


def told(page: SheetPage) -> list[str]:
    """What the list of the review says, entry by entry."""
    model = page.review.model
    return [model.text(row) for row in range(model.rowCount())]


def pick(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Chooses by keyboard: the focus goes to the box, and keys go down to the entry."""
    box.setFocus()
    assert box.hasFocus()
    place = box.findText(words)
    assert place >= 0, [box.itemText(at) for at in range(box.count())]
    while box.currentIndex() != place:
        qtbot.keyClick(box, KEY.Key_Down if box.currentIndex() < place else KEY.Key_Up)


def partner_changes(page: Any) -> None:
    """What a partner did to the workbook."""
    page.cell(row_of(page, FIRST), SUBSIDY).value = 1234.56
    page.cell(row_of(page, FIRST), DESCRIPTION).value = "Overleg, herzien"
    page.cell(row_of(page, SECOND), OWN_MEANS).value = 99.5
    new = end_of(page)
    page.cell(new, PARTNER).value = OTHER.short_name
    page.cell(new, CATEGORY).value = "Werking"
    page.cell(new, DESCRIPTION).value = "Zaalhuur"
    page.cell(new, SUBSIDY).value = 500
    page.delete_rows(row_of(page, FOURTH))


# -- out ------------------------------------------------------------------------------------


def test_the_budget_of_one_partner_goes_out(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(EXAMPLE)
    window.desk.do(Set(at=f"budget/{FIRST}/description", value="Net getypt"))
    page, asked, shown = sheet_page(qtbot, window), [], []
    out = tmp_path / "voor-de-partner.xlsx"

    def ask(_: object, __: str, at: str, *___: object) -> tuple[str, str]:
        asked.append(at)
        return str(out), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    assert page.out.chosen == ""
    pick(qtbot, page.out.partner, OTHER.short_name)
    click(qtbot, page.out.save)
    settled(qtbot, page)
    assert OTHER.short_name in Path(asked[0]).name
    assert page.notices.texts == [f"Het rekenblad is gemaakt: {out}"]
    found = read(out)
    assert found.hidden
    assert found.hidden.about.partner == OTHER.id
    assert {line.partner for line in found.hidden.lines} == {OTHER.id}
    folder = next(one for one in page.notices.findChildren(QPushButton) if one.isVisible())
    assert folder.text() == "Map openen"
    click(qtbot, folder)
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]
    # All of them, as they stand now; a place that cannot be written is told.
    pick(qtbot, page.out.partner, "Alle partners")
    click(qtbot, page.out.save)
    settled(qtbot, page)
    assert read(out).hidden.lines[0].description == "Net getypt"
    out = tmp_path / "nergens" / "a.xlsx"
    click(qtbot, page.out.save)
    settled(qtbot, page)
    assert len(page.notices.texts) == 1
    assert str(out) in page.notices.texts[0]
    assert not out.exists()


def test_nothing_is_written_where_no_place_is_given(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sheet_page(qtbot, opened(EXAMPLE))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    before = set(tmp_path.iterdir())
    click(qtbot, page.out.save)
    assert not page.busy
    assert set(tmp_path.iterdir()) == before


# -- in -------------------------------------------------------------------------------------


def test_a_workbook_that_came_back_is_shown_first_and_then_taken_over(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(EXAMPLE)
    page, desk = sheet_page(qtbot, window), window.desk
    file = changed(example_workbook(), partner_changes, tmp_path / "terug.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))
    before = desk.proposal
    click(qtbot, page.zone.choose)
    settled(qtbot, page)
    assert page.view is page.review
    assert page.heading.text() == "Wat terug.xlsx verandert"
    assert page.review.list.hasFocus()
    first = EXAMPLE.budget[0]
    lines = told(page)
    assert len(lines) == 4
    assert lines[0].startswith("Gewijzigd, rij 5. Gedeelde Drempel, 1. ")
    assert f"Omschrijving: {first.description} → Overleg, herzien" in lines[0]
    assert "Gevraagde subsidie: 1.315,16 → 1.234,56" in lines[0]
    assert "Eigen middelen: 563,64 → 99,50" in lines[1]
    assert lines[2].endswith(f"{OTHER.short_name}, Werking, Zaalhuur. Gevraagde subsidie: 500,00")
    assert lines[2].startswith("Nieuw, rij ")
    assert lines[3].startswith("Verdwijnt. Gedeelde Drempel")
    assert page.review.summary.text.text() == (
        "Gewijzigde lijnen: 2. Nieuwe lijnen: 1. Lijnen die verdwijnen: 1."
    )
    sums = page.review.sums
    told_sums = [[sums.index(row, at).data() for at in range(3)] for row in range(3)]
    assert told_sums == [
        ["Gedeelde Drempel", "18.683,22", "15.454,48"],
        ["Demerzicht", "13.390,35", "13.890,35"],
        ["Alles samen", "70.352,74", "67.624,00"],
    ]
    # What is chosen can be copied, for whoever made the workbook.
    qtbot.keyClick(page.review.list, KEY.Key_Down)
    qtbot.keySequence(page.review.list, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QGuiApplication.clipboard().text() == lines[1]
    # Leaving it changes nothing.
    click(qtbot, page.review.cancel)
    assert page.view is page
    assert desk.proposal is before
    assert desk.session.undo_next is None
    click(qtbot, page.zone.choose)
    settled(qtbot, page)
    click(qtbot, page.review.take)
    assert page.view is page
    assert page.notices.texts == [
        "Overgenomen uit terug.xlsx. Lijnen van de begroting die veranderden: 4."
    ]
    after = desk.proposal
    assert len(after.budget) == len(before.budget)
    assert after.budget[0].subsidy == 123_456
    assert FOURTH not in {line.id for line in after.budget}
    # One act, which undo takes back by its name.
    assert window.menus.acts["undo"].text() == (
        "&Ongedaan maken: begroting overnemen uit terug.xlsx"
    )
    window.menus.acts["undo"].trigger()
    assert desk.proposal == before
    assert page.notices.texts == []
    window.menus.acts["redo"].trigger()
    assert desk.proposal == after


def test_the_way_back_stands_beside_what_was_taken_over(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, before = sheet_page(qtbot, window), window.desk.proposal
    drop(qtbot, page, changed(example_workbook(), partner_changes, tmp_path / "terug.xlsx"))
    click(qtbot, page.review.take)
    back = next(one for one in page.notices.findChildren(QPushButton) if one.isVisible())
    click(qtbot, back)
    assert window.desk.proposal == before
    assert "ongedaan gemaakt" in page.notices.texts[0]
    window.desk.do(Set(at="project/title", value="Verder gewerkt"))
    assert page.notices.texts == []


def test_what_libreoffice_saved_comes_in_with_just_the_changes(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    def change(page: Any) -> None:
        page.cell(row_of(page, FIRST), SUBSIDY).value = 1234.56
        page.cell(row_of(page, SECOND), OWN_MEANS).value = "=1000*1.21"

    window = opened(EXAMPLE)
    page = sheet_page(qtbot, window)
    (file,) = resaved([changed(example_workbook(), change, tmp_path / "a.xlsx")], tmp_path)
    drop(qtbot, page, file)
    assert len(told(page)) == 2
    click(qtbot, page.review.take)
    assert window.desk.proposal.budget[0].subsidy == 123_456
    assert window.desk.proposal.budget[1].own_means == 121_000
    assert window.desk.proposal.budget[2:] == EXAMPLE.budget[2:]


def test_a_workbook_without_differences_says_so(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    page = sheet_page(qtbot, opened(EXAMPLE))
    file = tmp_path / "zelfde.xlsx"
    file.write_bytes(example_workbook())
    drop(qtbot, page, file)
    assert page.review.summary.text.text() == "Er zijn geen verschillen met de begroting."
    assert not page.review.take.isEnabled()
    assert told(page) == []


def test_a_draft_that_changed_meanwhile_is_compared_anew(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, desk = sheet_page(qtbot, window), window.desk
    drop(qtbot, page, changed(example_workbook(), partner_changes, tmp_path / "terug.xlsx"))
    window.workspace.go("budget")
    desk.do(Set(at=f"budget/{FIRST}/subsidy", value=7), Drop(at=f"budget/{FOURTH}"))
    window.workspace.go("sheet")
    settled(qtbot, page)
    assert page.view is page.review
    assert page.review.notices.texts == [
        "Het concept is intussen gewijzigd. De verschillen zijn opnieuw bekeken."
    ]
    lines = told(page)
    assert len(lines) == 3  # the line that was to go is gone already
    assert "Gevraagde subsidie: 0,07 → 1.234,56" in lines[0]
    assert "Let op: dit veranderde intussen ook in het concept." in lines[0]
    click(qtbot, page.review.take)
    assert desk.proposal.budget[0].subsidy == 123_456


def test_typing_that_still_goes_on_is_not_lost_when_a_workbook_is_taken_over(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, desk = sheet_page(qtbot, window), window.desk
    drop(qtbot, page, changed(example_workbook(), partner_changes, tmp_path / "terug.xlsx"))
    desk.type("project/title", "Half a wo")
    settled(qtbot, page)
    click(qtbot, page.review.take)
    settled(qtbot, page)
    assert desk.proposal.project.title == "Half a wo"
    assert desk.proposal.budget[0].subsidy == 123_456


def test_only_one_workbook_at_a_time(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    page = sheet_page(qtbot, opened(EXAMPLE))
    drop(qtbot, page, tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert page.notices.texts == ["Kies één rekenblad tegelijk."]


# -- what cannot be read --------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: dict[str, tuple[bytes, str]] = {
    "password": (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99), "met een wachtwoord"),
    "old kind": (OLE, "van een oude soort (.xls)"),
    "damaged": (example_workbook()[:5000], "of het is beschadigd"),
    "empty": (b"", "of het is beschadigd"),
}


def refused(page: SheetPage, window: MainWindow, before: Proposal) -> str:
    """The one sentence that the page tells, with the draft as it was."""
    assert page.view is page
    assert window.desk.proposal is before
    (sentence,) = page.notices.texts
    assert page.notices.isVisible()
    return sentence


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    name: str, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, before = sheet_page(qtbot, window), window.desk.proposal
    file = tmp_path / "begroting.xlsx"
    file.write_bytes(REFUSED[name][0])
    drop(qtbot, page, file)
    said = refused(page, window, before)
    assert REFUSED[name][1] in said
    assert "begroting.xlsx" in said


def test_a_million_rows_another_proposal_and_nothing_at_all_are_refused(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, before = sheet_page(qtbot, window), window.desk.proposal
    rows = "<row><c><v>1</v></c></row>" * 1_000_000
    drop(qtbot, page, by_hand(tmp_path / "a.xlsx", sheet_xml(rows)))
    assert "rijen, en dat is te veel voor een begroting" in refused(page, window, before)
    other = tmp_path / "b.xlsx"
    other.write_bytes(written(EXAMPLE.model_copy(update={"id": "ander"})))
    drop(qtbot, page, other)
    assert "van een ander voorstel" in refused(page, window, before)
    drop(qtbot, page, plain(tmp_path / "c.xlsx", [[1, 2], [3, 4]]))
    assert "geen tekst die een kolomkop kan zijn" in refused(page, window, before)
    drop(qtbot, page, tmp_path / "weg.xlsx")
    assert "weg.xlsx" in refused(page, window, before)


def _set(column: int, value: object) -> Callable[[Any], None]:
    def change(page: Any) -> None:
        page.cell(row_of(page, FIRST), column).value = value

    return change


CELLS: dict[str, tuple[Callable[[Any], None], str]] = {
    "merged": (
        lambda page: page.merge_cells(f"F{HEADS + 1}:G{HEADS + 2}"),
        "Rij 5, cel F5 (Omschrijving) is samengevoegd met een andere. Hef de samenvoeging op.",
    ),
    "text": (
        _set(SUBSIDY, "duizend"),
        "Rij 5, cel G5 (Gevraagde subsidie): ‘duizend’ staat er als tekst en niet als getal.",
    ),
    "formula": (
        _set(SUBSIDY, "=1000*2"),
        "Rij 5, cel G5 (Gevraagde subsidie): een formule zonder uitkomst.",
    ),
    "choice": (
        _set(CATEGORY, "Koffie"),
        "Rij 5, cel D5 (Kostensoort): ‘Koffie’ staat niet in de lijst",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_cannot_be_read_is_told_with_its_sheet_row_and_column(
    name: str, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    change, sentence = CELLS[name]

    def more(page: Any) -> None:
        change(page)
        page.cell(row_of(page, THIRD), SUBSIDY).value = 1

    window = opened(EXAMPLE)
    page, before = sheet_page(qtbot, window), window.desk.proposal
    drop(qtbot, page, changed(example_workbook(), more, tmp_path / "a.xlsx"))
    lines = told(page)
    assert lines[0].startswith("Niet te lezen, op blad ‘Begroting’. ")
    assert sentence in lines[0]
    assert any(line.startswith("Gewijzigd") for line in lines[1:])
    assert "Eén cel is niet te lezen" in page.review.summary.text.text()
    assert not page.review.take.isEnabled()
    page.bringing.take_over()  # as if somebody got at it all the same
    assert window.desk.proposal is before


def test_nothing_is_taken_into_a_draft_that_can_only_be_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "a.sif"
    Draft.create(path, EXAMPLE, author="An").close()
    with Draft.open(path, author="An"):
        window.open_path(path)
        page = sheet_page(qtbot, window)
        assert not page.zone.choose.isEnabled()
        assert not page.acceptDrops()
        assert "alleen te lezen" in page.zone.about.text()
        assert page.out.save.isEnabled()
        page.bringing.bring([tmp_path / "x.xlsx"])
        assert not page.busy
        window.close_draft()


def test_in_a_packet_only_the_own_lines_are_taken_over(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window, packet = opened(EXAMPLE), tmp_path / "packet.sif"
    send_from(window.desk.session, OTHER.id, packet, [])
    window.open_path(packet)
    page, desk = sheet_page(qtbot, window), window.desk
    own = next(line.id for line in EXAMPLE.budget if line.partner == OTHER.id)
    assert page.out.chosen == OTHER.id
    assert "alleen uw eigen lijnen" in page.zone.about.text()

    def change(sheet: Any) -> None:
        partner_changes(sheet)
        sheet.cell(row_of(sheet, own), SUBSIDY).value = 42
        new = end_of(sheet) + 1
        sheet.cell(new, PARTNER).value = EXAMPLE.partners[0].short_name
        sheet.cell(new, DESCRIPTION).value = "Voor een ander"
        last = new + 1
        sheet.cell(last, PARTNER).value = OTHER.short_name
        sheet.cell(last, DESCRIPTION).value = "Nog een van mij"

    drop(qtbot, page, changed(example_workbook(), change, tmp_path / "a.xlsx"))
    lines = told(page)
    not_own = [line for line in lines if line.startswith("Niet van u: blijft zoals het is")]
    assert len(not_own) == 4
    assert "Lijnen die niet van u zijn en blijven zoals ze zijn: 4." in (
        page.review.summary.text.text()
    )
    sums = page.review.sums
    assert [sums.index(row, 0).data() for row in range(sums.rowCount())] == [
        "Demerzicht",
        "Alles samen",
    ]
    before = desk.proposal
    click(qtbot, page.review.take)
    others = [line for line in desk.proposal.budget if line.partner != OTHER.id]
    assert others == [line for line in before.budget if line.partner != OTHER.id]
    mine = {line.description: line for line in desk.proposal.budget if line.partner == OTHER.id}
    assert {"Zaalhuur", "Nog een van mij"} <= mine.keys()
    assert next(line for line in mine.values() if line.id == own).subsidy == 4_200
    window.undo()
    assert desk.proposal == before


# -- columns by hand ------------------------------------------------------------------------


def choose_columns(qtbot: QtBot, page: SheetPage) -> None:
    """Tells by keyboard what is what in the foreign spreadsheet."""
    rows = page.by_hand.columns.rows
    for column, words in (
        ("work_package", "C: WP"),
        ("category", "B: Soort"),
        ("description", "A: Kost"),
        ("subsidy", "D: Bedrag"),
    ):
        pick(qtbot, rows[column].theirs, words)
    pick(qtbot, rows["partner"].empty, f"altijd {OTHER.short_name}")
    pick(qtbot, rows["period"].empty, "altijd Maand 1 tot 6")
    settled(qtbot, page)


def test_a_strangers_columns_are_told_by_keyboard_and_remembered(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, desk, before = sheet_page(qtbot, window), window.desk, window.desk.proposal
    hand, rows = page.by_hand, page.by_hand.columns.rows
    file = plain(tmp_path / "onze kosten.xlsx", FOREIGN)
    drop(qtbot, page, file)
    assert page.view is hand
    assert hand.row.hasFocus()
    assert hand.row.currentText() == "rij 3: Kost · Soort · WP · Bedrag · Opmerking"
    assert "minstens een kolom met bedragen" in hand.summary.text.text()
    assert not hand.next.isEnabled()
    assert hand.known.isHidden()
    choose_columns(qtbot, page)
    assert rows["subsidy"].samples.text() == "1000.5 · 250 · 1250.5"
    assert rows["category"].samples.text() == "loon · Werking"
    # The word that is not known here is asked for, beside what comes of it already.
    assert "Eén cel is niet te lezen" in hand.summary.text.text()
    click(qtbot, hand.to_words)
    ((asked, box),) = hand.words.boxes.items()
    assert asked == ("category", "loon")
    assert box.hasFocus()
    pick(qtbot, box, "Personeel")
    settled(qtbot, page)
    assert hand.summary.text.text() == "Nieuwe lijnen: 2."
    assert hand.to_words.isHidden()
    shown = [hand.model.text(row) for row in range(hand.model.rowCount())]
    assert shown[0].startswith(f"Nieuw, rij 4. {OTHER.short_name}, 1. ")
    assert shown[0].endswith("Personeel, Maand 1 tot 6, Medewerker. Gevraagde subsidie: 1.000,50")
    assert "TOTAAL:" in shown[-1]
    assert desk.proposal is before
    click(qtbot, hand.next)
    assert page.view is page.review
    assert told(page) == shown
    click(qtbot, page.review.columns)
    assert page.view is hand
    settled(qtbot, page)
    click(qtbot, hand.next)
    click(qtbot, page.review.take)
    new = desk.proposal.budget[-2:]
    assert [(one.partner, one.category, one.subsidy) for one in new] == [
        (OTHER.id, "staff", 100_050),
        (OTHER.id, "operating", 25_000),
    ]
    assert window.menus.acts["undo"].text().endswith("begroting overnemen uit onze kosten.xlsx")
    window.undo()
    assert desk.proposal == before
    # The next one with the same headings is told already; Enter goes on.
    again = plain(tmp_path / "later.xlsx", [*FOREIGN[:3], ["Gids", "loon", "WP1", 5, None]])
    drop(qtbot, page, again)
    assert hand.known.isVisible()
    assert hand.next.hasFocus()
    assert rows["description"].theirs.currentText() == "A: Kost"
    assert rows["partner"].empty.currentText() == f"altijd {OTHER.short_name}"
    assert hand.summary.text.text() == "Nieuwe lijnen: 1."
    # Forgotten, it begins anew, now and the next time.
    click(qtbot, hand.forgetting)
    assert hand.known.isHidden()
    assert rows["description"].theirs.value == ""
    assert not sheet.remembered(read(again))
    click(qtbot, hand.cancel)
    drop(qtbot, page, again)
    assert hand.known.isHidden()
    assert not hand.next.isEnabled()
    assert desk.proposal == before


def test_the_whole_budget_of_a_partner_takes_away_what_it_no_longer_has(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page, hand = sheet_page(qtbot, window), window.workspace.page.by_hand
    drop(qtbot, page, plain(tmp_path / "a.xlsx", FOREIGN))
    assert not hand.whole.isEnabled()
    choose_columns(qtbot, page)
    pick(qtbot, hand.words.boxes["category", "loon"], "Personeel")
    hand.whole.setFocus()
    qtbot.keyClick(hand.whole, KEY.Key_Space)
    settled(qtbot, page)
    count = sum(line.partner == OTHER.id for line in EXAMPLE.budget)
    assert hand.summary.text.text() == f"Nieuwe lijnen: 2. Lijnen die verdwijnen: {count}."
    click(qtbot, hand.next)
    click(qtbot, page.review.take)
    mine = [line for line in window.desk.proposal.budget if line.partner == OTHER.id]
    assert [line.description for line in mine] == ["Medewerker", "Zaal"]


def test_another_sheet_and_another_row_can_be_chosen(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    file = plain(tmp_path / "a.xlsx", [["Omschrijving", "Subsidie"], ["Van 2012", 1]])
    book = load_workbook(file)
    other: Any = book.create_sheet("2013")
    for row in (["Ontwerp", "x"], ["Omschrijving", "Subsidie"], ["Van 2013", 2]):
        other.append(row)
    book.save(file)
    page = sheet_page(qtbot, opened(EXAMPLE))
    hand = page.by_hand
    drop(qtbot, page, file)
    assert "Van 2012" in hand.model.text(0)
    pick(qtbot, hand.sheet, "2013")
    settled(qtbot, page)
    assert hand.row.currentText() == "rij 2: Omschrijving · Subsidie"
    assert "Van 2013" in hand.model.text(0)
    pick(qtbot, hand.row, "rij 1: Ontwerp · x")
    settled(qtbot, page)
    assert not hand.next.isEnabled()
    # A column that is ours by its heading can be put aside by hand.
    pick(qtbot, hand.row, "rij 2: Omschrijving · Subsidie")
    pick(qtbot, hand.columns.rows["subsidy"].theirs, "geen kolom")
    pick(qtbot, hand.columns.rows["own_means"].theirs, "B: Subsidie")
    settled(qtbot, page)
    assert hand.model.text(0).endswith("Eigen middelen: 2,00")


# -- size, and how it looks -----------------------------------------------------------------


def test_two_thousand_lines_are_worked_at_beside_the_window(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def apart(function: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            threads.append(threading.current_thread() is not threading.main_thread())
            return function(*given, **named)

        return act

    big = big_proposal()

    def change(page: Any) -> None:
        for row in range(HEADS + 1, HEADS + 1 + len(big.budget)):
            page.cell(row, SUBSIDY).value = 12.5

    file = changed(written(big), change, tmp_path / "a.xlsx")
    window = opened(big)
    page = sheet_page(qtbot, window)
    monkeypatch.setattr("sif_desktop.sheets.read.read", apart(read))
    monkeypatch.setattr(sheet, "look_at", apart(sheet.look_at))
    monkeypatch.setattr(sheet, "write_sheet", apart(sheet.write_sheet))
    drop(qtbot, page, file)
    assert page.view is page.review
    assert page.review.model.rowCount() == sum(line.subsidy != 1250 for line in big.budget)
    click(qtbot, page.review.take)
    assert {line.subsidy for line in window.desk.proposal.budget} == {1250}
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_, **__: (str(tmp_path / "b.xlsx"), "")
    )
    click(qtbot, page.out.save)
    settled(qtbot, page)
    assert threads == [True, True, True]
    window.undo()
    assert window.desk.proposal == big


def walk(qtbot: QtBot, window: MainWindow, folder: Path) -> Iterable[str]:
    """The states of the page, one after the other."""
    page = sheet_page(qtbot, window)
    drop(qtbot, page, changed(example_workbook(), partner_changes, folder / "a.xlsx"))
    yield "review"
    click(qtbot, page.review.take)
    yield "taken"
    window.undo()
    drop(qtbot, page, changed(example_workbook(), _set(SUBSIDY, "x"), folder / "b.xlsx"))
    yield "unreadable"
    click(qtbot, page.review.cancel)
    drop(qtbot, page, plain(folder / "c.xlsx", [row[:4] for row in FOREIGN]))
    yield "by hand"
    hand = page.by_hand.hand
    assert hand
    for column, title in (("category", "soort"), ("description", "kost"), ("subsidy", "bedrag")):
        hand.choose(column, title)
    hand.mean("period", "", "m01-06")
    page.by_hand.changed.emit()
    page.by_hand.retranslate()
    settled(qtbot, page)
    yield "words"


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_or_without_a_name_in_any_state(
    language: str, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    window.speech.use_language(language)
    window.desk.retold.emit()
    for state in walk(qtbot, window, tmp_path):
        settle(window)
        assert cut_off(window) == [], state
        assert not unnamed(window), state
        page = window.workspace.page  # what comes of columns by hand stands beside them
        beside = (page.by_hand.to_words, page.by_hand.list)
        assert not [pair for pair in jumps(page) if pair[1] not in beside], state


def test_the_language_changes_while_differences_are_shown(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    page = sheet_page(qtbot, window)
    drop(qtbot, page, changed(example_workbook(), partner_changes, tmp_path / "a.xlsx"))
    qtbot.keyClick(page.review.list, KEY.Key_Down)
    window.speech.use_language("fr")
    assert page.heading.text() == "Ce que a.xlsx change"
    assert told(page)[1].startswith("Modifié, ligne 6. ")
    assert page.review.list.currentIndex().row() == 1
    window.speech.use_language("nl")


def test_names_of_others_are_no_mark_up_and_never_push_anything_out_of_sight(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    long = "<h1>Groot</h1> & " + "Zonderspatie" * 9
    partners = list(EXAMPLE.partners)
    partners[1] = OTHER.model_copy(update={"short_name": long})
    window = opened(EXAMPLE.model_copy(update={"partners": tuple(partners)}))
    page = sheet_page(qtbot, window)
    hand, rows = page.by_hand, page.by_hand.columns.rows
    file = changed(example_workbook(), partner_changes, tmp_path / f"{'<b>x' * 50}.xlsx")
    drop(qtbot, page, file)
    assert page.heading.textFormat() == Qt.TextFormat.PlainText
    assert page.heading.text().startswith("Wat <b>x<b>x<b>x<b>x\u200b<b>x")
    assert page.heading.text().endswith("x.xlsx verandert")
    assert page.review.sums.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == (
        "<p>Gedeelde Drempel</p>"
    )
    settle(window)
    assert cut_off(window) == []
    click(qtbot, page.review.cancel)
    foreign = [*FOREIGN[:3], ["Medewerker", "loon & <i>" + "W" * 300, "WP1", 1000.5, None]]
    drop(qtbot, page, plain(tmp_path / "a.xlsx", foreign))
    pick(qtbot, rows["category"].theirs, "B: Soort")
    pick(qtbot, rows["description"].theirs, "A: Kost")
    pick(qtbot, rows["subsidy"].theirs, "D: Bedrag")
    pick(qtbot, rows["partner"].empty, rows["partner"].empty.itemText(2))
    settled(qtbot, page)
    assert hand.whole_note.textFormat() == Qt.TextFormat.PlainText
    assert "<h1>Groot</h1>" in hand.whole_note.text()
    (box,) = hand.words.boxes.values()
    label = next(one for one in hand.words.findChildren(QLabel) if one.buddy() is box)
    assert "loon && <i>" in label.text()
    assert "&lt;h1&gt;Groot" in rows["partner"].empty.toolTip()
    settle(window)
    inside = hand.scroller.viewport().width()
    assert hand.scroller.widget().width() <= inside
    assert not [one for one in cut_off(window) if "Choice" not in one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_smallest_window_columns_and_sums_can_be_seen_whole(
    language: str, qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    window = opened(EXAMPLE)
    window.speech.use_language(language)
    window.desk.retold.emit()
    window.resize(window.minimumSize())
    page = sheet_page(qtbot, window)
    drop(qtbot, page, changed(example_workbook(), partner_changes, tmp_path / "a.xlsx"))
    settle(window)
    assert not page.review.table.horizontalScrollBar().isVisible()
    click(qtbot, page.review.cancel)
    drop(qtbot, page, plain(tmp_path / "b.xlsx", FOREIGN))
    hand = page.by_hand
    for row in hand.columns.rows.values():
        hand.scroller.ensureWidgetVisible(row.theirs)
        settle(window)
        for box in (row.theirs, row.empty):
            assert box is None or box.visibleRegion().boundingRect().width() == box.width()
    # What comes of it is told in a sentence; with more room the list stands beside it again.
    assert hand.summary.isVisible()
    assert not hand.list.isVisible()
    window.resize(1280, 720)
    settle(window)
    assert hand.list.isVisible()
