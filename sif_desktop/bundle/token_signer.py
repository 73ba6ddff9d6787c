"""The signer whose key lies on a token: it opens the token for one signature, and closes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pkcs11 import PROTECTED_AUTH, Attribute, Mechanism, PKCS11Error, TokenFlag
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.sign.pkcs11 import ECDSA_MECH_MAP, RSA_MECH_MAP, PKCS11Signer, find_token
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sif_desktop.bundle.token import AskPin, OnReader, PinState, Place, library, pin_state, told
from sif_desktop.errors import IdentityError

if TYPE_CHECKING:
    from cryptography import x509


class TokenSigner(PKCS11Signer):  # type: ignore[misc, unused-ignore]
    """pyHanko's signer for a token, with a session that lives as long as one signature."""

    def __init__(
        self,
        place: Place,
        certificate: x509.Certificate,
        others: list[x509.Certificate],
        ask_pin: AskPin,
        on_reader: OnReader,
    ) -> None:
        super().__init__(
            None,  # type: ignore[arg-type, unused-ignore]
            signing_cert=translate_pyca_cryptography_cert_to_asn1(certificate),
            key_label=place.key_label,
            key_id=place.key_id,
            embed_roots=False,
        )
        # Without the signer's own certificate, which would go into the signature twice.
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(map(translate_pyca_cryptography_cert_to_asn1, others))
        self._cert_registry = store
        self._place = place
        self._ask_pin, self._on_reader = ask_pin, on_reader

    @property
    def signing_cert(self) -> Any:
        """The certificate, as it was read when the identity was opened."""
        return self._signing_cert

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Signs with the key of the token, asking for the PIN. Raises IdentityError."""
        if dry_run:
            return bytes(self.estimate_raw_signature_size_bytes())
        with library(self._place.module) as lib, self._session(lib) as (session, pin):
            self.pkcs11_session = session
            self._key_handle = self._pull_signing_key_handle()  # type: ignore[no-untyped-call]
            self._loaded = True
            self.use_raw_mechanism = not self._hashes_itself(session, digest_algorithm)
            self._sign_kwargs = {"pin": pin} if pin and self._asks_again() else {}
            try:
                return bytes(await super().async_sign_raw(data, digest_algorithm))
            finally:
                self._loaded, self._key_handle, self._sign_kwargs = False, None, {}
                self.pkcs11_session = None  # type: ignore[assignment, unused-ignore]

    @contextmanager
    def _session(self, lib: Any) -> Iterator[tuple[Any, str | None]]:
        """A session on the same token as before, with the user logged in where that is needed."""
        token = _same_token(lib, self._place)
        state = pin_state(token)
        pin: Any = None
        if token.flags & TokenFlag.LOGIN_REQUIRED:  # else the middleware asks in its own window
            pin = PROTECTED_AUTH if _has_pad(token) else self._ask_pin(state)
        try:
            with self._typed_on_reader(state if pin is PROTECTED_AUTH else None):
                session = token.open(user_pin=pin)
        except PKCS11Error as error:
            raise told(error, _same_token(lib, self._place)) from error
        with session:
            yield session, pin if isinstance(pin, str) else None

    @contextmanager
    def _typed_on_reader(self, state: PinState | None) -> Iterator[None]:
        """Tells, for as long as this block takes, that the PIN is typed on the reader; with None
        it is not."""
        if state is None:
            yield
            return
        self._on_reader(state)
        try:
            yield
        finally:
            self._on_reader(None)

    def _hashes_itself(self, session: Any, digest_algorithm: str) -> bool:
        """Whether the token has the mechanism that hashes too; all have the bare one."""
        known: set[Mechanism] = session.token.slot.get_mechanisms()
        curve = self.signing_cert.public_key.algorithm == "ec"
        return (ECDSA_MECH_MAP if curve else RSA_MECH_MAP)[digest_algorithm] in known

    def _asks_again(self) -> bool:
        """Whether the key wants the PIN anew for each signature, on top of the login."""
        try:
            return bool(self._key_handle[Attribute.ALWAYS_AUTHENTICATE])  # type: ignore[index, unused-ignore]
        except PKCS11Error:
            return False


def _has_pad(token: Any) -> bool:
    """Whether the PIN of a token is typed on its reader, and never comes by here."""
    return bool(token.flags & TokenFlag.PROTECTED_AUTHENTICATION_PATH)


def _same_token(lib: Any, place: Place) -> Any:
    """The token that the identity was read from. Raises IdentityError where another one is in."""
    from pyhanko.config.pkcs11 import TokenCriteria

    token = find_token(
        lib.get_slots(), token_criteria=TokenCriteria(label=place.label, serial=place.serial)
    )
    if token is None:
        raise IdentityError("card_changed")
    return token
