"""Opening a draft for work, and keeping the list of recent drafts right."""

from __future__ import annotations

import getpass
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

from sif_desktop.app import recent, settings
from sif_desktop.app.session import Session
from sif_desktop.app.sources import call_of
from sif_desktop.app.steps import Progress
from sif_desktop.store.draft import Draft

ENDING = ".sif"


def author() -> str:
    """The name that acts are written down under: as the user set it, else that of the account."""
    chosen = settings.load().author
    if chosen:
        return chosen
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def open_session(path: Path) -> Session:
    """Opens a draft. Where somebody else has it open, it can only be looked at.

    Raises FileError, NotOursError, NewerError or CallError.
    """
    name = author()
    draft = Draft.open(path.absolute(), author=name)
    try:
        call = call_of(draft.proposal)
    except BaseException:
        draft.close()
        raise
    return Session(draft, call, author=name)


def note(session: Session, path: Path, *, still_open: bool) -> None:
    """Writes in the list of recent drafts how far a draft is."""
    project = session.proposal.project
    recent.remember(
        recent.RecentDraft(
            str(path.absolute()),
            title=" ".join((project.title or project.acronym)[:300].split()),
            changed=(session.saved_at or datetime.now(UTC)).isoformat(timespec="seconds"),
            completeness=Progress(session.call).completeness(session.proposal),
            call=session.call.id,
            open=still_open and not session.read_only,
        )
    )


def file_name(title: str) -> str:
    """A name for the file of a draft, from its title: letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    return ("-".join(words)[:60].strip("-").lower() or "voorstel") + ENDING
