"""Verifying a simple container (ASiC-S of EN 319 162-1): one file, and a signature over it.

We make none, but others do. A CAdES signature is judged as in any bundle; whatever else may prove
something about the file is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sif_desktop.bundle import names
from sif_desktop.bundle.cms_form import LARGEST_SIGNATURE
from sif_desktop.bundle.container import Container
from sif_desktop.bundle.judge import judge
from sif_desktop.bundle.problems import Problem
from sif_desktop.bundle.trust import Trust
from sif_desktop.bundle.verdict import MemberVerdict, SignatureVerdict, Verdict
from sif_desktop.errors import NotOursError

SIGNATURE = "META-INF/signature.p7s"
"""The only place of a CAdES signature in a simple container."""


def simple_verdict(container: Container, trust: Trust) -> Verdict:
    """The verdict on an open container of one file, whose ZIP is in order."""
    problems = list(_named(container))
    digest = ""
    signatures: tuple[SignatureVerdict, ...] = ()
    if len(container.payload) != 1:
        problems.append(Problem("simple_members", {"count": len(container.payload)}))
    elif digest := _digest(container, container.payload[0].name, problems):
        signatures = tuple(_judged(container, container.payload[0].name, trust, problems))
    if SIGNATURE not in container and not names.signed_otherwise(problems):
        problems.append(Problem("unsigned"))
    good = bool(signatures) and all(one.valid for one in signatures)
    members = tuple(
        MemberVerdict(entry.name, entry.size, digest, covered=bool(signatures), ok=good)
        for entry in container.payload
    )
    return Verdict(good and not problems, members, signatures, tuple(problems))


def _named(container: Container) -> Iterator[Problem]:
    """Everything in `META-INF` that is not the one signature."""
    for entry in container.metadata:
        if entry.name != SIGNATURE:
            code = names.NOT_JUDGED.get(names.role(entry.name), "member_unknown")
            yield Problem(code, {"member": entry.name})


def _digest(container: Container, name: str, problems: list[Problem]) -> str:
    """The SHA-256 of the file in hexadecimal; "" where it is damaged, which is then told."""
    digest = sha256()
    try:
        for chunk in container.chunks(name):
            digest.update(chunk)
    except NotOursError:
        problems.append(Problem("member_unreadable", {"member": name}))
        return ""
    return digest.hexdigest()


def _judged(
    container: Container, name: str, trust: Trust, problems: list[Problem]
) -> Iterator[SignatureVerdict]:
    if SIGNATURE not in container:
        return
    try:
        data = container.read(SIGNATURE, LARGEST_SIGNATURE)
    except NotOursError:
        problems.append(Problem("member_unreadable", {"member": SIGNATURE}))
        return
    with container.stream(name) as content:
        yield judge(data, content, trust, file=SIGNATURE, manifest="")
