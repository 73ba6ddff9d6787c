"""The budget as a workbook, out and in; mappings of other spreadsheets are remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from sif_desktop import paths
from sif_desktop.app.files import write_whole
from sif_desktop.app.session import Session
from sif_desktop.app.settings import read_json, write_json
from sif_desktop.app.sources import Source, call_of
from sif_desktop.calls.call import Call
from sif_desktop.errors import FileError, SifError
from sif_desktop.language import Language
from sif_desktop.model.edit import Edit
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets.changes import Changes, changes
from sif_desktop.sheets.columns import fold
from sif_desktop.sheets.mapping import Rename, from_tree, parse, to_tree
from sif_desktop.sheets.read import Workbook, read
from sif_desktop.sheets.tables import heading_keys, key_of
from sif_desktop.store.draft import Draft

LABEL = "sheet"
"""The label of the act that an import is, in undo and history."""

MOST_REMEMBERED = 200
"""Sets of headings for which a mapping is remembered; the oldest goes."""


@dataclass(frozen=True)
class Seen:
    """What the import of a workbook, from `origin`, would do to a proposal, before it is done."""

    proposal: Proposal
    call: Call
    changes: Changes
    origin: Path


def write_sheet(source: Source, out: Path, language: Language, partner: str = "") -> None:
    """Writes the budget as a workbook, whole or not at all; `partner` is a name or an id.

    Raises SifError where the proposal has no such partner, FileError where it cannot be written.
    """
    from sif_desktop.sheets.write import write

    data = BytesIO()
    one = partner_named(source.proposal, partner) if partner else ""
    write(source.proposal, source.call, data, language=language, partner=one)
    write_whole(out, data.getvalue())


def partner_named(proposal: Proposal, name: str) -> str:
    """The id of the partner with a name, short name or id. Raises SifError unless there is one."""
    wanted = fold(name)
    for told in ("id", "short_name", "name"):
        found = [one.id for one in proposal.partners if fold(getattr(one, told)) == wanted]
        if len(found) == 1:
            return found[0]
    names = ", ".join(one.short_name or one.name or one.id for one in proposal.partners)
    raise SifError("sheet_no_such_partner", partner=name[:80], partners=names or "–")


def look(
    proposal: Proposal, call: Call, origin: Path, *, partner: str = "", rename: Rename | None = None
) -> Seen:
    """What a workbook would change; a mapping for its headings that is remembered is used.

    Raises as `sheets.read.read` and `sheets.changes.changes` do. Nothing is kept or changed.
    """
    book = read(origin)
    one = partner_named(proposal, partner) if partner else ""
    return look_at(proposal, call, book, one, (rename or Rename()).over(remembered(book)))


def look_at(
    proposal: Proposal, call: Call, book: Workbook, partner: str = "", rename: Rename | None = None
) -> Seen:
    """The same for a workbook that was read, with the id of a partner and the whole mapping."""
    return Seen(proposal, call, changes(proposal, call, book, partner, rename), book.path)


def carry_out(session: Session, seen: Seen, edits: Iterable[Edit] | None = None) -> int:
    """Brings what was seen into an open draft as one act, which undo takes back by its name.

    `edits` are those of them that may be done, where not all of them are. Gives their number.
    Nothing may have been done in the session since. Raises SifError with the number of cells that
    cannot be read, and nothing is done then.
    """
    require_readable(seen)
    wanted = seen.changes.edits if edits is None else tuple(edits)
    if wanted:
        session.do(wanted, label=LABEL, subject=seen.origin.name)
    return len(wanted)


def require_readable(seen: Seen) -> None:
    """Raises SifError with the number of cells that cannot be read, unless there are none."""
    unreadable = seen.changes.unreadable
    if unreadable:
        first = unreadable[0].reference
        raise SifError("sheet_unreadable", file=str(seen.origin), count=len(unreadable), cell=first)


def import_sheet(
    path: Path,
    origin: Path,
    author: str,
    *,
    partner: str = "",
    equations: Iterable[str] = (),
    only_show: bool = False,
    tell: Callable[[Seen], None] = lambda _: None,
) -> int:
    """Brings a workbook into a draft as one act that can be undone; gives the number of edits.

    `tell` is given what will be done before it is. With `only_show`, or with anything that cannot
    be read, nothing is done. Raises SifError with the number of what cannot be read, FileError
    where the draft is not there or somebody else has it open.
    """
    if not paths.is_there(path):
        raise FileError("sheet_needs_draft", file=str(path))
    with Draft.open(path, author=author, read_only=only_show) as draft:
        if not only_show:
            draft.require_writing()
        call = call_of(draft.proposal)
        rename = parse(equations, call)
        seen = look(draft.proposal, call, origin, partner=partner, rename=rename)
        tell(seen)
        require_readable(seen)
        if only_show:
            return 0
        if rename:
            remember(seen.changes.key, rename.over(_mapping_for(seen.changes.key)))
        session = Session(draft, call, author=author)
        count = carry_out(session, seen)
        if session.trouble:
            raise session.trouble
        return count


def remembered(book: Workbook) -> Rename:
    """The mapping that was told before for the headings of a workbook; empty where none was.

    Where these headings stand elsewhere now, they are looked for.
    """
    if book.hidden:
        return Rename()
    known = dict(_entries())
    key = next((key for key in heading_keys(book) if key in known), None)
    if key is None:
        return Rename()
    found = known[key]
    name, row = found.place or ("", 0)
    there = (key_of(one.rows.get(row, {})) for one in book.visible if one.name == name)
    return found if key in there else replace(found, place=None)


def remember(key: tuple[str, ...], rename: Rename) -> None:
    """Keeps the mapping for a set of headings. A disk that refuses loses no more than this."""
    others = [(known, mapping) for known, mapping in _entries() if known != key]
    _keep([(key, rename), *others][:MOST_REMEMBERED])


def forget(key: tuple[str, ...]) -> None:
    """Forgets the mapping for a set of headings."""
    _keep([entry for entry in _entries() if entry[0] != key])


def _mapping_for(key: tuple[str, ...]) -> Rename:
    return dict(_entries()).get(key, Rename())


def _entries() -> list[tuple[tuple[str, ...], Rename]]:
    """What is remembered, the newest first. Entries that are damaged are left out."""
    tree = read_json(_file())
    entries: list[Any] = tree if isinstance(tree, list) else []
    return [
        (tuple(entry["sheet"]), from_tree(entry))
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("sheet"), list)
        and all(isinstance(text, str) for text in entry["sheet"])
    ]


def _keep(entries: list[tuple[tuple[str, ...], Rename]]) -> None:
    tree = [{"sheet": list(known), **to_tree(mapping)} for known, mapping in entries]
    write_json(_file(), tree)


def _file() -> Path:
    return paths.user_data() / "sheet_mappings.json"
