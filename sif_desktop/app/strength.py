"""How hard a passphrase is to guess: an honest estimate by length and variety, made on the spot.

It knows no list of passwords, and asks no one. So it counts low: letters that can be a word count
as one word of a common vocabulary, however long the word is, and what is known of the signer counts
for nothing. A passphrase of several words that belong to no sentence comes out best.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Level = Literal["short", "weak", "fair", "strong"]

SHORTEST = 8
"""Characters; less is refused (`bundle.identity`)."""

FAIR, STRONG = 40.0, 55.0
"""Bits from which a passphrase is fair, and strong, against somebody who has the key's file.

Each guess costs the 300,000 rounds of the file's key derivation: 40 bits are then months for one
fast graphics card, and 55 bits thousands of years.
"""

_WORD = 11.0  # bits: one of about two thousand common words
_CAPITAL = 1.0
_YEAR = 7.0
_DIGIT = math.log2(10)
_LETTER = math.log2(26)
_SIGN = 4.0
_LONGEST_WORD = 9

_PARTS = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
_YEARS = re.compile(r"(19|20)\d\d")
_VOWELS = frozenset("aeiouy")
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "azertyuiop", "asdfghjkl")


def level(passphrase: str, known: Iterable[str] = ()) -> Level:
    """How strong a passphrase is. `known` are words that anybody knows of its owner."""
    if len(passphrase) < SHORTEST:
        return "short"
    guessed = bits(passphrase, known)
    if guessed < FAIR:
        return "weak"
    return "fair" if guessed < STRONG else "strong"


def bits(passphrase: str, known: Iterable[str] = ()) -> float:
    """About how many times the guesses have to be doubled before this one is among them."""
    familiar = {part for word in known for part in _PARTS.findall(_plain(word)) if len(part) > 2}
    seen: set[str] = set()
    total = 0.0
    for part in _PARTS.findall(unicodedata.normalize("NFC", passphrase)):
        plain = _plain(part)
        if plain not in seen and plain not in familiar:
            total += _part_bits(part, plain)
        seen.add(plain)
    return total


def _part_bits(part: str, plain: str) -> float:
    fresh = _fresh(plain)
    if part.isdigit():
        return min(_YEAR, fresh * _DIGIT) if _YEARS.fullmatch(part) else fresh * _DIGIT
    if not part[0].isalpha():
        return 0.0 if part.isspace() else fresh * _SIGN
    letters = fresh * _LETTER
    capitals = _CAPITAL if part != part.lower() else 0.0
    if len(part) > 3 and _VOWELS & set(plain):
        words = math.ceil(len(part) / _LONGEST_WORD)
        return min(letters, words * _WORD) + capitals
    return letters + capitals


def _fresh(text: str) -> int:
    """The characters that do not follow from the one before: no repeats, no "abc" or "321"."""
    return sum(not _follows(text[at - 1 : at + 1]) for at in range(1, len(text))) + 1


def _follows(pair: str) -> bool:
    return pair[0] == pair[1] or any(pair in row or pair[::-1] in row for row in _ROWS)


def _plain(text: str) -> str:
    """Small letters without accents, as somebody who guesses would begin."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
