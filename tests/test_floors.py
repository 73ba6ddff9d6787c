"""The floors of the house: a package imports only from the floors below it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sif_desktop

PACKAGE = Path(sif_desktop.__file__).parent
FLOORS = {
    "errors": 0,
    "money": 0,
    "language": 0,
    "paths": 0,
    "writing": 0,
    "model": 1,
    "calls": 1,
    "rules": 2,
    "store": 3,
    "teamwork": 3,
    "sheets": 3,
    "document": 3,
    "bundle": 3,
    "app": 4,
    "cli": 5,
    "ui": 5,
}
# On the command line, `sif-desktop FILE` opens the window: the one way from `cli` to `ui`.
ONE_WAY = {("cli", "ui")}
HEAVY = ("reportlab", "pyhanko", "lxml", "openpyxl", "cryptography", "pikepdf")
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    """The package or floor-0 module that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            module = node.module or ""
            yield module
            if module == "sif_desktop":
                yield from (f"sif_desktop.{name.name}" for name in node.names)


def rooms_imported(file: Path) -> set[str]:
    """The packages of ours that a file imports from."""
    found = {name.split(".")[1] for name in imported(file) if name.startswith("sif_desktop.")}
    return {name for name in found if name in FLOORS}


def test_every_module_has_a_floor() -> None:
    assert {room(file) for file in MODULES} - {"__init__"} <= FLOORS.keys()


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_down(file: Path) -> None:
    mine = room(file)
    if mine == "__init__":
        return
    for other in rooms_imported(file) - {mine}:
        higher = FLOORS[other] > FLOORS[mine] or (FLOORS[other] == FLOORS[mine] and FLOORS[mine])
        assert not higher or (mine, other) in ONE_WAY or (mine, other) == ("calls", "model"), (
            f"{file.name} in {mine} imports {other}"
        )


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_the_window_knows_qt(file: Path) -> None:
    if room(file) != "ui":
        assert not any(name.startswith(("PySide6", "shiboken6")) for name in imported(file))


def modules_after(statement: str) -> set[str]:
    """The modules that a fresh process has loaded after a statement."""
    program = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return set(done.stdout.splitlines())


def test_the_command_line_loads_no_qt_and_nothing_heavy() -> None:
    loaded = {name.split(".")[0] for name in modules_after("import sif_desktop.cli.main")}
    assert "sif_desktop" in loaded
    assert not loaded & {"PySide6", "shiboken6", *HEAVY}


def test_no_drawers_for_odds_and_ends() -> None:
    names = {file.stem for file in MODULES} | {file.parent.name for file in MODULES}
    assert not names & {"utils", "util", "common", "helpers", "helper", "misc"}
