"""Identities: the file that nobody else can read or use, and what is told when it does not open."""

from __future__ import annotations

import errno
import os
import random
import stat
import subprocess
import traceback
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bundle import craft
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from sif_desktop.bundle import identity
from sif_desktop.bundle.identity import (
    Identity,
    create_default,
    default_identity,
    default_path,
    ephemeral,
    fingerprint_groups,
)
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import IdentityError
from sif_desktop.language import LANGUAGES, placeholders, words

PASSPHRASE = "correcte paard-batterij é"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default identity of An."""
    folder = tmp_path_factory.mktemp("home") / "sif-desktop"
    create_default(folder, name="An  Claes ", organisation="Buurtwerk vzw", passphrase=PASSPHRASE)
    return folder


def copied(home: Path, folder: Path) -> Path:
    """The identity's file in a folder of its own, to be harmed."""
    path = default_path(folder)
    path.write_bytes(default_path(home).read_bytes())
    return path


def test_the_file_is_its_owners_alone_and_tells_nothing(home: Path) -> None:
    path = default_path(home)
    assert [file.name for file in home.iterdir()] == ["identity.p12"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    data = path.read_bytes()
    for told in (b"Claes", "Claes".encode("utf-16-be"), PASSPHRASE.encode(), b"Buurtwerk"):
        assert told not in data


def test_the_file_is_never_open_to_others_not_even_for_an_instant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    create_default(tmp_path, name="Jan", organisation="", passphrase=PASSPHRASE)
    assert seen[0] == 0o600


def test_it_opens_again_as_the_same_identity(home: Path, tmp_path: Path) -> None:
    an = default_identity(home, PASSPHRASE)
    assert (an.name, an.organisation, an.kind) == ("An Claes", "Buurtwerk vzw", "embedded")
    assert an == default_identity(home, PASSPHRASE)
    certificate = x509.load_der_x509_certificate(an.certificate)
    assert certificate.not_valid_after_utc.year - datetime.now(UTC).year in (9, 10, 11)
    path = craft.bundle(tmp_path / "a.asice", an)
    (one,) = verify(path, pinned=[an.fingerprint]).signatures
    assert (one.name, one.identity, one.problems) == ("An Claes", "known", ())
    assert craft.others_accept(tmp_path / "apart", path, craft.pem(an))


def test_other_programs_open_it_with_the_passphrase_alone(home: Path) -> None:
    plain = "correcte paard-batterij"
    folder = home.parent / "plain"
    create_default(folder, name="An", organisation="", passphrase=plain)
    command = ["openssl", "pkcs12", "-in", str(default_path(folder)), "-noout", "-passin"]
    assert subprocess.run([*command, f"pass:{plain}"], check=False).returncode == 0
    wrong = subprocess.run([*command, "pass:anders"], capture_output=True, check=False)
    assert wrong.returncode != 0


def test_a_passphrase_is_the_same_on_every_keyboard(home: Path) -> None:
    decomposed = PASSPHRASE.replace("é", "e\u0301")
    assert decomposed != PASSPHRASE
    assert default_identity(home, decomposed).name == "An Claes"


def test_a_wrong_passphrase_is_told_in_words_and_nowhere_else(
    home: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    for wrong in ("", "geheim van An", PASSPHRASE.upper(), PASSPHRASE + " "):
        with pytest.raises(IdentityError) as caught:
            default_identity(home, wrong)
        error = caught.value
        assert error.key == "identity_wrong_passphrase"
        assert error.__cause__ is None and error.__suppress_context__
        shown = "".join(traceback.format_exception(error)) + repr(error) + repr(error.figures)
        assert not wrong or wrong not in shown
    assert caplog.records == [] and capfd.readouterr() == ("", "")


def test_no_key_and_no_passphrase_can_be_seen_in_an_identity(home: Path) -> None:
    an = default_identity(home, PASSPHRASE)
    assert "PRIVATE" not in repr(an) and PASSPHRASE not in repr(an)
    assert repr(an).count("=") == 4


def test_a_file_that_is_missing_or_damaged_is_told(home: Path, tmp_path: Path) -> None:
    with pytest.raises(IdentityError) as caught:
        default_identity(tmp_path, PASSPHRASE)
    assert caught.value.key == "identity_missing"
    assert caught.value.figures["file"] == str(default_path(tmp_path))
    path = copied(home, tmp_path)
    data = path.read_bytes()
    for harmed in (b"", b"hello", data[:-1], data[: len(data) // 2], data + b"\0", bytes(4000)):
        path.write_bytes(harmed)
        with pytest.raises(IdentityError, match="identity_damaged"):
            default_identity(tmp_path, PASSPHRASE)
    path.unlink()
    path.mkdir()
    with pytest.raises(IdentityError, match="identity_unreadable"):
        default_identity(tmp_path, PASSPHRASE)


def test_a_changed_byte_never_opens_as_somebody_else(
    home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = copied(home, tmp_path)
    data = path.read_bytes()
    an = default_identity(home, PASSPHRASE)
    chance = random.Random(12)
    for at in chance.sample(range(len(data)), 12):
        harmed = bytearray(data)
        harmed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(harmed)
        try:
            assert default_identity(tmp_path, PASSPHRASE) == an
        except IdentityError as error:
            assert error.key in ("identity_damaged", "identity_wrong_passphrase")
    assert caplog.records == []


def test_an_identity_is_never_written_over(home: Path) -> None:
    before = default_path(home).read_bytes()
    with pytest.raises(IdentityError, match="identity_exists"):
        create_default(home, name="Jan", organisation="", passphrase="een andere zin")
    assert default_path(home).read_bytes() == before


def test_of_two_that_are_made_at_once_the_first_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window makes its identity while this one is making a key."""
    make = identity._new_key

    def slow(*args: object) -> object:
        default_path(tmp_path).write_bytes(b"of the other window")
        return make(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(identity, "_new_key", slow)
    with pytest.raises(IdentityError, match="identity_exists"):
        create_default(tmp_path, name="Jan", organisation="", passphrase=PASSPHRASE)
    assert default_path(tmp_path).read_bytes() == b"of the other window"
    assert [file.name for file in tmp_path.iterdir()] == ["identity.p12"]


def test_a_disk_without_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: object, **rest: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    jan = create_default(tmp_path, name="Jan", organisation="", passphrase=PASSPHRASE)
    assert jan.name == "Jan"
    assert stat.S_IMODE(default_path(tmp_path).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["identity.p12"]


def test_a_full_disk_leaves_no_half_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(IdentityError, match="identity_not_written"):
        create_default(tmp_path, name="Jan", organisation="", passphrase=PASSPHRASE)
    assert not list(tmp_path.iterdir())


def test_rights_that_a_copy_gave_to_others_are_taken_back(home: Path, tmp_path: Path) -> None:
    path = copied(home, tmp_path)
    path.chmod(0o644)
    default_identity(tmp_path, PASSPHRASE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "organisation", "passphrase", "key"),
    [
        ("Jan", "", "kort", "identity_passphrase_short"),
        ("", "", PASSPHRASE, "identity_name"),
        ("   ", "", PASSPHRASE, "identity_name"),
        ("J" * 65, "", PASSPHRASE, "identity_name"),
        ("Jan", "O" * 65, PASSPHRASE, "identity_name"),
        ("Jan\u202ereteeP", "", PASSPHRASE, "identity_name"),
    ],
)
def test_what_does_not_do_for_an_identity(
    tmp_path: Path, name: str, organisation: str, passphrase: str, key: str
) -> None:
    with pytest.raises(IdentityError, match=key):
        create_default(tmp_path, name=name, organisation=organisation, passphrase=passphrase)
    assert not list(tmp_path.iterdir())


def test_a_file_without_a_key_of_its_certificate_is_damaged(tmp_path: Path, jan: Identity) -> None:
    other = x509.load_der_x509_certificate(jan.certificate)
    how = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    data = serialization.pkcs12.serialize_key_and_certificates(None, None, None, [other], how)
    default_path(tmp_path).write_bytes(data)
    with pytest.raises(IdentityError, match="identity_damaged"):
        default_identity(tmp_path, PASSPHRASE)


def test_an_ephemeral_identity_is_valid_then_and_now(tmp_path: Path) -> None:
    then = datetime(2013, 3, 31, 12, tzinfo=UTC)
    demo = ephemeral("Voorbeeld", at=then)
    (one,) = verify(craft.bundle(tmp_path / "a.asice", demo, at=then)).signatures
    assert (one.problems, one.claimed_time, demo.kind) == ((), then, "ephemeral")


def test_a_fingerprint_can_be_told_by_telephone(jan: Identity) -> None:
    groups = fingerprint_groups(jan.fingerprint).split()
    assert len(groups) == 10 and all(len(group) == 5 and group.isdigit() for group in groups)
    back = "".join(f"{int(group):04x}" for group in groups)
    assert jan.fingerprint.startswith(back)
    assert fingerprint_groups("00" * 30 + "ffff") == " ".join(["00000"] * 10)
    for wrong in ("", "00", "zz" * 32, "00" * 33):
        with pytest.raises(ValueError, match=r"SHA-256|hexadecimal"):
            fingerprint_groups(wrong)


KEYS = {
    "identity_missing": {"file"},
    "identity_unreadable": {"file", "reason"},
    "identity_damaged": {"file"},
    "identity_wrong_passphrase": {"file"},
    "identity_passphrase_short": {"least"},
    "identity_exists": {"file"},
    "identity_not_written": {"file", "reason"},
    "identity_name": {"longest"},
    "identity_expired": {"name", "until"},
    "identity_cannot_sign": {"name", "reason"},
    "bundle_unreadable": {"file", "reason"},
    "bundle_not_a_container": {"file"},
    "bundle_damaged": {"file"},
    "bundle_other_kind": {"file"},
    "bundle_member_damaged": {"file", "member"},
    "bundle_member_too_large": {"file", "member"},
    "bundle_not_written": {"file", "reason"},
    "bundle_member_unreadable": {"file", "reason"},
    "trust_unreadable": {"file", "reason"},
    "trust_not_a_certificate": {"file"},
    "trust_too_many": {"file", "most"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_a_sentence_with_its_figures(language: str) -> None:
    said = words(language)  # type: ignore[arg-type]
    for key, figures in KEYS.items():
        sentence = said.find(f"errors.{key}")
        assert sentence is not None
        assert {name for name, _ in placeholders(sentence)} == figures, key
