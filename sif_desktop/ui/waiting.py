"""A window over the window while work goes on that nothing else may cross: with how far it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.speech import Speech
from sif_desktop.ui.worker import Job

PATIENCE = 400
"""Milliseconds before it appears: what is over by then needs no window."""

_THOUSAND = 1000


class Waiting(QDialog):
    """Shows how far a job is, and lets it be stopped. It goes away with the job."""

    def __init__(self, parent: QWidget, speech: Speech, job: Job, sentence: str) -> None:
        super().__init__(parent)
        self._job = job
        self.setWindowTitle(speech.say("window.title"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(gap(52))
        self.text, self.stage = QLabel(sentence, wordWrap=True), QLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False, maximum=0)
        self.bar.setAccessibleName(sentence)
        self.stop = QPushButton(speech.say("window.export.stop"))
        self.stop.clicked.connect(lambda _=False: self.reject())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap(3), gap(3), gap(3), gap(2))
        layout.setSpacing(gap(1.5))
        for widget in (self.text, self.bar, self.stage):
            layout.addWidget(widget)
        layout.addLayout(foot)
        job.progressed.connect(self._progress)
        job.ended.connect(self._end)
        QTimer.singleShot(PATIENCE, self, self._appear)

    def reject(self) -> None:
        """Stops the job; the window goes when it has ended."""
        self.stop.setEnabled(False)
        self._job.cancel()

    def _appear(self) -> None:
        if self._job.running:
            self.open()

    def _progress(self, stage: str, done: int, whole: int) -> None:
        self.stage.setText(stage)
        self.bar.setMaximum(_THOUSAND if whole else 0)
        self.bar.setValue(done * _THOUSAND // whole if whole else 0)

    def _end(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.deleteLater()
