"""The pictures of the window in the README: three pages of the example dossier, as they are.

    python packaging/window_pictures.py .github/pictures

For the check, two values of the example are made wrong, so that there is something to see.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
STEPS = {"project": "window-project", "budget": "window-budget", "check": "window-check"}
WIDTH, HEIGHT = 1280, 720
COLOURS = 96


def main(out: Path) -> int:
    """Makes the pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="sif-pictures-") as home:
        os.environ["SIF_DESKTOP_HOME"] = home
        draw(out, Path(home))
    return 0


def draw(out: Path, home: Path) -> None:
    """Opens the example in English and goes to the pages."""
    from sif_desktop.ui.main import application, make_window

    app = application(["pictures"])
    window = make_window(app, "en", "light")
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.activateWindow()
    window.open_example()
    for step, name in STEPS.items():
        if step == "check":
            spoil(window.desk)
        window.workspace.go(step)
        page = window.workspace.page
        for row in list(page.rows.values())[:1]:
            row.focus()
        if step == "budget":
            page.grid.show_cell(2, 5)
        window.desk.check_now()
        for _ in range(6):
            app.processEvents()
        file = home / f"{name}.png"
        window.grab().save(str(file))
        with Image.open(file) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(out / file.name, optimize=True)
        print(out / file.name)
    window.close()


def spoil(desk) -> None:
    """Writes an address that is none, and asks for more than the call gives."""
    from sif_desktop.model.edit import Set

    partner, line = desk.proposal.partners[1], desk.proposal.budget[0]
    desk.do(Set(at=f"partners/{partner.id}/contact_email", value="info@"))
    desk.do(Set(at=f"budget/{line.id}/subsidy", value=250_000))
    desk.do(Set(at="answers/effects_kept", value=""))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
