"""Sign and export as a person does it: a key, a place, the bundle, and the three answers."""

from __future__ import annotations

import errno
import logging
import shutil
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import example_proposal
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from sif_desktop.app.demo import example_draft
from sif_desktop.app.verification import examine
from sif_desktop.bundle import identity
from sif_desktop.bundle.identity import FILE_NAME, fingerprint_groups
from sif_desktop.errors import FileError
from sif_desktop.model import canonical
from sif_desktop.model.edit import Set
from sif_desktop.ui.keys.own_key import OwnKey
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.export import ExportPage

Opened = Callable[..., MainWindow]
PASSPHRASE = "paard lamp regen sok trompet"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a draft of the example dossier and with a key, made once for all tests."""
    folder = tmp_path_factory.mktemp("made")
    example_draft(folder / "voorbeeld.sif")
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(identity, "_KDF_ROUNDS", 1000)
        name, organisation = "Joris Voorbeeckx", "De Gedeelde Drempel vzw (voorbeeld)"
        identity.create_default(folder, name=name, organisation=organisation, passphrase=PASSPHRASE)
    return folder


@pytest.fixture
def page(window: MainWindow, made: Path, tmp_path: Path, qtbot: QtBot) -> ExportPage:
    """The page on the example dossier, with everything made ready, and no key yet."""
    shutil.copy(made / "voorbeeld.sif", tmp_path)
    window.open_path(tmp_path / "voorbeeld.sif")
    return go(window, qtbot)


@pytest.fixture
def locked(page: ExportPage, made: Path, home: Path) -> ExportPage:
    """The page where there is a key, which is locked."""
    home.mkdir(exist_ok=True)
    shutil.copy(made / FILE_NAME, home)
    own(page).refresh()
    return page


def go(window: MainWindow, qtbot: QtBot) -> ExportPage:
    window.workspace.go("export")
    found = window.workspace.page
    assert isinstance(found, ExportPage)
    if not window.desk.findings.blocking:
        qtbot.waitUntil(lambda: found.prepared is not None)
    return found


def own(page: ExportPage) -> OwnKey:
    panel = page.chooser.panels[0]
    assert isinstance(panel, OwnKey)
    return panel


def type_in(qtbot: QtBot, line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)


def make_key(qtbot: QtBot, page: ExportPage) -> None:
    """Makes the first key, by the keyboard alone."""
    new = own(page).new
    for line in (new.passphrase, new.again):
        type_in(qtbot, line, PASSPHRASE)
    qtbot.keyClick(new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: own(page).identity is not None)


def open_key(qtbot: QtBot, page: ExportPage) -> None:
    type_in(qtbot, own(page).unlock.passphrase, PASSPHRASE)
    qtbot.keyClick(own(page).unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: own(page).identity is not None)


def press_sign(qtbot: QtBot, page: ExportPage) -> None:
    qtbot.mouseClick(page.signing.sign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.busy)


def said(page: ExportPage) -> str:
    """All that the card of the result says."""
    return "\n".join(label.text() for label in page.result.findChildren(QLabel))


def test_from_nothing_to_a_bundle_that_verifies(
    qtbot: QtBot, page: ExportPage, tmp_path: Path, home: Path
) -> None:
    assert not page.signing.sign.isEnabled()
    assert "Open hierboven eerst uw sleutel" in page.signing.why.text()
    assert own(page).new.name.text() == "Joris Voorbeeckx"
    make_key(qtbot, page)
    assert (home / FILE_NAME).is_file()
    assert own(page).opened.who.text() == "Joris Voorbeeckx, De Gedeelde Drempel vzw (voorbeeld)"
    groups = fingerprint_groups(own(page).identity.fingerprint)
    assert own(page).opened.fingerprint.text() == groups
    assert page.signing.where.text() == str(tmp_path / "DAKDELERS.asice")
    press_sign(qtbot, page)
    out = tmp_path / "DAKDELERS.asice"
    examination = examine(out)
    assert examination.good
    assert examination.proposal == page.desk.proposal
    assert page.result.isVisible()
    assert page.result.folder.hasFocus()
    text = said(page)
    for part in ("ongeschonden", "Joris Voorbeeckx", groups, "niets blokkeert", str(out)):
        assert part in text
    assert "ingetrokken" in text  # what could not be looked at is said
    assert page.signing.path == tmp_path / "DAKDELERS-2.asice"


def test_exactly_what_is_signed_is_shown(qtbot: QtBot, locked: ExportPage, tmp_path: Path) -> None:
    page = locked
    model = page.parts.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    names = [model.index(row, 1).data() for row in range(model.rowCount())]
    digest = canonical.digest(canonical.to_json(page.desk.proposal))
    assert page.parts.digest.text().replace(" ", "") == digest
    what = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert what[:3] == [
        "Het voorstel als gegevens",
        "Het dossier om te lezen",
        "Het formulier van de oproep",
    ]
    assert what[3].startswith("Bijlage: Intentieverklaring")
    open_key(qtbot, page)
    prepared = page.prepared
    press_sign(qtbot, page)
    with zipfile.ZipFile(tmp_path / "DAKDELERS.asice") as bundle:
        inside = {
            one.filename: one.file_size
            for one in bundle.infolist()
            if one.filename != "mimetype" and not one.filename.startswith("META-INF/")
        }
        assert bundle.read("proposal.pdf") == prepared.pdf
    assert list(inside) == names
    assert inside == {one.name: one.size for one in prepared.listed}
    del tester


def test_a_change_is_made_ready_anew_and_the_old_result_says_so(
    qtbot: QtBot, locked: ExportPage, tmp_path: Path
) -> None:
    page = locked
    open_key(qtbot, page)
    press_sign(qtbot, page)
    assert page.result.since.isHidden()
    before = page.parts.digest.text()
    page.desk.do(Set(at="project/acronym", value="NIEUW"))
    assert not page.result.since.isHidden()
    page.desk.check_now()
    assert not page.signing.sign.isEnabled()
    qtbot.waitUntil(lambda: page.prepared is not None)
    assert page.parts.digest.text() != before
    assert page.signing.sign.isEnabled()
    press_sign(qtbot, page)
    assert page.result.since.isHidden()
    assert examine(page.result.path).proposal.project.acronym == "NIEUW"
    assert examine(tmp_path / "DAKDELERS.asice").proposal.project.acronym == "DAKDELERS"


def test_what_blocks_leads_to_the_check(opened: Opened, qtbot: QtBot) -> None:
    window = opened()
    page = go(window, qtbot)
    assert not page.signing.sign.isEnabled()
    assert "niets meer blokkeert" in page.signing.why.text()
    assert not page.parts.isVisible()
    assert "fouten houden de export tegen" in page.bottom_line.text.text()
    page.bottom_line.check.setFocus()
    qtbot.keyClick(page.bottom_line.check, Qt.Key.Key_Space)
    assert window.workspace.step.id == "check"


def test_a_wrong_passphrase_is_told_in_place(
    qtbot: QtBot, locked: ExportPage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = locked
    open_key(qtbot, page)
    qtbot.mouseClick(own(page).opened.close_it, Qt.MouseButton.LeftButton)
    panel = own(page)
    assert panel.identity is None
    assert panel.locked.isVisible() and not panel.new.isVisible()
    type_in(qtbot, panel.unlock.passphrase, "iets heel anders")
    qtbot.keyClick(panel.unlock.passphrase, Qt.Key.Key_Return)
    assert panel.unlock.passphrase.text() == ""
    qtbot.waitUntil(panel.trouble.isVisible)
    assert "past niet" in panel.trouble.text()
    assert panel.unlock.passphrase.hasFocus()
    assert panel.unlock.passphrase.accessibleDescription() == panel.trouble.text()
    assert not page.signing.sign.isEnabled()
    type_in(qtbot, panel.unlock.passphrase, PASSPHRASE)
    qtbot.mouseClick(panel.unlock.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.identity is not None)
    assert page.signing.sign.isEnabled()
    assert not panel.trouble.isVisible()
    assert PASSPHRASE not in caplog.text and "iets heel anders" not in caplog.text


def test_leaving_the_page_locks_the_key_and_forgets_what_was_typed(
    qtbot: QtBot, page: ExportPage
) -> None:
    window = page.window()
    new = own(page).new
    type_in(qtbot, new.passphrase, "half getypt")
    window.workspace.go("project")
    assert new.passphrase.text() == ""
    window.workspace.go("export")
    make_key(qtbot, page)
    window.workspace.go("project")
    assert own(page).identity is None
    window.workspace.go("export")
    assert own(page).locked.isVisible()


@pytest.mark.parametrize(
    ("typed", "word"),
    [("kort", "Te kort"), ("wachtwoord", "Zwak"), ("paard lamp regen sok", "Redelijk")],
)
def test_the_strength_is_told_in_words(
    qtbot: QtBot, page: ExportPage, typed: str, word: str
) -> None:
    new = own(page).new
    assert new.strength.text() == ""
    type_in(qtbot, new.passphrase, typed)
    assert new.strength.text().startswith(word)
    assert new.passphrase.accessibleDescription() == new.strength.text()
    assert new.passphrase.echoMode() == QLineEdit.EchoMode.Password
    qtbot.mouseClick(new.show_it, Qt.MouseButton.LeftButton, pos=new.show_it.rect().center() / 4)
    assert new.passphrase.echoMode() == QLineEdit.EchoMode.Normal


def test_a_key_needs_a_name_and_the_same_passphrase_twice(qtbot: QtBot, page: ExportPage) -> None:
    new = own(page).new
    type_in(qtbot, new.passphrase, PASSPHRASE)
    type_in(qtbot, new.again, PASSPHRASE[:5])
    assert not new.differs.isVisible()  # it can still become the same
    assert not new.make.isEnabled()
    type_in(qtbot, new.again, "paart")
    assert new.differs.isVisible()
    qtbot.keyClick(new.again, Qt.Key.Key_Return)
    assert not own(page).busy
    type_in(qtbot, new.again, PASSPHRASE)
    assert new.make.isEnabled()
    type_in(qtbot, new.name, "")
    assert not new.make.isEnabled()


def test_a_failed_export_leaves_nothing_and_says_what_to_do(
    qtbot: QtBot, locked: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = locked
    open_key(qtbot, page)
    before = sorted(tmp_path.rglob("*"))

    def full(*_: object, **__: object) -> None:
        raise FileError("bundle_not_written", file="x.asice", reason=errno.ENOSPC)

    with monkeypatch.context() as broken:
        broken.setattr("sif_desktop.bundle.write._sign", full)
        press_sign(qtbot, page)
    assert page.signing.trouble.isVisible()
    assert "half weggeschreven" in page.signing.trouble.text()
    assert "plaats" in page.signing.trouble.text()
    assert not page.result.isVisible()
    assert sorted(tmp_path.rglob("*")) == before
    press_sign(qtbot, page)
    assert not page.signing.trouble.isVisible()
    assert page.result.isVisible()


def test_an_attachment_that_did_not_come_along_stops_it_in_words(
    opened: Opened, qtbot: QtBot
) -> None:
    window = opened(example_proposal())  # the proposal without its files
    window.workspace.go("export")
    page = window.workspace.page
    qtbot.waitUntil(lambda: page._preparing is None)
    assert page.prepared is None
    assert "opnieuw toe" in page.bottom_line.text.text()
    assert not page.parts.isVisible()
    assert not page.signing.sign.isEnabled()


def test_an_export_can_be_stopped(
    qtbot: QtBot, locked: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sif_desktop.bundle import write

    held, real = threading.Event(), write._opened

    def slowly(member: object) -> object:
        held.wait(10)
        return real(member)

    page = locked
    open_key(qtbot, page)
    with monkeypatch.context() as slow:
        slow.setattr(write, "_opened", slowly)
        qtbot.mouseClick(page.signing.sign, Qt.MouseButton.LeftButton)
        assert page.signing.stop.isVisible() and page.signing.bar.isVisible()
        assert page.signing.stop.hasFocus()
        assert not page.signing.sign.isVisible()
        qtbot.keyClick(page.signing.stop, Qt.Key.Key_Space)
        held.set()
        qtbot.waitUntil(lambda: not page.busy)
    assert not list(tmp_path.glob("*.asice")) and not list(tmp_path.glob("*.part"))
    assert not page.result.isVisible()
    assert not page.signing.trouble.isVisible()
    assert page.signing.sign.isVisible() and page.signing.sign.isEnabled()


def test_the_place_is_chosen_and_never_overwritten_by_accident(
    qtbot: QtBot, locked: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = locked
    open_key(qtbot, page)
    chosen = tmp_path / "elders"
    chosen.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen / "mijn"), ""))
    qtbot.mouseClick(page.signing.browse, Qt.MouseButton.LeftButton)
    assert page.signing.where.text() == str(chosen / "mijn.asice")
    press_sign(qtbot, page)
    assert examine(chosen / "mijn.asice").good
    taken = tmp_path / "DAKDELERS.asice"
    taken.write_bytes(b"of somebody else")  # since the page was shown
    press_sign(qtbot, page)
    assert taken.read_bytes() == b"of somebody else"
    assert examine(tmp_path / "DAKDELERS-2.asice").good


def test_folder_and_pdf_are_had_on_a_click_only(
    qtbot: QtBot, locked: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    pdf = tmp_path / "los.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(pdf), ""))
    page = locked
    open_key(qtbot, page)
    press_sign(qtbot, page)
    assert opened == []
    assert not pdf.exists()
    qtbot.mouseClick(page.result.folder, Qt.MouseButton.LeftButton)
    assert [Path(one) for one in opened] == [tmp_path]
    qtbot.mouseClick(page.result.pdf, Qt.MouseButton.LeftButton)
    assert pdf.read_bytes() == page.prepared.pdf
    assert isinstance(QUrl.fromLocalFile(opened[0]), QUrl)


def test_going_elsewhere_lets_an_export_go_on(qtbot: QtBot, locked: ExportPage) -> None:
    page = locked
    open_key(qtbot, page)
    qtbot.mouseClick(page.signing.sign, Qt.MouseButton.LeftButton)
    page.window().workspace.go("project")
    qtbot.waitUntil(lambda: not page.busy)
    page.window().workspace.go("export")
    assert page.result.isVisible()
    assert examine(page.result.path).good


def test_closing_the_draft_ends_an_export(qtbot: QtBot, locked: ExportPage, tmp_path: Path) -> None:
    page = locked
    open_key(qtbot, page)
    qtbot.mouseClick(page.signing.sign, Qt.MouseButton.LeftButton)
    page.window().close_draft()
    QApplication.processEvents()
    assert not list(tmp_path.glob("*.part"))
    assert not list(tmp_path.glob(".*.part"))


def test_the_page_says_that_no_network_is_used_in_every_language(
    qtbot: QtBot, locked: ExportPage
) -> None:
    page = locked
    open_key(qtbot, page)
    press_sign(qtbot, page)
    for language, word in (("nl", "netwerk"), ("en", "network"), ("fr", "réseau")):
        page.desk.speech.use_language(language)
        assert word in page.signing.offline.text()
        texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
        assert not [text for text in texts if "{" in text]
    assert "intact" in said(page)
    page.desk.speech.use_language("nl")
