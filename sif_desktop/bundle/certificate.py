"""What a certificate says: whose it is, for how long, and for what. Nothing about trust."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from sif_desktop.bundle import names

if TYPE_CHECKING:
    from cryptography import x509

SMALLEST_RSA = 2048
LARGEST_RSA = 8192
"""Bits of an RSA key: below it is weak, above it only keeps the verifier busy."""

_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1"})

_SIGNING_PURPOSES = frozenset(
    {
        "2.5.29.37.0",  # any
        "1.3.6.1.5.5.7.3.4",  # e-mail protection
        "1.3.6.1.5.5.7.3.36",  # document signing (RFC 9336)
        "1.3.6.1.4.1.311.10.3.12",  # document signing, as Microsoft names it
        "1.2.840.113583.1.1.5",  # signing of PDF, as Adobe names it
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a certificate says. `fingerprint` is its SHA-256 in small hexadecimal.

    `issuer` is the name, or else the organisation, of who issued it, as it says itself.
    `self_issued`: it is signed with its own key, so it proves no more than "the same key".
    `authority`: it may sign other certificates. Times are aware, in UTC.
    """

    name: str
    organisation: str
    issuer: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    self_issued: bool
    authority: bool
    for_signing: bool
    strong: bool


def facts(der: bytes) -> Facts:
    """The facts of a certificate. Raises ValueError where it cannot be understood."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cryptography, about odd certificates
        return _facts(der)


def _facts(der: bytes) -> Facts:
    from cryptography import x509

    try:
        certificate = x509.load_der_x509_certificate(der)
        own = certificate.issuer == certificate.subject and issued(certificate, certificate)
        authority = _is_authority(certificate)
        return Facts(
            name=_part(certificate.subject, x509.NameOID.COMMON_NAME),
            organisation=_part(certificate.subject, x509.NameOID.ORGANIZATION_NAME),
            issuer=_part(certificate.issuer, x509.NameOID.COMMON_NAME)
            or _part(certificate.issuer, x509.NameOID.ORGANIZATION_NAME),
            fingerprint=sha256(der).hexdigest(),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            self_issued=own,
            authority=authority,
            for_signing=not authority and _is_for_signing(certificate),
            strong=_is_strong(certificate),
        )
    except Exception as fault:  # a stranger's certificate: whatever a library says of it
        raise ValueError(str(fault)) from fault


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the key of `issuer` signed `certificate`, and their names fit."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # no signature of it, or strangers' certificates that make no sense
        return False
    return True


def _part(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    """A part of a name, fit to be shown; all of them where it has several."""
    values = (str(attribute.value) for attribute in name.get_attributes_for_oid(oid))
    return names.shown(" / ".join(values))


def _is_authority(certificate: x509.Certificate) -> bool:
    from cryptography import x509

    try:
        found = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except x509.ExtensionNotFound:
        return False
    return found.value.ca


def _is_for_signing(certificate: x509.Certificate) -> bool:
    """Whether usage and purposes, where the certificate tells them, allow signing a document."""
    from cryptography import x509

    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return any(purpose.dotted_string in _SIGNING_PURPOSES for purpose in purposes)


def _is_strong(certificate: x509.Certificate) -> bool:
    """Whether the key is RSA of a fair length, or of a curve from P-256 up."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return SMALLEST_RSA <= key.key_size <= LARGEST_RSA
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES
