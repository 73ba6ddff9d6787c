"""When something goes wrong that nobody foresaw: a report to copy, and the draft is safe."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import sif_desktop
from sif_desktop.ui.speech import Speech


class CrashDialog(QDialog):
    """Tells that the draft is safe, and shows the report. `shown` counts how many are open."""

    shown = 0

    def __init__(self, speech: Speech, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say = speech.say
        self.report = report
        self.setWindowTitle(say("window.crash.title"))
        text = QLabel(say("window.crash.text"), wordWrap=True)
        box = QPlainTextEdit(report)
        box.setReadOnly(True)
        box.setAccessibleName(say("window.crash.report"))
        box.setMinimumSize(560, 220)
        copy = QPushButton(say("window.crash.copy"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (text, box, buttons):
            layout.addWidget(widget)


def report_of(error: BaseException) -> str:
    """What a person can send to whoever maintains the program; no text of the proposal is in it."""
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return "\n".join(
        (
            f"SIF Desktop {sif_desktop.__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            "",
            "".join(lines)[-20_000:],
        )
    )


def install(speech: Speech) -> None:
    """Shows the dialog for every exception that reaches the top; one at a time."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if CrashDialog.shown or issubclass(kind, KeyboardInterrupt):
            return
        CrashDialog.shown += 1
        try:
            dialog = CrashDialog(speech, report_of(error))
            dialog.exec()
        finally:
            CrashDialog.shown -= 1

    sys.excepthook = hook
