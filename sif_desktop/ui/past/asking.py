"""What is asked within the page: whether to go back, and how a moment is called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap


class _Asking(QFrame):
    """A frame with a yes and a no; Escape is the no."""

    agreed = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        role(self, "panel")
        self.yes, self.no = QPushButton(), QPushButton()
        role(self.yes, "primary")
        self.yes.clicked.connect(lambda _=False: self.agreed.emit())
        self.no.clicked.connect(lambda _=False: self.leave())
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(gap(2), gap(1.5), gap(2), gap(1.5))
        self.column.setSpacing(gap(1))
        self.hide()

    def leave(self) -> None:
        """Puts the question away."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Says the buttons."""
        self.no.setText(self.desk.speech.say("window.history.cancel"))

    def add_buttons(self) -> None:
        """The buttons beneath what was added before."""
        row = FlowLayout(None, gap(1))
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.column.addLayout(row)


class AskBack(_Asking):
    """Whether to go back to a moment, with what that would change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title, self.what = QLabel(wordWrap=True), QLabel(wordWrap=True)
        role(self.title, "label")
        for label in (self.title, self.what):
            label.setTextFormat(Qt.TextFormat.PlainText)  # names of moments stand in them
        self.column.addWidget(self.title)
        self.column.addWidget(self.what)
        self.add_buttons()

    def ask(self, moment: str, what: str) -> None:
        """Asks it; the focus is on going back, which can be undone."""
        say = self.desk.speech.say
        self.title.setText(say("window.history.back_title", moment=moment))
        self.what.setText(what)
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Says the buttons; what is asked is put away."""
        super().retranslate()
        self.yes.setText(self.desk.speech.say("window.history.back_yes"))


class AskName(_Asking):
    """How a moment is called. Whether it is a name is judged elsewhere; `tell` tells of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.label, self.line = QLabel(), QLineEdit()
        self.trouble = QLabel(wordWrap=True)
        role(self.label, "label")
        role(self.trouble, "error")
        self.label.setBuddy(self.line)
        self.line.returnPressed.connect(self.agreed)
        self.column.addWidget(self.label)
        self.column.addWidget(self.line)
        self.column.addWidget(self.trouble)
        self.add_buttons()

    @property
    def name(self) -> str:
        """What was typed."""
        return self.line.text()

    def ask(self, name: str) -> None:
        """Asks it; `name` is the one that the moment has."""
        self.line.setText(name)
        self.tell("")
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def tell(self, trouble: str) -> None:
        """Tells why that is no name."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def retranslate(self) -> None:
        """Says label, example and buttons."""
        super().retranslate()
        say = self.desk.speech.say
        self.label.setText(say("window.history.name_label"))
        self.line.setPlaceholderText(say("window.history.name_example"))
        self.yes.setText(say("window.history.name_yes"))
