"""Who signs: keys from an authority and on a card, the question for a PIN, the page of keys."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bundle import craft, tokens
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from dossiers import example_proposal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sif_desktop.app import identities, pins, settings
from sif_desktop.app.verification import examine
from sif_desktop.app.work import StoppedError
from sif_desktop.bundle import token_signer
from sif_desktop.bundle.identity import ephemeral, fingerprint_groups
from sif_desktop.ui import worker
from sif_desktop.ui.keys.card_key import CardKey
from sif_desktop.ui.keys.file_key import FileKey
from sif_desktop.ui.keys.page import KeysPage
from sif_desktop.ui.keys.pin_question import PinQuestions
from sif_desktop.ui.main_window import MainWindow
from sif_desktop.ui.pages.export import ExportPage

PASSPHRASE = "vijf kleine gele eendjes zwemmen"


@pytest.fixture
def authority() -> craft.Authority:
    """An authority of certificates."""
    return craft.new_authority("Proefautoriteit")


@pytest.fixture
def p12(tmp_path: Path, authority: craft.Authority) -> Path:
    """A key and certificate of an authority, in a file; the authority's own is in `trust`."""
    key = craft.new_key()
    certificate = craft.certified("An Claes", key, authority, usage=("content_commitment",))
    path = tmp_path / "an.p12"
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    chain = [authority.certificate]
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"An", key, certificate, chain, lock))
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "authority.pem").write_bytes(authority.pem)
    return path


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> tokens.Card:
    """A card laid out as the Belgian eID is, in a reader whose software is known."""
    conf = tokens.configure(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", conf)
    tokens.init(conf, "BELPIC")
    settings.save(card_module=str(tokens.module()))
    return tokens.eid()


@pytest.fixture
def page(opened: Callable[..., MainWindow], qtbot: QtBot) -> ExportPage:
    """The last page of the example, with what is signed made ready."""
    proposal = example_proposal()
    window = opened(proposal.model_copy(update={"attachments": ()}))
    window.workspace.go("export")
    found = window.workspace.page
    qtbot.waitUntil(lambda: found.prepared is not None)
    return found


@pytest.fixture
def keys(window: MainWindow) -> KeysPage:
    """The page of keys."""
    window.start.apart["keys"].click()
    return window.apart["keys"]


def chosen(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Whoever is asked for a file points at this one."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def file_panel(page: ExportPage) -> FileKey:
    page.chooser.choose("file")
    return page.chooser.panel


def card_panel(page: ExportPage) -> CardKey:
    page.chooser.choose("card")
    return page.chooser.panel


def read_card(qtbot: QtBot, page: ExportPage) -> CardKey:
    panel = card_panel(page)
    qtbot.mouseClick(panel.read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.identity is not None)
    return panel


def sign(qtbot: QtBot, page: ExportPage) -> None:
    qtbot.waitUntil(page.signing.sign.isEnabled)
    qtbot.mouseClick(page.signing.sign, Qt.MouseButton.LeftButton)


def type_pin(qtbot: QtBot, panel: CardKey, pin: str) -> None:
    qtbot.waitUntil(lambda: panel.questions.dialog is not None)
    dialog = panel.questions.dialog
    assert not dialog.sign.isEnabled()
    qtbot.keyClicks(dialog.line, pin)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.line.text() == ""


def shown(widget: QWidget) -> str:
    """All that labels say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def lines(window: QWidget) -> set[str]:
    """What stands in any line of a window or a dialog, shown or not."""
    every = [*window.findChildren(QLineEdit), *QApplication.allWidgets()]
    return {line.text() for line in every if isinstance(line, QLineEdit)}


def test_a_bundle_is_signed_with_a_key_from_an_authority(
    qtbot: QtBot, page: ExportPage, p12: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = file_panel(page)
    assert not panel.unlock.isVisible()
    chosen(monkeypatch, p12)
    qtbot.mouseClick(panel.browse, Qt.MouseButton.LeftButton)
    assert panel.which.currentText() == "an.p12"
    qtbot.keyClicks(panel.unlock.passphrase, "een andere zin")
    qtbot.keyClick(panel.unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.trouble.isVisible)
    assert "an.p12" in panel.trouble.text()
    assert panel.unlock.passphrase.text() == ""
    qtbot.keyClicks(panel.unlock.passphrase, PASSPHRASE)
    qtbot.keyClick(panel.unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.identity is not None)
    assert panel.opened.who.text().startswith("An Claes")
    sign(qtbot, page)
    qtbot.waitUntil(lambda: page.result.path is not None and not page.busy)
    found = examine(page.result.path, trust=p12.parent / "trust")
    assert found.good
    signature = found.verdict.signatures[0]
    assert (signature.name, signature.identity) == ("An Claes", "trusted")
    assert lines(page.window()).isdisjoint({PASSPHRASE, "een andere zin"})


def test_a_bundle_is_signed_with_a_card_whose_pin_is_asked_then(
    qtbot: QtBot, page: ExportPage, card: tokens.Card
) -> None:
    panel = read_card(qtbot, page)
    assert panel.opened.who.text().startswith("Els Wouters (Signature)")
    assert panel.questions.dialog is None
    sign(qtbot, page)
    type_pin(qtbot, panel, tokens.OTHER_PIN)
    qtbot.waitUntil(lambda: not page.busy)
    assert "pincode is niet juist" in page.signing.trouble.text()
    assert page.result.path is None
    sign(qtbot, page)
    qtbot.waitUntil(lambda: panel.questions.dialog is not None)
    assert "foute poging" in panel.questions.dialog.warning.text()
    type_pin(qtbot, panel, tokens.PIN)
    qtbot.waitUntil(lambda: page.result.path is not None and not page.busy)
    found = examine(page.result.path)
    assert found.good
    assert found.verdict.signatures[0].name == "Els Wouters (Signature)"
    assert lines(page.window()).isdisjoint({tokens.PIN, tokens.OTHER_PIN})


def test_a_question_for_a_pin_that_is_put_away_signs_nothing(
    qtbot: QtBot, page: ExportPage, card: tokens.Card, tmp_path: Path
) -> None:
    panel = read_card(qtbot, page)
    sign(qtbot, page)
    qtbot.waitUntil(lambda: panel.questions.dialog is not None)
    qtbot.keyClick(panel.questions.dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.busy)
    assert "geannuleerd" in page.signing.trouble.text()
    assert not list(tmp_path.glob("*.asice"))


def test_a_window_that_closes_while_a_pin_is_asked_ends_at_once(
    qtbot: QtBot, page: ExportPage, card: tokens.Card, tmp_path: Path
) -> None:
    panel = read_card(qtbot, page)
    sign(qtbot, page)
    qtbot.waitUntil(lambda: panel.questions.dialog is not None)
    window = page.window()
    with qtbot.waitSignal(page.desk.closing):
        window.close_draft()
    assert window.stack.currentWidget() is window.start
    qtbot.waitUntil(lambda: not worker.at_work())
    assert not list(tmp_path.glob("*.asice"))
    assert QApplication.activeModalWidget() is None


def test_a_window_that_closes_before_the_card_asks_does_not_wait_for_it(
    qtbot: QtBot, page: ExportPage, card: tokens.Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = read_card(qtbot, page)
    reached, came_of_it = threading.Event(), []
    find, ask = token_signer._same_token, panel.questions.ask

    def slow(*where: object) -> object:
        """A card that is found when the window closes already."""
        reached.set()
        while worker.wanted_here():
            threading.Event().wait(0.01)
        return find(*where)

    def watched(*about: str) -> str:
        try:
            return ask(*about)
        except BaseException as error:
            came_of_it.append(type(error))
            raise

    monkeypatch.setattr(token_signer, "_same_token", slow)
    monkeypatch.setattr(PinQuestions, "ask", lambda _, *about: watched(*about))
    page.chooser.lock()
    read_card(qtbot, page)
    sign(qtbot, page)
    qtbot.waitUntil(reached.is_set)
    page.window().close_draft()
    assert came_of_it == [StoppedError]
    qtbot.waitUntil(lambda: not worker.at_work())
    assert QApplication.activeModalWidget() is None


def test_a_window_that_closes_while_one_signs_along_with_a_card_ends_at_once(
    qtbot: QtBot, window: MainWindow, card: tokens.Card, tmp_path: Path
) -> None:
    bundle = tmp_path / "a.asice"
    craft.bundle(bundle, ephemeral("Iemand Anders", "Elders vzw"))
    window.start.apart["bundle"].click()
    page = window.apart["bundle"]
    page.take([bundle])
    qtbot.waitUntil(lambda: not page.busy)
    qtbot.mouseClick(page.result.acts["sign"], Qt.MouseButton.LeftButton)
    along = page.signing
    qtbot.keyClicks(along.own_name, "Zorgcirkel vzw")
    along.chooser.choose("card")
    panel = along.chooser.panel
    qtbot.mouseClick(panel.read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: along.chooser.identity is not None)
    qtbot.mouseClick(along.sign, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.questions.dialog is not None)
    qtbot.keyClicks(panel.questions.dialog.line, tokens.PIN)
    window.close()
    assert panel.questions.dialog is None
    qtbot.waitUntil(lambda: not worker.at_work())
    assert list(tmp_path.glob("*.asice")) == [bundle]
    assert tokens.PIN not in lines(window)


def test_a_job_that_is_stopped_takes_its_question_for_a_pin_along(
    qtbot: QtBot, window: MainWindow
) -> None:
    questions = PinQuestions(window, window.speech)
    job = worker.run(lambda _: questions.ask("pin", "Els Wouters"))
    qtbot.waitUntil(lambda: questions.dialog is not None)
    line = questions.dialog.line
    qtbot.keyClicks(line, tokens.PIN)
    job.cancel_and_wait()
    qtbot.waitUntil(lambda: questions.dialog is None)
    assert QApplication.activeModalWidget() is None
    assert tokens.PIN not in lines(window)


def test_what_was_typed_as_a_secret_is_not_brought_back(qtbot: QtBot, keys: KeysPage) -> None:
    new = keys.chooser.panel.new
    for line, text in (
        (new.name, "Jo Smet"),
        (new.passphrase, PASSPHRASE),
        (new.again, PASSPHRASE),
    ):
        qtbot.keyClicks(line, text)
    qtbot.keyClick(new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys.chooser.identity is not None)
    keys.chooser.lock()
    unlock = keys.chooser.panel.unlock
    qtbot.keyClicks(unlock.passphrase, PASSPHRASE)
    qtbot.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys.chooser.identity is not None)
    for line, shown in (
        (new.passphrase, new.show_it),
        (new.again, new.show_it),
        (unlock.passphrase, unlock.show_it),
    ):
        shown.setChecked(True)
        for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            qtbot.keyClick(line, key, Qt.KeyboardModifier.ControlModifier)
            assert lines(keys.window()).isdisjoint({PASSPHRASE})


def test_a_reader_with_keys_of_its_own_is_pointed_at(
    qtbot: QtBot, page: ExportPage, card: tokens.Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = read_card(qtbot, page)
    typed, seen = token_signer.TokenSigner._typed_on_reader, threading.Event()

    @contextmanager
    def slow(signer: token_signer.TokenSigner, state: str) -> Iterator[None]:
        """Somebody who reads what the window says before the PIN is typed."""
        with typed(signer, state):
            assert seen.wait(10)
            yield

    monkeypatch.setattr(token_signer, "_has_pad", lambda _: True)
    monkeypatch.setattr(token_signer.TokenSigner, "_typed_on_reader", slow)
    sign(qtbot, page)
    qtbot.waitUntil(lambda: panel.questions.notice is not None)
    assert "op de kaartlezer" in panel.questions.notice.about.text()
    assert panel.questions.dialog is None
    seen.set()
    qtbot.waitUntil(lambda: not page.busy)  # the token of the tests has no such reader
    qtbot.waitUntil(lambda: panel.questions.notice is None)
    assert page.signing.trouble.isVisible()
    assert QApplication.activeModalWidget() is None


def test_a_reader_without_a_card_is_told(
    qtbot: QtBot, page: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", tokens.configure(tmp_path / "empty"))
    settings.save(card_module=str(tokens.module()))
    panel = card_panel(page)
    qtbot.mouseClick(panel.read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.trouble.isVisible)
    assert "geen kaart in de lezer" in panel.trouble.text()
    assert panel.read.hasFocus()
    assert not page.signing.sign.isEnabled()


def test_a_card_that_expired_signs_nothing_and_asks_no_pin(
    qtbot: QtBot, page: ExportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = tokens.configure(tmp_path / "old")
    monkeypatch.setenv("SOFTHSM2_CONF", conf)
    tokens.init(conf, "BELPIC")
    tokens.eid(days=(-300, -5))
    settings.save(card_module=str(tokens.module()))
    panel = read_card(qtbot, page)
    sign(qtbot, page)
    qtbot.waitUntil(lambda: not page.busy)
    assert "vervallen" in page.signing.trouble.text()
    assert panel.questions.dialog is None
    assert not list(tmp_path.glob("*.asice"))


def test_without_card_software_it_can_be_pointed_at(
    qtbot: QtBot, page: ExportPage, monkeypatch: pytest.MonkeyPatch, card: tokens.Card
) -> None:
    settings.save(card_module="/nergens/beid.so")
    panel = card_panel(page)
    qtbot.mouseClick(panel.read, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(panel.trouble.isVisible)
    assert panel.software.isVisible()
    chosen(monkeypatch, tokens.module())
    qtbot.mouseClick(panel.software, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.identity is not None)
    assert settings.load().card_module == str(tokens.module())


def test_another_kind_lets_go_of_the_key_that_was_open(
    qtbot: QtBot, page: ExportPage, card: tokens.Card
) -> None:
    panel = read_card(qtbot, page)
    page.chooser.choose("own")
    assert panel.identity is None
    assert not page.signing.sign.isEnabled()


def test_a_first_key_is_made_listed_and_its_certificate_given_out(
    qtbot: QtBot, keys: KeysPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keys.own.none.isVisible()
    new = keys.chooser.panel.new
    for line, text in (
        (new.name, "Jo Smet"),
        (new.passphrase, PASSPHRASE),
        (new.again, PASSPHRASE),
    ):
        qtbot.keyClicks(line, text)
    qtbot.keyClick(new.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: keys.chooser.identity is not None)
    assert not keys.own.none.isVisible()
    qtbot.mouseClick(keys.own.copies[0], Qt.MouseButton.LeftButton)
    groups = fingerprint_groups(keys.chooser.identity.fingerprint)
    assert QApplication.clipboard().text() == groups
    out = tmp_path / "jo.pem"
    chosen(monkeypatch, out)
    qtbot.mouseClick(keys.export, Qt.MouseButton.LeftButton)
    assert pins.candidates(out)[0].groups == groups
    assert "jo.pem" in keys.told.text()
    qtbot.mouseClick(keys.back, Qt.MouseButton.LeftButton)
    assert keys.chooser.identity is None


def test_a_key_from_an_authority_is_kept_among_the_own_ones(
    qtbot: QtBot, keys: KeysPage, p12: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, p12)
    for typed, said in (("verkeerd hoor", "an.p12"), (PASSPHRASE, "An Claes")):
        qtbot.mouseClick(keys.own.add, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(keys.own.unlock.passphrase, typed)
        qtbot.keyClick(keys.own.unlock.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not worker.at_work() and keys.own.told.text() != "")
        assert said in keys.own.told.text()
    assert [one.name for one in identities.listed()] == ["An Claes"]
    assert "opgesteld door Proefautoriteit" in shown(keys.own)
    keys.chooser.choose("file")
    assert keys.chooser.panel.which.currentText().startswith("An Claes")


def test_what_is_listed_tells_its_end_and_who_issued_it(
    qtbot: QtBot, keys: KeysPage, tmp_path: Path
) -> None:
    key = craft.new_key()
    old = craft.certified("Oud Geworden", key, days=(-30, -10))
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    path = tmp_path / "oud.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"Oud", key, old, [], lock))
    identities.import_file(path, lambda *_: PASSPHRASE)
    keys.own.refresh()
    assert "Vervallen op" in shown(keys.own)
    assert "De eigenaar stelde het certificaat zelf op" in shown(keys.own)
    assert not keys.own.none.isVisible()


def test_the_card_in_the_reader_is_listed(qtbot: QtBot, keys: KeysPage, card: tokens.Card) -> None:
    keys.shown()
    qtbot.waitUntil(lambda: "Els Wouters (Signature)" in shown(keys.own))
    assert "Op een kaart" in shown(keys.own)
    assert "Citizen CA (proef)" in shown(keys.own)
    keys.let_go()
    qtbot.waitUntil(lambda: "Els Wouters" not in shown(keys.own))


def test_a_damaged_key_is_refused_and_nothing_is_kept(
    qtbot: QtBot, keys: KeysPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "stuk.p12"
    broken.write_bytes(b"geen sleutel")
    chosen(monkeypatch, broken)
    qtbot.mouseClick(keys.own.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(keys.own.unlock.passphrase, PASSPHRASE)
    qtbot.keyClick(keys.own.unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(keys.own.told.isVisible)
    assert "stuk.p12" in keys.own.told.text()
    assert list(identities.listed()) == []


def test_somebody_is_known_when_the_figures_that_are_read_out_fit(
    qtbot: QtBot,
    keys: KeysPage,
    authority: craft.Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "autoriteit.pem"
    path.write_bytes(authority.pem)
    one = pins.candidates(path)[0]
    chosen(monkeypatch, path)
    qtbot.mouseClick(keys.people.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(keys.people.asking.isVisible)
    shown = " ".join(label.text() for label in keys.people.findChildren(QLabel))
    assert "Proefautoriteit" in shown
    assert one.groups not in shown  # it has to come from the other side
    qtbot.keyClicks(keys.people.groups, "12345 67890")
    qtbot.keyClick(keys.people.groups, Qt.Key.Key_Return)
    assert pins.pinned() == {}
    assert "12345 67890" in keys.people.told.text()
    keys.people.groups.clear()
    qtbot.keyClicks(keys.people.groups, one.groups)
    qtbot.mouseClick(keys.people.compare, Qt.MouseButton.LeftButton)
    assert list(pins.pinned()) == [one.fingerprint]
    assert not keys.people.asking.isVisible()
    qtbot.mouseClick(keys.people.removes[one.fingerprint], Qt.MouseButton.LeftButton)
    assert pins.pinned() == {}
    assert keys.people.none.isVisible()
