"""A key on a card: the Belgian eID card, or another token, by the software that is installed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from sif_desktop.app import identities
from sif_desktop.errors import SifError
from sif_desktop.ui.keys.panel import IdentityPanel
from sif_desktop.ui.keys.parts import column, row
from sif_desktop.ui.keys.pin_question import PinQuestions
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.speech import Speech

_SOFTWARE = ("card_no_middleware", "card_module_missing", "card_middleware")
"""The troubles that another file of the card's software may mend."""


class CardKey(IdentityPanel):
    """The card is read here; its PIN is asked at the moment of signing, or on the reader."""

    key = "card"

    def __init__(self, speech: Speech) -> None:
        super().__init__(speech)
        self.questions = PinQuestions(self, speech)

    def make_shut(self) -> tuple[QWidget, ...]:
        """What to do, and the software to point at where it is not found."""
        self.about = QLabel(wordWrap=True)
        self.read, self.software = QPushButton(), QPushButton()
        role(self.software, "link")
        self.read.clicked.connect(lambda _=False: self._read())
        self.software.clicked.connect(lambda _=False: self._choose_software())
        self.software.hide()
        part = QWidget()
        part.setLayout(column(self.about, row(self.read, self.software)))
        return (part,)

    def asked(self) -> QWidget:
        """To be tried again."""
        return self.read

    def lock(self) -> None:
        """Also puts the question for a PIN away that is asked."""
        self.questions.cancel()
        super().lock()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        say = self.speech.say
        self.about.setText(say("window.identity.card_about"))
        self.read.setText(say("window.identity.card_read"))
        self.software.setText(say("window.identity.card_software"))

    def refused(self, error: SifError) -> None:
        """Where the software is not found, it can be pointed at."""
        super().refused(error)
        self.software.setVisible(error.key in _SOFTWARE)

    def _read(self) -> None:
        ask, on_reader = self.questions.ask, self.questions.on_reader
        self.begin(lambda: identities.open_card(ask, on_reader))

    def _choose_software(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        say = self.speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.identity.card_software"), str(Path.home())
        )
        if not chosen:
            return
        try:
            identities.choose_module(Path(chosen))
        except SifError as error:
            self.refused(error)
        else:
            self._read()
