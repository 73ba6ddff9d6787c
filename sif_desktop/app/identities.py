"""The identities that a user can sign with: opening one by its name, whoever asks for its secret.

The window asks in a dialog and the command line on the screen or from a file; both give a function
`ask`. A secret is asked at the moment that it is needed, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sif_desktop import paths
from sif_desktop.errors import IdentityError

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity

DEFAULT = "default"

Secret = Literal["passphrase", "new_passphrase"]
"""What is asked: the passphrase of a file, or one for a file to be made."""

Ask = Callable[[Secret, str], str]
"""Asks for a secret; the second word is its file, "" for the default identity."""


def open_identity(which: str, ask: Ask, *, name: str = "", organisation: str = "") -> Identity:
    """The identity that `which` names: "default", or a PKCS#12 file.

    The default one is made at its first use, for `name` and `organisation`. Raises IdentityError
    where it cannot be opened or made, FileError where the file cannot be read.
    """
    if which in ("", DEFAULT):
        return _default(ask, name, organisation)
    from sif_desktop.bundle.pkcs12 import open_pkcs12, read_file

    path = Path(which)
    read_file(path)  # nobody should be asked for a passphrase in vain
    return open_pkcs12(path, ask("passphrase", path.name))


def has_default() -> bool:
    """Whether this user has the embedded default identity already."""
    from sif_desktop.bundle.identity import default_path

    return default_path(paths.user_data()).exists()


def create_default(ask: Ask, name: str, organisation: str) -> Identity:
    """Makes the embedded default identity of this user.

    Raises IdentityError where there is one already, there is no name, or the passphrase is too
    short.
    """
    from sif_desktop.bundle import identity

    folder = paths.user_data()
    if has_default():
        raise IdentityError("identity_exists", file=str(identity.default_path(folder)))
    if not name.strip():
        raise IdentityError("identity_without_name")
    passphrase = ask("new_passphrase", "")
    return identity.create_default(
        folder, name=name, organisation=organisation, passphrase=passphrase
    )


def _default(ask: Ask, name: str, organisation: str) -> Identity:
    from sif_desktop.bundle.identity import default_identity

    folder = paths.user_data()
    if not has_default():
        return create_default(ask, name, organisation)
    return default_identity(folder, ask("passphrase", ""))
