"""Crafted containers whose manifests are odd, or do not fit what is there."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from hashlib import sha1, sha256

from bundle import craft
from bundle.craft import MANIFEST, PAYLOAD, SIGNATURE
from bundle.crafted import Parts, case, plain

from sif_desktop.bundle.identity import Identity


# ------------------------------------------------------------------ manifests, signed as they are
def sheet(name: str, code: str, bend: Callable[[bytes], bytes]) -> None:
    """A case whose manifest was bent before it was signed: the signature itself is good."""
    case(name, code, lambda parts, me: plain(craft.resigned(dict(PAYLOAD), me, bend)))


def swap(old: str, new: str, count: int = 1) -> Callable[[bytes], bytes]:
    def bend(xml: bytes) -> bytes:
        assert old.encode() in xml
        return xml.replace(old.encode(), new.encode(), count)

    return bend


ROOT, ITEM = "<asic:ASiCManifest", '<asic:DataObjectReference URI="proposal.json"'
SHA_256, DS = "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#"
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a '"
    + "ha" * 50
    + "'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
    + "]>"
)


def _one_item(xml: bytes) -> bytes:
    found = re.search(
        rb'<asic:DataObjectReference URI="proposal.json".*?</asic:DataObjectReference>', xml
    )
    assert found
    return found.group()


sheet("a DOCTYPE", "manifest_doctype", swap(ROOT, f"<!DOCTYPE x>{ROOT}"))
sheet(
    "an external DTD",
    "manifest_doctype",
    swap(ROOT, f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">{ROOT}'),
)
sheet(
    "an external entity",
    "manifest_doctype",
    lambda xml: swap("proposal.json", "&e;")(
        swap(ROOT, f"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{ROOT}")(xml)
    ),
)
sheet(
    "a billion laughs",
    "manifest_doctype",
    lambda xml: swap("proposal.json", "&j;")(swap(ROOT, LAUGHS + ROOT)(xml)),
)
sheet(
    "a DOCTYPE in UTF-16",
    "manifest_unreadable",
    lambda xml: (
        swap(ROOT, f"<!DOCTYPE x>{ROOT}")(xml)
        .decode()
        .replace("'UTF-8'", "'UTF-16'")
        .encode("utf-16")
    ),
)
sheet(
    "a DOCTYPE in UTF-7",
    "manifest_unreadable",
    lambda xml: xml.replace(b"'UTF-8'", b"'UTF-7'").replace(
        ROOT.encode(), b"+ADwAIQ-DOCTYPE x+AD4-" + ROOT.encode()
    ),
)
sheet("an entity that is not declared", "manifest_unreadable", swap("proposal.json", "&nbsp;"))
sheet("SHA-1", "manifest_digest_method", swap(SHA_256, f"{DS}sha1"))
sheet(
    "a true SHA-1",
    "manifest_digest_method",
    lambda xml: swap(SHA_256, f"{DS}sha1")(xml).replace(
        base64.b64encode(sha256(PAYLOAD["proposal.json"]).digest()),
        base64.b64encode(sha1(PAYLOAD["proposal.json"]).digest()),
    ),
)
sheet("MD5", "manifest_digest_method", swap(SHA_256, "http://www.w3.org/2001/04/xmldsig-more#md5"))
sheet("no method", "manifest_digest_method", swap(f' Algorithm="{SHA_256}"', ""))
sheet(
    "a name twice",
    "manifest_lists_twice",
    lambda xml: xml.replace(_one_item(xml), _one_item(xml) * 2),
)
sheet(
    "a name twice with another digest",
    "manifest_lists_twice",
    lambda xml: xml.replace(
        _one_item(xml),
        _one_item(xml)
        + _one_item(xml).replace(
            base64.b64encode(sha256(PAYLOAD["proposal.json"]).digest()), base64.b64encode(bytes(32))
        ),
    ),
)
sheet("a name in another encoding", "manifest_name", swap("proposal.json", "%70roposal.json"))
sheet(
    "a name twice in two encodings",
    "manifest_name",
    lambda xml: xml.replace(
        _one_item(xml), _one_item(xml) + _one_item(xml).replace(b"proposal", b"%70roposal")
    ),
)
for uri in (
    "./proposal.json",
    "/proposal.json",
    "../proposal.json",
    "file:///proposal.json",
    "http://127.0.0.1:9/x",
    "proposal.json#x",
    "proposal.json?x",
    "",
    "%2e%2e/x",
    "%ff",
    "attachments//001.pdf",
    "PROPOSAL%2EJSON",
    " proposal.json",
):
    sheet(f"URI {uri!r}", "manifest_name", swap('URI="proposal.json"', f'URI="{uri}"'))
sheet("no URI", "manifest_name", swap(' URI="proposal.json"', ""))
sheet("a member left out", "member_unlisted", lambda xml: xml.replace(_one_item(xml), b""))
sheet(
    "a member that is not there",
    "member_missing",
    lambda xml: xml.replace(
        _one_item(xml), _one_item(xml) + _one_item(xml).replace(b"proposal", b"other")
    ),
)
sheet(
    "mimetype listed",
    "member_missing",
    lambda xml: xml.replace(
        _one_item(xml), _one_item(xml) + _one_item(xml).replace(b"proposal.json", b"mimetype")
    ),
)
sheet(
    "the manifest lists itself",
    "member_missing",
    lambda xml: xml.replace(
        _one_item(xml), _one_item(xml) + _one_item(xml).replace(b"proposal.json", MANIFEST.encode())
    ),
)
sheet("deep nesting", "manifest_unreadable", swap(ITEM, "<x>" * 5000 + ITEM))
sheet("an unknown element", "manifest_form", swap(ITEM, f"<x/>{ITEM}"))
sheet(
    "an extension that must be understood",
    "manifest_form",
    swap(
        "</asic:ASiCManifest>",
        '<asic:ASiCManifestExtensions><asic:Extension Critical="true"/>'
        "</asic:ASiCManifestExtensions></asic:ASiCManifest>",
    ),
)
sheet(
    "double ids",
    "manifest_form",
    lambda xml: swap(ITEM, f'{ITEM} Id="a"')(
        swap("<asic:SigReference", '<asic:SigReference Id="a"')(xml)
    ),
)
sheet(
    "double xml:ids",
    "manifest_form",
    lambda xml: swap(ITEM, f'{ITEM} xml:id="a"')(
        swap("<asic:SigReference", '<asic:SigReference xml:id="a"')(xml)
    ),
)
sheet("an attribute twice", "manifest_unreadable", swap(ITEM, f'{ITEM} URI="call.json"'))
sheet("another namespace", "manifest_form", swap("02918/v1.2.1#", "02918/v9.9.9#"))
sheet("no namespace for the digest", "manifest_form", swap(DS, "urn:other"))
sheet(
    "no reference to a signature",
    "manifest_form",
    lambda xml: re.sub(rb"<asic:SigReference.*?/>", b"", xml),
)
sheet(
    "two references to signatures",
    "manifest_form",
    lambda xml: re.sub(rb"(<asic:SigReference.*?/>)", rb"\1\1", xml),
)
sheet(
    "the reference last",
    "manifest_form",
    lambda xml: re.sub(
        rb"(<asic:SigReference.*?/>)(.*)(</asic:ASiCManifest>)", rb"\2\1\3", xml, flags=re.DOTALL
    ),
)
sheet(
    "a reference of another type", "manifest_form", swap("application/pkcs7-signature", "text/xml")
)
sheet("a reference to nothing", "manifest_without_signature", swap("signature001", "signature002"))
sheet("a reference to a payload", "manifest_without_signature", swap(SIGNATURE, "proposal.pdf"))
sheet("a comment between", "manifest_form", swap(ITEM, f"<!-- x -->{ITEM}"))
sheet(
    "a comment within a digest",
    "manifest_form",
    swap("</ds:DigestValue>", "<!-- x --></ds:DigestValue>"),
)
sheet("an instruction", "manifest_form", swap(ITEM, f"<?x y?>{ITEM}"))
sheet("an instruction in front", "manifest_form", swap(ROOT, f"<?xml-stylesheet href='x'?>{ROOT}"))
sheet("text between", "manifest_form", swap(ITEM, f"x{ITEM}"))
sheet(
    "a digest that is none",
    "manifest_form",
    lambda xml: re.sub(rb"<ds:DigestValue>[^<]*", b"<ds:DigestValue>?", xml, count=1),
)
sheet(
    "a short digest",
    "manifest_form",
    lambda xml: re.sub(rb"<ds:DigestValue>[^<]*", b"<ds:DigestValue>AAAA", xml, count=1),
)
sheet(
    "an empty digest",
    "manifest_form",
    lambda xml: re.sub(rb"<ds:DigestValue>[^<]*", b"<ds:DigestValue>", xml, count=1),
)
sheet(
    "two digests",
    "manifest_form",
    lambda xml: re.sub(rb"(<ds:DigestMethod.*?</ds:DigestValue>)", rb"\1\1", xml, count=1),
)
sheet(
    "only the head",
    "manifest_form",
    lambda xml: re.sub(rb"<asic:DataObjectReference.*</asic:DataObjectReference>", b"", xml),
)
sheet(
    "an XInclude",
    "manifest_form",
    swap(ITEM, f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>{ITEM}'),
)
sheet("no XML", "manifest_unreadable", lambda xml: b"{}")
sheet("an empty file", "manifest_unreadable", lambda xml: b"")
sheet("two roots", "manifest_unreadable", lambda xml: xml + xml[xml.index(b"<asic") :])
sheet("a NUL", "manifest_unreadable", swap("proposal.json", "proposal\0json"))


# ------------------------------------------------------------------ manifests and signatures
OTHER_SHEET, OTHER_SIGNATURE = "META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"


def _second(parts: Parts, me: Identity, left_out: str) -> bytes:
    """A second good signature, by the same signer, over all but one member."""
    less = {name: data for name, data in PAYLOAD.items() if name != left_out}
    again = craft.resigned(less, me, swap("signature001", "signature002"))
    return plain({**parts, OTHER_SHEET: again[MANIFEST], OTHER_SIGNATURE: again[SIGNATURE]})


case(
    "no signature",
    "unsigned",
    lambda p, _: plain({n: d for n, d in p.items() if not n.startswith("META")}),
)
case(
    "a manifest without its signature",
    "manifest_without_signature",
    lambda p, _: plain({n: d for n, d in p.items() if n != SIGNATURE}),
)
case(
    "a signature without its manifest",
    "signature_without_manifest",
    lambda p, _: plain({n: d for n, d in p.items() if n != MANIFEST}),
)
case(
    "two manifests for one signature",
    "signature_named_twice",
    lambda p, _: plain({**p, OTHER_SHEET: p[MANIFEST]}),
)
case(
    "a signature too many",
    "signature_without_manifest",
    lambda p, _: plain({**p, OTHER_SIGNATURE: p[SIGNATURE]}),
)
case(
    "a second signature over less", "member_unlisted", lambda p, me: _second(p, me, "proposal.pdf")
)
case(
    "a member that nobody signed",
    "member_unlisted",
    lambda p, _: plain({**p, "attachments/002.pdf": b"x"}),
)
case(
    "a member taken out",
    "member_missing",
    lambda p, _: plain({n: d for n, d in p.items() if n != "proposal.pdf"}),
)
case(
    "two members swapped",
    "member_changed",
    lambda p, _: plain(
        {**p, "proposal.pdf": p["attachments/001.pdf"], "attachments/001.pdf": p["proposal.pdf"]}
    ),
)
case(
    "a swapped PDF",
    "member_changed",
    lambda p, _: plain({**p, "proposal.pdf": b"%PDF-1.7 another"}),
)
case("an emptied member", "member_changed", lambda p, _: plain({**p, "call.json": b""}))
case(
    "a list of another kind beside the signatures",
    "foreign_list",
    lambda p, _: plain({**p, "META-INF/manifest.xml": b"<x/>"}),
)
case(
    "a hidden file beside the signatures",
    "member_unknown",
    lambda p, _: plain({**p, "META-INF/a/b.exe": b"MZ"}),
)
case(
    "a signature by XAdES",
    "xades_not_judged",
    lambda p, _: plain({**p, "META-INF/signatures0.xml": b"<x/>"}),
)
case(
    "a time stamp",
    "time_stamp_not_judged",
    lambda p, _: plain({**p, "META-INF/timestamp001.tst": b"x"}),
)
case(
    "an archive's manifest",
    "time_stamp_not_judged",
    lambda p, _: plain({**p, "META-INF/ASiCArchiveManifest001.xml": b"x"}),
)
case(
    "an evidence record",
    "evidence_not_judged",
    lambda p, _: plain({**p, "META-INF/evidencerecord001.ers": b"x"}),
)
case(
    "200 signatures",
    "too_many_signatures",
    lambda p, _: plain({**p, **{f"META-INF/signature{n}.p7s": p[SIGNATURE] for n in range(200)}}),
)
