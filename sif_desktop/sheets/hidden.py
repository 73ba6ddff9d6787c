"""What the program hides in a workbook: which proposal it is of, and the lines as they went out.

The sheet `sif` holds rows of a word and a JSON text, cut over as many cells as it takes:

    about   the format, the proposal, the call, the partner it is for ("" for all), the digest of
            the proposal.json that it was made from, and the labels of its lists
    line    a line of the budget as it was then, its texts as cells can hold them

By these lines an import knows what was changed in the workbook, whatever was changed in the draft
meanwhile: only the former are edits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from sif_desktop.errors import NewerError, NotOursError
from sif_desktop.model.proposal import BudgetLine
from sif_desktop.model.values import Frozen, Id, Text
from sif_desktop.sheets.cells import MOST_ROWS, Grid
from sif_desktop.sheets.columns import CHOSEN, writable

SHEET = "sif"
FORMAT = 1
_PIECE = 30_000


def _of_columns(labels: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    if not labels.keys() <= set(CHOSEN):
        raise ValueError("labels of another column")
    return labels


class About(Frozen):
    """What a workbook of ours is; `base` is a SHA-256 in small hexadecimal."""

    format: int
    proposal: Id
    call: Id
    partner: Text
    base: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    labels: Annotated[dict[str, dict[str, str]], AfterValidator(_of_columns)]


class Hidden(Frozen):
    """All that is hidden: what the workbook is, and the lines as they were when it was written."""

    about: About
    lines: tuple[BudgetLine, ...]


def as_written(line: BudgetLine) -> BudgetLine:
    """A line with its texts as cells can hold them."""
    texts = {name: writable(value) for name, value in line if isinstance(value, str)}
    return line.model_copy(update=texts)


def pack(hidden: Hidden) -> Iterator[list[str]]:
    """The rows of the hidden sheet, each cell within what a cell can hold."""
    yield ["about", *_pieces(hidden.about.model_dump(mode="json"))]
    for line in hidden.lines:
        yield ["line", *_pieces(line.model_dump(mode="json"))]


def _pieces(tree: object) -> Iterator[str]:
    """JSON in plain ASCII, so that no text of the proposal meets the rules of a cell."""
    # An underscore is written as an escape: "_x0041_" in a cell would be read as a letter.
    text = json.dumps(tree, separators=(",", ":")).replace("_", "\\u005f")
    return (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))


def unpack(grid: Grid, file: str) -> Hidden:
    """What was hidden. Raises NotOursError where it was changed, NewerError for a later format."""
    damaged = NotOursError("sheet_hidden_damaged", file=file)
    rows = [grid.rows[number] for number in sorted(grid.rows)]
    trees = []
    try:
        for row in rows:
            word, *pieces = (row[place].text for place in sorted(row))
            trees.append((word, json.loads("".join(pieces))))
        word, about = trees[0]
        if word != "about" or any(word != "line" for word, _ in trees[1:]):
            raise damaged
        version = about.get("format") if isinstance(about, dict) else None
        if isinstance(version, int) and version > FORMAT:
            raise NewerError("newer", file=file)
        lines = tuple(BudgetLine.model_validate(tree) for _, tree in trees[1:])
        if len(lines) > MOST_ROWS or len({line.id for line in lines}) != len(lines):
            raise damaged
        return Hidden(about=About.model_validate(about), lines=lines)
    except (ValueError, RecursionError, IndexError, ValidationError) as error:
        raise damaged from error
