"""The main job from end to end on the example dossier: draft, check, PDF, bundle, verify."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sif_desktop import paths
from sif_desktop.app import payload
from sif_desktop.app.export import export
from sif_desktop.app.files import write_whole
from sif_desktop.app.importing import empty
from sif_desktop.app.sources import call_of, cannot_read, read
from sif_desktop.app.verification import Examination, examine
from sif_desktop.errors import FileError
from sif_desktop.language import Language
from sif_desktop.model import canonical
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Findings
from sif_desktop.store.draft import Draft

NAME = "voorbeeld"
SIGNER = "Voorbeeldsleutel (niet voor gebruik)"


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration made and found."""

    files: tuple[Path, ...]
    findings: Findings
    examination: Examination


def example() -> Proposal:
    """The example dossier that comes with the program."""
    file = paths.resources() / "example" / "proposal.json"
    return canonical.from_bytes(file.read_bytes(), str(file))


def example_draft(path: Path, author: str = NAME) -> None:
    """Writes the example dossier as a draft with its attachments. Raises FileError."""
    proposal = example()
    blank = empty(call_of(proposal), proposal.language).model_copy(update={"id": proposal.id})
    with Draft.create(path, blank, author=author) as draft:
        for file in sorted((paths.resources() / "example" / "attachments").iterdir()):
            with file.open("rb") as stream:
                draft.add_attachment(stream)
        edits = difference(blank, proposal)
        draft.commit(make_change(blank, edits, author=author, label="import", subject=NAME)[1])


def run(out: Path, language: Language) -> Demonstration:
    """Goes the whole way into an empty folder, with a key that is thrown away afterwards.

    Raises FileError where the folder has something in it or cannot be written.
    """
    from sif_desktop.bundle.identity import ephemeral

    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        if any(out.iterdir()):
            raise FileError("folder_not_empty", file=str(out))
    except OSError as error:
        raise cannot_read(out, error) from error
    draft, pdf, bundle = (out / f"{NAME}.{ending}" for ending in ("sif", "pdf", "asice"))
    try:
        example_draft(draft)
        source = read(draft)
        findings = export(source, bundle, ephemeral(SIGNER))
        write_whole(pdf, payload.pdf(source.proposal, source.call, findings, draft=False))
    except BaseException:
        # The folder was empty: nothing of anybody else is in it.
        for file in (draft, pdf, bundle):
            file.unlink(missing_ok=True)
        if made:
            shutil.rmtree(out, ignore_errors=True)
        raise
    return Demonstration((draft, pdf, bundle), findings, examine(bundle))
