"""One attachment: its fields, what the program knows of the file, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
)

from sif_desktop.app.attaching import may_open
from sif_desktop.app.payload import ENDINGS
from sif_desktop.app.sizes import size_in_words
from sif_desktop.calls.call import FieldSpec
from sif_desktop.model.proposal import Attachment
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.fields.choice import ComboEditor, of_the_call
from sif_desktop.ui.fields.editor import Editor
from sif_desktop.ui.fields.findings import FindingsList
from sif_desktop.ui.fields.make import make_editor
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

if TYPE_CHECKING:
    from sif_desktop.ui.pages.base import Page

_ICONS = {"pdf": "pdf", "png": "image", "jpg": "image", "xlsx": "sheet", "ods": "sheet"}
_BESIDE = ("text", "choice", "date")


class AttachmentCard(QFrame):
    """The card of an attachment. `opened`, `moved` and `removed` say what its author wants."""

    opened = Signal()
    moved = Signal(int)
    removed = Signal()

    def __init__(self, page: Page, attachment: Attachment, specs: Sequence[FieldSpec]) -> None:
        super().__init__()
        self.desk: Desk = page.desk
        self.attachment = attachment
        self.address = f"attachments/{attachment.id}"
        self.rows: list[FieldRow] = []
        self._facts = [spec for spec in specs if spec.kind == "file"]
        self._here = True
        role(self, "card")
        self.icon, self.facts = QLabel(), QLabel(wordWrap=True)
        role(self.facts, "small")
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.gone = QLabel(wordWrap=True)
        role(self.gone, "error")
        self.findings = FindingsList(self.desk)
        self.open = QPushButton()
        self.open.clicked.connect(lambda _=False: self.opened.emit())
        self.tools: dict[str, QToolButton] = {}
        for name, act in (
            ("up", lambda: self.moved.emit(-1)),
            ("down", lambda: self.moved.emit(1)),
            ("remove", self.removed.emit),
        ):
            button = QToolButton()
            button.clicked.connect(lambda _=False, act=act: act())
            if not self.desk.may_change(self.address):
                button.hide()
            self.tools[name] = button
        self._arrange(page, [spec for spec in specs if spec.kind != "file"])
        self.desk.tinted.connect(self._tint)

    @property
    def called(self) -> str:
        """What it goes by."""
        name = self.attachment.title.strip() or self.attachment.filename
        return " ".join(name[:200].split())

    def refresh(self, attachment: Attachment, place: int, count: int, here: bool) -> None:
        """Shows it as it is now; `here` says whether the draft holds the bytes of the file."""
        focused = self.focusWidget()
        self.attachment, self._here = attachment, here
        self.tools["up"].setEnabled(place > 0)
        self.tools["down"].setEnabled(place < count - 1)
        if focused in self.tools.values() and not focused.isEnabled():
            (self.tools["down"] if place == 0 else self.tools["up"]).setFocus()
        self._say()
        self._tint()

    def show_findings(self) -> None:
        """Those about the file as a whole, and about what the program knows of it."""
        found = list(self.desk.findings_at(self.address))
        for spec in self._facts:
            found += self.desk.findings_at(f"{self.address}/{spec.name}")
        self.findings.show_findings(found)

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        self._say()
        self.findings.retranslate()

    def focus(self) -> None:
        """Puts the focus in its first field."""
        if self.rows:
            self.rows[0].focus()
        else:
            self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        say, one = self.desk.speech.say, self.attachment
        known = may_open(one)
        self.open.setText(say(f"window.attachments.{'open' if known else 'save'}"))
        self.open.setEnabled(self._here)
        self.open.setAccessibleName(f"{self.open.text()}: {self.called}")
        for name, button in self.tools.items():
            text = say(f"window.items.{name}")
            button.setToolTip(text)
            button.setAccessibleName(f"{text}: {self.called}")
        self.facts.setText(" · ".join(self._known()))
        self.gone.setText("" if self._here else say("window.attachments.gone"))
        self.gone.setVisible(not self._here)

    def _known(self) -> list[str]:
        """What the program knows of the file: type, size, pages, and the name that it had."""
        speech, one = self.desk.speech, self.attachment
        ending = ENDINGS.get(one.media_type, "bin")
        found = [speech.say(f"window.attachments.type.{ending}")]
        if isinstance(one.size, int):
            found.append(size_in_words(one.size, speech.words))
        if isinstance(one.pages, int):
            key = "page" if one.pages == 1 else "pages"
            found.append(speech.say(f"window.attachments.{key}", count=one.pages))
        if one.filename:
            found.append(" ".join(one.filename[:120].split()))
        return found

    def _tint(self) -> None:
        look = self.desk.look
        ending = ENDINGS.get(self.attachment.media_type, "bin")
        icon = look.icon(_ICONS.get(ending, "file"), "accent")
        self.icon.setPixmap(icon.pixmap(32, 32))
        self.open.setIcon(look.icon("open" if may_open(self.attachment) else "save", "text"))
        for name, button in self.tools.items():
            button.setIcon(look.icon(name, "muted"))

    def _arrange(self, page: Page, typed: Sequence[FieldSpec]) -> None:
        fields = QVBoxLayout()
        fields.setSpacing(gap(1.5))
        beside = QHBoxLayout()
        beside.setSpacing(gap(2))
        fields.addLayout(beside)
        for spec in typed:
            row = FieldRow(self.desk, spec, f"{self.address}/{spec.name}", _editor)
            page.rows[row.address] = row
            self.rows.append(row)
            for line in row.editor.findChildren(QLineEdit):
                line.setAcceptDrops(False)  # a file that is dropped on it is for the page
            if spec.kind in _BESIDE and beside.count() < 2:
                wide = 2 if spec.kind == "text" else 1
                beside.addWidget(row, wide, Qt.AlignmentFlag.AlignTop)
            else:
                fields.addWidget(row)
        foot = QHBoxLayout()
        foot.setSpacing(gap(0.5))
        foot.addWidget(self.facts, 1)
        foot.addWidget(self.open)
        for button in self.tools.values():
            foot.addWidget(button)
        for part in (self.gone, self.findings):
            fields.addWidget(part)
        fields.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(2), gap(2), gap(2), gap(1.5))
        layout.setSpacing(gap(2))
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(fields, 1)


def _editor(desk: Desk, spec: FieldSpec, address: str) -> Editor:
    """A choice as a list that opens: cards stand beneath one another and have to stay low."""
    if spec.kind == "choice":
        return ComboEditor(desk, spec, address, of_the_call)
    return make_editor(desk, spec, address)
