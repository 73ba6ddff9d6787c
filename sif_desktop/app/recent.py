"""The drafts that were worked on last, for the start page: a small file that may get lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sif_desktop import paths
from sif_desktop.app.settings import read_json, write_json

MOST = 12
"""Drafts that are remembered."""


@dataclass(frozen=True, slots=True)
class RecentDraft:
    """A draft that was open. `changed` is ISO 8601 (UTC), `completeness` in percent.

    `open` stays set while a window works on it: an entry that is still open at the next start
    tells that the program did not end well.
    """

    path: str
    title: str = ""
    changed: str = ""
    completeness: int = 0
    call: str = ""
    open: bool = False

    @property
    def exists(self) -> bool:
        """Whether the file is still where it was."""
        try:
            return Path(self.path).is_file()
        except (OSError, ValueError):
            return False

    @property
    def moment(self) -> datetime | None:
        """When it was changed last, in the time zone of this machine."""
        try:
            return datetime.fromisoformat(self.changed).astimezone()
        except (ValueError, OverflowError, OSError):
            return None


def recent() -> tuple[RecentDraft, ...]:
    """The drafts worked on last, the newest first. Entries that are damaged are left out."""
    tree = read_json(_file())
    entries = tree if isinstance(tree, list) else []
    return tuple(_understood(entries))[:MOST]


def remember(draft: RecentDraft) -> None:
    """Puts a draft first in the list, in place of what was known of it."""
    _keep([draft, *(other for other in recent() if other.path != draft.path)])


def forget(path: Path | str) -> None:
    """Takes a draft off the list; the file stays where it is."""
    _keep([other for other in recent() if other.path != str(path)])


def left_open() -> tuple[RecentDraft, ...]:
    """The drafts that a window was working on when the program ended without closing them."""
    return tuple(draft for draft in recent() if draft.open and draft.exists)


def _keep(drafts: list[RecentDraft]) -> None:
    write_json(_file(), [asdict(draft) for draft in drafts[:MOST]])


def _understood(entries: list[Any]) -> Iterator[RecentDraft]:
    seen = set()
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
            continue
        path = entry["path"]
        if not path or "\0" in path or path in seen:
            continue
        seen.add(path)
        share = entry.get("completeness")
        yield RecentDraft(
            path,
            _text(entry, "title"),
            _text(entry, "changed"),
            min(max(share, 0), 100) if type(share) is int else 0,
            _text(entry, "call"),
            entry.get("open") is True,
        )


def _text(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return value[:500] if isinstance(value, str) else ""


def _file() -> Path:
    return paths.user_data() / "recent.json"
