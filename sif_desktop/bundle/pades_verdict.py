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

from sif_desktop.bundle import cades, cms_form
from sif_desktop.bundle.certificate import facts
from sif_desktop.bundle.judge import identified
from sif_desktop.bundle.pades import read_pdf
from sif_desktop.bundle.problems import Problem
from sif_desktop.bundle.trust import Trust
from sif_desktop.bundle.verdict import SignatureVerdict
from sif_desktop.errors import NotOursError

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature

MOST_SIGNATURES = 100
_DIGESTS = frozenset({"sha256", "sha384", "sha512"})


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
            return tuple(_judged(one, given) for one in found)
    except Exception as error:  # a stranger's file: whatever a library says of it
        raise NotOursError("pdf_not_signable", file=str(path)) from error


def _judged(signature: EmbeddedPdfSignature, given: Trust) -> SignatureVerdict:
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
            return replace(broken, problems=(Problem("signature_weak_key"),))
        status = asyncio.run(_status(signature, given))
        if status.md_algorithm not in _DIGESTS:
            algorithm = {"algorithm": status.md_algorithm}
            return replace(broken, problems=(Problem("signature_algorithm", algorithm),))
        if not status.valid:
            return replace(broken, problems=(Problem("signature_wrong_value"),))
        if not (status.intact and _unchanged_since(status)):
            return replace(broken, problems=(Problem("pdf_changed_since"),))
    except Exception:  # a stranger's file
        return replace(broken, problems=(Problem("signature_unreadable"),))
    return identified(replace(broken, valid=True), told, status, given)


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


def _unchanged_since(status: Any) -> bool:
    """Whether what was added after a signature is no more than other signatures."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = status.modification_level
    return level is not None and level <= ModificationLevel.FORM_FILLING


def _role(signature: EmbeddedPdfSignature) -> str:
    """The role that the signer claims; "" where none is claimed in the form that we write."""
    for one in signature.signer_info["signed_attrs"]:
        if one["type"].native == "signer_attributes_v2":
            return cms_form.claimed_role(one["values"][0])
    return ""
