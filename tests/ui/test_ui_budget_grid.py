"""The budget page as a person works in it: keys, clipboard, filters, gauges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dossiers import big_proposal, example_proposal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from windows import jumps, open_with, unnamed

from sif_desktop.app.opening import open_session
from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Set
from sif_desktop.store.draft import Draft
from sif_desktop.ui.budget.acts import MOST_LINES
from sif_desktop.ui.budget.editors import ChoiceCell, TextCell
from sif_desktop.ui.budget.page import BudgetPage
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[..., MainWindow]
Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def page_of(window: MainWindow) -> BudgetPage:
    window.activateWindow()
    QApplication.processEvents()
    window.workspace.go("budget")
    page = window.workspace.page
    assert isinstance(page, BudgetPage)
    return page


@pytest.fixture
def page(opened: Opened) -> BudgetPage:
    return page_of(opened(example_proposal()))


@pytest.fixture
def clipboard() -> Iterator[Callable[[str], None]]:
    yield QGuiApplication.clipboard().setText
    QGuiApplication.clipboard().clear()


class Hand:
    """Keys for the grid, or for the editor in it."""

    def __init__(self, page: BudgetPage, qtbot: QtBot) -> None:
        self.page = page
        self.grid = page.grid
        self.qtbot = qtbot

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.qtbot.keyClick(self.grid.delegate.editor or self.grid, key, modifiers)

    def type(self, text: str) -> None:
        for sign in text:
            self.qtbot.keyClicks(self.grid.delegate.editor or self.grid, sign)

    @property
    def at(self) -> tuple[int, int]:
        index = self.grid.currentIndex()
        return index.row(), index.column()


@pytest.fixture
def hand(page: BudgetPage, qtbot: QtBot) -> Hand:
    page.grid.show_cell(1, 5)
    return Hand(page, qtbot)


def undo_name(page: BudgetPage) -> str:
    return page.window().menus.acts["undo"].text().partition(": ")[2]


# -- typing --------------------------------------------------------------------------------


def test_typing_replaces_and_is_seen_in_the_sums_at_once(hand: Hand) -> None:
    page, before = hand.page, hand.page.desk.session.totals.whole.subsidy
    old = page.model.lines[1].subsidy
    hand.type("1250,5")
    assert page.desk.proposal.budget[1].subsidy == 125_050
    now = page.desk.session.totals.whole.subsidy
    assert now == before - old + 125_050
    assert page.gauges.gauges[0].reading.part == now
    assert page.strip.sums[0].amounts["subsidy"] in page.strip.accessibleDescription()
    hand.key(Key.Key_Return)
    assert hand.at == (2, 5)
    assert page.model.index(1, 5).data() == "1.250,50"
    assert undo_name(page) == "Gevraagde subsidie wijzigen"
    page.desk.session.undo()
    assert page.desk.proposal == example_proposal()


def test_escape_gives_back_what_was_there(hand: Hand) -> None:
    old = hand.page.model.lines[1].subsidy
    hand.type("99")
    assert hand.page.model.lines[1].subsidy == 9900
    hand.key(Key.Key_Escape)
    assert hand.page.model.lines[1].subsidy == old
    assert hand.grid.delegate.editor is None
    assert hand.at == (1, 5)


def test_what_is_no_amount_stays_and_is_told(hand: Hand) -> None:
    hand.type("ongeveer 100")
    hand.key(Key.Key_Tab)
    hand.key(Key.Key_Backtab, SHIFT)
    page = hand.page
    page.desk.check_now()
    assert page.desk.proposal.budget[1].subsidy == "ongeveer 100"
    assert page.model.index(1, 5).data() == "ongeveer 100"
    assert page.note.findings.text.startswith("Fout: ")
    assert page.note.isVisible()
    assert "1" in page.findings.text


def test_f2_edits_what_is_there_in_the_middle(hand: Hand) -> None:
    hand.grid.show_cell(1, 4)
    old = hand.page.model.lines[1].description
    hand.key(Key.Key_F2)
    hand.key(Key.Key_End)
    hand.type("!")
    hand.key(Key.Key_Return)
    assert hand.page.desk.proposal.budget[1].description == old + "!"


def test_undo_while_editing_shows_in_the_editor(hand: Hand) -> None:
    hand.type("7")
    editor = hand.grid.delegate.editor
    hand.key(Key.Key_Z, CTRL)
    assert hand.page.desk.proposal.budget[1].subsidy == example_proposal().budget[1].subsidy
    assert editor.text().startswith(str(example_proposal().budget[1].subsidy)[:-2])


def test_an_editor_survives_changes_elsewhere(hand: Hand) -> None:
    hand.type("12")
    editor, lines = hand.grid.delegate.editor, hand.page.model.lines
    desk = hand.page.desk
    desk.do(Set(at=f"budget/{lines[0].id}/subsidy", value=3))
    desk.do(Set(at=f"partners/{desk.proposal.partners[0].id}/short_name", value="Anders"))
    desk.check_now()
    assert hand.grid.delegate.editor is editor
    assert editor.text() == "12"
    hand.type("3")
    hand.key(Key.Key_Return)
    assert desk.proposal.budget[1].subsidy == 12_300


# -- moving --------------------------------------------------------------------------------


def test_keys_move_as_in_a_spreadsheet(hand: Hand) -> None:
    for key, modifiers, at in (
        (Key.Key_Tab, PLAIN, (1, 6)),
        (Key.Key_Tab, PLAIN, (2, 0)),
        (Key.Key_Backtab, SHIFT, (1, 6)),
        (Key.Key_Return, PLAIN, (2, 6)),
        (Key.Key_Enter, SHIFT, (1, 6)),
        (Key.Key_Right, PLAIN, (1, 7)),
        (Key.Key_Down, CTRL, (65, 7)),
        (Key.Key_Left, CTRL, (65, 0)),
        (Key.Key_Up, CTRL, (0, 0)),
        (Key.Key_Down, PLAIN, (1, 0)),
    ):
        hand.key(key, modifiers)
        assert hand.at == at


def test_the_grid_is_no_trap(hand: Hand) -> None:
    hand.grid.show_cell(65, 6)
    hand.key(Key.Key_Tab)
    assert not hand.grid.hasFocus()
    assert len(hand.page.model.lines) == 66
    hand.grid.show_cell(0, 0)
    hand.key(Key.Key_Backtab, SHIFT)
    assert not hand.grid.hasFocus()
    hand.grid.show_cell(3, 3)
    hand.key(Key.Key_Tab, CTRL)
    assert not hand.grid.hasFocus()


def test_tab_behind_the_last_amount_begins_a_line(hand: Hand) -> None:
    hand.grid.show_cell(65, 6)
    hand.type("5")
    hand.key(Key.Key_Tab)
    assert len(hand.page.model.lines) == 67
    assert hand.at == (66, 0)
    assert hand.grid.hasFocus()


# -- names ---------------------------------------------------------------------------------


def test_names_are_completed_while_one_types(hand: Hand) -> None:
    hand.grid.show_cell(1, 1)
    hand.type("over")
    assert isinstance(hand.grid.delegate.editor, ChoiceCell)
    assert hand.grid.delegate.editor.currentText() == "overhead"
    hand.key(Key.Key_Tab)
    assert hand.page.desk.proposal.budget[1].category == "overhead"
    assert hand.at == (1, 2)
    assert undo_name(hand.page) == "Kostensoort wijzigen"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
@pytest.mark.parametrize(("key", "modifiers"), [(Key.Key_F2, None), (Key.Key_Down, ALT)])
def test_a_list_opens_by_keys_and_takes_a_choice(
    hand: Hand, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier | None
) -> None:
    hand.grid.show_cell(1, 0)
    hand.key(key, modifiers or PLAIN)
    editor = hand.grid.delegate.editor
    assert editor.view().isVisible()
    qtbot.keyClick(editor.view(), Key.Key_Down)
    qtbot.keyClick(editor.view(), Key.Key_Return)
    QApplication.processEvents()
    second = example_proposal().partners[1].id
    assert hand.page.desk.proposal.budget[1].partner == second
    assert hand.grid.delegate.editor is None
    assert hand.page.window().focusWidget() is hand.grid


def test_a_name_that_means_nothing_stays(hand: Hand) -> None:
    hand.grid.show_cell(1, 0)
    hand.type("Zzz onbekend")
    hand.key(Key.Key_Return)
    hand.page.desk.check_now()
    assert hand.page.desk.proposal.budget[1].partner == "Zzz onbekend"
    assert hand.page.model.index(1, 0).data(hand.page.model.LOOK).severity == "error"


# -- many cells ----------------------------------------------------------------------------


def test_delete_empties_what_is_chosen_as_one_act(hand: Hand) -> None:
    hand.grid.select_block(2, 4, 4, 6)
    hand.key(Key.Key_Delete)
    budget = hand.page.desk.proposal.budget
    assert all((one.description, one.subsidy, one.own_means) == ("", "", "") for one in budget[2:5])
    assert undo_name(hand.page) == "cellen leegmaken"
    hand.page.desk.session.undo()
    assert hand.page.desk.proposal == example_proposal()


def test_copy_and_paste_of_a_block(hand: Hand, clipboard: Callable) -> None:
    page = hand.page
    hand.grid.select_block(0, 0, 2, 7)
    hand.key(Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    rows = [row.split("\t") for row in text.split("\n")]
    assert [len(row) for row in rows] == [8, 8, 8]
    assert rows[0][0] == page.model.index(0, 0).data()
    assert rows[0][5] == "1315,16"
    hand.grid.show_cell(65, 0)
    hand.key(Key.Key_V, CTRL)
    budget = page.desk.proposal.budget
    assert len(budget) == 68
    pasted = [one.model_dump(exclude={"id"}) for one in budget[65:]]
    assert pasted == [one.model_dump(exclude={"id"}) for one in budget[:3]]
    assert undo_name(page) == "2 begrotingslijnen plakken"
    page.desk.session.undo()
    assert page.desk.proposal == example_proposal()


def test_cut_empties_what_it_takes(hand: Hand, clipboard: Callable) -> None:
    hand.key(Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "1315,16"
    assert hand.page.desk.proposal.budget[1].subsidy == ""


def test_a_paste_from_a_spreadsheet_in_another_language(hand: Hand, clipboard: Callable) -> None:
    clipboard(
        "Partenaire\tType de coût\tSubvention demandée\r\n"
        f"{example_proposal().partners[2].name.upper()}\tfonctionnement\t€ 1 250,50\r\n"
    )
    hand.grid.show_cell(3, 4)
    hand.key(Key.Key_V, CTRL)
    line = hand.page.desk.proposal.budget[3]
    assert line.partner == example_proposal().partners[2].id
    assert (line.category, line.subsidy) == ("operating", 125_050)
    assert line.description == example_proposal().budget[3].description


def test_fill_down(hand: Hand) -> None:
    hand.grid.select_block(1, 4, 3, 5)
    hand.key(Key.Key_D, CTRL)
    budget = hand.page.desk.proposal.budget
    assert {one.description for one in budget[1:4]} == {budget[1].description}
    assert {one.subsidy for one in budget[1:4]} == {budget[1].subsidy}
    assert budget[2].own_means == example_proposal().budget[2].own_means
    hand.grid.show_cell(5, 4)
    hand.key(Key.Key_D, CTRL)
    budget = hand.page.desk.proposal.budget
    assert budget[5].description == budget[4].description


def test_a_paste_of_too_much_says_so_and_does_nothing(hand: Hand, clipboard: Callable) -> None:
    clipboard("een kost\t12\n" * 250_000)
    hand.key(Key.Key_V, CTRL)
    assert hand.page.desk.proposal == example_proposal()
    assert str(MOST_LINES)[0] in hand.page.banner.text.text()
    assert hand.page.banner.isVisible()
    hand.key(Key.Key_Delete)
    assert not hand.page.banner.isVisible()


def test_a_huge_text_is_kept_whole_in_its_cell(hand: Hand, clipboard: Callable) -> None:
    text = "woord " * 900_000
    clipboard(text)
    hand.grid.show_cell(1, 4)
    hand.key(Key.Key_V, CTRL)
    assert hand.page.desk.proposal.budget[1].description == text
    hand.key(Key.Key_F2)
    assert hand.grid.delegate.editor is None
    hand.page.desk.session.undo()
    hand.key(Key.Key_F2)
    assert isinstance(hand.grid.delegate.editor, TextCell)
    hand.key(Key.Key_V, CTRL)
    assert hand.page.desk.proposal.budget[1].description.endswith("woord ")
    assert len(hand.page.desk.proposal.budget[1].description) >= len(text)


# -- lines ---------------------------------------------------------------------------------


def test_lines_come_and_go(hand: Hand) -> None:
    page = hand.page
    hand.key(Key.Key_Return, CTRL)
    assert len(page.model.lines) == 67
    assert hand.at == (2, 0)
    assert page.model.lines[2].partner == ""
    assert undo_name(page) == "begrotingslijn toevoegen"
    hand.key(Key.Key_Minus, CTRL)
    assert page.model.lines == example_proposal().budget
    hand.grid.select_block(0, 0, 2, 0)
    hand.key(Key.Key_Delete, CTRL)
    assert page.model.lines == example_proposal().budget[3:]
    assert undo_name(page) == "3 begrotingslijnen verwijderen"
    assert hand.at == (0, 0)


def test_what_is_missing_of_a_line_is_told_when_it_is_left(hand: Hand) -> None:
    page = hand.page
    hand.key(Key.Key_Insert)
    row = hand.at[0]
    hand.type("over")
    hand.key(Key.Key_Tab)
    page.desk.check_now()
    marks = [page.model.index(row, place).data(page.model.LOOK).severity for place in range(5)]
    assert marks == ["error", "", "", "", ""]  # no partner is called so; the rest is not asked yet
    hand.key(Key.Key_Up)
    page.desk.check_now()
    marks = [page.model.index(row, place).data(page.model.LOOK).severity for place in range(5)]
    assert marks == ["error", "error", "error", "error", "warning"]


def test_lines_move_and_stay_chosen(hand: Hand) -> None:
    ids = [one.id for one in hand.page.model.lines]
    hand.key(Key.Key_Down, ALT | SHIFT)
    assert [one.id for one in hand.page.model.lines][:4] == [ids[0], ids[2], ids[1], ids[3]]
    assert hand.at == (2, 5)
    hand.key(Key.Key_Up, ALT | SHIFT)
    assert [one.id for one in hand.page.model.lines] == ids


def test_all_acts_stand_in_a_menu_with_their_keys(hand: Hand) -> None:
    menu = QMenu()
    hand.grid.deeds.fill_menu(menu)
    acts = {act.text(): act for act in menu.actions() if act.text()}
    assert len(acts) == 9
    assert all(act.shortcut().toString() for act in acts.values())
    acts["Lijnen verwijderen"].trigger()
    assert len(hand.page.model.lines) == 65


def test_select_all_and_delete_lines_of_the_big_dossier(opened: Opened, qtbot: QtBot) -> None:
    page = page_of(opened(big_proposal()))
    hand = Hand(page, qtbot)
    page.grid.show_cell(0, 0)
    hand.key(Key.Key_A, CTRL)
    assert page.grid.deeds.chosen.rows() == list(range(2000))
    hand.key(Key.Key_Delete, CTRL)
    assert page.model.lines == ()
    assert page.empty.first.hasFocus()
    page.desk.session.undo()
    assert page.model.lines == big_proposal().budget


# -- filters -------------------------------------------------------------------------------


def test_new_lines_fit_the_filter(hand: Hand) -> None:
    page = hand.page
    partner = example_proposal().partners[2].id
    page.filters.choose("partner", partner)
    count = len(page.model.lines)
    assert page.strip.sums[0].title == f"Getoond: {count} van 66"
    hand.key(Key.Key_Insert)
    assert len(page.model.lines) == count + 1
    assert page.desk.proposal.budget[page.model.number(hand.at[0]) - 1].partner == partner
    assert hand.at[1] == 1
    page.filters.clear()
    assert len(page.model.lines) == 67
    assert len(page.strip.sums) == 1


def test_a_filter_without_lines_offers_a_way_out(page: BudgetPage, qtbot: QtBot) -> None:
    page.filters.choose("partner", example_proposal().partners[6].id)
    page.filters.choose("category", "investment")
    assert page.model.lines == ()
    assert page.stack.currentWidget() is page.empty
    qtbot.mouseClick(page.empty.first, Qt.MouseButton.LeftButton)
    assert len(page.model.lines) == 66
    assert page.stack.currentWidget() is page.grid


def test_totals_follow_and_choose_a_filter(page: BudgetPage) -> None:
    page.beside.setChecked(True)
    rows = {row.key: row.amount for row in page.totals.model.rows}
    assert rows == page.desk.session.totals.by_partner
    line = page.model.lines[0]
    page.desk.do(Set(at=f"budget/{line.id}/subsidy", value=0))
    rows = {row.key: row.amount for row in page.totals.model.rows}
    assert rows == page.desk.session.totals.by_partner
    page.totals.by.setCurrentIndex(3)
    assert {row.key for row in page.totals.model.rows} == {"m01-06", "m07-12"}
    page.totals.view.activated.emit(page.totals.model.index(1, 0))
    assert page.model.filter == {"period": "m07-12"}


# -- the whole -----------------------------------------------------------------------------


def test_the_gauges_say_in_words_what_they_show(page: BudgetPage) -> None:
    subsidy, foreign, _ = page.gauges.gauges
    assert subsidy.accessibleName() == "Subsidie"
    assert "49.911,43 / 50.000,00" in subsidy.accessibleDescription()
    assert "88,57" in subsidy.said.rest
    page.desk.do(Set(at=f"budget/{page.model.lines[0].id}/subsidy", value=2_000_000))
    assert subsidy.reading.is_over
    assert "te veel" in subsidy.accessibleDescription()
    abroad = next(one.id for one in page.desk.proposal.partners if one.seat == "abroad")
    line = next(one for one in page.model.lines if one.partner == abroad)
    page.desk.do(Set(at=f"budget/{line.id}/own_means", value=9_000_000))
    page.desk.check_now()
    (finding,) = [
        one for one in page.desk.findings_at("budget") if one.code.startswith("foreign_share")
    ]
    assert foreign.reading.mends == (finding.figures["lower"], finding.figures["higher"])
    assert foreign.reading.share == finding.figures["share"]
    assert "minder" in foreign.said.rest


def test_an_empty_budget_invites(opened: Opened, qtbot: QtBot, clipboard: Callable) -> None:
    page = page_of(opened())
    assert page.stack.currentWidget() is page.empty
    assert "nog leeg" in page.empty.title.text()
    clipboard("Personeel\tWerk\t100\n")
    qtbot.mouseClick(page.empty.second, Qt.MouseButton.LeftButton)
    assert len(page.model.lines) == 1
    page.desk.session.undo()
    assert page.stack.currentWidget() is page.empty
    qtbot.mouseClick(page.empty.first, Qt.MouseButton.LeftButton)
    assert len(page.model.lines) == 1
    assert page.grid.hasFocus()
    Hand(page, qtbot).type("x")
    assert page.desk.proposal.budget[0].partner == ""


def test_a_finding_leads_to_its_cell(opened: Opened) -> None:
    window = opened(example_proposal())
    page = page_of(window)
    line = page.model.lines[40]
    page.filters.choose("category", "investment")
    window.workspace.go("project")
    window.desk.jump.emit(f"budget/{line.id}/own_means")
    assert window.workspace.page is page
    assert page.model.lines[page.grid.currentIndex().row()].id == line.id
    assert page.grid.currentIndex().column() == 6
    assert page.grid.hasFocus()
    window.desk.jump.emit("answers/budget_note")
    assert page.rows["answers/budget_note"].editor.inputs[0].hasFocus()
    window.desk.jump.emit("budget/gone/subsidy")
    assert window.workspace.page is page


def test_the_notes_stand_in_place_of_the_grid_where_both_do_not_fit(page: BudgetPage) -> None:
    page.notes.setChecked(True)
    assert not page.grid.isVisible()
    page.tools.add.click()
    assert page.grid.isVisible()
    assert page.grid.hasFocus()
    assert not page.notes.isChecked()
    page.window().resize(1600, 1000)
    page.notes.setChecked(True)
    assert page.grid.isVisible()
    assert page.more.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("beside", [False, True])
def test_every_input_has_a_name_and_its_turn(opened: Opened, language: str, beside: bool) -> None:
    window = opened(example_proposal())
    window.speech.use_language(language)
    page = page_of(window)
    page.beside.setChecked(beside)
    page.notes.setChecked(True)
    QApplication.processEvents()
    assert not unnamed(window)
    assert not jumps(page)
    hand = page.model.index(0, 5).data()
    assert hand == {"nl": "1.315,16", "en": "1,315.16", "fr": "1\u202f315,16"}[language]


def test_a_draft_to_read_only_can_be_copied_from(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, clipboard: Callable
) -> None:
    path = tmp_path / "held.sif"
    Draft.create(path, example_proposal(), author="test").close()
    holder = open_session(path)
    window.show_session(open_session(path), path)
    page = page_of(window)
    hand = Hand(page, qtbot)
    page.grid.show_cell(1, 5)
    hand.type("5")
    for key, modifiers in ((Key.Key_Delete, CTRL), (Key.Key_V, CTRL), (Key.Key_Insert, None)):
        hand.key(key, modifiers or PLAIN)
    assert page.grid.delegate.editor is None
    assert page.model.lines == example_proposal().budget
    hand.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1315,16"
    assert not page.tools.add.isVisible()
    holder.close()


def test_the_page_of_another_call(window: MainWindow, tmp_path: Path) -> None:
    from sif_desktop.app.importing import empty
    from sif_desktop.calls.folder import find

    call = find("fabriek-actie")
    open_with(window, tmp_path / "action.sif", empty(call, "nl"))
    page = page_of(window)
    assert page.gauges.gauges == []
    page.grid.deeds.insert_below()
    assert len(page.model.names.choices("period")) == len(call.periods)
