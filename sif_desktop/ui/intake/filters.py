"""What is shown of the table: a search, a list for state, call and theme, and two wishes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from sif_desktop.app.intake.listing import STATES, Entry, Filter, Names
from sif_desktop.app.intake.outcome import themes
from sif_desktop.language import number
from sif_desktop.ui.budget.filters import FilterBox
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

WISHES = ("faulty", "screened")
_BOXES = ("state", "call", "theme")


class Filters(QWidget):
    """`changed` follows what is typed or chosen; `wanted` is the filter that comes of it."""

    changed = Signal()

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._filling = False
        self.search = QLineEdit()
        self.search.setFixedWidth(gap(27))
        self.search.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self.search.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _: self._chosen())
        self.boxes = {name: FilterBox() for name in _BOXES}
        self.wishes = {name: QPushButton() for name in WISHES}
        self.wipe, self.count = QToolButton(), QLabel()
        self.wipe.setIconSize(QSize(18, 18))
        self.wipe.clicked.connect(lambda _=False: self.clear())
        role(self.count, "muted")
        layout = FlowLayout(self, gap(0.5))
        layout.addWidget(self.search)
        for box in self.boxes.values():
            role(box, "filter")
            box.setMinimumContentsLength(4)
            box.setSizeAdjustPolicy(
                FilterBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.currentIndexChanged.connect(lambda _: self._chosen())
            layout.addWidget(box)
        for button in self.wishes.values():
            role(button, "chip")
            button.setCheckable(True)
            button.toggled.connect(lambda _: self._chosen())
            layout.addWidget(button)
        layout.addWidget(self.wipe)
        layout.addWidget(self.count)
        look.changed.connect(self.tint)
        self.tint()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """All of them are as high as the search, so that they stand in one line."""
        super().showEvent(event)
        high = self.search.sizeHint().height()
        for widget in (*self.boxes.values(), *self.wishes.values(), self.wipe, self.count):
            widget.setMinimumHeight(high)

    @property
    def wanted(self) -> Filter:
        """What is to be shown."""
        state, call, theme = (self.boxes[name].currentData() or "" for name in _BOXES)
        faulty, screened = (self.wishes[name].isChecked() for name in WISHES)
        return Filter(self.search.text(), state, call, theme, faulty, screened)

    def clear(self) -> None:
        """Shows all."""
        self._filling = True
        self.search.clear()
        for box in self.boxes.values():
            box.setCurrentIndex(0)
        for button in self.wishes.values():
            button.setChecked(False)
        self._filling = False
        self._chosen()

    def look_for(self, text: str) -> None:
        """Shows only what a search finds."""
        self.clear()
        self.search.setText(text)

    def refresh(self, entries: Iterable[Entry], names: Names) -> None:
        """What can be chosen, with how many there are of it; what is chosen stays so."""
        held, say = list(entries), self._speech.say
        states = Counter(one.state for one in held)
        calls = Counter(one.row.call for one in held if one.row.call)
        options: dict[str, list[tuple[str, str, int]]] = {
            "state": [(names.state(state), state, states[state]) for state in STATES],
            "call": [(names.call(one), one, count) for one, count in sorted(calls.items())],
            "theme": [(names.theme(call, one), one, -1) for one, call in themes(held)],
        }
        self._filling = True
        for name, box in self.boxes.items():
            box.about = say(f"window.intake.filter.{name}")
            shown = [(label, key, count) for label, key, count in options[name] if count]
            _fill(box, say(f"window.intake.filter.all_{name}"), shown, self._count)
        self._filling = False
        wished = {
            "faulty": sum(one.faulty for one in held),
            "screened": sum(one.screened > 0 for one in held),
        }
        for name, button in self.wishes.items():
            text = say(f"window.intake.filter.{name}")
            button.setText(f"{text} ({self._count(wished[name])})")

    def tell(self, shown: int, whole: int) -> None:
        """How many are shown, of how many."""
        self.count.setText(self._speech.say("window.intake.shown", shown=shown, whole=whole))
        self.wipe.setEnabled(self.wanted != Filter())

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.search.setPlaceholderText(say("window.intake.search"))
        self.search.setToolTip(say("window.intake.search_about"))
        self.search.setAccessibleName(say("window.intake.search_about"))
        for name, box in self.boxes.items():
            box.setAccessibleName(say(f"window.intake.filter.by_{name}"))
            box.setToolTip(box.accessibleName())
        for button in self.wishes.values():
            button.setAccessibleDescription(say("window.intake.filter.wish"))
        self.wipe.setToolTip(say("window.intake.filter.clear"))
        self.wipe.setAccessibleName(self.wipe.toolTip())

    def tint(self) -> None:
        """Icons are others."""
        self._lens.setIcon(self._look.icon("search", "muted"))
        self.wipe.setIcon(self._look.icon("close", "accent"))
        self.wishes["faulty"].setIcon(self._look.icon("state-blocked", "error"))
        self.wishes["screened"].setIcon(self._look.icon("search", "advice"))

    def _count(self, count: int) -> str:
        return number(count, self._speech.language)

    def _chosen(self) -> None:
        if not self._filling:
            self.changed.emit()


def _fill(box: FilterBox, whole: str, options: list[tuple[str, str, int]], said: object) -> None:
    """Puts options in a box unless they stand there; the first is for all."""
    assert callable(said)  # noqa: S101 - a function of this file
    entries: list[tuple[str, str | None]] = [(whole, None)]
    entries += [
        (label if count < 0 else f"{label} ({said(count)})", key) for label, key, count in options
    ]
    if [(box.itemText(at), box.itemData(at)) for at in range(box.count())] == entries:
        return
    held = box.currentData()
    box.clear()
    for label, key in entries:
        box.addItem(label, key)
    box.setCurrentIndex(max(box.findData(held), 0) if held is not None else 0)
