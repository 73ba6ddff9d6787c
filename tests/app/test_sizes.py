"""Sizes of files in words."""

from __future__ import annotations

import pytest

from sif_desktop.app.sizes import size_in_words
from sif_desktop.language import words


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1024, "1 kB"),
        (1500, "1,5 kB"),
        (29_306, "29 kB"),
        (1_048_575, "1 MB"),
        (9_961_472, "9,5 MB"),
        (10_433_331, "9,9 MB"),
        (10_485_760, "10 MB"),
        (200 * 1024**2, "200 MB"),
        (5 * 1024**4, "5.120 GB"),
        (-5, "0 bytes"),
    ],
)
def test_sizes_in_dutch(size: int, said: str) -> None:
    assert size_in_words(size, words("nl")) == said


def test_sizes_in_other_languages() -> None:
    assert size_in_words(1500, words("en")) == "1.5 kB"
    assert size_in_words(1500, words("fr")) == "1,5 ko"
