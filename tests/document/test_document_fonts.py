"""Widths and line breaking against ReportLab's own, and what stands for signs without a glyph."""

from __future__ import annotations

import pytest
from document_reading import contrast
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from sif_desktop.document import style
from sif_desktop.document.fonts import FALLBACK, STYLES, face
from sif_desktop.paths import resources

TYPED = "Ceci n’est pas une pipe, ’t kost € 1.250,00 en dat is ≥ 3 % → ✓ Łódź Київ Ελλάδα"


@pytest.mark.parametrize("name", STYLES)
def test_widths_are_those_of_reportlab(name: str) -> None:
    letters = face(name)
    assert letters.drawn(TYPED) == TYPED, "the fonts have all of these"
    theirs = pdfmetrics.stringWidth(TYPED, letters.name, 9.5)
    assert letters.width(TYPED, 9.5) == pytest.approx(theirs)


@given(st.text(max_size=300), st.floats(20, 400))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    letters = face("Regular")
    lines = letters.wrap(text, 9.5, width)
    assert all(letters.width(line, 9.5) <= width + 0.01 or len(line) < 2 for line in lines)
    assert "".join("".join(lines).split()) == "".join(letters.drawn(text).split())


def test_a_long_word_is_cut_after_a_slash() -> None:
    lines = face("Regular").wrap("https://example.be/een-lang-pad/naar/iets", 9.5, 110)
    assert len(lines) > 1
    assert all(line[-1] in "/-." for line in lines[:-1])


def test_signs_without_a_glyph_are_seen_once() -> None:
    letters = face("Regular")
    assert letters.drawn("a😀b") == f"a{FALLBACK}b"
    assert letters.drawn("中文") == FALLBACK * 2
    assert letters.drawn("👍🏽 ok") == f"{FALLBACK} ok", "its colour of skin is no second sign"
    assert letters.drawn("e\u0301") == "é"
    assert letters.drawn("ﬁets ①") == "fiets 1"
    assert len(letters.drawn(FALLBACK)) == 1


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    folder = resources() / "fonts"
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text(encoding="utf-8")
    for name in STYLES:
        assert (folder / f"NotoSans-{name}.ttf").stat().st_size < 250_000


def test_text_stands_out_from_what_it_is_on() -> None:
    kinds = [kind for kind in vars(style).values() if isinstance(kind, style.Type)]
    assert len(kinds) > 10
    for kind in kinds:
        for ground in (style.WHITE, style.WATERMARK):
            assert contrast(kind.colour, ground) >= 4.5, (kind, ground)
    for colour, tint in style.TONES.values():
        assert contrast(colour, tint) >= 4.5
        assert contrast(style.INK, tint) >= 4.5
        assert contrast(style.QUIET, tint) >= 4.5
    assert contrast(style.WHITE, style.ACCENT) >= 4.5
    # Bars side by side differ in lightness, so in a print in grey too.
    assert contrast(style.ACCENT, style.PALE) >= 3
