"""Signing, and a look at what came of it before anybody gets it.

A file of an identity may hold certificates that no strict program takes; a card may sign wrongly.
A signature that does not hold would make the whole bundle broken, for all who signed it.
"""

from __future__ import annotations

from datetime import datetime

from sif_desktop.bundle import cades
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.judge import judge
from sif_desktop.bundle.trust import Trust
from sif_desktop.errors import IdentityError


def signature_over(
    content: bytes, names: tuple[str, str], identity: Identity, role: str, at: datetime | None
) -> bytes:
    """A signature over a manifest, as DER; `names` are those of the manifest and the signature.

    Raises IdentityError as `cades.sign` does, and where the signature would not be accepted.
    """
    manifest, file = names
    signature = cades.sign(content, identity, role=role, at=at)
    verdict = judge(signature, content, Trust(None, frozenset()), file=file, manifest=manifest)
    if not verdict.valid:
        raise IdentityError("identity_signs_badly", name=identity.name)
    return signature
