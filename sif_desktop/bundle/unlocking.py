"""Taking apart a PKCS#12 file, which is read as a stranger's: it may ask for work without end."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

MOST_ROUNDS = 10_000_000
"""Rounds by which all keys of a file together are made of its passphrase: a second or two of work.
Programs of today ask for 2,000 to 600,000 for each key."""

_MOST_VALUES, _DEEPEST = 5_000, 24
_INTEGER, _OCTETS = 2, 4


class EndlessError(ValueError):
    """A file asks for more work than any honest one does."""


def unlocked(data: bytes, secret: bytes | None) -> PKCS12KeyAndCertificates:
    """What is in a PKCS#12 file.

    Raises EndlessError, UnsupportedAlgorithm of cryptography for a way of locking that is not
    known, ValueError where the secret is another one or the file makes no sense.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12

    if sum(_rounds(data, iter(range(_MOST_VALUES)))) > MOST_ROUNDS:
        raise EndlessError("endless work")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about a file that is not quite DER
            return pkcs12.load_pkcs12(data, secret)
    except UnsupportedAlgorithm:
        raise
    except Exception as error:  # a stranger's file: whatever a library says of it
        raise ValueError("another secret, or no file of an identity") from error


def _rounds(data: bytes, count: Iterator[int], depth: int = 0) -> Iterator[int]:
    """The rounds that a file asks for, as far as they can be seen: each number behind a salt.

    More values than any file of an identity has are taken for endless work.
    """
    from asn1crypto.parser import parse

    at, salted = 0, False
    while at < len(data) and depth < _DEEPEST:
        try:
            _, within, tag, head, content, tail = parse(data[at:])
        except (ValueError, RecursionError):
            return  # no values: what is encrypted, or a text
        if next(count, None) is None:
            yield MOST_ROUNDS + 1
            return
        if tag == _INTEGER and salted:
            yield max(0, int.from_bytes(content, "big", signed=True))
        if within or tag == _OCTETS:
            yield from _rounds(content, count, depth + 1)
        salted = tag == _OCTETS
        at += len(head) + len(content) + len(tail)
