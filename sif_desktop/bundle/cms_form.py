"""The form of a signature file: what it must hold, and that it holds nothing else.

The signature covers the manifest and the signed attributes, and through them the certificate and
the algorithms. Everything else in a `.p7s` could be changed by anybody, so nearly nothing else is
let in: one signer, strict DER, no unsigned attributes, no lists of revoked certificates, no
certificate outside the signer's chain. We name all certificates of the file by digest in what is
signed. Others may name the signer's alone: then the last certificate of a chain stays open where
its issuer is not in the file; no name, time or content of a verdict comes from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import new
from typing import TYPE_CHECKING, Any

from sif_desktop.bundle import der, names
from sif_desktop.bundle.certificate import issued
from sif_desktop.bundle.problems import RefusedError

if TYPE_CHECKING:
    from asn1crypto import cms, x509

LARGEST_SIGNATURE = 256 * 1024
"""Bytes of a signature file; more is refused unread."""

_MOST_CERTIFICATES = 10
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_SIGNATURES = frozenset({"rsassa_pkcs1v15", "rsassa_pss", "ecdsa"})
_NEEDED = frozenset({"content_type", "message_digest", "signing_time", "signing_certificate_v2"})
_TIME_STAMPS = frozenset(
    {
        bytes.fromhex("2a864886f70d010910020e"),  # over the signature, as level T has it
        bytes.fromhex("2a864886f70d0109100230"),  # over all, version 2
        bytes.fromhex("04008d450204"),  # over all, version 3
    }
)
_ROLE_TYPE = "2.5.4.41"
"""The attribute "name" of X.500, as the European reference software writes a claimed role."""


@dataclass(frozen=True, slots=True)
class SignatureFile:
    """A signature file of good form. `claimed_time` is what the signer says, nobody else."""

    signed_data: cms.SignedData
    certificate: bytes
    claimed_time: datetime
    role: str
    commitment: str


def read(data: bytes) -> SignatureFile:
    """A signature file, taken apart. Raises RefusedError for any other form.

    Whatever a library raises on a file that is not well made is left to the caller.
    """
    # asn1crypto knows the attributes of CAdES by name only once these two were imported.
    import asn1crypto.tsp  # noqa: F401
    import pyhanko.sign.ades.cades_asn1  # noqa: F401
    from asn1crypto import cms

    try:
        root = der.parse(data)
    except der.NotDerError as error:
        raise RefusedError("signature_not_canonical") from error
    check_shape(root, data)
    content = cms.ContentInfo.load(data, strict=True)
    if content["content_type"].native != "signed_data":
        raise RefusedError("signature_form")
    signed_data = content["content"]
    (signer,) = signed_data["signer_infos"]
    certificate, others = _certificates(signed_data, signer)
    check_algorithms(signed_data, signer)
    _check_chain(certificate, others)
    attributes = _attributes(signer)
    _check_named(attributes["signing_certificate_v2"], [one.dump() for one in others])
    return SignatureFile(
        signed_data,
        certificate.dump(),
        _time(attributes["signing_time"]),
        claimed_role(attributes.get("signer_attributes_v2")),
        _commitment(attributes.get("commitment_type")),
    )


def check_shape(root: der.Node, data: bytes) -> None:
    """The outline of a detached signature by one signer, and not one value more."""
    if root.tags != [der.OID, der.CONTEXT_0] or root.children[1].tags != [der.SEQUENCE]:
        raise RefusedError("signature_form")
    signed = root.children[1].children[0]
    if signed.tags != [der.INTEGER, der.SET, der.SEQUENCE, der.CONTEXT_0, der.SET]:
        raise RefusedError("signature_form")
    version, digests, content, certificates, signers = signed.children
    if len(signers.children) > 1:
        raise RefusedError("signature_several_signers")
    outline = (len(digests.children), content.tags, signers.tags)
    if outline != (1, [der.OID], [der.SEQUENCE]) or _text(version, data) != b"\1":
        raise RefusedError("signature_form")
    if set(certificates.tags) != {der.SEQUENCE} or not der.is_sorted(certificates, data):
        raise RefusedError("signature_form")
    if len(certificates.children) > _MOST_CERTIFICATES:
        raise RefusedError("signature_foreign_certificates")
    signer = signers.children[0]
    fixed = [der.INTEGER, der.SEQUENCE, der.SEQUENCE, der.CONTEXT_0, der.SEQUENCE, der.OCTET_STRING]
    if signer.tags == [*fixed, der.CONTEXT_1]:
        added = {
            _text(one.children[0], data) for one in signer.children[6].children if one.children
        }
        stamped = added & _TIME_STAMPS
        raise RefusedError("signature_time_stamped" if stamped else "signature_unsigned_attributes")
    if signer.tags != fixed or _text(signer.children[0], data) != b"\1":
        raise RefusedError("signature_form")
    attributes = signer.children[3]
    if not der.is_sorted(attributes, data):
        raise RefusedError("signature_not_canonical")
    if any(
        one.tags != [der.OID, der.SET] or len(one.children[1].children) != 1
        for one in attributes.children
    ):
        raise RefusedError("signature_attributes")


def _text(node: der.Node, data: bytes) -> bytes:
    return data[node.content : node.end]


def _certificates(
    signed_data: cms.SignedData, signer: cms.SignerInfo
) -> tuple[x509.Certificate, list[x509.Certificate]]:
    """The signer's certificate, named byte for byte by issuer and number, and the others."""
    identifier = signer["sid"].chosen
    certificates = [choice.chosen for choice in signed_data["certificates"]]
    named = [
        one
        for one in certificates
        if one.issuer.dump() == identifier["issuer"].dump()
        and one["tbs_certificate"]["serial_number"].dump() == identifier["serial_number"].dump()
    ]
    if len(named) != 1:
        raise RefusedError("signature_certificate")
    return named[0], [one for one in certificates if one is not named[0]]


