"""Where what is made of a draft goes: a name from its acronym, beside the draft."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sif_desktop.errors import SifError
from sif_desktop.paths import is_there
from sif_desktop.ui.desk import Desk


def suggestion(desk: Desk, ending: str, more: str = "") -> Path:
    """A file that is not there yet, in the folder of the draft; `more` stands in its name too."""
    from sif_desktop.app.attaching import safe_name

    project = desk.proposal.project
    draft = desk.session.draft.path
    called = project.acronym.strip() or project.title.strip()[:60] or draft.stem
    name = f"{called} {more}".strip()
    return free(draft.parent / safe_name(f"{name}.{ending}", ending))


def ask_place(parent: QWidget, title: str, at: Path, kind: str) -> Path | None:
    """Asks where to write; the dialog itself asks before a file is replaced."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(at), f"{kind} (*{at.suffix})")
    if not chosen:
        return None
    path = Path(chosen)
    # With an ending put behind it, it is another file than the one that was asked about.
    return path if path.suffix else free(path.with_suffix(at.suffix))


def save_pdf(parent: QWidget, desk: Desk, data: bytes) -> bool:
    """Writes a PDF of the dossier to a file that is asked for; whether that was done."""
    from sif_desktop.app.files import write_whole

    title = desk.speech.say("window.preview.save_title")
    path = ask_place(parent, title, suggestion(desk, "pdf"), "PDF")
    if path is None:
        return False
    try:
        write_whole(path, data)
    except SifError as error:
        tell = getattr(parent.window(), "tell", None)
        if tell:
            tell(error)
        return False
    return True


def free(path: Path) -> Path:
    """A path, with a number where something is there already."""
    for number in count(2):
        if not is_there(path):
            return path
        path = path.with_name(f"{path.stem.removesuffix(f'-{number - 1}')}-{number}{path.suffix}")
    raise AssertionError
