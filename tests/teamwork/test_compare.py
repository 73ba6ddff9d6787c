"""Comparing two proposals: in words that a person would use, as data, and as a page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from dossiers import CALL, example_proposal
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import proposals
from teamwork.sides import worked_on

from sif_desktop.calls.folder import find
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model.difference import difference
from sif_desktop.model.edit import Add, Drop, Edit, Move, Set, apply_all
from sif_desktop.model.proposal import Proposal
from sif_desktop.teamwork import telling
from sif_desktop.teamwork.compare import Difference, compare
from sif_desktop.teamwork.web_page import page
from sif_desktop.teamwork.word_marks import Mark, marks

EXAMPLES = settings(max_examples=25, deadline=None, derandomize=True)


def compared(
    *edits: Edit, base: Proposal | None = None, language: Language = "nl"
) -> list[Difference]:
    base = base or example_proposal()
    new, _ = apply_all(base, edits)
    return compare(base, new, find(new.call), language)


def told(*edits: Edit, base: Proposal | None = None, language: Language = "nl") -> str:
    words = find(CALL).words(language)
    return "\n".join(telling.lines(compared(*edits, base=base, language=language), words))


def plan() -> Proposal:
    """One partner, one work package, two budget lines."""
    return Proposal.model_validate(
        {
            "call": CALL,
            "project": {"need": "Ouderen wonen alleen.\n\nJongeren zoeken een kamer."},
            "partners": [{"id": "z", "name": "Zorgcirkel vzw", "short_name": "Zorgcirkel"}],
            "work_packages": [
                {"id": "w", "title": "Samen ontwerpen",
                 "deliverables": [{"id": "d", "title": "Plan"}]}
            ],
            "budget": [
                {"id": "a", "partner": "z", "category": "staff", "period": "m01-06",
                 "subsidy": 1_200_000},
                {"id": "b", "partner": "z", "category": "operating", "period": "m07-12"},
            ],
            "attachments": [{"id": "f", "filename": "a.pdf", "sha256": "a" * 64, "size": 1}],
        }
    )  # fmt: skip


def test_an_amount_in_the_words_of_the_call() -> None:
    edit = Set(at="budget/a/subsidy", value=1_450_000)
    assert told(edit, base=plan()) == (
        "DE BEGROTING\n  Partner Zorgcirkel, personeel, maand 1-6, gevraagde subsidie: "
        "12.000,00 euro → 14.500,00 euro"
    )
    assert "12,000.00 euro → 14,500.00 euro" in told(edit, base=plan(), language="en")


@pytest.mark.parametrize(
    ("edit", "line"),
    [
        (Set(at="project/title", value="Dak"), "Titel van het project: (leeg) → Dak"),
        (Set(at="project/theme", value="open"), "(leeg) → Open categorie"),
        (Set(at="work_packages/w/lead", value="z"),
         "Werkpakket 1 (Samen ontwerpen), trekker: (leeg) → Zorgcirkel"),
        (Set(at="work_packages/w/deliverables/d/month", value=3),
         "Werkpakket 1 (Samen ontwerpen), resultaat 1 (Plan), klaar in maand: (leeg) → 3"),
        (Drop(at="budget/b"), "Partner Zorgcirkel, werking, maand 7-12: verwijderd"),
        (Move(at="budget/b", after=""),
         "Partner Zorgcirkel, werking, maand 7-12: verplaatst van plaats 2 naar plaats 1"),
        (Set(at="budget/a/subsidy", value="veel"), "12.000,00 euro → veel"),
        (Set(at="attachments/f/sha256", value="b" * 64),
         "a.pdf (kenmerk aaaaaaaa) → a.pdf (kenmerk bbbbbbbb)"),
        (Set(at="answers/stray", value="x"), "(stray): (leeg) → x"),
        (Set(at="language", value="fr"), "De taal van het dossier: nl → fr"),
    ],
)  # fmt: skip
def test_lines(edit: Edit, line: str) -> None:
    assert line in told(edit, base=plan())


def test_a_row_that_moved_and_has_the_same_number_as_before() -> None:
    """One row above it came and another went: from place 2 to place 2 would say nothing."""
    third = {"id": "c", "partner": "z", "category": "overhead"}
    base, _ = apply_all(plan(), [Add(at="budget", item=third, after="b")])
    new, _ = apply_all(base, [Move(at="budget/c", after="a"), Drop(at="budget/a")])
    new, _ = apply_all(
        new, [Add(at="budget", item={"id": "d"}), Add(at="budget", item={"id": "e"})]
    )
    for language, said in (
        ("nl", "overhead: verplaatst tussen de andere rijen"),
        ("en", "overhead: moved among the other rows"),
        ("fr", "frais généraux\u00a0: déplacé parmi les autres lignes"),
    ):
        words = find(CALL).words(language)
        found = compare(base, new, find(CALL), language)
        (one,) = (one for one in found if one.kind == "moved")
        assert one.old == one.new == "3"
        assert any(line.endswith(said) for line in telling.lines(found, words))
        assert f"{said}</h3>" in page(found, words, "a", "b")


def test_an_item_that_was_added_is_told_with_what_is_in_it() -> None:
    item = {"id": "n", "title": "Proef", "activities": [{"id": "x", "title": "Oefenen"}]}
    found = compared(Add(at="work_packages", item=item, after="w"), base=plan())
    assert [(one.kind, one.place) for one in found] == [("added", "Werkpakket 2 (Proef)")]
    values = dict(found[0].details)
    assert "Proef" in values.values()
    assert any(label.startswith("activiteit 1, ") for label in values)


def test_a_text_is_marked_word_by_word() -> None:
    new = "Ouderen wonen alleen.\n\nJongeren zoeken vaak een kamer."
    found = compared(Set(at="project/need", value=new), base=plan())
    assert Mark("in", "vaak ") in found[0].marks
    assert "zoeken {+vaak +}een kamer" in told(Set(at="project/need", value=new), base=plan())


def test_only_what_changed_is_shown_of_a_long_text() -> None:
    long = " ".join(f"woord{number}" for number in range(2000))
    base, _ = apply_all(plan(), [Set(at="project/need", value=long)])
    text = told(Set(at="project/need", value=long.replace("woord1000 ", "")), base=base)
    assert "[-woord1000 -]" in text
    assert len(text) < 300


def test_lines_for_the_same_are_told_apart() -> None:
    twice = {"id": "c", "partner": "z", "category": "staff", "period": "m01-06"}
    base, _ = apply_all(plan(), [Add(at="budget", item=twice, after="b")])
    assert "maand 1-6 (lijn 3), eigen middelen" in told(
        Set(at="budget/c/own_means", value=1), base=base
    )
    base, _ = apply_all(base, [Set(at="budget/c/work_package", value="w")])
    assert "maand 1-6, werkpakket 1, eigen middelen" in told(
        Set(at="budget/c/own_means", value=1), base=base
    )


def test_sections_stand_in_the_order_of_the_form() -> None:
    found = compared(
        Set(at="answers/vision_future", value="x"),
        Set(at="project/title", value="x"),
        Set(at="answers/stray", value="x"),
        base=plan(),
    )
    assert [one.address for one in found] == [
        "project/title",
        "answers/vision_future",
        "answers/stray",
    ]


def test_no_difference_is_said() -> None:
    assert told() == "Er is geen verschil."


@EXAMPLES
@given(st.data())
def test_any_two_proposals_can_be_told(data: st.DataObject) -> None:
    """Each edit between them is told, in all languages, and the page is safe."""
    base = data.draw(proposals())
    new = data.draw(worked_on(base, "n"))
    call = find(CALL)
    for language in LANGUAGES:
        found = compare(base, new, call, language)
        quiet = ("media_type", "size", "pages")
        addresses = {
            edit.at if edit.op != "add" else f"{edit.at}/{edit.item['id']}"
            for edit in difference(base, new)
        }
        loud = {at for at in addresses if at.rpartition("/")[2] not in (*quiet, "sha256")}
        assert loud <= {one.address for one in found}
        words = call.words(language)
        assert list(telling.lines(found, words))
        json.dumps(telling.data(found))
        Harmless().feed(page(found, words, "a.sif", "b.sif"))


class Harmless(HTMLParser):
    """Takes a page of plain text elements and nothing else."""

    ALLOWED = frozenset(("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p",
                         "section", "del", "ins", "dl", "dt", "dd"))  # fmt: skip

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.ALLOWED, tag
        assert {name for name, _ in attrs} <= {
            "lang", "charset", "name", "content", "http-equiv", "class"
        }  # fmt: skip


def test_the_page_runs_nothing_and_fetches_nothing() -> None:
    evil = '<script src="https://x.example/">alert(1)</script><img src=x onerror=y>'
    found = compared(
        Set(at="project/title", value=evil),
        Set(at="project/need", value=f"Ouderen {evil}"),
        Add(at="partners", item={"id": "n", "name": evil}),
        base=plan(),
    )
    text = page(found, find(CALL).words("nl"), evil, "b.sif")
    Harmless().feed(text)
    assert "<script" not in text
    assert "&lt;script" in text
    assert not re.search(
        r"(src|href|url)\s*[=(]\s*[\"']?http", re.sub(r"&quot;.*?&quot;", "", text)
    )
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("een twee drie", "een drie", ["een ", "-twee ", "drie"]),
        ("een drie", "een twee drie", ["een ", "+twee ", "drie"]),
        ("een, twee", "een; twee", ["een", "-, ", "+; ", "twee"]),
        ("", "nieuw", ["+nieuw"]),
        ("oud", "", ["-oud"]),
    ],
)
def test_marks(old: str, new: str, found: list[str]) -> None:
    sign = {"same": "", "out": "-", "in": "+"}
    assert [sign[mark.kind] + mark.text for mark in marks(old, new)] == found


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["een ", "twee ", "\n\n", "de ", ", ", "é"])),
       st.lists(st.sampled_from(["een ", "twee ", "\n\n", "de ", ", ", "é"])))  # fmt: skip
def test_marks_hold_both_texts_whole(one: list[str], two: list[str]) -> None:
    old, new = "".join(one), "".join(two)
    found = marks(old, new)
    assert "".join(mark.text for mark in found if mark.kind != "in") == old
    assert "".join(mark.text for mark in found if mark.kind != "out") == new
    assert all(mark.text for mark in found)


def test_a_text_of_any_size_is_marked() -> None:
    old = "woord " * 400_000
    found = marks(old, old + "nog")
    assert "".join(mark.text for mark in found if mark.kind != "out") == old + "nog"
    many = "a\n" * 50_000
    assert "".join(m.text for m in marks(many, many + "b") if m.kind != "in") == many
