"""Editors of fields: what is typed stays, forms are shown when the field is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dossiers import example_proposal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from sif_desktop.model.edit import Set
from sif_desktop.ui.fields.date import read_day, show_day
from sif_desktop.ui.fields.line import LONGEST_LINE, enterprise_number_shown, iban_shown
from sif_desktop.ui.fields.row import FieldRow, concrete
from sif_desktop.ui.main_window import MainWindow

Opened = Callable[..., MainWindow]
SPACE = "\u00a0"


def row_at(window: MainWindow, step: str, address: str) -> FieldRow:
    window.workspace.go(step)
    assert window.workspace.page.focus_on(address)
    return window.workspace.page.rows[address]


def leave(window: MainWindow) -> None:
    window.workspace.list.setFocus()


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("1250", 125_000, "1.250,00"),
        ("1 250,5", 125_050, "1.250,50"),
        ("€ 1.250", 125_000, "1.250,00"),
        ("ongeveer 1000", "ongeveer 1000", "ongeveer 1000"),
        ("", "", ""),
    ],
)
def test_an_amount_takes_its_form_when_it_is_left(
    opened: Opened, qtbot: QtBot, typed: str, kept: object, shown: str
) -> None:
    window = opened(example_proposal())
    partner = window.desk.proposal.partners[0].id
    row = row_at(window, "capacity", f"partners/{partner}/capacity_means")
    row.editor.line.selectAll()
    qtbot.keyClick(row.editor.line, Qt.Key.Key_Delete)
    row.editor.line.insert(typed)
    assert row.editor.line.text() == typed
    assert window.desk.proposal.partners[0].capacity_means == kept
    leave(window)
    assert row.editor.line.text() == shown


def test_undo_goes_to_the_draft_and_shows_in_the_field_with_the_focus(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened()
    row = row_at(window, "project", "project/title")
    qtbot.keyClicks(row.editor.line, "Zorg")
    window.desk.session.settle()
    qtbot.keyClicks(row.editor.line, "cirkel")
    assert "Titel" in window.menus.acts["undo"].text()
    qtbot.keyClick(row.editor.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert row.editor.line.text() == "Zorg"
    assert row.editor.line.hasFocus()
    qtbot.keyClick(row.editor.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.proposal.project.title == ""
    window.redo()
    assert row.editor.line.text() == "Zorg"


def test_a_change_from_elsewhere_leaves_the_cursor_where_it_is(opened: Opened) -> None:
    window = opened()
    row = row_at(window, "project", "project/need")
    text = row.editor.text
    text.setPlainText("Eenzaamheid in de wijk, elke dag.")
    cursor = text.textCursor()
    cursor.setPosition(11)
    text.setTextCursor(cursor)
    window.desk.do(Set(at="project/need", value="Eenzaamheid in de wijk, elke week."))
    assert text.toPlainText() == "Eenzaamheid in de wijk, elke week."
    assert text.textCursor().position() == 11
    window.desk.do(Set(at="project/title", value="Other"))
    assert text.textCursor().position() == 11


@pytest.mark.parametrize(
    ("step", "address"), [("project", "project/title"), ("project", "project/need")]
)
def test_a_huge_paste_is_kept_whole_and_can_be_undone(
    opened: Opened, step: str, address: str
) -> None:
    window = opened()
    row = row_at(window, step, address)
    pasted = "woord " * 900_000
    QGuiApplication.clipboard().setText(pasted)
    row.editor.inputs[0].paste()
    name = address.partition("/")[2]
    assert getattr(window.desk.proposal.project, name) == pasted
    shown = row.editor.inputs[0]
    text = shown.text() if isinstance(shown, QLineEdit) else shown.toPlainText()
    assert len(text) <= LONGEST_LINE + 10
    window.undo()
    assert getattr(window.desk.proposal.project, name) == ""
    assert not shown.isReadOnly()
    QGuiApplication.clipboard().clear()


def test_nothing_is_red_before_it_was_touched(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    page = window.workspace.page
    window.desk.check_now()
    assert not [row for row in page.rows.values() if row.findings.isVisible()]
    row = row_at(window, "project", "project/summary")
    qtbot.keyClicks(row.editor.text, "x")
    qtbot.keyClick(row.editor.text, Qt.Key.Key_Backspace)
    window.desk.check_now()
    assert row.findings.isVisible()
    assert row.findings.text.startswith("Fout: ")
    assert row.findings.text in row.editor.text.accessibleDescription()
    assert [one for one in page.rows.values() if one.findings.isVisible()] == [row]
    window.workspace.go("check")
    window.workspace.go("project")
    assert len([one for one in page.rows.values() if one.findings.isVisible()]) > 3


def test_what_depends_on_a_choice_is_asked_only_then(opened: Opened) -> None:
    window = opened()
    page = window.workspace.page
    assert page.rows["answers/community"].isHidden()
    window.desk.do(Set(at="project/theme", value="open"))
    assert not page.rows["answers/community"].isHidden()
    window.desk.do(Set(at="project/theme", value="inclusion"))
    assert page.rows["answers/community"].isHidden()


def test_a_value_that_is_no_choice_is_shown_and_kept(opened: Opened) -> None:
    window = opened()
    window.desk.do(Set(at="project/second_node", value="space_travel"))
    row = window.workspace.page.rows["project/second_node"]
    assert "space_travel" in row.editor.combo.currentText()
    assert row.editor.held == "space_travel"


def test_names_in_a_list_follow_the_partners(opened: Opened) -> None:
    window = opened(example_proposal())
    package = window.desk.proposal.work_packages[0]
    row = row_at(window, "work_plan", f"work_packages/{package.id}/lead")
    window.desk.do(Set(at=f"partners/{package.lead}/short_name", value="Nieuwe naam"))
    assert row.editor.combo.currentText() == "Nieuwe naam"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1/4/2026", "2026-04-01"),
        ("01-04-26", "2026-04-01"),
        ("1.4.2026", "2026-04-01"),
        ("2026-04-01", "2026-04-01"),
        ("31/2/2026", "31/2/2026"),
        ("in het voorjaar", "in het voorjaar"),
        ("١/٤/٢٠٢٦", "١/٤/٢٠٢٦"),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, kept: str) -> None:
    assert read_day(typed) == kept


def test_forms_of_numbers() -> None:
    assert show_day("2026-04-01", "nl") == "01/04/2026"
    assert enterprise_number_shown("BE 0123456749") == "0123.456.749"
    assert enterprise_number_shown("123") == "123"
    assert iban_shown("be68539007547034") == "BE68 5390 0754 7034"
    assert iban_shown("geen") == "geen"


def test_addresses_beside_an_address() -> None:
    assert concrete("partners/*/seat", "partners/k3/country") == "partners/k3/seat"
    at = "work_packages/w/deliverables/d/month"
    assert concrete("work_packages/*/deliverables/*/outcome", at).endswith("deliverables/d/outcome")
