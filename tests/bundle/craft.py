"""Making bundles for tests: good ones, and ones that nobody should make."""

from __future__ import annotations

import base64
import io
import stat
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sif_desktop.bundle import cades, manifest
from sif_desktop.bundle.container import MEDIA_TYPE
from sif_desktop.bundle.identity import Identity, _simple_signer, described
from sif_desktop.bundle.write import Member, write

PAYLOAD = {
    "proposal.json": b'{"call":"oproep-sociale-innovatie","format":1}',
    "proposal.pdf": b"%PDF-1.7\nthe dossier\n%%EOF\n",
    "call.json": b'{"id":"oproep-sociale-innovatie"}',
    "attachments/001.pdf": b"%PDF-1.4\nan attachment\n%%EOF\n",
}
MANIFEST, SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"


def members(payload: dict[str, bytes] = PAYLOAD) -> list[Member]:
    """Members of a bundle with these contents."""
    return [
        Member(name, lambda data=data: io.BytesIO(data), "application/octet-stream")
        for name, data in payload.items()
    ]


def bundle(path: Path, identity: Identity, **how: Any) -> Path:
    """A good bundle."""
    write(path, members(), identity, **how)
    return path


def contents(path: Path) -> dict[str, bytes]:
    """All members of a ZIP, as Python's own reader finds them."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@dataclass(frozen=True)
class Piece:
    """A member of a crafted ZIP, with what may be odd about it."""

    name: str
    data: bytes
    packed: bool = False
    mode: int = stat.S_IFREG | 0o644
    extra: bytes = b""
    comment: bytes = b""
    level: int | None = None


def pieces(parts: dict[str, bytes]) -> list[Piece]:
    """The members of a plain container, with nothing odd about them."""
    return [Piece(name, data) for name, data in parts.items()]


def zipped(parts: Sequence[Piece], *, comment: bytes = b"") -> bytes:
    """A ZIP of these members, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            head = zipfile.ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            head.filename = part.name
            head.create_system = 3
            head.external_attr = part.mode << 16
            head.extra, head.comment = part.extra, part.comment
            head.compress_type = zipfile.ZIP_DEFLATED if part.packed else zipfile.ZIP_STORED
            archive.NameToInfo.pop(part.name, None)
            archive.writestr(head, part.data, compresslevel=part.level)
        archive.comment = comment
    return out.getvalue()


@dataclass(frozen=True)
class Place:
    """Where the data of a member lie in a ZIP of ours, and its entry in the directory."""

    name: str
    header: int
    start: int
    end: int
    central: int


def places(data: bytes) -> list[Place]:
    """Where the members of a ZIP of ours lie."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        central = archive.start_dir
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.filename)
            end = start + info.file_size
            found.append(Place(info.filename, info.header_offset, start, end, central))
            central += 46 + len(info.filename)
    return found


def changed(data: bytes, at: int, flip: int, *, repaired: bool) -> bytes:
    """A ZIP with one byte changed; `repaired` sets the member's checksum right again."""
    new = bytearray(data)
    new[at] ^= flip
    place = next((place for place in places(data) if place.start <= at < place.end), None)
    if repaired and place:
        crc = struct.pack("<L", zlib.crc32(new[place.start : place.end]))
        new[place.header + 14 : place.header + 18] = crc
        new[place.central + 16 : place.central + 20] = crc
    return bytes(new)


def flipped(data: bytes, at: int, flip: int) -> bytes:
    """Bytes with one of them changed."""
    return data[:at] + bytes([data[at] ^ flip]) + data[at + 1 :]


def resigned(
    parts: dict[str, bytes], identity: Identity, xml: Callable[[bytes], bytes] = lambda xml: xml
) -> dict[str, bytes]:
    """A container over `parts` whose manifest was bent by `xml` before it was signed."""
    listed = [
        manifest.Listed(name, sha256(data).digest(), "application/octet-stream")
        for name, data in parts.items()
    ]
    content = xml(manifest.to_xml(manifest.Manifest(SIGNATURE, tuple(listed))))
    signature = cades.sign(content, identity, role="coordinator")
    head = {"mimetype": MEDIA_TYPE.encode()}
    return {**head, **parts, MANIFEST: content, SIGNATURE: signature}


