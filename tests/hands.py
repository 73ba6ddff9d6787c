"""A person's hands on the window: mouse and keys on what can be seen, and nothing else.

Whatever is not on the screen cannot be clicked: it is scrolled to first, and a widget that is
hidden, disabled or scrolled out of sight fails the test.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sif_desktop.app.verification import examine
from sif_desktop.model.proposal import Proposal
from sif_desktop.ui.fields.row import FieldRow
from sif_desktop.ui.main_window import MainWindow

LONG = 60_000
"""Milliseconds that work beside the window may take on a busy machine."""

PASSPHRASE = "lantaarn kropsla veertien gordijn"

_LEFT = Qt.MouseButton.LeftButton
_KEY = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """What a person does with a window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.bot = window, qtbot

    # -- mouse ------------------------------------------------------------------------------

    def click(self, widget: QWidget) -> None:
        """Clicks in the middle of what is to be seen of a widget."""
        self.scroll_to(widget)
        seen = widget.visibleRegion().boundingRect()
        assert widget.isEnabled(), f"{_called(widget)} cannot be used"
        assert not seen.isEmpty(), f"{_called(widget)} cannot be seen"
        at = seen.center()
        if isinstance(widget, QAbstractButton) and not widget.hitButton(at):
            at = QPoint(min(seen.left() + 10, seen.right()), seen.center().y())
        QTest.mouseClick(widget, _LEFT, _PLAIN, at)
        QApplication.processEvents()

    def click_row(self, view: QAbstractItemView, row: int) -> None:
        """Clicks a row of a list."""
        index = view.model().index(row, 0)
        view.scrollTo(index)
        at = view.visualRect(index).center()
        assert view.viewport().rect().contains(at), "the row cannot be seen"
        QTest.mouseClick(view.viewport(), _LEFT, _PLAIN, at)
        QApplication.processEvents()

    def scroll_to(self, widget: QWidget) -> None:
        """Turns the page so that a widget can be seen."""
        for _ in range(3):
            QApplication.processEvents()
            outer = widget.parentWidget()
            while outer is not None:
                if isinstance(outer, QScrollArea) and outer.widget().isAncestorOf(widget):
                    outer.ensureWidgetVisible(widget, 8, 40)
                outer = outer.parentWidget()

    def pick(self, button: QWidget, *names: str) -> None:
        """Opens a button's menu and clicks its entries of these names, from menu to submenu."""
        self.click(button)
        self._walk(next(one for one in button.findChildren(QMenu) if one.isVisible()), names)

    def menu(self, *names: str) -> None:
        """Chooses an entry of the menu bar by the names in the user's language."""
        bar = self.window.menuBar()
        first = _entry(bar, names[0])
        QTest.mouseClick(bar, _LEFT, _PLAIN, bar.actionGeometry(first).center())
        self._walk(first.menu(), names[1:])

    def _walk(self, menu: QMenu, names: tuple[str, ...]) -> None:
        """Goes down a menu with the arrows, into others to the right, and chooses with Enter."""
        for place, name in enumerate(names):
            assert menu.isVisible()
            wanted = _entry(menu, name)
            assert wanted.isEnabled(), f"{name} cannot be chosen"
            while menu.activeAction() is not wanted:
                QTest.keyClick(menu, _KEY.Key_Down)
            if place < len(names) - 1:
                QTest.keyClick(menu, _KEY.Key_Right)
                menu = wanted.menu()
        QTest.keyClick(menu, _KEY.Key_Return)
        QApplication.processEvents()
        self._come_back()

    # -- keys -------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Types where the focus is."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.focus(), sign)
            else:  # QTest knows no key for it
                event = QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, sign)
                QApplication.sendEvent(self.focus(), event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Presses a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifiers)

    def focus(self) -> QWidget:
        """What takes the keys now."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing takes the keys"
        return found

    # -- fields -----------------------------------------------------------------------------

    def row(self, address: str) -> FieldRow:
        """The field at an address, on the page that is shown."""
        rows = self.window.workspace.page.rows
        assert address in rows, f"{address} is not on the page: {sorted(rows)}"
        row = rows[address]
        assert row.isVisible(), f"{address} is not asked now"
        return row

    def fill(self, address: str, text: str) -> None:
        """Clicks into a field, takes what is in it away, and types."""
        (line,) = [
            one
            for one in self.row(address).editor.inputs
            if isinstance(one, QLineEdit | QPlainTextEdit)
        ]
        self.click(line)
        assert line.hasFocus()
        self.key(_KEY.Key_A, _CTRL)
        self.key(_KEY.Key_Delete)
        self.type(text)

    def tick(self, address: str, *names: str) -> None:
        """Clicks choices of a field by what stands beside them."""
        inputs = self.row(address).editor.inputs
        for name in names:
            self.click(_of_name(inputs, name))

    def choose(self, address: str, name: str) -> None:
        """Chooses from a list that opens, by its keys."""
        (box,) = self.row(address).editor.inputs
        assert isinstance(box, QComboBox)
        self.click_into(box)
        self.key(_KEY.Key_Home)
        for _ in range(box.count()):
            if box.currentText().startswith(name):
                return
            self.key(_KEY.Key_Down)
        raise AssertionError(f"{address} does not offer {name}")

    def click_into(self, box: QComboBox) -> None:
        """Opens the list of a box with a click, and closes it with the key for that."""
        self.click(box)
        self.bot.waitUntil(box.view().isVisible)
        QTest.keyClick(box.view(), _KEY.Key_Escape)
        self.bot.waitUntil(lambda: not box.view().isVisible())
        box.setFocus()

    # -- steps ------------------------------------------------------------------------------

    def next(self, step: str) -> None:
        """Goes on to the next step, which has to be this one."""
        self.click(self.window.workspace.next)
        assert self.window.workspace.step.id == step

    def wait(self, until: Callable[[], object]) -> None:
        """Waits for work beside the window."""
        self.bot.waitUntil(lambda: bool(until()), timeout=LONG)
        self._come_back()

    def _come_back(self) -> None:
        """Does what a window manager does when a dialog or menu has gone."""
        if QApplication.activeModalWidget() is None and self.window.isVisible():
            self.window.activateWindow()
            self.bot.waitUntil(self.window.isActiveWindow)


def sign(hands: Hands, name: str) -> Path:
    """Makes a first identity on the last page, and the bundle, whose place it gives."""
    page = hands.window.workspace.page
    form = page.chooser.panel.new
    hands.wait(lambda: page.prepared is not None)
    if not form.name.text():  # a form without partners names nobody who signs
        hands.click(form.name)
        hands.type(name)
    assert form.name.text() == name
    assert not page.signing.sign.isEnabled()
    hands.click(form.passphrase)
    hands.type(PASSPHRASE)
    hands.key(_KEY.Key_Tab)
    hands.type(PASSPHRASE)
    hands.click(form.make)
    assert not form.passphrase.text()
    hands.wait(page.signing.sign.isEnabled)
    hands.click(page.signing.sign)
    hands.wait(lambda: page.result.path is not None and not page.busy)
    assert page.result.isVisible()
    assert page.result.examination.good
    return page.result.path


def accepted(bundle: Path, proposal: Proposal) -> None:
    """The bundle is intact, signed, without a finding that blocks, and holds what was written."""
    found = examine(bundle)
    assert found.good
    assert found.findings is not None
    assert not found.findings.blocking
    assert found.proposal == proposal
    command = [sys.executable, "-m", "sif_desktop.cli.main", "verify", str(bundle), "--json"]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)


def _entry(menu: QWidget, name: str) -> QAction:
    """The entry of a menu that begins with a name."""
    for act in menu.actions():
        if act.text().replace("&", "").startswith(name):
            return act
    raise AssertionError(f"no {name!r} among {[act.text() for act in menu.actions()]}")


def _of_name(inputs: Iterable[QWidget], name: str) -> QWidget:
    for widget in inputs:
        if isinstance(widget, QAbstractButton) and widget.text().startswith(name):
            return widget
    raise AssertionError(f"no {name!r} among {[one.property('text') for one in inputs]}")


def _called(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text")) or type(widget).__name__
