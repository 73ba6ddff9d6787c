"""The verdict in its parts: what is intact, who signed, what speaks against it, what is open."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from asn1crypto import x509 as asn1_x509
from bundle import craft
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sif_desktop.bundle import cades, manifest, names
from sif_desktop.bundle.container import (
    looks_like_container,
    member_opener,
    payload_digests,
    read_members,
)
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.problems import Code
from sif_desktop.bundle.verdict import SignatureVerdict
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import FileError, NotOursError
from sif_desktop.language import LANGUAGES, placeholders, words


@pytest.fixture
def trust(tmp_path: Path, authority: craft.Authority) -> Path:
    """A folder with one authority, and things that are no certificate."""
    folder = tmp_path / "autoriteiten"
    folder.mkdir()
    (folder / "proef.pem").write_bytes(authority.pem)
    (folder / "LEES MIJ.txt").write_text("niets")
    return folder


def signature(path: Path, **how: object) -> SignatureVerdict:
    """The one signature of an intact bundle."""
    verdict = verify(path, **how)  # type: ignore[arg-type]
    assert verdict.intact
    (one,) = verdict.signatures
    assert one.valid
    return one


def codes(one: SignatureVerdict) -> list[str]:
    return [problem.code for problem in one.problems]


def test_a_good_bundle(good: Path, jan: Identity) -> None:
    verdict = verify(good)
    assert verdict.intact and verdict.problems == ()
    assert [member.name for member in verdict.members] == list(craft.PAYLOAD)
    assert all(member.covered and member.ok for member in verdict.members)
    sizes = {member.name: member.size for member in verdict.members}
    assert sizes == {name: len(data) for name, data in craft.PAYLOAD.items()}
    assert {member.name: member.sha256 for member in verdict.members} == payload_digests(good)
    assert verdict.proposal_json == craft.PAYLOAD["proposal.json"]
    assert verdict.call_json == craft.PAYLOAD["call.json"]
    assert verdict.not_checked == ("revocation", "trusted_time")
    one = signature(good)
    assert (one.file, one.manifest) == (craft.SIGNATURE, craft.MANIFEST)
    assert (one.name, one.organisation) == ("Jan Peeters", "Zorgcirkel vzw")
    assert one.fingerprint == jan.fingerprint
    assert one.claimed_time is not None
    assert abs(datetime.now(UTC) - one.claimed_time) < timedelta(minutes=5)


def test_a_process_that_never_signed_gives_the_same_verdict(good: Path, trust: Path) -> None:
    """The library knows the names of some attributes only once certain parts of it are loaded."""
    code = "import sys; from pathlib import Path; from sif_desktop.bundle.verify import verify\n"
    code += "print(verify(Path(sys.argv[1]), trust=Path(sys.argv[2])))"
    command = [sys.executable, "-W", "error", "-c", code, str(good), str(trust)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == repr(verify(good, trust=trust))
    assert done.stderr == ""


def test_a_self_issued_certificate_proves_only_the_same_key(good: Path, trust: Path) -> None:
    for given in (None, trust):
        one = signature(good, trust=given)
        assert (one.identity, one.by_authority, codes(one)) == ("self_issued", "", [])


def test_a_pinned_fingerprint_is_known_however_it_was_written(good: Path, jan: Identity) -> None:
    plain = jan.fingerprint
    spaced = " ".join(plain[at : at + 4].upper() for at in range(0, 64, 4))
    colons = ":".join(plain[at : at + 2] for at in range(0, 64, 2))
    for written in (plain, spaced, colons):
        assert signature(good, pinned=[written]).identity == "known"
    for other in ("", plain[:-1], plain[:-1] + ("0" if plain[-1] != "0" else "1")):
        assert signature(good, pinned=[other]).identity == "self_issued"


def test_an_authority_vouches_for_its_own(tmp_path: Path, an: Identity, trust: Path) -> None:
    path = craft.bundle(tmp_path / "a.asice", an)
    one = signature(path, trust=trust)
    assert (one.identity, one.by_authority, codes(one)) == ("trusted", "Proefautoriteit", [])
    one = signature(path)
    assert (one.identity, codes(one)) == ("untrusted", ["authorities_not_given"])


def test_a_chain_is_followed_up_to_the_folder(tmp_path: Path, trust: Path) -> None:
    root = craft.new_authority("Wortel")
    middle = craft.new_authority("Tussen", root)
    key = craft.new_key("p384")
    an = craft.signer_with(craft.certified("An", key, middle), key, [middle.certificate])
    path = craft.bundle(tmp_path / "a.asice", an)
    one = signature(path, trust=trust)
    assert (one.identity, codes(one)) == ("untrusted", ["authority_not_found"])
    (trust / "wortel.der").write_bytes(root.certificate.public_bytes(Encoding.DER))
    assert signature(path, trust=trust).by_authority == "Wortel"


def test_a_certificate_of_somebody_is_no_authority(tmp_path: Path, an: Identity) -> None:
    """Whoever puts a partner's certificate into the folder knows that partner, and nobody else."""
    key = craft.new_key()
    own = craft.certified("Mallory", key, usage=("digital_signature", "key_cert_sign"))
    (folder := tmp_path / "trust").mkdir()
    (folder / "mallory.pem").write_bytes(own.public_bytes(Encoding.PEM))
    victim = craft.issued_by(craft.Authority(own, key), "Federale Overheid")
    path = craft.bundle(tmp_path / "a.asice", victim)
    assert signature(path, trust=folder).identity == "untrusted"
    (folder / "an.pem").write_bytes(craft.pem(an))
    assert signature(craft.bundle(tmp_path / "b.asice", an), trust=folder).identity == "known"


