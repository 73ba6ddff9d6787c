"""The program in a real window: a process of its own on an X server, with its mouse and keys."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from screen import CONTROL, END, screen, until

from sif_desktop.app.demo import example_draft
from sif_desktop.store.draft import Draft

WIDTH, HEIGHT = 1280, 800

PROGRAM = """
import sys
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication
from sif_desktop.cli.main import run

def tell():
    window = next((one for one in QApplication.topLevelWidgets() if one.isVisible()), None)
    if window is None or not window.windowHandle().isExposed() or not window.workspace:
        return QTimer.singleShot(50, tell)
    window.move(0, 0)
    line = window.workspace.page.rows["project/title"].editor.line
    at = line.mapToGlobal(QPoint(line.width() // 2, line.height() // 2))
    print(QApplication.platformName(), at.x(), at.y(), flush=True)

from sif_desktop.ui import main
made = main.make_window
def make_window(*words):
    QTimer.singleShot(0, tell)
    return made(*words)
main.make_window = make_window
run()
"""
"""The program as it is started, but for one line that tells where its first field stands."""


def test_the_window_on_a_real_screen_takes_keys_saves_and_ends(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "voorbeeld.sif"
    example_draft(path)
    with screen(WIDTH, HEIGHT) as seen:
        blank = seen.picture(WIDTH, HEIGHT)
        assert len(colours(blank)) == 1
        environment = {**os.environ, "DISPLAY": seen.display, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("WAYLAND_DISPLAY", None)
        command = [sys.executable, "-c", PROGRAM, str(path)]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**environment, "SIF_DESKTOP_HOME": str(home)},
        ) as window:
            try:
                platform, x, y = window.stdout.readline().split()
                assert platform == "xcb"
                until(lambda: len(colours(seen.picture(WIDTH, HEIGHT))) > 20)
                shown = seen.picture(WIDTH, HEIGHT)
                seen.click(int(x), int(y))
                seen.key(END)
                seen.type(" op x11")
                until(lambda: title(path).endswith(" op x11"))
                assert seen.picture(WIDTH, HEIGHT) != shown
                seen.key(ord("z"), CONTROL)
                until(lambda: not title(path).endswith("x11"))
                seen.key(ord("y"), CONTROL)
                until(lambda: title(path).endswith(" op x11"))
                seen.key(ord("q"), CONTROL)
                assert window.wait(timeout=60) == 0
                assert window.stderr.read() == ""
            finally:
                window.kill()
    assert title(path).endswith(" op x11")


def title(path: Path) -> str:
    """The title as it is on the disk now."""
    with Draft.open(path, read_only=True) as draft:
        return draft.proposal.project.title


def colours(picture: list[bytes]) -> set[bytes]:
    """The colours of every tenth line."""
    return {line[at : at + 3] for line in picture[::10] for at in range(0, len(line), 4)}
