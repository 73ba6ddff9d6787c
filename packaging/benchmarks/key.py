"""What a key costs in the largest dossier, as a multiple of the bare key.

    python packaging/benchmarks/key.py [ROUNDS]        prints the figures; 1 where a bar is not met

A key is typed in a line of text, in a paragraph with its counter, and in an amount of the budget
grid, in the real window with 50 partners and 2,000 budget lines. It costs: the key itself until
it is painted, then the findings, states and totals that follow from it until they are painted.
The window waits a moment between the two; here both are counted.

The bare key is the same key in the same field of the same window, painted in the same way, while
nothing listens to the field: no draft, no findings, no totals. Both are typed in turns, and the
fastest of each are compared: what else the machine does only ever adds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "tests")) if path not in sys.path]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BAR = 3.0
ROUNDS = 80
SIZE = (1280, 720)
FIELDS = ("a line", "a paragraph", "an amount")


class Typist:
    """Types in one field of an open draft."""

    def __init__(self, window, name: str) -> None:
        from PySide6.QtWidgets import QApplication

        self.window = window
        self.desk = window.desk
        self.paint = QApplication.processEvents
        self.target, self.source = getattr(self, "_" + name.split()[1])()
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

    def key(self, *, back: bool = False) -> None:
        """A key and what follows from it, painted."""
        from PySide6.QtCore import QEvent, QPoint, Qt  # noqa: F401
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QApplication

        code, text = (Qt.Key.Key_Backspace, "") if back else (Qt.Key.Key_1, "1")
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
        QApplication.sendEvent(self.target, event)
        self.paint()

    def full(self, *, back: bool = False) -> None:
        """A key with findings, states and totals, painted."""
        self.key(back=back)
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


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def ratio(typist: Typist, rounds: int) -> tuple[float, float]:
    """The bare key and the whole one, in seconds."""
    bare, whole = [], []
    for _ in range(rounds):
        whole.append(seconds(typist.full))
        typist.full(back=True)
        with typist.alone():
            bare.append(seconds(typist.key))
            typist.key(back=True)
    return min(bare), min(whole)


def measure(window, rounds: int = ROUNDS) -> dict[str, tuple[float, float]]:
    """For each field the bare key and the whole one, in seconds."""
    return {name: ratio(Typist(window, name), rounds) for name in FIELDS}


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
    worst = 0.0
    for name, (bare, whole) in found.items():
        worst = max(worst, whole / bare)
        print(
            f"{name}: bare {bare * 1000:.2f} ms, whole {whole * 1000:.2f} ms, "
            f"{whole / bare:.2f} times (at most {BAR})"
        )
    return int(worst > BAR)


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