def _signed_in_the_past(path: Path, authority: craft.Authority, days: tuple[int, int]) -> Path:
    """A bundle signed with a certificate that is not valid now: `sign` itself would refuse."""
    key = craft.new_key()
    certificate = craft.certified("Te Laat", key, authority, days=days)
    late = craft.signer_with(certificate, key)
    fresh = craft.issued_by(authority, "x")
    forged = Identity("x", "", "", "ephemeral", fresh.certificate, late.open_signer)
    return craft.bundle(path, forged, at=datetime.now(UTC) + timedelta(days=days[0] + 1))


def test_an_expired_certificate_is_never_trusted(
    tmp_path: Path, authority: craft.Authority, trust: Path
) -> None:
    """Not even when the claimed time lies in its days: nobody but the signer vouches for it."""
    path = _signed_in_the_past(tmp_path / "a.asice", authority, (-400, -1))
    one = signature(path, trust=trust)
    assert one.identity == "untrusted" and codes(one)[0] == "certificate_expired"
    assert "certificate_invalid_when_claimed" not in codes(one)
    known = signature(path, pinned=[one.fingerprint])
    assert (known.identity, codes(known)) == ("known", ["certificate_expired"])


def test_a_certificate_of_tomorrow_and_a_time_outside_its_days(
    tmp_path: Path, authority: craft.Authority, trust: Path, jan: Identity
) -> None:
    one = signature(_signed_in_the_past(tmp_path / "a.asice", authority, (3, 9)), trust=trust)
    assert one.identity == "untrusted"
    assert codes(one)[:2] == ["certificate_not_yet_valid", "claimed_time_in_future"]
    old = craft.bundle(tmp_path / "b.asice", jan, at=datetime(2013, 4, 1, tzinfo=UTC))
    assert codes(signature(old)) == ["certificate_invalid_when_claimed"]


@pytest.mark.parametrize(
    "how",
    [
        {"usage": ("key_encipherment",)},
        {"usage": ("key_cert_sign",), "ca": True},
        {"purposes": (x509.ExtendedKeyUsageOID.SERVER_AUTH,)},
        {"purposes": (x509.ExtendedKeyUsageOID.TIME_STAMPING,)},
    ],
)
def test_a_certificate_that_is_not_for_signing_is_never_trusted(
    tmp_path: Path, authority: craft.Authority, trust: Path, how: dict[str, object]
) -> None:
    other = craft.issued_by(authority, "Server", **how)  # type: ignore[arg-type]
    one = signature(craft.bundle(tmp_path / "a.asice", other), trust=trust)
    assert one.identity == "untrusted" and "certificate_not_for_signing" in codes(one)


def test_certificates_for_mail_are_good_for_signing(
    tmp_path: Path, authority: craft.Authority, trust: Path
) -> None:
    purposes = (x509.ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ExtendedKeyUsageOID.CLIENT_AUTH)
    an = craft.issued_by(authority, "An", "rsa2048", purposes=purposes)
    one = signature(craft.bundle(tmp_path / "a.asice", an), trust=trust)
    assert (one.identity, codes(one)) == ("trusted", [])


