"""Looking at what was handed over: bundles, and the PDF that was given out, tampered with too."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from bundle import craft
from dossiers import example_proposal
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from sif_desktop.app import demo, payload, pdf_signing, pins
from sif_desktop.app.looking import Seen, look, three_answers, told_findings
from sif_desktop.app.signing_along import copy_name, partner_named, sign_along, who_may_sign
from sif_desktop.app.sources import call_of
from sif_desktop.app.taking_over import take_over
from sif_desktop.app.uniting import can_unite, copies, unite
from sif_desktop.app.work import StoppedError, Work
from sif_desktop.bundle.identity import Identity, ephemeral
from sif_desktop.errors import FileError, NotOursError, SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.rules.check import check

NAMES = [one.name for one in pdf_signing.applicants(example_proposal())]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of this user's own."""
    monkeypatch.setenv("SIF_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dossier as PDF, not signed and signed by An; and the bundle."""
    folder = tmp_path_factory.mktemp("made")
    proposal = example_proposal()
    call = call_of(proposal)
    data = payload.pdf(proposal, call, check(proposal, call), draft=False)
    (folder / "dossier.pdf").write_bytes(data)
    pdf_signing.sign_pdf(folder / "dossier.pdf", folder / "an.pdf", AN, NAMES[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIF_DESKTOP_HOME", str(folder / "home"))
        demo.run(folder / "demo", "nl")
    return folder


AN = ephemeral("An Claes", NAMES[1])


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Path:
    """The bundle of the example, of the test's own."""
    path = tmp_path / "voorstel.asice"
    path.write_bytes(next((made / "demo").glob("*.asice")).read_bytes())
    return path


def told(seen: Seen) -> str:
    return "\n".join(
        "\n".join((part.said, part.about, *part.problems))
        for answer in three_answers(seen, words("nl"))
        for part in answer.parts
    )


def test_a_pdf_that_nobody_signed_is_not_called_intact(made: Path) -> None:
    seen = look(made / "dossier.pdf")
    assert (seen.kind, seen.standing) == ("pdf", "unsigned")
    assert seen.examination.proposal == example_proposal()
    assert [one.name for one in seen.open_places] == NAMES
    assert seen.may_cosign()
    assert "Niemand ondertekende deze PDF" in told(seen)
    assert "ongeschonden" not in told(seen)


def test_a_signed_pdf_tells_who_in_what_role_and_whose_place_is_left(made: Path) -> None:
    seen = look(made / "an.pdf")
    assert seen.standing == "good"
    (one,) = seen.examination.verdict.signatures
    assert (one.name, one.role, one.identity) == ("An Claes", f"partner: {NAMES[1]}", "self_issued")
    assert one.claimed_time is not None
    assert NAMES[1] not in [left.name for left in seen.open_places]
    assert len(seen.open_places) == len(NAMES) - 1
    pins.pin(AN.fingerprint)
    assert look(made / "an.pdf").examination.verdict.signatures[0].identity == "known"


def test_an_authority_vouches_for_the_signer_of_a_pdf(made: Path, tmp_path: Path) -> None:
    authority = craft.new_authority("Proefautoriteit")
    signer = craft.issued_by(authority, "Bo Daems", usage=("content_commitment",))
    out = tmp_path / "bo.pdf"
    pdf_signing.sign_pdf(made / "an.pdf", out, signer, NAMES[2])
    folder = tmp_path / "autoriteiten"
    folder.mkdir()
    (folder / "proef.pem").write_bytes(authority.pem)
    verdict = look(out, folder).examination.verdict
    assert verdict.intact
    assert [one.identity for one in verdict.signatures] == ["self_issued", "trusted"]
    assert verdict.signatures[1].by_authority == "Proefautoriteit"


def test_a_pdf_that_changed_after_signing_is_broken(made: Path, tmp_path: Path) -> None:
    data = (made / "an.pdf").read_bytes()
    path = tmp_path / "a.pdf"
    for at in (data.index(b"/Catalog") + 1, data.index(b"stream") + 20):
        path.write_bytes(craft.flipped(data, at, 1))
        try:
            seen = look(path)
        except NotOursError:
            continue
        assert seen.standing == "broken"
        assert not seen.may_cosign()
    with pikepdf.open(made / "an.pdf") as opened:
        del opened.pages[3]
        opened.save(path)
    seen = look(path)
    assert seen.standing == "broken"
    assert "niet in orde" in told(seen)


def _covered(writer: IncrementalPdfFileWriter) -> None:
    """Puts another text on the first page."""
    page, _ = writer.find_page_for_modification(0)
    stream = generic.StreamObject(stream_data=b"BT 100 100 Td (anders) Tj ET")
    page.get_object()["/Contents"] = generic.ArrayObject([writer.add_object(stream)])
    writer.update_container(page.get_object())


def _noted(writer: IncrementalPdfFileWriter) -> None:
    """Lays a note over the first page."""
    page, _ = writer.find_page_for_modification(0)
    note = {
        generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
        generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
        generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
        generic.pdf_name("/Contents"): generic.TextStringObject("anders"),
    }
    added = writer.add_object(generic.DictionaryObject(note))
    page.get_object()["/Annots"] = generic.ArrayObject([added])
    writer.update_container(page.get_object())


def _swapped(writer: IncrementalPdfFileWriter) -> None:
    """Attaches the data of another proposal."""
    attached = writer.root["/AF"][0]["/EF"]
    other = canonical.to_json(example_proposal().model_copy(update={"id": "anders"}))
    new = writer.add_object(generic.StreamObject(stream_data=other))
    for name in list(attached):
        attached[name] = new
    writer.update_container(attached)


@pytest.mark.parametrize("change", [_covered, _noted, _swapped])
def test_what_is_added_to_a_signed_pdf_shows(
    made: Path, tmp_path: Path, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    path = tmp_path / "a.pdf"
    before = (made / "an.pdf").read_bytes()
    writer = IncrementalPdfFileWriter(BytesIO(before))
    change(writer)
    with path.open("wb") as stream:
        writer.write(stream)
    assert path.read_bytes().startswith(before)
    seen = look(path)
    assert seen.standing == "broken"
    (one,) = seen.examination.verdict.signatures
    assert [problem.code for problem in one.problems] == ["pdf_changed_since"]
    assert not seen.may_cosign()


@pytest.mark.parametrize("more", [b"\n", b"more", b"9 0 obj\n(hidden)\nendobj\n%%EOF\n"])
def test_what_stands_behind_the_end_of_a_signed_pdf_shows(
    made: Path, tmp_path: Path, more: bytes
) -> None:
    """No signature covers it, and a reader that mends what it reads may find something in it."""
    path = tmp_path / "a.pdf"
    path.write_bytes((made / "an.pdf").read_bytes() + more)
    try:
        assert look(path).standing == "broken"
    except NotOursError as error:
        assert error.key in ("pdf_not_signable", "pdf_damaged")
    with pytest.raises(NotOursError):
        pdf_signing.sign_pdf(path, tmp_path / "b.pdf", ephemeral("Joris", NAMES[0]))
    assert not (tmp_path / "b.pdf").exists()


def test_any_byte_of_a_pdf_gives_a_verdict_or_a_sentence(made: Path, tmp_path: Path) -> None:
    data = (made / "an.pdf").read_bytes()
    path = tmp_path / "a.pdf"
    for at in range(11, len(data), len(data) // 40):
        path.write_bytes(craft.flipped(data, at, 0x20))
        try:
            assert look(path).standing == "broken", at
        except SifError as error:
            assert words("nl").find(f"errors.{error.key}")


def test_the_bytes_of_a_signature_in_a_pdf_can_be_written_in_one_way_only(
    made: Path, tmp_path: Path
) -> None:
    """They lie in the one place that no signature covers."""
    data = (made / "an.pdf").read_bytes()
    start = data.rindex(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    letter = next(at for at in range(start, end) if data[at] in b"abcdefABCDEF")
    path = tmp_path / "a.pdf"
    path.write_bytes(craft.flipped(data, letter, 0x20))  # the same digit in the other case
    assert look(path).standing == "broken"
    sealed = bytes.fromhex(data[start:end].decode())
    for at in (*range(20, 60, 2), *range(60, len(sealed), 250), len(sealed) - 1):
        changed = craft.flipped(sealed, at, 1).hex().encode()
        path.write_bytes(data[:start] + changed + data[end:])
        try:
            assert look(path).standing == "broken", at
        except SifError as error:
            assert words("nl").find(f"errors.{error.key}")


def test_a_pdf_is_signed_along_and_looked_at(made: Path, tmp_path: Path) -> None:
    seen = look(made / "an.pdf")
    choice = who_may_sign(seen)
    assert [one.name for one, _ in choice] == [NAMES[0], *NAMES[2:]]
    out = tmp_path / copy_name(seen, choice[0][0])
    assert out.suffix == ".pdf"
    along = sign_along(seen, out, ephemeral("Joris", NAMES[0]), choice[0][0])
    assert along.role == "coordinator"
    assert along.seen is not None
    assert along.seen.standing == "good"
    assert len(along.seen.examination.verdict.signatures) == 2


def test_a_bundle_is_signed_along_and_says_for_whom(bundle: Path, tmp_path: Path) -> None:
    seen = look(bundle)
    choice = who_may_sign(seen)
    assert [signed for _, signed in choice] == [True] + [False] * (len(choice) - 1)
    along = sign_along(seen, tmp_path / "b.asice", AN, choice[1][0])
    assert along.seen is not None
    assert along.seen.standing == "good"
    assert [signed for _, signed in who_may_sign(along.seen)][:3] == [True, True, False]


def test_signing_that_is_not_wanted_any_more_writes_nothing(bundle: Path, tmp_path: Path) -> None:
    seen = look(bundle)
    out = tmp_path / "b.asice"
    left = iter([True])
    work = Work(wanted=lambda: next(left, False))
    with pytest.raises(StoppedError):
        sign_along(seen, out, AN, seen.partners[1], work=work)
    assert not out.exists()


def test_copies_are_told_apart_and_united_whatever_the_order(bundle: Path, tmp_path: Path) -> None:
    seen = look(bundle)
    signers: list[Identity] = [AN, ephemeral("Bo Daems", seen.partners[2].name)]
    paths = [tmp_path / "een.asice", tmp_path / "twee.asice"]
    for path, signer, partner in zip(paths, signers, seen.partners[1:3], strict=True):
        sign_along(seen, path, signer, partner)
    found = copies(paths)
    assert can_unite(found)
    assert [one.signers[-1] for one in found] == ["An Claes", "Bo Daems"]
    one = unite(paths, tmp_path / "a.asice")
    other = unite(paths[::-1], tmp_path / "b.asice")
    assert one.standing == other.standing == "good"
    assert one.path.read_bytes() == other.path.read_bytes()
    assert not can_unite(found[:1])
    assert not can_unite(copies([paths[0], paths[0]]))


def test_taking_over_never_writes_over_a_file(bundle: Path, tmp_path: Path) -> None:
    seen = look(bundle)
    out = tmp_path / "a.sif"
    out.write_bytes(b"van mij")
    with pytest.raises(FileError, match="file_exists"):
        take_over(seen, out)
    assert out.read_bytes() == b"van mij"
    left = iter([True])
    with pytest.raises(StoppedError):
        take_over(seen, tmp_path / "b.sif", Work(wanted=lambda: next(left, False)))
    assert not (tmp_path / "b.sif").exists()


def test_the_findings_are_told_in_each_language(bundle: Path) -> None:
    seen = look(bundle)
    for language in LANGUAGES:
        found = told_findings(seen, language, 100)
        assert len(found) == len(seen.examination.findings)
        assert all(one.said and one.where for one in found)
    assert len(told_findings(seen, "nl", 1)) == 1


def test_a_bundle_of_somebody_else_can_be_signed_along_for_a_name(tmp_path: Path) -> None:
    strange = {"brief.txt": b"Geachte"}
    path = tmp_path / "a.asice"
    parts = craft.resigned(strange, AN)
    path.write_bytes(craft.zipped(craft.pieces(parts)))
    seen = look(path)
    assert seen.standing == "good"
    assert who_may_sign(seen) == ()
    assert partner_named("  ") is None
    partner = partner_named("Elders  vzw")
    assert partner is not None
    along = sign_along(seen, tmp_path / "b.asice", ephemeral("Bo"), partner)
    assert along.role == "partner: Elders vzw"
    assert along.seen is not None and along.seen.standing == "good"
