"""A box to choose from, whose entries may be others at any time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from sif_desktop.ui.bundles.parts import tip
from sif_desktop.ui.cut_box import paint_cut


class Choice(QComboBox):
    """Entries with a value each. `picked` tells that somebody chose another; never of `offer`.

    A name that is too long for the closed box is cut, and shown whole when one points at it.
    """

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offered: list[tuple[str, str]] = []
        self._quiet = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(policy)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self._changed)

    @property
    def value(self) -> str:
        """The value that is chosen; "" without one."""
        return str(self.currentData() or "")

    def offer(self, entries: Iterable[tuple[str, str]], value: str) -> None:
        """Offers values with their names, one of them chosen; the first where it is not there."""
        offered = list(entries)
        self._quiet = True
        if offered != self._offered:
            self._offered = offered
            self.clear()
            for key, name in offered:
                self.addItem(name, key)
        self.setCurrentIndex(max(self.findData(value), 0))
        self.setToolTip(tip(self.currentText()) if self.value else "")
        self._quiet = False

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As Qt paints it, with the text cut off."""
        paint_cut(self, self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls the page unless the box was chosen to work in."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _changed(self, place: int) -> None:
        if not self._quiet and place >= 0:
            self.picked.emit(self.value)
