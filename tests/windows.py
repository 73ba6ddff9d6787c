"""What tests of the window share: opening a draft, walking its widgets, asking what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossiers import CALL
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from sif_desktop.app.importing import empty
from sif_desktop.app.opening import open_session
from sif_desktop.calls.folder import find
from sif_desktop.model.proposal import Proposal
from sif_desktop.store.draft import Draft
from sif_desktop.ui.main_window import MainWindow

INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QAbstractItemView)


def open_with(window: MainWindow, path: Path, proposal: Proposal | None = None) -> MainWindow:
    """Writes a proposal into a new draft and opens it in the window."""
    proposal = proposal or empty(find(CALL), "nl")
    Draft.create(path, proposal, author="test").close()
    window.show_session(open_session(path), path)
    return window


def inputs(widget: QWidget) -> Iterator[QWidget]:
    """All that takes keys and can be seen in a widget."""
    for kind in INPUTS:
        for found in widget.findChildren(kind):
            inner = found.parentWidget()
            if isinstance(inner, QComboBox) or found.objectName().startswith("qt_"):
                continue
            if found.isVisibleTo(widget) and found.focusPolicy() != Qt.FocusPolicy.NoFocus:
                yield found


def unnamed(widget: QWidget) -> list[QWidget]:
    """The inputs for which a screen reader has no name: no text, no name, no label's buddy."""
    buddies = {id(label.buddy()) for label in widget.findChildren(QLabel) if label.buddy()}
    return [
        found
        for found in inputs(widget)
        if not found.accessibleName() and not found.property("text") and id(found) not in buddies
    ]


def tab_chain(page: QWidget) -> list[QWidget]:
    """The inputs of a page in the order of the Tab key."""
    chain: list[QWidget] = []
    known = {id(found): found for found in inputs(page)}
    at = _after(page)
    while at is not page and len(chain) < 5000:
        if id(at) in known:
            chain.append(at)
        at = _after(at)
    return chain


def _after(widget: QWidget) -> QWidget:
    """The next one in the order of the Tab key.

    PySide takes what it gives for a child of the widget that was asked, and lets both go together:
    the program ends in a fault when one of them goes. So it is told anew whose child it is.
    """
    after = widget.nextInFocusChain()
    after.setParent(after.parentWidget())
    return after


def jumps(page: QWidget) -> list[tuple[QWidget, QWidget]]:
    """Pairs in the order of Tab of which the second stands clearly above the first."""
    chain = tab_chain(page)
    places = [found.mapTo(page, found.rect().topLeft()).y() for found in chain]
    return [
        (chain[at], chain[at + 1])
        for at in range(len(chain) - 1)
        if places[at + 1] < places[at] - chain[at].height()
    ]
