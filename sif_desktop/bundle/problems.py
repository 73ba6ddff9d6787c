"""What can be wrong with a bundle or a signature: a code from a closed list, and its figures.

The sentence of a code stands under `verify.<code>` in the program's texts. The codes of the last
group say something about the certificate and leave the bundle intact; each of the others breaks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Code = Literal[
    # The container as a ZIP: with any of these, nothing in it is read.
    "container_layout",
    "container_headers",
    "too_many_members",
    "member_name",
    "member_twice",
    "member_clash",
    "member_kind",
    "member_folder",
    "member_inflates",
    "mimetype_place",
    # What the manifests say, against what is there.
    "unsigned",
    "too_many_signatures",
    "manifest_unreadable",
    "manifest_form",
    "manifest_doctype",
    "manifest_name",
    "manifest_lists_twice",
    "manifest_digest_method",
    "manifest_without_signature",
    "signature_without_manifest",
    "signature_named_twice",
    "member_missing",
    "member_unlisted",
    "member_changed",
    "member_unreadable",
    "member_unknown",
    "xades_not_judged",
    "evidence_not_judged",
    "time_stamp_not_judged",
    "foreign_list",
    "simple_members",
    # One signature.
    "signature_unreadable",
    "signature_not_canonical",
    "signature_form",
    "signature_unsigned_attributes",
    "signature_time_stamped",
    "signature_several_signers",
    "signature_foreign_certificates",
    "signature_attributes",
    "signature_algorithm",
    "signature_weak_key",
    "signature_certificate",
    "signature_other_content",
    "signature_wrong_value",
    "pdf_changed_since",
    # The certificate of a signature: the bundle is intact all the same.
    "certificate_expired",
    "certificate_not_yet_valid",
    "certificate_invalid_when_claimed",
    "certificate_not_for_signing",
    "claimed_time_in_future",
    "authorities_not_given",
    "authority_not_found",
    "authority_refused",
]

Figure = int | str | datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, with the figures of its sentence (member, count, day, ...)."""

    code: Code
    figures: Mapping[str, Figure] = field(default_factory=dict)


class RefusedError(Exception):
    """A part of a bundle is refused. Never leaves this package: it becomes part of a verdict."""

    def __init__(self, code: Code, **figures: Figure) -> None:
        super().__init__(code)
        self.problem = Problem(code, figures)
