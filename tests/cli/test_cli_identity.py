"""The commands for identities: made, imported, shown, exported, on a card, and pinned."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from bundle import craft, tokens
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from sif_desktop.app import identities, pins, settings
from sif_desktop.bundle import cades
from sif_desktop.bundle.identity import ephemeral, fingerprint_groups
from sif_desktop.bundle.verify import verify
from sif_desktop.cli import passphrases
from sif_desktop.cli.main import main
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import FileError, IdentityError
from sif_desktop.language import words

PASSPHRASE = "een lange wachtwoordzin"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this user's own, and a passphrase in the environment."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SIF_DESKTOP_PASSPHRASE", PASSPHRASE)
    monkeypatch.delenv("SIF_DESKTOP_PIN", raising=False)
    return tmp_path / "home"


@pytest.fixture(scope="module")
def _signed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("signed") / "a.asice"
    return craft.bundle(path, ephemeral("Jan Peeters", "Zorgcirkel vzw")).read_bytes()


@pytest.fixture
def bundle(tmp_path: Path, _signed: bytes) -> Path:
    """A bundle that Jan signed."""
    path = tmp_path / "voorstel.asice"
    path.write_bytes(_signed)
    return path


@pytest.fixture
def p12(tmp_path: Path) -> Path:
    """A PKCS#12 file of an authority, with the authority above it and one that is not."""
    root = craft.new_authority("Proefautoriteit")
    middle = craft.new_authority("Tussenautoriteit", root)
    key = craft.new_key("rsa2048")
    certificate = craft.certified("An Claes", key, middle)
    others = [craft.new_authority("Vreemd").certificate, root.certificate, middle.certificate]
    how = BestAvailableEncryption(PASSPHRASE.encode())
    path = tmp_path / "an.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"an", key, certificate, others, how))
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "root.pem").write_bytes(root.pem)
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """What stands on both streams since it was last asked."""
    streams = capsys.readouterr()
    assert "Traceback" not in streams.err and PASSPHRASE not in streams.err + streams.out
    return streams.out + streams.err


def test_creating_listing_and_exporting(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["identity", "list"]) == 0
    assert "identity create" in said(capsys)
    assert main(["identity", "create", "--name", "Els Wouters", "--organisation", "Buurt"]) == 0
    groups = said(capsys).split("Vingerafdruk: ")[1][:59]
    assert main(["identity", "create", "--name", "Els Wouters"]) == 2
    said(capsys)
    assert main(["identity", "list"]) == 0
    listing = said(capsys)
    assert "Els Wouters, Buurt" in listing and groups in listing
    assert main(["identity", "export-certificate", str(tmp_path / "els.pem")]) == 0
    assert groups in said(capsys)
    pem = (tmp_path / "els.pem").read_text()
    assert pem.startswith("-----BEGIN CERTIFICATE-----") and "PRIVATE" not in pem
    assert stat.S_IMODE((home / "identity.p12").stat().st_mode) == 0o600


