"""Signing with a card: SoftHSM stands in for the Belgian eID card and its reader."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pkcs11
import pytest
from bundle import craft, tokens
from cryptography.hazmat.primitives.serialization import Encoding

from sif_desktop.bundle import middleware
from sif_desktop.bundle.cades import partner_role
from sif_desktop.bundle.cosign import cosign
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.token import library, open_token, pin_state, told
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import IdentityError

ROLE = partner_role("Buurtwerk vzw")


@pytest.fixture
def conf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty SoftHSM of this test's own."""
    found = tokens.configure(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", found)
    return found


@pytest.fixture
def card(conf: str) -> tokens.Card:
    """A card laid out as the eID is, with keys on the curve P-384 as those of today."""
    tokens.init(conf, "BELPIC")
    return tokens.eid()


def typed(*pins: str) -> tuple[Callable[[str], str], list[str]]:
    """Somebody who types these PINs in turn, and what was asked."""
    asked: list[str] = []

    def ask(state: str) -> str:
        asked.append(state)
        return pins[min(len(asked), len(pins)) - 1]

    return ask, asked


def opened(*pins: str) -> tuple[Identity, list[str]]:
    """The identity on the card, and what was asked of whoever holds it."""
    ask, asked = typed(*pins or (tokens.PIN,))
    return open_token(tokens.module(), ask), asked


def key_of(act: Callable[[], object]) -> str:
    """The key of the error that an act must end with."""
    with pytest.raises(IdentityError) as caught:
        act()
    return caught.value.key


@pytest.mark.parametrize("kind", ["p384", "p256", "rsa2048"])
def test_a_card_signs_with_its_signature_key_and_openssl_accepts(
    tmp_path: Path, conf: str, kind: str
) -> None:
    tokens.init(conf, "BELPIC")
    card = tokens.eid(kind)
    identity, asked = opened()
    assert (identity.kind, identity.name) == ("pkcs11", "Els Wouters (Signature)")
    assert asked == []  # looking at a card needs no PIN
    path = craft.bundle(tmp_path / "a.asice", identity)
    assert asked == ["pin"]
    (one,) = verify(path).signatures
    assert one.valid and one.name == "Els Wouters (Signature)"
    assert craft.others_accept(tmp_path / "apart", path, card.root.pem)


def test_the_chain_goes_along_but_for_the_root(
    tmp_path: Path, card: tokens.Card, good: Path
) -> None:
    identity, _ = opened()
    cosign(good, good, identity, role=ROLE)
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes(card.root.pem)
    verdict = verify(good, trust=trust)
    assert verdict.intact
    assert verdict.signatures[1].identity == "trusted"
    assert verdict.signatures[1].by_authority == "Belgium Root CA (proef)"
    signature = craft.contents(good)[verdict.signatures[1].file]
    assert card.root.certificate.public_bytes(Encoding.DER) not in signature
    assert card.authentication.public_bytes(Encoding.DER) not in signature


def test_no_session_and_no_login_is_left(card: tokens.Card, good: Path) -> None:
    identity, asked = opened()
    cosign(good, good, identity, role=ROLE)
    assert str(tokens.module()) not in pkcs11._loaded
    with library(tokens.module()) as lib:
        token = lib.get_token(token_label="BELPIC")
        with token.open() as session:
            private = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY}
            assert list(session.get_objects(private)) == []  # nobody is logged in
    assert len(asked) == 1


def test_a_wrong_pin_is_said_and_the_next_one_is_asked_with_a_warning(
    card: tokens.Card, good: Path
) -> None:
    before = good.read_bytes()
    identity, asked = opened(tokens.OTHER_PIN, tokens.PIN)
    key = key_of(lambda: cosign(good, good, identity, role=ROLE))
    assert key == "card_wrong_pin_low"
    assert good.read_bytes() == before
    assert len(asked) == 1  # a wrong PIN is never tried again by itself
    cosign(good, good, identity, role=ROLE)
    assert asked == ["pin", "pin_low"]
    assert verify(good).intact


