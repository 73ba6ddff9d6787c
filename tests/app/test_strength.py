"""The strength of a passphrase: counted low, and the same for everybody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sif_desktop.app.strength import bits, level


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("", "short"),
        ("kort", "short"),
        ("wachtwoord", "weak"),
        ("Welkom2013!", "weak"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "weak"),
        ("12345678901234567890", "weak"),
        ("qwertyuiop", "weak"),
        ("abcdefghijklmnop", "weak"),
        ("zon zon zon zon zon zon", "weak"),
        ("paard lamp regen sok", "fair"),
        ("paard lamp regen sok trompet", "strong"),
        ("x7#Kq2!vM9$wZ4", "strong"),
    ],
)
def test_levels(passphrase: str, found: str) -> None:
    assert level(passphrase) == found


def test_what_anybody_knows_of_the_signer_counts_for_nothing() -> None:
    known = ("Joris Voorbeeckx", "De Gedeelde Drempel vzw")
    assert level("Joris Voorbeeckx Gedeelde Drempel 2013", known) == "weak"
    assert bits("voorbeeckx", known) == 0


@settings(max_examples=60, derandomize=True)
@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_has_a_level_and_more_text_is_never_weaker(text: str, more: str) -> None:
    assert bits(text) >= 0
    assert bits(f"{text} {more}") >= bits(text) - 1e-9


@settings(max_examples=30, derandomize=True)
@given(st.lists(st.sampled_from(["zon", "paard", "trompet", "7", "2013"]), max_size=6))
def test_saying_it_twice_makes_it_no_stronger(said: list[str]) -> None:
    assert bits(" ".join(said + said)) == pytest.approx(bits(" ".join(said)))
