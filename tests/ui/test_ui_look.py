"""Colours that can be read by everyone, whatever the system's own are."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop import paths
from sif_desktop.ui.look.colours import EDGE_CONTRAST, PAIRS, TEXT_CONTRAST, colours_from, contrast
from sif_desktop.ui.look.theme import DARK, LIGHT

SCHEMES = {
    "light": LIGHT,
    "dark": DARK,
    "high contrast": ((0, 0, 0), (255, 255, 255)),
    "black on white": ((255, 255, 255), (0, 0, 0)),
    "sepia": ((250, 240, 220), (60, 40, 20)),
}
ICONS = sorted((paths.resources() / "icons").glob("*.svg"))


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_every_pair_of_text_and_ground_can_be_read(scheme: tuple) -> None:
    colours = colours_from(*scheme)
    low = {
        pair: contrast(getattr(colours, pair[0]), getattr(colours, pair[1]))
        for pair in PAIRS
        if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < TEXT_CONTRAST
    }
    assert not low
    for ground in ("page", "card", "side", "field"):
        assert contrast(colours.edge, getattr(colours, ground)) >= EDGE_CONTRAST
        assert contrast(colours.accent, getattr(colours, ground)) >= EDGE_CONTRAST


GREY = st.integers(0, 255)


@given(paper=st.tuples(GREY, GREY, GREY), ink=st.sampled_from([(0, 0, 0), (255, 255, 255)]))
@settings(max_examples=40, derandomize=True)
def test_any_system_palette_with_good_contrast_gives_readable_text(
    paper: tuple, ink: tuple
) -> None:
    if contrast(paper, ink) < 7:
        return
    colours = colours_from(paper, ink)
    for ground in ("page", "card", "side", "field"):
        assert contrast(colours.text, getattr(colours, ground)) >= TEXT_CONTRAST
        assert contrast(colours.error, getattr(colours, ground)) >= TEXT_CONTRAST


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_icons_are_drawings_on_one_grid(file: object) -> None:
    source = file.read_text(encoding="utf-8")
    root = ET.fromstring(source)
    assert root.get("viewBox") == "0 0 24 24"
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source)


def test_states_and_severities_differ_in_shape() -> None:
    folder = paths.resources() / "icons"
    for names in (
        ["state-not_started", "state-incomplete", "state-blocked", "state-complete"],
        ["error", "warning", "advice"],
    ):
        assert len({(folder / f"{name}.svg").read_text() for name in names}) == len(names)
