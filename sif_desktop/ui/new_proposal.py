"""Choosing a call for a new proposal: what it is for, until when, and its ceilings."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sif_desktop import paths
from sif_desktop.app.opening import file_name
from sif_desktop.calls.call import Call
from sif_desktop.ui.call_facts import facts, is_past, usable_calls
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech


class NewProposal(QWidget):
    """The calls of this machine with their figures, and where the draft will be kept."""

    wanted = Signal(object, str, str, str, object)

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self.speech, self.look = speech, look
        self.calls = usable_calls()
        self.title, self.lead = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "display")
        role(self.lead, "muted")
        self.choices: list[QRadioButton] = []
        self._group = QButtonGroup(self)  # each stands in a card of its own
        self.cards = QVBoxLayout()
        self.name_label, self.where_label, self.origin_label = QLabel(), QLabel(), QLabel()
        self.name, self.where, self.origin = QLineEdit(), QLineEdit(), QLineEdit()
        self.browse, self.back, self.begin = QPushButton(), QPushButton(), QPushButton()
        self.browse_origin = QPushButton()
        role(self.begin, "primary")
        self.begin.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.name.textChanged.connect(self._name_changed)
        self.browse.clicked.connect(self._browse)
        self.browse_origin.clicked.connect(self._browse_origin)
        self.begin.clicked.connect(self._create)
        self._own_place = False
        self._arrange()
        speech.changed.connect(self.retranslate)
        look.changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self._name_changed("")

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.speech.say
        self.title.setText(say("window.new.title"))
        self.lead.setText(say("window.new.lead"))
        for label, line, key in (
            (self.name_label, self.name, "name"),
            (self.origin_label, self.origin, "origin"),
            (self.where_label, self.where, "where"),
        ):
            label.setText(say(f"window.new.{key}"))
            label.setBuddy(line)
            line.setAccessibleName(label.text())
        self.origin.setPlaceholderText(say("window.new.origin_about"))
        for button, label in (
            (self.browse, self.where_label),
            (self.browse_origin, self.origin_label),
        ):
            button.setText(say("window.new.browse"))
            button.setAccessibleName(f"{label.text()}: {button.text()}")
        self.back.setText(say("window.new.back"))
        self.begin.setText(say("window.new.create"))
        self._fill()

    @property
    def chosen(self) -> Call | None:
        """The call that is chosen."""
        for call, button in zip(self.calls, self.choices, strict=True):
            if button.isChecked():
                return call
        return None

    def _fill(self) -> None:
        chosen = self.chosen if self.choices else None
        for button in self.choices:
            self._group.removeButton(button)
        while item := self.cards.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.choices = []
        for call in self.calls:
            frame, button = self._card(call)
            self.choices.append(button)
            self._group.addButton(button)
            self.cards.addWidget(frame)
            button.setChecked(call is chosen)
            button.toggled.connect(self._may_create)
        if chosen is None and self.choices:
            self.choices[0].setChecked(True)
        self._order_tabs()
        self._may_create()

    def _order_tabs(self) -> None:
        """The Tab key goes from the calls to the name, as they stand."""
        inputs = (
            *(*self.choices, self.name, self.origin, self.browse_origin),
            *(self.where, self.browse, self.back, self.begin),
        )
        for one, other in pairwise(inputs):
            QWidget.setTabOrder(one, other)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Only now does all of it stand in the window."""
        super().showEvent(event)
        self._order_tabs()

    def _card(self, call: Call) -> tuple[QFrame, QRadioButton]:
        words = call.words(self.speech.language)
        frame = QFrame()
        role(frame, "card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(gap(2), gap(2), gap(2), gap(2))
        layout.setSpacing(gap(1))
        button = QRadioButton(f"{words.say('call.title')} · {call.edition}")
        button.setStyleSheet("font-weight: 600;")
        about = QLabel(words.say("call.aim"), wordWrap=True)
        layout.addWidget(button)
        layout.addWidget(about)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setHorizontalSpacing(gap(3))
        for name, text in facts(call, words):
            label, value = QLabel(name), QLabel(text, wordWrap=True)
            role(label, "muted")
            form.addRow(label, value)
        layout.addLayout(form)
        if is_past(call):
            past = QLabel(words.find("call.practice") or "", wordWrap=True)
            role(past, "warning")
            layout.addWidget(past)
        return frame, button

    def _name_changed(self, name: str) -> None:
        if not self._own_place:
            self.where.setText(str(_documents() / file_name(name)))
        self._may_create()

    def _browse(self) -> None:
        say = self.speech.say
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("window.new.where"), self.where.text(), say("window.open.filter")
        )
        if chosen:
            self._own_place = True
            path = Path(chosen)
            self.where.setText(str(path if path.suffix else path.with_suffix(".sif")))

    def _browse_origin(self) -> None:
        say = self.speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.new.origin"), str(_documents()), say("window.new.origin_filter")
        )
        if chosen:
            self.origin.setText(chosen)

    def _create(self) -> None:
        call, where = self.chosen, paths.typed(self.where.text())
        if call and where:
            name, origin = self.name.text().strip(), paths.typed(self.origin.text())
            self.wanted.emit(where, call.id, self.speech.language, name, origin)

    def _may_create(self) -> None:
        self.begin.setEnabled(self.chosen is not None and bool(paths.typed(self.where.text())))

    def _arrange(self) -> None:
        column = QWidget()
        role(column, "column")
        inner = QVBoxLayout(column)
        inner.setContentsMargins(gap(4), gap(4), gap(4), gap(4))
        inner.setSpacing(gap(1))
        inner.addWidget(self.title)
        inner.addWidget(self.lead)
        inner.addSpacing(gap(1))
        inner.addLayout(self.cards)
        inner.addSpacing(gap(1))
        for label, line, browse in (
            (self.name_label, self.name, None),
            (self.origin_label, self.origin, self.browse_origin),
            (self.where_label, self.where, self.browse),
        ):
            role(label, "label")
            inner.addWidget(label)
            place = QHBoxLayout()
            place.addWidget(line, 1)
            if browse:
                place.addWidget(browse)
            inner.addLayout(place)
        inner.addSpacing(gap(1))
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.begin)
        inner.addLayout(buttons)
        inner.addStretch(1)
        column.setMaximumWidth(gap(100))
        holder = QWidget()
        role(holder, "column")
        middle = QHBoxLayout(holder)
        middle.addStretch(1)
        middle.addWidget(column, 1000)
        middle.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.setFocusProxy(self.name)

    def _tint(self) -> None:
        self.back.setIcon(self.look.icon("back", "text"))
        self.begin.setIcon(self.look.icon("next", "on_accent"))


def _documents() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place and Path(place).is_dir() else Path.home()
