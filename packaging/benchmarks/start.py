"""How long the window takes to its first page, as a multiple of a bare QMainWindow.

    python packaging/benchmarks/start.py [RUNS]

Each run is a fresh process; bare and ours take turns. Compared are the medians of the time that the
processor worked for them, which other work on the machine hardly changes, and beside it the fastest
by the clock. Exits with 1 when the first is over the bar.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BAR = 2.0

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(["x"])
window = QMainWindow()
window.show()
app.processEvents()
"""
OURS = """
from sif_desktop.ui.main import application, make_window
app = application(["x"])
window = make_window(app)
window.show()
app.processEvents()
"""


def seconds(program: str, home: str) -> tuple[float, float]:
    """How long a fresh process takes to its end: of the processor, and by the clock."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "SIF_DESKTOP_HOME": home,
        "PYTHONPATH": str(ROOT),
    }
    quick = f"{program}\nimport os\nos._exit(0)"
    worked, begun = _worked(), time.perf_counter()
    subprocess.run([sys.executable, "-c", quick], check=True, env=environment)
    return _worked() - worked, time.perf_counter() - begun


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(runs: int = 15) -> int:
    """Measures and tells."""
    with tempfile.TemporaryDirectory() as home:
        both = [(seconds(BARE, home), seconds(OURS, home)) for _ in range(runs + 1)][1:]
    bare, ours = (
        [statistics.median(one[of][0] for one in both), min(one[of][1] for one in both)]
        for of in (0, 1)
    )
    ratios = [mine / other for mine, other in zip(ours, bare, strict=True)]
    for name, at in (("processor", 0), ("clock", 1)):
        figures = f"bare {bare[at] * 1000:.0f} ms, ours {ours[at] * 1000:.0f} ms"
        print(f"{name}: {figures}: {ratios[at]:.2f} times")
    return 0 if ratios[0] <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
