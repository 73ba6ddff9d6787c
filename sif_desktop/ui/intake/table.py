"""The view of a long table: whole rows are chosen, columns have widths of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QAbstractItemModel, QRect, Qt, QTimer
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QTableView

from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.look.views import paint_hint, reading_table

_HEAD, _CELL = 36, 48
"""Pixels beside the words of a heading, for the sign of the order, and of a cell, for its icon."""

_MOST_LINES = 2
"""Lines that a heading is to take at most."""

_LONGEST_COPY = 2_000


class LongTable(QTableView):
    """A table of whole rows. `widths` are letters by column; a heading is never cut off.

    `whole` gives what a column says in words of the program or a form, which are read whole.

    Enter or a double click activates a row, the keys of copying take what is chosen along.
    """

    def __init__(
        self,
        model: QAbstractItemModel,
        widths: Mapping[int, int],
        whole: Callable[[int], Iterable[str]] = lambda place: (),
    ) -> None:
        super().__init__()
        self.hint = ""
        self._widths, self._whole = widths, whole
        self._own: set[int] = set()
        self._busy = False
        self.setModel(model)
        reading_table(self)
        self.horizontalHeader().sectionResized.connect(self._resized)
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
            if place not in self._own:
                self.setColumnWidth(place, self._wanted(place, said))
            room = self.columnWidth(place) - _HEAD
            lines = max(lines, _lines(heavy, said, room))
        self._busy = False
        self.horizontalHeader().setFixedHeight(lines * heavy.lineSpacing() + gap(1.75))

    def _wanted(self, place: int, said: str) -> int:
        """The width of a column: for its letters, for its heading in two lines, for its words."""
        metrics, heavy = self.fontMetrics(), QFontMetrics(_heavy(self.font()))
        wide = self._widths.get(place, 12) * metrics.averageCharWidth()
        wide = max(wide, max(map(heavy.horizontalAdvance, said.split()), default=0) + _HEAD)
        while _lines(heavy, said, wide - _HEAD) > _MOST_LINES:
            wide += gap(1)
        told = max(map(metrics.horizontalAdvance, self._whole(place)), default=0)
        return max(wide, told + _CELL if told else 0)

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
        paint_hint(self, self.hint)

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
        if index.isValid():  # else it waits until what was chosen is shown again
            kept[:] = [(name(index.row()), table.verticalScrollBar().value())]

    def after() -> None:
        for file, scrolled in kept:
            place = place_of(file)
            if place >= 0:
                table.setCurrentIndex(table.model().index(place, 0))
                table.verticalScrollBar().setValue(scrolled)
                table.scrollTo(table.currentIndex())

    table.model().modelAboutToBeReset.connect(before)
    table.model().modelReset.connect(after)


def _lines(metrics: QFontMetrics, said: str, room: int) -> int:
    """The lines that a heading takes in a width."""
    box = QRect(0, 0, room, gap(100))
    taken = metrics.boundingRect(box, Qt.TextFlag.TextWordWrap, said).height()
    return max(1, -(-taken // metrics.lineSpacing()))


def _heavy(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy
