"""One of a few, one of many, any of several: choices of the call, and ids of the proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QVBoxLayout, QWidget

from sif_desktop.calls.call import FieldSpec
from sif_desktop.calls.reading import partner_name, work_package_name
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.editor import Editor, Value
from sif_desktop.ui.fields.flow import FlowLayout

FEW = 5
"""Up to so many choices are all shown; more go into a list that opens."""

Options = Callable[[Desk, FieldSpec], Iterable[tuple[str, str]]]
"""Gives the values that can be chosen now, each with its name in the interface's language."""


def of_the_call(desk: Desk, spec: FieldSpec) -> Iterable[tuple[str, str]]:
    """The choices that the call's form lists."""
    for value in desk.call.choices.get(spec.choices or "", ()):
        yield value, desk.speech.find(f"choices.{spec.choices}.{value}", value)


def partners(desk: Desk, _: FieldSpec) -> Iterable[tuple[str, str]]:
    """The partners of the proposal."""
    for place, partner in enumerate(desk.proposal.partners, 1):
        name = partner_name(desk.proposal, partner.id)
        if name == partner.id:
            name = desk.speech.say("window.fields.unnamed", place=place)
        yield partner.id, name


def work_packages(desk: Desk, _: FieldSpec) -> Iterable[tuple[str, str]]:
    """The work packages of the proposal."""
    for package in desk.proposal.work_packages:
        yield package.id, work_package_name(desk.proposal, package.id)


def periods(desk: Desk, _: FieldSpec) -> Iterable[tuple[str, str]]:
    """The periods of the call, as months of the project."""
    for period in desk.call.periods:
        yield (
            period.id,
            desk.speech.say("window.fields.period", first=period.first, last=period.last),
        )


def countries(desk: Desk, _: FieldSpec) -> Iterable[tuple[str, str]]:
    """All countries by their names."""
    from sif_desktop.ui.fields.countries import names

    return names(desk.speech.language)


class ComboEditor(Editor):
    """One of many, in a list that opens; the first entry chooses nothing."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str, options: Options) -> None:
        super().__init__(desk, spec, address)
        self._options = options
        self._filled: list[tuple[str, str]] = []
        self.combo = _Combo()
        self.combo.setMaxVisibleItems(16)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(20)
        self.combo.currentIndexChanged.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo)
        self.setFocusProxy(self.combo)
        self.refresh()

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The box."""
        return (self.combo,)

    def refresh(self) -> None:
        """Fills the box anew where names or choices changed."""
        held = str(self.held)
        options = [("", self.desk.speech.say("window.fields.nothing_chosen"))]
        options += self._options(self.desk, self.spec)
        if held and all(value != held for value, _ in options):
            options.append((held, self.desk.speech.say("window.fields.unknown", value=held)))
        if options != self._filled:
            self._filled = options
            self._showing = True
            self.combo.clear()
            for value, name in options:
                self.combo.addItem(name, value)
            self._showing = False
        self._point(held)

    def retranslate(self) -> None:
        """The names of the choices."""
        self.refresh()

    def _show(self, value: Value) -> None:
        self.refresh()

    def _point(self, value: str) -> None:
        place = self.combo.findData(value)
        if place != self.combo.currentIndex():
            self._showing = True
            self.combo.setCurrentIndex(place)
            self._showing = False

    def _chosen(self, place: int) -> None:
        if not self._showing and place >= 0:
            self._give(str(self.combo.itemData(place)))


class _Combo(QComboBox):
    """A box that does not change when somebody scrolls the page over it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scrolls the page unless the box was chosen to work in."""
        if self.hasFocus() and not self.property("locked"):
            super().wheelEvent(event)
        else:
            event.ignore()


class RadioEditor(Editor):
    """One of a few, all shown."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str, options: Options) -> None:
        super().__init__(desk, spec, address)
        self._options = options
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._clicked)
        self._layout = FlowLayout(self)
        self.refresh()

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The buttons."""
        return tuple(self._buttons.values())

    def refresh(self) -> None:
        """Makes a button for each choice; what was chosen and is no choice keeps one of its own."""
        held = str(self.held)
        options = list(self._options(self.desk, self.spec))
        if held and all(value != held for value, _ in options):
            options.append((held, self.desk.speech.say("window.fields.unknown", value=held)))
        if self.spec.needed is None:
            options.append(("", self.desk.speech.say("window.fields.none_of_these")))
        wanted = [value for value, _ in options]
        if wanted != list(self._buttons):
            self._rebuild(wanted)
        for value, name in options:
            self._buttons[value].setText(name.replace("&", "&&"))
        self._point(held)

    def retranslate(self) -> None:
        """The names of the choices."""
        self.refresh()

    def _rebuild(self, values: list[str]) -> None:
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for value in values:
            button = QRadioButton()
            self._group.addButton(button)
            self._layout.addWidget(button)
            self._buttons[value] = button
        self.lock_inputs()
        if self._buttons:
            self.setFocusProxy(self.inputs[0])

    def _show(self, value: Value) -> None:
        self.refresh()

    def _point(self, value: str) -> None:
        self._group.setExclusive(False)
        for known, button in self._buttons.items():
            button.setChecked(known == value)
        self._group.setExclusive(True)

    def _clicked(self, clicked: QRadioButton) -> None:
        for value, button in self._buttons.items():
            if button is clicked:
                self._give(value)


class ChecksEditor(Editor):
    """Any of several, a box to tick for each."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str, options: Options) -> None:
        super().__init__(desk, spec, address)
        self._options = options
        self._boxes: dict[str, QCheckBox] = {}
        self._layout = FlowLayout(self)
        self.refresh()

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The boxes."""
        return tuple(self._boxes.values())

    def refresh(self) -> None:
        """Makes a box for each choice; what was chosen and is no choice keeps one of its own."""
        held = self._chosen()
        options = list(self._options(self.desk, self.spec))
        known = {value for value, _ in options}
        for value in held:
            if value not in known:
                options.append((value, self.desk.speech.say("window.fields.unknown", value=value)))
        wanted = [value for value, _ in options]
        if wanted != list(self._boxes):
            self._rebuild(wanted)
        self._showing = True
        for value, name in options:
            self._boxes[value].setText(name.replace("&", "&&"))
            self._boxes[value].setChecked(value in held)
        self._showing = False

    def retranslate(self) -> None:
        """The names of the choices."""
        self.refresh()

    def _rebuild(self, values: list[str]) -> None:
        for box in self._boxes.values():
            self._layout.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for value in values:
            box = QCheckBox()
            box.setEnabled(not self.desk.read_only)
            box.toggled.connect(self._toggled)
            self._layout.addWidget(box)
            self._boxes[value] = box
        self.lock_inputs()
        if self._boxes:
            self.setFocusProxy(self.inputs[0])

    def _chosen(self) -> tuple[str, ...]:
        held = self.held
        if isinstance(held, tuple):
            return held
        return (str(held),) if held != "" else ()

    def _show(self, value: Value) -> None:
        self.refresh()

    def _toggled(self) -> None:
        if not self._showing:
            self._give(tuple(value for value, box in self._boxes.items() if box.isChecked()))
