"""The PDF as programs that are not ours see it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from document_reading import (
    closed,
    described,
    page_texts,
    run,
    told,
    words_on,
    written,
)
from dossiers import big_proposal, empty_proposal, example_proposal, the_call

from sif_desktop.calls.folder import read
from sif_desktop.document import style
from sif_desktop.language import LANGUAGES, words
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal
from sif_desktop.paths import forms

ODD = (
    "Een lange 😀 naam met <b>vet</b> & <script>, 中文, العربية, Łódź, Ελλάδα, Київ, 3 ≥ 2 → ✓\x07 "
    "en \u202eomgekeerd\u202c, e\u0301e\u0301n zacht\u00adwoord"
)


def odd_proposal() -> Proposal:
    """The example with texts that are hard on a typesetter."""
    proposal = example_proposal()
    project = proposal.project.model_copy(
        update={
            "title": f"{ODD} {'t' * 400}",
            "acronym": ODD,
            "summary": f"{'w' * 300} gewoon\n\n{ODD}\n\n- eerste\n- tweede\n\n1. a\n2. b",
            "need": ("Een zin van acht woorden, steeds weer opnieuw. " * 200)[:8000],
            "innovation": "https://example.be/" + "een-lang-pad/" * 40,
        }
    )
    budget = proposal.budget[0].model_copy(
        update={"description": f"{ODD} " * 30, "subsidy": 2**53 - 1, "own_means": "twaalf euro"}
    )
    partner = proposal.partners[0].model_copy(update={"name": f"Naam & zonen {'n' * 300}"})
    package = proposal.work_packages[0].model_copy(
        update={"title": f"{ODD} {'p' * 300}", "first_month": -4, "last_month": 2**53 - 1}
    )
    return proposal.model_copy(
        update={
            "project": project,
            "budget": (budget, *proposal.budget[1:]),
            "partners": (partner, *proposal.partners[1:]),
            "work_packages": (package, *proposal.work_packages[1:]),
        }
    )


def in_language(language: str) -> Callable[[], Proposal]:
    return lambda: example_proposal().model_copy(update={"language": language})


MADE: dict[str, Callable[[], Proposal]] = {
    "nl": in_language("nl"),
    "en": in_language("en"),
    "fr": in_language("fr"),
    "empty": empty_proposal,
    "odd": odd_proposal,
    "big": big_proposal,
}
SHOWN_OTHERWISE = dict.fromkeys(map(ord, "😀中文العربية"), "▯")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDF of each proposal; the draft is of the Dutch one."""
    made = tmp_path_factory.mktemp("pdf")
    for name, proposal in MADE.items():
        (made / f"{name}.pdf").write_bytes(written(proposal(), the_call()))
    (made / "draft.pdf").write_bytes(written(example_proposal(), the_call(), draft=True))
    return made


@pytest.mark.parametrize("name", [*MADE, "draft"])
def test_qpdf_finds_nothing(folder: Path, name: str) -> None:
    said = run("qpdf", "--check", str(folder / f"{name}.pdf"))
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


@pytest.mark.parametrize("name", [*MADE, "draft"])
def test_all_fonts_are_embedded(folder: Path, name: str) -> None:
    rows = run("pdffonts", str(folder / f"{name}.pdf")).splitlines()[2:]
    assert rows
    for row in rows:
        *_, embedded, subset, unicode, _, _ = row.split()
        assert (embedded, subset, unicode) == ("yes", "yes", "yes"), row


@pytest.mark.parametrize("name", [*MADE, "draft"])
def test_every_text_is_found_whole(folder: Path, name: str) -> None:
    proposal = MADE.get(name, example_proposal)()
    found = closed("".join(page_texts(folder / f"{name}.pdf")))
    for block in described(proposal, the_call()).blocks:
        for text in told(block):
            wanted = closed(text.translate(SHOWN_OTHERWISE))
            # A long cell goes on beside its neighbours: its words are looked for.
            parts = [wanted] if len(text) < 900 else text.translate(SHOWN_OTHERWISE).split()
            assert all(closed(part) in found for part in parts), text[:200]


@pytest.mark.parametrize("name", ["nl", "en", "fr"])
def test_what_was_typed_is_found_in_plain_reading_order(folder: Path, name: str) -> None:
    """Without asking for the order of drawing, as search engines and copying do."""
    text = closed(run("pdftotext", str(folder / f"{name}.pdf"), "-"))
    proposal = example_proposal()
    typed = [proposal.project.summary, proposal.project.need, *proposal.answers.values()]
    lines = [line for one in typed if isinstance(one, str) for line in one.split(". ")]
    lost = [line for line in lines if closed(line.lstrip("-•0123456789. ")) not in text]
    # A sentence may be parted by the end of a page; all others are whole.
    assert len(lost) < len(lines) / 20


