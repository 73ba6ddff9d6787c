"""The readers of identities, certificates and signed PDFs, with real files to begin from."""

from __future__ import annotations

import os
import random
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import der_harm
import mutations
from bundle import craft
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from dossiers import example_proposal
from readers_of import Reader, by_chance

from sif_desktop.app import identities, looking, payload, pdf_signing, pins
from sif_desktop.app.sources import call_of
from sif_desktop.bundle import cades, pades, trust
from sif_desktop.bundle.cosign import cosign
from sif_desktop.bundle.identity import Identity, default_identity
from sif_desktop.bundle.verify import verify
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.rules.check import check

PASSPHRASE = "een lange wachtwoordzin"
ROLE = cades.partner_role("Buurtwerk vzw")


@contextmanager
def at_home(folder: Path) -> Iterator[Path]:
    """Whatever is done meanwhile is done by a user whose own folder this is."""
    before = os.environ.get("SIF_DESKTOP_HOME")
    os.environ["SIF_DESKTOP_HOME"] = str(folder)
    try:
        yield folder
    finally:
        if before is None:
            del os.environ["SIF_DESKTOP_HOME"]
        else:
            os.environ["SIF_DESKTOP_HOME"] = before


@contextmanager
def empty(folder: Path) -> Iterator[Path]:
    """A folder that is empty, and gone afterwards."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@cache
def root() -> craft.Authority:
    """The authority that is trusted."""
    return craft.new_authority("Proefautoriteit")


@cache
def an() -> Identity:
    """Somebody with a certificate of that authority."""
    return craft.issued_by(root(), "An Claes", usage=("content_commitment",))


@cache
def _bundle(folder: Path) -> Path:
    """A small bundle that An signed."""
    return craft.bundle(folder / "a.asice", an())


# ------------------------------------------------------------------------------- PKCS#12


def _files(_: Path) -> list[bytes]:
    """Identity files: of our time, of an older one, and without any secret.

    Most are without the seal that would be broken by each change of what is in them.
    """
    found = []
    middle = craft.new_authority("Tussenautoriteit", root())
    for kind, way in (("p256", _TODAY), ("rsa2048", _ONCE), ("p384", _OPEN), ("rsa2048", _OPEN)):
        key = craft.new_key(kind)
        own = craft.certified("An Claes", key, middle)
        others = [root().certificate, middle.certificate]
        sealed = pkcs12.serialize_key_and_certificates(b"an", key, own, others, way)
        found += [sealed, _unsealed(sealed)] if way is _TODAY else [_unsealed(sealed)]
    return found


_TODAY = BestAvailableEncryption(PASSPHRASE.encode())
_ONCE = (
    PrivateFormat.PKCS12.encryption_builder()
    .kdf_rounds(1)
    .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    .hmac_hash(hashes.SHA1())
    .build(PASSPHRASE.encode())
)
_OPEN = NoEncryption()


def _unsealed(data: bytes) -> bytes:
    """The same file without the code that a change of it would break."""
    (whole,) = der_harm.taken_apart(data)
    del whole.inner[2]
    return whole.encoded()


def _asked(wanted: str, _: str) -> str:
    assert wanted == "passphrase"
    return PASSPHRASE


def _import(path: Path) -> None:
    """Imports an identity, lists it and signs with it; refused, it leaves nothing behind."""
    with empty(path.parent.parent / "home") as home, at_home(home):
        kept = home / "identities"
        try:
            opened = identities.import_file(path, _asked)
        except SifError:
            assert not kept.exists() or not list(kept.iterdir()), "left behind"
            assert not list(identities.listed())
            raise
        start = opened.fingerprint
        assert sorted(one.name for one in kept.iterdir()) == [f"{start}.cer", f"{start}.p12"]
        copy = kept / f"{start}.p12"
        assert copy.read_bytes() == path.read_bytes()
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert [one.fingerprint for one in identities.listed()] == [start]
        again = identities.open_identity(start[:12], _asked)
        out = home / "b.asice"
        before = _bundle(path.parent.parent).read_bytes()
        try:
            cosign(_bundle(path.parent.parent), out, again, role=ROLE)
        except SifError:
            assert not out.exists()
            raise
        assert _bundle(path.parent.parent).read_bytes() == before
        assert verify(out).intact, "what we sign with it does not hold"


def _defaults(_: Path) -> list[bytes]:
    """The file of the embedded default identity, with few rounds of its function."""
    key = craft.new_key("rsa2048")
    how = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(2)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(PASSPHRASE.encode())
    )
    own = craft.certified("Jan Peeters", key)
    sealed = pkcs12.serialize_key_and_certificates(b"sif-desktop", key, own, None, how)
    return [sealed, _unsealed(sealed)]


def _open_default(path: Path) -> None:
    default_identity(path.parent, PASSPHRASE).signer()


# --------------------------------------------------------------------------- certificates


def _certificates(_: Path) -> list[bytes]:
    """Certificates of authorities and signers, as DER and as PEM, alone and several."""
    purposes = (craft.x509.ObjectIdentifier("1.3.6.1.5.5.7.3.4"),)
    jan = craft.certified("Jan Peeters", craft.new_key("rsa2048"), purposes=purposes)
    els = craft.certified("Els Wouters", craft.new_key("p384"), root())
    ders = [one.public_bytes(Encoding.DER) for one in (root().certificate, jan, els)]
    pems = [one.public_bytes(Encoding.PEM) for one in (root().certificate, jan, els)]
    return [*ders, pems[0], b"".join(pems)]


def _trust(path: Path) -> None:
    """Takes the folder for one of authorities, and the file for a certificate to be pinned or one
    of an identity of this user."""
    errors = []
    with empty(path.parent.parent / "home") as home, at_home(home):
        (home / "identities").mkdir()
        for ending in ("cer", "p12"):
            shutil.copy(path, home / "identities" / f"abcdef.{ending}")
        list(identities.listed())
        for read in (_pin, _trusted):
            try:
                read(path)
            except SifError as error:
                errors.append(error)
    if errors:
        raise errors[0]


def _pin(path: Path) -> None:
    for one in pins.candidates(path):
        pins.pin(one.fingerprint, one.name)
        assert pins.pinned()[one.fingerprint].name == one.name


def _trusted(path: Path) -> None:
    found = trust.load(path.parent)
    verdict = verify(_bundle(path.parent.parent), trust=path.parent)
    assert verdict.intact
    (one,) = verdict.signatures
    keys = {_key(der) for der in found.authorities or ()}
    known = _key(root().certificate.public_bytes(Encoding.DER)) in keys
    assert known or one.identity != "trusted", "trusted by whom?"
    assert an().fingerprint in found.pinned or one.identity != "known", "known from where?"


def _key(der: bytes) -> bytes:
    """The key in a certificate."""
    (whole,) = der_harm.taken_apart(der)
    return next(one.encoded() for one in whole.inner[0].inner if _is_key(one))


def _is_key(one: der_harm.Value) -> bool:
    return [inner.tag for inner in one.inner] == [0x30, 0x03]


# ------------------------------------------------------------------------------------ PDF


@cache
def _three() -> tuple[Identity, ...]:
    return tuple(craft.issued_by(root(), f"Tekenaar {number}") for number in range(3))


@cache
def _applicants() -> list[str]:
    return [one.name for one in pdf_signing.applicants(example_proposal())]


@cache
def _pdfs(folder: Path) -> list[bytes]:
    """The page for signatures of the dossier: nobody signed, then one, then two."""
    import pikepdf

    proposal = example_proposal()
    call = call_of(proposal)
    path = folder / "dossier.pdf"
    path.write_bytes(payload.pdf(proposal, call, check(proposal, call), draft=False))
    page = pades.places_in(path)[0].page
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[page + 1 :]
        del pdf.pages[:page]
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = [path.read_bytes()]
    for number in (0, 1):
        pdf_signing.sign_pdf(path, path, _three()[number], _applicants()[number])
        found.append(path.read_bytes())
    return found


def _pdf_bent(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A PDF with spoiled bytes, mostly near its end, where it was signed."""
    if chance.random() < 0.4:
        return mutations.spoiled(data, others, chance)
    cut = chance.choice((len(data) // 2, len(data) - min(len(data), 40_000)))
    return data[:cut] + mutations.spoiled(data[cut:], [one[-40_000:] for one in others], chance)


_CONTENTS = re.compile(rb"<[0-9A-Fa-f]{2000,}>")


def _covered(data: bytes) -> bytes:
    """What signatures cover: all but the room in which they stand themselves."""
    return _CONTENTS.sub(b"<>", data)


def _sign_pdf(path: Path) -> None:
    """Looks at it, or signs it as the third."""
    by_chance(path, (_look_at_pdf, _sign_as_third))(path)


def _look_at_pdf(path: Path) -> None:
    """A PDF whose signatures hold is one of those that were signed."""
    seen = looking.look(path)
    for language in LANGUAGES:
        looking.three_answers(seen, words(language))
    if seen.standing == "good":
        known = {_covered(one) for one in _pdfs(path.parent.parent)}
        assert _covered(path.read_bytes()) in known, "changed, and good all the same"


def _sign_as_third(path: Path) -> None:
    """What was signed before stays as it is, byte for byte."""
    with empty(path.parent.parent / "out") as folder:
        out = folder / "out.pdf"
        try:
            pdf_signing.sign_pdf(path, out, _three()[2], _applicants()[2])
        except SifError:
            assert not list(folder.iterdir()), "left behind"
            raise
        assert out.read_bytes().startswith(path.read_bytes())
        assert _three()[2].fingerprint in {one.signed_by for one in pades.places_in(out)}


ALL = (
    Reader("pkcs12", "a.p12", _files, der_harm.der_bent, _import, 2),
    Reader("own identity", "identity.p12", _defaults, der_harm.der_bent, _open_default, 1),
    Reader("certificate", "a.pem", _certificates, der_harm.certificate_bent, _trust, 2),
    Reader("signed pdf", "a.pdf", _pdfs, _pdf_bent, _sign_pdf, 1),
)
"""These readers, with their shares."""
