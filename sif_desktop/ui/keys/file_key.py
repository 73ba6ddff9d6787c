"""A key from an authority, in a PKCS#12 file: one that is kept here, or one to point at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from sif_desktop.app import identities
from sif_desktop.ui.keys.panel import IdentityPanel
from sif_desktop.ui.keys.parts import Unlock, column, named, row


class FileKey(IdentityPanel):
    """Which file it is, and its passphrase. The file stays where it is."""

    key = "file"

    def make_shut(self) -> tuple[QWidget, ...]:
        """The files to choose from, and where the passphrase is typed."""
        self._files: list[Path] = []
        self.about, self.label = QLabel(wordWrap=True), QLabel()
        self.which, self.browse = QComboBox(), QPushButton()
        self.which.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.browse.clicked.connect(lambda _=False: self._browse())
        self.which.currentIndexChanged.connect(lambda _: self._tell())
        self.unlock = Unlock(self.speech, "window.identity.opening_file")
        self.unlock.wanted.connect(self._open)
        locked = QWidget()
        chosen = row(self.which, self.browse, stretch=0)
        locked.setLayout(column(self.about, self.label, chosen, self.unlock))
        return (locked,)

    def asked(self) -> QWidget:
        """The passphrase."""
        return self.unlock.passphrase

    def forget(self) -> None:
        """The passphrase; the file that was pointed at stays chosen."""
        self.unlock.forget()

    def refresh(self) -> None:
        """There may be other keys now."""
        self._fill()
        super().refresh()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        super().retranslate()
        say = self.speech.say
        self.about.setText(say("window.identity.file_about"))
        named(self.label, self.which, say("window.identity.file"))
        self.browse.setText(say("window.identity.browse"))
        self.unlock.retranslate()
        self._fill()

    def use(self, path: Path) -> None:
        """Chooses a file."""
        if path not in self._files:
            self._files.append(path)
        self._fill()
        self.which.setCurrentIndex(self.which.findData(str(path)))
        self.unlock.passphrase.setFocus()

    def _fill(self) -> None:
        say = self.speech.say
        entries = [
            (
                say(
                    "window.identity.kept",
                    name=", ".join(part for part in (one.name, one.organisation) if part),
                    until=one.not_after.date(),
                ),
                one.which,
            )
            for one in identities.listed()
            if one.kind == "pkcs12"
        ]
        entries += [(path.name, str(path)) for path in self._files]
        there = [
            (self.which.itemText(at), self.which.itemData(at)) for at in range(self.which.count())
        ]
        if there != entries:
            chosen = self.which.currentData()
            self.which.clear()
            for text, which in entries:
                self.which.addItem(text, which)
            self.which.setCurrentIndex(max(self.which.findData(chosen), 0) if entries else -1)
        self._tell()

    def _tell(self) -> None:
        """Without a file there is nothing to open."""
        there = self.which.count() > 0
        self.which.setVisible(there)
        self.label.setVisible(there)
        self.unlock.setVisible(there)

    def _open(self, passphrase: str) -> None:
        which = str(self.which.currentData())
        self.begin(lambda: identities.open_identity(which, lambda *_: passphrase))

    def _browse(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        say = self.speech.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("window.identity.file"), str(Path.home()), say("window.identity.file_filter")
        )
        if chosen:
            self.use(Path(chosen))
