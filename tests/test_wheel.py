"""The package as it is installed: from a wheel, outside the checkout, with its data and no Qt."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, check=True, cwd=ROOT, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_forms_texts_fonts_and_the_example(installed: Path) -> None:
    package = installed / "sif_desktop"
    assert (package / "forms/oproep-sociale-innovatie/call.toml").is_file()
    assert (package / "resources/example/proposal.json").is_file()
    assert list((package / "resources/texts/nl").glob("*.toml"))
    assert list((package / "resources/fonts").glob("*.ttf"))


def test_the_main_job_runs_from_the_wheel_without_qt(installed: Path, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.startswith(('PySide6', 'shiboken6')): raise ImportError(name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "import sif_desktop; from sif_desktop.cli.main import main\n"
        "print(sif_desktop.__file__); sys.exit(main(['demo', 'uit']))"
    )
    environment = {**os.environ, "SIF_DESKTOP_HOME": str(tmp_path / "thuis")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert str(installed) in done.stdout
    assert sorted(file.suffix for file in (tmp_path / "uit").iterdir()) == [
        ".asice",
        ".pdf",
        ".sif",
    ]
