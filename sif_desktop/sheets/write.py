"""Writing the budget as a workbook: lists to choose from, sums as formulas, heads protected.

The same proposal gives the same bytes. No text of a proposal is ever a formula: a cell says of
itself that it holds text, and is marked as typed with an apostrophe where it begins like one.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sif_desktop.calls.call import Call
from sif_desktop.errors import SifError
from sif_desktop.language import Language
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.sheets import hidden
from sif_desktop.sheets.cells import MOST_ROWS
from sif_desktop.sheets.choices import labels
from sif_desktop.sheets.columns import columns_of
from sif_desktop.sheets.hidden import About, Hidden, as_written

MOST_LINES = MOST_ROWS - 100
"""Lines of a budget in a workbook; more could not be read back."""

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_MOMENT = b"2013-01-01T00:00:00Z"


def write(
    proposal: Proposal, call: Call, out: BinaryIO, *, language: Language, partner: str = ""
) -> None:
    """Writes the workbook of all lines, or of those of one partner by its id.

    Raises SifError where the call asks for no budget, where there are too many lines, or where
    the proposal has no such partner.
    """
    from openpyxl import Workbook

    from sif_desktop.sheets import pages

    words = call.words(language)
    if not columns_of(call):
        raise SifError("sheet_no_budget", call=call.id)
    if partner and not any(one.id == partner for one in proposal.partners):
        raise SifError("sheet_no_such_partner", partner=partner, partners="")
    lines = tuple(line for line in proposal.budget if partner in ("", line.partner))
    if len(lines) > MOST_LINES:
        raise SifError("sheet_too_many_lines", count=len(lines), limit=MOST_LINES)
    known = labels(proposal, call, words, partner)
    book: Any = Workbook()
    page = pages.Page(book, proposal, call, words, known)
    page.lists()
    page.budget(lines)
    page.totals(len(lines))
    about = About(
        format=hidden.FORMAT,
        proposal=proposal.id,
        call=proposal.call,
        partner=partner,
        base=canonical.digest(canonical.to_json(proposal)),
        labels=known,
    )
    page.hide(Hidden(about=about, lines=tuple(as_written(line) for line in lines)))
    saved = BytesIO()
    book.save(saved)
    _settle(saved, out)


def _settle(saved: BytesIO, out: BinaryIO) -> None:
    """Copies a saved workbook with its moments fixed: those of the ZIP and of its properties."""
    with ZipFile(saved) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + _MOMENT, data)
            fixed = ZipInfo(info.filename, (2013, 1, 1, 0, 0, 0))
            fixed.external_attr = 0o644 << 16
            new.writestr(fixed, data, ZIP_DEFLATED, 6)
