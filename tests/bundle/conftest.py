"""Identities that the tests of the bundle share: making a key takes time."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundle import craft

from sif_desktop.bundle.identity import Identity, ephemeral


@pytest.fixture(scope="session")
def jan() -> Identity:
    """A signer with a certificate of its own making."""
    return ephemeral("Jan Peeters", "Zorgcirkel vzw")


@pytest.fixture(scope="session")
def authority() -> craft.Authority:
    """An authority of certificates."""
    return craft.new_authority("Proefautoriteit")


@pytest.fixture(scope="session")
def an(authority: craft.Authority) -> Identity:
    """A signer with a certificate of the authority."""
    return craft.issued_by(authority, "An Claes", usage=("content_commitment",))


@pytest.fixture(scope="session")
def _good(tmp_path_factory: pytest.TempPathFactory, jan: Identity) -> bytes:
    return craft.bundle(tmp_path_factory.mktemp("good") / "good.asice", jan).read_bytes()


@pytest.fixture
def good(tmp_path: Path, _good: bytes) -> Path:
    """A good bundle, signed by Jan, to be changed at will."""
    path = tmp_path / "voorstel.asice"
    path.write_bytes(_good)
    return path
