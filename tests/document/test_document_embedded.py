"""The proposal in a PDF comes back whole; from other files comes nothing but a plain error."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from document_reading import written
from dossiers import example_proposal, the_call

from sif_desktop.document import embedded
from sif_desktop.document.embedded import read_proposal
from sif_desktop.errors import FileError, NotOursError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical


@pytest.fixture(scope="module")
def ours() -> bytes:
    return written(example_proposal(), the_call())


def changed(data: bytes, change: object) -> bytes:
    """A PDF after something was done to it with another program."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)  # type: ignore[operator]
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def attached_to(data: bytes, stream: object) -> bytes:
    """A PDF whose attachment is replaced by another stream."""

    def change(pdf: pikepdf.Pdf) -> None:
        made = pikepdf.Stream(pdf, b"")
        made.write(stream["data"], filter=stream.get("filter"))  # type: ignore[index, attr-defined]
        pdf.attachments["proposal.json"].obj.EF.F = made
        pdf.attachments["proposal.json"].obj.EF.UF = made

    return changed(data, change)


def test_the_proposal_comes_back(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(ours)
    data = read_proposal(file)
    assert data == canonical.to_json(example_proposal())
    assert canonical.from_bytes(data, "x") == example_proposal()
    with pikepdf.open(file) as pdf:
        (related,) = pdf.Root.AF
        assert related.AFRelationship == pikepdf.Name.Data
        assert related.F == "proposal.json"


def test_it_comes_back_after_another_program_saved_it(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "dossier.pdf"
    out = BytesIO()
    with pikepdf.open(BytesIO(ours)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    file.write_bytes(out.getvalue())
    assert read_proposal(file) == canonical.to_json(example_proposal())


def refused(file: Path) -> str:
    """The key of the error; its sentence exists in every language and names the file."""
    with pytest.raises(FileError) as caught:
        read_proposal(file)
    for language in LANGUAGES:
        assert str(file) in words(language).say(
            f"errors.{caught.value.key}", **caught.value.figures
        )
    return caught.value.key


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "missing.pdf") == "pdf_unreadable"
    assert refused(tmp_path) == "pdf_unreadable"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"{}", b"PK\x03\x04", b"\x00" * 3000])
def test_files_that_are_no_pdf(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(data)
    assert refused(file) == "pdf_damaged"


def test_a_file_cut_short_anywhere_is_refused_or_read_whole(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    for size in range(0, len(ours), len(ours) // 40):
        file.write_bytes(ours[:size])
        assert refused(file) == "pdf_damaged"


def test_changed_bytes_never_give_another_kind_of_error(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    for place in range(0, len(ours), len(ours) // 150):
        file.write_bytes(ours[:place] + bytes([ours[place] ^ 0x15]) + ours[place + 1 :])
        try:
            read_proposal(file)
        except NotOursError as error:
            assert error.key.startswith(("pdf_", "json_"))


def test_a_pdf_without_a_proposal(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"

    def without(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments["proposal.json"]

    file.write_bytes(changed(ours, without))
    assert refused(file) == "pdf_not_ours"
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    file.write_bytes(out.getvalue())
    assert refused(file) == "pdf_not_ours"


def test_a_pdf_with_a_password(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    out = BytesIO()
    with pikepdf.open(BytesIO(ours)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    file.write_bytes(out.getvalue())
    assert refused(file) == "pdf_damaged"


def test_an_attachment_that_unpacks_to_gigabytes(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    packer = zlib.compressobj(1)
    zeros = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(zeros) for _ in range(70)) + packer.flush()
    assert len(bomb) < 1024 * 1024
    file.write_bytes(attached_to(ours, {"data": bomb, "filter": pikepdf.Name.FlateDecode}))
    assert refused(file) == "json_too_large"


def test_an_attachment_in_odd_packing(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    for packed in (pikepdf.Name.RunLengthDecode, pikepdf.Name.ASCIIHexDecode):
        file.write_bytes(attached_to(ours, {"data": b"7b7d>", "filter": packed}))
        assert refused(file) == "pdf_not_ours"


def test_an_attachment_that_is_not_a_file(ours: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    for odd in (pikepdf.Array([1]), pikepdf.String("x"), pikepdf.Dictionary(F=3)):

        def change(pdf: pikepdf.Pdf, odd: pikepdf.Object = odd) -> None:
            pdf.attachments["proposal.json"].obj.EF = odd

        file.write_bytes(changed(ours, change))
        assert refused(file) in ("pdf_damaged", "pdf_not_ours")


def test_a_file_that_is_too_large_is_not_opened(
    ours: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(ours)
    monkeypatch.setattr(embedded, "LARGEST_PDF", 1000)
    assert refused(file) == "pdf_too_large"


def test_objects_that_unpack_to_gigabytes(tmp_path: Path) -> None:
    """The file's own index, packed: what names the objects would fill the memory."""
    file = tmp_path / "x.pdf"
    packer = zlib.compressobj(1)
    zeros = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(zeros) for _ in range(270)) + packer.flush()
    head = b"%PDF-1.7\n"
    index = (
        b"1 0 obj\n<< /Type /XRef /Size 100000000 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode "
        b"/Length %d >>\nstream\n" % len(bomb)
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)
    file.write_bytes(head + index + bomb + tail)
    assert refused(file) == "pdf_damaged"


def test_a_library_says_nothing_of_a_file_beside_our_error(tmp_path: Path) -> None:
    """Where nobody listens, logs of libraries would go to standard error."""
    out = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    file = tmp_path / "a.pdf"
    file.write_bytes(re.sub(rb"/Columns \d", b"/Columns 300000000", out.getvalue()))
    assert b"300000000" in file.read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "sif_desktop.cli.main", "show", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "a.pdf" in done.stderr
