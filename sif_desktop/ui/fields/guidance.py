"""The panel beside the fields: what the form says about the field that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import PANEL, gap

_ICON = 20


class GuidancePanel(QFrame):
    """Guidance for a row; what the page itself says while no field has the focus."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._row: FieldRow | None = None
        role(self, "panel")
        self.setFixedWidth(PANEL)
        self._icon = QLabel()
        self._head = QLabel(wordWrap=True)
        role(self._head, "lead")
        self._text = QLabel(wordWrap=True)
        self._limit = QLabel(wordWrap=True)
        role(self._limit, "small")
        top = QHBoxLayout()
        top.setSpacing(gap(1))
        top.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._head, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(2), gap(2), gap(2), gap(2))
        layout.setSpacing(gap(1))
        layout.addLayout(top)
        layout.addWidget(self._text)
        layout.addWidget(self._limit)
        desk.tinted.connect(self._tint)
        self._tint()
        self.retranslate()

    def show_row(self, row: FieldRow | None) -> None:
        """Shows the guidance of a field."""
        self._row = row
        self.retranslate()

    def retranslate(self) -> None:
        """Says it in the language of the interface, as high as it needs to be."""
        self._say()
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Its texts need another height, also when they only now get their type."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._fit()
        return done

    def _fit(self) -> None:
        """Gives each text the height of its lines: a layout guesses it from another width."""
        wide = PANEL - gap(4)
        for label, width in (
            (self._head, wide - gap(1) - _ICON),
            (self._text, wide),
            (self._limit, wide),
        ):
            label.setFixedHeight(max(label.heightForWidth(width), 0))
        layout = self.layout()
        if layout:
            layout.activate()
            self.setFixedHeight(layout.minimumSize().height())

    def _say(self) -> None:
        say, row = self._desk.speech.say, self._row
        if row is None:
            self._head.setText(say("window.guidance.title"))
            self._text.setText(say("window.guidance.start"))
            self._limit.hide()
            return
        self._head.setText(self._desk.label(row.spec))
        self._text.setText(self._desk.guidance(row.spec))
        longest = row.spec.longest
        self._limit.setVisible(longest is not None)
        if longest is not None:
            key = f"window.guidance.limit_{longest.origin}"
            self._limit.setText(say(key, most=longest.characters))

    def _tint(self) -> None:
        self._icon.setPixmap(self._desk.look.icon("guidance", "accent").pixmap(_ICON, _ICON))
