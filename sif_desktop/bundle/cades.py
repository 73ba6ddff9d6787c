"""Making a CAdES signature (EN 319 122-1, baseline B) over a manifest, by any identity."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from hashlib import new
from typing import TYPE_CHECKING

from sif_desktop.bundle import names
from sif_desktop.bundle.certificate import facts
from sif_desktop.bundle.identity import Identity
from sif_desktop.errors import IdentityError, SifError

if TYPE_CHECKING:
    from asn1crypto import cms
    from pyhanko.sign.ades.api import CAdESSignedAttrSpec
    from pyhanko.sign.signers.pdf_cms import Signer

COORDINATOR = "coordinator"

_ROLE_TYPE = "2.5.4.41"


def partner_role(name: str) -> str:
    """The role of a partner that signs with the coordinator."""
    return f"partner: {name}"


def sign(content: bytes, identity: Identity, *, role: str, at: datetime | None = None) -> bytes:
    """A detached signature over `content`, as DER.

    The claimed time is `at`, or now; the role and what the signature commits to are signed too: a
    coordinator vouches for the origin, everybody else approves. Raises IdentityError where the
    certificate has expired or the key cannot sign.
    """
    now = datetime.now(UTC)
    require_valid(identity, now)
    quiet()
    try:
        signature = asyncio.run(_signed(content, identity.signer(), role, at or now))
    except SifError:
        raise
    except Exception as error:
        reason = names.shown(str(error) or type(error).__name__)
        raise IdentityError("identity_cannot_sign", name=identity.name, reason=reason) from error
    return bytes(signature.dump())


def require_valid(identity: Identity, now: datetime) -> None:
    """Raises IdentityError where the certificate of an identity has expired."""
    until = facts(identity.certificate).not_after
    if until < now:
        raise IdentityError("identity_expired", name=identity.name, until=until.date())


async def _signed(content: bytes, signer: Signer, role: str, at: datetime) -> cms.ContentInfo:
    """The signature, its attributes put together here so that they also hold the algorithms."""
    from pyhanko.sign.attributes import CMSAlgorithmProtectionProvider
    from pyhanko.sign.signers import pdf_cms

    method = digest_method(signer)
    digest = new(method, content).digest()
    settings = pdf_cms.CMSSignedAttributes(
        signing_time=at.astimezone(UTC).replace(microsecond=0),
        cades_signed_attrs=attributes_of(role),
    )
    _, *providers = pdf_cms.CAdESSignedAttributeProviderSpec(
        settings, signer.signing_cert, is_pades=False, timestamper=None
    ).signed_attr_providers(digest, method)  # the first names the signer's certificate alone
    algorithms = CMSAlgorithmProtectionProvider(
        method, signer.get_signature_mechanism_for_digest(method)
    )
    attributes = await pdf_cms.format_signed_attributes(digest, [*providers, algorithms])
    attributes.append(_certificates(signer))
    return await signer.async_sign_prescribed_attributes(method, attributes)


def _certificates(signer: Signer) -> cms.CMSAttribute:
    """The attribute that names the certificates by digest: the signer's, and all that go along.

    Naming them all leaves no byte of them that could be changed without notice (RFC 5035, 3).
    """
    from asn1crypto import cms
    from pyhanko.sign.general import as_signing_certificate_v2

    own = signer.signing_cert
    value = as_signing_certificate_v2(own)
    along = {one.dump(): one for one in signer.cert_registry or () if one != own}
    for _, one in sorted(along.items()):
        if signer.embed_roots or one.self_signed == "no":
            value["certs"].append(as_signing_certificate_v2(one)["certs"][0])
    return cms.CMSAttribute({"type": "signing_certificate_v2", "values": [value]})


def attributes_of(role: str) -> CAdESSignedAttrSpec:
    """The signed attributes of somebody in a role: what it is, and what the signature commits to.

    A coordinator vouches for the origin, everybody else approves.
    """
    from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment, SignerAttrSpec

    origin, approval = GenericCommitment.PROOF_OF_ORIGIN, GenericCommitment.PROOF_OF_APPROVAL
    return CAdESSignedAttrSpec(
        commitment_type=(origin if role == COORDINATOR else approval).asn1,
        signer_attributes=SignerAttrSpec([_role(role)], []),
    )


def _role(role: str) -> cms.AttCertAttribute:
    from asn1crypto import cms, core

    values = cms.SetOfAny([core.Any(core.UTF8String(role[: names.LONGEST_NAME]))])
    return cms.AttCertAttribute({"type": _ROLE_TYPE, "values": values})


def digest_method(signer: Signer) -> str:
    """SHA-256, or the SHA-2 that fits a longer curve: cards sign with nothing else."""
    key = signer.signing_cert.public_key if signer.signing_cert else None
    longer = {"secp384r1": "sha384", "secp521r1": "sha512"}
    return longer.get(key.curve[1], "sha256") if key and key.algorithm == "ec" else "sha256"


def quiet() -> None:
    """Keeps pyHanko from logging what it then raises or returns, with its tracebacks."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
