"""Works in the window at random, like many hurried people at once, and looks what becomes of it.

    python packaging/campaigns/soak_window.py [--events 10000] [--seed 1] [--from EMPTY|EXAMPLE]

Each event is one of a key, a click, a drag, a turn of the wheel, a paste, a dropped file, another
page, undo or redo, another language or scheme, another size of the window, or closing the draft
and opening it again. Nothing may be raised, Qt may not complain, and in the end the draft on the
disk, the tree on the screen and the replayed edits are the same. No dialog of the system is opened
and no other program is started: what asks for them is answered here.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from campaign import ROOT, end, parser, tell

sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

CALL = "oproep-sociale-innovatie"
NEVER_MIND = ("does not support",)  # what a platform without a screen says of itself
PASTES = (
    "een twee drie",
    "1.250,00\t3 000\n12,5\t\n\t7",
    "Pollepel\tPersoneel\tWP1\t1\tKok\t100\t200\n" * 3,
    "\u0000\u0007\u202e omgekeerd \ud83d",
    "👩‍🍳 Łódź ÿ ﬁ " * 40,
    "woord " * 9000,
    "",
)
LETTERS = "abcdefg xyz0123456789,.-+=@/'\"éß"


class Soak:
    """One window with one draft, and what went wrong."""

    def __init__(self, folder: Path, seed: int, start: str) -> None:
        from PySide6.QtCore import qInstallMessageHandler

        from sif_desktop.ui.main import application, make_window
        from sif_desktop.ui.registry import APART

        self._apart = list(APART)
        self.chance = random.Random(seed)
        self.faults: list[str] = []
        self.counts: Counter[str] = Counter()
        self.last = "nothing"
        self._kept: object = None  # PySide calls a child deleted when it lets go of the parent
        self.folder = folder
        self.path = folder / "draft.sif"
        sys.excepthook = self._raised
        sys.unraisablehook = lambda one: self.fault(f"unraisable: {one.exc_value!r} {one.object!r}")
        qInstallMessageHandler(self._said)
        self.app = application(["soak"])
        self.window = make_window(self.app, "nl", "light")
        self.window.resize(1280, 720)
        self.window.show()
        self.window.activateWindow()
        self._answer_dialogs()
        self._make_draft(start)
        self.window.open_path(self.path)
        self.acts = self._acts()

    # -- what is done -----------------------------------------------------------------------

    def run(self, events: int) -> None:
        """Does so many events, each settled before the next."""
        names = list(self.acts)
        weights = [weight for weight, _ in self.acts.values()]
        for number in range(events):
            if self.window.desk is None:
                self.window.open_path(self.path)
            name = self.chance.choices(names, weights)[0]
            self.last = f"event {number}: {name}"
            self.counts[name] += 1
            try:
                self.acts[name][1]()
                self.app.processEvents()
            except Exception:
                self.fault(traceback.format_exc())
            if number % 250 == 249:
                self._pause()
            if len(self.faults) > 20:
                return

    def _acts(self) -> dict[str, tuple[int, Callable[[], object]]]:
        """The kinds of events, each with how often it comes."""
        return {
            "letters": (24, self.letters),
            "key": (26, self.key),
            "click": (26, self.click),
            "double click": (3, self.double_click),
            "context menu": (2, self.context_menu),
            "drag": (4, self.drag),
            "wheel": (3, self.wheel),
            "paste": (2, self.paste),
            "drop a file": (1, self.drop),
            "page": (5, self.page),
            "jump": (2, self.jump),
            "undo": (4, self.window.undo),
            "redo": (3, self.window.redo),
            "language": (1, self.language),
            "scheme": (1, self.scheme),
            "dossier language": (1, self.dossier_language),
            "size": (2, self.size),
            "let time pass": (2, self._pause),
            "close and open": (1, self.close_and_open),
        }

    def letters(self) -> None:
        """Some letters where the focus is."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        for _ in range(self.chance.randint(1, 6)):
            sign = self.chance.choice(LETTERS)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                self.app.sendEvent(self._target(), event)

    def key(self) -> None:
        """A key of the kind that moves, removes or confirms."""
        from PySide6.QtTest import QTest

        key, modifiers = self.chance.choice(_keys())
        QTest.keyClick(self._target(), key, modifiers)

    def click(self) -> None:
        """A click somewhere on something."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        widget, at = self._somewhere()
        modifiers = self.chance.choice([Qt.KeyboardModifier.NoModifier] * 6 + _modifiers())
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, at)

    def double_click(self) -> None:
        """Twice in a row."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        widget, at = self._somewhere()
        QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def context_menu(self) -> None:
        """A menu with what can be done here."""
        from PySide6.QtGui import QContextMenuEvent

        widget, at = self._somewhere()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
        self.app.sendEvent(widget, event)

    def drag(self) -> None:
        """The mouse pressed in one place and let go in another."""
        from PySide6.QtCore import QPoint, Qt
        from PySide6.QtTest import QTest

        widget, at = self._somewhere()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, none, at)
        for _ in range(self.chance.randint(1, 5)):
            at += QPoint(self.chance.randint(-60, 60), self.chance.randint(-40, 40))
            if _alive(widget):
                _move(self.app, widget, at)
        if _alive(widget):
            QTest.mouseRelease(widget, left, none, at)

    def wheel(self) -> None:
        """Turned up or down."""
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent

        widget, at = self._somewhere()
        event = QWheelEvent(
            QPointF(at),
            QPointF(widget.mapToGlobal(at)),
            QPoint(),
            QPoint(0, self.chance.choice((-360, -120, 120, 360))),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        self.app.sendEvent(widget, event)

    def paste(self) -> None:
        """Something from elsewhere."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        text = self.chance.choice(PASTES).encode("utf-16-le", "surrogatepass")
        self.app.clipboard().setText(text.decode("utf-16-le", "replace"))
        QTest.keyClick(self._target(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def drop(self) -> None:
        """A file dragged in on the page of the attachments."""
        from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
        from PySide6.QtGui import QDragEnterEvent, QDropEvent

        page = self.window.stack.currentWidget()
        if page is self.window.workspace:
            page.go(self.chance.choice(("attachments", "team", "sheet")))
            page = page.page
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._some_file()))])
        at, left = page.rect().center(), Qt.MouseButton.LeftButton
        none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        self.app.sendEvent(page, QDragEnterEvent(at, copy, data, left, none))
        self.app.sendEvent(page, QDropEvent(QPointF(at), copy, data, left, none))

    def page(self) -> None:
        """Another step or what is beside them, the one behind or before, a page without a draft."""
        workspace = self.window.workspace
        how = self.chance.randrange(8)
        if how < 2:
            (workspace.back if how else workspace.next).click()
        elif how < 5:
            self.window.leave_apart()
            workspace.go(self.chance.choice(self.window.desk.steps).id)
        elif how < 7:
            self.window.show_side(self.chance.choice(workspace.aside).id)
        else:
            self.window.show_apart(self.chance.choice(self._apart))

    def jump(self) -> None:
        """To a value that a finding is about."""
        findings = list(self.window.desk.findings)
        if findings:
            self.window.desk.jump.emit(self.chance.choice(findings).address)

    def language(self) -> None:
        """Another language of the interface."""
        self.window.use_language(self.chance.choice(("nl", "en", "fr")))

    def scheme(self) -> None:
        """Light or dark."""
        self.window.use_scheme(self.chance.choice(("light", "dark", "auto")))

    def dossier_language(self) -> None:
        """Another language of the dossier."""
        name = f"dossier_language:{self.chance.choice(('nl', 'en', 'fr'))}"
        self.window.menus.acts[name].trigger()

    def size(self) -> None:
        """Another size of the window."""
        self.window.resize(self.chance.randint(880, 1920), self.chance.randint(560, 1080))

    def close_and_open(self) -> None:
        """What is on the disk is what was on the screen."""
        self._end_popups()
        session, path = self.window.desk.session, self.window.path
        self.window.close_draft()  # what stands in an open cell is taken now
        self.compare(path, session.proposal)
        self.window.open_path(self.path)

    # -- what has to hold -------------------------------------------------------------------

    def compare(self, path: Path, shown: object) -> None:
        """The tree on the screen, the newest one of the draft, and its edits done anew."""
        from sif_desktop.model.difference import difference
        from sif_desktop.model.edit import apply
        from sif_desktop.store.draft import Draft

        with Draft.open(path, read_only=True) as draft:
            if draft.proposal != shown:
                found = difference(draft.proposal, shown)
                self.fault(f"the draft is not what was on the screen: {str(found)[:500]}")
            entries = list(draft.entries())
            tree = draft.proposal_at(0)
            for entry in entries:
                for edit in entry.change.edits:
                    tree, _ = apply(tree, edit)
            if tree != shown:
                self.fault("the edits done anew give another tree")
            if entries and draft.proposal_at(entries[-1].seq) != shown:
                self.fault("the last moment of the history is another tree")
            self.counts["edits on the disk"] = sum(len(one.change.edits) for one in entries)
        self.counts["compared"] += 1

    def finish(self) -> None:
        """Lets work beside the window end, and compares for the last time."""
        self.last = "the end"
        self._end_popups()
        self._pause()
        if self.window.desk is not None:
            if self.window.desk.session.trouble:
                self.fault(f"not saved: {self.window.desk.session.trouble!r}")
            self.close_and_open()
        self.window.close()
        from sif_desktop.ui.worker import stop_all

        stop_all()
        self._pause()

    def fault(self, said: str) -> None:
        """Remembers what went wrong, and at which event."""
        self.faults.append(f"{self.last}: {said}")

    def _raised(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        self.fault("".join(traceback.format_exception(kind, error, trace)))  # type: ignore[arg-type]

    def _said(self, _kind: object, _context: object, message: str) -> None:
        if not any(known in message for known in NEVER_MIND):
            self.fault(f"Qt says: {message}")

    # -- behind it --------------------------------------------------------------------------

    def _target(self) -> object:
        """What takes the keys: an open menu, a dialog, what has the focus, or the window."""
        app = self.app
        self._kept = top = app.activePopupWidget() or app.activeModalWidget()
        if top is None:
            return _alive(app.focusWidget()) or self.window
        return _alive(top.focusWidget()) or top

    def _somewhere(self) -> tuple[object, object]:
        """A widget that can be seen, and a point on it."""
        from PySide6.QtCore import QPoint
        from PySide6.QtWidgets import QAbstractScrollArea, QWidget

        app = self.app
        top = app.activePopupWidget() or app.activeModalWidget() or self.window
        if top is not self.window and self.chance.random() < 0.15:
            top.close()  # somebody who has had enough of it
            top = self.window
        if self.chance.random() < 0.5 and self.window.workspace and top is self.window:
            shown = self.window.stack.currentWidget()
            top = self.window.workspace.page if shown is self.window.workspace else shown
        seen = [
            one
            for one in [top, *top.findChildren(QWidget)]
            if _alive(one)
            and one.isVisible()
            and one.isEnabled()
            and not one.visibleRegion().isEmpty()
        ]
        self._kept = (top, seen)
        widget = self.chance.choice(seen or [self.window])
        if isinstance(widget, QAbstractScrollArea):
            widget = _alive(widget.viewport()) or self.window
        box = widget.visibleRegion().boundingRect()
        x = self.chance.randint(box.left(), max(box.left(), box.right()))
        y = self.chance.randint(box.top(), max(box.top(), box.bottom()))
        return widget, QPoint(x, y)

    def _pause(self) -> None:
        """Time passes, as it does for people: timers run, and what was typed is written down."""
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.005)
        if self.window.isVisible() and not self.app.activeModalWidget():
            self.window.activateWindow()
        self.app.sendPostedEvents(None, 52)  # what is to be deleted goes now

    def _end_popups(self) -> None:
        while (popup := self.app.activePopupWidget()) or (popup := self.app.activeModalWidget()):
            popup.close()
            self.app.processEvents()

    def _some_file(self) -> Path:
        """Something to attach, what was written here before (a packet, a workbook), or a folder."""
        file = self.folder / f"bijlage {self.chance.randint(1, 4)}.txt"
        written = [one for one in sorted(self.folder.iterdir()) if one.is_file()]
        kind = self.chance.randrange(5)
        if kind > 2 and written:
            return self.chance.choice(written)
        if kind == 0:
            file.write_bytes(b"hallo " * self.chance.randint(1, 50))
        return file if kind < 2 else self.folder

    def _answer_dialogs(self) -> None:
        """The system's dialogs answer by themselves; other programs and prompts do not start."""
        from PySide6.QtGui import QDesktopServices
        from PySide6.QtWidgets import QFileDialog

        def count(name: str, answer: Callable[[], object]) -> Callable[..., object]:
            def act(*_: object, **__: object) -> object:
                self.counts[f"dialog: {name}"] += 1
                return answer()

            return act

        chance, folder = self.chance, self.folder
        save = count("save", lambda: (str(folder / f"out-{chance.randint(1, 999)}"), ""))
        several = count("several", lambda: ([str(self._some_file())], ""))
        QFileDialog.getSaveFileName = save  # type: ignore[method-assign]
        one = count("open", lambda: (str(self._some_file()), ""))
        QFileDialog.getOpenFileName = one  # type: ignore[method-assign]
        QFileDialog.getOpenFileNames = several  # type: ignore[method-assign]
        QFileDialog.getExistingDirectory = count("folder", lambda: "")  # type: ignore[method-assign]
        QDesktopServices.openUrl = count("other program", lambda: True)  # type: ignore[method-assign]

    def _make_draft(self, start: str) -> None:
        from sif_desktop.app.demo import example_draft
        from sif_desktop.app.importing import new_draft

        if start == "example":
            example_draft(self.path, "soak")
        else:
            new_draft(self.path, CALL, "nl", "soak")


def _alive(widget: object) -> object:
    """A widget, or None where it is gone by now."""
    from shiboken6 import isValid

    return widget if widget is not None and isValid(widget) else None


def _move(app: object, widget: object, at: object) -> None:
    """Moves the mouse with its button held down; a drag of text that begins by it is given up."""
    from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    def give_up() -> None:
        window = app.focusWindow()
        if window is not None:
            none = Qt.KeyboardModifier.NoModifier
            app.postEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, none))

    timer = QTimer(interval=20)
    timer.timeout.connect(give_up)
    timer.start()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    app.sendEvent(widget, event)
    timer.stop()