def test_an_odd_certificate_gives_no_warning(tmp_path: Path) -> None:
    """A number of zero is against the rules, and was given out all the same."""
    key = craft.new_key()
    odd = asn1_x509.Certificate.load(craft.certified("Nul", key).public_bytes(Encoding.DER))
    odd["tbs_certificate"]["serial_number"] = 0
    value = key.sign(odd["tbs_certificate"].dump(force=True), craft.ec.ECDSA(craft.hashes.SHA256()))
    odd["signature_value"] = value
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        certificate = x509.load_der_x509_certificate(odd.dump(force=True))
        path = craft.bundle(tmp_path / "a.asice", craft.signer_with(certificate, key))
    assert signature(path).identity == "self_issued"


def _by_openssl(folder: Path, authority: craft.Authority, content: bytes, *options: str) -> bytes:
    """A signature that `openssl` made, as any other program might."""
    key = craft.new_key("rsa2048")
    certificate = craft.certified("Andere Software", key, authority)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private + certificate.public_bytes(Encoding.PEM))
    (folder / "content").write_bytes(content)
    command = ["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", folder / "content"]
    command += ["-signer", folder / "key.pem", *options]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _container(payload: dict[str, bytes], xml: bytes, p7s: bytes) -> dict[str, bytes]:
    kind = {"mimetype": b"application/vnd.etsi.asic-e+zip"}
    return {**kind, **payload, craft.MANIFEST: xml, craft.SIGNATURE: p7s}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("-cades -md sha256", ""),
        ("-cades -md sha512 -keyopt rsa_padding_mode:pss", ""),
        ("-md sha256", "signature_attributes"),
        ("-cades -md sha256 -nodetach", "signature_form"),
        ("-cades -md sha256 -nocerts", "signature_form"),
        ("-cades -md sha1", "signature_algorithm"),
        ("-cades -md sha224", "signature_algorithm"),
    ],
)
def test_signatures_of_another_program(
    authority: craft.Authority, trust: Path, good: Path, options: str, code: str
) -> None:
    xml = craft.contents(good)[craft.MANIFEST]
    p7s = _by_openssl(good.parent, authority, xml, *options.split())
    good.write_bytes(craft.zipped(craft.pieces(_container(craft.PAYLOAD, xml, p7s))))
    verdict = verify(good, trust=trust)
    assert verdict.intact is (code == "")
    assert codes(verdict.signatures[0]) == ([code] if code else [])
    assert (verdict.signatures[0].identity == "trusted") is verdict.intact


