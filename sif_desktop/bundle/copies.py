"""Copies of a signed bundle: read with care, and written again with other signatures.

The payload goes over as it is, byte for byte. The order in a copy depends on nothing but what is
in it: the payload as the first manifest lists it, then the manifests and signatures by name, the
coordinator's first. So the same signatures give the same file, whoever put them together.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sif_desktop.bundle import manifest, names
from sif_desktop.bundle.cms_form import LARGEST_SIGNATURE
from sif_desktop.bundle.container import MEDIA_TYPE, Container, open_container
from sif_desktop.bundle.manifest import LARGEST_MANIFEST, Listed
from sif_desktop.bundle.trust import load
from sif_desktop.bundle.verdict import Verdict
from sif_desktop.bundle.verify import MOST_SIGNATURES, verdict_on
from sif_desktop.bundle.write import add, head_of
from sif_desktop.bundle.zip_layout import MOST_MEMBERS
from sif_desktop.errors import FileError, IdentityError, NotOursError
from sif_desktop.writing import beside

_MOST_NAMED = 5
_LONGEST_LIST = 300


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read: its verdict, and the bytes of its manifests and signatures by name."""

    path: Path
    verdict: Verdict
    papers: Mapping[str, bytes] = field(repr=False)

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each payload member, in hexadecimal; "" for one that is damaged."""
        return {member.name: member.sha256 for member in self.verdict.members}


def read_copy(path: Path) -> Copy:
    """Reads and verifies a copy. It may be broken: its verdict tells.

    Raises FileError where it cannot be read, NotOursError where it is no container.
    """
    with open_container(path) as container:
        verdict = verdict_on(container, load(None))
        papers = _papers(container) if verdict.intact else {}
    return Copy(path, verdict, papers)


def require_intact(copy: Copy) -> None:
    """Raises NotOursError for a copy that nobody should put a signature to.

    That is one that is not intact, or a simple container, which has room for one signature.
    """
    if any(not one.manifest for one in copy.verdict.signatures):
        raise NotOursError("copy_simple", file=str(copy.path))
    if copy.verdict.intact:
        return
    found = (problem.figures.get("member") for problem in copy.verdict.problems)
    members = named({str(member) for member in found if member})
    if members:
        raise NotOursError("copy_not_intact_in", file=str(copy.path), members=members)
    raise NotOursError("copy_not_intact", file=str(copy.path))


def payload_of(papers: Mapping[str, bytes]) -> tuple[Listed, ...]:
    """The payload as the first manifest lists it. Raises ValueError where there is none."""
    first = next(name for name in sorted_papers(papers) if names.role(name) == "manifest")
    return manifest.from_xml(papers[first], first).listed


def sorted_papers(papers: Mapping[str, bytes]) -> list[str]:
    """The names of manifests and signatures: each signer's two together, the first signer first."""
    pairs: dict[str, str] = {}
    for name, data in papers.items():
        if names.role(name) == "manifest":
            pairs[manifest.from_xml(data, name).signature] = name
    first = names.signature_files()[0]
    order = sorted((name != first, name, signature) for signature, name in pairs.items())
    return [name for _, *pair in order for name in pair]


def write_copy(
    out: Path,
    source: Copy,
    papers: Mapping[str, bytes],
    progress: Callable[[int], None] | None = None,
) -> None:
    """Writes the payload of `source` with these manifests and signatures, in place of `out`.

    `out` may be the source itself. `progress` is told the bytes of payload written so far; what it
    raises ends the writing. Whatever is raised, `out` is as it was. Raises FileError where it
    cannot be written, NotOursError where the source changed since it was read, IdentityError for
    more signatures than a bundle may have.
    """
    if len(papers) > 2 * MOST_SIGNATURES or len(papers) + len(source.digests) >= MOST_MEMBERS:
        raise IdentityError("cosign_too_many", file=str(source.path), most=MOST_SIGNATURES)
    try:
        with beside(out) as stream, zipfile.ZipFile(stream, "w") as archive:
            add(archive, names.MIMETYPE, MEDIA_TYPE.encode("ascii"))
            with open_container(source.path) as container:
                _copy_payload(archive, container, source, payload_of(papers), progress)
            for name in sorted_papers(papers):
                add(archive, name, papers[name])
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError("bundle_not_written", file=str(out), reason=reason) from error


def _copy_payload(
    archive: zipfile.ZipFile,
    container: Container,
    source: Copy,
    listed: tuple[Listed, ...],
    progress: Callable[[int], None] | None,
) -> None:
    sizes = {entry.name: entry.size for entry in container.payload}
    expected = source.digests
    if container.problems or sizes.keys() != expected.keys():
        raise NotOursError("copy_changed_meanwhile", file=container.file)
    done = 0
    for one in listed:
        digest = sha256()
        head = head_of(one.name)
        head.file_size = sizes[one.name]
        with archive.open(head, "w") as target:
            for chunk in container.chunks(one.name):
                digest.update(chunk)
                target.write(chunk)
                done += len(chunk)
                if progress:
                    progress(done)
        if digest.hexdigest() != expected[one.name]:
            raise NotOursError("copy_changed_meanwhile", file=container.file)


def _papers(container: Container) -> dict[str, bytes]:
    largest = max(LARGEST_SIGNATURE, LARGEST_MANIFEST)
    return {entry.name: container.read(entry.name, largest) for entry in container.metadata}


def named(members: set[str]) -> str:
    """Members in a sentence: the first few by name, and the count of all where there are more."""
    shown = ", ".join(names.shown(name) for name in sorted(members)[:_MOST_NAMED])[:_LONGEST_LIST]
    more = len(members) - _MOST_NAMED
    return f"{shown} (+{more})" if more > 0 else shown
