"""The editor for a field, from its declaration in the call's form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sif_desktop.calls.call import FieldKind, FieldSpec
from sif_desktop.calls.reading import shown
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields import choice
from sif_desktop.ui.fields.choice import ChecksEditor, ComboEditor, RadioEditor
from sif_desktop.ui.fields.date import DateEditor
from sif_desktop.ui.fields.editor import Editor, Value
from sif_desktop.ui.fields.line import (
    LineEditor,
    enterprise_number_editor,
    iban_editor,
    money_editor,
    number_editor,
)
from sif_desktop.ui.fields.paragraph import ParagraphEditor

Maker = Callable[[Desk, FieldSpec, str], Editor]


def make_editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """An editor for the value at an address, by the kind of its field."""
    return EDITORS[spec.kind](desk, spec, address)


def _choice(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    few = len(desk.call.choices.get(spec.choices or "", ())) <= choice.FEW
    kind = RadioEditor if few and spec.needed is not None else ComboEditor
    return kind(desk, spec, address, choice.of_the_call)


def _combo(options: choice.Options) -> Maker:
    return lambda desk, spec, address: ComboEditor(desk, spec, address, options)


def _checks(options: choice.Options) -> Maker:
    return lambda desk, spec, address: ChecksEditor(desk, spec, address, options)


class FileFact(Editor):
    """What the program itself knows of a file: shown, never typed."""

    def __init__(self, desk: Desk, spec: FieldSpec, address: str) -> None:
        super().__init__(desk, spec, address)
        self.label = QLabel(wordWrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """Nothing can be typed."""
        return ()

    def _show(self, value: Value) -> None:
        self.label.setText(shown(self.desk.proposal, self.spec, value, self.desk.speech.words))


EDITORS: dict[FieldKind, Maker] = {
    "text": LineEditor,
    "paragraph": ParagraphEditor,
    "choice": _choice,
    "choices": _checks(choice.of_the_call),
    "money": money_editor,
    "number": number_editor,
    "month": number_editor,
    "date": DateEditor,
    "country": _combo(choice.countries),
    "enterprise_number": enterprise_number_editor,
    "iban": iban_editor,
    "email": LineEditor,
    "website": LineEditor,
    "partner": _combo(choice.partners),
    "partners": _checks(choice.partners),
    "work_package": _combo(choice.work_packages),
    "period": _combo(choice.periods),
    "file": FileFact,
}
"""How a value of each kind is edited."""
