"""Reading a call's folder: `call.toml` and `texts/<language>.toml`, as a stranger's files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sif_desktop import paths
from sif_desktop.calls.audit import audit
from sif_desktop.calls.call import Call
from sif_desktop.errors import CallError
from sif_desktop.language import LANGUAGES, flatten, tied

_LARGEST_FILE = 512 * 1024
_MOST_PARTS = 50_000
_LONG_KEY = re.compile(rb"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){50}""")
"""Bytes of a file, its lines and commas, and a name of too many names: some ten times what a form
needs. Reading a million names in a row, or telling what is wrong with as many values, takes
minutes and all memory there is."""


def read(folder: Path) -> Call:
    """The call in a folder.

    Raises CallError for a folder without a form, an unknown key, a value of the wrong kind, a
    missing text, a name that the form uses and does not declare, or a folder that is not named
    as the call is.
    """
    call = load(folder)
    for fault in faults(call, folder):
        raise CallError("call_fault", file=str(folder), fault=fault)
    return call


def faults(call: Call, folder: Path) -> Iterator[str]:
    """All that is wrong with a call that was loaded from a folder, one line each."""
    yield from audit(call)
    if call.id != folder.resolve().name:
        # A copy that keeps the old id would answer for the call that it was copied from.
        yield f"its id is {call.id}, and its folder is named otherwise"


def load(folder: Path) -> Call:
    """The call in a folder as it is written, whether or not it is complete.

    Raises CallError for a folder without a form, an unknown key or a value of the wrong kind.
    """
    tree = _toml(folder / "call.toml")
    if "texts" in tree:
        raise CallError("call_wrong_key", file=str(folder / "call.toml"), where="texts")
    texts = {}
    for language in LANGUAGES:
        file = folder / "texts" / f"{language}.toml"
        try:
            told = flatten(_toml(file))
            texts[language] = {key: tied(text, language) for key, text in told}
        except TypeError as error:
            raise CallError("call_wrong_key", file=str(file), where=str(error)[:120]) from error
        except RecursionError as error:
            raise CallError("call_not_toml", file=str(file), reason="nested too deeply") from error
    try:
        return Call.model_validate({**tree, "texts": texts})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])[:120]
        raise CallError("call_wrong_key", file=str(folder / "call.toml"), where=where) from error


def find(call_id: str) -> Call:
    """The call with an id, among those of the program and of the user.

    Raises CallError where there is none, and as `read` does.
    """
    for folder in folders():
        if folder.name == call_id:
            return read(folder)
    known = ", ".join(folder.name for folder in folders())
    raise CallError("call_unknown", call=call_id[:80], known=known)


def only_one() -> Call:
    """The call that is meant where none is named: the only one that this machine knows.

    Raises CallError where there are several, and as `read` does.
    """
    known = sorted({folder.name for folder in folders()})
    if len(known) != 1:
        raise CallError("call_not_named", known=", ".join(known))
    return find(known[0])


def folders() -> Iterator[Path]:
    """The folders of the calls that this machine knows: the user's own first, sorted by name."""
    for home in (paths.user_forms(), paths.forms()):
        if home.is_dir():
            yield from sorted(file.parent for file in home.glob("*/call.toml"))


def _toml(file: Path) -> dict[str, Any]:
    """A TOML file. Raises CallError where it is missing, too large or malformed."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise CallError("call_unreadable", file=str(file)) from error
    parts = data.count(b"\n") + data.count(b",")
    if len(data) > _LARGEST_FILE or parts > _MOST_PARTS:
        raise CallError("call_unreadable", file=str(file))
    if _LONG_KEY.search(data):
        raise CallError("call_not_toml", file=str(file), reason="nested too deeply")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CallError("call_not_toml", file=str(file), reason=str(error)[:120]) from error
