"""Taking the proposal of a file that was handed over into a draft of one's own."""

from __future__ import annotations

from pathlib import Path

from sif_desktop import paths
from sif_desktop.app.attaching import safe_name
from sif_desktop.app.importing import import_into
from sif_desktop.app.looking import Seen
from sif_desktop.app.opening import author
from sif_desktop.app.work import UNWATCHED, StoppedError, Work
from sif_desktop.errors import FileError


def draft_name(seen: Seen) -> Path:
    """A name for the draft, beside the file."""
    project = seen.examination.proposal.project if seen.examination.proposal else None
    called = project.acronym.strip() or project.title.strip()[:60] if project else ""
    return seen.path.with_name(safe_name(f"{called or seen.path.stem}.sif", "sif"))


def take_over(seen: Seen, out: Path, work: Work = UNWATCHED) -> Path:
    """Makes a draft of the proposal and the attachments in a file, and gives its place.

    Raises FileError where there is a file already, and as `importing.import_into` does; nothing
    is left behind then, nor with StoppedError when it is not wanted any more.
    """
    if paths.is_there(out):
        raise FileError("file_exists", file=str(out))
    work.at("taking")
    import_into(out, seen.path, author())
    try:
        work.at("taking")
    except StoppedError:
        out.unlink(missing_ok=True)
        raise
    return out
