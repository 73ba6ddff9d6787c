"""Making a packet for a partner: what is open in it anyway, and what else may be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app import own_words
from sif_desktop.app.team import Member, last_assigned
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.notices import Notices
from sif_desktop.ui.pages.base import card
from sif_desktop.ui.team.part_list import told

ADDRESS = Qt.ItemDataRole.UserRole
_CHECKED, _OPEN = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class _Tree(QTreeView):
    """Sections with what can be assigned in them. The key Tab leads on; the space bar ticks."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter ticks too, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event = QKeyEvent(event.type(), Qt.Key.Key_Space, event.modifiers(), " ")
        super().keyPressEvent(event)


class PacketView(QWidget):
    """`wanted` asks to write the packet, `left` to leave it."""

    wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.member: Member | None = None
        self._filling = False
        self.notices = Notices(desk)
        self.own_title, self.also_title = QLabel(), QLabel()
        self.own, self.also = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.own.setTextFormat(Qt.TextFormat.PlainText)
        role(self.also, "muted")
        self.items = QStandardItemModel(self)
        self.tree = _Tree()
        self.tree.setModel(self.items)
        self.tree.setHeaderHidden(True)
        self.tree.setTabKeyNavigation(False)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setUniformRowHeights(True)
        self.counter = QLabel()
        role(self.counter, "label")
        self.cancel, self.save = QPushButton(), QPushButton()
        role(self.save, "primary")
        self.items.itemChanged.connect(self._ticked)
        self.cancel.clicked.connect(lambda _=False: self.left.emit())
        self.save.clicked.connect(lambda _=False: self.wanted.emit())
        desk.tinted.connect(self._tint)
        self._arrange()
        self._tint()

    @property
    def assigned(self) -> tuple[str, ...]:
        """The addresses that were ticked."""
        return tuple(
            str(item.data(ADDRESS)) for item in self._leaves() if item.checkState() == _CHECKED
        )

    def show_packet(self, member: Member) -> None:
        """Begins a packet for a partner; what it was assigned the last time is ticked."""
        self.member = member
        self.notices.clear()
        self._fill(frozenset(last_assigned(member)))
        self.retranslate()

    def focus(self) -> None:
        """Puts the focus where one begins."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.items.index(0, 0))

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.own_title.setText(say("window.team.packet.own"))
        self.also_title.setText(say("window.team.packet.also"))
        self.also.setText(say("window.team.packet.also_about"))
        self.tree.setAccessibleName(say("window.team.packet.also"))
        self.cancel.setText(say("window.team.cancel"))
        self.save.setText(say("window.team.packet.save"))
        if self.member:
            proposal, words = self.desk.proposal, self.desk.speech.words
            parts = own_words.own(proposal, self.member.partner, (), self.desk.call, words)
            self.own.setText(told(self.desk, parts) or say("window.team.packet.own_none"))
        self._rename()
        self._count()

    def _fill(self, ticked: frozenset[str]) -> None:
        """A line for each thing that can be assigned, beneath its section."""
        assert self.member is not None  # noqa: S101 - shown for a partner only
        self._filling = True
        self.items.clear()
        heads: dict[str, QStandardItem] = {}
        for part in self._offers():
            head = heads.get(part.section)
            if head is None:
                head = heads[part.section] = _line(part.section, "")
                head.setAutoTristate(True)
                self.items.appendRow(head)
            line = _line(part.said, part.at)
            line.setCheckState(_CHECKED if part.at in ticked else _OPEN)
            head.appendRow(line)
        for head in heads.values():
            self._follow(head)
            if head.checkState() != _OPEN:
                self.tree.expand(head.index())
        self._filling = False

    def _offers(self) -> list[own_words.Part]:
        assert self.member is not None  # noqa: S101 - shown for a partner only
        proposal, words = self.desk.proposal, self.desk.speech.words
        return own_words.offers(proposal, self.member.partner, self.desk.call, words)

    def _rename(self) -> None:
        """The same lines in another language; what is ticked stays so."""
        if not self.member:
            return
        offers = {part.at: part for part in self._offers()}
        self._filling = True
        for item in self._leaves():
            part = offers.get(str(item.data(ADDRESS)))
            if part:
                item.setText(part.said)
                item.setToolTip(part.said)
                item.parent().setText(part.section)
        self._filling = False

    def _leaves(self) -> Iterator[QStandardItem]:
        for row in range(self.items.rowCount()):
            head = self.items.item(row)
            yield from (head.child(place) for place in range(head.rowCount()))

    def _ticked(self, item: QStandardItem) -> None:
        """A section ticks all that is in it, and shows whether all of it is ticked."""
        if self._filling:
            return
        head = item.parent()
        self._filling = True
        if head is None and item.checkState() != Qt.CheckState.PartiallyChecked:
            for place in range(item.rowCount()):
                item.child(place).setCheckState(item.checkState())
        elif head is not None:
            self._follow(head)
        self._filling = False
        self._count()

    def _follow(self, head: QStandardItem) -> None:
        ticked = sum(head.child(at).checkState() == _CHECKED for at in range(head.rowCount()))
        some = Qt.CheckState.PartiallyChecked if ticked else _OPEN
        head.setCheckState(_CHECKED if ticked == head.rowCount() else some)

    def _count(self) -> None:
        count = len(self.assigned)
        self.counter.setText(self.desk.speech.say("window.team.packet.chosen", count=count))

    def _arrange(self) -> None:
        own, own_in = card(self.own_title)
        own_in.setSpacing(gap(1))
        own_in.addWidget(self.own)
        also, also_in = card(self.also_title)
        also_in.setSpacing(gap(1))
        also_in.addWidget(self.also)
        also_in.addWidget(self.tree, 1)
        self.tree.setMinimumHeight(gap(22))
        foot = QHBoxLayout()
        foot.setSpacing(gap(1))
        foot.addWidget(self.counter)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.notices)
        layout.addWidget(own)
        layout.addWidget(also, 1)
        layout.addLayout(foot)

    def _tint(self) -> None:
        self.save.setIcon(self.desk.look.icon("save", "on_accent"))


def _line(text: str, address: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setCheckable(True)
    item.setEditable(False)
    item.setToolTip(text)
    item.setData(address, ADDRESS)
    return item
