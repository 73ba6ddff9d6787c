"""What is chosen in the grid: rectangles of cells, and the lines that they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QTableView

from sif_desktop.model.proposal import BudgetLine
from sif_desktop.ui.budget.columns import Column
from sif_desktop.ui.budget.model import BudgetModel


class Block(NamedTuple):
    """A rectangle of chosen cells, its edges included."""

    top: int
    left: int
    bottom: int
    right: int


class Chosen:
    """Reads the selection of a grid."""

    def __init__(self, grid: QTableView, model: BudgetModel) -> None:
        self._grid = grid
        self._model = model

    def blocks(self) -> list[Block]:
        """The chosen rectangles; the current cell where nothing is chosen."""
        chosen = [
            Block(one.top(), one.left(), one.bottom(), one.right())
            for one in self._grid.selectionModel().selection().toList()
        ]
        at = self._grid.currentIndex()
        if not chosen and at.isValid():
            chosen = [Block(at.row(), at.column(), at.row(), at.column())]
        return chosen

    def rows(self) -> list[int]:
        """The rows in which a cell is chosen, in their order."""
        return sorted({row for one in self.blocks() for row in range(one.top, one.bottom + 1)})

    def bounds(self) -> Block | None:
        """The rectangle around all that is chosen."""
        blocks = self.blocks()
        if not blocks:
            return None
        return Block(
            min(one.top for one in blocks),
            min(one.left for one in blocks),
            max(one.bottom for one in blocks),
            max(one.right for one in blocks),
        )

    def parts(self) -> Iterator[tuple[Sequence[BudgetLine], Sequence[Column]]]:
        """The chosen lines and columns, for each rectangle."""
        for one in self.blocks():
            yield (
                self._model.lines[one.top : one.bottom + 1],
                self._model.columns[one.left : one.right + 1],
            )
