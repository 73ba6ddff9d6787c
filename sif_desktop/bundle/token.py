"""An identity on a card or another PKCS#11 token; the Belgian eID card first.

A card is spoken to for as short as can be: the module is loaded, one thing is done, and it is
unloaded again, so that no session stays open and a card that was taken out or changed is noticed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sif_desktop.bundle import names
from sif_desktop.bundle.certificate import Facts, facts
from sif_desktop.bundle.identity import Identity, described
from sif_desktop.bundle.pkcs12 import chain
from sif_desktop.errors import IdentityError

if TYPE_CHECKING:
    from cryptography import x509

EID_LABEL = "BELPIC"
"""The label of every Belgian eID card. It holds a key for logging in too, which never signs."""

EID_SIGNATURE = "Signature"

PinState = Literal["pin", "pin_low", "pin_final"]
"""How a PIN is asked: as always, after a wrong one, or at the last try before the card blocks."""

AskPin = Callable[[PinState], str]

OnReader = Callable[[PinState | None], None]
"""Tells that the PIN is to be typed on the reader now, and with None that this is over."""

_lock = threading.RLock()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the key of a token is: the module, the token, and the label and id of the key."""

    module: Path
    label: str
    serial: bytes
    key_label: str
    key_id: bytes


def open_token(module: Path, ask_pin: AskPin, on_reader: OnReader = lambda _: None) -> Identity:
    """The identity on the token that is in a reader now. The PIN is asked when it signs.

    `ask_pin` is not called where the reader or the middleware asks by itself; for a reader,
    `on_reader` is. Both are called in the thread that signs. Raises IdentityError where there is
    no reader, no card, or no certificate to sign with on it.
    """
    with library(module) as lib:
        token = _token_in(lib)
        with token.open() as session:
            certificates = _certificates(session)
        own = _own(certificates, token.label)
        place = Place(module, token.label, bytes(token.serial), *own)
    certificate = certificates[own]
    others = chain(certificate, list(certificates.values()))

    def open_signer() -> Any:
        from sif_desktop.bundle.token_signer import TokenSigner

        return TokenSigner(place, certificate, others, ask_pin, on_reader)

    return described(certificate, "pkcs11", open_signer)


@contextmanager
def library(module: Path) -> Iterator[Any]:
    """The module, loaded for this block alone. What it complains of is raised as IdentityError."""
    import pkcs11

    with _lock:
        try:
            lib = pkcs11.lib(str(module))
        except Exception as error:  # whatever a file that is no module makes the loader say
            pkcs11.unload(str(module))
            reason = names.shown(str(error) or type(error).__name__)
            raise IdentityError("card_middleware", file=str(module), reason=reason) from error
        try:
            yield lib
        except pkcs11.PKCS11Error as error:
            raise told(error) from error
        finally:
            pkcs11.unload(str(module))


def told(error: Exception, token: Any = None) -> IdentityError:
    """What a complaint of a card means; the messages of the library itself are often empty."""
    import pkcs11

    if isinstance(error, (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange)):
        state = pin_state(token) if token is not None else "pin"
        return IdentityError(f"card_wrong_{state}")
    plain: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
        ((pkcs11.PinLocked,), "card_blocked"),
        ((pkcs11.PinExpired, pkcs11.UserPinNotInitialized), "card_pin_not_set"),
        ((pkcs11.FunctionCancelled, pkcs11.FunctionRejected), "card_cancelled"),
        (
            (pkcs11.TokenNotPresent, pkcs11.DeviceRemoved, pkcs11.SessionHandleInvalid),
            "card_removed",
        ),
        ((pkcs11.NoSuchKey, pkcs11.NoSuchToken), "card_changed"),
    )
    key = next((key for kinds, key in plain if isinstance(error, kinds)), None)
    if key:
        return IdentityError(key)
    return IdentityError("card_fault", reason=names.shown(str(error) or type(error).__name__))


def pin_state(token: Any) -> PinState:
    """How near a token is to blocking. Raises IdentityError where it is blocked already."""
    from pkcs11 import TokenFlag

    if token.flags & TokenFlag.USER_PIN_LOCKED:
        raise IdentityError("card_blocked")
    if token.flags & TokenFlag.USER_PIN_FINAL_TRY:
        return "pin_final"
    return "pin_low" if token.flags & TokenFlag.USER_PIN_COUNT_LOW else "pin"


def _token_in(lib: Any) -> Any:
    """The token to use: an eID card before any other."""
    from pkcs11 import PKCS11Error, TokenFlag

    slots = lib.get_slots()
    if not slots:
        raise IdentityError("card_no_reader")
    tokens = []
    for slot in slots:
        try:
            token = slot.get_token()
        except PKCS11Error:  # an empty reader, or a card upside down in it
            continue
        if token.flags & TokenFlag.TOKEN_INITIALIZED:
            tokens.append(token)
    if not tokens:
        raise IdentityError("card_none")
    return next((token for token in tokens if token.label == EID_LABEL), tokens[0])


def _certificates(session: Any) -> dict[tuple[str, bytes], x509.Certificate]:
    """The certificates of a token that can be read, by their label and id."""
    from cryptography import x509
    from pkcs11 import Attribute, ObjectClass

    found = {}
    for one in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})):
        label, key, data = one[Attribute.LABEL], one[Attribute.ID], one[Attribute.VALUE]
        try:
            found[str(label), bytes(key)] = x509.load_der_x509_certificate(bytes(data))
        except ValueError:
            continue
    return found


def _own(certificates: dict[tuple[str, bytes], x509.Certificate], label: str) -> tuple[str, bytes]:
    """The certificate to sign with: an eID card's by its label, else the only one that fits."""
    if label == EID_LABEL:
        fitting = [place for place in certificates if place[0] == EID_SIGNATURE]
    else:
        fitting = [place for place, one in certificates.items() if _facts(one).for_signing]
    if len(fitting) != 1:
        key = "card_without_signature" if not fitting else "card_several"
        raise IdentityError(key, label=names.shown(label), count=len(fitting))
    return fitting[0]


def _facts(certificate: x509.Certificate) -> Facts:
    from cryptography.hazmat.primitives.serialization import Encoding

    return facts(certificate.public_bytes(Encoding.DER))
