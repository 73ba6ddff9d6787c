"""Signing a finished bundle too: a signature over the same payload is added on one's own copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sif_desktop.bundle import manifest, names
from sif_desktop.bundle.copies import Copy, payload_of, read_copy, require_intact, write_copy
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.manifest import Listed
from sif_desktop.bundle.sound import signature_over
from sif_desktop.errors import IdentityError

_TAG_DIGITS = 32


def tag_of(fingerprint: str) -> str:
    """The tag of a signer's two files: no other copy has it, unless the same signer made it."""
    return f"-{fingerprint[:_TAG_DIGITS]}"


def cosign(
    path: Path,
    out: Path,
    identity: Identity,
    *,
    role: str,
    at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Writes a copy of a bundle with one more signature to `out`, which may be `path` itself.

    The payload and the other signatures stay as they are, byte for byte. `at` is the claimed time,
    now without it; `progress` is told the bytes of payload written so far, and what it raises ends
    the writing. Whatever is raised, `out` is as it was. Raises NotOursError where the bundle is
    not intact, IdentityError where this identity signed it already or cannot sign, FileError where
    it cannot be read or written.
    """
    copy = read_copy(path)
    require_intact(copy)
    if any(one.fingerprint == identity.fingerprint for one in copy.verdict.signatures):
        raise IdentityError("cosign_again", file=str(path), name=identity.name)
    manifest_name, signature_name = names.signature_files(tag_of(identity.fingerprint))
    if {manifest_name, signature_name} & copy.papers.keys():
        raise IdentityError("cosign_again", file=str(path), name=identity.name)
    content = manifest.to_xml(manifest.Manifest(signature_name, _listed(copy)))
    signature = signature_over(content, (manifest_name, signature_name), identity, role, at)
    papers = {**copy.papers, manifest_name: content, signature_name: signature}
    write_copy(out, copy, papers, progress)


def _listed(copy: Copy) -> tuple[Listed, ...]:
    """The payload as the first signer listed it, by SHA-256 whatever was used before."""
    digests = copy.digests
    return tuple(
        Listed(one.name, bytes.fromhex(digests[one.name]), one.media_type)
        for one in payload_of(copy.papers)
    )
