"""Bundles and PDFs that were handed over: looked at, signed along, united, taken over."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from bundle import (
    craft,
    crafted_attributes,
    crafted_manifest,
    crafted_signature,
    crafted_zip,
)
from bundle.crafted import CASES
from cut import cut_off
from dossiers import example_proposal
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from windows import jumps, unnamed

from sif_desktop.app import cosigning, demo, looking, pins, settings
from sif_desktop.app.looking import look
from sif_desktop.app.uniting import copies
from sif_desktop.app.verification import examine
from sif_desktop.bundle import identity
from sif_desktop.bundle.identity import Identity, ephemeral, fingerprint_groups
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.ui.bundles.page import BundlePage
from sif_desktop.ui.bundles.signing import SigningAlong
from sif_desktop.ui.main_window import MainWindow

_ = (crafted_attributes, crafted_manifest, crafted_signature, crafted_zip)

PASSPHRASE = "paard lamp regen sok trompet"
NAMES = [one.name for one in example_proposal().partners]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundle of the example, two copies signed along, and what goes wrong."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as home:
        home.setenv("SIF_DESKTOP_HOME", str(folder / "home"))
        demo.run(folder / "demo", "nl")
        good = folder / "voorstel.asice"
        shutil.copy(next((folder / "demo").glob("*.asice")), good)
        shutil.copy(next((folder / "demo").glob("*.pdf")), folder / "dossier.pdf")
        partners = cosigning.partners_in(good)
        for place, name in ((1, "An Claes"), (2, "Bo Daems")):
            signer = ephemeral(name, partners[place].name)
            cosigning.cosign(good, folder / f"kopie-{place}.asice", signer, partners[place])
        data = good.read_bytes()
        place = next(one for one in craft.places(data) if one.name == "call.json")
        changed = craft.changed(data, place.start + 9, 1, repaired=True)
        (folder / "gewijzigd.asice").write_bytes(changed)
        craft.bundle(folder / "ander.asice", ephemeral("Iemand Anders", "Elders vzw"))
    return folder


@pytest.fixture
def files(made: Path, tmp_path: Path) -> Path:
    """The same files in a folder of the test's own."""
    folder = tmp_path / "ontvangen"
    folder.mkdir()
    for one in made.iterdir():
        if one.is_file():
            shutil.copy(one, folder)
    return folder


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase takes a moment by intent; not here."""
    monkeypatch.setattr(identity, "_KDF_ROUNDS", 1000)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> BundlePage:
    """The page, as somebody opens it from the start page."""
    qtbot.waitUntil(window.isActiveWindow)
    window.start.apart["bundle"].click()
    found = window.apart["bundle"]
    assert isinstance(found, BundlePage)
    assert found.zone.choose.hasFocus()
    return found


def drop(qtbot: QtBot, page: BundlePage, *paths: Path) -> None:
    """Drops files on the page, and waits until they were looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where = QPointF(page.rect().center())
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where.toPoint(), actions, data, buttons, keys)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    assert page.zone.property("role") == "drop-over"
    QApplication.sendEvent(page, QDropEvent(where, actions, data, buttons, keys))
    assert page.zone.property("role") == "drop"
    idle(qtbot, page)


def idle(qtbot: QtBot, page: BundlePage) -> None:
    """Waits for the work beside the window."""
    qtbot.waitUntil(lambda: not page.busy, timeout=30_000)
    QApplication.processEvents()


def said(widget: QWidget) -> str:
    """All that can be read in a widget."""
    labels = widget.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(widget))


def press(qtbot: QtBot, page: BundlePage, act: str) -> None:
    """Presses one of the buttons beneath the verdict."""
    qtbot.mouseClick(page.result.acts[act], Qt.MouseButton.LeftButton)


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> list[str]:
    """Answers the next dialogs that ask where to write; gives the places they suggested."""
    asked: list[str] = []

    def answer(_parent: object, _title: str, at: str, _kind: str) -> tuple[str, str]:
        asked.append(at)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return asked


# -- looking at a file -------------------------------------------------------------------------


