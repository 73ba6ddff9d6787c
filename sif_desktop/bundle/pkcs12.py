"""An identity in a PKCS#12 file (.p12, .pfx) that an authority gave out, or that was exported.

The file stays as it is: it is read anew each time, and its key is nowhere else. The certificates
of authorities that come along in it go into the signature, but for the root.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sif_desktop.bundle.certificate import issued
from sif_desktop.bundle.identity import Identity, from_pkcs12, secret
from sif_desktop.bundle.unlocking import EndlessError, unlocked
from sif_desktop.errors import FileError, IdentityError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

LARGEST_FILE = 1024 * 1024
"""Bytes of a PKCS#12 file; a larger one is no identity."""

_LONGEST_CHAIN = 10


def read_file(path: Path) -> bytes:
    """The bytes of a PKCS#12 file. Raises FileError where it cannot be read or is none."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("pkcs12_unreadable", file=str(path), reason=reason) from error
    if len(data) > LARGEST_FILE or data[:1] != b"\x30":
        raise FileError("pkcs12_other_kind", file=str(path))
    return data


def open_pkcs12(path: Path, passphrase: str) -> Identity:
    """Opens the identity in a PKCS#12 file.

    Raises FileError where it cannot be read or is another kind of file, IdentityError where the
    passphrase is not its own, or there is no key with its certificate in it.
    """
    opened = _opened(read_file(path), passphrase, path)
    if opened.key is None or opened.cert is None:
        raise IdentityError("pkcs12_without_key", file=str(path))
    others = [other.certificate for other in opened.additional_certs]
    return from_pkcs12(opened, "pkcs12", path, chain(opened.cert.certificate, others))


def chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> list[x509.Certificate]:
    """Those of the other certificates that vouch for a signer, from the signer's issuer upwards.

    A certificate that is in no signer's chain would make strict programs refuse the signature.
    """
    found: list[x509.Certificate] = []
    last = certificate
    while len(found) < _LONGEST_CHAIN:
        above = next((one for one in others if one != last and issued(one, last)), None)
        if above is None or above in found:
            return found
        found.append(above)
        last = above
    return found


def _opened(data: bytes, passphrase: str, path: Path) -> PKCS12KeyAndCertificates:
    """What is in the file. No error of it holds the passphrase."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        return unlocked(data, secret(passphrase) if passphrase else None)
    except (UnsupportedAlgorithm, EndlessError):
        raise IdentityError("pkcs12_unsupported", file=str(path)) from None
    except ValueError:
        raise IdentityError("pkcs12_wrong_passphrase", file=str(path)) from None
