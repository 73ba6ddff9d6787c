"""What the user set once: the language of the interface, a name, light or dark."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sif_desktop import paths

LANGUAGES = ("nl", "en", "fr")
SCHEMES = ("auto", "light", "dark")
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """`author` stands with each act in the history of a draft; `scheme` is auto, light or dark.

    `card_module` is where the middleware of the identity card is, "" for the usual places;
    `authorities` is the folder of authorities that the user trusts, "" for none.
    """

    language: str = "nl"
    author: str = ""
    scheme: str = "auto"
    card_module: str = ""
    authorities: str = ""


def load() -> Settings:
    """The settings as they were kept; what is missing or damaged has its default."""
    tree = read_json(_file())
    known = Settings()
    if not isinstance(tree, dict):
        return known
    language, author, scheme = tree.get("language"), tree.get("author"), tree.get("scheme")
    module, authorities = tree.get("card_module"), tree.get("authorities")
    return Settings(
        language if language in LANGUAGES else known.language,
        author[:200] if isinstance(author, str) else known.author,
        scheme if scheme in SCHEMES else known.scheme,
        module[:1000] if isinstance(module, str) else known.card_module,
        authorities[:1000] if isinstance(authorities, str) else known.authorities,
    )


def save(**changed: str) -> Settings:
    """Keeps settings with some changed. A disk that refuses loses no more than this."""
    settings = replace(load(), **changed)
    write_json(_file(), asdict(settings))
    return settings


def _file() -> Path:
    return paths.user_data() / "settings.json"


def read_json(file: Path) -> Any:
    """The tree in a small JSON file of ours, or None where there is none that can be read.

    One with half a sign in it, which can neither be shown nor written again, is damaged too.
    """
    try:
        with file.open("rb") as stream:
            tree = json.loads(stream.read(_LARGEST))
        json.dumps(tree, ensure_ascii=False).encode()
    except (OSError, ValueError, RecursionError):
        return None
    return tree


def write_json(file: Path, tree: Any) -> bool:
    """Writes a small JSON file whole; whether the disk took it."""
    beside = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(tree, stream, ensure_ascii=False, indent=1)
        Path(beside).replace(file)
    except (OSError, ValueError):
        if beside:
            Path(beside).unlink(missing_ok=True)
        return False
    return True
