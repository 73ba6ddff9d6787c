"""The view of a long table: whole rows are chosen, columns have widths of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QAbstractItemModel, QRect, Qt, QTimer
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

_ARROW = 16
"""Pixels for the sign of the order beside a heading."""

_LONGEST_COPY = 2_000


class LongTable(QTableView):
    """A table of whole rows. `widths` are letters by column; a heading is never cut off.

    Enter or a double click activates a row, the keys of copying take what is chosen along.
    """

    def __init__(self, model: QAbstractItemModel, widths: Mapping[int, int]) -> None:
        super().__init__()
        self.hint = ""
        self._widths = widths
        self._own: set[int] = set()
        self._busy = False
        self.setModel(model)
        role(self, "members")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setHighlightSections(False)
        across.setSectionsMovable(True)
        across.sectionResized.connect(self._resized)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.fit)
        model.headerDataChanged.connect(lambda *_: self._soon.start())
        self.fit()

    def fit(self) -> None:
        """Gives rows their height, columns their width, and headings as many lines as they need."""
        metrics, heavy = self.fontMetrics(), QFontMetrics(_heavy(self.font()))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + gap(1.25))
        self._busy = True
        lines = 1
        for place in range(self.model().columnCount()):
            said = str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
            word = max(map(heavy.horizontalAdvance, said.split()), default=0) + gap(2.5) + _ARROW
            if place not in self._own:
                letters = self._widths.get(place, 12)
                self.setColumnWidth(place, max(letters * metrics.averageCharWidth(), word))
            room = QRect(0, 0, self.columnWidth(place) - gap(2) - _ARROW, gap(100))
            taken = heavy.boundingRect(room, Qt.TextFlag.TextWordWrap, said).height()
            lines = max(lines, -(-taken // heavy.lineSpacing()))
        self._busy = False
        self.horizontalHeader().setFixedHeight(lines * heavy.lineSpacing() + gap(1.75))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Copying takes whole rows, and Enter opens one on every system."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The rows, or a hint while there are none."""
        super().paintEvent(event)
        if self.hint and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.viewport().rect().adjusted(gap(2), gap(2), -gap(2), -gap(1))
            painter.drawText(room, Qt.TextFlag.TextWordWrap, self.hint)

    def _copy(self) -> None:
        model = self.model()
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(model.columnCount())
        told = [
            "\t".join(str(model.index(row, column).data() or "") for column in columns)
            for row in rows[:_LONGEST_COPY]
        ]
        if told:
            QGuiApplication.clipboard().setText("\n".join(told))

    def _resized(self, place: int) -> None:
        """A width that somebody dragged stays."""
        if not self._busy:
            self._own.add(place)
            self._soon.start()


def keep_chosen(
    table: LongTable, name: Callable[[int], str], place_of: Callable[[str], int]
) -> None:
    """What is chosen stays chosen when the table is made anew; `name` gives that of a row."""
    kept: list[tuple[str, int]] = []

    def before() -> None:
        index = table.currentIndex()
        kept[:] = (
            [(name(index.row()), table.verticalScrollBar().value())] if index.isValid() else []
        )

    def after() -> None:
        for file, scrolled in kept:
            place = place_of(file)
            if place >= 0:
                table.setCurrentIndex(table.model().index(place, 0))
                table.verticalScrollBar().setValue(scrolled)
                table.scrollTo(table.currentIndex())

    table.model().modelAboutToBeReset.connect(before)
    table.model().modelReset.connect(after)


def _heavy(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy
