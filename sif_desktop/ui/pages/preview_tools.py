"""The buttons over a PDF: from page to page, and how large the pages are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

SMALLEST_ZOOM, LARGEST_ZOOM, ZOOM_STEP = 0.4, 4.0, 1.25

_ICONS = {
    "before": "up",
    "after": "down",
    "smaller": "minus",
    "larger": "add",
    "fit": "fit-width",
}


def make_viewer(parent: QWidget) -> tuple[QPdfDocument, QPdfView]:
    """What shows a PDF. QtPdf is loaded here, when the first preview is made."""
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPdfWidgets import QPdfView

    document = QPdfDocument(parent)
    view = QPdfView(parent)
    view.setDocument(document)
    view.setPageMode(QPdfView.PageMode.MultiPage)
    view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
    view.setPageSpacing(gap(1.5))
    view.setFrameShape(QFrame.Shape.NoFrame)
    return document, view


class PageTools(QWidget):
    """The buttons for one view of a document."""

    def __init__(self, desk: Desk, document: QPdfDocument, view: QPdfView) -> None:
        super().__init__()
        self._desk, self._document, self._view = desk, document, view
        self.buttons: dict[str, QToolButton] = {}
        self.number = QLineEdit(maxLength=6)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance("0000") + gap(3))
        self.number.editingFinished.connect(self._number_typed)
        self.of = QLabel()
        role(self.of, "muted")
        for name, act in (
            ("before", lambda: self.go_to(self.page - 1)),
            ("after", lambda: self.go_to(self.page + 1)),
            ("smaller", lambda: self.zoom(1 / ZOOM_STEP)),
            ("larger", lambda: self.zoom(ZOOM_STEP)),
            ("fit", self.fit),
        ):
            button = QToolButton()
            button.clicked.connect(lambda _=False, act=act: act())
            self.buttons[name] = button
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap(0.5))
        for widget in (self.buttons["before"], self.number, self.of, self.buttons["after"]):
            layout.addWidget(widget)
        layout.addSpacing(gap(1.5))
        for name in ("smaller", "larger", "fit"):
            layout.addWidget(self.buttons[name])
        view.pageNavigator().currentPageChanged.connect(self.refresh)

    @property
    def page(self) -> int:
        """The page that is shown, counted from 1."""
        return self._view.pageNavigator().currentPage() + 1

    def go_to(self, page: int) -> None:
        """Shows a page, counted from 1; the first or last where there is none of that number."""
        wanted = min(max(page, 1), self._document.pageCount())
        if wanted > 0 and wanted != self.page:
            self._view.pageNavigator().jump(wanted - 1, QPointF())

    def zoom(self, by: float) -> None:
        """Makes the pages larger or smaller than they are now."""
        from PySide6.QtPdfWidgets import QPdfView

        factor = self._factor() * by
        self._view.setZoomMode(QPdfView.ZoomMode.Custom)
        self._view.setZoomFactor(min(max(factor, SMALLEST_ZOOM), LARGEST_ZOOM))

    def fit(self) -> None:
        """Makes the pages as wide as the view."""
        from PySide6.QtPdfWidgets import QPdfView

        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def refresh(self, _: int = 0) -> None:
        """Shows which page it is, and which buttons can be used."""
        count = self._document.pageCount()
        for widget in (*self.buttons.values(), self.number):
            widget.setEnabled(count > 0)
        self.buttons["before"].setEnabled(self.page > 1)
        self.buttons["after"].setEnabled(self.page < count)
        self.number.setText(str(self.page) if count else "")
        self.of.setText(self._desk.speech.say("window.preview.of", count=count))

    def retranslate(self) -> None:
        """The names of the buttons."""
        say = self._desk.speech.say
        for name, button in self.buttons.items():
            text = say(f"window.preview.{name}")
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.number.setAccessibleName(say("window.preview.page"))
        self.refresh()

    def tint(self) -> None:
        """Its icons in the colours of the look."""
        for name, button in self.buttons.items():
            button.setIcon(self._desk.look.icon(_ICONS[name], "accent"))

    def _number_typed(self) -> None:
        typed = self.number.text().strip()
        if typed.isascii() and typed.isdigit():
            self.go_to(int(typed))
        self.refresh()

    def _factor(self) -> float:
        """The zoom as it is now, also where it follows from the width."""
        from PySide6.QtPdfWidgets import QPdfView

        if self._view.zoomMode() == QPdfView.ZoomMode.Custom or not self._document.pageCount():
            return self._view.zoomFactor()
        points = self._document.pagePointSize(0).width() or 595.0
        margins = self._view.documentMargins()
        room = self._view.viewport().width() - margins.left() - margins.right()
        return room / (points * self.logicalDpiX() / 72)
