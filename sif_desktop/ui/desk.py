"""What every page works with: the open draft, its findings and states, the language, the look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sif_desktop.app.own_parts import OwnParts, own_parts_of
from sif_desktop.app.session import Session
from sif_desktop.app.steps import Progress, StepState, steps
from sif_desktop.calls.call import FieldSpec
from sif_desktop.errors import EditError, SifError
from sif_desktop.model.edit import Edit, Set
from sif_desktop.model.proposal import Proposal
from sif_desktop.rules.finding import Finding, Findings
from sif_desktop.rules.words import place, sentence
from sif_desktop.ui.look.theme import Look
from sif_desktop.ui.speech import Speech

SOON = 120
"""Milliseconds after the last change when findings and states are worked out again."""

LATER = 900
"""The same after typing in a text of more than `HUGE` characters."""

HUGE = 200_000


class Desk(QObject):
    """The open draft as pages see it. A page sends edits by `type` and `do`, and keeps nothing.

    `changed`: the proposal has another value somewhere. `checked`: findings and states are those
    of the proposal as it is now; they are the same objects as before where nothing is another.
    `jump`: somebody wants to go to an address, `visit`: to a step. `exposed`: fields that were
    never touched show their findings from now on. `retold`: the interface has another language.
    `tinted`: icons and colours are others. `closing`: the draft is about to be let go of; work on
    it has to end now. `refused`: something was not done, since in a packet only the partner's own
    parts can be changed. All pages of a draft share one desk, and listen to nothing behind it.
    """

    changed = Signal()
    checked = Signal()
    jump = Signal(str)
    visit = Signal(str)
    exposed = Signal()
    retold = Signal()
    tinted = Signal()
    closing = Signal()
    refused = Signal()

    def __init__(self, session: Session, speech: Speech, look: Look) -> None:
        super().__init__()
        self.session = session
        self.speech = speech
        self.look = look
        self.call = session.call
        self.steps = steps(session.call)
        self.progress = Progress(session.call)
        self.show_all = False
        self._touched: set[str] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.check_now)
        self._end = session.subscribe(self._session_changed)
        speech.changed.connect(self.retold)
        look.changed.connect(self.tinted)
        self.findings = Findings(())
        self.states: Mapping[str, StepState] = {}
        self._known: Proposal | None = None
        self._huge = False
        self._ended = False
        self.own: OwnParts | None = None
        self.packet_trouble: SifError | None = None
        try:
            self.own = own_parts_of(session.draft)
        except SifError as error:  # nothing may be changed in a packet of which we know not whose
            self.packet_trouble = error
        self.check_now()

    def let_go(self) -> None:
        """Ends the listening to the session; nothing is changed by way of the desk after that."""
        self._ended = True
        self._timer.stop()
        self.speech.changed.disconnect(self.retold)
        self.look.changed.disconnect(self.tinted)
        self._end()

    @property
    def proposal(self) -> Proposal:
        """The proposal as its author sees it now."""
        return self.session.proposal

    @property
    def read_only(self) -> bool:
        """Whether the draft can only be looked at; so it is once it was let go of."""
        return self._ended or self.session.read_only or self.packet_trouble is not None

    def may_change(self, address: str) -> bool:
        """Whether a value may be given another, an item removed or moved, a list added to.

        In a packet that is so of the partner's own parts. It may be another after each change.
        """
        if self.read_only:
            return False
        return self.own is None or self.own.may_change(self.proposal, address)

    def may_do(self, *edits: Edit) -> bool:
        """Whether edits may be carried out as one act."""
        if self.read_only:
            return False
        return self.own is None or self.own.may_do(self.proposal, edits)

    def fresh(self, list_at: str) -> dict[str, Any]:
        """The values with which an item begins that is added to a list."""
        return dict(self.own.fresh(list_at)) if self.own else {}

    def type(self, address: str, value: Any, *, subject: str = "") -> bool:
        """Sends what is being typed in a field: keys in a row become one act.

        False where the value may not be changed; nothing is done then.
        """
        if self.own and not self.may_do(Set(at=address, value=value)):
            self.refused.emit()
            return False
        if self.read_only:
            return False
        self._huge = isinstance(value, str) and len(value) > HUGE
        try:
            self.session.type(address, value, subject=subject)
        except EditError:
            self.changed.emit()
            return False
        return True

    def do(self, *edits: Edit, label: str = "edit", subject: str = "") -> bool:
        """Carries out edits as one act, named by a key under `changes` and what it was done to.

        False where they may not be carried out, or where what they change is gone; nothing is done
        then.
        """
        if not self.may_do(*edits):
            if edits and not self.read_only:
                self.refused.emit()
            return False
        try:
            self.session.do(edits, label=label, subject=subject)
        except EditError:  # a page showed what is no longer there
            self.changed.emit()
            return False
        return True

    def touch(self, address: str) -> None:
        """Notes that the author worked on a value: from now on its findings are shown there."""
        self._touched.add(address)

    def is_touched(self, address: str) -> bool:
        """Whether findings about a value that was not given may be shown beside it."""
        return self.show_all or address in self._touched

    @property
    def exposure(self) -> tuple[int, bool]:
        """Another value whenever more findings may be shown than before."""
        return len(self._touched), self.show_all

    def expose(self) -> None:
        """Shows all findings everywhere, as from the first visit to the check page on."""
        if not self.show_all:
            self.show_all = True
            self.exposed.emit()

    def findings_at(self, address: str) -> tuple[Finding, ...]:
        """The findings about exactly this value, item or list."""
        return self.findings.by_address.get(address, ())

    def sentence(self, finding: Finding) -> str:
        """What a finding says, the same words wherever it is shown."""
        return sentence(finding, self.speech.words)

    def place(self, address: str) -> str:
        """Where an address is, in words."""
        return place(self.proposal, self.call, self.speech.words, address)

    def check_now(self) -> None:
        """Works out findings and states at once; otherwise that happens soon after a change."""
        self._timer.stop()
        if self._known is self.proposal:
            return
        self._known = self.proposal
        found = self.session.findings
        if found.items != self.findings.items:
            self.findings = found
        states = self.progress.states(self.proposal, self.findings)
        if states != self.states:
            self.states = states
        self.checked.emit()

    def label(self, spec: FieldSpec) -> str:
        """The name of a field."""
        return self.speech.say(f"fields.{spec.id}.label")

    def guidance(self, spec: FieldSpec) -> str:
        """What the form says about filling in a field."""
        return self.speech.find(f"fields.{spec.id}.guidance")

    def _session_changed(self) -> None:
        self.changed.emit()
        if self._known is not self.proposal:
            self._timer.start(LATER if self._huge else SOON)
