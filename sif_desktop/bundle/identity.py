"""Identities: who signs. The embedded default is a key and a certificate made on this machine.

Its file, `identity.p12`, is an encrypted PKCS#12 that its owner alone may read. Whatever an
identity's key lies in, it signs through a `Signer` of pyHanko, so that all kinds share one path.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sif_desktop.bundle import der
from sif_desktop.bundle.certificate import facts
from sif_desktop.bundle.unlocking import EndlessError, unlocked
from sif_desktop.errors import IdentityError
from sif_desktop.writing import OWNER_ONLY, beside

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers.pdf_cms import Signer

Kind = Literal["embedded", "pkcs12", "pkcs11", "ephemeral"]

FILE_NAME = "identity.p12"

SHORTEST_PASSPHRASE = 8
LONGEST_NAME = 64
"""Characters of a name in a certificate (RFC 5280, upper bounds)."""

_KEY_BITS = 3072  # RSA, since every verifier knows it and it signs alike each time
_KDF_ROUNDS = 300_000
_LARGEST_FILE = 1024 * 1024
_GROUPS = 10


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody who can sign. `fingerprint` is the SHA-256 of `certificate` (DER), in hexadecimal.

    No key is in it: `signer` gives what signs, asking for a PIN where the key lies on a card.
    """

    name: str
    organisation: str
    fingerprint: str
    kind: Kind
    certificate: bytes = field(repr=False)
    open_signer: Callable[[], Signer] = field(repr=False, compare=False)

    def signer(self) -> Signer:
        """What signs with the key of this identity. Raises IdentityError where it cannot."""
        return self.open_signer()


def default_path(folder: Path) -> Path:
    """Where the embedded default identity of a folder lies, or would lie."""
    return folder / FILE_NAME


