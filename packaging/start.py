"""Sets up an environment in `.venv` from the locked versions, and runs a command in it.

    python3 packaging/start.py demo OUT      the main job on the example dossier
    python3 packaging/start.py test [...]    linters, types, all tests; more words go to pytest
    python3 packaging/start.py window [...]  the program with its window
    python3 packaging/start.py lock          resolve the dependencies anew (needs uv)

Only the standard library is used, so that a fresh machine with Python 3.11 and git is enough.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
LOCKS = {"core": "locked-core.txt", "all": "locked-all.txt"}

# What the tests need from the system: a program or library to look for, and Debian's package.
PROGRAMS = {
    "openssl": "openssl",
    "pdftotext": "poppler-utils",
    "pdfsig": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-calc",
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "unzip": "unzip",
    "softhsm2-util": "softhsm2",
    "Xvfb": "xvfb",
}
WELCOME = {"strace": "strace"}
"""What tests use where it is to be had (Linux), and say in words that they did without it."""
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXtst.so.6": "libxtst6",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def main(words: list[str]) -> int:
    """Runs what the first word asks for; the exit code is that of what was run."""
    if sys.version_info[:2] < OLDEST:
        return complain("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")
    tasks = {"demo": demo, "test": test, "window": window, "lock": lock}
    task = tasks.get(words[0] if words else "")
    return task(words[1:]) if task else complain(__doc__ or "")


def demo(words: list[str]) -> int:
    """The main job, without a screen and without Qt."""
    prepare("core")
    return run(PYTHON, "-m", "sif_desktop.cli.main", "demo", *(words or ["demo-out"]))


def window(words: list[str]) -> int:
    """The program as its users meet it."""
    prepare("all")
    return run(PYTHON, "-m", "sif_desktop.cli.main", *words)


def test(words: list[str]) -> int:
    """Linters and types first: they take seconds; then all tests on all cores."""
    missing = bring_system_packages()
    if missing:
        return complain(f"Missing for the tests; install these first: {missing}")
    prepare("all")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    steps = [
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "pytest", "-n", "auto", "--dist", "worksteal", *words],
    ]
    for step in steps:
        code = run(*step, environment=environment)
        if code:
            return code
    return 0


def prepare(extent: str) -> None:
    """Makes the environment, and installs the locked versions where they are not in it yet."""
    lock_file = ROOT / "packaging" / LOCKS[extent]
    project = (ROOT / "pyproject.toml").read_bytes()
    wanted = hashlib.sha256(lock_file.read_bytes() + project).hexdigest()
    mark = HOME / f"installed-{extent}"
    if mark.is_file() and mark.read_text() == wanted:
        return
    if not PYTHON.exists():
        try:
            venv.create(HOME, with_pip=True)
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(HOME, ignore_errors=True)
            sys.exit(complain("Python's venv is missing; on Debian: apt-get install python3-venv"))
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    for words in (["--require-hashes", "-r", lock_file], ["--no-deps", "-e", ROOT]):
        if run(*pip, *words):
            sys.exit(complain("The installation failed; the lines above say why."))
    mark.write_text(wanted)


def bring_system_packages() -> str:
    """Installs what the tests need from the system; gives the packages that could not be had."""
    wanted = missing_packages()
    if sys.platform == "linux":
        wanted += [package for program, package in WELCOME.items() if not shutil.which(program)]
    if wanted and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "-qq", "update", environment=environment, quiet=True)
        install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *wanted]
        run(*install, environment=environment, quiet=True)
    return " ".join(missing_packages())


def missing_packages() -> list[str]:
    """Debian's names of what is not on this machine; its libraries are looked for on Linux only."""
    missing = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    if sys.platform == "linux":
        missing |= {package for library, package in LIBRARIES.items() if not has_library(library)}
    return sorted(missing)


def has_library(name: str) -> bool:
    """Whether the linker finds a shared library by its file name."""
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def lock(words: list[str]) -> int:
    """Writes both lists of versions anew; they hold for every system and Python that we support."""
    del words
    base = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--quiet", "--upgrade"]
    base += ["--python-version", "3.11", "--no-header", "--no-annotate", "pyproject.toml"]
    for extent, more in (("core", []), ("all", ["--all-extras", "--group", "dev"])):
        code = run(*base, *more, "-o", f"packaging/{LOCKS[extent]}")
        if code:
            return code
    return 0


def run(*words: object, environment: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Runs a program in the project's folder and gives its exit code."""
    sink = subprocess.DEVNULL if quiet else None
    command = [str(word) for word in words]
    return subprocess.run(
        command, check=False, cwd=ROOT, env=environment, stdout=sink, stderr=sink
    ).returncode


def complain(sentence: str) -> int:
    """Says what is wrong on standard error; 2 is the exit code for it."""
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
