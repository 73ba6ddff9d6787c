"""Tokens for tests: SoftHSM with one that is laid out as the Belgian eID card is."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from bundle import craft
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key

PIN, OTHER_PIN = "1234", "9999"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


def module() -> Path:
    """SoftHSM's module."""
    return next(Path(one) for one in MODULES if Path(one).exists())


@dataclass(frozen=True)
class Card:
    """What a card of the tests holds: its two certificates, and the authority at the top."""

    root: craft.Authority
    signature: x509.Certificate
    authentication: x509.Certificate


def configure(folder: Path) -> str:
    """Makes an empty SoftHSM in a folder; gives what SOFTHSM2_CONF must be."""
    (folder / "tokens").mkdir(parents=True, exist_ok=True)
    file = folder / "softhsm2.conf"
    file.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    return str(file)


def init(conf: str, label: str) -> None:
    """Puts a token without anything on it in SoftHSM."""
    command = ["softhsm2-util", "--init-token", "--free", "--label", label]
    subprocess.run(
        [*command, "--so-pin", "5678", "--pin", PIN],
        check=True,
        capture_output=True,
        env={**os.environ, "SOFTHSM2_CONF": conf},
    )


def fill(card_label: str, parts: list[tuple[str, int, x509.Certificate, Any]]) -> None:
    """Puts certificates, and keys where they are given, on a token of the SoftHSM in use."""
    lib = pkcs11.lib(str(module()))
    try:
        token = lib.get_token(token_label=card_label)
        with token.open(rw=True, user_pin=PIN) as session:
            for label, number, certificate, key in parts:
                add(session, label, bytes([number]), certificate, key)
    finally:
        pkcs11.unload(str(module()))


def add(session: Any, label: str, number: bytes, certificate: x509.Certificate, key: Any) -> None:
    """Puts one certificate on a token, and its key where it is given."""
    common = {Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.ID: number}
    session.create_object(
        {
            **common,
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
            Attribute.PRIVATE: False,
            Attribute.SUBJECT: certificate.subject.public_bytes(),
            Attribute.VALUE: certificate.public_bytes(Encoding.DER),
        }
    )
    if key is None:
        return
    if isinstance(key, rsa.RSAPrivateKey):
        form, decode, kind = PrivateFormat.TraditionalOpenSSL, decode_rsa_private_key, KeyType.RSA
    else:
        form, decode, kind = PrivateFormat.TraditionalOpenSSL, decode_ec_private_key, KeyType.EC
    found = decode(key.private_bytes(Encoding.DER, form, NoEncryption()))
    session.create_object(
        {
            **found,
            **common,
            Attribute.CLASS: ObjectClass.PRIVATE_KEY,
            Attribute.KEY_TYPE: kind,
            Attribute.PRIVATE: True,
            Attribute.SENSITIVE: True,
            Attribute.SIGN: True,
        }
    )


def eid(kind: str = "p384", label: str = "BELPIC", **how: Any) -> Card:
    """Fills a token as an eID card is: Authentication, Signature, CA and Root, in that order."""
    root = craft.new_authority("Belgium Root CA (proef)")
    citizens = craft.new_authority("Citizen CA (proef)", root)
    keys = craft.new_key(kind), craft.new_key(kind)
    login = craft.certified("Els Wouters (Authentication)", keys[0], citizens)
    usage = ("content_commitment",)
    signature = craft.certified(
        "Els Wouters (Signature)", keys[1], citizens, **{"usage": usage, **how}
    )
    fill(
        label,
        [
            ("Authentication", 2, login, keys[0]),
            ("Signature", 3, signature, keys[1]),
            ("CA", 4, citizens.certificate, None),
            ("Root", 6, root.certificate, None),
        ],
    )
    return Card(root, signature, login)