def test_an_imported_file_signs_with_its_chain_and_without_strangers(
    tmp_path: Path, home: Path, p12: Path, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["identity", "import", str(p12)]) == 0
    start = said(capsys).split("--identity ")[1].split(".")[0]
    (kept,) = (home / "identities").glob("*.p12")
    assert kept.read_bytes() == p12.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    p12.unlink()
    assert main(["cosign", str(bundle), "--partner", "Buurt", "--identity", start[:8]]) == 0
    said(capsys)
    assert main(["verify", str(bundle), "--json", "--trust", str(tmp_path / "trust")]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [one["identity"] for one in report["signatures"]] == ["self_issued", "trusted"]
    assert main(["identity", "list"]) == 0
    assert "An Claes" in said(capsys)


def test_importing_again_or_with_another_passphrase_changes_nothing(
    home: Path, p12: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_PASSPHRASE", "een andere zin")
    assert main(["identity", "import", str(p12)]) == 2
    assert not list(home.glob("identities/*.p12"))
    monkeypatch.setenv("SIF_DESKTOP_PASSPHRASE", PASSPHRASE)
    assert main(["identity", "import", str(p12)]) == 0
    assert main(["identity", "import", str(p12)]) == 2
    assert "An Claes" in said(capsys)
    (p12.parent / "no.p12").write_bytes(b"no identity")
    for other in (p12.parent / "no.p12", p12.parent / "weg.p12", p12.parent):
        assert main(["identity", "import", str(other)]) == 2
        assert len(said(capsys).splitlines()) == 1


def test_a_pinned_signer_is_known_in_every_verification(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fingerprint = verify(bundle).signatures[0].fingerprint
    groups = fingerprint_groups(fingerprint)
    assert main(["identity", "pin", str(bundle)]) == 1  # nobody is there to confirm
    assert groups in said(capsys) and pins.pinned() == {}
    other = groups[:-1] + ("0" if groups[-1] != "0" else "1")
    assert main(["identity", "pin", str(bundle), *other.split()]) == 2
    assert pins.pinned() == {}
    assert main(["identity", "pin", str(bundle), *groups.split()]) == 0
    said(capsys)
    assert main(["verify", str(bundle), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["signatures"][0]["identity"] == "known"
    assert main(["identity", "list"]) == 0
    assert "Jan Peeters" in said(capsys)
    assert main(["identity", "unpin", fingerprint[:8]]) == 0
    assert pins.pinned() == {}


def test_a_fingerprint_or_a_certificate_can_be_pinned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jan = ephemeral("Jan Peeters")
    (tmp_path / "jan.pem").write_bytes(craft.pem(jan))
    (tmp_path / "jan.der").write_bytes(jan.certificate)
    for file in ("jan.pem", "jan.der"):
        (found,) = pins.candidates(tmp_path / file)
        assert (found.fingerprint, found.name) == (jan.fingerprint, "Jan Peeters")
    an = ephemeral("An Claes")
    (tmp_path / "all.pem").write_bytes(craft.pem(an) + craft.pem(jan) + craft.pem(an))
    both = [one.name for one in pins.candidates(tmp_path / "all.pem")]
    assert both == ["An Claes", "Jan Peeters"]
    colons = ":".join(jan.fingerprint[at : at + 2].upper() for at in range(0, 64, 2))
    assert main(["identity", "pin", colons]) == 0
    assert list(pins.pinned()) == [jan.fingerprint]
    for bad in ("abc", colons[:-1], "12345 67890"):
        assert main(["identity", "pin", bad]) == 2
        assert len(said(capsys).splitlines()) <= 2
    assert main(["identity", "pin", str(tmp_path)]) == 2


def test_a_forged_signature_cannot_be_pinned(bundle: Path) -> None:
    data = bundle.read_bytes()
    place = craft.places(data)[-1]
    bundle.write_bytes(craft.changed(data, place.end - 1, 1, repaired=True))
    assert main(["identity", "pin", str(bundle)]) == 2
    assert pins.pinned() == {}


def test_damaged_pins_count_for_nothing_and_stay_as_they_are(home: Path, bundle: Path) -> None:
    home.mkdir()
    for bad in (b"{", b"[]", b'{"x": 1}'):
        (home / "pinned.json").write_bytes(bad)
        assert pins.pinned() == {}
        assert main(["verify", str(bundle)]) == 0
        with pytest.raises(FileError) as caught:
            pins.pin("0" * 64)
        assert caught.value.key == "pins_damaged"
        assert (home / "pinned.json").read_bytes() == bad


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tokens.Card:
    """A card laid out as the eID is, in the only reader."""
    conf = tokens.configure(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", conf)
    tokens.init(conf, "BELPIC")
    return tokens.eid()


def test_a_card_is_shown_and_signs_with_the_pin_of_a_file(
    tmp_path: Path,
    card: tokens.Card,
    bundle: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["identity", "card", str(tokens.module())]) == 0
    assert "Els Wouters (Signature)" in said(capsys)
    assert main(["identity", "list"]) == 0
    assert "Els Wouters (Signature)" in said(capsys)
    assert main(["identity", "export-certificate", str(tmp_path / "c"), "--identity", "card"]) == 0
    sign = ["cosign", str(bundle), "--partner", "Buurt", "--identity", "card"]
    before = bundle.read_bytes()
    said(capsys)
    assert main(sign) == 2  # nobody is there to type the PIN
    assert "SIF_DESKTOP_PIN" in said(capsys)
    (tmp_path / "pin").write_text("9999\n")
    assert main([*sign, "--passphrase-file", str(tmp_path / "pin")]) == 2
    shown = said(capsys)
    assert "pincode is niet juist" in shown and "9999" not in shown
    assert bundle.read_bytes() == before
    monkeypatch.setenv("SIF_DESKTOP_PIN", tokens.PIN)
    assert main(sign) == 0
    assert [one.name for one in verify(bundle).signatures][1] == "Els Wouters (Signature)"


def test_a_module_that_is_not_there_is_not_kept(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (tmp_path / "weg.so", "~niemand/weg.so"):
        assert main(["identity", "card", str(file)]) == 2
        assert "weg.so" in said(capsys)
    assert not (home / "settings.json").exists()
    settings.save(card_module="~niemand/weg.so")
    assert main(["identity", "list"]) == 0
    assert "weg.so" in said(capsys)


def test_the_last_try_is_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIF_DESKTOP_PIN", "1234")
    ask = passphrases.asking(Screen(words("nl")), None)
    assert ask("pin", "Els") == ask("pin_low", "Els") == "1234"
    with pytest.raises(IdentityError) as caught:
        ask("pin_final", "Els")
    assert caught.value.key == "pin_last_by_hand"


def test_two_imported_identities_that_start_alike_are_not_guessed(home: Path) -> None:
    (home / "identities").mkdir(parents=True)
    for end in ("0", "1"):
        (home / "identities" / f"abcdef{end}.p12").write_bytes(b"0")
    with pytest.raises(IdentityError) as caught:
        identities.open_identity("abcdef", lambda *_: "")
    assert caught.value.key == "identity_several"


def test_three_kinds_of_identity_sign_one_bundle(
    tmp_path: Path,
    card: tokens.Card,
    p12: Path,
    bundle: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_PIN", tokens.PIN)
    assert main(["identity", "card", str(tokens.module())]) == 0
    assert main(["identity", "create", "--name", "Bo Dupont"]) == 0
    copies = []
    for kind in ("default", "card", str(p12)):
        copies.append(str(tmp_path / f"copy{len(copies)}.asice"))
        words_ = ["cosign", str(bundle), copies[-1], "--partner", "Buurt", "--identity", kind]
        assert main(words_) == 0
    assert main(["unite", *copies, "--out", str(tmp_path / "all.asice")]) == 0
    verdict = verify(tmp_path / "all.asice")
    assert verdict.intact
    names = {one.name for one in verdict.signatures}
    assert names == {"Jan Peeters", "Bo Dupont", "An Claes", "Els Wouters (Signature)"}


def test_a_simple_container_is_verified_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signature = cades.sign(b"a letter", ephemeral("Jan Peeters"), role="coordinator")
    parts = {"mimetype": b"application/vnd.etsi.asic-s+zip", "brief.txt": b"a letter"}
    path = tmp_path / "brief.asics"
    path.write_bytes(craft.zipped(craft.pieces({**parts, "META-INF/signature.p7s": signature})))
    assert main(["verify", str(path), "--sheet", str(tmp_path / "sheet.pdf")]) == 0
    assert "Jan Peeters" in said(capsys)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    other = {**parts, "META-INF/signatures.xml": b"<XAdESSignatures/>"}
    path.write_bytes(craft.zipped(craft.pieces(other)))
    assert main(["verify", str(path)]) == 1
    assert "XAdES" in said(capsys)
