"""Crafted containers whose signed attributes or certificates are odd, and truly signed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Any

from asn1crypto import algos, cms, core
from bundle import craft
from bundle.craft import MANIFEST, SIGNATURE
from bundle.crafted import Parts, case, plain
from pyhanko.sign.general import as_signing_certificate, as_signing_certificate_v2

from sif_desktop.bundle import der
from sif_desktop.bundle.identity import Identity

Attributes = list[Any]


def attributes(name: str, code: str, change: Callable[[Attributes, Identity], Attributes]) -> None:
    """A case whose signed attributes were changed before they were signed."""

    def build(parts: Parts, me: Identity) -> bytes:
        (signer,) = cms.ContentInfo.load(parts[SIGNATURE])["content"]["signer_infos"]
        own = [cms.CMSAttribute.load(one.dump()) for one in signer["signed_attrs"]]
        return plain({**parts, SIGNATURE: signed_with(change(own, me), me)})

    case(name, code, build)


def signed_with(own: Attributes, me: Identity) -> bytes:
    """A signature over just these attributes."""
    signing = me.signer().async_sign_prescribed_attributes("sha256", cms.CMSAttributes(own))
    return bytes(asyncio.run(signing).dump())


def but(own: Attributes, *kinds: str) -> Attributes:
    return [one for one in own if one["type"].native not in kinds]


def named(own: Attributes, kind: str) -> Any:
    return next(one for one in own if one["type"].native == kind)


def attribute(kind: str, *values: Any) -> Any:
    return cms.CMSAttribute({"type": kind, "values": list(values)})


def _own(me: Identity) -> Any:
    return me.signer().signing_cert


def _by_sha_1(own: Attributes, me: Identity) -> Attributes:
    old = attribute("signing_certificate", as_signing_certificate(_own(me)))
    return [*but(own, "signing_certificate_v2"), old]


def _naming(own: Attributes, *certificates: Any, method: str = "sha256") -> Attributes:
    value = as_signing_certificate_v2(certificates[0], method)
    for other in certificates[1:]:
        value["certs"].append(as_signing_certificate_v2(other, method)["certs"][0])
    return [*but(own, "signing_certificate_v2"), attribute("signing_certificate_v2", value)]


def _other(me: Identity) -> Any:
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translated

    return translated(craft.certified("Vreemde", craft.new_key()))


def _time_twice(own: Attributes, me: Identity) -> Attributes:
    other = cms.Time({"utc_time": core.UTCTime("200101000000Z")})
    return [*own, attribute("signing_time", other)]


def _two_times(own: Attributes, me: Identity) -> Attributes:
    values = [core.UTCTime(moment) for moment in ("200101000000Z", "210101000000Z")]
    times = [cms.Time({"utc_time": value}) for value in values]
    return [*but(own, "signing_time"), attribute("signing_time", *times)]


def _other_content_type(own: Attributes, me: Identity) -> Attributes:
    return [*but(own, "content_type"), attribute("content_type", "signed_data")]


attributes("no time", "signature_attributes", lambda own, me: but(own, "signing_time"))
attributes("no digest", "signature_attributes", lambda own, me: but(own, "message_digest"))
attributes("no kind of content", "signature_attributes", lambda own, me: but(own, "content_type"))
attributes(
    "no certificate named",
    "signature_attributes",
    lambda own, me: but(own, "signing_certificate_v2"),
)
attributes("a certificate named by SHA-1", "signature_attributes", _by_sha_1)
attributes(
    "a certificate named by MD5",
    "signature_attributes",
    lambda own, me: _naming(own, _own(me), method="md5"),
)
attributes(
    "another certificate named", "signature_unreadable", lambda own, me: _naming(own, _other(me))
)
attributes("a time twice", "signature_attributes", _time_twice)
attributes("two values of a time", "signature_attributes", _two_times)
attributes("another kind of content", "signature_unreadable", _other_content_type)


def _mixed_digests(parts: Parts, me: Identity) -> bytes:
    """The content by SHA-512, the signature's own by SHA-256."""
    (signer,) = cms.ContentInfo.load(parts[SIGNATURE])["content"]["signer_infos"]
    own = [cms.CMSAttribute.load(one.dump()) for one in signer["signed_attrs"]]
    digest = hashlib.sha512(parts[MANIFEST]).digest()
    own = but(own, "message_digest", "cms_algorithm_protection")
    data = signed_with([*own, attribute("message_digest", digest)], me)
    sha_256 = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
    data = rewritten(data, lambda one: sha_512() if one == sha_256 else one)
    return plain({**parts, SIGNATURE: data})


def sha_512() -> bytes:
    return bytes(algos.DigestAlgorithm({"algorithm": "sha512"}).dump())


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The structure anew, each of its values changed, from the inside out, lengths set right."""

    def write(node: der.Node) -> bytes:
        if not node.children:
            return change(node.bytes_in(data))
        content = b"".join(write(child) for child in node.children)
        return change(bytes([node.tag]) + length(len(content)) + content)

    return write(der.parse(data))


def length(size: int) -> bytes:
    """A length in its shortest form."""
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([size]) if size < 128 else bytes([0x80 | len(digits)]) + digits


def _parameters(parts: Parts, _: Identity) -> bytes:
    """A parameter of the digest, where there is none: twice, so that both places agree."""
    plain_form = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
    bent = b"\x30\x0e" + plain_form[2:-2] + b"\2\1\5"
    data = rewritten(parts[SIGNATURE], lambda one: bent if one == plain_form else one)
    return plain({**parts, SIGNATURE: data})


def turned(data: bytes, node: der.Node) -> bytes:
    """The structure with the values in one of its nodes turned round."""
    content = b"".join(child.bytes_in(data) for child in reversed(node.children))
    return data[: node.content] + content + data[node.end :]


def _certificates_turned(parts: Parts, _: Identity) -> bytes:
    root = craft.new_authority("Wortel")
    middle = craft.new_authority("Tussen", root)
    key = craft.new_key()
    an = craft.signer_with(craft.certified("An", key, middle), key, [middle.certificate])
    again = craft.resigned(dict(craft.PAYLOAD), an)
    node = der.parse(again[SIGNATURE]).children[1].children[0].children[3]
    return plain({**again, SIGNATURE: turned(again[SIGNATURE], node)})


def _attributes_turned(parts: Parts, _: Identity) -> bytes:
    data = parts[SIGNATURE]
    signer = der.parse(data).children[1].children[0].children[4].children[0]
    return plain({**parts, SIGNATURE: turned(data, signer.children[3])})


def _signers_version(parts: Parts, _: Identity) -> bytes:
    data = parts[SIGNATURE]
    signer = der.parse(data).children[1].children[0].children[4].children[0]
    at = signer.children[0].content
    return plain({**parts, SIGNATURE: data[:at] + b"\3" + data[at + 1 :]})


case("two digests mixed", "signature_algorithm", _mixed_digests)
case("a parameter of the digest", "signature_unreadable", _parameters)
case("certificates out of order", "signature_form", _certificates_turned)
case("attributes out of order", "signature_not_canonical", _attributes_turned)
case("another version of the signer", "signature_form", _signers_version)
