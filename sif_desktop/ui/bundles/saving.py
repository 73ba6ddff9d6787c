"""What is written of a file that was looked at: the verification sheet, a draft of its proposal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sif_desktop.app.looking import Seen
from sif_desktop.app.work import Work
from sif_desktop.ui.pages.export_place import ask_place, free
from sif_desktop.ui.speech import Speech

Writing = Callable[[Work], Path]


def sheet_of(parent: QWidget, speech: Speech, seen: Seen) -> Writing | None:
    """Asks where the sheet goes; gives what writes it, or None where nobody wants it."""
    from sif_desktop.app.verification_sheet import write_sheet

    words = speech.words
    name = f"{seen.path.stem}-{words.say('window.bundle.sheet_ending')}.pdf"
    at = free(seen.path.with_name(name))
    out = ask_place(parent, words.say("window.bundle.sheet_title"), at, "PDF")
    if out is None:
        return None

    def act(work: Work) -> Path:
        work.at("sheet")
        write_sheet(seen.examination, words, seen.path, out)
        return out

    return act


def draft_of(parent: QWidget, speech: Speech, seen: Seen) -> Writing | None:
    """Asks where a draft of the proposal goes; gives what makes it, or None."""
    from sif_desktop.app.taking_over import draft_name, take_over

    say = speech.say
    at = free(draft_name(seen))
    out = ask_place(parent, say("window.bundle.draft_title"), at, say("window.bundle.draft_kind"))
    if out is None:
        return None
    return lambda work: take_over(seen, out, work)
