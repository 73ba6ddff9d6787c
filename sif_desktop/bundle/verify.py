"""Verifying a bundle: is it intact, and who signed it. One pass over its bytes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import new
from itertools import islice
from pathlib import Path

from sif_desktop.bundle import manifest as manifests
from sif_desktop.bundle import names
from sif_desktop.bundle import trust as trusts
from sif_desktop.bundle.cms_form import LARGEST_SIGNATURE
from sif_desktop.bundle.container import Container, open_container
from sif_desktop.bundle.judge import judge
from sif_desktop.bundle.manifest import LARGEST_MANIFEST, Manifest
from sif_desktop.bundle.problems import Problem, RefusedError
from sif_desktop.bundle.simple import simple_verdict
from sif_desktop.bundle.verdict import MemberVerdict, SignatureVerdict, Verdict
from sif_desktop.bundle.zip_layout import Entry
from sif_desktop.errors import NotOursError
from sif_desktop.model.canonical import LARGEST_JSON

__all__ = ["MemberVerdict", "Problem", "SignatureVerdict", "Verdict", "verdict_on", "verify"]

MOST_SIGNATURES = 100
"""Signatures of a container; one with more is refused."""

_MOST_DIFFERENCES = 200  # a stranger could have a hundred signers miss two thousand members
_LARGEST_METADATA = 16 * 1024 * 1024
_LARGEST_KEPT = {names.PROPOSAL: LARGEST_JSON, names.CALL: 8 * 1024 * 1024}


@dataclass(slots=True)
class _Papers:
    """What `META-INF` holds; a manifest that was refused is None."""

    raw: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[str, Manifest | None] = field(default_factory=dict)
    signatures: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Payload:
    """The payload once read: digests by member and method, and the two files that are kept."""

    digests: dict[str, dict[str, bytes]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)


Progress = Callable[[int, int], None]
"""Is told the bytes of payload that were read, and the bytes of all payload."""


def verify(
    path: Path,
    *,
    trust: Path | None = None,
    pinned: Iterable[str] = (),
    progress: Progress | None = None,
) -> Verdict:
    """The verdict on a bundle.

    `trust` is a folder with certificates of authorities, `pinned` are fingerprints (SHA-256 of a
    certificate in hexadecimal) that somebody has compared. What `progress` raises ends the reading.
    Whatever is wrong with a container is told in the verdict. Raises NotOursError where the file is
    no ASiC container at all, FileError where it or the folder of authorities cannot be read.
    """
    given = trusts.load(trust, pinned)
    with open_container(path) as container:
        return verdict_on(container, given, progress)


def verdict_on(
    container: Container, given: trusts.Trust, progress: Progress | None = None
) -> Verdict:
    """The verdict on an open container. Raises FileError where the disk fails."""
    problems = (*container.problems, *_too_many(container))
    if problems:
        members = tuple(_unread(entry) for entry in container.payload)
        return Verdict(False, members, problems=problems, not_checked=())
    if container.simple:
        return simple_verdict(container, given)
    papers = _read_papers(container)
    payload = _read_payload(container, papers, progress)
    pairs = list(_pairs(papers))
    signatures = tuple(
        judge(papers.raw[signature], papers.raw[name], given, file=signature, manifest=name)
        for name, signature in pairs
    )
    members = tuple(_members(container, papers, payload))
    problems = (
        *papers.problems,
        *islice(_differences(container, papers, payload), _MOST_DIFFERENCES),
    )
    good = signatures and all(one.valid for one in signatures)
    whole = all(member.covered and member.ok for member in members)
    return Verdict(
        intact=bool(good) and whole and not problems,
        members=members,
        signatures=signatures,
        problems=problems,
        proposal_json=payload.kept.get(names.PROPOSAL),
        call_json=payload.kept.get(names.CALL),
    )


def _unread(entry: Entry) -> MemberVerdict:
    return MemberVerdict(names.shown(entry.name), entry.size, "", covered=False, ok=False)


def _too_many(container: Container) -> Iterator[Problem]:
    """More signatures than any consortium needs, which would only keep the verifier busy."""
    size = sum(entry.size for entry in container.metadata)
    if len(container.metadata) > 2 * MOST_SIGNATURES or size > _LARGEST_METADATA:
        yield Problem("too_many_signatures", {"limit": MOST_SIGNATURES})


def _read_papers(container: Container) -> _Papers:
    """Reads the manifests and signatures, and names everything else that lies beside them."""
    papers = _Papers()
    for entry in container.metadata:
        role = names.role(entry.name)
        if role in names.NOT_JUDGED:
            papers.problems.append(Problem(names.NOT_JUDGED[role], {"member": entry.name}))
            continue
        if role == "signature":
            papers.signatures.append(entry.name)
        else:
            papers.manifests[entry.name] = None
        largest = LARGEST_SIGNATURE if role == "signature" else LARGEST_MANIFEST
        try:
            papers.raw[entry.name] = container.read(entry.name, largest)
            if role == "manifest":
                read = manifests.from_xml(papers.raw[entry.name], entry.name)
                papers.manifests[entry.name] = read
        except NotOursError:
            papers.raw[entry.name] = b""
            papers.problems.append(Problem("member_unreadable", {"member": entry.name}))
        except RefusedError as refused:
            papers.problems.append(refused.problem)
    if not papers.signatures and not names.signed_otherwise(papers.problems):
        papers.problems.append(Problem("unsigned"))
    return papers


def _read_payload(container: Container, papers: _Papers, progress: Progress | None) -> _Payload:
    """Hashes every member with all methods that the manifests use; what is broken has no digest."""
    methods = {"sha256"}
    for listed in _all_listed(papers):
        methods.add(listed.method)
    payload = _Payload()
    done, whole = 0, sum(entry.size for entry in container.payload)
    for entry in container.payload:
        digests = {method: new(method) for method in methods}
        keep = entry.size <= _LARGEST_KEPT.get(entry.name, -1)
        kept = []
        try:
            for chunk in container.chunks(entry.name):
                for digest in digests.values():
                    digest.update(chunk)
                if keep:
                    kept.append(chunk)
                done += len(chunk)
                if progress:
                    progress(done, whole)
        except NotOursError:
            papers.problems.append(Problem("member_unreadable", {"member": entry.name}))
            continue
        payload.digests[entry.name] = {name: one.digest() for name, one in digests.items()}
        if keep:
            payload.kept[entry.name] = b"".join(kept)
    return payload


def _all_listed(papers: _Papers) -> Iterator[manifests.Listed]:
    for manifest in papers.manifests.values():
        yield from manifest.listed if manifest else ()


def _pairs(papers: _Papers) -> Iterator[tuple[str, str]]:
    """Each manifest with its signature; tells of those that are alone or share."""
    named = Counter(one.signature for one in papers.manifests.values() if one)
    for name, manifest in papers.manifests.items():
        if manifest is None:
            continue
        if manifest.signature not in papers.signatures:
            papers.problems.append(Problem("manifest_without_signature", {"member": name}))
        elif named[manifest.signature] > 1:
            figures = {"member": name, "signature": manifest.signature}
            papers.problems.append(Problem("signature_named_twice", figures))
        else:
            yield name, manifest.signature
    for signature in papers.signatures:
        if not named[signature]:
            papers.problems.append(Problem("signature_without_manifest", {"member": signature}))


def _members(container: Container, papers: _Papers, payload: _Payload) -> Iterator[MemberVerdict]:
    """The verdicts on the members: all manifests must list each, with the digest that it has."""
    listings: dict[str, list[manifests.Listed]] = {}
    for one in _all_listed(papers):
        listings.setdefault(one.name, []).append(one)
    for entry in container.payload:
        digests = payload.digests.get(entry.name, {})
        listed = listings.get(entry.name, [])
        covered = bool(listed) and len(listed) == len(papers.manifests)
        good = bool(digests) and all(digests[one.method] == one.digest for one in listed)
        sha256 = digests["sha256"].hex() if digests else ""
        yield MemberVerdict(entry.name, entry.size, sha256, covered, covered and good)


def _differences(container: Container, papers: _Papers, payload: _Payload) -> Iterator[Problem]:
    """Where a manifest and the payload say different things."""
    here = {entry.name: None for entry in container.payload}
    for name, manifest in papers.manifests.items():
        if manifest is None:
            continue
        listed = {one.name: one for one in manifest.listed}
        for member in here:
            figures = {"member": member, "manifest": name}
            if member not in listed:
                yield Problem("member_unlisted", figures)
            elif member in payload.digests:
                one = listed[member]
                if payload.digests[member][one.method] != one.digest:
                    yield Problem("member_changed", figures)
        for member in listed:
            if member not in here:
                yield Problem("member_missing", {"member": member, "manifest": name})
