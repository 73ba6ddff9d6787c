"""The form for a first key: for whom it is, and a passphrase with its strength in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from sif_desktop.app.strength import level
from sif_desktop.ui.keys.parts import column, forget_line, named, secret_line
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

LONGEST_NAME = 64
"""Characters of a name in a certificate (`bundle.identity`)."""

_ROLES = {"short": "small", "weak": "warning", "fair": "advice", "strong": "good"}
_SHARES = {"short": 8, "weak": 30, "fair": 65, "strong": 100}


class NewKey(QWidget):
    """`wanted` gives name, organisation and passphrase, which is then no longer here."""

    wanted = Signal(str, str, str)

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self.about, self.advice, self.differs = (QLabel(wordWrap=True) for _ in range(3))
        role(self.advice, "small")
        role(self.differs, "error")
        self.name, self.organisation = (QLineEdit(maxLength=LONGEST_NAME) for _ in range(2))
        self.passphrase, self.again = secret_line(), secret_line()
        self.lines = {
            "name": self.name,
            "organisation": self.organisation,
            "passphrase": self.passphrase,
            "again": self.again,
        }
        self.labels = {key: QLabel() for key in self.lines}
        self.meter = QProgressBar(textVisible=False, maximum=100)
        self.meter.setFixedWidth(gap(14))
        self.strength = QLabel(wordWrap=True)
        self.show_it, self.make = QCheckBox(), QPushButton()
        self._arrange()
        self.show_it.toggled.connect(self._reveal)
        self.make.clicked.connect(lambda _=False: self._want())
        for line in self.lines.values():
            line.textChanged.connect(self._judge)
            line.returnPressed.connect(self._want)
        self._judge()

    @property
    def level(self) -> str:
        """How strong the passphrase is that is typed."""
        return level(self.passphrase.text(), (self.name.text(), self.organisation.text()))

    def suggest(self, name: str, organisation: str) -> None:
        """For whom it most likely is; what was typed there stays."""
        for line, text in ((self.name, name), (self.organisation, organisation)):
            if not line.isModified():
                line.setText(text[:LONGEST_NAME])

    def forget(self) -> None:
        """Takes what was typed as a passphrase away."""
        self.show_it.setChecked(False)
        forget_line(self.passphrase)
        forget_line(self.again)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        for key, line in self.lines.items():
            named(self.labels[key], line, say(f"window.identity.{key}"))
        self.about.setText(say("window.identity.new_about"))
        self.advice.setText(say("window.identity.advice"))
        self.show_it.setText(say("window.identity.show"))
        self.make.setText(say("window.identity.make"))
        self.meter.setAccessibleName(say("window.identity.meter"))
        self.differs.setText(say("window.identity.differs"))
        self._judge()

    def _want(self) -> None:
        if self.make.isEnabled():
            passphrase = self.passphrase.text()
            self.forget()
            self.wanted.emit(self.name.text(), self.organisation.text(), passphrase)

    def _judge(self) -> None:
        """The strength in words and as a bar; and whether both are the same, once that can be."""
        typed, again = self.passphrase.text(), self.again.text()
        found = self.level
        said = self._speech.say(f"window.identity.strength.{found}") if typed else ""
        self.strength.setText(said)
        role(self.strength, _ROLES[found])
        self.meter.setValue(_SHARES[found] if typed else 0)
        self.passphrase.setAccessibleDescription(said)
        differs = again != typed[: len(again)] or len(again) > len(typed)
        self.differs.setVisible(differs)
        self.again.setAccessibleDescription(self.differs.text() if differs else "")
        self.make.setEnabled(bool(self.name.text().strip()) and typed == again and found != "short")

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap(2))
        grid.setVerticalSpacing(gap(0.5))
        for place, (key, line) in enumerate(self.lines.items()):
            row, at = place // 2 * 3, place % 2
            grid.addWidget(self.labels[key], row, at)
            grid.addWidget(line, row + 1, at)
        grid.setRowMinimumHeight(2, gap(0.5))
        meter = QHBoxLayout()
        meter.addWidget(self.meter)
        meter.addWidget(self.strength, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.show_it)
        foot.addStretch(1)
        foot.addWidget(self.make)
        self.setLayout(column(self.about, grid, self.differs, meter, self.advice, foot))
