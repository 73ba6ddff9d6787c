"""How lists and tables to read behave, wherever they stand; and what they say while empty."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QTableView

from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap


def reading_list(view: QListView, look: str = "findings") -> None:
    """A list from which one is chosen: nothing in it is edited, and it scrolls smoothly, down."""
    role(view, look)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)


def reading_table(view: QTableView) -> None:
    """A table of whole rows of one height, in which nothing is edited; Tab leaves it."""
    role(view, "members")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)


def paint_hint(view: QAbstractItemView, hint: str) -> None:
    """Says something in the room of a view that has no rows."""
    if hint and not view.model().rowCount():
        painter = QPainter(view.viewport())
        painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
        room = view.viewport().rect().adjusted(gap(2), gap(1.5), -gap(2), -gap(1))
        painter.drawText(room, Qt.TextFlag.TextWordWrap, hint)
        painter.end()
