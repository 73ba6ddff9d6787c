"""An open draft in the window: the list of steps, the pages, Back and Next, and the banners."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.steps import CHECK, Step, step_after, step_at, step_before
from sif_desktop.calls.reading import partner_name
from sif_desktop.ui.banner import Banner
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import STEPS, gap
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.registry import SIDE, make_page
from sif_desktop.ui.step_list import StepList


class Workspace(QWidget):
    """The steps of one draft; a page is made when it is shown first."""

    def __init__(self, desk: Desk, save_elsewhere: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self.step: Step = desk.steps[0]
        self._came_from: str = ""
        self._told: tuple[object, object] | None = None
        self.read_only = Banner(desk.look, "advice")
        self.packet = Banner(desk.look, "advice", lambda: self.go("team"))
        self.refused = Banner(desk.look, "warning")
        self.trouble = Banner(desk.look, "error", save_elsewhere)
        self.return_bar = Banner(desk.look, "advice", self._return)
        self.list = StepList(desk)
        self.stack = QStackedWidget()
        self.back, self.next, self.leave = QPushButton(), QPushButton(), QPushButton()
        role(self.next, "primary")
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_next)
        self.leave.clicked.connect(self._return)
        self.aside = tuple(Step(key, key, f"window.{key}.title") for key in SIDE)
        self.sides = {key: QPushButton() for key in SIDE}
        for key, button in self.sides.items():
            role(button, "side-page")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, key=key: self.go(key))
        self.done = QLabel()
        role(self.done, "small")
        self.bar = QProgressBar(textVisible=False, maximum=100)
        self._arrange()
        desk.changed.connect(self._tell_trouble)
        desk.changed.connect(self._tell_no_refusal)
        desk.refused.connect(self._tell_refusal)
        desk.checked.connect(self._tell_progress)
        desk.jump.connect(self.jump)
        desk.visit.connect(self.go)
        desk.retold.connect(self.retranslate)
        desk.tinted.connect(self._tint)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self._tint()
        self.retranslate()
        self.go(desk.steps[0].id)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.step.id]

    def go(self, step_id: str) -> None:
        """Shows a step, or a page beside the steps, from which a bar leads back."""
        came_from, self.step = self.step, self._known(step_id)
        page = self.pages.get(step_id)
        if page is None:
            page = self.pages[step_id] = make_page(self.desk, self.step)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        aside = self.step in self.aside
        self.list.choose(None if aside else self.desk.steps.index(self.step))
        for button in (self.back, self.next):
            button.setVisible(not aside)
        self.leave.setVisible(aside)
        if not aside:
            self.back.setEnabled(step_before(self.desk.steps, step_id) is not None)
            self.next.setEnabled(step_after(self.desk.steps, step_id) is not None)
        for key, button in self.sides.items():
            button.setChecked(key == step_id)
        self._tell_no_refusal()
        if aside and came_from not in self.aside:
            self._came_from = came_from.id
        if step_id in (CHECK, self._came_from):
            self._came_from = ""
        self._tell_return()

    def _known(self, step_id: str) -> Step:
        return next(step for step in (*self.desk.steps, *self.aside) if step.id == step_id)

    def go_next(self) -> None:
        """Shows the step that follows."""
        after = self.step not in self.aside and step_after(self.desk.steps, self.step.id)
        if after:
            self.go(after.id)

    def go_back(self) -> None:
        """Shows the step before."""
        before = self.step not in self.aside and step_before(self.desk.steps, self.step.id)
        if before:
            self.go(before.id)

    def jump(self, address: str) -> None:
        """Goes to the page of an address and puts the focus there; a bar leads back."""
        came_from = self.step.id
        self.go(step_at(self.desk.call, address))
        if came_from != self.step.id:
            self._came_from = came_from
            self._tell_return()
        at = address
        while not self.page.focus_on(at):
            at, _, _ = at.rpartition("/")
            if not at:
                self.page.setFocus()
                return

    def retranslate(self) -> None:
        """The words around the pages; each page says its own."""
        say = self.desk.speech.say
        self.back.setText(say("window.steps.back"))
        self.next.setText(say("window.steps.next"))
        for key, button in self.sides.items():
            button.setAccessibleName(say(f"window.{key}.short"))
            button.setToolTip(say(f"window.{key}.title"))
        self.list.setAccessibleName(say("window.steps.list"))
        self.bar.setAccessibleName(say("window.steps.progress"))
        held = self.desk.session.draft.holder
        key = "held" if held else "only"
        self.read_only.say(
            say(f"window.read_only.{key}", holder=held) if self.desk.read_only else ""
        )
        self._tell_packet()
        self._tell_trouble()
        self._tell_progress()
        self._tell_return()
        self._fit_sides()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, pages beside the steps are named by their pictures alone."""
        super().resizeEvent(event)
        self._fit_sides()

    def _fit_sides(self) -> None:
        steps = (self.back.sizeHint().width() + self.next.sizeHint().width()) if self.sides else 0
        for button in self.sides.values():
            button.setText(button.accessibleName())
        wide = sum(button.sizeHint().width() + gap(1) for button in self.sides.values())
        if wide + steps + gap(8) > self.width() - STEPS:
            for button in self.sides.values():
                button.setText("")

    def _arrange(self) -> None:
        side = QFrame()
        role(side, "side")
        side.setFixedWidth(STEPS)
        left = QVBoxLayout(side)
        left.setContentsMargins(gap(0.5), gap(1.5), gap(0.5), gap(1.5))
        left.setSpacing(gap(1))
        left.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(gap(1.5), 0, gap(1.5), 0)
        foot.addWidget(self.done)
        foot.addWidget(self.bar)
        left.addLayout(foot)
        bar = QFrame()
        role(bar, "bar")
        buttons = QHBoxLayout(bar)
        buttons.setContentsMargins(gap(3), gap(1), gap(3), gap(1))
        buttons.setSpacing(gap(1))
        for button in self.sides.values():
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        right = QVBoxLayout()
        right.setSpacing(0)
        for banner in (self.read_only, self.packet, self.trouble, self.refused, self.return_bar):
            right.addWidget(banner)
        right.addWidget(self.stack, 1)
        right.addWidget(bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    def _chosen(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid() and self.desk.steps[now.row()].id != self.step.id:
            self.go(self.desk.steps[now.row()].id)

    def _return(self) -> None:
        if self._came_from:
            self.go(self._came_from)

    def _tell_return(self) -> None:
        """How one comes back: in a bar above the page, or where Back and Next stand otherwise."""
        say, back = self.desk.speech.say, self._came_from
        name = say(self._known(back).title) if back else ""
        to = say("window.steps.return", name=name)
        self.leave.setText(say("window.apart.back"))
        self.leave.setToolTip(to)
        self.leave.setAccessibleName(to)
        if back and self.step not in self.aside:
            self.return_bar.say(say("window.steps.jumped", name=name), to)
        else:
            self.return_bar.say("")

    def _tell_refusal(self) -> None:
        """Something was to be changed that is not among the parts of whose packet it is."""
        self.refused.say(self.desk.speech.say("window.team.not_done"))

    def _tell_no_refusal(self) -> None:
        if not self.refused.isHidden():
            self.refused.say("")

    def _tell_packet(self) -> None:
        """Whose packet it is that is being worked in, and where it goes when it is done."""
        desk, say = self.desk, self.desk.speech.say
        if desk.packet_trouble:
            self.packet.say(desk.speech.error(desk.packet_trouble))
            self.packet.button.hide()
        elif desk.own:
            packet = desk.own.packet
            key = "packet" if packet.made_by else "packet_alone"
            partner = partner_name(desk.proposal, packet.partner)
            said = say(f"window.team.banner.{key}", partner=partner, sender=packet.made_by)
            self.packet.say(said, say("window.team.banner.show"))

    def _tell_trouble(self) -> None:
        trouble = self.desk.session.trouble
        if trouble is None:
            if not self.trouble.isHidden():
                self.trouble.say("")
        else:
            self.trouble.say(
                f"{self.desk.speech.error(trouble)} {self.desk.speech.say('window.trouble.kept')}",
                self.desk.speech.say("window.trouble.elsewhere"),
            )

    def _tell_progress(self) -> None:
        told = (self.desk.states, self.desk.speech.words)
        if self._told is not None and all(map(is_, told, self._told)):
            return
        self._told = told
        share = self.desk.progress.completeness(self.desk.proposal)
        said = self.desk.speech.say("window.steps.done", share=share)
        if said != self.done.text():
            self.done.setText(said)
            self.bar.setValue(share)

    def _tint(self) -> None:
        look = self.desk.look
        for key, button in self.sides.items():
            button.setIcon(look.icon(f"side-{key}", "muted"))
        for button in (self.back, self.leave):
            button.setIcon(look.icon("back", "text"))
        self.next.setIcon(look.icon("next", "on_accent"))
