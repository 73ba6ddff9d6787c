"""Co-signing, uniting and identities from the command line, as partners meet them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from bundle import craft
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from dossiers import example_proposal

from sif_desktop.cli.main import main
from sif_desktop.model import canonical

PASSPHRASE = "een lange wachtwoordzin"


@pytest.fixture(scope="module")
def _exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the bundle of the example, signed by the coordinator."""
    folder = tmp_path_factory.mktemp("exported")
    (folder / "proposal.json").write_bytes(canonical.to_json(example_proposal()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIF_DESKTOP_HOME", str(folder / "home"))
        patch.setenv("SIF_DESKTOP_PASSPHRASE", PASSPHRASE)
        assert main(["demo", str(folder / "demo")]) == 0
    return folder / "demo" / "voorbeeld.asice"


@pytest.fixture
def bundle(_exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the bundle, and a home of this user's own."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SIF_DESKTOP_PASSPHRASE", PASSPHRASE)
    return Path(shutil.copy(_exported, tmp_path / "voorstel.asice"))


@pytest.fixture(scope="module")
def authority() -> craft.Authority:
    """An authority of certificates."""
    return craft.new_authority("Proefautoriteit")


def p12(path: Path, authority: craft.Authority, name: str, passphrase: str = PASSPHRASE) -> Path:
    """A PKCS#12 file as an authority gives it out, with its own certificate along."""
    key = craft.new_key("rsa2048")
    certificate = craft.certified(name, key, authority)
    how = BestAvailableEncryption(passphrase.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", key, certificate, [authority.certificate], how)
    )
    return path


def verified(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    """The report of `verify` on a bundle that must be good."""
    capsys.readouterr()
    assert main(["verify", str(path), "--json", *more]) == 0
    report: dict[str, object] = json.loads(capsys.readouterr().out)
    return report


def signatures(report: dict[str, object]) -> list[dict[str, object]]:
    """The signatures of a report."""
    found = report["signatures"]
    assert isinstance(found, list)
    return found


def test_partners_sign_their_copies_and_the_coordinator_unites_them(
    bundle: Path, tmp_path: Path, authority: craft.Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    partners = [p.name for p in example_proposal().partners if p.role != "coordinator"][:2]
    paths = []
    for name in partners:
        file = p12(tmp_path / f"{len(paths)}.p12", authority, f"Tekenaar {name}"[:60])
        out = tmp_path / f"copy{len(paths)}.asice"
        words = [
            "cosign",
            str(bundle),
            str(out),
            "--partner",
            name.upper(),
            "--identity",
            str(file),
        ]
        assert main(words) == 0, capsys.readouterr().err
        paths.append(str(out))
    assert main(["unite", *paths, "--out", str(tmp_path / "a.asice")]) == 0
    assert main(["unite", *paths[::-1], "--out", str(tmp_path / "b.asice")]) == 0
    assert (tmp_path / "a.asice").read_bytes() == (tmp_path / "b.asice").read_bytes()
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes(authority.pem)
    report = verified(tmp_path / "a.asice", capsys, "--trust", str(trust))
    roles = [one["role"] for one in signatures(report)]
    assert roles[0] == "coordinator"
    assert sorted(roles[1:]) == sorted(f"partner: {name}" for name in partners)
    assert [one["identity"] for one in signatures(report)][1:] == ["trusted", "trusted"]


def test_cosigning_in_place_with_an_identity_made_for_the_occasion(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partner = next(p for p in example_proposal().partners if p.role != "coordinator")
    assert main(["cosign", str(bundle), "--partner", partner.name, "--name", "Els Wouters"]) == 0
    report = verified(bundle, capsys)
    assert [one["name"] for one in signatures(report)][1:] == ["Els Wouters"]
    before = bundle.read_bytes()
    # The certificate tells the organisation, so the partner need not be said again.
    assert main(["cosign", str(bundle), "--lang", "nl"]) == 2
    assert "al ondertekend" in capsys.readouterr().err
    assert bundle.read_bytes() == before


def test_a_partner_that_the_proposal_does_not_know_is_refused_before_any_secret_is_asked(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SIF_DESKTOP_PASSPHRASE")
    assert main(["cosign", str(bundle), "--partner", "Nergens vzw"]) == 2
    said = capsys.readouterr().err
    assert "Nergens vzw" in said and example_proposal().partners[0].name in said
    assert len(said.splitlines()) == 1


def test_a_wrong_passphrase_or_another_file_is_said_in_one_line(
    bundle: Path, tmp_path: Path, authority: craft.Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    partner = example_proposal().partners[1].name
    file = p12(tmp_path / "a.p12", authority, "An", "een andere zin")
    for words in (
        ["--identity", str(file)],
        ["--identity", str(bundle)],
        ["--identity", "weg.p12"],
    ):
        before = bundle.read_bytes()
        assert main(["cosign", str(bundle), "--partner", partner, *words]) == 2
        said = capsys.readouterr().err.splitlines()
        assert len(said) == 1 and PASSPHRASE not in said[0]
        assert bundle.read_bytes() == before


def test_copies_of_other_content_are_not_united(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = craft.bundle(tmp_path / "other.asice", craft.issued_by(craft.new_authority("X"), "An"))
    assert main(["unite", str(bundle), str(other), "--out", str(tmp_path / "a.asice")]) == 2
    said = capsys.readouterr().err
    assert "proposal.json" in said and len(said.splitlines()) == 1
    assert not (tmp_path / "a.asice").exists()
