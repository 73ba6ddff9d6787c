"""The size of a file as people read it."""

from __future__ import annotations

from sif_desktop.language import Words, number

_STEP = 1024
_UNITS = ("bytes", "kb", "mb", "gb")


def size_in_words(size: int, words: Words) -> str:
    """A number of bytes in the unit that suits it: whole, or with one decimal below ten."""
    value, unit = float(max(size, 0)), 0
    while round(value) >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    whole, tenths = divmod(round(value * 10), 10)
    text = number(round(value), words.language)
    if unit and whole < 10 and tenths:
        text = f"{whole}{'.' if words.language == 'en' else ','}{tenths}"
    return words.say(f"sizes.{_UNITS[unit]}", size=text)
