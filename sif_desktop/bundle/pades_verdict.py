"""Verifying a PDF of ours that was given out alone: who signed it, and whether it changed since.

Each signature covers the file as it was then; what was added later may be no more than further
signatures. The arithmetic and the comparing of the revisions are pyHanko's.
"""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sif_desktop.bundle import cades, cms_form, der
from sif_desktop.bundle.certificate import facts
from sif_desktop.bundle.judge import identified
from sif_desktop.bundle.pades import read_pdf, unchanged_since
from sif_desktop.bundle.problems import Problem, RefusedError
from sif_desktop.bundle.trust import Trust
from sif_desktop.bundle.verdict import SignatureVerdict
from sif_desktop.errors import NotOursError

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

MOST_SIGNATURES = 100


def signatures_in(path: Path, given: Trust) -> tuple[SignatureVerdict, ...]:
    """The verdicts on all signatures in a PDF, in their order; `file` is the name of the place.

    One is valid when it fits its certificate and nothing but signatures was added since. Raises
    FileError where the file cannot be read, NotOursError where it cannot be read as a PDF.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    data = read_pdf(path)
    cades.quiet()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of cryptography, about odd certificates
            found = PdfFileReader(BytesIO(data)).embedded_signatures
            if len(found) > MOST_SIGNATURES:
                raise ValueError("more signatures than anybody needs")
            return tuple(_judged(one, data, given) for one in found)
    except Exception as error:  # a stranger's file: whatever a library says of it
        raise NotOursError("pdf_not_signable", file=str(path)) from error


def _judged(signature: EmbeddedPdfSignature, data: bytes, given: Trust) -> SignatureVerdict:
    """The verdict on one signature. Never raises for what is in it."""
    broken = SignatureVerdict(str(signature.field_name), "", valid=False)
    try:
        told = facts(signature.signer_cert.dump())
        broken = replace(
            broken,
            name=told.name,
            organisation=told.organisation,
            fingerprint=told.fingerprint,
            claimed_time=signature.self_reported_timestamp,
            role=_role(signature),
        )
        if not told.strong:
            raise RefusedError("signature_weak_key")
        _check_form(signature, data)
        status = asyncio.run(_status(signature, given))
        if not status.valid:
            raise RefusedError("signature_wrong_value")
        if not (status.intact and unchanged_since(signature, status)):
            raise RefusedError("pdf_changed_since")
    except RefusedError as refused:
        return replace(broken, problems=(refused.problem,))
    except Exception:  # a stranger's file
        return replace(broken, problems=(Problem("signature_unreadable"),))
    return identified(replace(broken, valid=True), told, status, given)


def _check_form(signature: EmbeddedPdfSignature, data: bytes) -> None:
    """Raises RefusedError where bytes that no signature covers could be others without notice.

    The place of a signature is written in the one way: strict DER as in a bundle, in hexadecimal
    that is all small or all capital, and nothing but zeros behind it.
    """
    _, first, second, _ = map(int, signature.byte_range)
    sealed = bytes(signature.pkcs7_content)
    text = sealed.hex().encode("ascii")
    size = sealed[1]
    end = 2 + size
    if size & 0x80:
        behind = 2 + (size & 0x7F)
        end = behind + int.from_bytes(sealed[2:behind])
    written = data[first:second] in (b"<%b>" % text, b"<%b>" % text.upper())
    if not written or any(sealed[end:]):
        raise RefusedError("signature_not_canonical")
    try:
        root = der.parse(sealed[:end])
    except der.NotDerError as error:
        raise RefusedError("signature_not_canonical") from error
    cms_form.check_shape(root, sealed[:end])
    cms_form.check_algorithms(signature.signed_data, signature.signer_info)


async def _status(signature: EmbeddedPdfSignature, given: Trust) -> Any:
    from asn1crypto import x509
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(authority) for authority in given.authorities or ()]
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    return await async_validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=roots, allow_fetching=False),
        key_usage_settings=usage,
    )


def _role(signature: EmbeddedPdfSignature) -> str:
    """The role that the signer claims; "" where none is claimed in the form that we write."""
    for one in signature.signer_info["signed_attrs"]:
        if one["type"].native == "signer_attributes_v2":
            return cms_form.claimed_role(one["values"][0])
    return ""
