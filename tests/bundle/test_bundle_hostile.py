"""Crafted containers: each is refused for its reason, never intact, and never fills the memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from bundle import (
    craft,
    crafted_attributes,
    crafted_manifest,
    crafted_signature,
    crafted_zip,
)
from bundle.crafted import CASES, plain
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ed25519

from sif_desktop.bundle import cades
from sif_desktop.bundle.container import open_container
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import IdentityError, NotOursError

_ = (crafted_attributes, crafted_manifest, crafted_signature, crafted_zip)


def codes_of(path: Path) -> set[str]:
    """The codes of all problems of a container; the key of the error where it is none."""
    try:
        verdict = verify(path)
    except NotOursError as error:
        return {f"error:{error.key}"}
    assert not verdict.intact
    found = {problem.code for problem in verdict.problems}
    for signature in verdict.signatures:
        found |= {problem.code for problem in signature.problems}
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_crafted_container_is_refused_for_its_reason(
    good: Path, jan: Identity, name: str
) -> None:
    build, code = CASES[name]
    good.write_bytes(build(craft.contents(good), jan))
    assert code in codes_of(good)


def test_a_key_of_another_kind_neither_signs_nor_is_accepted(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    own = craft.certified("Ed", craft.new_key())
    certificate = (
        x509.CertificateBuilder(own.issuer, own.subject, key.public_key(), own.serial_number)
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(key, None)
    )
    other = craft.signer_with(certificate, key)
    with pytest.raises(IdentityError, match="identity_cannot_sign"):
        craft.resigned(dict(craft.PAYLOAD), other)
    monkeypatch.setattr(cades, "digest_method", lambda signer: "sha512")
    good.write_bytes(plain(craft.resigned(dict(craft.PAYLOAD), other)))
    assert codes_of(good) == {"signature_algorithm"}


def test_bombs_do_not_fill_the_memory(good: Path, jan: Identity) -> None:
    parts = craft.contents(good)
    verify(good)
    for name in ("a bomb", "a bomb as a manifest", "a bomb in a bomb", "more than it says"):
        good.write_bytes(CASES[name][0](parts, jan))
        tracemalloc.start()
        codes_of(good)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
        tracemalloc.stop()


def test_no_more_is_unpacked_than_was_told(good: Path) -> None:
    lying = [*craft.pieces(craft.contents(good)), craft.Piece("x", bytes(40_000_000), packed=True)]
    data = bytearray(craft.zipped(lying))
    at = bytes(data).rindex(b"PK\1\2")
    header = int.from_bytes(data[at + 42 : at + 46], "little")
    for place in (at + 24, header + 22):
        data[place : place + 4] = (1000).to_bytes(4, "little")
    good.write_bytes(data)
    given = 0
    with open_container(good) as container, pytest.raises(NotOursError):
        for chunk in container.chunks("x"):
            given += len(chunk)
    assert given <= 1000


def test_there_are_as_many_cases_as_we_say() -> None:
    assert len(CASES) == 209
