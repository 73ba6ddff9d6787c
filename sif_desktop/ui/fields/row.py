"""A field on a page: its name, the editor, the counter, what the form says, and its findings."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter, is_

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sif_desktop.calls.call import FieldSpec
from sif_desktop.calls.targets import share_said
from sif_desktop.errors import EditError
from sif_desktop.language import number
from sif_desktop.model.address import value_at
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.editor import Value
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.fields.make import Maker, make_editor
from sif_desktop.ui.look.theme import role

_COUNTER = 24
"""Pixels: the width of a counter is a multiple of it."""

_NAMES = {
    "partner": ("partners",),
    "partners": ("partners",),
    "work_package": ("work_packages",),
    "file": ("attachments",),
}
"""The lists of the proposal that the choices of a field are made of."""


def concrete(at: str, address: str) -> str:
    """A pattern such as `partners/*/seat` with the ids of an address beneath the same items."""
    ids = iter(address.split("/")[1::2])
    return "/".join(next(ids) if step == "*" else step for step in at.split("/"))


class FieldRow(QWidget):
    """One field. It sends what is typed to the draft, and shows what the draft holds.

    A page makes it with the field's declaration and the address of the value, adds it to a
    layout, and calls `refresh` when the proposal changed, `show_findings` when it was checked,
    `retranslate` when the language changed. (`Rows` of `pages/base.py` does that for many.)
    `make` gives another editor than that of the kind.
    """

    def __init__(
        self, desk: Desk, spec: FieldSpec, address: str, make: Maker = make_editor
    ) -> None:
        super().__init__()
        self.desk = desk
        self.spec = spec
        self.address = address
        self.label = QLabel(wordWrap=True)
        role(self.label, "label")
        self.mark = ""
        self.counter = QLabel()
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        role(self.counter, "small")
        self.editor = make(desk, spec, address)
        self.guidance = QLabel(wordWrap=True)
        role(self.guidance, "small")
        self.guidance.hide()
        self.findings = FindingsList(desk)
        self._shown = True
        self._counted: tuple[int, str] | None = None
        self._when_at = concrete(spec.when.at, address) if spec.when else ""
        self._getters = tuple(self._sources())
        self._seen: tuple[object, ...] = ()
        self._told: tuple[Finding, ...] | None = None
        self._arrange()
        self.editor.edited.connect(self._edited)
        self.editor.set_read_only(not desk.may_change(address))
        desk.tinted.connect(self._say_label)
        self.refresh()
        self.retranslate()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label, 1)
        head.addWidget(self.counter, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.guidance)
        layout.addWidget(self.editor)
        layout.addWidget(self.findings)

    @property
    def asked(self) -> bool:
        """Whether the form asks for it now, or something was filled in all the same."""
        when = self.spec.when
        if when is None:
            return True
        value = self._at(self._when_at)
        values = value if isinstance(value, tuple) else (value,)
        return any(one in when.one_of for one in values)

    def refresh(self) -> None:
        """Shows what the draft holds now; nothing is done where that is as before."""
        self._lock()
        seen = self._read()
        if len(seen) == len(self._seen) and all(map(is_, seen, self._seen)):
            return
        self._seen = seen
        inputs = self.editor.inputs
        self.editor.hold(self._at(self.address))
        self.editor.refresh()
        if inputs != self.editor.inputs:  # other choices: nothing was said of them yet
            self._told = None
            self._name()
            self.show_findings()
        asked = self.asked
        if asked != self._shown:
            self._shown = asked
            self.setVisible(asked)
        self._count()

    def show_findings(self) -> None:
        """Shows the findings about the value, calmly: an untouched empty field shows none."""
        found = self.desk.findings_at(self.address)
        if self.editor.held in ("", ()) and not self.desk.is_touched(self.address):
            found = ()
        if found == self._told:
            return
        self._told = found
        self.findings.show_findings(found)
        self.editor.set_wrong(any(finding.severity == "error" for finding in found))
        self._describe()

    def retranslate(self) -> None:
        """Says its name, mark and guidance in the language of the interface."""
        self._seen, self._told = (), None
        speech = self.desk.speech
        self.mark = ""
        if self.spec.kind != "file":
            key = f"window.fields.marks.{self.spec.needed or 'none'}"
            self.mark = speech.say("window.team.others" if self._is_others else key)
        self._say_label()
        self.guidance.setText(self.desk.guidance(self.spec))
        self.editor.retranslate()
        self.findings.retranslate()
        self._count()
        self._name()
        self._describe()

    def show_guidance(self, shown: bool) -> None:
        """Shows the form's guidance within the row, where there is no room beside the page."""
        self.guidance.setVisible(shown and bool(self.guidance.text()))

    def focus(self) -> None:
        """Puts the focus in the editor."""
        inputs = self.editor.inputs
        if inputs:
            inputs[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, value: Value) -> None:
        self.desk.touch(self.address)
        if not self.desk.type(self.address, value, subject=self.desk.label(self.spec)):
            self.editor.hold(self._at(self.address))  # what may not be changed stays as it was
        self._count()

    @property
    def _is_others(self) -> bool:
        """Whether it cannot be changed since it is among another's parts."""
        return self.editor.read_only and not self.desk.read_only

    def _lock(self) -> None:
        """What may be changed can be another after a change: of whose row it is, for one."""
        locked = not self.desk.may_change(self.address)
        if locked != self.editor.read_only:
            self.editor.set_read_only(locked)
            self.retranslate()

    def _read(self) -> tuple[object, ...]:
        """What the row shows: its value, what it depends on, and what its choices are made of."""
        proposal = self.desk.proposal
        return tuple([get(proposal) for get in self._getters])

    def _sources(self) -> Iterator[Callable[[Proposal], object]]:
        """How what the row shows is read; a value outside the lists is read straight."""
        for at in filter(None, (self.address, self._when_at)):
            part, _, name = at.partition("/")
            if part == "project" and "/" not in name:
                yield attrgetter(f"project.{name}")
            else:
                yield partial(self._at_now, at)
        for name in _NAMES.get(self.spec.kind, ()):
            yield attrgetter(name)

    def _at_now(self, address: str, _: Proposal) -> Value:
        return self._at(address)

    def _at(self, address: str) -> Value:
        try:
            value: Value = value_at(self.desk.proposal, address)
        except EditError:
            return ""
        if self.spec.kind in ("choices", "partners") and value == "":
            return ()
        return value

    def _count(self) -> None:
        """The counter against the form's limit, loud only over it; or the share of a target."""
        longest = self.spec.longest
        if longest is None:
            share = self._share()
            if share != self.counter.text():
                self.counter.setText(share)
            self.counter.setVisible(bool(share))
            return
        length, most = self.editor.length, longest.characters
        language = self.desk.speech.language
        if (length, language) == self._counted:
            return
        self._counted = (length, language)
        shown = self.spec.kind == "paragraph" or length * 5 >= most * 4
        self.counter.setVisible(shown)
        if not shown:
            return
        over = length > most
        key = "over" if over else "counter"
        text = self.desk.speech.say(
            f"window.fields.{key}", count=number(length, language), most=number(most, language)
        )
        if text != self.counter.text():
            self._make_room(text)
            self.counter.setText(text)
        severity = "error" if longest.origin == "call" else "warning"
        role(self.counter, severity if over else "small")

    def _share(self) -> str:
        """Which share of its target a number is; "" for a field without one, or no number."""
        if not self.spec.target:
            return ""
        call = self.desk.call
        value = self._at(self.address)
        return share_said(call, self.spec, value, call.words(self.desk.speech.language))

    def _make_room(self, text: str) -> None:
        """A counter of a fixed size: with each key it would have the page laid out anew."""
        metrics = self.counter.fontMetrics()
        wide = -(-metrics.horizontalAdvance(text) // _COUNTER) * _COUNTER
        if (wide, metrics.height()) != (self.counter.minimumWidth(), self.counter.maximumHeight()):
            self.counter.setFixedSize(wide, metrics.height())

    def _say_label(self) -> None:
        """The name and behind it, quietly, how far it is asked for; nothing where it must be."""
        name = html.escape(self.desk.label(self.spec))
        if self.mark and (self.spec.needed != "error" or self._is_others):
            grey = self.desk.look.colours.named()["muted"]
            style = f"color:{grey};font-weight:400;font-size:small"
            name += f" <span style='{style}'>&nbsp;{html.escape(self.mark)}</span>"
        self.label.setText(name)

    def _name(self) -> None:
        """The accessible names; a choice is named with its field, as a reader hears it alone."""
        name = self.desk.label(self.spec)
        self.label.setAccessibleName(name)
        inputs = self.editor.inputs
        if len(inputs) == 1:
            self.label.setBuddy(inputs[0])
            inputs[0].setAccessibleName(name)
            return
        for widget in inputs:
            text = str(widget.property("text") or "").replace("&&", "&")
            widget.setAccessibleName(f"{name}: {text}" if text else name)

    def _describe(self) -> None:
        """The accessible description: what is wrong, whether it is needed, and the guidance."""
        parts = (self.findings.text, self.mark, self.guidance.text())
        description = " ".join(part for part in parts if part)
        for widget in self.editor.inputs:
            widget.setAccessibleDescription(description)