def listed_in(xml: bytes) -> dict[str, str]:
    """The members of a manifest with their SHA-256, read by another reader than ours."""
    space = {"a": "http://uri.etsi.org/02918/v1.2.1#", "d": "http://www.w3.org/2000/09/xmldsig#"}
    found = {}
    for item in ElementTree.fromstring(xml).findall("a:DataObjectReference", space):
        method, value = item.find("d:DigestMethod", space), item.find("d:DigestValue", space)
        assert method is not None and value is not None and value.text
        assert method.get("Algorithm") == "http://www.w3.org/2001/04/xmlenc#sha256"
        found[item.attrib["URI"]] = base64.b64decode(value.text).hex()
    return found


def others_accept(folder: Path, path: Path, root: bytes) -> bool:
    """Whether `openssl` and `sha256sum` accept a bundle, taken apart by Python's own reader."""
    folder.mkdir()
    parts = contents(path)
    (folder / "root.pem").write_bytes(root)
    for name, data in parts.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    good = True
    for name in parts:
        if name.endswith(".p7s"):
            sheet = name.replace("signature", "ASiCManifest").replace(".p7s", ".xml")
            good &= openssl_accepts(folder / name, folder / sheet, folder / "root.pem")
            sums = listed_in(parts[sheet])
            inside = {one for one in parts if one != "mimetype" and not one.startswith("META-INF/")}
            lines = "".join(f"{digest}  {one}\n" for one, digest in sums.items())
            (folder / "sums").write_text(lines, encoding="ascii")
            check = ["sha256sum", "--check", "--strict", "--quiet", "sums"]
            done = subprocess.run(check, cwd=folder, capture_output=True, check=False)
            good &= done.returncode == 0 and sums.keys() == inside
    return good


def openssl_accepts(signature: Path, content: Path, root: Path) -> bool:
    """Whether `openssl` takes a detached CAdES signature over a file."""
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
    command += ["-in", str(signature), "-content", str(content), "-CAfile", str(root)]
    command += ["-purpose", "any", "-out", "/dev/null"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def pem(identity: Identity) -> bytes:
    """The certificate of an identity as PEM."""
    return x509.load_der_x509_certificate(identity.certificate).public_bytes(Encoding.PEM)


@dataclass(frozen=True)
class Authority:
    """A certificate that may sign others, with its key."""

    certificate: x509.Certificate
    key: Any

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)


def new_key(kind: str = "p256") -> Any:
    """A key: p256, p384, or rsa with a number of bits."""
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    return ec.generate_private_key(ec.SECP384R1() if kind == "p384" else ec.SECP256R1())


def certified(
    name: str,
    key: Any,
    issuer: Authority | None = None,
    *,
    ca: bool = False,
    days: tuple[int, int] = (-2, 400),
    usage: tuple[str, ...] = ("digital_signature",),
    purposes: tuple[x509.ObjectIdentifier, ...] = (),
    digest: Any = None,
) -> x509.Certificate:
    """A certificate, issued by itself where there is no `issuer`, valid from day to day."""
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    every += ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**{one: one in usage for one in every}), critical=True)
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return builder.sign(issuer.key if issuer else key, digest or hashes.SHA256())


def new_authority(name: str, issuer: Authority | None = None) -> Authority:
    """An authority, under another one where `issuer` is given."""
    key = new_key()
    usage = ("key_cert_sign", "crl_sign")
    return Authority(certified(name, key, issuer, ca=True, usage=usage), key)


def signer_with(
    certificate: x509.Certificate, key: Any, others: Sequence[x509.Certificate] = ()
) -> Identity:
    """An identity with any certificate and key, such as no function of ours makes."""
    return described(
        certificate, "ephemeral", lambda: _simple_signer(key, certificate, list(others))
    )


def issued_by(authority: Authority, name: str, kind: str = "p256", **how: Any) -> Identity:
    """An identity with a certificate of an authority."""
    key = new_key(kind)
    return signer_with(certified(name, key, authority, **how), key)
