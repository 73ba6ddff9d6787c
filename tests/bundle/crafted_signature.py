"""Crafted containers whose signature file is odd."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn1crypto import cms, core
from bundle import craft
from bundle.craft import MANIFEST, PAYLOAD, SIGNATURE
from bundle.crafted import Parts, case, plain
from cryptography import x509

from sif_desktop.bundle.identity import Identity


# ------------------------------------------------------------------ the signature itself
def signed(name: str, code: str, bend: Callable[[bytes], bytes]) -> None:
    """A case whose signature file was changed afterwards."""
    case(name, code, lambda parts, _: plain({**parts, SIGNATURE: bend(parts[SIGNATURE])}))


def remade(change: Callable[[Any, Any], None]) -> Callable[[bytes], bytes]:
    """Takes the signature apart, changes it, and writes it anew as good DER."""

    def bend(data: bytes) -> bytes:
        info = cms.ContentInfo.load(data)
        content = info["content"].copy()
        (signer,) = content["signer_infos"]
        change(content, signer)
        content["signer_infos"] = content["signer_infos"]
        return bytes(
            cms.ContentInfo({"content_type": "signed_data", "content": content}).dump(force=True)
        )

    return bend


def _unsigned(content: Any, signer: Any) -> None:
    value = cms.CMSAttribute(
        {"type": "signing_time", "values": [cms.Time({"utc_time": core.UTCTime("260101000000Z")})]}
    )
    signer["unsigned_attrs"] = [value]


def _stamped(content: Any, signer: Any) -> None:
    token = cms.ContentInfo({"content_type": "data", "content": b"a time stamp"})
    value = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})
    signer["unsigned_attrs"] = [value]


def _twice(content: Any, signer: Any) -> None:
    content["signer_infos"].append(signer)


def _two_signers(content: Any, signer: Any) -> None:
    """A second signer whose value is another one."""
    other = signer.copy()
    other["signature"] = bytes(384)
    content["signer_infos"].append(other)


def _foreign(content: Any, signer: Any) -> None:
    other = craft.certified("Vreemde", craft.new_key()).public_bytes(craft.Encoding.DER)
    content["certificates"].append(cms.CertificateChoices.load(other))


def _lookalike(content: Any, signer: Any) -> None:
    """Another certificate for the same names and number, with a key of the attacker."""
    own = x509.load_der_x509_certificate(content["certificates"][0].dump())
    key = craft.new_key()
    false = (
        x509.CertificateBuilder(own.issuer, own.subject, key.public_key(), own.serial_number)
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(key, craft.hashes.SHA256())
    )
    content["certificates"] = [cms.CertificateChoices.load(false.public_bytes(craft.Encoding.DER))]


def _ber(data: bytes) -> bytes:
    """The outermost value with an indefinite length."""
    return data[:1] + b"\x80" + data[4:] + b"\0\0"


def _long_length(data: bytes) -> bytes:
    """The outermost length with one digit more than it needs."""
    return data[:1] + b"\x83\0" + data[2:4] + data[4:]


def _nested(data: bytes) -> bytes:
    inner = b""
    for _ in range(200):
        size = len(inner)
        inner = (
            b"\x30"
            + (
                bytes([size])
                if size < 128
                else b"\x82" + size.to_bytes(2, "big")
                if size > 255
                else b"\x81" + bytes([size])
            )
            + inner
        )
    return inner


signed("an unsigned attribute", "signature_unsigned_attributes", remade(_unsigned))
signed("a time stamp over the signature", "signature_time_stamped", remade(_stamped))
signed("a certificate of somebody else", "signature_foreign_certificates", remade(_foreign))
signed("a false certificate", "signature_unreadable", remade(_lookalike))
signed(
    "no certificate",
    "signature_form",
    remade(lambda content, _: content.__setitem__("certificates", None)),
)
signed("one signer twice", "signature_not_canonical", remade(_twice))
signed("two signers", "signature_several_signers", remade(_two_signers))
signed(
    "no signer", "signature_form", remade(lambda content, _: content["signer_infos"].__delitem__(0))
)
signed(
    "content within",
    "signature_form",
    remade(
        lambda content, _: content.__setitem__(
            "encap_content_info", {"content_type": "data", "content": b"x"}
        )
    ),
)
signed(
    "another version",
    "signature_form",
    remade(lambda content, _: content.__setitem__("version", "v3")),
)
signed(
    "two digests announced",
    "signature_form",
    remade(
        lambda content, _: content.__setitem__(
            "digest_algorithms", [{"algorithm": "sha256"}, {"algorithm": "sha512"}]
        )
    ),
)
signed(
    "another digest announced",
    "signature_form",
    remade(lambda content, _: content.__setitem__("digest_algorithms", [{"algorithm": "sha512"}])),
)
signed(
    "MD5 announced",
    "signature_algorithm",
    remade(lambda content, signer: signer.__setitem__("digest_algorithm", {"algorithm": "md5"})),
)
signed(
    "no value",
    "signature_wrong_value",
    remade(lambda content, signer: signer.__setitem__("signature", b"")),
)
signed(
    "a value of zeros",
    "signature_wrong_value",
    remade(lambda content, signer: signer.__setitem__("signature", bytes(384))),
)
signed(
    "plain RSA in place of what was signed",
    "signature_unreadable",
    remade(
        lambda content, signer: signer.__setitem__(
            "signature_algorithm", {"algorithm": "rsassa_pkcs1v15"}
        )
    ),
)
signed("bytes behind it", "signature_not_canonical", lambda data: data + b"\0")
signed("BER", "signature_not_canonical", _ber)
signed("a longer length", "signature_not_canonical", _long_length)
signed("nested 200 deep", "signature_not_canonical", _nested)
signed(
    "100,000 values",
    "signature_not_canonical",
    lambda data: b"\x30\x83\x03\x0d\x40" + b"\5\0" * 100_000,
)
signed("nothing", "signature_not_canonical", lambda data: b"")
signed("text", "signature_not_canonical", lambda data: b"-----BEGIN CMS-----")
signed("another structure", "signature_form", lambda data: b"\x30\x03\x02\x01\x05")


def by(name: str, code: str, make: Callable[[], Identity]) -> None:
    """A case that is signed, well and truly, by a signer that should not be accepted."""
    case(name, code, lambda parts, _: plain(craft.resigned(dict(PAYLOAD), make())))


def _weak() -> Identity:
    key = craft.new_key("rsa1024")
    return craft.signer_with(craft.certified("Zwak", key), key)


def _other_curve() -> Identity:
    key = craft.ec.generate_private_key(craft.ec.SECP256K1())
    return craft.signer_with(craft.certified("Munt", key), key)


by("RSA of 1,024 bits", "signature_weak_key", _weak)
by("a curve that is not accepted", "signature_weak_key", _other_curve)


def _of_another_bundle(parts: Parts, me: Identity) -> bytes:
    other = craft.resigned({**PAYLOAD, "proposal.json": b"{}"}, me)
    return plain({**parts, SIGNATURE: other[SIGNATURE]})


def _over_a_payload(parts: Parts, me: Identity) -> bytes:
    from sif_desktop.bundle import cades

    return plain({**parts, SIGNATURE: cades.sign(PAYLOAD["proposal.json"], me, role="coordinator")})


case("a signature of another bundle", "signature_other_content", _of_another_bundle)
case("a signature over a payload", "signature_other_content", _over_a_payload)
case(
    "a manifest of another bundle",
    "signature_other_content",
    lambda p, me: plain(
        {**p, MANIFEST: craft.resigned({**PAYLOAD, "proposal.json": b"{}"}, me)[MANIFEST]}
    ),
)