@pytest.mark.parametrize("pin", ["", "1", "x" * 300])
def test_a_pin_of_another_length_is_a_wrong_pin(card: tokens.Card, good: Path, pin: str) -> None:
    identity, _ = opened(pin)
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)).startswith("card_wrong_pin")


def test_the_pin_is_in_no_error_and_no_log(
    card: tokens.Card, good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    identity, _ = opened("83415927")
    with pytest.raises(IdentityError) as caught:
        cosign(good, good, identity, role=ROLE)
    error: BaseException | None = caught.value
    while error is not None:
        assert "83415927" not in str(error) + repr(error.args)
        error = error.__cause__
    assert "83415927" not in caplog.text + repr(identity)


def test_a_card_that_was_swapped_or_taken_out_signs_nothing(
    tmp_path: Path, card: tokens.Card, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, asked = opened()
    other = tokens.configure(tmp_path / "other")
    monkeypatch.setenv("SOFTHSM2_CONF", other)
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)) == "card_changed"
    tokens.init(other, "BELPIC")
    tokens.eid()
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)) == "card_changed"
    assert asked == []


def test_an_expired_certificate_is_said_before_the_pin_is_asked(conf: str, good: Path) -> None:
    tokens.init(conf, "BELPIC")
    tokens.eid(days=(-400, -3))
    identity, asked = opened()
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)) == "identity_expired"
    assert asked == []


def test_no_card_and_a_card_without_a_signature(conf: str) -> None:
    assert key_of(opened) == "card_none"
    tokens.init(conf, "BELPIC")
    assert key_of(opened) == "card_without_signature"


def test_another_token_signs_with_its_only_certificate_for_signing(
    tmp_path: Path, conf: str
) -> None:
    tokens.init(conf, "MijnToken")
    root = craft.new_authority("Proefautoriteit")
    key = craft.new_key("rsa2048")
    server = craft.certified("server", key, root, usage=("key_encipherment",))
    own = craft.certified("An Claes", key, root)
    tokens.fill("MijnToken", [("server", 1, server, None), ("an", 2, own, key)])
    identity, _ = opened()
    assert identity.name == "An Claes"
    assert verify(craft.bundle(tmp_path / "a.asice", identity)).intact
    tokens.fill("MijnToken", [("twee", 3, own, key)])
    assert key_of(opened) == "card_several"


def test_a_module_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "libbeidpkcs11.so.0").write_bytes(b"no library")
    ask, _ = typed("1234")
    key = key_of(lambda: open_token(tmp_path / "libbeidpkcs11.so.0", ask))
    assert key == "card_middleware"


class _Reader:
    """A module with readers and a card that SoftHSM cannot play: PIN pads, cards that block."""

    def __init__(self, flags: pkcs11.TokenFlag | None, complaint: Exception | None = None) -> None:
        self._flags, self._complaint = flags, complaint
        self.pins: list[Any] = []

    def get_slots(self, token_present: bool = False) -> list[Any]:
        return [] if self._flags is None else [SimpleNamespace(get_token=self.get_token)]

    def get_token(self) -> Any:
        return SimpleNamespace(label="BELPIC", serial=b"1", flags=self._flags, open=self.open)

    def open(self, user_pin: Any = None) -> Any:
        self.pins.append(user_pin)
        raise self._complaint or pkcs11.PinIncorrect()


READY = pkcs11.TokenFlag.TOKEN_INITIALIZED | pkcs11.TokenFlag.LOGIN_REQUIRED


