"""Dutch, English and French: the program's sentences, and numbers and dates in their forms.

Sentences are data (`resources/texts/<language>/`, and the texts of a call). Their placeholders
say what kind of figure they show: `{excess:money}`, `{share:percent}`, `{day:date}`, `{name}`.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, get_args

from sif_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path

Language = Literal["nl", "en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}
_THOUSANDS = {"nl": ".", "en": ",", "fr": "\u202f"}


def money(cents: int, language: Language) -> str:
    """Cents as an amount with two decimals, without a currency sign: 1.250,00 in Dutch."""
    euro, rest = divmod(abs(cents), 100)
    # Whole numbers only: a float would be wrong by a cent in the largest amounts.
    text = number(euro, language) + (".%02d" if language == "en" else ",%02d") % rest
    return f"-{text}" if cents < 0 else text


def number(value: int, language: Language) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", _THOUSANDS[language])


def percent(basis_points: int, language: Language) -> str:
    """Basis points as a percentage with at most two decimals: 2000 is "20 %"."""
    whole, rest = divmod(abs(basis_points), 100)
    text = number(whole, language)
    if rest:
        text += ("." if language == "en" else ",") + f"{rest:02d}".rstrip("0")
    return f"{'-' if basis_points < 0 else ''}{text}\u00a0%"


def day(value: date | str, language: Language) -> str:
    """A day in words (1 april 2013); a text that is no ISO date is given back as it is."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    from babel.dates import format_date

    return str(format_date(day, "long", locale=_LOCALES[language]))


def moment(value: datetime, language: Language) -> str:
    """A day and a time of day, in the time zone of `value`."""
    from babel.dates import format_datetime

    return str(format_datetime(value, "d MMMM y, HH:mm", locale=_LOCALES[language]))


def country(code: str, language: Language) -> str:
    """The name of a country by its two letters (ISO 3166); other text is given back as it is."""
    from babel import Locale

    # Babel knows regions (001 is the world) and an "unknown region" too: no countries.
    letters = code.upper()
    if not (len(code) == 2 and letters.isascii() and letters.isalpha()) or letters == "ZZ":
        return code
    return str(Locale.parse(_LOCALES[language]).territories.get(letters, code))


_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Signs that would break a line, turn its direction, steer a terminal, or cannot be written."""


@lru_cache(maxsize=4096)
def _pieces(sentence: str) -> tuple[tuple[str, str | None, str], ...]:
    """A sentence as its literal texts, each with the placeholder behind it and its kind."""
    parts = string.Formatter().parse(sentence)
    return tuple((literal, name, kind or "") for literal, name, kind, _ in parts)


def _filled(sentence: str, figures: Mapping[str, Any], language: Language) -> str:
    """Fills placeholders; a figure that is not of the kind asked for is shown as it is.

    Sentences may come from a stranger's form and figures from a stranger's file: a placeholder is
    a name and nothing more (no attributes, no conversions), and a figure stays on its line.
    """
    if "{" not in sentence and "}" not in sentence:
        return sentence
    said = []
    for literal, name, kind in _pieces(sentence):
        said.append(literal)
        if name is not None:
            said.append(_figure(figures.get(name, f"{{{name}}}"), kind, language))
    return "".join(said)


def _figure(value: Any, kind: str, language: Language) -> str:
    shown = _KINDS.get(kind)
    if shown and isinstance(value, shown[0]) and not isinstance(value, bool):
        value = shown[1](value, language)
    elif isinstance(value, tuple | list):
        value = ", ".join(str(part) for part in value)
    return _UNSHOWN.sub(" ", str(value))


_KINDS: dict[str, tuple[Any, Callable[[Any, Language], str]]] = {
    "": (int, number),
    "money": (int, money),
    "percent": (int, percent),
    "date": ((date, str), day),
    "moment": (datetime, moment),
}

FIGURE_KINDS = frozenset({"", "money", "percent", "date", "moment", "plain"})
"""What may stand behind the colon of a placeholder."""


def placeholders(sentence: str) -> set[tuple[str, str]]:
    """The placeholders of a sentence with their kinds, for comparing its translations.

    Raises ValueError where the braces do not match.
    """
    parts = string.Formatter().parse(sentence)
    return {(name, kind or "") for _, name, kind, _ in parts if name is not None}


class Words:
    """The sentences of one language, in layers: a call's own come before the program's.

    `say` with an unknown key raises KeyError: that is a fault of the program, which a test over
    all calls and languages keeps out.
    """

    def __init__(self, language: Language, *layers: Mapping[str, str]) -> None:
        self.language = language
        self.layers = layers

    def find(self, key: str) -> str | None:
        """The sentence under `key` with its placeholders unfilled, or None."""
        for layer in self.layers:
            if key in layer:
                return layer[key]
        return None

    def say(self, key: str, **figures: object) -> str:
        """The sentence under `key` with its figures filled in."""
        sentence = self.find(key)
        if sentence is None:
            raise KeyError(key)
        return _filled(sentence, figures, self.language)

    def over(self, layer: Mapping[str, str]) -> Words:
        """These words with `layer` laid over them."""
        return Words(self.language, layer, *self.layers)


def flatten(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a nested table with dotted keys. Raises TypeError on a value that is no text."""
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield f"{prefix}{key}", value
        else:
            raise TypeError(f"{prefix}{key}")


_FRENCH_SIGN = re.compile("(?<=«) | (?=[»:;?!])")


def tied(sentence: str, language: Language) -> str:
    """A sentence as it is set: French signs never stand alone on a line, whatever was typed."""
    return _FRENCH_SIGN.sub("\u00a0", sentence) if language == "fr" else sentence


class _Texts(Mapping[str, str]):
    """The sentences in a folder of texts. A file is read when one of its keys may be asked for.

    Files that are called as a key begins come first: `window.start.title` is in `window.toml`.
    """

    def __init__(self, folder: Path, language: Language) -> None:
        self._language = language
        self._left = sorted(folder.glob("*.toml"))
        self._known: dict[str, str] = {}
        self._lock = Lock()

    def __getitem__(self, key: str) -> str:
        if key not in self._known:
            self._read(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        if key not in self._known:
            self._read(str(key))
        return key in self._known

    def __iter__(self) -> Iterator[str]:
        self._read("")
        return iter(self._known)

    def __len__(self) -> int:
        self._read("")
        return len(self._known)

    def _read(self, key: str) -> None:
        """Reads on until a key was found, or all there is."""
        first = key.partition(".")[0]
        with self._lock:
            while self._left and key not in self._known:
                file = min(self._left, key=lambda one: (not one.stem.startswith(first), one))
                tree = tomllib.loads(file.read_text(encoding="utf-8"))
                for at, text in flatten(tree):
                    self._known[at] = tied(text, self._language)
                self._left.remove(file)


@cache
def words(language: Language) -> Words:
    """The program's own sentences in a language, from all files of its folder of texts."""
    return Words(language, _Texts(paths.resources() / "texts" / language, language))