@pytest.mark.parametrize("name", [*MADE, "draft"])
def test_nothing_leaves_the_margins(folder: Path, name: str) -> None:
    foot = style.TOP + style.HEIGHT
    for word in words_on(folder / f"{name}.pdf"):
        assert word.left >= style.MARGIN - 1, word
        assert word.right <= style.PAGE_WIDTH - style.MARGIN + 1, word
        assert word.top >= 20, word
        assert word.bottom <= style.PAGE_HEIGHT - 20, word
        # Between the text and the foot there is a gap that no word stands in.
        assert word.bottom <= foot + 6 or word.top >= foot + 20, word


@pytest.mark.parametrize("name", ["odd", "big", "fr", "draft"])
def test_no_word_lies_over_another(folder: Path, name: str) -> None:
    seen: dict[int, list[tuple[float, float, float, float, str]]] = {}
    for word in words_on(folder / f"{name}.pdf"):
        shrunk = (word.left + 0.6, word.top + 2.4, word.right - 0.6, word.bottom - 2.4, word.text)
        seen.setdefault(word.page, []).append(shrunk)
    for page in list(seen)[:60]:
        boxes = sorted(seen[page], key=lambda box: box[1])
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                if other[1] >= one[3]:
                    break
                apart = other[0] >= one[2] or one[0] >= other[2]
                assert apart or other[3] <= one[1], (page, one, other)


@pytest.mark.parametrize("name", [*MADE, "draft"])
def test_every_page_tells_its_place_and_the_digest(folder: Path, name: str) -> None:
    proposal = MADE.get(name, example_proposal)()
    digest = hashlib.sha256(canonical.to_json(proposal)).hexdigest()
    pages = page_texts(folder / f"{name}.pdf", whole=True)
    known = words(proposal.language)
    for number, text in enumerate(pages, 1):
        assert known.say("document.page", page=number, pages=len(pages)) in text
        assert digest in text


def test_the_mark_of_a_draft_is_on_every_page_and_only_there(folder: Path) -> None:
    drafts = page_texts(folder / "draft.pdf", whole=True)
    assert all("ONTWERP" in text for text in drafts)
    # The word in the head; the watermark itself stands for no text.
    assert all(text.count("ONTWERP") == 1 for text in drafts)
    assert not any("ONTWERP" in text for text in page_texts(folder / "nl.pdf", whole=True))
    with pikepdf.open(folder / "draft.pdf") as pdf:
        for page in pdf.pages:
            forms_used = page.Resources.get("/XObject", {})
            shown = [form for form in forms_used.values() if b"Watermark" in form.read_bytes()]
            assert len(shown) == 1
    with pikepdf.open(folder / "nl.pdf") as pdf:
        assert not any(page.Resources.get("/XObject") for page in pdf.pages)


def test_the_mark_of_a_draft_leaves_the_text_as_it_is(folder: Path) -> None:
    draft, final = (page_texts(folder / f"{name}.pdf")[1:] for name in ("draft", "nl"))
    assert draft == final


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_title_and_author_are_told(folder: Path, language: str) -> None:
    with pikepdf.open(folder / f"{language}.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith(language)
        assert str(pdf.docinfo.Title) == example_proposal().project.title
        assert str(pdf.docinfo.Author) == example_proposal().partners[0].name
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/CreationDate" not in pdf.docinfo
        assert "/ModDate" not in pdf.docinfo


def test_bookmarks_and_contents_lead_to_the_right_pages(folder: Path) -> None:
    pages = page_texts(folder / "nl.pdf")
    sections = {
        f"{number} {the_call().words('nl').say(f'sections.{section.id}.title')}"
        for number, section in enumerate(the_call().sections, 1)
    }
    contents = closed("".join(pages[1:3]))
    with pikepdf.open(folder / "nl.pdf") as pdf, pdf.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        titles = {entry.title for entry in outline.root}
        assert sections <= titles
        for entry in outline.root:
            number = numbers[entry.destination[0].objgen]
            assert closed(entry.title) in closed(pages[number - 1])
            assert closed(f"{entry.title}{number}") in contents


def test_a_table_that_goes_on_repeats_its_heads(folder: Path) -> None:
    pages = page_texts(folder / "big.pdf")
    heads = closed("OmschrijvingKostensoort")
    going_on = [closed(text) for text in pages if closed(text).startswith(heads)]
    assert len(going_on) > 20


def test_the_same_proposal_gives_the_same_bytes(folder: Path) -> None:
    again = written(example_proposal(), the_call())
    assert again == (folder / "nl.pdf").read_bytes()


@pytest.mark.parametrize(("seed", "zone"), [("1", "Pacific/Auckland"), ("77", "America/Lima")])
def test_the_same_bytes_in_another_process(folder: Path, seed: str, zone: str) -> None:
    program = (
        "import sys, hashlib; from document_reading import written;"
        "from dossiers import example_proposal, the_call;"
        "print(hashlib.sha256(written(example_proposal(), the_call())).hexdigest())"
    )
    tests = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": tests}
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment
    )
    expected = hashlib.sha256((folder / "nl.pdf").read_bytes()).hexdigest()
    assert done.stdout.strip() == expected


def test_the_call_of_the_tests_is_the_one_that_comes_along() -> None:
    assert read(forms() / the_call().id).sections == the_call().sections
