"""Whom a verification trusts: a folder of authorities, and fingerprints that somebody compared."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sif_desktop.bundle.certificate import facts
from sif_desktop.errors import FileError

_KINDS = frozenset({".pem", ".crt", ".cer", ".der"})
_LARGEST_FILE = 1024 * 1024
_MOST_FILES = 1000


@dataclass(frozen=True, slots=True)
class Trust:
    """`authorities` are certificates (DER), None without a folder; `pinned` are fingerprints."""

    authorities: tuple[bytes, ...] | None
    pinned: frozenset[str]


def load(folder: Path | None, pinned: Iterable[str] = ()) -> Trust:
    """The trust that a folder and fingerprints give.

    A certificate in the folder that is no authority's vouches for nobody but itself: it counts as
    pinned. Other files than .pem, .crt, .cer and .der are passed over. Raises FileError for a
    folder or a certificate that cannot be read: what is left out in silence would be missed.
    """
    known = {"".join(char for char in one.lower() if char in "0123456789abcdef") for one in pinned}
    if folder is None:
        return Trust(None, frozenset(known))
    authorities = []
    for path in _files(folder):
        for certificate in _certificates(path):
            try:
                told = facts(certificate)
                if told.authority:
                    _require_sense(certificate)
            except ValueError as error:
                raise FileError("trust_not_a_certificate", file=str(path)) from error
            if told.authority:
                authorities.append(certificate)
            else:
                known.add(told.fingerprint)
    return Trust(tuple(authorities), frozenset(known))


def _require_sense(certificate: bytes) -> None:
    """Raises ValueError for an authority that the reader of signatures stumbles over: with it, no
    signature at all could be judged."""
    from asn1crypto import x509

    try:
        read = x509.Certificate.load(certificate, strict=True)
        _ = read.native, read.subject.hashable, read.issuer.hashable
    except Exception as error:  # a stranger's certificate: whatever a library says of it
        raise ValueError(str(error)) from error


def _files(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix.lower() in _KINDS)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("trust_unreadable", file=str(folder), reason=reason) from error
    if len(found) > _MOST_FILES:
        raise FileError("trust_too_many", file=str(folder), most=_MOST_FILES)
    return found


def _certificates(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("trust_unreadable", file=str(path), reason=reason) from error
    return certificates_in(data, str(path))


def certificates_in(data: bytes, file: str) -> list[bytes]:
    """The certificates of a file (as DER): one as DER, or any number as PEM.

    Raises FileError where it is neither; what stands in them is not looked at.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    if b"-----BEGIN" not in data:
        return [data]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of cryptography, about odd certificates
            found = x509.load_pem_x509_certificates(data)
    except Exception as error:  # a stranger's certificates: whatever a library says of them
        raise FileError("trust_not_a_certificate", file=file) from error
    return [certificate.public_bytes(Encoding.DER) for certificate in found]
