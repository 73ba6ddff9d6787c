"""The partners as a user meets them: choosing, adding, moving, removing, what is told of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dossiers import big_proposal, enterprise_number, example_proposal
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from windows import jumps, open_with, tab_chain, unnamed

from sif_desktop.language import LANGUAGES
from sif_desktop.model.edit import Add, Drop, Move, Set
from sif_desktop.ui.items_model import ItemsModel
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.partners import PartnersPage

Opened = Callable[..., MainWindow]
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def partners_of(window: MainWindow) -> PartnersPage:
    window.workspace.go("partners")
    QApplication.processEvents()
    page = window.workspace.page
    assert isinstance(page, PartnersPage)
    return page


def told(page: PartnersPage, place: int) -> str:
    return str(page.model.index(place).data(ACCESSIBLE))


def check(window: MainWindow) -> None:
    window.desk.check_now()
    for _ in range(5):  # texts that break get their height from the width of the pass before
        QApplication.processEvents()


def alive(widget: QWidget) -> int:
    """How many inputs are there, whether they are seen or not."""
    return len(widget.findChildren(QLineEdit)) + len(widget.findChildren(QPlainTextEdit))


def settle() -> None:
    """Lets go of what is to be deleted."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
        QApplication.processEvents()


def test_each_partner_is_told_with_role_seat_kind_and_state(opened: Opened) -> None:
    page = partners_of(opened(example_proposal()))
    assert page.model.rowCount() == 7
    assert told(page, 0) == (
        "Gedeelde Drempel, Coördinator, Vlaanderen, Middenveldorganisatie, Volledig"
    )
    assert "Nederland" in told(page, 2)
    assert "Brussel" in told(page, 3)
    page.desk.speech.use_language("fr")
    assert told(page, 0).startswith("Gedeelde Drempel, Coordinateur, Flandre, ")
    assert told(page, 0).endswith("Complet")


def test_the_states_of_partners_add_up_to_that_of_their_step(opened: Opened) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    first = page.items[0].id
    for name in ("name", "contact_name", "expertise"):
        window.desk.do(Set(at=f"partners/{first}/{name}", value=""))
    window.desk.do(Set(at=f"partners/{page.items[1].id}/iban", value=""))
    check(window)
    assert told(page, 0).endswith("Nog 3 in te vullen")
    assert told(page, 1).endswith("Nog 1 in te vullen")
    assert window.desk.states["partners"].missing == 4
    window.desk.do(Set(at=f"partners/{first}/contact_email", value="nobody"))
    check(window)
    assert told(page, 0).endswith("Blokkeert: 1 op te lossen")


def test_the_arrows_choose_and_enter_goes_to_the_fields(opened: Opened, qtbot: QtBot) -> None:
    page = partners_of(opened(example_proposal()))
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert page.detail.title.text() == "Hospitawonen"
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    line = page.rows[f"partners/{page.items[2].id}/name"].editor.line
    assert line.hasFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, "Hospita")
    assert page.desk.proposal.partners[2].name == "Hospita"
    page.view.setFocus()
    qtbot.keyClicks(page.view, "Kan")
    assert page.called(page.chosen) == "Kantlijn"


def test_a_key_held_down_makes_no_fields_on_the_way(opened: Opened, qtbot: QtBot) -> None:
    page = partners_of(opened(example_proposal()))
    page.view.setFocus()
    made: list[str] = []
    make = page._make_detail
    page._make_detail = lambda key: (made.append(key), make(key))[1]
    for _ in range(5):
        page.view.keyPressEvent(_down())
    qtbot.waitUntil(lambda: bool(made))
    assert made == [page.items[5].id]


def _down() -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_a_partner_is_added_in_a_role_that_is_asked_first(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    page = partners_of(window)
    assert page.nothing.isVisible()
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    menu = page.findChild(QMenu)
    assert [act.text() for act in menu.actions()] == [
        "Coördinator",
        "Mede-aanvrager",
        "Onderaannemer",
    ]
    menu.actions()[0].trigger()
    menu.close()
    (partner,) = window.desk.proposal.partners
    assert partner.role == "coordinator"
    assert not page.nothing.isVisible()
    assert page.rows[f"partners/{partner.id}/name"].editor.line.hasFocus()
    qtbot.keyClicks(page.rows[f"partners/{partner.id}/name"].editor.line, "Buurtwerk vzw")
    assert told(page, 0).startswith("Buurtwerk vzw, Coördinator")
    assert page.detail.title.text() == "Buurtwerk vzw"
    page.add_as("subcontractor")
    assert [one.role for one in window.desk.proposal.partners] == ["coordinator", "subcontractor"]
    assert "Onderaannemer" in window.menus.acts["undo"].text()
    window.undo()
    assert page.detail.title.text() == "Buurtwerk vzw"


def test_removing_tells_what_stays_and_can_be_undone_there(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    before = window.desk.proposal
    gone = page.items[1]
    lines = sum(line.partner == gone.id for line in before.budget)
    page.choose(gone.id)
    qtbot.mouseClick(page.detail.tools["remove"], Qt.MouseButton.LeftButton)
    assert gone.id not in page.model.keys
    assert len(window.desk.proposal.budget) == len(before.budget)
    assert page.acts.notice.isVisible()
    said = page.acts.notice.text.text()
    assert "Demerzicht" in said
    assert f"{lines} in de begroting" in said
    assert page.detail.title.text() == "Hospitawonen"
    assert page.view.hasFocus()
    qtbot.mouseClick(page.acts.notice.button, Qt.MouseButton.LeftButton)
    assert window.desk.proposal == before
    assert page.chosen == gone.id
    assert not page.acts.notice.isVisible()


def test_the_notice_offers_no_undo_once_something_else_was_done(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert page.acts.notice.button.isVisible()
    window.desk.do(Set(at="project/title", value="Other"))
    assert page.acts.notice.isVisible()
    assert not page.acts.notice.button.isVisible()
    page.acts.take_back()
    assert window.desk.proposal.project.title == "Other"
    window.workspace.go("budget")
    window.workspace.go("partners")
    assert not page.acts.notice.isVisible()


def test_partners_move_by_key_and_by_button_and_stay_chosen(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    order = page.model.keys
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    moved = [order[1], order[0], *order[2:]]
    assert page.model.keys == moved
    assert [one.id for one in window.desk.proposal.partners] == moved
    assert page.chosen == order[0]
    assert page.detail.tools["up"].isEnabled()
    qtbot.mouseClick(page.detail.tools["up"], Qt.MouseButton.LeftButton)
    assert page.model.keys == order
    assert not page.detail.tools["up"].isEnabled()
    page.acts.move(-1)
    assert page.model.keys == order
    page.choose(order[-1])
    assert not page.detail.tools["down"].isEnabled()


def test_only_the_chosen_partner_has_editors(opened: Opened) -> None:
    window = opened(big_proposal())
    page = partners_of(window)
    settle()
    inputs = alive(page)
    for partner in page.items[:5]:
        page.choose(partner.id)
        settle()
        assert all(at.startswith(f"partners/{partner.id}/") for at in page.rows)
    assert abs(alive(page) - inputs) <= 2


def test_what_is_asked_follows_the_answers_and_nothing_typed_is_lost(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    at = f"partners/{page.items[0].id}"
    number, country = page.rows[f"{at}/enterprise_number"], page.rows[f"{at}/country"]
    ground = page.rows[f"{at}/eligibility_ground"]
    kept = page.items[0].enterprise_number
    assert (number.isVisible(), country.isVisible(), ground.isVisible()) == (True, False, False)
    seats = page.rows[f"{at}/seat"].editor._buttons
    seats["brussels"].click()
    assert ground.isVisible()
    ground.focus()
    qtbot.keyClicks(ground.editor.text, "Erkend als jeugdhuis")
    seats["abroad"].click()
    assert (number.isVisible(), country.isVisible(), ground.isVisible()) == (False, True, False)
    assert "Erkend" in window.desk.proposal.partners[0].eligibility_ground
    seats["brussels"].click()
    assert ground.editor.text.toPlainText() == "Erkend als jeugdhuis"
    assert window.desk.proposal.partners[0].enterprise_number == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0123", "tien cijfers"),
        ("2123.456.749", "vestiging"),
        ("0123.456.740", "0123"),
    ],
)
def test_an_enterprise_number_shows_at_once_what_is_wrong(
    opened: Opened, qtbot: QtBot, typed: str, said: str
) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    at = f"partners/{page.items[0].id}/enterprise_number"
    row = page.rows[at]
    note = page.detail.findChild(QWidget, "number-note")
    assert note.isVisible()
    row.focus()
    row.editor.line.selectAll()
    qtbot.keyClicks(row.editor.line, typed)
    qtbot.waitUntil(row.findings.isVisible)
    assert row.findings.text.startswith("Fout: ")
    assert said.casefold() in row.findings.text.casefold()
    assert row.findings.text in row.editor.line.accessibleDescription()
    assert not note.isVisible()
    row.editor.line.selectAll()
    qtbot.keyClicks(row.editor.line, enterprise_number(123_456))
    qtbot.waitUntil(note.isVisible)
    assert not row.findings.isVisible()
    assert "KBO" in note.text.text()


def test_the_budget_of_a_partner_is_live(opened: Opened) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    figures = page.detail.findChild(QWidget, "partner-budget").figures
    totals = window.desk.session.totals
    mine = totals.by_partner[page.chosen]
    assert figures["total"].text() == "18.683,22 euro"
    assert figures["share"].text() == "26,56\u00a0%"
    line = next(line for line in window.desk.proposal.budget if line.partner == page.chosen)
    window.desk.do(Set(at=f"budget/{line.id}/subsidy", value=line.subsidy + 100_000))
    check(window)
    assert figures["total"].text() == "19.683,22 euro"
    assert window.desk.session.totals.by_partner[page.chosen].total == mine.total + 100_000
    window.speech.use_language("en")
    assert figures["total"].text() == "19,683.22 euro"


@pytest.mark.parametrize(
    "name", ["iban", "expertise", "disciplines", "signatory_function", "enterprise_number"]
)
def test_a_jump_chooses_the_partner_and_focuses_the_field(opened: Opened, name: str) -> None:
    window = opened(example_proposal())
    partner = window.desk.proposal.partners[3]
    window.desk.jump.emit(f"partners/{partner.id}/{name}")
    QApplication.processEvents()
    page = window.workspace.page
    assert page.chosen == partner.id
    row = page.rows[f"partners/{partner.id}/{name}"]
    assert any(one.hasFocus() for one in row.editor.inputs)
    seen = page.scroller.viewport().rect()
    top = row.mapTo(page.scroller.viewport(), QPoint(0, 0)).y()
    assert seen.top() - 4 <= top < seen.bottom()


def test_jumps_to_what_is_not_there_come_as_near_as_they_can(opened: Opened) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    partner = page.items[2]
    assert not page.focus_on("partners/nobody/iban")
    assert not page.focus_on(f"partners/{partner.id}/eligibility_ground")
    window.desk.jump.emit(f"partners/{partner.id}/eligibility_ground")
    assert page.chosen == partner.id
    assert page.view.hasFocus()
    window.desk.jump.emit("partners")
    assert page.view.hasFocus()


def test_a_change_elsewhere_keeps_editors_cursor_and_scroll(opened: Opened, qtbot: QtBot) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    at = f"partners/{page.items[0].id}"
    row = page.rows[f"{at}/expertise"]
    page.focus_on(row.address)
    QApplication.processEvents()
    text = row.editor.text
    cursor = text.textCursor()
    cursor.setPosition(7)
    text.setTextCursor(cursor)
    scrolled = page.scroller.verticalScrollBar().value()
    detail, rows = page.detail, dict(page.rows)
    window.desk.do(Set(at=f"partners/{page.items[2].id}/short_name", value="Elders"))
    window.desk.do(Add(at="partners", item={"id": "nieuw"}, after=""))
    window.desk.do(Move(at=at, after="nieuw"))
    window.desk.do(Drop(at=f"partners/{page.items[-1].id}"))
    check(window)
    assert page.detail is detail
    assert page.rows == rows
    assert text.hasFocus()
    assert text.textCursor().position() == 7
    assert page.scroller.verticalScrollBar().value() == scrolled
    assert "Elders" in told(page, 3)


def test_undo_of_an_addition_lets_its_fields_go(opened: Opened) -> None:
    window = opened()
    page = partners_of(window)
    page.add_as("co_applicant")
    assert page.rows
    window.undo()
    assert not page.rows
    assert page.detail is None
    assert page.nothing.isVisible()
    window.redo()
    QApplication.processEvents()
    assert page.model.rowCount() == 1


def test_the_model_holds_while_partners_come_go_and_move(opened: Opened) -> None:
    window = opened(example_proposal())
    page = partners_of(window)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(page.model, mode)
    keys = page.model.keys
    window.desk.do(Move(at=f"partners/{keys[0]}", after=keys[-1]))
    window.desk.do(
        Drop(at=f"partners/{keys[3]}"),
        Add(at="partners", item={"id": "nieuw"}, after=keys[1]),
        Move(at=f"partners/{keys[5]}", after=""),
    )
    assert page.model.keys == [one.id for one in window.desk.proposal.partners]
    window.undo()
    window.undo()
    assert page.model.keys == keys
    for key in keys:
        window.desk.do(Drop(at=f"partners/{key}"))
    assert page.model.rowCount() == 0
    assert page.detail is None
    window.undo()
    assert isinstance(tester.model(), ItemsModel)
    assert page.model.keys == keys[-1:]


def test_one_key_paints_one_row_of_the_list(opened: Opened) -> None:
    window = opened(big_proposal())
    page = partners_of(window)
    painted: list[tuple[int, int]] = []
    page.model.dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    window.desk.type(f"partners/{page.items[4].id}/short_name", "Anders")
    assert painted == [(4, 4)]
    painted.clear()
    window.desk.type(f"partners/{page.items[4].id}/contribution", "Anders")
    assert painted == []


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (900, 560)])
def test_all_has_a_name_tab_does_not_jump_and_nothing_is_cut_off(
    opened: Opened, size: tuple[int, int]
) -> None:
    window = opened(example_proposal())
    window.resize(*size)
    page = partners_of(window)
    for language in LANGUAGES:
        window.speech.use_language(language)
        for place in (0, 2, 3):
            page.choose(page.items[place].id)
            check(window)
            assert not unnamed(page)
            assert not jumps(page)
            assert page.detail.width() <= page.scroller.viewport().width()
    chain = tab_chain(page)
    assert chain.index(page.add) < chain.index(page.view) < chain.index(page.detail.tools["remove"])


def test_a_read_only_draft_shows_and_changes_nothing(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = opened(example_proposal())
    from sif_desktop.app.session import Session

    monkeypatch.setattr(Session, "read_only", property(lambda _: True))
    page = partners_of(window)
    before = window.desk.proposal
    assert not page.add.isVisible()
    assert not any(tool.isVisible() for tool in page.detail.tools.values())
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert window.desk.proposal is before
    assert not page.acts.notice.isVisible()


def test_the_form_of_the_factory_has_partners_too(window: MainWindow, tmp_path, qtbot) -> None:
    from sif_desktop.app.importing import empty
    from sif_desktop.calls.folder import find

    open_with(window, tmp_path / "actie.sif", empty(find("fabriek-actie"), "nl"))
    page = partners_of(window)
    page.add_as("coordinator")
    key = page.chosen
    window.desk.do(Set(at=f"partners/{key}/kind", value="government"))
    assert "verheid" in told(page, 0)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.view.viewport(), wheel)
    assert page.chosen == key
