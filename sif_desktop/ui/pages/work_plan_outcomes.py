"""The outcomes that the call asks for: whether a deliverable is marked as each, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from sif_desktop.calls.call import FieldSpec
from sif_desktop.model.edit import Add, Set
from sif_desktop.model.values import new_id
from sif_desktop.model.workplan import Deliverable, WorkPackage
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

OUTCOME = "work_packages/*/deliverables/*/outcome"
_ICON, _HIGH = 16, gap(3)


@dataclass
class _Shown:
    """What is shown for one outcome."""

    icon: QLabel
    name: QLabel
    link: QPushButton
    address: str = ""
    looks: tuple[str, str] = field(default=("", ""))


class Outcomes(QFrame):
    """A strip with each outcome: a link to its deliverable, or to mark one.

    `go` takes the address of a value and puts the focus there.
    """

    def __init__(self, desk: Desk, go: Callable[[str], bool]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._spec: FieldSpec | None = desk.call.field_at(OUTCOME)
        self.shown: dict[str, _Shown] = {}
        role(self, "panel")
        self.caption = QLabel()
        role(self.caption, "label")
        around = QHBoxLayout(self)
        around.setContentsMargins(gap(2), gap(0.5), gap(1), gap(0.5))
        flow = FlowLayout(space=gap(1.5))
        around.addLayout(flow)
        flow.addWidget(_high(self.caption))
        for outcome in self.outcomes:
            flow.addWidget(self._make(outcome))
        desk.tinted.connect(self._tint)
        if not self.shown:
            self.hide()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes of the call; none where its form does not ask for them."""
        return self._desk.call.choices.get(self._spec.choices or "", ()) if self._spec else ()

    def refresh(self) -> None:
        """What is marked now."""
        packages = self._desk.proposal.work_packages
        marked: dict[str, tuple[int, WorkPackage, Deliverable]] = {}
        for place, package in enumerate(packages, 1):
            for one in package.deliverables:
                if one.outcome:
                    marked.setdefault(one.outcome, (place, package, one))
        for outcome, shown in self.shown.items():
            self._tell(outcome, shown, marked.get(outcome))

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        self.caption.setText(self._desk.speech.say("window.work_packages.outcomes.title"))
        for outcome, shown in self.shown.items():
            shown.name.setText(self._name(outcome))
        self.refresh()

    def about(self, found: Finding) -> bool:
        """Whether a finding is about an outcome that this strip shows: it is told here then."""
        key = found.figures.get("outcome")
        return bool(self._spec) and key in {self._key(outcome) for outcome in self.outcomes}

    def _tell(
        self,
        outcome: str,
        shown: _Shown,
        found: tuple[int, WorkPackage, Deliverable] | None,
    ) -> None:
        say = self._desk.speech.say
        packages = self._desk.proposal.work_packages
        shown.link.setVisible(bool(found) or any(map(self._may_mark, packages)))
        if found is None:
            shown.address = ""
            shown.link.setText(say("window.work_packages.outcomes.mark"))
            missing = self._missing(outcome)
            told = self._desk.sentence(missing) if missing else ""
            loud = missing is not None and self._is_late()
            shown.looks = ("error", "error") if loud else ("state-incomplete", "muted")
            said = say("window.work_packages.outcomes.none")
        else:
            place, package, one = found
            shown.address = f"work_packages/{package.id}/deliverables/{one.id}/outcome"
            key = "place" if one.month != "" else "place_open"
            said = say(f"window.work_packages.outcomes.{key}", number=place, month=one.month)
            shown.link.setText(said)
            shown.looks = ("good", "good")
            told = one.title[:300]
        name = self._name(outcome)
        shown.name.setToolTip(told)
        shown.link.setToolTip(told)
        shown.link.setAccessibleName(f"{name}: {said}")
        shown.link.setAccessibleDescription(told)
        shown.icon.setToolTip(said)
        self._tint()

    def _is_late(self) -> bool:
        """Whether what is missing may be loud: not before there is a deliverable to mark."""
        packages = self._desk.proposal.work_packages
        return self._desk.show_all or any(package.deliverables for package in packages)

    def _missing(self, outcome: str) -> Finding | None:
        found = self._desk.findings_at("work_packages")
        key = self._key(outcome)
        return next((one for one in found if one.figures.get("outcome") == key), None)

    def _act(self, outcome: str) -> None:
        address = self.shown[outcome].address
        if address:
            self._go(address)
        else:
            self._ask(outcome)

    def _ask(self, outcome: str) -> None:
        """Asks which deliverable it is: one that is there, or a new one of a work package."""
        button = self.shown[outcome].link
        menu = QMenu(button)
        for place, package in enumerate(self._desk.proposal.work_packages, 1):
            title = f"{place}. {_short(package.title)}".strip()
            if not self._may_mark(package):
                continue
            inner = menu.addMenu(title.replace("&", "&&"))
            for at, said in self._choices(package):
                act = inner.addAction(said.replace("&", "&&"))
                act.triggered.connect(lambda _=False, at=at: self.mark(at, outcome))
            if not self._desk.may_change(f"work_packages/{package.id}/deliverables"):
                continue
            inner.addSeparator()
            new = inner.addAction(self._desk.speech.say("window.work_packages.outcomes.new"))
            new.triggered.connect(lambda _=False, key=package.id: self.add(key, outcome))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

    def _choices(self, package: WorkPackage) -> Iterator[tuple[str, str]]:
        """The addresses and titles of a work package's deliverables."""
        one_word = self._desk.speech.say("lists.deliverables.one").capitalize()
        for place, one in enumerate(package.deliverables, 1):
            at = f"work_packages/{package.id}/deliverables/{one.id}/outcome"
            if self._desk.may_change(at):
                yield at, _short(one.title) or f"{one_word} {place}"

    def _may_mark(self, package: WorkPackage) -> bool:
        """Whether there is a deliverable to mark in a work package, or one can be added to it."""
        at = f"work_packages/{package.id}/deliverables"
        return self._desk.may_change(at) or any(
            self._desk.may_change(f"{at}/{one.id}/outcome") for one in package.deliverables
        )

    def mark(self, address: str, outcome: str) -> None:
        """Marks a deliverable as an outcome, and goes there."""
        self._desk.do(Set(at=address, value=outcome), subject=self._name(outcome))
        self._go(address)

    def add(self, package: str, outcome: str) -> None:
        """Adds a deliverable that is an outcome to a work package, and goes there."""
        key, at = new_id(), f"work_packages/{package}/deliverables"
        owner = next((one for one in self._desk.proposal.work_packages if one.id == package), None)
        if owner is None:
            return
        words = self._desk.call.words(self._desk.proposal.language)
        title = words.find(self._key(outcome)) or ""
        item = {"id": key, "outcome": outcome, "title": title, **self._desk.fresh(at)}
        behind = owner.deliverables[-1].id if owner.deliverables else ""
        self._desk.do(Add(at=at, item=item, after=behind), label="add", subject=self._name(outcome))
        self._go(f"{at}/{key}/month")

    def _key(self, outcome: str) -> str:
        return f"choices.{self._spec.choices if self._spec else ''}.{outcome}"

    def _name(self, outcome: str) -> str:
        return self._desk.speech.find(self._key(outcome), outcome)

    def _make(self, outcome: str) -> QWidget:
        holder = QWidget()
        holder.setMinimumHeight(_HIGH)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap(0.75))
        shown = self.shown[outcome] = _Shown(QLabel(), QLabel(), QPushButton())
        role(shown.link, "link")
        shown.link.clicked.connect(lambda _=False: self._act(outcome))
        for widget in (shown.icon, shown.name, shown.link):
            row.addWidget(widget)
        return holder

    def _tint(self) -> None:
        for shown in self.shown.values():
            icon, colour = shown.looks
            if icon:
                shown.icon.setPixmap(self._desk.look.icon(icon, colour).pixmap(_ICON, _ICON))


def _high(label: QLabel) -> QWidget:
    """A label as high as the links beside it."""
    holder = QWidget()
    holder.setMinimumHeight(_HIGH)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    return holder


def _short(text: str) -> str:
    """A title for a menu."""
    said = " ".join(text[:200].split())
    return said if len(said) <= 60 else f"{said[:59]}…"
