"""Telling which column of a partner's own spreadsheet is what, with what comes of it beside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.sheet_by_hand import MOST_WORDS, ByHand
from sif_desktop.app.sheet_review import Review, entries
from sif_desktop.sheets.columns import columns_of, fold
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.team.state import StateRow
from sif_desktop.ui.workbook.choice import Choice
from sif_desktop.ui.workbook.columns import Columns, Words
from sif_desktop.ui.workbook.lines import EntriesModel, EntriesView
from sif_desktop.ui.workbook.said import say_review, shown_name

_LONGEST_ROW = 60
_NARROW = gap(96)


class HandView(QWidget):
    """`changed` tells that something else was told; `wanted` asks to go on, `left` to leave.
    `reordered` tells that boxes came or went."""

    changed = Signal()
    reordered = Signal()
    wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.hand: ByHand | None = None
        self.found: Review | None = None
        self._words: list[tuple[str, str]] = []
        self._trouble, self._fresh = "", False
        self.remembered, self.forgetting = QLabel(wordWrap=True), QPushButton()
        role(self.forgetting, "link")
        self.sheet, self.row = Choice(), Choice()
        self.sheet_label, self.row_label = QLabel(), QLabel()
        self.columns = Columns(desk, columns_of(desk.call))
        self.whole = QCheckBox()
        self.whole_note = QLabel(wordWrap=True)
        self.whole_note.setTextFormat(Qt.TextFormat.PlainText)
        role(self.whole_note, "small")
        self.words = Words(desk)
        self.preview_title = QLabel()
        role(self.preview_title, "label")
        self.summary = StateRow(desk)
        self.model = EntriesModel(desk)
        self.list = EntriesView(desk, self.model)
        self.preview_title.setBuddy(self.list)
        self.to_words = QPushButton()
        role(self.to_words, "link")
        self.cancel, self.next = QPushButton(), QPushButton()
        role(self.next, "primary")
        self._arrange()
        self._connect()

    # -- what is shown ----------------------------------------------------------------------

    def show_hand(self, hand: ByHand) -> None:
        """Shows a spreadsheet; nothing is known yet of what comes of it."""
        self.hand, self.found, self._words, self._trouble = hand, None, [], ""
        self.whole.setChecked(False)
        self._fresh = hand.known
        if self._desk.own and not hand.words.get("partner", {}).get(""):
            hand.mean("partner", "", self._desk.own.packet.partner)
        self.retranslate()
        self.scroller.verticalScrollBar().setValue(0)

    @property
    def partner(self) -> str:
        """The id of the partner of which this is the whole budget; "" where it is not."""
        if self.hand is None or not self.whole.isChecked():
            return ""
        return self.hand.words.get("partner", {}).get("", "")

    def show_review(self, found: Review, unknown: list[tuple[str, str]]) -> None:
        """Shows what comes of it as it is told now."""
        self.found, self._trouble = found, ""
        known = {(column, fold(word)) for column, word in self._words}
        self._words += [one for one in unknown if (one[0], fold(one[1])) not in known]
        self._show_found()
        self._show_words()
        if self._fresh and self.row.hasFocus():  # all was told before: it need only be looked at
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fresh = False

    def show_trouble(self, sentence: str) -> None:
        """Tells why nothing comes of it."""
        self.found, self._trouble = None, sentence
        self._show_found()

    def forget(self) -> None:
        """Lets go of the spreadsheet."""
        self.hand = self.found = None
        self._words = []
        self.model.show((), "")

    def focus(self) -> None:
        """Puts the focus where one begins."""
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._desk.speech.say
        self.remembered.setText(say("window.sheet.hand.remembered"))
        self.forgetting.setText(say("window.sheet.hand.forget"))
        self.sheet_label.setText(say("window.sheet.hand.sheet"))
        self.row_label.setText(say("window.sheet.hand.row"))
        self.preview_title.setText(say("window.sheet.hand.preview"))
        self.list.hint = say("window.sheet.hand.preview_hint")
        self.cancel.setText(say("window.sheet.cancel"))
        self.to_words.setText(say("window.sheet.hand.to_words"))
        self.next.setText(say("window.sheet.hand.next"))
        self._show_choices()
        self._show_found()
        self._show_words()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Without room for a list beside the columns, a sentence beneath them is enough."""
        super().resizeEvent(event)
        narrow, ways = self.width() < _NARROW, QBoxLayout.Direction
        self._sides.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._sides.setSpacing(gap(1 if narrow else 2))
        self._sides.setStretch(1, 0 if narrow else 3)
        self.preview_title.setVisible(not narrow)
        self.list.setVisible(not narrow)

    def tint(self) -> None:
        """Icons in the colours as they are now."""
        self.next.setIcon(self._desk.look.icon("next", "on_accent"))
        self.summary.tint()
        self.list.viewport().update()

    # -- behind it --------------------------------------------------------------------------

    def _show_choices(self) -> None:
        hand, say = self.hand, self._desk.speech.say
        if hand is None:
            return
        self.known.setVisible(hand.known)
        self.sheet.offer([(name, name) for name in hand.sheets], hand.sheet)
        rows = [(str(number), _row_said(number, texts, say)) for number, texts in hand.rows]
        self.row.offer(rows, str(hand.row))
        self.columns.show_hand(hand)
        options = dict(hand.options("partner", self._desk.speech.words))
        name = options.get(hand.words.get("partner", {}).get("", ""), "")
        self.whole.setVisible("partner" in hand.asked)
        self.whole.setEnabled(bool(name))
        self.whole.setText(say("window.sheet.hand.whole"))
        key = "whole_of" if name else "whole_none"
        self.whole_note.setText(say(f"window.sheet.hand.{key}", partner=shown_name(name)))

    def _show_found(self) -> None:
        say, found = self._desk.speech.say, self.found
        self.next.setEnabled(found is not None)
        if found:
            self.summary.say(*say_review(self._desk, found))
            told = entries(found, self._desk.speech.words)
            self.model.show(told, found.seen.changes.sheet)
        else:
            said = self._trouble or say("window.sheet.hand.reading")
            tone = "advice" if self._trouble else "clock"
            self.summary.say(said, tone, "advice")
            self.model.show((), "")

    def _show_words(self) -> None:
        more = max(len(self._words) - MOST_WORDS, 0)
        if self.hand and self.words.show_words(self.hand, self._words[:MOST_WORDS], more):
            self.reordered.emit()
        self.to_words.setVisible(self.words.first_open is not None)

    def _go_to_words(self) -> None:
        """Shows the first word of which nobody said yet what it means."""
        box = self.words.first_open
        if box:
            self.scroller.ensureWidgetVisible(self.words, 0, 0)
            self.scroller.ensureWidgetVisible(box, 0, gap(4))
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, column: str, title: str) -> None:
        self._act(lambda hand: hand.choose(column, title))

    def _empty(self, column: str, value: str) -> None:
        if column == "partner" and not value:
            self.whole.setChecked(False)
        self._act(lambda hand: hand.mean(column, "", value))

    def _mean(self, column: str, word: str, value: str) -> None:
        self._act(lambda hand: hand.mean(column, word, value))

    def _use_sheet(self, name: str) -> None:
        self._words = []
        self._act(lambda hand: hand.use_sheet(name))

    def _use_row(self, number: str) -> None:
        self._words = []
        self._act(lambda hand: hand.use_row(int(number or 0)))

    def _forget(self) -> None:
        self._words = []
        self._act(lambda hand: hand.forget())
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _act(self, act: object) -> None:
        if self.hand is None or not callable(act):
            return
        act(self.hand)
        self._show_choices()
        self._show_words()
        self.changed.emit()

    def _connect(self) -> None:
        self.sheet.picked.connect(self._use_sheet)
        self.row.picked.connect(self._use_row)
        self.columns.chosen.connect(self._choose)
        self.columns.emptied.connect(self._empty)
        self.words.meant.connect(self._mean)
        self.whole.clicked.connect(lambda _=False: self.changed.emit())
        self.forgetting.clicked.connect(lambda _=False: self._forget())
        self.to_words.clicked.connect(lambda _=False: self._go_to_words())
        self.cancel.clicked.connect(lambda _=False: self.left.emit())
        self.next.clicked.connect(lambda _=False: self.wanted.emit())

    def _arrange(self) -> None:
        sides = self._sides = QHBoxLayout()
        sides.addWidget(self._form(), 5)
        right = QVBoxLayout()
        right.setSpacing(gap(0.75))
        right.addWidget(self.preview_title)
        right.addWidget(self.summary)
        right.addWidget(self.to_words, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.list, 1)
        beside = QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        beside.setLayout(right)
        sides.addWidget(beside, 3)
        foot = QHBoxLayout()
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addLayout(sides, 1)
        layout.addLayout(foot)
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.tint()

    def _form(self) -> QScrollArea:
        self.known = QFrame()
        role(self.known, "summary-advice")
        told = QHBoxLayout(self.known)
        told.setContentsMargins(gap(1.5), gap(0.75), gap(1), gap(0.75))
        told.addWidget(self.remembered, 1)
        told.addWidget(self.forgetting)
        where = QGridLayout()
        where.setHorizontalSpacing(gap(1.5))
        where.setVerticalSpacing(gap(0.5))
        for place, (label, box) in enumerate(
            ((self.sheet_label, self.sheet), (self.row_label, self.row))
        ):
            role(label, "label")
            label.setBuddy(box)
            where.addWidget(label, 0, place)
            where.addWidget(box, 1, place)
            where.setColumnStretch(place, 2 + 3 * place)
        frame = QFrame()
        role(frame, "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(gap(2), gap(1.5), gap(2), gap(2))
        inside.setSpacing(gap(1))
        inside.addWidget(self.known)
        inside.addLayout(where)
        inside.addWidget(self.columns)
        inside.addWidget(self.whole)
        inside.addWidget(self.whole_note)
        inside.addWidget(self.words)
        inside.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(frame)
        return self.scroller


def _row_said(number: int, texts: tuple[str, ...], say: object) -> str:
    told = " · ".join(texts)
    short = told if len(told) <= _LONGEST_ROW else f"{told[: _LONGEST_ROW - 1]}…"
    assert callable(say)  # noqa: S101 - a way of speaking
    return str(say("window.sheet.hand.row_said", row=number, texts=short))
