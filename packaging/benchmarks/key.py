"""What a key costs in the largest dossier, as a multiple of the bare key.

    python packaging/benchmarks/key.py [ROUNDS]        prints the figures; 1 where a bar is not met

A key is typed in a line of text, in a paragraph with its counter, and in an amount of the budget
grid, in the real window with 50 partners and 2,000 budget lines. The whole key is: the key itself
until it is painted, then the findings, states and totals that follow from it until they are
painted. The window waits a moment between the two; here both are counted.

The bare key is the same key in the same field of the same window, while nothing listens to the
field: no draft, no findings, no totals. It paints the same as the whole key: whatever that
painted anew (the counter; with an amount the sums, the gauges and the total of the line) is
painted anew with it, as it stands. So the ratio is the price of working things out, and painting
does not hide it. How much of the bare key the field alone would be is printed, too.

Both are typed in turns, and the fastest of each are compared: what else the machine does only
ever adds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BAR = 3.0
ROUNDS = 100
SIZE = (1280, 720)
FIELDS = ("a line", "a paragraph", "an amount")


class Cost(NamedTuple):
    """Seconds: of the field alone, of the bare key, of the whole key."""

    field: float
    bare: float
    whole: float

    @property
    def ratio(self) -> float:
        """The whole key in bare keys."""
        return self.whole / self.bare


class Typist:
    """Types in one field of an open draft."""

    def __init__(self, window, name: str) -> None:
        from PySide6.QtWidgets import QApplication

        self.window = window
        self.desk = window.desk
        self.paint = QApplication.processEvents
        self.target, self.source = getattr(self, f"_{name.split()[1]}")()
        for back in (False, True, False, True):  # the first key begins an act, and says so
            self.full(back=back)
        self.settle()
        self.painted = painted_by(self.full)
        self.full(back=True)
        self.settle()

    def _line(self):
        return self._field("project", "project/title")

    def _paragraph(self):
        return self._field("project", "project/summary")

    def _field(self, step: str, address: str):
        self.window.workspace.go(step)
        self.settle()
        page = self.window.workspace.page
        assert page.focus_on(address)
        row = page.rows[address]
        return row.editor.inputs[0], row.editor

    def _amount(self):
        self.window.workspace.go("budget")
        self.settle()
        grid = self.window.workspace.page.grid
        row = grid.lines.rowCount() // 2
        grid.show_cell(row, grid.lines.column_at("subsidy"))
        grid.open_list()
        return grid.delegate.editor, grid.delegate.editor

    def settle(self) -> None:
        """Lets everything come to rest."""
        for _ in range(6):
            self.paint()

    def press(self, *, back: bool = False) -> None:
        """A key reaches the field."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        code, text = (Qt.Key.Key_Backspace, "") if back else (Qt.Key.Key_1, "1")
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(self.target, event)

    def field(self, *, back: bool = False) -> None:
        """A key, painted in its field."""
        self.press(back=back)
        self.paint()

    def bare(self, *, back: bool = False) -> None:
        """A key, with everything painted that the whole key paints."""
        self.press(back=back)
        for widget, region in self.painted:
            widget.update(region)
        self.paint()

    def full(self, *, back: bool = False) -> None:
        """A key with its findings, states and totals, painted."""
        self.field(back=back)
        self.desk.check_now()
        self.paint()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing listens to the field meanwhile."""
        self.source.blockSignals(True)
        try:
            yield
        finally:
            self.source.blockSignals(False)


def painted_by(act: Callable[[], object]):
    """The widgets that an act paints anew, each with the region that none of its own paints."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QRegion
    from PySide6.QtWidgets import QApplication, QWidget

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.regions: dict[QWidget, QRegion] = {}

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
            if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
                region = self.regions.get(watched, QRegion())
                self.regions[watched] = region.united(event.region())
            return False

    watch, app = Watch(), QApplication.instance()
    app.installEventFilter(watch)
    act()
    app.removeEventFilter(watch)
    found = []
    for widget, region in watch.regions.items():
        own = QRegion(region)
        for other, inner in watch.regions.items():
            if widget is not other and widget.isAncestorOf(other):
                own = own.subtracted(inner.translated(other.mapTo(widget, other.rect().topLeft())))
        if not own.isEmpty():
            found.append((widget, own))
    return found


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def cost(typist: Typist, rounds: int) -> Cost:
    """What a key costs in a field."""
    field, bare, whole = [], [], []
    for _ in range(rounds):
        whole.append(seconds(typist.full))
        typist.full(back=True)
        with typist.alone():
            bare.append(seconds(typist.bare))
            typist.bare(back=True)
            field.append(seconds(typist.field))
            typist.field(back=True)
    return Cost(min(field), min(bare), min(whole))


def measure(window, rounds: int = ROUNDS) -> dict[str, Cost]:
    """What a key costs in each of the fields."""
    return {name: cost(Typist(window, name), rounds) for name in FIELDS}


def open_window(home: Path):
    """The real window with the largest dossier."""
    os.environ["SIF_DESKTOP_HOME"] = str(home / "home")
    from dossiers import big_proposal
    from windows import open_with

    from sif_desktop.ui.main import application, make_window

    app = application(["key"])
    window = make_window(app, "nl", "light")
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    return open_with(window, home / "draft.sif", big_proposal())


def main(rounds: int = ROUNDS) -> int:
    """Prints what each key costs, and 1 where one is over the bar."""
    with tempfile.TemporaryDirectory(prefix="sif-key-") as home:
        window = open_window(Path(home))
        found = measure(window, rounds)
        window.close()
    for name, one in found.items():
        print(
            f"{name}: {one.ratio:.2f} times (at most {BAR}); bare {one.bare * 1e6:.0f} µs, "
            f"whole {one.whole * 1e6:.0f} µs; the field alone {one.field * 1e6:.0f} µs"
        )
    return int(any(one.ratio > BAR for one in found.values()))


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
