"""Making drafts: an empty one, one from another file, or another file's values into one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sif_desktop import paths
from sif_desktop.app import sources
from sif_desktop.app.files import write_whole
from sif_desktop.app.followup import Carried, carry_over, left_in_words
from sif_desktop.calls.call import Call
from sif_desktop.calls.folder import find, only_one
from sif_desktop.errors import FileError
from sif_desktop.language import Language, words
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import make_change
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.audit import usable
from sif_desktop.store.draft import Draft


def empty(call: Call, language: Language) -> Proposal:
    """A proposal for a call in which nothing is filled in yet."""
    return Proposal(call=call.id, edition=call.edition, language=language)


def new_draft(path: Path, call_id: str, language: Language, author: str) -> None:
    """Makes an empty draft for a call, "" for the only one that is known.

    Raises CallError, and FileError for a file in the way.
    """
    call = usable(find(call_id) if call_id else only_one())
    Draft.create(path, empty(call, language), author=author).close()


def follow_up(
    path: Path, call_id: str, origin: Path, language: Language, author: str
) -> tuple[Carried, Path | None]:
    """Makes a draft for a call from a proposal for another call or edition.

    What does not fit is written in a text beside the draft, which is given too; None where all
    fits. Raises as `new_draft` and `sources.read` do, and FileError where the text is in the way.
    """
    call = usable(find(call_id) if call_id else only_one())
    source = sources.read(origin)
    carried = carry_over(source.proposal, source.call, call)
    beside = path.with_name(f"{path.stem}{words(language).say('editions.file_ending')}.txt")
    if carried.left and beside.exists():
        raise FileError("file_exists", file=str(beside))
    blank = empty(call, source.proposal.language).model_copy(update={"id": carried.proposal.id})
    draft = Draft.create(path, blank, author=author)
    try:
        with draft:
            _bring(draft, replace(source, proposal=carried.proposal), author)
        if carried.left:
            told = words(language).say("editions.left_intro", file=origin.name)
            lines = left_in_words(carried.left, told)
            write_whole(beside, ("\n".join(lines) + "\n").encode("utf-8"))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return carried, beside if carried.left else None


def import_into(path: Path, origin: Path, author: str) -> int:
    """Brings the proposal of another file into a draft, and gives the number of edits.

    A draft that is not there yet is made. In one that is, what differs is changed as one act that
    can be undone; a workbook changes the budget of a draft that is there. Raises as `sources.read`
    or `sheet.import_sheet` does, and FileError where the draft is for another call or somebody
    else has it open.
    """
    if sources.kind_of(origin) == "workbook":
        from sif_desktop.app.sheet import import_sheet

        return import_sheet(path, origin, author)
    source = sources.read(origin)
    if not paths.is_there(path):
        blank = empty(source.call, source.proposal.language)
        blank = blank.model_copy(update={"id": source.proposal.id})
        draft = Draft.create(path, blank, author=author)
        try:
            with draft:
                return _bring(draft, source, author)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    with Draft.open(path, author=author) as draft:
        draft.require_writing()
        if draft.proposal.call != source.proposal.call:
            raise FileError("import_other_call", file=str(origin), call=source.proposal.call)
        return _bring(draft, source, author)


def _bring(draft: Draft, source: sources.Source, author: str) -> int:
    for attachment in source.proposal.attachments:
        opener = source.attachments.get(attachment.sha256)
        if opener is not None:
            with opener() as stream:
                draft.add_attachment(stream)
    edits = difference(draft.proposal, source.proposal)
    if edits:
        _, change = make_change(
            draft.proposal, edits, author=author, label="import", subject=source.path.name
        )
        draft.commit(change)
    return len(edits)
