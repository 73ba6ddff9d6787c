"""Many small bundles, of which some are broken in ten ways; their sums are known beforehand.

One identity signs them all, and what costs time (the PDF) is one small stand-in: an intake looks
at the proposal, not at how its pages are drawn. The same seed gives the same bundles.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import rfc8785
from forms_of_tests import action, action_call

from sif_desktop.bundle.identity import Identity, ephemeral
from sif_desktop.bundle.write import Member, write
from sif_desktop.calls.call import Call
from sif_desktop.calls.folder import find
from sif_desktop.model import canonical
from sif_desktop.model.proposal import Proposal

MAIN = "oproep-sociale-innovatie"
FIRST = datetime(2013, 2, 1, 9, tzinfo=UTC)
NUMBERS = ("reach", "engage", "action", "nurture_studies", "nurture_trajectories")
_PDF = b"%PDF-1.7 (a stand-in)\n"


@dataclass
class Generated:
    """What a generator made: the sums of what counts, and the reason of each that is broken."""

    asked: dict[str, int] = field(default_factory=dict)
    priority: int = 0
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(NUMBERS, 0))
    broken: dict[str, str] = field(default_factory=dict)
    screened: int = 0
    files: int = 0

    def add(self, proposal: Proposal) -> None:
        asked = sum(line.subsidy for line in proposal.budget if isinstance(line.subsidy, int))
        self.asked[proposal.call] = self.asked.get(proposal.call, 0) + asked
        if proposal.project.theme in ("inclusion", "urbanisation"):
            self.priority += asked
        for name in NUMBERS:
            value = proposal.answers.get(name, 0)
            self.numbers[name] += value if isinstance(value, int) else 0
        if proposal.call == MAIN:
            self.screened += sum(partner.seat == "brussels" for partner in proposal.partners)


def number(first_eight: int) -> str:
    """A well-formed enterprise number."""
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"


def proposal(place: int, rng: random.Random) -> Proposal:
    """A small proposal: a Factory action, or one for the main call with a theme."""
    tree = action().model_dump(mode="json")
    tree["id"] = f"p{place:06d}"
    tree["project"]["title"] = f"Voorstel {place}"
    tree["budget"][0]["subsidy"] = rng.randint(1_000_00, 9_000_00)
    partner = tree["partners"][0]
    partner["enterprise_number"] = number(1_000_000 + place)
    if place % 2:
        tree["answers"] |= {name: rng.randint(1, 9) for name in NUMBERS[::-1]}
        return Proposal.model_validate(tree)
    themes = ("inclusion", "urbanisation", "open")
    tree |= {"call": MAIN, "edition": "2013", "answers": {}}
    tree["project"]["theme"] = themes[place // 2 % 3]
    tree["budget"][0]["period"] = "m01-06"
    partner["seat"] = "brussels" if place % 10 == 0 else "flanders"
    return Proposal.model_validate(tree)


def quick_identity() -> Identity:
    """An identity whose key is loaded once: pyHanko loads and checks it for every signature."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    made = ephemeral("Ontvangst", "Voorbeeld vzw", at=FIRST)
    signer: Any = made.signer()
    key: Any = load_der_private_key(signer.signing_key.dump(), password=None)

    def sign_raw(data: bytes, digest_algorithm: str) -> bytes:
        assert digest_algorithm == "sha256"
        return bytes(key.sign(data, PKCS1v15(), hashes.SHA256()))

    signer.sign_raw = sign_raw
    return replace(made, open_signer=lambda: signer)


def bundle(path: Path, made: Proposal, identity: Identity, at: datetime) -> None:
    """Writes one bundle."""
    call: Call = action_call() if made.call == action_call().id else find_once(made.call)
    parts = {
        "proposal.json": canonical.to_json(made),
        "proposal.pdf": _PDF,
        "call.json": call_json(call),
    }
    members = [
        Member(name, lambda data=data: BytesIO(data), "application/octet-stream")  # type: ignore[misc]
        for name, data in parts.items()
    ]
    write(path, members, identity, at=at)


_kept: dict[str, Call] = {}
_json: dict[str, bytes] = {}


def find_once(call_id: str) -> Call:
    if call_id not in _kept:
        _kept[call_id] = find(call_id)
    return _kept[call_id]


def call_json(call: Call) -> bytes:
    if call.id not in _json:
        _json[call.id] = rfc8785.dumps(call.model_dump(mode="json"))
    return _json[call.id]


# ------------------------------------------------------------------------- the ten ways
def _repacked(data: bytes, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """A container with other members, its checksums right: only the signature can notice."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            kept = change(entry.filename, old.read(entry))
            if kept is not None:
                head = zipfile.ZipInfo(kept[0], entry.date_time)
                head.external_attr = entry.external_attr
                new.writestr(head, kept[1])
    return out.getvalue()


def _member(name: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: _repacked(
        data, lambda member, old: (member, change(old) if member == name else old)
    )


def _without(name: str) -> Callable[[bytes], bytes]:
    return lambda data: _repacked(
        data, lambda member, old: None if member == name else (member, old)
    )


def _unsigned(data: bytes) -> bytes:
    return _repacked(data, lambda name, old: None if "META-INF" in name else (name, old))


def _added(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(zipfile.ZipInfo("extra.txt", (1980, 1, 1, 0, 0, 0)), b"erbij")
    return out.getvalue()


def _last_bit(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


WAYS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "errors.bundle_not_a_container"),
    "cut": (lambda data: data[: len(data) * 2 // 3], "errors.bundle_not_a_container"),
    "text": (
        lambda data: b"Geachte, hierbij ons voorstel.\n" * 40,
        "errors.bundle_not_a_container",
    ),
    "tail": (lambda data: data + b"nog iets", "verify.container_layout"),
    "proposal": (
        _member("proposal.json", lambda old: old.replace(b"Voorstel", b"Voorstal", 1)),
        "verify.member_changed",
    ),
    "missing": (_without("call.json"), "verify.member_missing"),
    "unsigned": (_unsigned, "verify.unsigned"),
    "extra": (_added, "verify.member_unlisted"),
    "signature": (_member("META-INF/signature001.p7s", _last_bit), "verify.signature_wrong_value"),
    "no_manifest": (
        _without("META-INF/ASiCManifest001.xml"),
        "verify.signature_without_manifest",
    ),
}


def generate(folder: Path, count: int, *, broken: int | None = None, seed: int = 1) -> Generated:
    """Writes `count` bundles; `broken` of them (5 % without it) are broken in the ten ways."""
    rng = random.Random(seed)
    identity = quick_identity()
    made = Generated(files=count)
    wrong = count // 20 if broken is None else broken
    places = set(rng.sample(range(count), wrong))
    ways = list(WAYS.items())
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(count):
        path = folder / f"b{place:06d}.asice"
        one = proposal(place, rng)
        bundle(path, one, identity, FIRST + timedelta(minutes=place))
        if place not in places:
            made.add(one)
            continue
        _, (change, reason) = ways[len(made.broken) % len(ways)]
        path.write_bytes(change(path.read_bytes()))
        made.broken[path.name] = reason
    return made
