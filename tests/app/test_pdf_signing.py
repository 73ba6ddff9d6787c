"""Signing the PDF alone: several signers in turn, judged by `pdfsig`; nothing over tampering."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest
from bundle import craft, tokens
from dossiers import example_proposal

from sif_desktop.app import payload, pdf_signing
from sif_desktop.app.sources import call_of
from sif_desktop.bundle import pades
from sif_desktop.bundle.identity import Identity
from sif_desktop.bundle.token import open_token
from sif_desktop.errors import FileError, IdentityError, NotOursError, SifError
from sif_desktop.rules.check import check

NAMES = [one.name for one in pdf_signing.applicants(example_proposal())]


@pytest.fixture(scope="module")
def _pdf() -> bytes:
    proposal = example_proposal()
    call = call_of(proposal)
    return payload.pdf(proposal, call, check(proposal, call), draft=False)


@pytest.fixture
def pdf(tmp_path: Path, _pdf: bytes) -> Path:
    """The dossier of the example, not signed yet."""
    path = tmp_path / "dossier.pdf"
    path.write_bytes(_pdf)
    return path


@pytest.fixture(scope="module")
def signers() -> list[Identity]:
    """Somebody for each applicant."""
    root = craft.new_authority("Proefautoriteit")
    return [craft.issued_by(root, f"Tekenaar {n}") for n in range(len(NAMES))]


def judged(path: Path) -> list[tuple[str, str]]:
    """What `pdfsig` says of each signed field, since its exit code says little."""
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    found = []
    for block in done.stdout.split("Signature #")[1:]:
        told = dict(line.strip(" -").split(": ", 1) for line in block.splitlines() if ": " in line)
        if "Signature Validation" in told:
            found.append((told["Signature Field Name"], told["Signature Validation"]))
    return found


def test_all_applicants_sign_in_turn_and_every_earlier_signature_stays(
    pdf: Path, signers: list[Identity]
) -> None:
    order = [2, 0, *range(3, len(NAMES)), 1]
    done = []
    for place in order:
        before = pdf.read_bytes()
        role = pdf_signing.sign_pdf(pdf, pdf, signers[place], NAMES[place])
        assert role == ("coordinator" if place == 0 else f"partner: {NAMES[place]}")
        assert pdf.read_bytes().startswith(before)  # only added to
        done.append(f"signatory{place + 1}")
        verdicts = judged(pdf)
        assert sorted(field for field, _ in verdicts) == sorted(done)
        assert {said for _, said in verdicts} == {"Signature is Valid."}
    assert b"ETSI.CAdES.detached" in pdf.read_bytes()
    check = subprocess.run(["qpdf", "--check", pdf], capture_output=True, check=False)
    assert check.returncode == 0
    with pikepdf.open(pdf) as opened:
        widgets = [field for field in opened.Root.AcroForm.Fields if field.FT == "/Sig"]
        assert len(widgets) == len(NAMES)
        assert {opened.pages.index(widget.P) for widget in widgets} == {len(opened.pages) - 1}
    text = subprocess.run(
        ["pdftotext", "-f", "30", pdf, "-"], capture_output=True, text=True, check=True
    )
    assert all(f"Tekenaar {n}" in text.stdout for n in range(len(NAMES)))


def refused(path: Path, signer: Identity, name: str, kind: type[SifError]) -> str:
    """The key of the error; the file must stay as it was."""
    before = path.read_bytes()
    with pytest.raises(kind) as caught:
        pdf_signing.sign_pdf(path, path, signer, name)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if file.suffix == ".pdf"] == [path.name]
    return caught.value.key


def test_a_place_and_a_signer_are_for_one_signature(pdf: Path, signers: list[Identity]) -> None:
    pdf_signing.sign_pdf(pdf, pdf, signers[1], NAMES[1])
    assert refused(pdf, signers[0], NAMES[1], IdentityError) == "pdf_place_taken"
    assert refused(pdf, signers[1], NAMES[0], IdentityError) == "cosign_again"
    assert refused(pdf, signers[0], "Nergens vzw", IdentityError) == "cosign_partner_unknown"
    signed = [place.name for place in pades.places_in(pdf) if place.signed_by]
    assert signed == ["signatory2"]


def test_nothing_is_signed_over_a_change(pdf: Path, signers: list[Identity]) -> None:
    pdf_signing.sign_pdf(pdf, pdf, signers[0], NAMES[0])
    good = pdf.read_bytes()
    at = good.index(b"/FitR")
    pdf.write_bytes(good[: at - 300] + bytes([good[at - 300] ^ 1]) + good[at - 299 :])
    assert refused(pdf, signers[1], NAMES[1], NotOursError) in (
        "pdf_not_intact",
        "pdf_not_signable",
    )
    assert dict(judged(pdf)) != {"signatory1": "Signature is Valid."}


def test_an_update_that_changes_a_page_is_no_ground_to_sign_on(
    pdf: Path, signers: list[Identity]
) -> None:
    """`pdfsig` takes the earlier signature for valid even then."""
    from io import BytesIO

    from pyhanko.pdf_utils.generic import NumberObject, pdf_name
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    pdf_signing.sign_pdf(pdf, pdf, signers[0], NAMES[0])
    writer = IncrementalPdfFileWriter(BytesIO(pdf.read_bytes()))
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[pdf_name("/Rotate")] = NumberObject(180)
    writer.mark_update(page)
    out = BytesIO()
    writer.write(out)
    pdf.write_bytes(out.getvalue())
    assert refused(pdf, signers[1], NAMES[1], NotOursError) == "pdf_not_intact"
    assert judged(pdf) == [("signatory1", "Signature is Valid.")]


def test_a_draft_is_not_signed(tmp_path: Path, signers: list[Identity]) -> None:
    proposal = example_proposal()
    call = call_of(proposal)
    path = tmp_path / "draft.pdf"
    path.write_bytes(payload.pdf(proposal, call, check(proposal, call), draft=True))
    assert refused(path, signers[0], NAMES[0], NotOursError) == "pdf_without_place"


def test_other_files_are_refused(tmp_path: Path, pdf: Path, signers: list[Identity]) -> None:
    with pikepdf.open(pdf) as opened:
        del opened.Root.Names.Dests
        opened.save(tmp_path / "without.PDF")
    with pytest.raises(NotOursError) as caught:
        pdf_signing.sign_pdf(tmp_path / "without.PDF", tmp_path / "x", signers[0], NAMES[0])
    assert caught.value.key == "pdf_without_place"
    for name, data in {"a": b"", "b": b"%PDF-1.7\nnothing", "c": b"PK\3\4"}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SifError):
            pdf_signing.sign_pdf(tmp_path / name, tmp_path / "x", signers[0], NAMES[0])
        with pytest.raises(NotOursError):
            pades.places_in(tmp_path / name)
    with pytest.raises(FileError):
        pdf_signing.sign_pdf(pdf, tmp_path / "nowhere" / "x.pdf", signers[0], NAMES[0])
    assert not (tmp_path / "x").exists()


def test_a_card_signs_the_pdf_too(
    tmp_path: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = tokens.configure(tmp_path / "hsm")
    monkeypatch.setenv("SOFTHSM2_CONF", conf)
    tokens.init(conf, "BELPIC")
    tokens.eid()
    asked: list[str] = []

    def ask(state: str) -> str:
        asked.append(state)
        return tokens.PIN

    pdf_signing.sign_pdf(pdf, pdf, open_token(tokens.module(), ask), NAMES[1])
    assert judged(pdf) == [("signatory2", "Signature is Valid.")]
    assert asked == ["pin"]
