"""The example dossier in French: opened, read, mended and handed in by somebody who speaks French.

The window begins in Dutch; its language is changed while it stands, in the middle of a word.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hands import Hands, accepted, sign
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from sif_desktop.app.opening import open_session
from sif_desktop.language import words
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.check_model import FindingsModel

KEY = Qt.Key
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture
def hands(window: MainWindow, qtbot: QtBot) -> Hands:
    """A person before the start page."""
    return Hands(window, qtbot)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_example_in_french_mended_signed_and_verified(hands: Hands, tmp_path: Path) -> None:
    window = hands.window
    hands.click(window.start.example)
    speak_french(hands)
    undo_and_redo_by_the_menu(hands)
    partner = spoil_an_address(hands)
    jump_and_come_back(hands, f"partners/{partner}/contact_email")
    drop_a_picture(hands, tmp_path / "à table.png")
    hands.click(window.workspace.next)
    hands.click(window.workspace.next)
    bundle = sign(hands, window.desk.proposal.partners[0].signatory_name)
    proposal, draft = window.desk.proposal, window.path
    accepted(bundle, proposal)
    answers = window.workspace.page.result
    assert answers.head.text() == words("fr").say("window.export.made")
    hands.menu("Brouillon", "Fermer")
    with open_session(draft) as again:
        assert again.proposal == proposal


def speak_french(hands: Hands) -> None:
    """Another language in the middle of a word: nothing is lost, and no window is made anew."""
    window = hands.window
    row = hands.row("project/title")
    hands.click(row.editor.line)
    hands.key(KEY.Key_End)
    hands.type(" – un to")
    before = window.workspace
    hands.menu("Beeld", "Taal van het programma", "Français")
    assert window.workspace is before
    assert row.label.text().startswith("Titre du projet")
    assert row.editor.line.text().endswith(" – un to")
    row.editor.line.setFocus()
    hands.type("it pour deux âges")
    assert window.desk.proposal.project.title.endswith(" – un toit pour deux âges")
    assert window.desk.proposal.language == "nl"
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert buttons.buttons()[0].text().replace("&", "") == "Annuler"
    buttons.deleteLater()
    told = [
        window.workspace.list.steps.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
        for place in range(window.workspace.list.steps.rowCount())
    ]
    assert told[-1].startswith("Signature et exportation, ")


def undo_and_redo_by_the_menu(hands: Hands) -> None:
    """What was typed in a field is one act, named in French."""
    window = hands.window
    was = window.desk.proposal.project.summary
    hands.fill("project/summary", "Un résumé bien court.")
    assert window.desk.proposal.project.summary == "Un résumé bien court."
    hands.menu("Édition", "Annuler\u00a0: modifier Résumé")
    hands.wait(lambda: window.desk.proposal.project.summary != "Un résumé bien court.")
    if window.desk.proposal.project.summary != was:  # typing was written down in between
        hands.menu("Édition", "Annuler\u00a0: modifier Résumé")
    assert window.desk.proposal.project.summary == was
    assert hands.row("project/summary").editor.text.toPlainText() == was
    hands.menu("Édition", "Rétablir\u00a0: modifier Résumé")
    assert window.desk.proposal.project.summary != was
    hands.menu("Édition", "Annuler\u00a0: modifier Résumé")
    assert window.desk.proposal.project.summary == was


def spoil_an_address(hands: Hands) -> str:
    """An e-mail address that is none, of the second partner in the list."""
    hands.next("partners")
    page = hands.window.workspace.page
    hands.click_row(page.view, 1)
    key = page.items[1].id
    assert page.detail.key == key
    hands.fill(f"partners/{key}/contact_email", "quelqu’un chez nous")
    hands.wait(lambda: hands.window.desk.states["partners"].kind == "blocked")
    row = hands.row(f"partners/{key}/contact_email")
    assert row.findings.text.startswith("Erreur")
    assert row.findings.text in row.editor.line.accessibleDescription()
    return key


def jump_and_come_back(hands: Hands, address: str) -> None:
    """From the finding to its field by Enter, and back by the bar above the page."""
    window = hands.window
    steps = window.workspace.list
    steps.setFocus()
    while window.workspace.step.id != "check":
        hands.key(KEY.Key_Down)
        QApplication.processEvents()
    page = window.workspace.page
    model = page.list.findings
    row = next(
        place
        for place in range(model.rowCount())
        if (found := model.index(place).data(FindingsModel.LINE).finding)
        and found.address == address
    )
    page.list.setFocus()
    hands.key(KEY.Key_Home)
    while page.list.currentIndex().row() != row:
        hands.key(KEY.Key_Down)
    hands.key(KEY.Key_Return)
    assert window.workspace.step.id == "partners"
    line = hands.row(address).editor.line
    assert hands.focus() is line
    assert window.workspace.return_bar.text.text().startswith("Vous venez de «")
    hands.key(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.type("bureau@example.org")
    hands.wait(lambda: not window.desk.findings.blocking)
    hands.click(window.workspace.return_bar.button)
    assert window.workspace.step.id == "check"
    hands.wait(lambda: window.desk.states["check"].kind == "complete")


def drop_a_picture(hands: Hands, file: Path) -> None:
    """A file dragged onto the page of the attachments."""
    file.write_bytes(PNG)
    hands.click(hands.window.workspace.back)
    page = hands.window.workspace.page
    count = len(page.files.cards)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    middle = page.rect().center()
    copy = Qt.DropAction.CopyAction
    over = QDragEnterEvent(middle, copy, data, left, none)
    QApplication.sendEvent(page, over)
    assert over.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(middle), copy, data, left, none))
    hands.wait(lambda: len(page.files.cards) > count and not page.files.busy)
    assert hands.window.desk.proposal.attachments[-1].filename == "à table.png"
    assert not page.files.notices.texts
