"""Typed text made into paragraphs and lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sif_desktop.document.content import BulletList, Paragraph
from sif_desktop.document.prose import clean, line, paragraphs


def test_blank_lines_part_paragraphs_and_line_ends_stay() -> None:
    assert paragraphs("een\ntwee\n\n \n\ndrie\r\n\r\nvier") == (
        Paragraph("een\ntwee"),
        Paragraph("drie"),
        Paragraph("vier"),
    )


@pytest.mark.parametrize("mark", ["-", "•", "*", "–", "—", "·", "▪"])
def test_lines_with_a_mark_are_a_list(mark: str) -> None:
    assert paragraphs(f"Wij doen:\n{mark} koken\n {mark}  eten\nen meer") == (
        Paragraph("Wij doen:"),
        BulletList(("koken", "eten")),
        Paragraph("en meer"),
    )


def test_numbers_are_kept_as_typed() -> None:
    assert paragraphs("1. een\n2) twee\n\n- los") == (
        BulletList(("een", "twee"), ("1.", "2)")),
        BulletList(("los",)),
    )


def test_an_indented_line_belongs_to_its_item() -> None:
    assert paragraphs("- koken\n  en eten\n- slapen") == (BulletList(("koken\nen eten", "slapen")),)


@pytest.mark.parametrize(
    "text", ["-5 graden", "2013. Een jaar", "*vet*", "3.500 euro", "a.b", "- "]
)
def test_what_only_looks_like_a_list_is_none(text: str) -> None:
    assert not any(isinstance(block, BulletList) for block in paragraphs(text))


def test_what_cannot_be_seen_goes() -> None:
    assert clean("a\x00b\u202ec\u200bd\tE\u00adf\ufeff\u2028g") == "abcd Ef\ng"
    assert line("  a \n\n b\u00a0c ") == "a b\u00a0c"


@given(st.text())
def test_no_sign_is_lost_or_added(text: str) -> None:
    """But for the marks of lists, spaces and line ends."""
    kept = "".join(clean(text).split())
    told = "".join(
        block.text
        if isinstance(block, Paragraph)
        else "".join(f"{m}{t}" for m, t in zip(block.markers or block.items, block.items))  # noqa: B905
        if block.markers
        else "".join(block.items)
        for block in paragraphs(text)
    )
    marks = set("-–—•‣◦*·▪■●○")
    assert [sign for sign in "".join(told.split()) if sign not in marks] == [
        sign for sign in kept if sign not in marks
    ]
    assert clean(clean(text)) == clean(text)
