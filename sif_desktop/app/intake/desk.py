"""The whole of an intake: find the bundles of a folder, judge them, write what they come to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from sif_desktop import __version__, paths
from sif_desktop.app.intake import running
from sif_desktop.app.intake.across import Overview, overview
from sif_desktop.app.intake.judging import digest_of
from sif_desktop.app.intake.ledger import NAME, Ledger, open_ledger
from sif_desktop.app.sources import cannot_read
from sif_desktop.calls.folder import folders
from sif_desktop.errors import FileError

ENDINGS = (".asice", ".asics", ".sce", ".scs", ".asic")
"""Endings of what claims to be a bundle; other files are looked at for what they are."""

Make = Callable[[], tuple[Executor, int]]
Held = Literal["nothing", "earlier", "other"]


@dataclass(frozen=True)
class Given:
    """What an intake is asked: the bundles' folder, where its results go, and whom it trusts."""

    folder: Path
    out: Path
    trust: Path | None = None
    pinned: Sequence[str] = ()


def take_in(
    given: Given,
    *,
    make: Make = running.processes,
    tell: running.Tell = lambda done, whole: None,
    kept: running.Kept | None = None,
    passing: Callable[[], None] = lambda: None,
) -> Iterator[tuple[Ledger, Overview]]:
    """Judges all bundles of a folder and gives the ledger with its overview, to write from.

    Used in a `for` of one round, so that the ledger is closed behind it. Interrupted and started
    again, it goes on where it was. Who looks on is told by `tell` how many are judged, by `kept`
    of the rows (those of before first), and by `passing` of each file that is looked for or
    compared before; what one of these raises ends the run. Raises FileError where the folder
    cannot be read, the other not be written, or another intake is at work in it.
    """
    _prepare(given)
    with open_ledger(given.out) as ledger:
        ledger.begin(_basis(given))
        try:
            ledger.found(_each(_files(given), passing))
        except OSError as error:
            raise cannot_read(Path(str(error.filename or given.folder)), error) from error
        ledger.forget(_changed_since(given.folder, ledger, passing))
        for rows in ledger.texts() if kept else ():
            kept(rows)  # type: ignore[misc]
        trust = str(given.trust.absolute()) if given.trust else None
        folder = str(given.folder.absolute())
        pinned = tuple(given.pinned)
        running.Run(ledger, tell, folder, trust, pinned, make, kept or _unwatched).judge()
        ledger.replace_older()
        yield ledger, overview(ledger, given.folder)


def _unwatched(rows: running.Rows) -> None:
    """For an intake on which nobody looks."""


def _prepare(given: Given) -> None:
    """Sees to it that both folders are there, and that results go where nothing else is."""
    if not paths.is_folder(given.folder):
        raise FileError("intake_no_folder", file=str(given.folder))
    try:
        given.out.mkdir(parents=True, exist_ok=True)
        holds = held(given.out)
    except OSError as error:
        raise cannot_read(given.out, error) from error
    if holds == "other":
        raise FileError("intake_not_empty", file=str(given.out))


def held(out: Path) -> Held:
    """What a folder for results holds: nothing, an earlier intake, or other files.

    A folder that is not there holds nothing. Raises OSError.
    """
    try:
        names = {one.name for one in out.iterdir() if not one.name.startswith(".")}
    except FileNotFoundError:
        return "nothing"
    if NAME in names:
        return "earlier"
    return "other" if names else "nothing"


def _basis(given: Given) -> dict[str, str]:
    """What a verdict depends on besides the bundle itself."""
    calls = hashlib.sha256()
    for folder in folders():
        for file in sorted(folder.rglob("*.toml")):
            calls.update(f"{folder.name}/{file.name}\0".encode())
            calls.update(file.read_bytes() if file.is_file() else b"")
    trust = hashlib.sha256("\0".join(sorted(given.pinned)).encode())
    if given.trust:
        for file in sorted(given.trust.iterdir()) if paths.is_folder(given.trust) else ():
            trust.update(file.name.encode())
            trust.update(file.read_bytes() if file.is_file() else b"")
    return {
        "folder": str(given.folder.absolute()),
        "program": __version__,
        "calls": calls.hexdigest(),
        "trust": trust.hexdigest(),
    }


def _files(given: Given) -> Iterator[tuple[str, int, int]]:
    """The files of the folder that are, or claim to be, a bundle; links are not followed.

    A folder within it that cannot be read is given too, so that it is told and stops nothing.
    Raises OSError where the folder itself cannot be read.
    """
    out, root = given.out.absolute(), given.folder.absolute()
    waiting = [root]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = [entry for entry in entries if not _passed_over(entry)]
        except OSError:
            if place == root:
                raise
            yield _name(place, root), 0, 0
            continue
        for entry in found:
            path = Path(entry.path)
            if entry.is_dir():
                waiting += [path] if path != out else []
            elif entry.is_file() and _claims(path):
                about = entry.stat()
                yield _name(path, root), about.st_size, about.st_mtime_ns


def _passed_over(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith(".") or entry.is_symlink()


def _name(path: Path, root: Path) -> str:
    """What a file is called in the folder; bytes that are no text become question marks."""
    return path.relative_to(root).as_posix().encode("utf-8", "replace").decode()


def _claims(path: Path) -> bool:
    if path.name.lower().endswith(ENDINGS):
        return True
    from sif_desktop.bundle.container import looks_like_container

    try:
        with path.open("rb") as stream:
            return looks_like_container(stream.read(80))
    except OSError:
        return False


_One = TypeVar("_One")


def _each(found: Iterator[_One], passing: Callable[[], None]) -> Iterator[_One]:
    for one in found:
        passing()
        yield one


def _changed_since(folder: Path, ledger: Ledger, passing: Callable[[], None]) -> Iterator[str]:
    """Files that were judged before and hold other bytes now, whatever their date says."""
    for file, sha256 in _each(ledger.known(), passing):
        try:
            same = digest_of(folder / file) == sha256
        except OSError:
            same = False
        if not same:
            yield file
