"""The page of one's keys: those that are kept here, opening one, and the people that one knows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QPushButton

from sif_desktop.app import identities
from sif_desktop.errors import SifError
from sif_desktop.ui.apart import ApartPage
from sif_desktop.ui.keys.chooser import IdentityChooser
from sif_desktop.ui.keys.own_list import OwnList
from sif_desktop.ui.keys.parts import row
from sif_desktop.ui.keys.people import People
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.pages.base import card


class KeysPage(ApartPage):
    """No key stays open when the page is left."""

    key = "keys"

    def build(self) -> None:
        """A card for each of the three."""
        self.titles = {name: QLabel() for name in ("own", "open", "people")}
        self.own, self.people = OwnList(self.speech), People(self.speech)
        self.chooser = IdentityChooser(self.speech)
        self.export, self.told = QPushButton(), QLabel(wordWrap=True)
        self.told.hide()
        frames = {}
        for name, part in (("own", self.own), ("open", self.chooser), ("people", self.people)):
            frames[name], layout = card(self.titles[name])
            layout.addWidget(part)
            self.body.addWidget(frames[name])
            if name == "open":
                layout.addLayout(row(self.export))
                layout.addWidget(self.told)
        self.own.changed.connect(self.chooser.refresh)
        for part in (self.own, self.people):
            part.changed.connect(self.order_tabs)
        self.chooser.changed.connect(self._key_changed)
        self.export.clicked.connect(lambda _=False: self._export())
        self._key_changed()

    def shown(self) -> None:
        """Files may be others than before."""
        self.own.refresh()
        self.own.look_for_card()
        self.people.refresh()
        self.chooser.refresh()
        self.order_tabs()

    def let_go(self) -> None:
        """Ends what goes on, and forgets what was typed."""
        self.chooser.lock()
        self.own.forget()
        self.people.forget()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever leaves the page leaves no open key behind."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.let_go()

    def retranslate(self) -> None:
        """All cards."""
        super().retranslate()
        say = self.speech.say
        for name, label in self.titles.items():
            label.setText(say(f"window.keys.title.{name}"))
        self.export.setText(say("window.keys.export"))
        self.told.hide()
        self.own.retranslate()
        self.chooser.retranslate()
        self.people.retranslate()

    def _key_changed(self) -> None:
        """Only the certificate of a key that was opened is surely its own."""
        self.export.setVisible(self.chooser.identity is not None)
        self.told.hide()
        identity = self.chooser.identity
        if identity and self.isVisible():
            self.own.refresh()  # a first key was made
            if identity.kind == "pkcs11":
                self.own.look_for_card()

    def _export(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        identity, say = self.chooser.identity, self.speech.say
        if identity is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("window.keys.export"), str(Path.home()), say("window.keys.certificates")
        )
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_suffix(".pem")
        try:
            identities.export_certificate(identity, path)
        except SifError as error:
            self._tell(self.speech.error(error), "error")
        else:
            self._tell(say("window.keys.exported", file=str(path)), "good")

    def _tell(self, sentence: str, kind: str) -> None:
        self.told.setText(sentence)
        role(self.told, kind)
        self.told.show()
