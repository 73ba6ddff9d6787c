"""The answer to a verification, in parts: what is intact, who signed, what was not looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sif_desktop.bundle.problems import Problem

IdentityState = Literal["trusted", "known", "self_issued", "untrusted"]
"""trusted: an authority of the given folder vouches for it. known: its fingerprint was pinned.
self_issued: it vouches for itself, so it proves only "the same key as before"."""

NotChecked = Literal["revocation", "trusted_time"]
"""revocation: whether a certificate was withdrawn. trusted_time: whether the claimed time is so."""

NOT_CHECKED: tuple[NotChecked, ...] = ("revocation", "trusted_time")


@dataclass(frozen=True, slots=True)
class MemberVerdict:
    """A payload member. `covered`: every signature lists it; `ok`: with the digest that it has.

    `size` is in bytes; `sha256` is "" where the member could not be read.
    """

    name: str
    size: int
    sha256: str
    covered: bool
    ok: bool


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """One signature: `valid` when it was made over its manifest with the key of its certificate.

    `manifest` is "" where the signature is over the only file of a simple container itself.

    Who it is (`identity`) is another question: `by_authority` names the authority where it is
    trusted, and `problems` tell what speaks against the certificate. Nobody but the signer vouches
    for `claimed_time`, `role` and `commitment`. Texts are "" and the time is None where unknown.
    """

    file: str
    manifest: str
    valid: bool
    name: str = ""
    organisation: str = ""
    fingerprint: str = ""
    identity: IdentityState = "untrusted"
    by_authority: str = ""
    claimed_time: datetime | None = None
    role: str = ""
    commitment: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first two answers. The third, whether the rules of the call hold, needs `proposal_json`.

    `intact`: signed, every signature valid, every member covered by each of them, nothing else in
    the container. `problems` are those of the container and its members. The two files are given
    as they were read in the same pass, or None.
    """

    intact: bool
    members: tuple[MemberVerdict, ...] = ()
    signatures: tuple[SignatureVerdict, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_checked: tuple[NotChecked, ...] = NOT_CHECKED
    proposal_json: bytes | None = field(default=None, repr=False)
    call_json: bytes | None = field(default=None, repr=False)
