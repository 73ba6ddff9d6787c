"""The check and the preview: two sides of one page, beside one another where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QVBoxLayout, QWidget

from sif_desktop.app.steps import Step
from sif_desktop.rules.finding import Finding
from sif_desktop.ui.desk import Desk
from sif_desktop.ui.look.theme import role
from sif_desktop.ui.look.tokens import gap
from sif_desktop.ui.pages.base import Page
from sif_desktop.ui.pages.check_list import CheckList
from sif_desktop.ui.pages.check_summary import SeverityFilter, Summary

if TYPE_CHECKING:
    from sif_desktop.ui.pages.preview import Preview

FINDINGS, PREVIEW = 0, 1

BESIDE = 1360
"""From this width of the page on, the preview stands beside the findings."""

READABLE = 860
"""The widest that the list of findings gets."""


class CheckPage(Page):
    """What blocks and what is advised, each a link to its field; and the dossier as PDF."""

    scrolls = False
    guided = False

    def __init__(self, desk: Desk, step: Step) -> None:
        self.preview: Preview | None = None
        self._left_for: Finding | None = None
        super().__init__(desk, step)

    def build(self) -> None:
        """Both sides; the preview is made when it is shown first."""
        self.tabs = QTabBar(drawBase=False, expanding=False)
        self.tabs.addTab("")
        self.tabs.addTab("")
        self.tabs.currentChanged.connect(lambda _: self._arrange_sides())
        self.summary, self.filter = Summary(self.desk), SeverityFilter(self.desk)
        self.list = CheckList(self.desk)
        self.list.wanted.connect(self._go)
        self.filter.changed.connect(self._filter)
        self.nothing = QLabel(wordWrap=True)
        role(self.nothing, "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.left = QWidget()
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(gap(1.5))
        for widget in (self.summary, self.filter):
            left.addWidget(widget)
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing, 1)
        self.rest = QWidget()
        left.addWidget(self.rest, 1)
        self.right = QWidget()
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        self.sides = QHBoxLayout()
        self.sides.setSpacing(gap(3))
        self.sides.addWidget(self.left, 1)
        self.sides.addWidget(self.right, 1)
        self.body.addWidget(self.tabs)
        self.body.addLayout(self.sides, 1)

    def show_findings(self) -> None:
        """The bottom line, the counts, and the list."""
        super().show_findings()
        self.desk.expose()
        self.summary.refresh()
        self.filter.refresh()
        self._say_tabs()
        self.list.refresh()
        self._show_list()

    def retranslate(self) -> None:
        """The findings and the preview too."""
        super().retranslate()
        self.list.setAccessibleName(self.desk.speech.say("window.check.list"))
        self.nothing.setText(self.desk.speech.say("window.check.none_shown"))
        self._say_tabs()
        if self.preview:
            self.preview.retranslate()
        if self.isVisible():
            self.show_findings()
        else:
            self._unchecked = True
        self._arrange_sides()

    def show_preview(self) -> None:
        """Turns to the dossier."""
        self.tabs.setCurrentIndex(PREVIEW)

    @property
    def beside(self) -> bool:
        """Whether both sides are shown at once."""
        return self.width() >= BESIDE

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Coming back from a field, the finding that led there has the focus again."""
        super().showEvent(event)
        self._arrange_sides()
        left_for, self._left_for = self._left_for, None
        if left_for is not None:
            QTimer.singleShot(0, self, self.list.setFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """One side or two."""
        super().resizeEvent(event)
        self._arrange_sides()

    def _go(self, finding: Finding) -> None:
        self._left_for = finding
        self.desk.jump.emit(finding.address)

    def _filter(self) -> None:
        self.list.findings.shown = self.filter.shown
        self.list.refresh()
        self._show_list()

    def _show_list(self) -> None:
        """The list, or that nothing of what is asked for occurs; nothing where all is well."""
        filled = bool(self.list.findings.lines)
        self.list.setVisible(filled)
        self.nothing.setVisible(not filled and len(self.desk.findings) > 0)
        self.filter.setVisible(len(self.desk.findings) > 0)
        self.rest.setVisible(not filled and not len(self.desk.findings))

    def _arrange_sides(self) -> None:
        beside, chosen = self.beside, self.tabs.currentIndex()
        self.tabs.setVisible(not beside)
        self.lead.setVisible(beside or chosen == FINDINGS)
        self.left.setVisible(beside or chosen == FINDINGS)
        wanted = beside or chosen == PREVIEW
        if wanted and self.preview is None and self.isVisible():
            self._make_preview()
        self.right.setVisible(wanted)
        self.left.setMaximumWidth(_ANY if beside else READABLE)

    def _make_preview(self) -> None:
        from sif_desktop.ui.pages.preview import Preview

        self.preview = Preview(self.desk)
        layout = self.right.layout()
        assert layout is not None  # noqa: S101 - made in `build`
        layout.addWidget(self.preview)
        self.order_tabs()

    def _say_tabs(self) -> None:
        say = self.desk.speech.say
        self.tabs.setTabText(
            FINDINGS, say("window.check.tab_findings", count=len(self.desk.findings))
        )
        self.tabs.setTabText(PREVIEW, say("window.check.tab_preview"))
        self.tabs.setAccessibleName(say("window.check.tabs"))


_ANY = 16_777_215  # QWIDGETSIZE_MAX: no limit
