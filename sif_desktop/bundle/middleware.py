"""Where the program that speaks to a card is installed: the PKCS#11 module of the Belgian eID.

The places are those of the packages that the Belgian government gives out for each system, and of
the Linux distributions that have their own.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from sif_desktop.errors import IdentityError

_LINUX_NAMES = ("libbeidpkcs11.so.0", "libbeidpkcs11.so")
_LINUX_FOLDERS = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib/i386-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib64",
    "/usr/local/lib",
    "/opt/lib",
    "/run/current-system/sw/lib",
)
_MAC = (
    "/Library/Belgium Identity Card/Pkcs11/beid-pkcs11.bundle/Contents/MacOS/libbeidpkcs11.dylib",
    "/Library/Belgium Identity Card/Pkcs11/libbeidpkcs11.dylib",
    "/usr/local/lib/beid-pkcs11.bundle/Contents/MacOS/libbeidpkcs11.dylib",
    "/usr/local/lib/libbeidpkcs11.dylib",
)
_WINDOWS_NAME = "beidpkcs11.dll"


def places(system: str = sys.platform) -> Iterator[Path]:
    """The places where the module may be on a system (as `sys.platform` names it), best first."""
    if system == "win32":
        windows = Path(os.environ.get("SystemRoot", r"C:\Windows"))  # noqa: SIM112
        yield windows / "System32" / _WINDOWS_NAME
        yield windows / "SysWOW64" / _WINDOWS_NAME
    elif system == "darwin":
        yield from map(Path, _MAC)
    else:
        for folder in _LINUX_FOLDERS:
            yield from (Path(folder) / name for name in _LINUX_NAMES)


def find_module(chosen: str = "", system: str = sys.platform) -> Path:
    """The module to use: the one that the user chose, else the first that is installed.

    Nothing is ever looked for in the current folder: somebody could have put a module there.
    Raises IdentityError where the chosen one is not there, or none is installed.
    """
    if chosen:
        path = expanded(Path(chosen))
        with contextlib.suppress(OSError):  # a name that is too long for any file
            if path.is_absolute() and path.is_file():
                return path
        raise IdentityError("card_module_missing", file=chosen)
    found = next((path for path in places(system) if path.is_file()), None)
    if found is None:
        raise IdentityError("card_no_middleware")
    return found


def expanded(path: Path) -> Path:
    """A path in which "~" stands for the user's own folder; as it is where nobody has one."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
