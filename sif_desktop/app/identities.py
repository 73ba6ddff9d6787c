"""The identities that a user can sign with: opening, making, importing and listing them.

The window asks for secrets in a dialog and the command line on the screen or from a file; both give
a function `ask`. A secret is asked at the moment that it is needed, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sif_desktop import paths
from sif_desktop.app import settings
from sif_desktop.app.files import write_whole
from sif_desktop.app.sources import cannot_read
from sif_desktop.errors import FileError, IdentityError

if TYPE_CHECKING:
    from sif_desktop.bundle.identity import Identity

DEFAULT, CARD = "default", "card"
FEWEST_DIGITS = 6
"""Digits of a fingerprint that name an imported identity."""

Kind = Literal["embedded", "pkcs12", "pkcs11"]

Secret = Literal["passphrase", "new_passphrase", "pin", "pin_low", "pin_final"]
"""What is asked: the passphrase of a file, one for a file to be made, or the PIN of a card: as
always, after a wrong one, or at the last try before the card blocks."""

Ask = Callable[[Secret, str], str]
"""Asks for a secret; the second word is its file or holder, "" for the default identity. A PIN is
asked in the thread that signs, at the moment of signing."""

OnReader = Callable[[Literal["pin", "pin_low", "pin_final"] | None], None]
"""Tells that a PIN is to be typed on the reader, as it is asked; and with None that it was."""


@dataclass(frozen=True, slots=True)
class Known:
    """An identity as it is listed. `which` is the name by which `open_identity` opens it.

    What is listed was not unlocked: only opening shows that it is what it says.
    """

    which: str
    kind: Kind
    name: str
    organisation: str
    issuer: str
    fingerprint: str
    not_after: datetime
    self_issued: bool


def open_identity(which: str, ask: Ask, *, name: str = "", organisation: str = "") -> Identity:
    """The identity that `which` names: "default", "card", an imported one, or a PKCS#12 file.

    The default one is made at its first use, for `name` and `organisation`. Raises IdentityError
    where it cannot be opened or made, FileError where the file cannot be read.
    """
    if which in ("", DEFAULT):
        return _default(ask, name, organisation)
    if which == CARD:
        return open_card(ask)
    from sif_desktop.bundle.pkcs12 import open_pkcs12, read_file

    path = _imported(which) or Path(which)
    read_file(path)  # nobody should be asked for a passphrase in vain
    return open_pkcs12(path, ask("passphrase", path.name))


def open_card(ask: Ask, on_reader: OnReader = lambda _: None) -> Identity:
    """The identity on the card in the reader, which is a Belgian eID card or another token.

    No PIN is asked yet. When it signs, a reader with keys of its own asks by itself: `on_reader`
    is told when that begins and ends, in the thread that signs. Raises IdentityError where there
    is no middleware, reader or card.
    """
    from sif_desktop.bundle.middleware import find_module
    from sif_desktop.bundle.token import open_token

    opened: list[Identity] = []
    module = find_module(settings.load().card_module)
    opened.append(open_token(module, lambda state: ask(state, opened[0].name), on_reader))
    return opened[0]


def choose_module(path: Path) -> Path:
    """Keeps where the middleware of the card is. Raises IdentityError where it is not there."""
    from sif_desktop.bundle.middleware import expanded, find_module

    module = find_module(str(expanded(path).absolute()))
    settings.save(card_module=str(module))
    return module


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
    made = identity.create_default(
        folder, name=name, organisation=organisation, passphrase=passphrase
    )
    _keep_certificate(identity.default_path(folder), made)
    return made


def import_file(path: Path, ask: Ask) -> Identity:
    """Copies a PKCS#12 file to the user's own folder, where its owner alone can read it.

    It keeps its passphrase, which must fit. Raises IdentityError where it does not or the identity
    was imported before, FileError where the file cannot be read or the copy not be written.
    """
    from sif_desktop.bundle.pkcs12 import open_pkcs12, read_file
    from sif_desktop.writing import OWNER_ONLY, beside

    data = read_file(path)
    opened = open_pkcs12(path, ask("passphrase", path.name))
    kept = _folder() / f"{opened.fingerprint}.p12"
    try:
        _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside(kept, rights=OWNER_ONLY, fresh=True) as stream:
            stream.write(data)
    except FileExistsError as error:
        raise IdentityError("identity_imported", file=str(path), name=opened.name) from error
    except OSError as error:
        raise cannot_read(kept, error) from error
    _keep_certificate(kept, opened)
    return opened


def listed() -> Iterator[Known]:
    """The default identity and the imported ones, without asking for anything."""
    from sif_desktop.bundle.identity import default_path

    own = default_path(paths.user_data())
    if own.exists():
        yield from _known(own, DEFAULT, "embedded")
    for kept in sorted(_folder().glob("*.p12")):
        yield from _known(kept, kept.stem[:16], "pkcs12")


def known_card() -> Known:
    """The identity on the card in the reader. Raises IdentityError as `open_card` does."""
    return _told(open_card(lambda *_: "").certificate, CARD, "pkcs11")


def export_certificate(identity: Identity, out: Path) -> None:
    """Writes the certificate of an identity as PEM, for others to trust. Raises FileError."""
    from ssl import DER_cert_to_PEM_cert

    write_whole(out, DER_cert_to_PEM_cert(identity.certificate).encode("ascii"))


def _default(ask: Ask, name: str, organisation: str) -> Identity:
    from sif_desktop.bundle.identity import default_identity, default_path

    folder = paths.user_data()
    if not has_default():
        return create_default(ask, name, organisation)
    opened = default_identity(folder, ask("passphrase", ""))
    _keep_certificate(default_path(folder), opened)
    return opened


def _folder() -> Path:
    return paths.user_data() / "identities"


def _imported(which: str) -> Path | None:
    """The imported identity whose fingerprint starts so. Raises IdentityError where several do."""
    digits = which.lower()
    if len(digits) < FEWEST_DIGITS or set(digits) - set("0123456789abcdef"):
        return None
    found = [kept for kept in _folder().glob("*.p12") if kept.stem.startswith(digits)]
    if len(found) > 1:
        raise IdentityError("identity_several", start=which)
    return found[0] if found else None


def _keep_certificate(path: Path, identity: Identity) -> None:
    """Keeps the certificate beside its locked file, so that it can be listed while locked."""
    beside = path.with_suffix(".cer")
    try:
        if beside.exists() and beside.read_bytes() == identity.certificate:
            return
        write_whole(beside, identity.certificate)
    except (OSError, FileError):  # a full disk or a stick that is locked: it is only not listed
        return


def _known(path: Path, which: str, kind: Kind) -> Iterator[Known]:
    from sif_desktop.bundle.pkcs12 import LARGEST_FILE

    beside = path.with_suffix(".cer")
    try:
        with beside.open("rb") as stream:
            yield _told(stream.read(LARGEST_FILE), which, kind)
    except (OSError, ValueError):  # it is listed again once it was opened
        return


def _told(certificate: bytes, which: str, kind: Kind) -> Known:
    """An identity as its certificate tells. Raises ValueError where it cannot be understood."""
    from sif_desktop.bundle.certificate import facts

    told = facts(certificate)
    return Known(
        which,
        kind,
        told.name,
        told.organisation,
        told.issuer,
        told.fingerprint,
        told.not_after,
        told.self_issued,
    )
