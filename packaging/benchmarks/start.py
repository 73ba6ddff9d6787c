"""How long the window takes to its first page, as a multiple of a bare QMainWindow.

    python packaging/benchmarks/start.py [RUNS]

Each run is a fresh process; bare and ours take turns, and the fastest of each are compared (what
else the machine does only ever adds). Exits with 1 over the bar.
"""

from __future__ import annotations

import os
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


def seconds(program: str, home: str) -> float:
    """How long a fresh process takes for a program, from its start to its end."""
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "SIF_DESKTOP_HOME": home,
        "PYTHONPATH": str(ROOT),
    }
    quick = f"{program}\nimport os\nos._exit(0)"
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", quick], check=True, env=environment)
    return time.perf_counter() - begun


def main(runs: int = 9) -> int:
    """Measures and tells."""
    with tempfile.TemporaryDirectory() as home:
        both = [(seconds(BARE, home), seconds(OURS, home)) for _ in range(runs + 1)][1:]
    bare, ours = min(one for one, _ in both), min(other for _, other in both)
    print(f"bare {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms: {ours / bare:.2f} times")
    return 0 if ours / bare <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in sys.argv[1:])))
