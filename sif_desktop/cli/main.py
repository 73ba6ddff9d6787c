"""The entry of the program: a command, or a file to open in the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from sif_desktop.app.sources import cannot_read
from sif_desktop.cli.names import NAMES
from sif_desktop.cli.screen import Screen
from sif_desktop.errors import SifError
from sif_desktop.language import LANGUAGES, Language, words

DEFAULT: Language = "nl"

_INTERRUPTED = 130
"""The exit code of a program that was interrupted from the keyboard (128 and SIGINT's number)."""


def main(arguments: Sequence[str]) -> int:
    """Runs a command and gives its exit code; every error ends as one line."""
    language, rest = _language(arguments)
    screen = Screen(words(language or DEFAULT))
    try:
        return _run(rest, language, screen)
    except SifError as error:
        screen.complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        screen.line(screen.words.say("commands.interrupted"), stream=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output stopped reading; nothing of it can be said any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        screen.complain(cannot_read(Path(str(error.filename or "")), error))
        return 2


def run() -> None:
    """The console script."""
    if getattr(sys, "frozen", False):  # an installed program starts its workers by itself
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))


def _run(arguments: list[str], language: Language | None, screen: Screen) -> int:
    if _wants_window(arguments):
        from sif_desktop.cli.window import open_window

        return open_window(Path(arguments[0]) if arguments else None, language)
    if arguments[0] not in NAMES and not arguments[0].startswith("-"):
        screen.line(_no_command(arguments[0], screen), stream=sys.stderr)
        return 2
    import typer

    from sif_desktop.cli.commands import build

    try:
        result = build(screen).main(arguments, prog_name="sif-desktop", standalone_mode=False)
    except typer.TyperException as error:
        screen.line(_misused(error, screen), stream=sys.stderr)
        return 2
    except typer.Abort:
        result = _INTERRUPTED
    if result == _INTERRUPTED:  # typer takes the interruption itself, and says nothing
        screen.line(screen.words.say("commands.interrupted"), stream=sys.stderr)
    return result if isinstance(result, int) else 0


def _wants_window(arguments: list[str]) -> bool:
    """Whether the arguments name no command: nothing at all, or a file."""
    if not arguments:
        return True
    first = arguments[0]
    is_file = first.endswith(".sif") or Path(first).exists()
    return len(arguments) == 1 and first not in NAMES and not first.startswith("-") and is_file


def _language(arguments: Sequence[str]) -> tuple[Language | None, list[str]]:
    """The language asked for with `--lang`, wherever it stands, and the other arguments."""
    language: Language | None = None
    rest = list(arguments)
    for place, word in enumerate(rest):
        name, sign, value = word.partition("=")
        if name != "--lang":
            continue
        length = 1 if sign else 2
        value = value if sign else "".join(rest[place + 1 : place + 2])
        if value in LANGUAGES:
            return value, rest[:place] + rest[place + length :]
        screen = Screen(words(DEFAULT))
        screen.line(screen.words.say("commands.no_such_language", what=value), stream=sys.stderr)
        sys.exit(2)
    return language, rest


def _no_command(word: str, screen: Screen) -> str:
    """A plain sentence for a word that is no command, with the one that was probably meant."""
    near = get_close_matches(word.casefold(), NAMES, 1)
    key = "no_such_command_near" if near else "no_such_command"
    return screen.words.say(f"commands.{key}", what=word, near=near[0] if near else "")


def _misused(error: Exception, screen: Screen) -> str:
    """A plain sentence for a command that was called wrongly."""
    parameter = getattr(error, "param", None)
    what = getattr(error, "option_name", None) or getattr(parameter, "name", None) or ""
    keys = {"NoSuchOption": "no_such_option", "MissingParameter": "missing_argument"}
    key = keys.get(type(error).__name__, "misused") if what else "misused"
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "sif-desktop"
    reason = " ".join(str(error).split())
    return screen.words.say(f"commands.{key}", what=str(what), reason=reason, command=command)


if __name__ == "__main__":
    run()
