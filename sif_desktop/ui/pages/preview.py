"""The preview: the very PDF that an export would hold, made beside the window and shown in it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.app.work import Work
from sif_desktop.errors import SifError
from sif_desktop.language import words
from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.export_place import save_pdf
from sif_desktop.ui.pages.preview_tools import PageTools, make_viewer
from sif_desktop.ui.worker import Job, run

_MAKING, _PAGES, _TROUBLE = range(3)


class Preview(QWidget):
    """The dossier as PDF. It is made when the preview is shown, and dropped when it is left.

    `shown` tells that a PDF stands on the screen. `data` are its bytes, `is_draft` whether they
    carry the mark of a draft, which they do while something blocks.
    """

    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.data = b""
        self.is_draft = False
        self._made_of: Proposal | None = None
        self._job: Job | None = None
        self._error: SifError | None = None
        self._buffer = QBuffer(self)
        self.document, self.view = make_viewer(self)
        self.tools = PageTools(desk, self.document, self.view)
        self.making, self.trouble = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.again, self.refresh, self.save = QPushButton(), QPushButton(), QPushButton()
        self.again.clicked.connect(lambda _=False: self.make())
        self.refresh.clicked.connect(lambda _=False: self.make())
        self.save.clicked.connect(lambda _=False: save_pdf(self, desk, self.data))
        self.stale_text, self.mark = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.stack = QStackedWidget()
        self._arrange()
        desk.changed.connect(self._tell)
        desk.closing.connect(self._let_go)
        desk.tinted.connect(self._tint)
        self._tint()
        self.retranslate()

    @property
    def stale(self) -> bool:
        """Whether the proposal is another than the one that is shown."""
        return bool(self.data) and self._made_of is not self.desk.proposal

    @property
    def busy(self) -> bool:
        """Whether a PDF is being made."""
        return self._job is not None

    def make(self) -> None:
        """Makes the PDF anew of the proposal as it is now."""
        self._stop()
        self._error = None
        proposal, call = self.desk.proposal, self.desk.call

        def act(work: Work) -> tuple[Proposal, bytes, bool]:
            from sif_desktop.app.signing import draft_pdf

            return (proposal, *draft_pdf(proposal, call, work))

        job = self._job = run(act)
        job.done.connect(self._show_made)
        job.failed.connect(self._failed)
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Makes what is not there, or not of this proposal."""
        super().showEvent(event)
        if self._job is None and self._made_of is not self.desk.proposal:
            self.make()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody waits for it any more."""
        super().hideEvent(event)
        self._stop()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self.desk.speech.say
        self.view.setAccessibleName(say("window.preview.view"))
        self.refresh.setText(say("window.preview.refresh"))
        self.save.setText(say("window.preview.save"))
        self.again.setText(say("window.preview.again"))
        self.making.setText(say("window.preview.making"))
        self.tools.retranslate()
        self._tell()

    # -- what goes on -----------------------------------------------------------------------

    def _show_made(self, made: tuple[Proposal, bytes, bool]) -> None:
        self._job = None
        page = self.tools.page
        self._made_of, self.data, self.is_draft = made
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(self.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.tools.go_to(page)
        self.tools.refresh()
        self._tell()
        self.shown.emit()

    def _failed(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, SifError):
            self._error = error
            self.trouble.setText(self.desk.speech.error(error))
        self._tell()
        if self._error is None:
            raise error

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job:
            job.cancel()
            self._tell()

    def _let_go(self) -> None:
        """Takes the pages out of the view while all that shows them is still there."""
        self._stop()
        self.data = b""
        self.document.close()

    def _tell(self) -> None:
        """What stands over the pages or in their place."""
        say, ready = self.desk.speech.say, bool(self.data)
        shown = _PAGES if ready else _MAKING
        self.stack.setCurrentIndex(_TROUBLE if self._error else shown)
        word = words(self.desk.proposal.language).say("document.draft_word")
        self.mark.setText(say("window.preview.draft", word=word))
        self.mark_box.setVisible(ready and self.is_draft)
        self.stale_text.setText(
            say("window.preview.renewing" if self.busy else "window.preview.stale")
        )
        self.stale_box.setVisible(ready and (self.stale or self.busy))
        self.refresh.setVisible(not self.busy)
        self.save.setEnabled(ready)

    # -- how it is put together -------------------------------------------------------------

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.tools)
        bar.addStretch(1)
        bar.addWidget(self.save)
        self.stale_icon, self.mark_icon = QLabel(), QLabel()
        self.stale_box = _strip("advice", self.stale_icon, self.stale_text, self.refresh)
        self.mark_box = _strip("warning", self.mark_icon, self.mark)
        moving = QProgressBar(textVisible=False, maximum=0)
        moving.setFixedWidth(gap(30))
        self.stack.addWidget(_middle(self.making, moving))
        self.stack.addWidget(self.view)
        self.stack.addWidget(_middle(self.trouble, self.again))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(1))
        layout.addLayout(bar)
        layout.addWidget(self.stale_box)
        layout.addWidget(self.mark_box)
        layout.addWidget(self.stack, 1)

    def _tint(self) -> None:
        look = self.desk.look
        self.tools.tint()
        self.refresh.setIcon(look.icon("refresh", "accent"))
        self.save.setIcon(look.icon("save", "text"))
        self.stale_icon.setPixmap(look.icon("clock", "advice").pixmap(20, 20))
        self.mark_icon.setPixmap(look.icon("warning", "warning").pixmap(20, 20))
        palette = self.view.palette()
        for which in (QPalette.ColorRole.Dark, QPalette.ColorRole.Window):
            palette.setColor(which, look.colour("side"))
        self.view.setPalette(palette)


def _strip(severity: str, icon: QLabel, text: QLabel, button: QWidget | None = None) -> QFrame:
    """A quiet bar over the pages."""
    frame = QFrame()
    role(frame, f"banner-{severity}")
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(gap(1.5), gap(0.75), gap(1.5), gap(0.75))
    layout.setSpacing(gap(1))
    layout.addWidget(icon)
    layout.addWidget(text, 1)
    if button:
        layout.addWidget(button)
    frame.hide()
    return frame


def _middle(text: QLabel, below: QWidget) -> QWidget:
    """A sentence in the middle of an empty place, and something beneath it."""
    holder = QWidget()
    role(holder, "column")
    layout = QVBoxLayout(holder)
    layout.setSpacing(gap(1.5))
    layout.addStretch(1)
    text.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout.addWidget(text)
    layout.addWidget(below, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(1)
    return holder
