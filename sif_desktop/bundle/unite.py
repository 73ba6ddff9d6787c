"""Uniting copies of one bundle that different people signed: one bundle with all signatures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sif_desktop.bundle import names
from sif_desktop.bundle.copies import Copy, named, read_copy, require_intact, write_copy
from sif_desktop.errors import IdentityError, NotOursError


def unite(
    paths: Sequence[Path], out: Path, *, progress: Callable[[int], None] | None = None
) -> None:
    """Writes one bundle with the signatures of all copies to `out`, which may be one of them.

    Whatever the order of the copies, the result has the same bytes. `progress` is told the bytes
    of payload written so far, and what it raises ends the writing. Whatever is raised, `out` is as
    it was. Raises NotOursError where the payload of a copy differs (it names the members) or a
    copy is not intact, IdentityError where somebody signed twice, FileError where a copy cannot be
    read or `out` not be written, ValueError without copies.
    """
    if not paths:
        raise ValueError("no copies")
    copies = [read_copy(path) for path in paths]
    first, *others = copies
    for other in others:
        _require_same_payload(first, other)
    for copy in copies:
        require_intact(copy)
    write_copy(out, first, _all_papers(copies), progress)


def _require_same_payload(first: Copy, other: Copy) -> None:
    """Raises NotOursError with the members that one of the two lacks or has otherwise."""
    here, there = first.digests, other.digests
    if not (any(here.values()) and any(there.values())):
        return  # nothing in one of them could be read: it is not intact
    differing = {name for name, _ in here.items() ^ there.items()}
    if differing:
        raise NotOursError(
            "unite_payload_differs",
            file=str(other.path),
            other=str(first.path),
            members=named(differing),
        )


def _all_papers(copies: Sequence[Copy]) -> dict[str, bytes]:
    """All manifests and signatures. Raises IdentityError where two exclude each other.

    One signer has one signature, and one name belongs to one signer.
    """
    papers: dict[str, bytes] = {}
    owners: dict[str, tuple[str, Path]] = {}
    signed: dict[str, tuple[dict[str, bytes], Path]] = {}
    for copy in copies:
        for one in copy.verdict.signatures:
            own = {name: copy.papers[name] for name in (one.manifest, one.file)}
            before, where = signed.setdefault(one.fingerprint, (own, copy.path))
            if before != own:
                raise _clash("unite_signed_twice", copy, where, one.name)
            for name in own:
                owner, where = owners.setdefault(name, (one.fingerprint, copy.path))
                if owner != one.fingerprint:
                    raise _clash("unite_clash", copy, where, name)
            papers.update(own)
    return papers


def _clash(key: str, copy: Copy, other: Path, name: str) -> IdentityError:
    return IdentityError(key, file=str(copy.path), other=str(other), name=names.shown(name))
