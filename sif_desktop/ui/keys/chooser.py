"""Choosing who signs: the key of this machine, one from an authority, or a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from sif_desktop.ui.fields.flow import FlowLayout
from sif_desktop.ui.keys.card_key import CardKey
from sif_desktop.ui.keys.file_key import FileKey
from sif_desktop.ui.keys.own_key import OwnKey
from sif_desktop.ui.keys.panel import IdentityPanel
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity

KINDS: tuple[type[IdentityPanel], ...] = (OwnKey, FileKey, CardKey)


class IdentityChooser(QWidget):
    """The kinds of identity, and the panel of the one that is chosen.

    `changed` tells that `identity` is another, or that one is being opened. `lock` lets go of all
    keys: a page calls it when it is left, and when what it belongs to closes.
    """

    changed = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self.panels = [kind(speech) for kind in KINDS]
        self.kinds = QButtonGroup(self)
        choice = FlowLayout(space=gap(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1.5))
        layout.addLayout(choice)
        for place, panel in enumerate(self.panels):
            button = QRadioButton()
            button.setChecked(place == 0)
            self.kinds.addButton(button, place)
            choice.addWidget(button)
            layout.addWidget(panel)
            panel.setVisible(place == 0)
            panel.changed.connect(self.changed)
        self.kinds.idToggled.connect(self._choose)
        self.retranslate()

    @property
    def panel(self) -> IdentityPanel:
        """The panel of the kind that is chosen."""
        return self.panels[max(self.kinds.checkedId(), 0)]

    @property
    def identity(self) -> Identity | None:
        """Who signs; None as long as the key was not opened, or while it is."""
        return None if self.panel.busy else self.panel.identity

    def choose(self, key: str) -> None:
        """Chooses a kind: "own", "file" or "card"."""
        place = [panel.key for panel in self.panels].index(key)
        self.kinds.button(place).setChecked(True)

    def suggest(self, name: str, organisation: str) -> None:
        """For whom a first key most likely is."""
        for panel in self.panels:
            if isinstance(panel, OwnKey):
                panel.new.suggest(name, organisation)

    def lock(self) -> None:
        """Lets go of all keys, and forgets what was typed and not used."""
        for panel in self.panels:
            panel.lock()

    def refresh(self) -> None:
        """There may be other keys on this machine than when it was shown last."""
        for panel in self.panels:
            if not panel.busy:
                panel.refresh()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        for button, panel in zip(self.kinds.buttons(), self.panels, strict=True):
            button.setText(self._speech.say(f"window.identity.kind.{panel.key}"))
            panel.retranslate()

    def _choose(self, place: int, chosen: bool) -> None:
        if chosen:
            for at, panel in enumerate(self.panels):
                panel.setVisible(at == place)
                if at != place:
                    panel.lock()
            self.changed.emit()
