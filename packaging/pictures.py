"""Pictures of every page of the real window, drawn without a screen.

    python packaging/pictures.py OUT [--lang nl] [--scheme light] [--size 1280x720] [--scale 1.0]
                                     [--only STEP,STEP] [--draft FILE.sif | --empty] [--stretch]

Each language, scheme and size may be given several times; `--all` takes all three languages, light
and dark, 1280x720 and 1920x1080. `--stretch` makes every sentence 35 % longer, to find what is cut
off. The example dossier is shown unless another draft is named.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    """Draws what is asked for; Qt is told of its platform and scale before it is loaded."""
    asked = arguments().parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(asked.scale)
    home = tempfile.TemporaryDirectory(prefix="sif-pictures-")
    os.environ["SIF_DESKTOP_HOME"] = home.name
    sys.path.insert(0, str(ROOT))
    with home:
        draw(asked, Path(home.name))
    return 0


def arguments() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = argparse.ArgumentParser(description="Pictures of every page of the window")
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", action="append", choices=["nl", "en", "fr"])
    parser.add_argument("--scheme", action="append", choices=["light", "dark"])
    parser.add_argument("--size", action="append")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--draft", type=Path)
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--stretch", action="store_true")
    parser.add_argument("--all", action="store_true")
    return parser


def draw(asked: argparse.Namespace, home: Path) -> None:
    """Opens the draft once and goes through languages, schemes, sizes and pages."""
    from sif_desktop.ui.main import application, make_window

    if asked.stretch:
        stretch()
    app = application(["pictures"])
    window = make_window(app, "nl", "light")
    window.show()
    asked.out.mkdir(parents=True, exist_ok=True)
    languages = asked.lang or (["nl", "en", "fr"] if asked.all else ["nl"])
    schemes = asked.scheme or (["light", "dark"] if asked.all else ["light"])
    sizes = asked.size or (["1280x720", "1920x1080"] if asked.all else ["1280x720"])
    for size in sizes:
        width, height = (int(part) for part in size.split("x"))
        window.resize(width, height)
        for scheme in schemes:
            window.look.use(scheme)
            for language in languages:
                window.speech.use_language(language)
                name = f"{language}-{scheme}-{size}"
                pages(window, app, asked, home, name)


def pages(window, app, asked, home: Path, name: str) -> None:
    """The start page, the choice of a call, what needs no draft, each step and what is beside."""
    wanted = set(filter(None, asked.only.split(",")))
    window.close_draft()
    if not wanted or "start" in wanted:
        window.start.show_home()
        save(window, app, asked.out / f"start-{name}.png")
    if not wanted or "new" in wanted:
        window.start.show_new()
        save(window, app, asked.out / f"new-{name}.png")
        window.start.show_home()
    from sif_desktop.ui.registry import APART, SIDE

    for key in APART:
        if not wanted or key in wanted:
            window.show_apart(key)
            save(window, app, asked.out / f"{key}-{name}.png")
            window.leave_apart()
    if asked.empty:
        path = home / "empty.sif"
        path.unlink(missing_ok=True)
        window.create_draft(path, "oproep-sociale-innovatie", window.speech.language)
    elif asked.draft:
        window.open_path(asked.draft)
    else:
        window.open_example()
    for place, step in enumerate(window.desk.steps, 1):
        if wanted and step.id not in wanted:
            continue
        window.workspace.go(step.id)
        open_first(window.workspace.page)
        save(window, app, asked.out / f"{place:02}-{step.id}-{name}.png")
        if hasattr(window.workspace.page, "show_preview"):
            window.workspace.page.show_preview()
            save(window, app, asked.out / f"{place:02}-{step.id}-preview-{name}.png")
            window.workspace.page.tabs.setCurrentIndex(0)
    for key in SIDE:
        if not wanted or key in wanted:
            window.show_side(key)
            save(window, app, asked.out / f"{key}-{name}.png")


def open_first(page) -> None:
    """Opens or chooses the first item of a list, and puts the focus in the first field."""
    for cards in getattr(page, "lists", ()):
        for card in list(cards.cards.values())[:1]:
            card.open(True)
    if getattr(page, "list_at", "") and page.items:
        page.choose(page.items[0].id)
    for row in list(page.rows.values())[:1]:
        row.focus()


def save(window, app, path: Path) -> None:
    """Lets the window settle, with what it works at beside, and draws it."""
    from sif_desktop.ui import worker

    if window.desk:
        window.desk.check_now()
    app.processEvents()
    while worker.at_work():
        app.processEvents()
    for _ in range(8):
        app.processEvents()
        time.sleep(0.02)  # pages of a PDF are drawn beside the window too
    if not window.grab().save(str(path)):
        sys.exit(f"{path} could not be written")
    print(path)


def stretch() -> None:
    """Makes every sentence 35 % longer, as a translation may be."""
    from sif_desktop.language import Words

    Words.find = stretched(Words.find)


def stretched(find):
    """`Words.find` with longer sentences; what is no sentence but a form of something stays."""

    def longer(self, key: str) -> str | None:
        text = find(self, key)
        if text is None or len(text) < 4 or key.endswith((".filter", "fields.finding")):
            return text
        more = (len(text) * 35 + 99) // 100
        return text + (" langer" * more)[:more].rstrip().ljust(more, "r")

    return longer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
