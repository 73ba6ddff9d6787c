"""Reading files into a draft and out again: types by content, refusals in words, nothing lost."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pikepdf
import pytest
from dossiers import EXAMPLE, empty_proposal

from sif_desktop.app import attaching
from sif_desktop.app.attaching import LARGEST, UNKNOWN, attach, attach_all, extract, media_type_of
from sif_desktop.app.work import StoppedError, Work
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model.proposal import Attachment
from sif_desktop.store.draft import Draft

PDF = EXAMPLE / "attachments" / "bevraging-2012.pdf"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    with Draft.create(tmp_path / "draft.sif", empty_proposal(), author="test") as made:
        yield made


def packed(*names: str, first: tuple[str, str] | None = None) -> bytes:
    """A ZIP with members of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


ODF = "application/vnd.oasis.opendocument."
OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (packed("a", first=("mimetype", f"{ODF}text")), f"{ODF}text"),
        (packed("a", first=("mimetype", f"{ODF}spreadsheet")), f"{ODF}spreadsheet"),
        (packed("a", first=("mimetype", f"{ODF}text-master")), UNKNOWN),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            f"{OFFICE}wordprocessingml.document",
        ),
        (packed("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), UNKNOWN),
        (packed("anything.exe"), UNKNOWN),
        ("Een brief, met é en ü.\r\n".encode(), "text/plain"),
        ("é".encode() * 3000, "text/plain"),
        (b"MZ\x90\x00\x03", UNKNOWN),
        (b"\x7fELF\x02\x01", UNKNOWN),
        (b"\xff\xfeh\x00o\x00i\x00", UNKNOWN),
    ],
)
def test_the_type_is_told_by_the_content(content: bytes, media_type: str) -> None:
    assert media_type_of(io.BytesIO(content)) == media_type


def test_a_file_is_in_the_draft_with_what_is_known_of_it(draft: Draft, tmp_path: Path) -> None:
    path = tmp_path / "verslag_van-de bevraging.docx"  # the name lies: it is a PDF
    path.write_bytes(PDF.read_bytes())
    one = attach(draft, path)
    assert (one.title, one.filename) == ("Verslag van de bevraging", path.name)
    assert (one.media_type, one.size, one.pages) == ("application/pdf", PDF.stat().st_size, 2)
    with draft.open_attachment(one.sha256) as stream:
        assert stream.read() == PDF.read_bytes()


def refused(draft: Draft, path: Path, known: tuple[Attachment, ...] = ()) -> SifError:
    before = draft.attachment_digests()
    with pytest.raises(SifError) as caught:
        attach(draft, path, known)
    assert draft.attachment_digests() == before
    return caught.value


def test_what_is_refused_says_why_with_the_files_name(draft: Draft, tmp_path: Path) -> None:
    folder, empty, large = tmp_path / "map", tmp_path / "leeg.pdf", tmp_path / "film.mp4"
    folder.mkdir()
    empty.touch()
    with large.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    keys = {
        folder: "attachment_is_folder",
        empty: "file_empty",
        large: "attachment_too_large",
        tmp_path / "weg.pdf": "file_missing",
        tmp_path / "nul\0byte": "file_missing",
    }
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "buis")  # opening one would wait for ever
        keys[tmp_path / "buis"] = "attachment_is_no_file"
    for path, key in keys.items():
        error = refused(draft, path)
        assert error.key == key
        for language in LANGUAGES:
            said = words(language).say(f"errors.{key}", **error.figures)
            assert attaching.shown_name(path) in said
            assert str(tmp_path) not in said