def check_algorithms(signed_data: cms.SignedData, signer: cms.SignerInfo) -> None:
    """SHA-2 with RSA or ECDSA, told in the same way in each place."""
    digest = signer["digest_algorithm"]
    method = signer["signature_algorithm"]
    (announced,) = signed_data["digest_algorithms"]
    name = digest["algorithm"].native
    try:
        family = method.signature_algo
    except ValueError:
        family = method["algorithm"].native
    try:
        hashed = method.hash_algo
    except ValueError:
        hashed = name  # the name of the method does not tell it, as with plain RSA
    if name not in _DIGESTS or family not in _SIGNATURES or hashed != name:
        told = f"{method['algorithm'].native}, {name}"
        raise RefusedError("signature_algorithm", algorithm=names.shown(told))
    if digest.dump() != announced.dump() or digest["parameters"].native is not None:
        raise RefusedError("signature_form")


def _check_chain(certificate: x509.Certificate, others: list[x509.Certificate]) -> None:
    """Every other certificate must have signed the one before it, up from the signer's."""
    from cryptography.x509 import load_der_x509_certificate

    current = load_der_x509_certificate(certificate.dump())
    left = [load_der_x509_certificate(one.dump()) for one in others]
    while left:
        above = next((one for one in left if issued(one, current)), None)
        if above is None:
            raise RefusedError("signature_foreign_certificates")
        left.remove(above)
        current = above
    if others and current.issuer == current.subject and not issued(current, current):
        raise RefusedError("signature_foreign_certificates")


def _attributes(signer: cms.SignerInfo) -> dict[str, Any]:
    """The signed attributes by name, each once, with all that CAdES asks for."""
    found = {one["type"].native: one["values"][0] for one in signer["signed_attrs"]}
    if not found.keys() >= _NEEDED or len(found) != len(signer["signed_attrs"]):
        raise RefusedError("signature_attributes")
    return found


def _check_named(value: Any, others: list[bytes]) -> None:
    """The attribute must name certificates by SHA-2: the signer's, or that and all the others.

    Whether the first it names is the signer's is asked with the signature itself.
    """
    named = [
        (one["hash_algorithm"]["algorithm"].native, one["cert_hash"]) for one in value["certs"]
    ]
    if not named or any(method not in _DIGESTS for method, _ in named):
        raise RefusedError("signature_attributes")
    along = {(method, digest.native) for method, digest in named[1:]}
    for other in others if along else ():
        if not any(new(method, other).digest() == digest for method, digest in along):
            raise RefusedError("signature_foreign_certificates")


def _time(value: Any) -> datetime:
    time = value.native
    if not isinstance(time, datetime):
        raise RefusedError("signature_attributes")
    return time.astimezone(UTC)


def claimed_role(value: Any) -> str:
    """The claimed role; "" where none is claimed in the form that we write."""
    from asn1crypto import core

    claimed = core.VOID if value is None else value["claimed_attributes"]
    if claimed is core.VOID or len(claimed) != 1 or claimed[0]["type"].native != _ROLE_TYPE:
        return ""
    (text,) = claimed[0]["values"]
    return names.shown(text.native) if isinstance(text.native, str) else ""


def _commitment(value: Any) -> str:
    return "" if value is None else names.shown(str(value["commitment_type_id"].native))
