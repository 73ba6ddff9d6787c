"""Names, manifests and DER: what is accepted has one form, and nothing else is let through."""

from __future__ import annotations

from hashlib import sha256

import pytest
from bundle import craft
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.bundle import der, manifest, names
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.judge import judge
from sif_desktop.bundle.manifest import Listed, Manifest, from_xml, to_xml
from sif_desktop.bundle.problems import RefusedError
from sif_desktop.bundle.trust import Trust

quick = settings(max_examples=150, derandomize=True, deadline=None)

step = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
member_names = st.lists(step, min_size=1, max_size=3).map("/".join).filter(names.is_safe)
digests = st.binary(min_size=32, max_size=32)
media_types = st.sampled_from(["", "application/pdf", 'text/plain; charset="utf-8"', "<&>"])


@quick
@given(st.dictionaries(member_names, st.tuples(digests, media_types), min_size=1, max_size=5))
def test_a_manifest_is_read_as_it_was_written(listed: dict[str, tuple[bytes, str]]) -> None:
    written = Manifest(
        craft.SIGNATURE,
        tuple(Listed(name, digest, kind) for name, (digest, kind) in listed.items()),
    )
    xml = to_xml(written)
    assert from_xml(xml, "x") == written
    assert to_xml(from_xml(xml, "x")) == xml


@quick
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_other_bytes_are_no_manifest(data: bytes) -> None:
    for xml in (data, b"<?xml version='1.0'?>" + data):
        with pytest.raises(RefusedError):
            from_xml(xml, "x")


@quick
@given(st.data())
def test_a_manifest_with_bytes_changed_says_what_it_says_or_nothing(data: st.DataObject) -> None:
    written = Manifest(craft.SIGNATURE, (Listed("a/b.pdf", sha256(b"x").digest(), "t/x"),))
    xml = bytearray(to_xml(written))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(xml) - 1))
        xml[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    try:
        read = from_xml(bytes(xml), "x")
    except RefusedError:
        return
    assert all(names.is_safe(one.name) and len(one.digest) == 32 for one in read.listed)
    assert from_xml(to_xml(read), "x") == read


@quick
@given(st.text(max_size=30))
def test_a_safe_name_is_safe_on_every_system(name: str) -> None:
    if names.is_safe(name):
        assert not name.startswith("/") and "\\" not in name and ":" not in name
        assert ".." not in name.split("/") and name.isprintable()
        assert all(part.strip() == part and not part.endswith(".") for part in name.split("/"))
    if names.is_ours(name):
        assert names.is_safe(name) and name.isascii()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("META-INF/ASiCManifest001.xml", "manifest"),
        ("META-INF/ASiCManifest-9f86d081.xml", "manifest"),
        ("META-INF/signature001.p7s", "signature"),
        ("META-INF/signature-9f86d081.p7s", "signature"),
        ("META-INF/signatures0.xml", "xades"),
        ("META-INF/timestamp001.tst", "time_stamp"),
        ("META-INF/evidencerecord.xml", "evidence"),
        ("META-INF/x/signature001.p7s", "unknown"),
        ("META-INF/signature001.p7s.exe", "unknown"),
        ("META-INF/manifest.xml", "foreign_list"),
    ],
)
def test_what_lies_beside_the_signatures(name: str, role: str) -> None:
    assert names.role(name) == role
    assert [names.role(one) for one in names.signature_files("-9f86")] == ["manifest", "signature"]


def test_what_is_shown_of_a_strangers_name_hides_nothing() -> None:
    assert names.shown("fdp\u202eexe\n.pdf\x1b[31m") == "fdp\ufffdexe\ufffd.pdf\ufffd[31m"
    assert len(names.shown("x" * 10_000)) == names.LONGEST_NAME


GOOD_DER = [
    "0500",
    "0101ff",
    "010100",
    "020100",
    "02020080",
    "0201ff",
    "0a0105",
    "0300".replace("0300", "030100"),
    "030206c0",
    "040100",
    "06032a0304",
    "0c02c3a9",
    "170d3236303130313030303030305a",
    "180f32303530303130313030303030305a",
    "3000",
    "3006020101020101",
    "3106020101020102",
    "a003020101",
    "8001ff",
]
BAD_DER = [
    "",
    "05",
    "0500" * 2,
    "050100",
    "010101",
    "0100",
    "0200",
    "02020001",
    "0202ff80",
    "0a020001",
    "0300",
    "030101",
    "030208ff",
    "030207ff",
    "0600",
    "06018 0".replace(" ", ""),
    "06032a8001",
    "060380012a",
    "06022a86",
    "0c01ff",
    "1301ff",
    "1e0161",
    "170b323630313031303030305a",
    "17113236303130313030303030302b30313030",
    "3080020101" + "0000",
    "30810100",
    "3082000100",
    "308503",
    "3106020102020101",
    "3106020101020101",
    "2403040100",
    "1f0100",
    "0901 00".replace(" ", ""),
    "30030201",
    "30" + "04" + "020101",
]


@pytest.mark.parametrize("text", GOOD_DER)
def test_der_that_has_one_form(text: str) -> None:
    data = bytes.fromhex(text)
    assert der.parse(data).bytes_in(data) == data


@pytest.mark.parametrize("text", BAD_DER)
def test_der_that_has_another_form(text: str) -> None:
    with pytest.raises(der.NotDerError):
        der.parse(bytes.fromhex(text))


@quick
@given(st.binary(max_size=60))
def test_der_of_any_bytes_is_a_tree_or_refused(data: bytes) -> None:
    try:
        node = der.parse(data)
    except der.NotDerError:
        return
    assert node.bytes_in(data) == data


@quick
@given(st.binary(max_size=400))
def test_any_bytes_as_a_signature_give_a_verdict(data: bytes) -> None:
    verdict = judge(data, b"content", Trust(None, frozenset()), file="f", manifest="m")
    assert not verdict.valid and len(verdict.problems) == 1


@quick
@given(st.data())
def test_a_signature_with_values_exchanged_gives_a_verdict(
    jan_signature: bytes, data: st.DataObject
) -> None:
    """Whole values of the structure are taken out, doubled or put elsewhere."""
    nodes = list(_walk(der.parse(jan_signature)))
    one, other = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
    put = data.draw(
        st.sampled_from([b"", one.bytes_in(jan_signature) * 2, other.bytes_in(jan_signature)])
    )
    bent = _replaced(jan_signature, der.parse(jan_signature), one, put)
    verdict = judge(bent, b"content", Trust((), frozenset()), file="f", manifest="m")
    assert verdict.valid is (bent == jan_signature)


@pytest.fixture(scope="module")
def jan_signature(jan: Identity) -> bytes:
    """A signature over b"content"."""
    from sif_desktop.bundle import cades

    return cades.sign(b"content", jan, role="coordinator")


def _walk(node: der.Node) -> list[der.Node]:
    return [node, *(one for child in node.children for one in _walk(child))]


def _replaced(data: bytes, node: der.Node, old: der.Node, new: bytes) -> bytes:
    """The structure written anew, with all lengths set right."""
    if node == old:
        return new
    if not node.children:
        return node.bytes_in(data)
    content = b"".join(_replaced(data, child, old, new) for child in node.children)
    size = len(content)
    length = bytes([size]) if size < 128 else _long(size)
    return bytes([node.tag]) + length + content


def _long(size: int) -> bytes:
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(digits)]) + digits


def test_the_digests_that_count_are_those_of_sha_2() -> None:
    assert set(manifest.DIGESTS.values()) == {"sha256", "sha384", "sha512"}