def test_a_file_without_permission_is_refused(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "geheim.pdf"
    path.write_bytes(b"%PDF-")

    def deny(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", deny)
        with pytest.raises(SifError) as caught:
            attach(draft, path)
    assert caught.value.key == "file_no_permission"


def test_the_same_file_under_another_name_is_told(draft: Draft, tmp_path: Path) -> None:
    first = attach(draft, PDF)
    copy = tmp_path / "kopie.pdf"
    copy.write_bytes(PDF.read_bytes())
    error = refused(draft, copy, (first.model_copy(update={"title": "De bevraging"}),))
    assert (error.key, error.figures["title"]) == ("attachment_again", "De bevraging")
    other = tmp_path / "ander.pdf"
    other.write_bytes(PDF.read_bytes()[:-1] + b"x")  # as large, and not the same
    assert attach(draft, other, (first,)).sha256 != first.sha256


def test_one_that_is_refused_keeps_none_of_the_others_out(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    note = tmp_path / "nota.txt"
    note.write_text("Hallo", encoding="utf-8")
    outcomes = attach_all(draft, [tmp_path / "map", PDF, note, PDF], ())
    assert [one.error.key if one.error else "" for one in outcomes] == [
        "attachment_is_folder",
        "",
        "",
        "attachment_again",
    ]
    assert len(draft.attachment_digests()) == 2


def test_work_that_is_not_wanted_any_more_leaves_nothing(draft: Draft, tmp_path: Path) -> None:
    large = tmp_path / "groot.txt"
    large.write_bytes(b"tekst\n" * 1_000_000)
    told: list[tuple[str, int, int]] = []
    work = Work(lambda *all_of_it: told.append(all_of_it), lambda: len(told) < 3)
    with pytest.raises(StoppedError):
        attach_all(draft, [large], (), work)
    assert draft.attachment_digests() == {}
    assert told[-1][0] == "groot.txt"
    assert 0 < told[-1][1] < told[-1][2] == large.stat().st_size


@pytest.mark.parametrize("damage", ["locked", "broken", "none"])
def test_pages_are_counted_where_that_can_be(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "x.pdf"
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        lock = pikepdf.Encryption(user="a", owner="b") if damage == "locked" else None
        pdf.save(path, encryption=lock or False)
    if damage == "broken":
        path.write_bytes(b"%PDF-1.7\n" + os.urandom(2000))
    assert attaching.pages_of(path) == (3 if damage == "none" else "")


def test_a_name_that_no_text_can_hold_is_shown_all_the_same() -> None:
    odd = Path(os.fsdecode(b"brief\xff\x07.pdf"))
    name = attaching.shown_name(odd)
    assert name.startswith("brief") and name.endswith(".pdf")
    assert Attachment(filename=name).filename == name


@pytest.mark.parametrize(
    ("filename", "safe"),
    [
        ("Verslag é.pdf", "Verslag-e.pdf"),
        ("../../etc/passwd.pdf", "etc-passwd.pdf"),
        ("../../etc/passwd", "bijlage.pdf"),
        ("con.pdf", "bijlage-con.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("письмо", "bijlage.pdf"),
        ("a" * 300 + ".pdf", "a" * 60 + ".pdf"),
        ("-rf .pdf", "rf.pdf"),
    ],
)
def test_the_name_of_a_copy_to_look_at_is_ours(filename: str, safe: str) -> None:
    assert attaching.safe_name(filename, "pdf") == safe


def opener(content: bytes):
    return lambda: io.BytesIO(content)


def test_a_copy_to_look_at_has_the_ending_of_its_content(tmp_path: Path) -> None:
    liar = Attachment(filename="factuur.exe", media_type="application/pdf")
    file = extract(opener(PDF.read_bytes()), liar, tmp_path)
    assert file.name == "factuur.pdf"
    assert file.read_bytes() == PDF.read_bytes()
    assert not file.stat().st_mode & (stat.S_IWUSR | stat.S_IXUSR | stat.S_IRWXO)
    assert not file.parent.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    again = extract(opener(PDF.read_bytes()), liar, tmp_path)
    assert again != file


def test_what_is_not_what_it_says_is_not_opened(tmp_path: Path) -> None:
    liar = Attachment(filename="factuur.pdf", media_type="application/pdf")
    with pytest.raises(SifError) as caught:
        extract(opener(b"MZ\x90\x00"), liar, tmp_path)
    assert caught.value.key == "attachment_not_opened"
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]


def test_a_copy_is_there_whole_or_not_at_all(draft: Draft, tmp_path: Path) -> None:
    out = tmp_path / "kopie.pdf"
    out.write_bytes(b"old")
    attaching.save_copy(opener(b"new"), out)
    assert out.read_bytes() == b"new"
    with pytest.raises(SifError):
        attaching.save_copy(lambda: draft.open_attachment("0" * 64), out)
    assert out.read_bytes() == b"new"
    with pytest.raises(SifError):
        attaching.save_copy(opener(b"x"), tmp_path / "nowhere" / "kopie.pdf")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        ".draft.sif.lock",
        "draft.sif",
        "kopie.pdf",
    ]
