"""Uniting the copies of one bundle that partners signed apart: what each is, and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sif_desktop.app.looking import Seen, look
from sif_desktop.app.work import UNWATCHED, Work
from sif_desktop.errors import SifError

State = Literal["ready", "differs", "broken", "unreadable", "twice"]
"""differs: another content than the first good copy. twice: the same file is in the list above."""


@dataclass(frozen=True)
class Copy:
    """A copy in the list. `members` names what differs; `trouble` says why it cannot be read."""

    path: Path
    state: State
    signers: tuple[str, ...] = ()
    members: str = ""
    trouble: SifError | None = None


def copies(
    paths: Iterable[Path], trust: Path | None = None, work: Work = UNWATCHED
) -> tuple[Copy, ...]:
    """Looks at each file, in their order. Raises StoppedError when it is not wanted any more."""
    found: list[Copy] = []
    first: dict[str, str] | None = None
    known: set[Path] = set()
    for path in paths:
        same = path.absolute() in known
        known.add(path.absolute())
        one, digests = _copy(path, trust, work, first)
        if same:
            one = Copy(path, "twice", one.signers)
        elif one.state == "ready" and first is None:
            first = digests
        found.append(one)
    return tuple(found)


def can_unite(found: Sequence[Copy]) -> bool:
    """Whether all of them are copies of one bundle; two at least."""
    return len(found) > 1 and all(one.state == "ready" for one in found)


def united_name(first: Path, added: str) -> Path:
    """A name for the whole beside the first copy: its own, and a word added to it."""
    from sif_desktop.app.attaching import safe_name

    return first.with_name(safe_name(f"{first.stem[:60]}-{added}.asice", "asice"))


def unite(
    paths: Sequence[Path], out: Path, trust: Path | None = None, work: Work = UNWATCHED
) -> Seen:
    """Writes one bundle with all signatures to `out`, and looks at it as a stranger's.

    Raises as `bundle.unite.unite` does, and StoppedError when it is not wanted any more; `out` is
    as it was then.
    """
    from sif_desktop.bundle.unite import unite as put_together

    def progress(done: int) -> None:
        work.at("writing", done, 0)

    work.at("verifying")
    put_together(paths, out, progress=progress)
    work.tell("verifying", 0, 0)  # what is written can no longer be stopped
    return look(out, trust)


def _copy(
    path: Path, trust: Path | None, work: Work, first: dict[str, str] | None
) -> tuple[Copy, dict[str, str]]:
    """One copy by itself and against the content of the first."""
    from sif_desktop.bundle.copies import named

    try:
        seen = look(path, trust, work)
    except SifError as error:
        return Copy(path, "unreadable", trouble=error), {}
    verdict = seen.examination.verdict
    if seen.kind != "bundle":
        return Copy(path, "unreadable"), {}
    signers = tuple(one.name or "?" for one in verdict.signatures if one.valid)
    digests = {one.name: one.sha256 for one in verdict.members}
    differing = {name for name, _ in (first or digests).items() ^ digests.items()}
    if differing and any(digests.values()):
        return Copy(path, "differs", signers, named(differing)), digests
    return Copy(path, "ready" if verdict.intact else "broken", signers), digests
