"""Simple containers (ASiC-S) of others: one file and a signature over it."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import pytest
from bundle import craft

from sif_desktop.bundle import cades
from sif_desktop.bundle.cosign import cosign
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.simple import SIGNATURE
from sif_desktop.bundle.unite import unite
from sif_desktop.bundle.verify import Verdict, verify
from sif_desktop.errors import NotOursError

FILE = b"%PDF-1.7\nanything at all\n%%EOF\n" * 1000
TYPE = b"application/vnd.etsi.asic-s+zip"


@pytest.fixture(scope="module")
def parts(jan: Identity) -> dict[str, bytes]:
    """The members of a good simple container."""
    signature = cades.sign(FILE, jan, role="coordinator")
    return {"mimetype": TYPE, "brief.pdf": FILE, SIGNATURE: signature}


def judged(tmp_path: Path, parts: dict[str, bytes], *, comment: bytes = b"") -> Verdict:
    """The verdict on a container of these members."""
    path = tmp_path / "a.asics"
    path.write_bytes(craft.zipped(craft.pieces(parts), comment=comment))
    return verify(path)


def codes(verdict: Verdict) -> set[str]:
    """All that a verdict complains of."""
    found = {problem.code for problem in verdict.problems}
    return found | {p.code for one in verdict.signatures for p in one.problems}


def test_a_good_one_is_intact_and_openssl_agrees(
    tmp_path: Path, parts: dict[str, bytes], jan: Identity
) -> None:
    verdict = judged(tmp_path, parts, comment=b"mimetype=" + TYPE)
    assert verdict.intact
    (one,) = verdict.signatures
    assert (one.name, one.role, one.manifest) == ("Jan Peeters", "coordinator", "")
    (member,) = verdict.members
    assert member.covered and member.ok and member.size == len(FILE)
    for name, data in {"s.p7s": parts[SIGNATURE], "f": FILE, "r.pem": craft.pem(jan)}.items():
        (tmp_path / name).write_bytes(data)
    assert craft.openssl_accepts(tmp_path / "s.p7s", tmp_path / "f", tmp_path / "r.pem")


def test_a_signature_by_openssl_is_judged(tmp_path: Path, authority: craft.Authority) -> None:
    key = craft.new_key("rsa2048")
    signer = craft.signer_with(craft.certified("An", key, authority), key)
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(private + craft.pem(signer))
    (tmp_path / "file").write_bytes(FILE)
    command = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", "file"]
    command += ["-signer", "key.pem", "-cades", "-md", "sha256", "-nosmimecap", "-out", "out.p7s"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    signature = (tmp_path / "out.p7s").read_bytes()
    verdict = judged(tmp_path, {"mimetype": TYPE, "brief.pdf": FILE, SIGNATURE: signature})
    assert verdict.intact and verdict.signatures[0].name == "An"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"brief.pdf": FILE + b" "}, "signature_other_content"),
        ({"brief.pdf": b""}, "signature_other_content"),
        ({"andere.pdf": FILE}, "simple_members"),
        ({SIGNATURE: b"\x30\x00"}, "signature_form"),
        ({SIGNATURE: b"x" * 300_000}, "member_unreadable"),
        ({"META-INF/signature2.p7s": b"x"}, "member_unknown"),
        ({"META-INF/ASiCManifest.xml": b"<x/>"}, "member_unknown"),
        ({"META-INF/manifest.xml": b"<x/>"}, "foreign_list"),
        ({"META-INF/signatures.xml": b"<x/>"}, "xades_not_judged"),
        ({"META-INF/timestamp.tst": b"x"}, "time_stamp_not_judged"),
        ({"META-INF/evidencerecord.xml": b"<x/>"}, "evidence_not_judged"),
    ],
)
def test_what_is_wrong_is_named_and_never_intact(
    tmp_path: Path, parts: dict[str, bytes], change: dict[str, bytes], code: str
) -> None:
    verdict = judged(tmp_path, {**parts, **change})
    assert not verdict.intact
    assert code in codes(verdict)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("META-INF/signatures.xml", "xades_not_judged"),
        ("META-INF/timestamp.tst", "time_stamp_not_judged"),
        ("META-INF/evidencerecord.ers", "evidence_not_judged"),
    ],
)
def test_what_we_cannot_judge_is_not_called_unsigned(tmp_path: Path, name: str, code: str) -> None:
    for kind in (TYPE, b"application/vnd.etsi.asic-e+zip"):
        verdict = judged(tmp_path, {"mimetype": kind, "brief.pdf": FILE, name: b"<x/>"})
        assert not verdict.intact and not verdict.signatures
        assert codes(verdict) >= {code} and "unsigned" not in codes(verdict)


def test_without_a_signature_or_a_file_it_is_not_signed(
    tmp_path: Path, parts: dict[str, bytes]
) -> None:
    assert codes(judged(tmp_path, {"mimetype": TYPE, "brief.pdf": FILE})) == {"unsigned"}
    without = {name: data for name, data in parts.items() if name != "brief.pdf"}
    assert codes(judged(tmp_path, without)) == {"simple_members"}
    assert codes(judged(tmp_path, {"mimetype": TYPE})) == {"simple_members", "unsigned"}


def test_every_byte_of_file_and_signature_counts(tmp_path: Path, parts: dict[str, bytes]) -> None:
    data = craft.zipped(craft.pieces(parts))
    path = tmp_path / "a.asics"
    found = {place.name: place for place in craft.places(data)}
    places = [*range(found["brief.pdf"].start, found["brief.pdf"].end, 997)]
    places += range(found[SIGNATURE].start, found[SIGNATURE].end, 11)
    for at in places:
        for repaired in (False, True):
            path.write_bytes(craft.changed(data, at, 0x20, repaired=repaired))
            with contextlib.suppress(NotOursError):
                assert not verify(path).intact, at


def test_a_bundle_of_ours_does_not_become_a_simple_one(tmp_path: Path, good: Path) -> None:
    parts = {**craft.contents(good), "mimetype": TYPE}
    assert not judged(tmp_path, parts).intact
    only = {n: d for n, d in parts.items() if n in ("mimetype", "proposal.json")}
    only[SIGNATURE] = parts[craft.SIGNATURE]
    assert codes(judged(tmp_path, only)) == {"signature_other_content"}


def test_no_signature_is_added_to_a_simple_one(
    tmp_path: Path, parts: dict[str, bytes], an: Identity
) -> None:
    judged(tmp_path, parts)
    path = tmp_path / "a.asics"
    before = path.read_bytes()
    for act in (lambda: cosign(path, path, an, role="x"), lambda: unite([path, path], path)):
        with pytest.raises(NotOursError) as caught:
            act()
        assert caught.value.key == "copy_simple"
    assert path.read_bytes() == before
