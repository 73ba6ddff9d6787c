"""Filters: only the lines of one partner, category, work package or period."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from sif_desktop.ui.budget.model import BudgetModel
from sif_desktop.ui.cut_box import paint_cut
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

_LETTERS = 4
"""That a box always has room for."""

_WIDEST = 26
"""Of a box, in units of the grid."""


class FilterBox(QComboBox):
    """A box as wide as what it shows; a name that is too long is cut with a sign of it.

    Its first entry is for all lines: then the closed box says what it is about (`about`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.about = ""
        self.currentIndexChanged.connect(self.updateGeometry)

    @property
    def shown(self) -> str:
        """What the closed box says."""
        return self.currentText() if self.currentIndex() > 0 else self.about

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as what it shows, to a bound."""
        least = super().minimumSizeHint()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        frame = max(self.width() - room.width(), 0) + gap(1)
        wide = min(self.fontMetrics().horizontalAdvance(self.shown) + frame, gap(_WIDEST))
        return QSize(max(wide, least.width()), least.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few letters can always be read."""
        return QSize(min(self.sizeHint().width(), gap(11)), super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As Qt paints it, with the text cut off."""
        paint_cut(self, self.shown)


class Filters(QWidget):
    """A list for each column in which one of several is chosen; `changed` follows a choice."""

    changed = Signal()

    def __init__(self, model: BudgetModel) -> None:
        super().__init__()
        self._model = model
        self._filling = False
        self.boxes: dict[str, FilterBox] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        for column in model.columns:
            if column.kind == "choice":
                box = FilterBox()
                role(box, "filter")
                box.setMinimumContentsLength(_LETTERS)
                box.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                box.setMaxVisibleItems(16)
                box.currentIndexChanged.connect(self._chosen)
                self.boxes[column.name] = box
                layout.addWidget(box)
        self.wipe = QToolButton()
        self.wipe.setIconSize(QSize(18, 18))
        self.wipe.clicked.connect(self.clear)
        layout.addWidget(self.wipe)
        layout.addStretch(1)
        model.desk.tinted.connect(self._tint)
        self._tint()
        self.retranslate()

    @property
    def wanted(self) -> dict[str, str]:
        """The values to show, by the names of their columns."""
        chosen = {name: box.currentData() for name, box in self.boxes.items()}
        return {name: value for name, value in chosen.items() if value is not None}

    def choose(self, name: str, value: str) -> None:
        """Shows only the lines with a value in a column."""
        box = self.boxes.get(name)
        place = box.findData(value) if box else -1
        if box and place >= 0:
            box.setCurrentIndex(place)

    def clear(self) -> None:
        """Shows all lines."""
        self._filling = True
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        self._filling = False
        self._chosen()

    def refresh(self) -> None:
        """Takes the names as they are now; what was chosen stays chosen."""
        say = self._model.desk.speech.say
        self._filling = True
        gone = False
        for name, box in self.boxes.items():
            box.about = say(f"window.budget.filters.{name}")
            entries: list[tuple[str, str | None]] = [(say("window.budget.filters.all"), None)]
            entries += [(label, key) for key, label in self._model.names.choices(name).items()]
            if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == entries:
                continue
            held = box.currentData()
            box.clear()
            for label, key in entries:
                box.addItem(label, key)
            place = box.findData(held) if held is not None else 0
            box.setCurrentIndex(max(place, 0))
            gone = gone or place < 0
        self._filling = False
        if gone:
            self._chosen()

    def retranslate(self) -> None:
        """Names of lists and of what can be chosen."""
        self.refresh()
        say = self._model.desk.speech.say
        for column in self._model.columns:
            if column.name in self.boxes:
                label = say("window.budget.filters.by", name=self._model.label(column))
                self.boxes[column.name].setAccessibleName(label)
                self.boxes[column.name].setToolTip(label)
        self.wipe.setToolTip(say("window.budget.filters.clear"))
        self.wipe.setAccessibleName(say("window.budget.filters.clear"))

    def _chosen(self) -> None:
        if not self._filling:
            self.wipe.setEnabled(bool(self.wanted))
            self.changed.emit()

    def _tint(self) -> None:
        self.wipe.setIcon(self._model.desk.look.icon("close", "accent"))
        self.wipe.setEnabled(bool(self.wanted))
