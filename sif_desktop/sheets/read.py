"""Reading a workbook as a stranger's file: its sheets, and what the program hid in it, if it did.

Raises FileError where the file cannot be read, NotOursError with the reason where it is no
workbook, is locked with a password, is damaged or is too large, and NewerError where it was
written by a newer version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sif_desktop.sheets.cells import Grid, SheetReader, Strings, Styles, Surroundings
from sif_desktop.sheets.hidden import SHEET, Hidden, unpack
from sif_desktop.sheets.package import Package, opened

MOST_SHEETS = 60
"""Sheets of a workbook that are looked at."""


@dataclass(frozen=True)
class Workbook:
    """What was read. `hidden` is there where the program made the workbook itself."""

    path: Path
    sheets: tuple[Grid, ...]
    hidden: Hidden | None

    @property
    def visible(self) -> tuple[Grid, ...]:
        """The sheets that a person sees."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


def read(path: Path) -> Workbook:
    """The workbook in a file; see above for what is raised."""
    with opened(path) as package:
        sheets = tuple(_sheets(package))
    ours = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    return Workbook(path, sheets, unpack(ours, str(path)) if ours else None)


def _sheets(package: Package) -> list[Grid]:
    root = [name for kind, name in package.related("").values() if kind == "officeDocument"]
    if len(root) != 1 or not package.has(root[0]):
        raise package.damaged()
    around = Surroundings()
    kinds = package.related(root[0])
    for kind, name in kinds.values():
        if kind == "sharedStrings":
            strings = Strings()
            package.walk(name, strings)
            around.strings = strings.known
        elif kind == "styles":
            styles = Styles()
            package.walk(name, styles)
            around.days = styles.days
    book = _Book()
    package.walk(root[0], book)
    if not book.sheets:  # a document of another program of the same family
        raise package.damaged()
    if book.from_1904:
        around.first_day = date(1904, 1, 1)
    grids = []
    for title, hidden, key in book.sheets[:MOST_SHEETS]:
        kind, name = kinds.get(key, ("", ""))
        if kind == "worksheet":
            grid = Grid(title, hidden)
            package.walk(name, SheetReader(grid, around, package.file))
            grids.append(grid)
    return grids


class _Book:
    """The sheets that a workbook lists, in its order."""

    texts: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Notes a sheet, or the calendar that days are counted in."""
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, attributes.get("id", "")))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str, text: str) -> None:
        """Nothing is told at the end of one."""
