"""Judging one signature: whether it holds, and what is known of whoever made it.

The arithmetic is pyHanko's. Certificates are looked at as of now: a claimed time is nobody's but
the signer's, and taking it as the moment would bring expired certificates back to life.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

from sif_desktop.bundle import cms_form, names
from sif_desktop.bundle.cades import quiet
from sif_desktop.bundle.certificate import Facts, facts
from sif_desktop.bundle.problems import Problem, RefusedError
from sif_desktop.bundle.trust import Trust
from sif_desktop.bundle.verdict import SignatureVerdict

if TYPE_CHECKING:
    from pyhanko.sign.validation.status import StandardCMSSignatureStatus

_CLOCKS_DIFFER = timedelta(days=1)


def judge(
    data: bytes, content: bytes | BinaryIO, trust: Trust, *, file: str, manifest: str
) -> SignatureVerdict:
    """The verdict on a signature (DER) over `content`. Never raises for what is in them.

    `manifest` is the name of the content where that is a manifest, and "" elsewhere.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of cryptography, about odd certificates
        return _judged(data, content, trust, SignatureVerdict(file, manifest, valid=False))


def _judged(
    data: bytes, content: bytes | BinaryIO, trust: Trust, broken: SignatureVerdict
) -> SignatureVerdict:
    """The verdict, starting from one that says that the signature is broken."""
    try:
        signature = cms_form.read(data)
        told = facts(signature.certificate)
        broken = replace(
            broken,
            name=told.name,
            organisation=told.organisation,
            fingerprint=told.fingerprint,
            claimed_time=signature.claimed_time,
            role=signature.role,
            commitment=signature.commitment,
        )
        if not told.strong:
            raise RefusedError("signature_weak_key")
        quiet()
        status = asyncio.run(_status(signature, content, trust))
        if not status.intact:
            raise RefusedError("signature_other_content")
        if not status.valid:
            raise RefusedError("signature_wrong_value")
    except RefusedError as refused:
        return replace(broken, problems=(refused.problem,))
    except Exception:  # a stranger's file: whatever a library says of it, it is no good signature
        return replace(broken, problems=(Problem("signature_unreadable"),))
    return identified(replace(broken, valid=True), told, status, trust)


async def _status(
    signature: cms_form.SignatureFile, content: bytes | BinaryIO, trust: Trust
) -> StandardCMSSignatureStatus:
    """pyHanko's verdict, offline, with no other authorities than the given ones."""
    from asn1crypto import x509
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(authority) for authority in trust.authorities or ()]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    return await async_validate_detached_cms(
        content,
        signature.signed_data,
        signer_validation_context=context,
        key_usage_settings=usage,
    )


def identified(
    verdict: SignatureVerdict, told: Facts, status: StandardCMSSignatureStatus, trust: Trust
) -> SignatureVerdict:
    """The verdict with the state of the identity, and with what speaks against it."""
    problems = tuple(_against(told, verdict.claimed_time))
    if status.trusted and not problems:
        return replace(verdict, identity="trusted", by_authority=_authority(status))
    if told.fingerprint in trust.pinned:
        return replace(verdict, identity="known", problems=problems)
    if told.self_issued:
        return replace(verdict, identity="self_issued", problems=problems)
    return replace(verdict, problems=(*problems, *_not_trusted(status, trust)))


def _against(told: Facts, claimed: datetime | None) -> Iterator[Problem]:
    """What a certificate and a claimed time say against a signature, whoever vouches for it."""
    now = datetime.now(UTC)
    if told.not_after < now:
        yield Problem("certificate_expired", {"day": told.not_after})
    if told.not_before > now:
        yield Problem("certificate_not_yet_valid", {"day": told.not_before})
    if claimed and not told.not_before <= claimed <= told.not_after:
        yield Problem("certificate_invalid_when_claimed", {"day": claimed})
    if claimed and claimed > now + _CLOCKS_DIFFER:
        yield Problem("claimed_time_in_future", {"day": claimed})
    if not told.for_signing:
        yield Problem("certificate_not_for_signing")


def _authority(status: Any) -> str:
    """The name of the authority at the top of the path that was found."""
    subject = status.validation_path.trust_anchor.authority.name.native
    name = subject.get("common_name") or subject.get("organization_name") or ""
    return names.shown(str(name))


def _not_trusted(status: StandardCMSSignatureStatus, trust: Trust) -> Iterator[Problem]:
    """Why no authority vouches for the certificate."""
    from pyhanko.sign.ades.report import AdESIndeterminate

    if trust.authorities is None:
        yield Problem("authorities_not_given")
    elif status.trust_problem_indic == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND:
        yield Problem("authority_not_found")
    elif not status.trusted:
        yield Problem("authority_refused")
