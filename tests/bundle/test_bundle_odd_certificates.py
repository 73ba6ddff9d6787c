"""Certificates and identity files that nobody should make, and that must be refused in words."""

from __future__ import annotations

import base64
import time
import warnings
from pathlib import Path
from typing import Any

import pytest
from bundle import craft
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from sif_desktop.app import identities, pins
from sif_desktop.bundle import der, trust
from sif_desktop.bundle.certificate import facts
from sif_desktop.bundle.cosign import cosign
from sif_desktop.bundle.identity import Identity, default_identity, described, ephemeral
from sif_desktop.bundle.pkcs12 import open_pkcs12
from sif_desktop.bundle.unlocking import MOST_ROUNDS
from sif_desktop.errors import FileError, IdentityError, SifError

PASSPHRASE = "een lange wachtwoordzin"


def another_version() -> bytes:
    """A certificate of a version that there is not."""
    good = craft.certified("An Claes", craft.new_key()).public_bytes(Encoding.DER)
    assert good.count(b"\xa0\x03\x02\x01\x02") == 1
    return good.replace(b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x09")


def built(name: str, *extensions: x509.ExtensionType) -> tuple[x509.Certificate, Any]:
    """A certificate with a name and extensions that no check looked at."""
    key = craft.new_key()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        told = x509.NameAttribute(x509.NameOID.COMMON_NAME, name, _validate=False)
    base = craft.certified("x", key)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([told]))
        .issuer_name(x509.Name([told]))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(base.not_valid_before_utc)
        .not_valid_after(base.not_valid_after_utc)
    )
    for one in extensions:
        builder = builder.add_extension(one, critical=True)
    return builder.sign(key, hashes.SHA256()), key


def without_sense() -> tuple[x509.Certificate, Any]:
    """A certificate whose extension cannot be read."""
    oid = x509.BasicConstraints.oid
    return built("An Claes", x509.UnrecognizedExtension(oid, b"\x01\x01\xff"))


def of_another_kind() -> bytes:
    """A certificate whose name is a row of bits, which only one part of a name may be."""
    good = craft.certified("An Claes", craft.new_key()).public_bytes(Encoding.DER)
    return good.replace(b"\x0c\x08An Claes", b"\x03\x08\0n Claes")


def p12(path: Path, certificate: x509.Certificate, key: Any, rounds: int = 2048) -> Path:
    """An identity file with them."""
    how = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(rounds)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(PASSPHRASE.encode())
    )
    data = pkcs12.serialize_key_and_certificates(b"an", key, certificate, None, how)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("make", [another_version, of_another_kind, lambda: without_sense()[0]])
def test_a_certificate_that_cannot_be_understood_is_none(tmp_path: Path, make: Any) -> None:
    made = make()
    data = made if isinstance(made, bytes) else made.public_bytes(Encoding.DER)
    with pytest.raises(ValueError):
        facts(data)
    pem = b"-----BEGIN CERTIFICATE-----\n%b\n-----END CERTIFICATE-----\n"
    for name, content in (("a.der", data), ("a.pem", pem % base64.b64encode(data))):
        folder = tmp_path / name[2:]
        folder.mkdir()
        (folder / name).write_bytes(content)
        for read in (lambda: trust.load(folder), lambda: pins.candidates(folder / name)):  # noqa: B023
            with pytest.raises(FileError) as caught:
                read()
            assert caught.value.key == "trust_not_a_certificate"


def test_an_authority_that_would_spoil_every_verification_is_refused(tmp_path: Path) -> None:
    """Its name is a time; what reads signatures stumbles over it."""
    good = craft.new_authority("Proef").certificate.public_bytes(Encoding.DER)
    odd = good.replace(b"\x0c\x05Proef", b"\x18\x05Proef")
    assert facts(odd).authority
    (tmp_path / "a.der").write_bytes(odd)
    with pytest.raises(FileError) as caught:
        trust.load(tmp_path)
    assert caught.value.key == "trust_not_a_certificate"
    (tmp_path / "a.der").write_bytes(good)
    assert trust.load(tmp_path).authorities == (good,)