def _modifiers() -> list[object]:
    from PySide6.QtCore import Qt

    return [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier]


def _keys() -> list[tuple[object, object]]:
    from PySide6.QtCore import Qt

    keys, bare = Qt.Key, Qt.KeyboardModifier.NoModifier
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    alt = Qt.KeyboardModifier.AltModifier
    plain = "Tab Tab Backtab Return Enter Escape Up Down Left Right Home End PageUp PageDown"
    plain += " Delete Backspace Space F2 Insert F4"
    with_ctrl = "A C X V Z Y D Return Tab Up Down Left Right Home End Delete Minus"
    found = [(getattr(keys, f"Key_{name}"), bare) for name in plain.split()]
    found += [(getattr(keys, f"Key_{name}"), ctrl) for name in with_ctrl.split()]
    found += [(getattr(keys, f"Key_{name}"), alt) for name in ("Up", "Down")]
    found += [(getattr(keys, f"Key_{name}"), alt | shift) for name in ("Up", "Down")]
    found += [(getattr(keys, f"Key_{name}"), shift) for name in ("Up", "Down", "Left", "Return")]
    return found


def main(words: list[str]) -> int:
    """Works at random, and tells."""
    options = parser(__doc__, 10_000)
    options.add_argument("--events", type=int, dest="count", help="the same as --count")
    options.add_argument("--from", choices=["example", "empty"], default="example", dest="start")
    asked = options.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="sif-soak-") as folder:
        os.environ["SIF_DESKTOP_HOME"] = str(Path(folder) / "home")
        os.environ["HOME"] = folder
        begun = time.monotonic()
        soak = Soak(Path(folder), asked.seed, asked.start)
        soak.run(asked.count)
        soak.finish()
    done = sum(soak.counts[name] for name in soak.acts)
    seconds = round(time.monotonic() - begun, 1)
    tell("window", {"seed": asked.seed, "events": done, "seconds": seconds, **soak.counts})
    return end(soak.faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
