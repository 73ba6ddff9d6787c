"""Finds what is painted shorter than it is: words of the program, cut with a sign of it.

What people typed may be longer than any room; what the program says itself has to fit.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from sif_desktop.language import Words

_NAME = 12
"""Characters from which a figure in a sentence may be a name that somebody typed."""


class Shortened:
    """Notes what the program says, and which of it is cut when it is painted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cut: set[str] = set()
        self._said: set[str] = set()
        find, say, elided = Words.find, Words.say, QFontMetrics.elidedText

        def noting_find(words: Words, key: str) -> str | None:
            text = find(words, key)
            if text and "{" not in text:
                self._said.add(text)
            return text

        def noting_say(words: Words, key: str, **figures: Any) -> str:
            text = say(words, key, **figures)
            if not any(isinstance(one, str) and len(one) > _NAME for one in figures.values()):
                self._said.add(text)
            return text

        def noting_elided(
            metrics: QFontMetrics, text: str, mode: Qt.TextElideMode, room: int, *more: int
        ) -> str:
            shown = elided(metrics, text, mode, room, *more)
            if shown != text and text in self._said:
                self.cut.add(f"{text!r} as {shown!r}")
            return shown

        monkeypatch.setattr(Words, "find", noting_find)
        monkeypatch.setattr(Words, "say", noting_say)
        monkeypatch.setattr(QFontMetrics, "elidedText", noting_elided)