def default_identity(folder: Path, passphrase: str) -> Identity:
    """Opens the embedded default identity in a folder.

    Raises IdentityError where there is none, it cannot be read, it is damaged, or the passphrase
    is not its own.
    """
    path = default_path(folder)
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise IdentityError("identity_missing", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise IdentityError("identity_unreadable", file=str(path), reason=reason) from error
    _keep_private(path)
    opened = _unlocked(data, passphrase, path)
    return from_pkcs12(opened, "embedded", path, [])


def create_default(
    folder: Path, *, name: str, organisation: str, passphrase: str, years: int = 10
) -> Identity:
    """Makes the embedded default identity of this machine: a new key, and its own certificate.

    Raises IdentityError where the folder has one already (it is never replaced), where a name or
    the passphrase does not do, or where the file cannot be written.
    """
    path = default_path(folder)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise IdentityError("identity_passphrase_short", least=SHORTEST_PASSPHRASE)
    if path.exists():
        raise IdentityError("identity_exists", file=str(path))
    now = datetime.now(UTC)
    key, certificate = _new_key(
        name, organisation, now, now + timedelta(days=round(365.25 * years))
    )
    data = _locked(key, certificate, passphrase)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside(path, rights=OWNER_ONLY, fresh=True) as stream:
            stream.write(data)
    except FileExistsError as error:
        raise IdentityError("identity_exists", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise IdentityError("identity_not_written", file=str(path), reason=reason) from error
    return default_identity(folder, passphrase)


def ephemeral(name: str, organisation: str = "", *, at: datetime | None = None) -> Identity:
    """An identity that lives as long as the program runs: for the demonstration and for tests.

    With `at`, its certificate is also valid at that moment.
    """
    now = datetime.now(UTC)
    first, last = min(at or now, now), max(at or now, now)
    key, certificate = _new_key(name, organisation, first, last + timedelta(days=365))
    return described(certificate, "ephemeral", lambda: _simple_signer(key, certificate, []))


def fingerprint_groups(fingerprint: str) -> str:
    """A fingerprint as ten groups of five digits, to compare by telephone in any language.

    Each group is two of its first twenty bytes: 160 bits, too many to find a second certificate
    that sounds the same. Raises ValueError for what is no SHA-256 in hexadecimal.
    """
    data = bytes.fromhex(fingerprint)
    if len(data) != 32:
        raise ValueError("no SHA-256")
    pairs = (int.from_bytes(data[at : at + 2], "big") for at in range(0, 2 * _GROUPS, 2))
    return " ".join(f"{pair:05d}" for pair in pairs)


def _new_key(
    name: str, organisation: str, first: datetime, last: datetime
) -> tuple[RSAPrivateKey, x509.Certificate]:
    """A new key, and a certificate for it that it signs itself. Raises IdentityError on a name."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa

    parts = [(x509.NameOID.COMMON_NAME, " ".join(name.split()))]
    if organisation.strip():
        parts.append((x509.NameOID.ORGANIZATION_NAME, " ".join(organisation.split())))
    for _, text in parts:
        if not 0 < len(text) <= LONGEST_NAME or not text.isprintable():
            raise IdentityError("identity_name", longest=LONGEST_NAME)
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])
    key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(secrets.randbits(158) + 1)
        .not_valid_before(first - timedelta(days=1))  # clocks of others may be slow
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return key, builder.sign(key, hashes.SHA256())


def _usage() -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def secret(passphrase: str) -> bytes:
    """The bytes of a passphrase (NFC, UTF-8), the same on every keyboard."""
    return unicodedata.normalize("NFC", passphrase).encode("utf-8")


def _locked(key: RSAPrivateKey, certificate: x509.Certificate, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

    how = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_KDF_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(secret(passphrase))
    )
    return pkcs12.serialize_key_and_certificates(b"sif-desktop", key, certificate, None, how)


def _unlocked(data: bytes, passphrase: str, path: Path) -> PKCS12KeyAndCertificates:
    """What is in the file of an identity. No error of it holds the passphrase."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        der.parse(data)
    except der.NotDerError:
        raise IdentityError("identity_damaged", file=str(path)) from None
    try:
        return unlocked(data, secret(passphrase))
    except EndlessError:
        raise IdentityError("identity_damaged", file=str(path)) from None
    except ValueError:
        raise IdentityError("identity_wrong_passphrase", file=str(path)) from None
    except UnsupportedAlgorithm:
        raise IdentityError("identity_damaged", file=str(path)) from None


def from_pkcs12(
    opened: PKCS12KeyAndCertificates, kind: Kind, path: Path, others: list[x509.Certificate]
) -> Identity:
    """The identity of an opened file, `others` being the certificates that go along.

    Raises IdentityError where key and certificate are not there, do not fit or make no sense.
    """
    from cryptography.exceptions import UnsupportedAlgorithm

    key, own = opened.key, opened.cert
    damaged = "pkcs12_without_key" if kind == "pkcs12" else "identity_damaged"
    try:
        if key is None or own is None or key.public_key() != own.certificate.public_key():
            raise ValueError("no key with its certificate")
        certificate = own.certificate
        return described(certificate, kind, lambda: _simple_signer(key, certificate, others))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise IdentityError(damaged, file=str(path)) from error


def described(
    certificate: x509.Certificate, kind: Kind, open_signer: Callable[[], Signer]
) -> Identity:
    """An identity with what its certificate says of it."""
    from cryptography.hazmat.primitives.serialization import Encoding

    data = certificate.public_bytes(Encoding.DER)
    told = facts(data)
    return Identity(told.name, told.organisation, told.fingerprint, kind, data, open_signer)


def _simple_signer(
    key: object, certificate: x509.Certificate, others: list[x509.Certificate]
) -> Signer:
    """A signer with a key in memory. The roots stay out: whoever trusts them has them."""
    from pyhanko.keys.internal import (
        translate_pyca_cryptography_cert_to_asn1,
        translate_pyca_cryptography_key_to_asn1,
    )
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(map(translate_pyca_cryptography_cert_to_asn1, others))
    return SimpleSigner(
        signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
        signing_key=translate_pyca_cryptography_key_to_asn1(key),
        cert_registry=store,
        embed_roots=False,
    )


def _keep_private(path: Path) -> None:
    """Takes rights of others off the file, which a copy or a backup may have given back."""
    with contextlib.suppress(OSError):
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(OWNER_ONLY)
