"""Small parts of the page: texts that stay text, a sentence on a ground, and how far work is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.errors import SifError
from sif_desktop.ui.look.theme import Look, role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import Job

ICONS = {
    "good": "state-complete",
    "warning": "warning",
    "error": "state-blocked",
    "advice": "advice",
}
"""The icon of a tone; they differ in shape too."""

_THOUSAND = 1000


def plain(text: str = "", part: str = "", *, selectable: bool = False) -> QLabel:
    """A text that breaks into lines. What a stranger's file holds is never taken for mark-up."""
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if part:
        role(label, part)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def tip(text: str) -> str:
    """A text as Qt shows it beside the pointer, where it would look for mark-up by itself."""
    return f"<p>{escape(text)}</p>"


def with_icon(look: Look, tone: str, size: int, *texts: QWidget) -> QHBoxLayout:
    """Texts beneath one another with the icon of a tone before them."""
    icon = QLabel()
    icon.setPixmap(look.icon(ICONS[tone], tone).pixmap(size, size))
    column = QVBoxLayout()
    column.setSpacing(gap(0.5))
    for text in texts:
        column.addWidget(text)
    row = QHBoxLayout()
    row.setSpacing(gap(1.5))
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(column, 1)
    return row


class RowDelegate(QStyledItemDelegate):
    """Paints rows as a whole: which one is chosen shows, and no box around one of its cells."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """As the style has it, without the box."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class Notice(QFrame):
    """What happened, or went wrong, on a ground of its tone; hidden while it is empty."""

    def __init__(self, speech: Speech, look: Look) -> None:
        super().__init__()
        self._speech, self._look = speech, look
        self._tone = "good"
        self._told: tuple[str, dict[str, object]] | SifError | None = None
        self.icon, self.text = QLabel(), plain()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(gap(1.5), gap(1), gap(1.5), gap(1))
        layout.setSpacing(gap(1.5))
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1)
        self.hide()

    def say(self, key: str, tone: str = "good", **figures: object) -> None:
        """Says a sentence under `window.bundle.told`."""
        self._tone, self._told = tone, (key, figures)
        self.refresh()

    def tell(self, error: SifError | None) -> None:
        """Says what went wrong; nothing for None."""
        self._tone, self._told = "error", error
        self.refresh()

    def refresh(self) -> None:
        """Says it in the language and the colours of the interface."""
        told = self._told
        self.setVisible(told is not None)
        if isinstance(told, SifError):
            self.text.setText(self._speech.error(told))
        elif told is not None:
            self.text.setText(self._speech.say(f"window.bundle.told.{told[0]}", **told[1]))
        role(self, f"summary-{self._tone}")
        self.icon.setPixmap(self._look.icon(ICONS[self._tone], self._tone).pixmap(20, 20))


class Working(QWidget):
    """How far work beside the window is, with a button to stop it. `stopped` tells that."""

    stopped = Signal()

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._speech = speech
        self._stage = ("", 0, 0)
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.stage, self.stop = plain(part="muted"), QPushButton()
        self.stop.clicked.connect(lambda _=False: self.stopped.emit())
        row = QHBoxLayout()
        row.setSpacing(gap(2))
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        layout.addLayout(row)
        layout.addWidget(self.stage)
        self.hide()

    def begin(self, job: Job) -> None:
        """Shows how far a job is, until it has ended."""
        self._stage = ("", 0, 0)
        job.progressed.connect(self._progress)
        self.show()
        self.retranslate()

    def end(self) -> None:
        """The job has ended."""
        self.hide()

    def retranslate(self) -> None:
        """Says everything in the language of the interface."""
        say = self._speech.say
        self.stop.setText(say("window.bundle.stop"))
        self.bar.setAccessibleName(say("window.bundle.progress"))
        name, done, whole = self._stage
        self.stage.setText(say(f"window.bundle.stage.{name or 'waiting'}"))
        self.bar.setMaximum(_THOUSAND if whole else 0)
        self.bar.setValue(done * _THOUSAND // whole if whole else 0)

    def _progress(self, stage: str, done: int, whole: int) -> None:
        self._stage = (stage, done, whole)
        self.retranslate()
