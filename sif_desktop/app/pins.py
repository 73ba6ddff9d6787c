"""Fingerprints that the user compared with their owner, by telephone or face to face: pins.

A pinned certificate counts as known in every verification. The pins are in one small file in the
user's own folder; it is never begun anew over one that cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sif_desktop import paths
from sif_desktop.app import settings
from sif_desktop.app.files import write_whole
from sif_desktop.app.sources import cannot_read
from sif_desktop.errors import FileError, IdentityError

_DIGITS = 64
_LONGEST_NAME = 200
_LARGEST_CERTIFICATE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned certificate: the name that it told then, and the day of pinning (ISO)."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A certificate that can be pinned. `groups` is its fingerprint as it is read out loud."""

    fingerprint: str
    groups: str
    name: str
    organisation: str = ""


def pinned() -> dict[str, Pin]:
    """The pins by fingerprint; what is damaged is passed over, so that it counts as unknown."""
    tree = settings.read_json(_file())
    if not isinstance(tree, dict):
        return {}
    return {
        fingerprint: Pin(str(one.get("name", "")), str(one.get("since", "")))
        for fingerprint, one in tree.items()
        if _is_fingerprint(fingerprint) and isinstance(one, dict)
    }


def pin(fingerprint: str, name: str = "") -> bool:
    """Pins a certificate by its SHA-256 in hexadecimal; whether it was not pinned before.

    Raises IdentityError for what is no fingerprint, FileError where the pins cannot be read or
    written.
    """
    clean = cleaned(fingerprint)
    known = _readable()
    if clean in known:
        return False
    new = Pin(name[:_LONGEST_NAME], datetime.now(UTC).date().isoformat())
    _write({**known, clean: new})
    return True


def unpin(start: str) -> int:
    """Takes away the pins whose fingerprint starts so; gives how many there were. As `pin`."""
    digits = _hexadecimal(start)
    if len(digits) < 6:
        raise IdentityError("pin_not_a_fingerprint", text=start[:_LONGEST_NAME])
    known = _readable()
    left = {one: pin for one, pin in known.items() if not one.startswith(digits)}
    if len(left) < len(known):
        _write(left)
    return len(known) - len(left)


def cleaned(text: str) -> str:
    """A fingerprint without the signs between its digits. Raises IdentityError for other text."""
    digits = _hexadecimal(text)
    if not _is_fingerprint(digits):
        raise IdentityError("pin_not_a_fingerprint", text=text[:_LONGEST_NAME])
    return digits


def candidates(path: Path) -> tuple[Candidate, ...]:
    """The certificates in a file: the signers of a bundle whose signatures hold, or those in it.

    Raises FileError or NotOursError where it is neither a bundle nor a certificate.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_CERTIFICATE)
    except OSError as error:
        raise cannot_read(path, error) from error
    if data.startswith(b"PK"):
        return _signers(path)
    return tuple(_certificates(path, data))


def chosen(found: tuple[Candidate, ...], groups: str) -> Candidate:
    """The certificate whose fingerprint was read out as these groups of digits.

    Raises IdentityError where it is none of them: then somebody else signed.
    """
    digits = "".join(filter(str.isdigit, groups))
    for one in found:
        if digits == one.groups.replace(" ", ""):
            return one
    raise IdentityError("pin_other_groups", groups=groups[:_LONGEST_NAME])


def _signers(path: Path) -> tuple[Candidate, ...]:
    from sif_desktop.bundle.identity import fingerprint_groups
    from sif_desktop.bundle.verify import verify

    found = {
        one.fingerprint: Candidate(
            one.fingerprint, fingerprint_groups(one.fingerprint), one.name, one.organisation
        )
        for one in verify(path).signatures
        if one.valid
    }
    if not found:
        raise IdentityError("pin_nobody", file=str(path))
    return tuple(found.values())


def _certificates(path: Path, data: bytes) -> Iterator[Candidate]:
    from sif_desktop.bundle.certificate import facts
    from sif_desktop.bundle.identity import fingerprint_groups
    from sif_desktop.bundle.trust import certificates_in

    for der in dict.fromkeys(certificates_in(data, str(path))):
        try:
            told = facts(der)
        except ValueError as error:
            raise FileError("trust_not_a_certificate", file=str(path)) from error
        groups = fingerprint_groups(told.fingerprint)
        yield Candidate(told.fingerprint, groups, told.name, told.organisation)


def _hexadecimal(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign not in " :-\t\n")


def _is_fingerprint(digits: str) -> bool:
    return len(digits) == _DIGITS and not set(digits) - set("0123456789abcdef")


def _readable() -> Mapping[str, Pin]:
    """The pins, all of them. Raises FileError where there are some that cannot be read."""
    known = pinned()
    tree = settings.read_json(_file())
    if _file().exists() and (not isinstance(tree, dict) or len(tree) != len(known)):
        raise FileError("pins_damaged", file=str(_file()))
    return known


def _write(pins: Mapping[str, Pin]) -> None:
    tree = {one: {"name": pin.name, "since": pin.since} for one, pin in sorted(pins.items())}
    try:
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_read(_file(), error) from error
    write_whole(_file(), json.dumps(tree, ensure_ascii=False, indent=1).encode())


def _file() -> Path:
    return paths.user_data() / "pinned.json"