def test_containers_that_others_pack(tmp_path: Path, good: Path) -> None:
    """Compressed, with sizes told behind the data, with an empty member: all that is allowed."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

    parts = craft.contents(good)
    out = Pipe()
    with zipfile.ZipFile(out, "w") as archive:
        head = zipfile.ZipInfo("mimetype")
        archive.writestr(head, parts.pop("mimetype"), zipfile.ZIP_STORED)
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    good.write_bytes(out.getvalue())
    assert verify(good).intact
    out2 = io.BytesIO()
    with zipfile.ZipFile(out2, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.etsi.asic-e+zip")
        for name, data in parts.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(data)
        archive.comment = b"mimetype=application/vnd.etsi.asic-e+zip"
    good.write_bytes(out2.getvalue())
    assert verify(good).intact


def test_each_of_several_signatures_is_judged_by_itself(
    good: Path, jan: Identity, an: Identity, trust: Path
) -> None:
    """As partners will sign: each with a manifest of its own over the same payload."""
    parts = craft.contents(good)
    sheet, name = names.signature_files("-9f86d081")
    listed = manifest.from_xml(parts[craft.MANIFEST], "x").listed
    parts[sheet] = manifest.to_xml(manifest.Manifest(name, listed))
    parts[name] = cades.sign(parts[sheet], an, role=cades.partner_role("Buurtwerk"))
    good.write_bytes(craft.zipped(craft.pieces(parts)))
    verdict = verify(good, trust=trust, pinned=[jan.fingerprint])
    assert verdict.intact
    told = [(one.name, one.role, one.identity) for one in verdict.signatures]
    assert told == [
        ("Jan Peeters", "coordinator", "known"),
        ("An Claes", "partner: Buurtwerk", "trusted"),
    ]
    parts[name] = cades.sign(b"something else", an, role="coordinator")
    good.write_bytes(craft.zipped(craft.pieces(parts)))
    verdict = verify(good)
    assert not verdict.intact
    assert [one.valid for one in verdict.signatures] == [True, False]
    assert all(member.covered and member.ok for member in verdict.members)


@pytest.mark.parametrize("method", ["sha384", "sha512"])
def test_longer_digests_count_and_odd_names_are_encoded(
    tmp_path: Path, jan: Identity, method: str
) -> None:
    import hashlib

    payload = {"bijlage één & 50%.pdf": b"one", "map/leeg": b""}
    listed = tuple(
        manifest.Listed(name, hashlib.new(method, data).digest(), "", method)
        for name, data in payload.items()
    )
    xml = manifest.to_xml(manifest.Manifest(craft.SIGNATURE, listed))
    assert b"bijlage%20%C3%A9%C3%A9n%20&amp;%2050%25.pdf" in xml
    p7s = cades.sign(xml, jan, role="coordinator")
    path = tmp_path / "a.asice"
    path.write_bytes(craft.zipped(craft.pieces(_container(payload, xml, p7s))))
    verdict = verify(path)
    assert verdict.intact
    assert [member.name for member in verdict.members] == list(payload)


def test_members_can_be_read_without_verifying(good: Path) -> None:
    read = read_members(good, ["proposal.json", "not there"])
    assert read == {"proposal.json": craft.PAYLOAD["proposal.json"]}
    with member_opener(good, "attachments/001.pdf")() as stream:
        assert stream.read(5) == b"%PDF-"
        assert stream.read() == craft.PAYLOAD["attachments/001.pdf"][5:]
        assert stream.read() == b""
    with pytest.raises(NotOursError, match="bundle_member_damaged"):
        member_opener(good, "not there")()
    data = good.read_bytes()
    place = next(one for one in craft.places(data) if one.name == "attachments/001.pdf")
    good.write_bytes(craft.changed(data, place.start, 1, repaired=False))
    with (
        member_opener(good, "attachments/001.pdf")() as stream,
        pytest.raises(NotOursError, match="bundle_member_damaged"),
    ):
        stream.read()


def test_what_is_no_container_is_told_in_an_error(tmp_path: Path) -> None:
    for name, data in {
        "empty": b"",
        "text": b"hello" * 100,
        "pdf": b"%PDF-1.7" + bytes(300),
        "odt": craft.zipped([craft.Piece("mimetype", b"application/vnd.oasis.opendocument.text")]),
        "zip": craft.zipped([craft.Piece("a", b"b")]),
        "many.zip": craft.zipped([craft.Piece(str(number), b"") for number in range(2100)]),
    }.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert not looks_like_container(data[:80])
        with pytest.raises(NotOursError) as caught:
            verify(path)
        assert caught.value.figures["file"] == str(path)
    for missing in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FileError, match="bundle_unreadable"):
            verify(missing)


def test_a_folder_of_authorities_that_cannot_be_used_is_told(good: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="trust_unreadable"):
        verify(good, trust=tmp_path / "nowhere")
    (folder := tmp_path / "trust").mkdir()
    (folder / "bad.crt").write_bytes(b"nothing of the kind")
    with pytest.raises(FileError, match="trust_not_a_certificate"):
        verify(good, trust=folder)


def test_nothing_is_logged_or_printed(
    good: Path, trust: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    verify(good, trust=trust)
    assert caplog.records == [] and capfd.readouterr() == ("", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_a_sentence(language: str) -> None:
    said = words(language)  # type: ignore[arg-type]
    dutch = words("nl")
    keys = [f"verify.{code}" for code in get_args(Code)]
    keys += [f"verify.identity.{state}" for state in ("trusted", "known", "self_issued")]
    keys += ["verify.identity.untrusted", "verify.not_checked.revocation", "verify.intact"]
    keys += ["verify.not_checked.trusted_time", "verify.broken"]
    for key in keys:
        mine, theirs = said.find(key), dutch.find(key)
        assert mine and theirs, key
        assert placeholders(mine) == placeholders(theirs), key