@pytest.mark.parametrize(
    ("flags", "complaint", "key"),
    [
        (READY, pkcs11.PinIncorrect(), "card_wrong_pin"),
        (READY | pkcs11.TokenFlag.USER_PIN_COUNT_LOW, pkcs11.PinIncorrect(), "card_wrong_pin_low"),
        (
            READY | pkcs11.TokenFlag.USER_PIN_FINAL_TRY,
            pkcs11.PinIncorrect(),
            "card_wrong_pin_final",
        ),
        (READY | pkcs11.TokenFlag.USER_PIN_LOCKED, None, "card_blocked"),
        (READY, pkcs11.PinLocked(), "card_blocked"),
        (READY, pkcs11.FunctionCancelled(), "card_cancelled"),
        (READY, pkcs11.DeviceRemoved(), "card_removed"),
        (READY, pkcs11.UserPinNotInitialized(), "card_pin_not_set"),
        (READY, pkcs11.DeviceError(), "card_fault"),
    ],
)
def test_what_a_reader_complains_of_is_said(
    card: tokens.Card,
    good: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    flags: pkcs11.TokenFlag,
    complaint: Exception | None,
    key: str,
) -> None:
    identity, asked = opened("4321")
    reader = _Reader(flags, complaint)
    _same_serial(monkeypatch, reader)
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)) == key
    assert reader.pins == ([] if complaint is None else ["4321"])
    assert len(asked) == len(reader.pins)


def _same_serial(monkeypatch: pytest.MonkeyPatch, reader: _Reader) -> None:
    monkeypatch.setattr(pkcs11, "lib", lambda so: reader)
    monkeypatch.setattr(
        "sif_desktop.bundle.token_signer._same_token", lambda lib, place: reader.get_token()
    )


def test_a_reader_with_a_pin_pad_asks_itself(
    card: tokens.Card, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, asked = opened()
    reader = _Reader(READY | pkcs11.TokenFlag.PROTECTED_AUTHENTICATION_PATH, pkcs11.PinLocked())
    _same_serial(monkeypatch, reader)
    key_of(lambda: cosign(good, good, identity, role=ROLE))
    assert reader.pins == [pkcs11.PROTECTED_AUTH] and asked == []


def test_a_middleware_that_asks_in_its_own_window_is_left_to_it(
    card: tokens.Card, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, asked = opened()
    reader = _Reader(pkcs11.TokenFlag.TOKEN_INITIALIZED, pkcs11.FunctionCancelled())
    _same_serial(monkeypatch, reader)
    assert key_of(lambda: cosign(good, good, identity, role=ROLE)) == "card_cancelled"
    assert reader.pins == [None] and asked == []


def test_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pkcs11, "lib", lambda so: _Reader(None))
    assert key_of(opened) == "card_no_reader"
    assert told(pkcs11.PinIncorrect()).key == "card_wrong_pin"
    assert pin_state(SimpleNamespace(flags=READY)) == "pin"


def test_the_middleware_is_found_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for system, ending in (
        ("linux", "x86_64-linux-gnu/libbeidpkcs11.so.0"),
        ("darwin", "beid-pkcs11.bundle/Contents/MacOS/libbeidpkcs11.dylib"),
        ("win32", "System32/beidpkcs11.dll"),
    ):
        first = next(middleware.places(system))
        assert first.as_posix().endswith(ending)
        assert len(set(middleware.places(system))) > 1
    nowhere = tmp_path / "libbeidpkcs11.so.0"
    monkeypatch.setattr(middleware, "places", lambda system: iter([tmp_path / "x", nowhere]))
    assert key_of(middleware.find_module) == "card_no_middleware"
    nowhere.write_bytes(b"")
    assert middleware.find_module() == nowhere
    assert middleware.find_module(str(nowhere)) == nowhere
    monkeypatch.chdir(tmp_path)
    bad_ones = ["libbeidpkcs11.so.0", str(tmp_path), str(tmp_path / "weg.so")]
    for bad in (*bad_ones, "~niemand/weg.so", f"/{'x' * 300}"):
        assert key_of(lambda bad=bad: middleware.find_module(bad)) == "card_module_missing"