def test_an_odd_name_is_shown_without_a_word_of_a_library(tmp_path: Path) -> None:
    """A warning would fail this test: on a terminal it would stand between the lines."""
    certificate, _ = built("")
    (tmp_path / "a.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (found,) = pins.candidates(tmp_path / "a.pem")
    assert found.name == ""
    assert len(trust.load(tmp_path).pinned) == 1


def test_an_identity_whose_certificate_makes_no_sense_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    path = p12(tmp_path / "a.p12", *without_sense())
    for act in (open_pkcs12, lambda file, _: identities.import_file(file, lambda *_: PASSPHRASE)):
        with pytest.raises(SifError) as caught:
            act(path, PASSPHRASE)
        assert caught.value.key == "pkcs12_without_key"
    assert not (tmp_path / "home").exists()


def test_an_identity_file_with_a_certificate_of_no_version_there_is(tmp_path: Path) -> None:
    key = craft.new_key()
    open_to_all = pkcs12.serialize_key_and_certificates(
        b"an", key, craft.certified("An Claes", key), None, NoEncryption()
    )
    whole = der.parse(open_to_all)
    *most, _ = whole.children  # without the seal over all of it
    data = b"".join(one.bytes_in(open_to_all) for one in most)
    version = b"\xa0\x03\x02\x01\x02"
    assert data.count(version) == 1
    head = b"\x30\x82" + len(data).to_bytes(2, "big")
    (tmp_path / "a.p12").write_bytes(head + data)
    assert open_pkcs12(tmp_path / "a.p12", "").name == "An Claes"
    (tmp_path / "a.p12").write_bytes(head + data.replace(version, b"\xa0\x03\x02\x01\x09"))
    with pytest.raises(IdentityError) as caught:
        open_pkcs12(tmp_path / "a.p12", "")
    assert caught.value.key == "pkcs12_wrong_passphrase"
    assert caught.value.__cause__ is None


def test_bytes_behind_an_identity_are_no_warning(tmp_path: Path) -> None:
    key = craft.new_key()
    path = p12(tmp_path / "a.p12", craft.certified("An Claes", key), key)
    path.write_bytes(path.read_bytes() + b"\0\0")
    try:
        assert open_pkcs12(path, PASSPHRASE).name == "An Claes"
    except IdentityError as error:
        assert error.key == "pkcs12_wrong_passphrase"


def test_a_file_that_asks_for_endless_work_is_refused_at_once(tmp_path: Path) -> None:
    key = craft.new_key()
    path = p12(tmp_path / "a.p12", craft.certified("An Claes", key), key, rounds=70_000)
    opened = open_pkcs12(path, PASSPHRASE)
    data = path.read_bytes()
    assert data.count(b"\x02\x03\x01\x11\x70") == 2
    assert 2 * 0x7FFFFF > MOST_ROUNDS > 1_000_000
    path.write_bytes(data.replace(b"\x02\x03\x01\x11\x70", b"\x02\x03\x7f\xff\xff"))
    start = time.process_time()
    with pytest.raises(IdentityError) as caught:
        open_pkcs12(path, PASSPHRASE)
    spent = time.process_time() - start
    path.rename(tmp_path / "identity.p12")
    with pytest.raises(IdentityError) as own:
        default_identity(tmp_path, PASSPHRASE)
    assert own.value.key == "identity_damaged"
    start = time.process_time()
    path.write_bytes(data)
    assert open_pkcs12(path, PASSPHRASE) == opened
    assert spent < (time.process_time() - start) * 3
    assert caught.value.key == "pkcs12_unsupported"


def not_canonical(root: craft.Authority) -> Identity:
    """An identity with a certificate of an authority along that breaks the rules of DER: what is
    true is written as 1 in it."""
    from asn1crypto import x509 as lenient

    from sif_desktop.bundle.identity import _simple_signer

    certificate = craft.certified("An Claes", key := craft.new_key(), root)
    signer = _simple_signer(key, certificate, [])
    data = root.certificate.public_bytes(Encoding.DER)
    at = data.index(b"\x01\x01\xff")
    odd = lenient.Certificate.load(data[:at] + b"\x01\x01\x01" + data[at + 3 :])
    signer.cert_registry.register(odd)
    signer.embed_roots = True
    return described(certificate, "pkcs12", lambda: signer)


def test_a_signature_that_would_not_hold_is_never_written(tmp_path: Path) -> None:
    """It would make the bundle broken for all who signed it."""
    odd = not_canonical(craft.new_authority("Proefautoriteit"))
    good = craft.bundle(tmp_path / "a.asice", ephemeral("Jan Peeters"))
    before = good.read_bytes()
    with pytest.raises(IdentityError) as caught:
        cosign(good, good, odd, role="partner: Buurtwerk vzw")
    assert caught.value.key == "identity_signs_badly"
    assert good.read_bytes() == before
    with pytest.raises(IdentityError):
        craft.bundle(tmp_path / "b.asice", odd)
    assert [file.name for file in tmp_path.iterdir()] == ["a.asice"]


def test_an_identity_of_today_is_far_below_that(tmp_path: Path) -> None:
    key = craft.new_key()
    how = BestAvailableEncryption(PASSPHRASE.encode())
    data = pkcs12.serialize_key_and_certificates(
        b"an", key, craft.certified("An Claes", key), [craft.new_authority("X").certificate], how
    )
    (tmp_path / "a.p12").write_bytes(data)
    assert open_pkcs12(tmp_path / "a.p12", PASSPHRASE).name == "An Claes"
