"""The manifest of a signature (ASiCManifest of EN 319 162-1): written, and read as a stranger's.

A manifest names its signature, and each payload member with its digest. What is signed is the
manifest, so everything that it says is signed; what matters here is that it can be understood in
one way only.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from sif_desktop.bundle import names
from sif_desktop.bundle.problems import RefusedError
from sif_desktop.bundle.zip_layout import MOST_MEMBERS

if TYPE_CHECKING:
    from lxml import etree

LARGEST_MANIFEST = 1024 * 1024
"""Bytes of a manifest; more is refused unread."""

_ASIC = "http://uri.etsi.org/02918/v1.2.1#"
_DS = "http://www.w3.org/2000/09/xmldsig#"
_SIGNATURE_TYPE = "application/pkcs7-signature"

DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
"""The digest methods that count, by their URI; all others (MD5, SHA-1) are refused."""

_SIZES = {"sha256": 32, "sha384": 48, "sha512": 64}
_URI_OF = {name: uri for uri, name in DIGESTS.items()}
_PLAIN_IN_URI = "/-._~!$&'()*+,;=:@"


@dataclass(frozen=True, slots=True)
class Listed:
    """A payload member as a manifest lists it."""

    name: str
    digest: bytes
    media_type: str = ""
    method: str = "sha256"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one signature covers: `signature` is the name of its file."""

    signature: str
    listed: tuple[Listed, ...]


def to_xml(manifest: Manifest) -> bytes:
    """The manifest as XML: the same manifest always gives the same bytes."""
    from lxml import etree

    root = etree.Element(f"{{{_ASIC}}}ASiCManifest", nsmap={"asic": _ASIC, "ds": _DS})
    reference = etree.SubElement(root, f"{{{_ASIC}}}SigReference")
    reference.set("URI", _to_uri(manifest.signature))
    reference.set("MimeType", _SIGNATURE_TYPE)
    for listed in manifest.listed:
        item = etree.SubElement(root, f"{{{_ASIC}}}DataObjectReference")
        item.set("URI", _to_uri(listed.name))
        if listed.media_type:
            item.set("MimeType", listed.media_type)
        method = etree.SubElement(item, f"{{{_DS}}}DigestMethod")
        method.set("Algorithm", _URI_OF[listed.method])
        value = etree.SubElement(item, f"{{{_DS}}}DigestValue")
        value.text = base64.b64encode(listed.digest).decode("ascii")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def from_xml(data: bytes, member: str) -> Manifest:
    """The manifest in `data`. Raises RefusedError for anything that can be read in two ways.

    `member` is the name of the manifest itself, for the problem's sentence.
    """
    root = _parsed(data, member)
    parts = list(_elements(root, member))
    if root.tag != f"{{{_ASIC}}}ASiCManifest" or root.attrib or len(parts) < 2:
        raise RefusedError("manifest_form", member=member)
    reference, *items = parts
    if len(items) > MOST_MEMBERS or reference.tag != f"{{{_ASIC}}}SigReference" or len(reference):
        raise RefusedError("manifest_form", member=member)
    _only(reference, {"URI", "MimeType"}, member)
    if reference.get("MimeType", _SIGNATURE_TYPE) != _SIGNATURE_TYPE:
        raise RefusedError("manifest_form", member=member)
    listed = tuple(_listed(item, member) for item in items)
    known: set[str] = set()
    for one in listed:
        if one.name in known:
            raise RefusedError("manifest_lists_twice", member=member, name=names.shown(one.name))
        known.add(one.name)
    return Manifest(_from_uri(reference, member), listed)


def _parsed(data: bytes, member: str) -> etree._Element:
    """The root of the XML, read as UTF-8 whatever it declares, without any declared entity."""
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RefusedError("manifest_doctype", member=member)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("manifest_unreadable", member=member) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise RefusedError("manifest_doctype", member=member)
    if root.getprevious() is not None or root.getnext() is not None:
        raise RefusedError("manifest_form", member=member)
    return root


def _elements(parent: etree._Element, member: str) -> Iterator[etree._Element]:
    """The elements in `parent`. Refuses text, comments and instructions between them."""
    texts = [parent.text, *(child.tail for child in parent)]
    if any(text and text.strip() for text in texts):
        raise RefusedError("manifest_form", member=member)
    for child in parent:
        if not isinstance(child.tag, str):
            raise RefusedError("manifest_form", member=member)
        yield child


def _only(element: etree._Element, allowed: set[str], member: str) -> None:
    """Refuses an attribute that is not `allowed`."""
    if {str(name) for name in element.attrib} - allowed:
        raise RefusedError("manifest_form", member=member)


def _listed(item: etree._Element, member: str) -> Listed:
    parts = list(_elements(item, member))
    tags = [part.tag for part in parts]
    wanted = [f"{{{_DS}}}DigestMethod", f"{{{_DS}}}DigestValue"]
    if item.tag != f"{{{_ASIC}}}DataObjectReference" or tags != wanted:
        raise RefusedError("manifest_form", member=member)
    _only(item, {"URI", "MimeType", "Rootfile"}, member)
    method, value = parts
    _only(method, {"Algorithm"}, member)
    _only(value, set(), member)
    if len(method) or len(value) or (method.text or "").strip():
        raise RefusedError("manifest_form", member=member)
    algorithm = str(method.get("Algorithm", ""))
    if algorithm not in DIGESTS:
        raise RefusedError("manifest_digest_method", member=member, method=names.shown(algorithm))
    name = DIGESTS[algorithm]
    try:
        digest = base64.b64decode("".join((value.text or "").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise RefusedError("manifest_form", member=member) from error
    if len(digest) != _SIZES[name]:
        raise RefusedError("manifest_form", member=member)
    return Listed(_from_uri(item, member), digest, str(item.get("MimeType", "")), name)


def _to_uri(name: str) -> str:
    """A member's name as a relative reference (RFC 3986)."""
    return quote(name, safe=_PLAIN_IN_URI)


def _from_uri(element: etree._Element, member: str) -> str:
    """The member that an element names, which must be written in its one exact form."""
    uri = str(element.get("URI", ""))
    try:
        name = unquote(uri, errors="strict")
    except UnicodeDecodeError:
        name = ""
    if not names.is_safe(name) or _to_uri(name) != uri:
        raise RefusedError("manifest_name", member=member, name=names.shown(uri))
    return name
