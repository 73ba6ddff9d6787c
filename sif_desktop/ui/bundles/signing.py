"""Signing along: what exactly is signed, for which partner, with which identity, and where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.looking import Seen, title_of
from sif_desktop.app.signing_along import copy_name, partner_named, who_may_sign
from sif_desktop.errors import SifError
from sif_desktop.model.partners import Partner
from sif_desktop.ui.bundles.parts import plain
from sif_desktop.ui.bundles.place import Place
from sif_desktop.ui.keys.chooser import IdentityChooser
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech

_LONGEST_NAME = 200


class SigningAlong(QFrame):
    """The card that opens beneath a file. `wanted(out, identity, partner)`; `closed`."""

    wanted = Signal(object, object, object)
    closed = Signal()

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._seen: Seen | None = None
        self._partners: tuple[tuple[Partner, bool], ...] = ()
        self._chosen = self._busy = False
        self._error: SifError | None = None
        role(self, "card")
        self.title, self.covers = plain(part="title"), plain()
        self.digest_label = plain(part="small")
        self.digest = plain(selectable=True)
        self.partner_label, self.partner = QLabel(), QComboBox()
        self.partner.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.partner.setMinimumContentsLength(24)
        self.own_name = QLineEdit(maxLength=_LONGEST_NAME)
        self.who_label = plain(part="label")
        self.chooser = IdentityChooser(speech)
        self.place = Place(speech, look)
        self.sign, self.close_it = QPushButton(), QPushButton()
        role(self.sign, "primary")
        self.why, self.trouble = plain(part="muted"), plain(part="error")
        self._arrange()
        self.partner.activated.connect(lambda _: self._partner_chosen())
        self.own_name.textChanged.connect(lambda _: self._partner_chosen())
        self.chooser.changed.connect(self._identity_changed)
        self.sign.clicked.connect(lambda _=False: self._want())
        self.close_it.clicked.connect(lambda _=False: self._close())
        self.hide()

    def show_for(self, seen: Seen) -> None:
        """Opens for a file."""
        self._seen, self._error = seen, None
        self._partners = who_may_sign(seen)
        self._chosen = False
        self.place.forget()
        self.partner.setCurrentIndex(-1)
        self.chooser.refresh()
        self._fill()
        self._identity_changed()
        self.retranslate()
        self.show()

    def tell_trouble(self, error: SifError) -> None:
        """Says why it was not signed, and that nothing was left half-written."""
        self._error = error
        self._tell()

    def set_busy(self, busy: bool) -> None:
        """While it is signed nothing else is begun."""
        self._busy = busy
        if busy:
            self._error = None
        self._tell()

    def lock(self) -> None:
        """Lets go of the key."""
        self.chooser.lock()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say, seen = self._speech.say, self._seen
        kind = seen.kind if seen else "bundle"
        self.title.setText(say(f"window.bundle.signing.title.{kind}"))
        self.digest_label.setText(say("window.bundle.signing.digest"))
        label = say("window.bundle.signing.partner")
        self.partner_label.setText(label)
        self.partner.setAccessibleName(label)
        self.own_name.setAccessibleName(label)
        self.partner.setPlaceholderText(say("window.bundle.signing.choose"))
        self.who_label.setText(say("window.bundle.signing.who"))
        self.sign.setText(say("window.bundle.signing.sign"))
        self.close_it.setText(say("window.bundle.signing.close"))
        self.chooser.retranslate()
        self.place.retranslate()
        if seen:
            count = len(seen.examination.verdict.members)
            covers = say(f"window.bundle.signing.covers.{kind}", count=count, title=title_of(seen))
            self.covers.setText(covers)
            digest = seen.digest
            self.digest.setText(" ".join(digest[at : at + 8] for at in range(0, len(digest), 8)))
            self.digest.setVisible(bool(digest))
            self.digest_label.setVisible(bool(digest))
            self._fill()
        self._tell()

    def tint(self) -> None:
        """Icons and colours are others."""
        self.sign.setIcon(self._look.icon("step-export", "on_accent"))
        self.close_it.setIcon(self._look.icon("close", "text"))
        self.place.tint()

    @property
    def for_partner(self) -> Partner | None:
        """The partner that is chosen."""
        if not self._partners:
            return partner_named(self.own_name.text())
        at = self.partner.currentIndex()
        return self._partners[at][0] if 0 <= at < len(self._partners) else None

    @property
    def first(self) -> QWidget:
        """What is asked first."""
        return self.partner if self._partners else self.own_name

    def _fill(self) -> None:
        """The partners, told with whether somebody signed for them already."""
        at = self.partner.currentIndex()
        self.partner.clear()
        for one, signed in self._partners:
            name = " ".join((one.name or one.short_name).split()) or "–"
            key = "window.bundle.signing.signed"
            self.partner.addItem(self._speech.say(key, name=name) if signed else name)
        self.partner.setCurrentIndex(at if at < len(self._partners) else -1)
        self.partner.setVisible(bool(self._partners))
        self.own_name.setVisible(not self._partners)
        self.partner_label.setBuddy(self.partner if self._partners else self.own_name)

    def _identity_changed(self) -> None:
        """Whoever opened a key most likely signs for the organisation that is named in it."""
        identity = self.chooser.identity
        if identity and not self._chosen:
            wanted = " ".join(identity.organisation.split()).casefold()
            names = [" ".join(one.name.split()).casefold() for one, _ in self._partners]
            if wanted and wanted in names:
                self.partner.setCurrentIndex(names.index(wanted))
        self._suggest()
        self._tell()

    def _partner_chosen(self) -> None:
        self._chosen = True
        partner = self.for_partner
        if partner:
            self.chooser.suggest(partner.signatory_name or partner.contact_name, partner.name)
        self._suggest()
        self._tell()

    def _suggest(self) -> None:
        seen = self._seen
        if seen:
            path = seen.path.with_name(copy_name(seen, self.for_partner))
            self.place.suggest(path, f"kind_{seen.kind}")

    def _tell(self) -> None:
        """Whether it can be signed now, and if not, what is missing."""
        missing = ""
        if self.for_partner is None:
            missing = "partner"
        elif self.chooser.identity is None:
            missing = "locked"
        say = self._speech.say
        self.why.setText(say(f"window.bundle.signing.missing.{missing}") if missing else "")
        self.why.setVisible(bool(missing))
        self.sign.setEnabled(not missing and not self._busy)
        self.sign.setAccessibleDescription(self.why.text())
        for part in (self.partner, self.own_name, self.chooser, self.place, self.close_it):
            part.setEnabled(not self._busy)
        error = self._error
        self.trouble.setVisible(error is not None)
        if error is not None:
            nothing = say("window.export.nothing_left")
            self.trouble.setText(f"{self._speech.error(error)} {nothing}")

    def _want(self) -> None:
        self._suggest()  # somebody may have taken the name meanwhile
        out, identity, partner = self.place.path, self.chooser.identity, self.for_partner
        if isinstance(out, Path) and identity is not None and partner is not None:
            self.wanted.emit(out, identity, partner)

    def _close(self) -> None:
        self.lock()
        self.hide()
        self.closed.emit()

    def _arrange(self) -> None:
        role(self.partner_label, "label")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(2.5), gap(3), gap(2.5))
        layout.setSpacing(gap(1))
        for widget in (self.title, self.covers, self.digest_label, self.digest):
            layout.addWidget(widget)
        layout.addSpacing(gap(1))
        layout.addWidget(self.partner_label)
        layout.addWidget(self.partner)
        layout.addWidget(self.own_name)
        layout.addSpacing(gap(1))
        layout.addWidget(self.who_label)
        layout.addWidget(self.chooser)
        layout.addSpacing(gap(1))
        layout.addWidget(self.place)
        foot = QHBoxLayout()
        foot.setSpacing(gap(2))
        foot.addWidget(self.sign)
        foot.addWidget(self.close_it)
        foot.addWidget(self.why, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(foot)
        layout.addWidget(self.trouble)