def test_a_good_bundle_gets_its_three_answers(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = lambda *_: ([str(files / "kopie-1.asice")], "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)
    qtbot.keyClick(page.zone.choose, Qt.Key.Key_Space)
    idle(qtbot, page)
    text = said(page.result)
    assert page.result.head.text() == "Ongeschonden, met 2 handtekeningen die kloppen"
    signers = examine(files / "kopie-1.asice").verdict.signatures
    for part in (
        "Is de bundel ongeschonden?",
        "Wie ondertekende?",
        "An Claes",
        f"partner {NAMES[1]}",
        "coördinator",
        "Zelf gemaakt",
        *(fingerprint_groups(one.fingerprint) for one in signers),
        "niets blokkeert",
        "KBO-nummer(s)",
        "ingetrokken",
        str(files / "kopie-1.asice"),
        example_proposal().project.title,
    ):
        assert part in text, part
    model = page.result.answers.table.members
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows = [[model.index(row, at).data() for at in range(5)] for row in range(model.rowCount())]
    assert [row[1] for row in rows][:3] == ["proposal.json", "proposal.pdf", "call.json"]
    assert rows[3][0].startswith("Bijlage: Intentieverklaring")
    assert {(row[3], row[4]) for row in rows} == {("alle handtekeningen", "in orde")}
    assert page.result.acts["sign"].hasFocus()
    del tester


def test_a_changed_bundle_is_never_called_intact(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    drop(qtbot, page, files / "gewijzigd.asice")
    assert page.result.head.text() == "Niet in orde"
    text = said(page.result)
    assert "call.json is gewijzigd" in text
    assert words("nl").say("verify.intact") not in text
    model = page.result.answers.table.members
    states = {model.index(row, 1).data(): model.index(row, 4).data() for row in range(6)}
    assert states.pop("call.json") == "gewijzigd"
    assert set(states.values()) == {"in orde"}
    assert page.result.acts["sign"].isHidden()
    assert page.result.acts["unite"].isHidden()
    assert "kan gewijzigd zijn" in page.result.careful.text()


NO_BUNDLES = {
    "brief.txt": (b"Geachte, hierbij ons voorstel.", "is geen ondertekende bundel"),
    "leeg.asice": (b"", "leeg"),
    "blad.pdf": (b"%PDF-1.7\n%%EOF\n", "pdf"),
}


@pytest.mark.parametrize("name", NO_BUNDLES)
def test_what_is_no_bundle_gets_a_sentence(
    qtbot: QtBot, page: BundlePage, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(NO_BUNDLES[name][0])
    drop(qtbot, page, path)
    assert page.result.isHidden()
    assert page.notice.isVisible()
    assert NO_BUNDLES[name][1] in page.notice.text.text()
    assert name in page.notice.text.text()
    assert page.zone.choose.hasFocus()


def test_a_folder_a_draft_and_a_file_that_is_gone_get_a_sentence(
    qtbot: QtBot, page: BundlePage, tmp_path: Path
) -> None:
    demo.example_draft(tmp_path / "eigen.sif")
    for path, told in (
        (tmp_path, "map"),
        (tmp_path / "eigen.sif", "is een concept"),
        (tmp_path / "weg.asice", "weg.asice"),
    ):
        drop(qtbot, page, path)
        assert told in page.notice.text.text()
        assert page.result.isHidden()


def test_a_stranger_writes_no_mark_up_on_the_page(
    qtbot: QtBot, page: BundlePage, tmp_path: Path
) -> None:
    name = "<img src='file:///etc/hostname'><b>Jan</b>"
    drop(qtbot, page, craft.bundle(tmp_path / "a.asice", ephemeral(name, "<h1>Groot</h1>")))
    shown = [one for one in page.result.findChildren(QLabel) if "<" in one.text()]
    assert shown
    assert {one.textFormat() for one in shown} == {Qt.TextFormat.PlainText}


def test_the_authorities_are_kept_and_everything_is_asked_anew(
    qtbot: QtBot, page: BundlePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = craft.new_authority("Proefautoriteit")
    folder = tmp_path / "autoriteiten"
    folder.mkdir()
    (folder / "proef.pem").write_bytes(authority.pem)
    signer = craft.issued_by(authority, "An Claes", usage=("content_commitment",))
    drop(qtbot, page, craft.bundle(tmp_path / "a.asice", signer))
    assert "Niet vertrouwd" in said(page.result)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    qtbot.mouseClick(page.authorities.choose, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert "Vertrouwd: Proefautoriteit" in said(page.result)
    assert settings.load().authorities == str(folder)
    shutil.rmtree(folder)
    drop(qtbot, page, tmp_path / "a.asice")
    assert str(folder) in page.notice.text.text()
    qtbot.mouseClick(page.authorities.forget, Qt.MouseButton.LeftButton)
    assert settings.load().authorities == ""
    assert page.authorities.forget.isHidden()


def test_a_fingerprint_that_was_compared_is_known(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    pins.pin(examine(files / "voorstel.asice").verdict.signatures[0].fingerprint)
    drop(qtbot, page, files / "voorstel.asice")
    assert "Bekend:" in said(page.result)


def test_the_sheet_is_saved_as_pdf(
    qtbot: QtBot,
    page: BundlePage,
    files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "blad.pdf"
    drop(qtbot, page, files / "kopie-1.asice")
    asked = save_as(monkeypatch, out)
    press(qtbot, page, "sheet")
    idle(qtbot, page)
    assert asked == [str(files / "kopie-1-verificatie.pdf")]
    assert str(out) in page.notice.text.text()
    done = subprocess.run(["pdftotext", out, "-"], check=True, capture_output=True, text=True)
    text = " ".join(done.stdout.split())
    assert "Verificatieblad" in text and "An Claes" in text and "kopie-1.asice" in text


def test_a_sheet_that_cannot_be_written_is_told(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(qtbot, page, files / "voorstel.asice")
    save_as(monkeypatch, files / "weg" / "blad.pdf")
    press(qtbot, page, "sheet")
    idle(qtbot, page)
    assert "blad.pdf" in page.notice.text.text()
    assert page.result.isVisible()


def test_work_can_be_stopped(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = looking.examine

    def slow(path: Path, **how: object) -> object:
        work = how["work"]
        for turn in itertools.count():
            work.at("verifying", turn % 100, 100)  # ends once it is not wanted
            threading.Event().wait(0.01)
        return going(path)

    monkeypatch.setattr(looking, "examine", slow)
    page.take([files / "voorstel.asice"])
    qtbot.waitUntil(lambda: page.working.isVisible() and page.working.bar.maximum() > 0)
    assert page.working.stop.hasFocus()
    assert not page.zone.choose.isEnabled()
    qtbot.keyClick(page.working.stop, Qt.Key.Key_Space)
    idle(qtbot, page)
    assert page.working.isHidden()
    assert page.result.isHidden()
    assert page.zone.choose.hasFocus()


def test_nothing_is_opened_by_itself(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    drop(qtbot, page, files / "voorstel.asice")
    drop(qtbot, page, files / "dossier.pdf")
    assert opened == []
    press(qtbot, page, "folder")
    assert [Path(one.toLocalFile()) for one in opened] == [files]


# -- taking over -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["voorstel.asice", "dossier.pdf"])
def test_a_proposal_is_taken_over_into_a_draft_and_opened(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    out = files.parent / "nieuw.sif"
    drop(qtbot, page, files / name)
    asked = save_as(monkeypatch, out)
    press(qtbot, page, "draft")
    idle(qtbot, page)
    assert asked == [str(files / "DAKDELERS.sif")]
    assert window.workspace is not None and window.workspace.isVisible()
    assert window.path == out
    assert window.desk.proposal == example_proposal()
    here = set(window.desk.session.draft.attachment_digests())
    wanted = {one.sha256 for one in example_proposal().attachments}
    assert here == (wanted if name.endswith("asice") else set())


def test_a_draft_that_is_there_is_not_written_over(
    qtbot: QtBot, page: BundlePage, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = files.parent / "ander.sif"
    demo.example_draft(out)
    before = out.read_bytes()
    drop(qtbot, page, files / "voorstel.asice")
    save_as(monkeypatch, out)
    press(qtbot, page, "draft")
    idle(qtbot, page)
    assert "ander.sif" in page.notice.text.text()
    assert out.read_bytes() == before
    assert page.isVisible()


# -- signing along -------------------------------------------------------------------------------


def open_signing(qtbot: QtBot, page: BundlePage) -> SigningAlong:
    press(qtbot, page, "sign")
    assert page.signing is not None
    assert page.signing.isVisible()
    return page.signing


def choose_partner(qtbot: QtBot, card: SigningAlong, row: int) -> None:
    """Chooses a partner by the keys of the list."""
    card.partner.setFocus()
    qtbot.keyClick(card.partner, Qt.Key.Key_Home)
    for _turn in range(row):
        qtbot.keyClick(card.partner, Qt.Key.Key_Down)


def make_key(qtbot: QtBot, card: SigningAlong) -> None:
    """Makes the first key of this machine, by the keyboard alone."""
    form = card.chooser.panels[0].new
    for line in (form.passphrase, form.again):
        line.setFocus()
        qtbot.keyClicks(line, PASSPHRASE)
    qtbot.keyClick(form.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.chooser.identity is not None, timeout=30_000)


def test_a_partner_signs_along_with_the_key_of_this_machine(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    before = (files / "voorstel.asice").read_bytes()
    drop(qtbot, page, files / "voorstel.asice")
    card = open_signing(qtbot, page)
    assert card.partner.hasFocus()
    assert not card.sign.isEnabled()
    assert "voor welke partner" in card.why.text()
    assert example_proposal().project.title in card.covers.text()
    assert "alle 6 onderdelen" in card.covers.text()
    digest = canonical.digest(canonical.to_json(example_proposal()))
    assert card.digest.text().replace(" ", "") == digest
    assert card.partner.itemText(0) == f"{NAMES[0]} (er is al een handtekening)"
    choose_partner(qtbot, card, 1)
    assert "waarmee u ondertekent" in card.why.text()
    partner = example_proposal().partners[1]
    form = card.chooser.panels[0].new
    assert (form.name.text(), form.organisation.text()) == (partner.signatory_name, partner.name)
    make_key(qtbot, card)
    assert card.sign.isEnabled()
    out = files / "voorstel-Demerzicht.asice"
    assert card.place.line.text() == str(out)
    qtbot.mouseClick(card.sign, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert card.isHidden()
    assert card.chooser.identity is None
    assert page.result.head.text() == "Ongeschonden, met 2 handtekeningen die kloppen"
    assert f"{partner.signatory_name} ondertekende mee" in page.notice.text.text()
    assert page.result.acts["folder"].hasFocus()
    found = examine(out).verdict.signatures
    assert found[1].role == f"partner: {partner.name}"
    assert (files / "voorstel.asice").read_bytes() == before


def test_signing_twice_is_told_and_nothing_is_written(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    drop(qtbot, page, files / "voorstel.asice")
    card = open_signing(qtbot, page)
    choose_partner(qtbot, card, 2)
    make_key(qtbot, card)
    qtbot.mouseClick(card.sign, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    signed = page.result.seen.path
    listed = set(files.iterdir())
    press(qtbot, page, "sign")
    choose_partner(qtbot, card, 2)
    unlock = card.chooser.panels[0].unlock
    unlock.passphrase.setFocus()
    qtbot.keyClicks(unlock.passphrase, PASSPHRASE)
    qtbot.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.chooser.identity is not None, timeout=30_000)
    qtbot.mouseClick(card.sign, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert f"heeft {signed} al ondertekend" in card.trouble.text()
    assert "niets half weggeschreven" in card.trouble.text()
    assert card.sign.hasFocus()
    assert set(files.iterdir()) == listed


def test_leaving_the_page_locks_the_key(qtbot: QtBot, page: BundlePage, files: Path) -> None:
    drop(qtbot, page, files / "voorstel.asice")
    card = open_signing(qtbot, page)
    card.chooser.panels[0].new.name.setText("An Claes")
    make_key(qtbot, card)
    qtbot.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert card.chooser.identity is None
    assert not card.sign.isEnabled()


def test_the_pdf_that_is_given_out_is_signed_too(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    drop(qtbot, page, files / "dossier.pdf")
    assert page.result.head.text() == "PDF zonder handtekening"
    assert "ongeschonden" not in said(page.result).replace("Is de PDF ongeschonden?", "")
    assert page.result.acts["sheet"].isHidden()
    card = open_signing(qtbot, page)
    assert "zichtbaar op de bladzijde met de ondertekenaars" in card.covers.text()
    choose_partner(qtbot, card, 1)
    make_key(qtbot, card)
    qtbot.mouseClick(card.sign, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert page.result.head.text() == "PDF met één handtekening die klopt"
    out = files / "dossier-Demerzicht.pdf"
    assert str(out) in page.notice.text.text()
    told = subprocess.run(["pdfsig", "-nocert", out], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in told.stdout
    press(qtbot, page, "sign")
    names = [card.partner.itemText(at) for at in range(card.partner.count())]
    assert NAMES[1] not in names and NAMES[0] in names


# -- copies ------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_two_copies_are_united_in_either_order(
    qtbot: QtBot, page: BundlePage, files: Path, order: tuple[int, int]
) -> None:
    drop(qtbot, page, *(files / f"kopie-{place}.asice" for place in order))
    assert [page.copies.model.index(row, 2).data() for row in (0, 1)] == ["kan verenigd worden"] * 2
    assert "An Claes" in page.copies.model.index(order.index(1), 1).data()
    out = files / f"kopie-{order[0]}-samen.asice"
    assert page.copies.place.line.text() == str(out)
    qtbot.mouseClick(page.copies.unite, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert page.copies.isHidden()
    assert page.result.head.text() == "Ongeschonden, met 3 handtekeningen die kloppen"
    assert "3 handtekeningen" in page.notice.text.text()
    found = examine(out)
    assert found.good
    assert {one.name for one in found.verdict.signatures} >= {"An Claes", "Bo Daems"}


def test_either_order_gives_the_same_bytes(qtbot: QtBot, page: BundlePage, files: Path) -> None:
    for order in ((1, 2), (2, 1)):
        drop(qtbot, page, *(files / f"kopie-{place}.asice" for place in order))
        qtbot.mouseClick(page.copies.unite, Qt.MouseButton.LeftButton)
        idle(qtbot, page)
    one, other = (files / f"kopie-{place}-samen.asice" for place in (1, 2))
    assert one.read_bytes() == other.read_bytes()


def test_copies_with_another_content_are_refused_with_what_differs(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    drop(qtbot, page, files / "kopie-1.asice", files / "gewijzigd.asice")
    assert page.copies.model.index(1, 2).data() == "andere inhoud"
    assert "gewijzigd.asice" in page.copies.why.text()
    assert "Verschillend: call.json" in page.copies.why.text()
    assert not page.copies.unite.isEnabled()
    assert page.copies.unite.accessibleDescription() == page.copies.why.text()
    page.copies.table.selectRow(1)
    qtbot.keyClick(page.copies.table, Qt.Key.Key_Delete)
    idle(qtbot, page)
    assert page.copies.paths == [files / "kopie-1.asice"]
    assert "nog een kopie" in page.copies.why.text()
    drop(qtbot, page, files / "kopie-2.asice")  # beside a list, it is one more
    assert page.copies.unite.isEnabled()


def test_every_reason_to_refuse_a_copy_is_told(
    qtbot: QtBot, page: BundlePage, files: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "kapot.asice"
    parts = craft.contents(files / "voorstel.asice")
    parts["META-INF/signature001.p7s"] = craft.flipped(parts["META-INF/signature001.p7s"], -1, 1)
    broken.write_bytes(craft.zipped(craft.pieces(parts)))
    good = files / "kopie-1.asice"
    drop(qtbot, page, good, good, broken, files / "dossier.pdf", files / "weg.asice")
    model = page.copies.model
    assert [model.index(row, 2).data() for row in range(5)] == [
        "kan verenigd worden",
        "staat er al",
        "niet in orde",
        "geen bundel",
        "geen bundel",
    ]
    for part in ("twee keer", "kapot.asice is niet in orde", "dossier.pdf is een PDF", "weg.asice"):
        assert part in page.copies.why.text()


def test_what_the_uniting_itself_refuses_is_told_and_nothing_is_written(
    qtbot: QtBot, page: BundlePage, files: Path
) -> None:
    partners = cosigning.partners_in(files / "voorstel.asice")
    signer = ephemeral("Ze Twee", partners[3].name)
    for name, partner in (("een.asice", partners[2]), ("twee.asice", partners[3])):
        cosigning.cosign(files / "voorstel.asice", files / name, signer, partner)
    drop(qtbot, page, files / "een.asice", files / "twee.asice")
    assert page.copies.unite.isEnabled()
    qtbot.mouseClick(page.copies.unite, Qt.MouseButton.LeftButton)
    idle(qtbot, page)
    assert "Ze Twee heeft twee keer ondertekend" in page.copies.trouble.text()
    assert "niets half weggeschreven" in page.copies.trouble.text()
    assert page.copies.table.hasFocus()
    assert not (files / "een-samen.asice").exists()


# -- hostile files -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def jan() -> Identity:
    """Whoever signed the container that the crafted ones are made of."""
    return ephemeral("Jan Peeters", "Zorgcirkel vzw")


def test_no_crafted_container_is_called_intact(tmp_path: Path, jan: Identity) -> None:
    """Every third one, by the part of the page that needs no window."""
    good = craft.contents(craft.bundle(tmp_path / "goed.asice", jan))
    path = tmp_path / "a.asice"
    for name in list(CASES)[::3]:
        build, _code = CASES[name]
        path.write_bytes(build(good, jan))
        try:
            seen = look(path)
        except SifError as error:
            assert words("nl").find(f"errors.{error.key}"), name
            continue
        assert seen.standing != "good", name
        assert not seen.may_cosign(), name
        for answer in looking.three_answers(seen, words("nl")):
            assert answer.parts, name
        (copy,) = copies([path])
        assert copy.state in ("broken", "unreadable", "differs"), name


def test_crafted_containers_on_the_page(
    qtbot: QtBot, page: BundlePage, tmp_path: Path, jan: Identity
) -> None:
    good = craft.contents(craft.bundle(tmp_path / "goed.asice", jan))
    for place, name in enumerate(list(CASES)[::9]):
        path = tmp_path / f"{place}.asice"
        path.write_bytes(CASES[name][0](good, jan))
        drop(qtbot, page, path)
        if page.result.isHidden():
            assert page.notice.text.text(), name
        else:
            assert page.result.head.text() in ("Niet in orde", "Niet ondertekend"), name
            assert words("nl").say("verify.intact") not in said(page.result), name


# -- the keyboard, and three languages -----------------------------------------------------------


def tab_to(qtbot: QtBot, window: MainWindow, wanted: QWidget) -> None:
    """Presses Tab until a widget has the focus."""
    for _turn in range(40):
        if wanted.hasFocus():
            return
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never reaches {wanted}")


def test_by_keyboard_alone(
    qtbot: QtBot,
    window: MainWindow,
    files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen: list[str] = [str(files / "kopie-1.asice")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    tab_to(qtbot, window, window.start.apart["bundle"])
    qtbot.keyClick(window.start.apart["bundle"], Qt.Key.Key_Space)
    page = window.apart["bundle"]
    assert isinstance(page, BundlePage)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    idle(qtbot, page)
    tab_to(qtbot, window, page.result.answers.table)
    tab_to(qtbot, window, page.result.acts["unite"])
    qtbot.keyClick(page.result.acts["unite"], Qt.Key.Key_Space)
    idle(qtbot, page)
    assert page.copies.table.hasFocus()
    chosen[:] = [str(files / "kopie-2.asice")]
    tab_to(qtbot, window, page.copies.add)
    qtbot.keyClick(page.copies.add, Qt.Key.Key_Space)
    idle(qtbot, page)
    tab_to(qtbot, window, page.copies.unite)
    qtbot.keyClick(page.copies.unite, Qt.Key.Key_Space)
    idle(qtbot, page)
    assert page.result.head.text().startswith("Ongeschonden, met 3")
    tab_to(qtbot, window, page.result.acts["sign"])
    qtbot.keyClick(page.result.acts["sign"], Qt.Key.Key_Space)
    card = page.signing
    assert card is not None and card.partner.hasFocus()
    for _turn in range(4):
        qtbot.keyClick(card.partner, Qt.Key.Key_Down)
    tab_to(qtbot, window, card.chooser.panels[0].new.passphrase)
    make_key(qtbot, card)
    tab_to(qtbot, window, card.sign)
    qtbot.keyClick(card.sign, Qt.Key.Key_Space)
    idle(qtbot, page)
    assert page.result.head.text().startswith("Ongeschonden, met 4")
    assert page.result.acts["folder"].hasFocus()
    out = tmp_path / "nieuw.sif"
    save_as(monkeypatch, out)
    tab_to(qtbot, window, page.result.acts["draft"])
    qtbot.keyClick(page.result.acts["draft"], Qt.Key.Key_Space)
    idle(qtbot, page)
    assert window.path == out


STATES: dict[str, tuple[str, ...]] = {
    "good": ("kopie-1.asice",),
    "changed": ("gewijzigd.asice",),
    "pdf": ("dossier.pdf",),
    "signing": ("kopie-2.asice",),
    "copies": ("kopie-1.asice", "kopie-2.asice"),
    "refused": ("kopie-1.asice", "ander.asice", "dossier.pdf"),
}


@pytest.mark.parametrize("state", STATES)
def test_what_is_shown_is_said_in_each_language_and_nothing_is_cut(
    qtbot: QtBot, window: MainWindow, page: BundlePage, files: Path, state: str
) -> None:
    drop(qtbot, page, *(files / name for name in STATES[state]))
    if state == "signing":
        open_signing(qtbot, page)
    for language in LANGUAGES:
        window.speech.use_language(language)
        for _turn in range(6):
            QApplication.processEvents()
        assert cut_off(window) == []
        assert not [one for one in page.findChildren(QLabel) if "{" in one.text()]
        assert not unnamed(page)
        assert ("andtekening" in said(page)) == (language == "nl")
    assert not jumps(page)
