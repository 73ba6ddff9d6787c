"""What the command line prints: plain lines, with nothing in them that steers a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from sif_desktop.errors import SifError
from sif_desktop.language import Words

_KEPT = "\n\t\u00a0\u202f"
"""Line ends, tabs, and the narrow and other spaces that never break, before a sign of percent."""


def harmless(text: str) -> str:
    """Text without control characters: a stranger's file must not steer the terminal."""
    return "".join(
        c if c in _KEPT or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


class Screen:
    """Where a command prints: its answer on standard output, all else on standard error."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def say(self, key: str, **figures: object) -> None:
        """Prints a sentence of the texts."""
        self.line(self.words.say(key, **figures))

    def line(self, text: str = "", *, stream: IO[str] | None = None) -> None:
        """Prints a text as it is, on one line or more."""
        out = stream or sys.stdout
        text = harmless(text)
        try:
            print(text, file=out)
        except UnicodeEncodeError:
            encoding = str(getattr(out, "encoding", "") or "ascii")
            print(text.encode(encoding, "replace").decode(encoding), file=out)

    def raw(self, text: str) -> None:
        """Prints a text for another program: JSON."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")

    def complain(self, error: SifError) -> None:
        """Prints the sentence of an error, on one line."""
        self.line(one_line(error, self.words), stream=sys.stderr)

    @contextmanager
    def at_work(self, key: str) -> Iterator[None]:
        """Shows that something takes its time, where a person is looking on."""
        if not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.text import Text

        console = Console(stderr=True)
        with console.status(Text(self.words.say(key))):
            yield


def one_line(error: SifError, words: Words) -> str:
    """The sentence of an error without line breaks, whatever its figures hold."""
    return " ".join(words.say(f"errors.{error.key}", **error.figures).split())
