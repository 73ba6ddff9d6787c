"""Making a call without programming: a new edition from an old folder, and an audit of a folder."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sif_desktop import paths
from sif_desktop.app.sources import cannot_read
from sif_desktop.calls import folder as folders
from sif_desktop.calls.call import Call
from sif_desktop.errors import CallError, FileError
from sif_desktop.language import LANGUAGES, Language
from sif_desktop.model.values import Id
from sif_desktop.rules import formats
from sif_desktop.rules.audit import audit as audit_rules

FILES = ("call.toml", *(f"texts/{language}.toml" for language in LANGUAGES))
"""What a call's folder consists of."""

_MISSING = re.compile(r"texts/(nl|en|fr)\.toml: (\S+) is missing")


def new_edition(old: str, new_id: str, edition: str = "", home: Path | None = None) -> Path:
    """Copies a call's folder under another id, and gives the new folder.

    `old` is the id of a known call, or a folder. The copy stands among the user's own forms, or in
    `home`; it is the same call with another id and edition, its comments kept, to be changed by
    hand. Raises CallError where the old one is none, FileError where the copy cannot be made or
    something stands in its place.
    """
    source = _folder_of(old)
    call = folders.load(source)
    _check_id(new_id)
    target = (home or paths.user_forms()) / new_id
    if paths.is_there(target):
        raise FileError("file_exists", file=str(target))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{new_id}."))
    except OSError as error:
        raise cannot_read(target, error) from error
    try:
        for name in FILES:
            (made / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(source / name, made / name)
        form = made / "call.toml"
        text = form.read_text(encoding="utf-8")
        form.write_text(_renamed(text, new_id, edition or call.edition), encoding="utf-8")
        made.chmod(0o755)
        made.rename(target)
    except OSError as error:
        raise cannot_read(target, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    folders.load(target)
    return target


def _check_id(new_id: str) -> None:
    try:
        TypeAdapter(Id).validate_python(new_id)
    except ValidationError as error:
        raise CallError("call_bad_id", call=new_id[:60]) from error


def _folder_of(named: str) -> Path:
    """The folder that a call's id or a path means. Raises CallError where there is none."""
    for known in folders.folders():
        if known.name == named:
            return known
    if (Path(named) / "call.toml").is_file():
        return Path(named)
    known_ids = ", ".join(sorted({one.name for one in folders.folders()}))
    raise CallError("call_unknown", call=named[:80], known=known_ids)


def _renamed(text: str, new_id: str, edition: str) -> str:
    """The form with another id and edition: its lines before the first table, all else kept."""
    head = re.split(r"(?m)^(?=\s*\[)", text, maxsplit=1)[0]
    rest = text[len(head) :]
    for key, value in (("id", new_id), ("edition", edition)):
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        found = re.search(rf"(?m)^{key}\s*=.*$", head)
        if found:
            head = head[: found.start()] + line + head[found.end() :]
    return head + rest


# ------------------------------------------------------------------------------------- audit
@dataclass(frozen=True)
class Audit:
    """What an audit of a folder found.

    `error` is why nothing more could be looked at. `missing` are the keys of missing texts by
    language; `faults` are other faults, in the form's own terms (`faults.fault_said` says them).
    `closed` is the closing moment where that has passed, which is no fault.
    """

    call: Call | None
    error: CallError | None = None
    missing: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    closed: datetime | None = None

    @property
    def good(self) -> bool:
        """Whether the call can be used."""
        return self.error is None and not self.missing and not self.faults


def audit_folder(named: str, now: datetime | None = None) -> Audit:
    """Audits a call by its id or folder. Raises CallError only where there is no such folder."""
    folder = _folder_of(named) if not Path(named).is_dir() else Path(named)
    try:
        call = folders.load(folder)
    except CallError as error:
        return Audit(None, error)
    missing: dict[Language, list[str]] = {}
    others = []
    for fault in _faults(call, folder):
        found = _MISSING.fullmatch(fault)
        if found:
            known = missing.setdefault(_LANGUAGES[found[1]], [])
            known += [found[2]] if found[2] not in known else []
        else:
            others.append(fault)
    return Audit(
        call,
        None,
        {language: tuple(keys) for language, keys in missing.items()},
        tuple(dict.fromkeys(others)),
        _closed(call, now or datetime.now(UTC)),
    )


_LANGUAGES: dict[str, Language] = {str(language): language for language in LANGUAGES}


def _faults(call: Call, folder: Path) -> Iterator[str]:
    yield from folders.faults(call, folder)
    yield from audit_rules(call)


def _closed(call: Call, now: datetime) -> datetime | None:
    """The closing moment of a call, by the rule that tells of it, where it has passed."""
    for rule in call.rules:
        if rule.code == "closing_past":
            parameter = call.parameters.get(rule.parameters.get("closing", ""))
            moment = formats.moment(str(parameter.value)) if parameter else None
            return moment if moment and moment < now else None
    return None
